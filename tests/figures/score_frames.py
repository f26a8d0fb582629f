"""Results of scores, small enough to be seen through, and the pictures made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from cslab.measure.estimate import Estimate
from cslab.measure.scores import Calibration

AS_OF = pd.Timestamp("2025-03-31")
NAMES = ("calibration", "auc by horizon", "lead time of a score", "score beside the ceiling", "precision and recall")


def with_limits(frame: pd.DataFrame, column: str = "estimate", stem: str = "") -> pd.DataFrame:
    """Limits five points either side."""
    found = frame.assign(**{f"{stem}low": frame[column] - 0.05, f"{stem}high": frame[column] + 0.05}, n=400)
    found.attrs["as_of"] = AS_OF
    return found


def over_confident() -> Calibration:
    """Given 10, 30 and 60 per cent, 15, 30 and 45 in a hundred left."""
    table = pd.DataFrame({"group": [1, 2, 3], "expected": [0.1, 0.3, 0.6], "estimate": [0.15, 0.3, 0.45]})
    numbers = {"slope": 0.6, "intercept": 0.0, "ratio": 1.1}
    found = {
        name: Estimate(value, value - 0.2, value + 0.2, 400, "calibration_ipcw") for name, value in numbers.items()
    }
    return Calibration(with_limits(table), **found, horizon=6, n=400, pulled=0)


def by_horizon(level: float = 0.8) -> pd.DataFrame:
    """An AUC that falls five points from month 3 to 6."""
    return with_limits(pd.DataFrame({"horizon": [3, 6], "estimate": [level, level - 0.05]}))


def early() -> pd.DataFrame:
    """A score that tells a little more each month."""
    return with_limits(pd.DataFrame({"months_before": [3, 2, 1], "estimate": [0.6, 0.65, 0.7]}))


def beside() -> pd.DataFrame:
    """A score between the calendar and the ceiling."""
    found = with_limits(pd.DataFrame({"what": ["score", "calendar", "ceiling"], "estimate": [0.8, 0.6, 0.85]}))
    return found.assign(low=[0.75, 0.55, 0.85], high=[0.85, 0.65, 0.85])


def riskiest() -> pd.DataFrame:
    """Of the riskiest tenth 40 per cent leave, of the riskiest half 18, of all 10."""
    found = pd.DataFrame({"share": [0.1, 0.5], "precision": [0.4, 0.18], "recall": [0.4, 0.9], "lift": [4.0, 1.8]})
    return with_limits(with_limits(found, "precision", "precision_"), "recall", "recall_")


def score_pictures() -> dict[str, Callable[..., Any]]:
    """The pictures of scores, each ready to be drawn in a language."""
    from cslab.figures import scores

    drawn = (
        lambda **on: scores.calibration(over_confident(), **on),
        lambda **on: scores.auc_by_horizon(by_horizon(), by_horizon(0.88), by_horizon(0.65), **on),
        lambda **on: scores.lead_time(early(), **on),
        lambda **on: scores.beside_ceiling(beside(), **on),
        lambda **on: scores.precision_recall(riskiest(), **on),
    )
    return dict(zip(NAMES, drawn, strict=True))
