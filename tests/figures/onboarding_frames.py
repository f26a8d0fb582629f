"""Small results about onboarding, each to be drawn in a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from cslab.figures import onboarding
from cslab.measure.estimate import Estimate

AS_OF = pd.Timestamp("2024-03-31")
NAMES = (
    "time to value",
    "time to value by tier",
    "success points",
    "completion by denominator",
    "first impression",
    "search for the decisive event",
    "forgiveness",
    "gap of onboarding",
    "quadrant",
    "hours moved forward",
    "hours moved forward by segment",
)


def said(frame: pd.DataFrame, **attrs: Any) -> pd.DataFrame:
    """A frame that says what it is of."""
    frame.attrs.update(as_of=AS_OF, **attrs)
    return frame


def limited(rows: list[tuple[Any, ...]], names: str, width: float = 0.05) -> pd.DataFrame:
    """Rows with an estimate, limits on both sides of it, and 40 customers."""
    frame = pd.DataFrame(rows, columns=names.split())
    return frame.assign(low=frame["estimate"] - width, high=frame["estimate"] + width, n=40)


def arrived(**column: str) -> pd.DataFrame:
    """Half are there after a month, 70 % after three; followed for 15."""
    rows = [(0.0, 0.0), (1.0, 0.5), (3.0, 0.7), (15.0, 0.7)]
    return said(limited(rows, "time estimate").assign(**column)[[*column, "time", "estimate", "low", "high", "n"]])


def several(column: str, *values: str) -> pd.DataFrame:
    """The same curve for several groups."""
    return said(pd.concat([arrived(**{column: value}) for value in values], ignore_index=True))


def completed() -> pd.DataFrame:
    """Two definitions, a right denominator and a wrong one."""
    rows = [("checklist", "started_long_enough", 0.8, False), ("checklist", "completers", 0.95, True),
            ("outcome", "started_long_enough", 0.6, False), ("outcome", "completers", 0.9, True)]  # fmt: skip
    return said(limited(rows, "definition denominator estimate fault"), within_days=90)


def impressed() -> pd.DataFrame:
    """Five points of usage after three months, two after a year; customers alike a point less."""
    rows = [(3, "naive", 0.05), (12, "naive", 0.02), (3, "adjusted", 0.04), (12, "adjusted", 0.01)]
    return said(limited(rows, "horizon way estimate", 0.01), response=0.3)


def searched() -> pd.DataFrame:
    """Three events: large and half of it left, none left, one that the kit has no name for."""
    rows = [
        ("usage_monthly.features_adv>=3", 0.2, 0.1),
        ("touches.call>=1", 0.15, 0.0),
        ("tickets.refund>=2", 0.1, 0.1),
    ]
    frame = pd.DataFrame(rows, columns=["event", "train", "held_out"]).assign(n=400)
    for half in ("train", "held_out"):
        frame = frame.assign(**{f"{half}_low": frame[half] - 0.1, f"{half}_high": frame[half] + 0.1})
    return said(frame, candidates=59, significant=11, expected_by_luck=1.4, replicated=8, held_out=410)


def forgiven() -> pd.DataFrame:
    """Good ones lose three points, poor ones five."""
    rows = [("good", -0.03, -0.028), ("bad", -0.05, -0.056), ("difference", 0.02, 0.028)]
    return said(limited(rows, "impression estimate truth", 0.02).assign(incidents=80), months=2)


def gapped() -> pd.DataFrame:
    """Twelve points between two customers, four of the company."""
    rows = [
        ("customer", "naive", 0.12),
        ("customer", "adjusted", 0.11),
        ("company", "naive", 0.04),
        ("company", "adjusted", 0.035),
    ]
    return said(limited(rows, "scope way estimate", 0.02), month=3, horizon=24, share=0.33)


def answered() -> pd.DataFrame:
    """Four fields, one of them empty."""
    nan = float("nan")
    rows = [(True, True, 0.9, 0.88), (True, False, 0.85, 0.86), (False, True, nan, nan), (False, False, 0.84, 0.82)]
    return said(limited(rows, "used_properly felt_benefit estimate truth"), horizon=12)


def moved() -> pd.DataFrame:
    """Won a little at first, lost at last."""
    return said(
        limited([(0.0, 0.0), (0.1, 900.0), (0.5, -4000.0)], "share estimate", 200.0), horizon=36, currency="JPY"
    )


def onboarding_pictures() -> dict[str, Callable[..., Any]]:
    """All pictures of onboarding, by name."""
    months = pd.DataFrame({"time": range(13), "estimate": [0.0, 0.5, 0.6, *[0.7] * 10]})
    truths = {"customer": Estimate(0.16, 0.15, 0.17, 60, "x"), "company": Estimate(0.036, 0.035, 0.037, 60, "x")}
    later = pd.DataFrame({"horizon": [3, 12], "estimate": [0.07, 0.05]})
    by_segment = pd.concat([moved().assign(segment=name) for name in ("enterprise", "smb")])
    by_segment = said(by_segment[["segment", *moved().columns]], horizon=36, currency="JPY")
    tiers, points = several("touch_tier", "tech", "mid"), several("point", "kickoff", "first_value")
    drawn: list[Callable[..., Any]] = [
        lambda **on: onboarding.time_to_value(arrived(), months, **on),
        lambda **on: onboarding.time_to_value(tiers, **on),
        lambda **on: onboarding.time_to_value(points, **on),
        lambda **on: onboarding.denominators(completed(), Estimate(0.61, 0.61, 0.61, 60, "x"), **on),
        lambda **on: onboarding.impression(impressed(), later, **on),
        lambda **on: onboarding.wow_search(searched(), **on),
        lambda **on: onboarding.forgiveness(forgiven(), **on),
        lambda **on: onboarding.gap(gapped(), truths, **on),
        lambda **on: onboarding.quadrant(answered(), **on),
        lambda **on: onboarding.prevention(moved(), **on),
        lambda **on: onboarding.prevention(by_segment, **on),
    ]
    return dict(zip(NAMES, drawn, strict=True))
