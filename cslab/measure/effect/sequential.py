"""Looking at a test more than once: what peeking costs, and lines to stop at that keep false alarms where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.effect.power import LEVEL, POWER
from cslab.measure.estimate import Z95, unknown_choice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

Shape = Literal["late", "even"]
SHAPES = ("late", "even")
"""Strict at first and nearly the usual line at the end (O'Brien and Fleming), or the same at every look (Pocock)."""

POINTS, MOST = 161, 50
"""Points of the grid between both lines, and the most looks."""


def false_alarms(looks: int, line: float = Z95) -> float:
    """How often a test without any effect is stopped for one, where somebody looks several times at the usual line.

    Parameters
    ----------
    looks : int
        Evenly spaced over the test.
    line : float
        Standard errors from which a difference is called real.

    Returns
    -------
    float
        0-1; 0.05 for one look at 1.96.

    Raises
    ------
    UsageError
        For no look, or more than fifty.

    Source: Armitage, McPherson and Rowe (1969), Journal of the Royal Statistical Society A 132:235, grade A.

    >>> [round(false_alarms(looks), 3) for looks in (1, 2, 5)]
    [0.05, 0.083, 0.142]
    """
    _check(looks)
    return _crossed(np.full(looks, float(line)), 0.0)


def stopping_lines(looks: int, shape: Shape = "late", level: float = LEVEL) -> list[float]:
    """Standard errors from which a test may be stopped at each look, so that false alarms stay at their level.

    Parameters
    ----------
    looks : int
        Evenly spaced over the test.
    shape : str
        One of ``SHAPES``.
    level : float
        False alarms over all looks together (0-1), two-sided.

    Returns
    -------
    list of float
        One a look.

    Raises
    ------
    UsageError
        For no look or more than fifty, an unknown shape, a level outside 0-1.

    Source: O'Brien and Fleming (1979), Biometrics 35:549; Pocock (1977), Biometrika 64:191, grade A.

    >>> [round(line, 2) for line in stopping_lines(3)]
    [3.47, 2.45, 2.0]
    """
    from scipy.optimize import brentq

    _check(looks)
    if shape not in SHAPES:
        raise UsageError(unknown_choice("shape", shape, SHAPES))
    if not 0 < level < 1:
        raise UsageError(Fault("not_a_rate", {"name": "level", "value": level}))
    form = np.sqrt(looks / np.arange(1, looks + 1)) if shape == "late" else np.ones(looks)
    factor = brentq(lambda one: _crossed(one * form, 0.0) - level, 0.01, 12.0, xtol=1e-7)
    return [float(line) for line in factor * form]


def inflation(looks: int, shape: Shape = "late", power: float = POWER, level: float = LEVEL) -> float:
    """How many times as many customers a test with several looks may need, beside one with a single look.

    Parameters
    ----------
    looks, shape, level
        As for :func:`stopping_lines`.
    power : float
        Chance to see the effect (0-1).

    Returns
    -------
    float
        1 for one look.

    Raises
    ------
    UsageError
        As for :func:`stopping_lines`.

    Source: Jennison and Turnbull (2000), *Group Sequential Methods*, tables 2.2 and 2.4, grade A.

    >>> round(inflation(3), 3)
    1.017
    """
    from scipy.optimize import brentq
    from scipy.stats import norm

    lines = np.array(stopping_lines(looks, shape, level))
    single = norm.ppf(1 - level / 2) + norm.ppf(power)
    drift = brentq(lambda one: _crossed(lines, one) - power, 0.5 * single, 2 * single, xtol=1e-7)
    return float((drift / single) ** 2)


def _crossed(lines: Floats, drift: float) -> float:
    """The chance that a walk crosses either line at one of its looks; ``drift``: where it is to be expected at last.

    The density of the walk that has not crossed is carried from look to look on a grid.
    """
    from scipy.stats import norm

    looks = len(lines)
    step = drift / np.sqrt(looks)
    ends = lines * np.sqrt(np.arange(1, looks + 1))
    outside = norm.sf(ends[0] - step) + norm.cdf(-ends[0] - step)
    place = _grid(ends[0])
    density = norm.pdf(place - step)
    for end in ends[1:]:
        weights = density * _simpson(place)
        outside += float(weights @ (norm.sf(end - place - step) + norm.cdf(-end - place - step)))
        before, place = place, _grid(end)
        density = norm.pdf(place[:, None] - before[None, :] - step) @ weights
    return float(outside)


def _grid(end: float) -> Floats:
    """Places between both lines."""
    return np.linspace(-end, end, POINTS)


def _simpson(place: Floats) -> Floats:
    """Weights of Simpson's rule."""
    weights = np.ones(len(place))
    weights[1:-1:2], weights[2:-1:2] = 4.0, 2.0
    return np.asarray(weights * (place[1] - place[0]) / 3)


def _check(looks: int) -> None:
    """Refuse no look, and more than anybody takes."""
    if not 1 <= looks <= MOST:
        raise UsageError(Fault("effect.looks", {"value": looks, "most": MOST}))
