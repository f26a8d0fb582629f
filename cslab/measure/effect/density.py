"""Whether customers were moved over a threshold: a jump in how many lie there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.estimate import Estimate, normal

if TYPE_CHECKING:
    from cslab.measure.effect.local_linear import Floats

METHOD = "density_jump"
STEPS = 20
"""Different amounts that must lie near the line on each side."""

RULE = 3.348
"""The constant of the rule of thumb for the bandwidth."""


@dataclass(frozen=True)
class Bins:
    """Heights of a histogram on one side of a threshold.

    Parameters
    ----------
    middle, height : ndarray of float, shape (bins,)
        Where, and the share of all customers there over the width.

    >>> Bins(np.array([1.0]), np.array([0.5])).height.tolist()
    [0.5]
    """

    middle: Floats
    height: Floats


def density_jump(place: Any) -> Estimate:
    """By how much more customers lie just above a threshold than just below it, as a logarithm of the ratio.

    Where sales people round prices up to a line, or customers keep below one, there is a jump, and those just above
    differ from those just below in more than which side they are on.

    Parameters
    ----------
    place : ndarray of float, shape (n,)
        Distance from the threshold.

    Returns
    -------
    Estimate
        0 where nobody was moved; missing where a side is empty at the line, or amounts come in so few steps (list
        prices) that a step cannot be told from a jump.

    Source: McCrary (2008), Journal of Econometrics 142:698, grade A.

    >>> found = density_jump(np.linspace(-1, 1, 2_000))
    >>> found.low < 0 < found.high
    True
    """
    place = np.asarray(place, float)
    n, width = len(place), 2 * float(np.std(place, ddof=1)) / math.sqrt(len(place))
    sides = [_bins(place, width, above) for above in (False, True)]
    bandwidth = float(np.mean([_rule_of_thumb(one) for one in sides])) / 2  # half of it: bends count little
    inside = int((np.abs(place) < bandwidth).sum())
    below, above = (_at_line(one, bandwidth) for one in sides)
    near = np.abs(place) < bandwidth
    steps = min(len(np.unique(place[near & side])) for side in (place < 0, place >= 0))
    if min(below, above) <= 0 or steps < STEPS:
        return Estimate(math.nan, math.nan, math.nan, inside, METHOD)
    error = math.sqrt(24 / 5 * (1 / below + 1 / above) / (n * bandwidth))
    return normal(math.log(above / below), error, inside, METHOD)


def _bins(place: Floats, width: float, above: bool) -> Bins:
    """The histogram of one side, its bins counted from the threshold."""
    away = place[place >= 0] if above else -place[place < 0]
    counts = np.bincount(np.floor(away / width).astype(np.int64)).astype(float)
    middle = (np.arange(len(counts)) + 0.5) * width
    return Bins(middle if above else -middle, counts / (len(place) * width))


def _rule_of_thumb(bins: Bins) -> float:
    """A bandwidth by how much a curve of fourth order through the heights bends."""
    reach = float(np.abs(bins.middle).max())
    order = min(4, len(bins.middle) - 1)
    curve = np.polynomial.Polynomial.fit(bins.middle, bins.height, order)
    spread = float(((bins.height - curve(bins.middle)) ** 2).sum()) / max(len(bins.middle) - order - 1, 1)
    bends = float((curve.deriv(2)(bins.middle) ** 2).sum())
    return min(RULE * (spread * reach / bends) ** 0.2, reach) if bends > 0 and spread > 0 else reach


def _at_line(bins: Bins, bandwidth: float) -> float:
    """The height at the threshold, by a line through those near it."""
    weights = np.maximum(0.0, 1 - np.abs(bins.middle) / bandwidth)
    inside = weights > 0
    if inside.sum() < 2:
        return float(bins.height[0])
    weights, middle, height = weights[inside], bins.middle[inside], bins.height[inside]
    centre = float(weights @ middle / weights.sum())
    slope = float(weights @ ((middle - centre) * height)) / float(weights @ (middle - centre) ** 2)
    return float(weights @ height / weights.sum()) - slope * centre
