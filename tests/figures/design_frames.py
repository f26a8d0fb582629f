"""Small results of designs, each to be drawn in a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from cslab.figures.effect.discontinuity import jump
from cslab.figures.effect.event_study import event_study
from cslab.figures.effect.power import power
from cslab.measure.effect.discontinuity import Discontinuity, regression_discontinuity
from cslab.measure.effect.panel import Panel
from cslab.measure.effect.power import curve
from cslab.measure.effect.staggered import difference_in_differences, two_way_fixed_effects
from cslab.measure.effect.trial import of_frame
from cslab.measure.estimate import Estimate

NAMES = (
    "jump",
    "jump of an amount's threshold",
    "event study",
    "event study beside the truth",
    "power",
    "power at ours",
)


def stepped(running: str = "size", step: float = 0.5, line: float = 0.0) -> Discontinuity:
    """Two hundred customers whose outcome rises with their size, and by a step at a threshold."""
    size = np.linspace(-1, 1, 200)
    rows = pd.DataFrame({running: size + line, "y": step * (size >= 0) + size + 0.05 * (np.arange(200) % 2)})
    rows["arm"] = np.where(size < 0, "tech", "mid")
    threshold = float(np.exp(line)) if running == "mrr0_amount" else line
    return regression_discontinuity(of_frame(rows, "arm", "y", [running]), running, threshold)


def growing() -> Panel:
    """Forty customers in two groups; what the programme brings grows by one a month."""
    months = np.arange("2024-01", "2024-09", dtype="datetime64[M]")
    since = np.repeat([2, 5], 20)
    ahead = np.arange(8) - since[:, None]
    noise = 0.3 * ((np.arange(40)[:, None] * 7 + np.arange(8) * 3) % 5 - 2)
    return Panel(np.arange(40), months, np.maximum(ahead + 1, 0) + noise, since, "training", "wau_ratio")


def pictures() -> dict[str, Callable[..., Any]]:
    """Each picture as a function of the language."""
    found = difference_in_differences(growing())
    wrong = two_way_fixed_effects(growing())
    truth = pd.DataFrame({"ahead": range(-4, 3), "estimate": [0, 0, 0, 0, 1, 2, 3]})
    tested = curve(0.2, [-0.05, -0.10], np.geomspace(20, 2_000, 20).tolist())
    drawn: tuple[Callable[..., Any], ...] = (
        lambda **k: jump(stepped(), **k),
        lambda **k: jump(stepped("mrr0_amount", line=11.3), Estimate(0.5, 0.5, 0.5, 9, "truth_expected"), **k),
        lambda **k: event_study(found, **k),
        lambda **k: event_study(found, wrong, truth, **k),
        lambda **k: power(tested, **k),
        lambda **k: power(tested, yours=300, **k),
    )
    return dict(zip(NAMES, drawn, strict=True))
