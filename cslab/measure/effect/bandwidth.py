"""How far from a threshold to look: as far as makes the mean squared error of the jump smallest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.effect.local_linear import Side, polynomial

if TYPE_CHECKING:
    from cslab.measure.effect.local_linear import Floats

PILOT = 2.576
"""Of the first bandwidth: the constant that goes with triangular weights."""

LEAST_PLACES = 10
"""Different places that the first looks hold on each side, where there are so many."""


@dataclass(frozen=True)
class Part:
    """What one side adds to the error of a coefficient at the threshold.

    Parameters
    ----------
    variance, bias, unsure : float
        Its variance, its bias, and the variance of the bias (a regularisation).

    >>> Part(1.0, 2.0, 3.0).bias
    2.0
    """

    variance: float
    bias: float
    unsure: float


def bandwidths(left: Side, right: Side) -> tuple[float, float]:
    """The bandwidth of the line and that of its bias correction.

    Parameters
    ----------
    left, right : Side
        Both sides of the threshold.

    Returns
    -------
    tuple of float
        In the unit of the places.

    Source: Calonico, Cattaneo and Titiunik (2014), Econometrica 82:2295, section S.2.6; with the regularisation of
    Imbens and Kalyanaraman (2012), Review of Economic Studies 79:933, grade A.

    >>> place = np.linspace(-1, 1, 400)
    >>> sides = [Side.of(place[where], np.sin(9 * place[where])) for where in (place < 0, place >= 0)]
    >>> h, b = bandwidths(*sides)
    >>> bool(0 < h < 1)
    True
    """
    sides, furthest = (left, right), max(left.furthest, right.furthest)
    least = max(side.near(LEAST_PLACES) for side in sides)
    first = max(min(pilot(np.concatenate([left.place, right.place])), furthest), least)
    curving = [_part(side, 3, 3, first, side.furthest, regular=False) for side in sides]
    far = max(min(_optimal(curving, 3), furthest), least)
    bending = [_part(side, 2, 2, first, far) for side in sides]
    bias_bandwidth = min(_optimal(bending, 2), furthest)
    level = [_part(side, 1, 0, first, bias_bandwidth) for side in sides]
    return min(_optimal(level, 1), furthest), bias_bandwidth


def pilot(place: Floats) -> float:
    """A first bandwidth, by how far places are spread.

    Parameters
    ----------
    place : ndarray of float, shape (n,)

    Returns
    -------
    float

    >>> round(pilot(np.linspace(-1, 1, 1_000)), 2)
    0.37
    """
    low, high = np.quantile(place, [0.25, 0.75], method="averaged_inverted_cdf")
    spread = min(float(place.std(ddof=1)), float(high - low) / 1.349) or float(place.std(ddof=1))
    return float(PILOT * spread * len(np.unique(place)) ** -0.2)


def _part(side: Side, order: int, which: int, narrow: float, wide: float, regular: bool = True) -> Part:
    """What a side adds to the error of coefficient ``which`` of a polynomial of some order."""
    fit = polynomial(side, narrow, order)
    constant = float(fit.pulls[which] @ fit.side.place ** (order + 1)) / narrow ** (order + 1 - which)
    larger = polynomial(side, wide * (1 + 1e-8), order + 1)
    left = order + 1 - which
    variance = (2 * which + 1) * narrow ** (2 * which + 1) * float(fit.variances[which])
    unsure = 2 * left * 3 * constant**2 * float(larger.variances[order + 1]) if regular else 0.0
    return Part(variance, float(np.sqrt(2 * left)) * constant * float(larger.slopes[order + 1]), unsure)


def _optimal(sides: list[Part], order: int) -> float:
    """The bandwidth at which squared bias and variance of the difference are smallest together."""
    left, right = sides
    bias = (right.bias - left.bias) ** 2 + left.unsure + right.unsure
    variance = left.variance + right.variance
    return float(variance / bias) ** (1 / (2 * order + 3)) if bias > 0 and variance > 0 else np.inf
