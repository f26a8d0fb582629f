"""Small results about why customers leave, each to be drawn in a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from cslab.figures import causes

NAMES = ("shares by cause", "one curve a cause", "stated reasons", "said with and without notice", "damper")


def by_cause() -> pd.DataFrame:
    """Two causes over two years: a step a year of those who decide, a trickle of those who close."""
    rows = [("voluntary", time, 0.15 * (time // 12) + 0.002 * time) for time in range(25)]
    rows += [("involuntary", time, 0.0016 * time) for time in range(25)]
    frame = pd.DataFrame(rows, columns=["cause", "time", "estimate"])
    frame = frame.assign(low=frame["estimate"] * 0.8, high=frame["estimate"] * 1.2, n=400, method="aalen_johansen")
    frame.attrs["as_of"] = pd.Timestamp("2024-03-31")
    return frame


def twice() -> pd.DataFrame:
    """Three causes and all of them together, counted rightly and too often."""
    rows = [("price", 0.16, 0.19), ("hard_to_start", 0.08, 0.11), ("person_left", 0.03, 0.04), ("all", 0.27, 0.34)]
    frame = pd.DataFrame(rows, columns=["cause", "estimate", "one_minus_km"])
    frame = frame.assign(low=frame["estimate"] - 0.02, high=frame["estimate"] + 0.02, n=400)
    frame.attrs.update(horizon=36, as_of=pd.Timestamp("2024-03-31"))
    return frame


def counted(name: str, *values: str) -> pd.DataFrame:
    """How often each of some values occurs."""
    shares = [0.35 - 0.1 * place for place in range(len(values))]
    frame = pd.DataFrame({name: values, "departures": [round(100 * share) for share in shares], "estimate": shares})
    return frame.assign(low=frame["estimate"] - 0.05, high=frame["estimate"] + 0.05, n=100)


def gains() -> pd.DataFrame:
    """What keeping customers adds, as it is and if nobody closed down."""
    rows = [(share, case, 400_000 * share * weight)
            for share in (0.1, 0.5, 1.0) for case, weight in (("as_it_is", 0.95), ("no_involuntary", 1.0))]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["share", "case", "estimate"])
    frame = frame.assign(low=frame["estimate"] * 0.9, high=frame["estimate"] * 1.1, n=400)
    frame.attrs.update(horizon=36, as_of=pd.Timestamp("2024-03-31"), currency="JPY")
    return frame


def cause_pictures() -> dict[str, Callable[..., Any]]:
    """The pictures of ``NAMES``, each ready to be drawn in a language."""
    kinds = counted("kind", "with_notice", "without_notice")
    reasons = counted("reason", "price", "competitor", "person_left")
    return {
        "shares by cause": lambda **on: causes.incidence(by_cause(), truth=by_cause(), **on),
        "one curve a cause": lambda **on: causes.beside(twice(), **on),
        "stated reasons": lambda **on: causes.shares(reasons, **on),
        "said with and without notice": lambda **on: causes.shares(kinds, **on),
        "damper": lambda **on: causes.damper(gains(), truth=gains(), **on),
    }
