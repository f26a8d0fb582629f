"""Small results about health scores, each to be drawn in a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from cslab.figures import health
from cslab.measure.estimate import Estimate
from tests.figures.onboarding_frames import limited, said

NAMES = (
    "scores compared",
    "traps of a score",
    "answers to a survey",
    "race of experience",
    "signal before renewals",
    "health of the revenue",
    "actions by phase",
)


def scores() -> pd.DataFrame:
    """A learnt score, a declared one, and one of a firm's own that nobody gave a name."""
    rows = [("model", 0.71, 0.9), ("dear", 0.68, 2.4), ("ours", 0.6, 5.0)]
    return said(limited(rows, "name estimate expected_observed"), events=90, horizon=6)


def ruined() -> pd.DataFrame:
    """Each trap once: turned round, gaps, counted three times, hindsight."""
    rows = [("direction", 0.32, 0.66), ("nulls", 0.66, 0.14), ("twice", 0.69, 0.1), ("hindsight", 0.95, 0.4)]
    return said(limited(rows, "trap estimate changed").assign(right=0.68), events=90, horizon=6)


def heard() -> pd.DataFrame:
    """NPS of those who answered, weighted, and of all."""
    rows = [("answered", -17.0), ("weighted", -33.0), ("all", -39.0)]
    return said(limited(rows, "way estimate", 6.0), kind="nps", asked=5918, answered=912, rate=0.154)


def runners() -> pd.DataFrame:
    """Behaviour is known of all, CSAT of some, CES of too few to be judged by themselves."""
    rows = [("behaviour", 0.74, 1.0, 0.73), ("csat", 0.56, 0.4, 0.54), ("ces", float("nan"), 0.1, 0.49)]
    found = limited(rows, "metric estimate coverage all_estimate")
    found = found.assign(all_low=found["all_estimate"] - 0.03, all_high=found["all_estimate"] + 0.03)
    return said(found, renewals=1835, left=245, months_before=3)


def ways() -> pd.DataFrame:
    """Usage of those who left falls, of those who stayed does not."""
    rows = [("left", 3, 0.4), ("left", 2, 0.38), ("left", 1, 0.35), *(("stayed", back, 0.5) for back in (3, 2, 1))]
    return said(limited(rows, "status months_before estimate", 0.02), signal="usage", months=3)


def revenue() -> pd.DataFrame:
    """All together and two segments."""
    rows = [("", 71.0, 62.0, 1e9), ("enterprise", 75.0, 72.0, 8e8), ("smb", 60.0, 59.0, 2e8)]
    found = limited(rows, "group estimate plain arr_amount", 2.5)
    return said(found.assign(red=0.1, yellow=0.2, green=0.7, effective=23.0), by="segment", currency="JPY")


def places() -> pd.DataFrame:
    """Two phases by three colours; nobody knows what became of one place, nobody stands in another."""
    rows = [
        ("adoption", "red", 38, 7e7, 0.16),
        ("adoption", "yellow", 280, 4.2e8, 0.06),
        ("adoption", "green", 671, 2.2e9, 0.04),
        ("renewal", "red", 5, 2.8e6, 0.56),
        ("renewal", "yellow", 43, 5.3e7, float("nan")),
        ("renewal", "green", 0, 0.0, 0.0),
    ]
    found = limited(rows, "phase colour customers arr_amount estimate")
    found["action"] = "health.action." + found["phase"] + "." + found["colour"]
    return said(found, horizon=6, currency="JPY")


def health_pictures() -> dict[str, Callable[..., Any]]:
    """All pictures of health scores."""
    top = Estimate(0.84, 0.84, 0.84, 900, "truth_expected")
    drawn: tuple[Callable[..., Any], ...] = (
        lambda **on: health.compared(scores(), top, **on),
        lambda **on: health.trapped(ruined(), **on),
        lambda **on: health.answers(heard(), **on),
        lambda **on: health.race(runners(), **on),
        lambda **on: health.paths(ways(), **on),
        lambda **on: health.portfolio(revenue(), **on),
        lambda **on: health.actions(places(), **on),
    )
    return dict(zip(NAMES, drawn, strict=True))
