"""Small results about renewals, and the pictures made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

NAMES = ("renewals ahead", "renewals ahead, many groups", "forecasts of quarters", "coverage of limits", "who first")
TODAY = pd.Timestamp("2025-03-31")


def coming(groups: list[str] | None = None) -> pd.DataFrame:
    """Half a year of three groups (or others): the larger, the safer; April is decided."""
    names = groups or ["enterprise", "mid", "smb"]
    months = pd.date_range("2025-04-01", periods=6, freq="MS")
    rows = [(month, name, place + 1) for month in months for place, name in enumerate(names)]
    frame = pd.DataFrame(rows, columns=["month", "group", "size"])
    frame = frame.assign(contracts=frame["size"] * 3, arr_amount=3e7 / frame["size"], estimate=1 - 0.03 * frame["size"])
    frame["at_risk_amount"] = frame["arr_amount"] * (1 - frame["estimate"])
    frame["notice_passed"] = (frame["month"] == months[0]).astype(float)
    frame.attrs = {"as_of": TODAY, "currency": "JPY", "by": "segment" if groups is None else "csm_id"}
    return frame


def quarters(of: str = "contracts") -> pd.DataFrame:
    """Nine quarters of a hundred contracts; seven were inside, one outside, one is ahead."""
    days = pd.date_range("2023-03-31", periods=9, freq="QE")
    frame = pd.DataFrame({"way": "model", "day": days, "due": 100.0, "estimate": 85.0, "low": 78.0, "high": 91.0})
    frame = frame.assign(alone=84.0, alone_low=80.0, alone_high=88.0, n=100)
    frame["observed"] = [80.0, 84, 90, 79, 74, 85, 88, 81, np.nan]
    frame.attrs = {"of": of, "level": 0.8, "as_of": TODAY, "currency": "JPY"}
    return frame


def held() -> pd.DataFrame:
    """Two ways of twelve quarters."""
    rows = [("colour_at_word", "shock", 0.6), ("colour_at_word", "alone", 0.3), ("model", "shock", 0.8)]
    frame = pd.DataFrame([*rows, ("model", "alone", 0.7)], columns=["way", "interval", "estimate"])
    frame = frame.assign(low=frame["estimate"] - 0.2, high=frame["estimate"] + 0.15, n=12, level=0.8)
    frame.attrs = {"of": "arr_amount", "as_of": TODAY}
    return frame


def renewals() -> pd.DataFrame:
    """Forty renewals: the riskier, the less there is to be won."""
    place = np.arange(40)
    frame = pd.DataFrame({"account_id": [f"A{one}" for one in place], "arr_amount": 1e6 + 1e5 * place})
    frame = frame.assign(risk=0.1 + 0.02 * place, uplift=0.2 - 0.004 * place)
    frame["at_risk_amount"] = frame["arr_amount"] * frame["risk"]
    frame["gain_amount"] = frame["arr_amount"] * frame["uplift"]
    frame.attrs = {"as_of": TODAY, "currency": "JPY"}
    return frame


def renewal_pictures() -> dict[str, Callable[..., Any]]:
    """All pictures of renewals, each ready to be drawn in a language."""
    from cslab.figures import renewal

    truth = renewals().set_index("account_id")[["uplift"]].assign(error=0.01)
    drawn: tuple[Callable[..., Any], ...] = (
        lambda **asked: renewal.map(coming(), **asked),
        lambda **asked: renewal.map(coming([f"M{one:06}" for one in range(12)]), **asked),
        lambda **asked: renewal.fan(quarters("arr_amount"), **asked),
        lambda **asked: renewal.coverage(held(), **asked),
        lambda **asked: renewal.triage(renewals(), truth, **asked),
    )
    return dict(zip(NAMES, drawn, strict=True))
