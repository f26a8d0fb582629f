"""A jump at a threshold: what the outcome is just above it, less what it is just below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault
from cslab.measure.effect.bandwidth import bandwidths, pilot
from cslab.measure.effect.local_linear import Side, end_of
from cslab.measure.effect.tried import NotComparable
from cslab.measure.estimate import Estimate, normal

if TYPE_CHECKING:
    from cslab.measure.effect.local_linear import Floats

METHOD = "local_linear_robust"
LEAST = 10
"""Customers on each side, within half a first bandwidth, without whom there is nothing to compare."""


@dataclass(frozen=True)
class Jump(Estimate):
    """A jump with limits that know how far the curves on both sides bend.

    The estimate is the bias-corrected one, in the middle of its limits.

    Parameters
    ----------
    plain : float
        By straight lines alone.
    bandwidth, bias_bandwidth : float
        How far from the threshold lines and bends are looked at, in the unit of the places.
    below, above : int
        Customers within the bandwidth.

    >>> Jump(0.1, 0.0, 0.2, 90, METHOD, 0.05, 0.11, 1.0, 2.0, 40, 50).below
    40
    """

    plain: float = math.nan
    bandwidth: float = math.nan
    bias_bandwidth: float = math.nan
    below: int = 0
    above: int = 0


def jump(place: Any, outcome: Any, least: float = -math.inf, most: float = math.inf) -> Jump:
    """The jump of an outcome at a threshold.

    Local lines with triangular weights, within the bandwidth that makes the mean squared error smallest; corrected by
    parabolas for the bend of the curves, with limits that count this correction as an estimate too.

    Parameters
    ----------
    place : ndarray of float, shape (n,)
        Distance from the threshold; 0 and more is above it.
    outcome : ndarray of float, shape (n,)
    least, most : float
        Smallest and largest possible jump.

    Returns
    -------
    Jump

    Raises
    ------
    UsageError
        Where too few lie on one side of the threshold, or near it.

    Source: Calonico, Cattaneo and Titiunik (2014), Econometrica 82:2295, grade A.

    >>> place = np.linspace(-1, 1, 400)
    >>> found = jump(place, place + 0.5 * (place >= 0))
    >>> round(found.estimate, 6), found.n == found.below + found.above
    (0.5, True)
    """
    place, outcome = np.asarray(place, float), np.asarray(outcome, float)
    require_mass(place)
    left, right = (Side.of(place[where], outcome[where]) for where in (place < 0, place >= 0))
    width, wider = bandwidths(left, right)
    below, above = (end_of(side, width, wider) for side in (left, right))
    error = math.sqrt(below.variance + above.variance)
    found = normal(above.corrected - below.corrected, error, below.n + above.n, METHOD, least, most)
    numbers = (found.estimate, found.low, found.high, found.n, METHOD, error)
    return Jump(*numbers, above.plain - below.plain, width, wider, below.n, above.n)


def require_mass(place: Floats) -> None:
    """Refuse a threshold that nobody, or hardly anybody, is near to on one side.

    Parameters
    ----------
    place : ndarray of float, shape (n,)
        Distance from the threshold.

    Raises
    ------
    UsageError
        With how many there are on each side, all in all and near it.

    >>> require_mass(np.linspace(-1, 1, 100))
    """
    near = np.abs(place) < pilot(place) / 2 if len(place) > 1 else np.zeros(len(place), bool)
    below, above = int((near & (place < 0)).sum()), int((near & (place >= 0)).sum())
    if min(below, above) < LEAST:
        everybody = {"all_below": int((place < 0).sum()), "all_above": int((place >= 0).sum())}
        raise NotComparable(Fault("effect.no_mass", {"below": below, "above": above, "least": LEAST, **everybody}))
