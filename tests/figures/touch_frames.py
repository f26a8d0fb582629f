"""What measures of touch return, small enough to be seen by eye, and the pictures made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from cslab.measure import touch
from cslab.measure.estimate import Estimate

NAMES = (
    "hours of the matrix",
    "a team that fills up",
    "two pools that fill up",
    "a hiring plan",
    "where touch pays",
    "price and headcount",
    "early high touch",
    "a league of CSMs",
    "fires",
    "one team or specialists",
)
DAY = pd.Timestamp("2024-03-31")


def matrix_load() -> pd.DataFrame:
    """Twenty and two hundred customers in two phases."""
    rows = [("onboarding", "high", 10.0, 2, 20.0), ("adoption", "high", 5.5, 18, 99.0)]
    rows += [("onboarding", "tech", 0.4, 50, 20.0), ("adoption", "tech", 0.1, 150, 15.0)]
    found = pd.DataFrame(rows, columns=["phase", "tier", "hours", "customers", "load_hours"])
    found.attrs["as_of"] = DAY
    return found


def loads(*pools: str) -> pd.DataFrame:
    """A hundred customers who become five hundred, ninety per cent full at first."""
    rows = [(float(growth), pool, 100 * growth, 0.9 * growth, 9 * growth) for growth in range(1, 6) for pool in pools]
    found = pd.DataFrame(rows, columns=["growth", "pool", "customers", "utilisation", "csms"])
    found.attrs.update(as_of=DAY, csm_hours=130.0)
    return found


def gains() -> pd.DataFrame:
    """What touch brings rises with MRR and meets its cost at 200,000."""
    amounts = np.geomspace(1e4, 1e6, 21)
    found = pd.DataFrame({"mrr_amount": amounts, "gain_amount": 1.5 * amounts, "cost_amount": 3e5, "n": 700})
    found = found.assign(gain_low=1.3 * amounts, gain_high=1.7 * amounts)
    found.attrs.update(tier="mid", against="tech", horizon=36, margin=0.8, currency="JPY", as_of=DAY)
    return found


def bands() -> pd.DataFrame:
    """Early high touch costs 70,000 and brings more from the third band on."""
    ends = [(0.0, 8e4), (8e4, 4e5), (4e5, np.inf)]
    found = pd.DataFrame(ends, columns=["from_amount", "to_amount"])
    found = found.assign(n=[200, 90, 30], gain_amount=[2e4, 6e4, 2e5], cost_amount=7e4)
    found = found.assign(gain_low=found["gain_amount"] - 1e4, gain_high=found["gain_amount"] + 1e4)
    found.attrs.update(horizon=36, currency="JPY", as_of=DAY)
    return found


def csms() -> pd.DataFrame:
    """Three CSMs; the second looks best."""
    rows = [("M1", 40, 0.50, 0.54, 1, 1, 2, 2), ("M2", 40, 0.60, 0.53, 2, 1, 2, 1), ("M3", 20, 0.40, 0.45, 3, 3, 3, 3)]
    names = ["csm_id", "n", "crude", "shrunk", "rank", "rank_low", "rank_high", "crude_rank"]
    found = pd.DataFrame(rows, columns=names)
    found = found.assign(shrunk_low=found["shrunk"] - 0.03, shrunk_high=found["shrunk"] + 0.03)
    found.attrs.update(outcome="usage", mean=0.52, as_of=DAY)
    return found


def fires() -> pd.DataFrame:
    """Four quarters, the last without its year."""
    starts = pd.date_range("2023-01-01", periods=4, freq="QS")
    found = pd.DataFrame({"start": starts, "estimate": [0.2, 0.3, 0.4, 0.5], "n": 9, "grr": [0.95, 0.94, 0.92, np.nan]})
    found = found.assign(low=found["estimate"] - 0.05, high=found["estimate"] + 0.05)
    found = found.assign(grr_low=found["grr"] - 0.02, grr_high=found["grr"] + 0.02)
    found.attrs["as_of"] = DAY
    return found


def engagement(lang: str = "en", **on: Any) -> Any:
    """The map of a thousand customers with the two companies on it."""
    from cslab.figures import touch as pictures

    economy = touch.Economy({"mid": 2.0, "high": 4.0})
    found = touch.engagement_map(1000, np.geomspace(1e4, 3e6, 30), np.geomspace(0.7, 100, 30), economy)
    paths = touch.trajectories("ja" if lang == "ja" else "en")
    return pictures.engagement_map(found, paths, lang=lang, **on)


def touch_pictures() -> dict[str, Callable[..., Any]]:
    """The pictures by their names."""
    from cslab.figures import touch as pictures

    at = Estimate(2e5, 1.7e5, 2.4e5, 700, "truth_by_mrr")
    skill = pd.DataFrame({"csm_id": ["M1", "M2"], "skill": [0.1, -0.1]})
    same = touch.Work(2.0, 1.0, 3)
    work = {"onboarding": same, "support": same, "renewal": touch.Work(9.0, 1.0, 2)}
    drawn: tuple[Callable[..., Any], ...] = (
        lambda **on: pictures.matrix_hours(matrix_load(), **on),
        lambda **on: pictures.utilisation(loads("team"), **on),
        lambda **on: pictures.utilisation(loads("high", "tech"), **on),
        lambda **on: pictures.hiring(touch.hiring_plan(touch.growing(100, 10.0, 1.0), 9), **on),
        lambda **on: pictures.pays(gains(), at, **on),
        engagement,
        lambda **on: pictures.early(bands(), **on),
        lambda **on: pictures.league(csms(), skill, **on),
        lambda **on: pictures.firefighting(fires(), **on),
        lambda **on: pictures.waiting(touch.specialised(work), **on),
    )
    return dict(zip(NAMES, drawn, strict=True))
