"""Small results about ways to fool oneself, and the pictures made of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from cslab.measure.estimate import Estimate, normal
from cslab.measure.illusions import Exposure, Illusion, table

NAMES = ("five ways to fool oneself", "immortal months", "four ways of comparing")


def five() -> pd.DataFrame:
    """A gap that flatters, one that slanders, a ratio, one of which the truth is not known, and a rise."""
    return table(
        [
            Illusion("tier_gap", "points", normal(-0.16, 0.05, 360, "mean"), None, -0.096),
            Illusion("override_flip", "points", normal(0.12, 0.05, 320, "mean"), normal(0.1, 0.05, 320, "mean"), -0.05),
            Illusion("immortal_time", "ratio", Estimate(0.4, 0.3, 0.5, 1600, "mean"),
                     Estimate(1.1, 0.8, 1.6, 700, "mean"), 1.0),
            Illusion("self_selection", "points", normal(-0.05, 0.01, 900, "mean"),
                     normal(0.0, 0.01, 900, "mean"), None),
            Illusion("pilot_winners", "points", normal(0.27, 0.02, 20, "mean"), normal(0.0, 0.02, 40, "mean"), 0.0),
        ]
    )  # fmt: skip


def lived() -> Exposure:
    """Three who took part and three who did not; two of the latter left early."""
    return Exposure.of([36, 20, 36, 5, 9, 36], [False, True, False, True, True, False], [6, 4, 20, *[math.inf] * 3])


def drawn() -> pd.DataFrame:
    """Fifty programmes without effect, judged in four ways."""
    rows = [("ever_never", 0.43), ("time_split", 1.3), ("tenure_split", 0.99), ("landmark_ratio", 1.02)]
    frame = pd.DataFrame(rows, columns=["method", "estimate"])
    frame = frame.assign(low=0.8 * frame["estimate"], high=1.2 * frame["estimate"], n=50)
    frame.attrs |= {"truth": 1.0, "customers": 1800, "as_of": pd.Timestamp("2024-12-31")}
    return frame


def illusion_pictures() -> dict[str, Callable[..., Any]]:
    """All pictures of illusions, each ready to be drawn in a language."""
    from cslab.figures import illusions

    pictures: tuple[Callable[..., Any], ...] = (
        lambda **on: illusions.dumbbell(five(), **on),
        lambda **on: illusions.lives(lived(), **on),
        lambda **on: illusions.ways(drawn(), **on),
    )
    return dict(zip(NAMES, pictures, strict=True))
