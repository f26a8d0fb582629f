"""How an interval narrows, and a smaller effect comes to be seen, as there are more customers: one formula a method."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.effect.planable import check_shares
from cslab.measure.effect.power import detectable
from cslab.measure.estimate import Z95

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Law = Callable[[float], float]
"""From "so many times as many customers" to a precision."""


@dataclass(frozen=True)
class Sureness:
    """How sure one wants to be of seeing an effect.

    Parameters
    ----------
    power : float
        Chance to see it where it is there (0-1).
    level : float
        Chance to see one where there is none, two-sided (0-1).

    Raises
    ------
    UsageError
        For chances outside 0-1, or a power that is not above the level.

    >>> round(Sureness().errors, 2)
    2.8
    """

    power: float = 0.8
    level: float = 0.05

    def __post_init__(self) -> None:
        """Refuse what no test can be."""
        check_shares(0.5, 0.0, nothing=True, power=self.power, level=self.level)
        if self.power <= self.level:
            raise UsageError(Fault("effect.power_below_level", {"power": self.power, "level": self.level}))

    @property
    def errors(self) -> float:
        """Standard errors that an effect must be away from nothing to be seen so often."""
        from scipy.stats import norm

        return float(norm.ppf(1 - self.level / 2) + norm.ppf(self.power))


def interval(half: float) -> Law:
    """An interval that narrows with the root of the number of customers.

    Parameters
    ----------
    half : float
        Half its width on the book.

    >>> interval(0.1)(4)
    0.05
    """
    return lambda times: half / math.sqrt(times)


def two_shares(base: float, treated: float, control: float, sure: Sureness) -> Law:
    """The smallest fall of a share that is seen between two groups.

    Parameters
    ----------
    base : float
        The share without an effect (0-1).
    treated, control : float
        Customers of each group.
    sure : Sureness

    Returns
    -------
    callable
        Missing (NaN) where a fall to nothing would not be seen, or there is nothing to fall.

    Source: Fleiss, Levin and Paik (2003), *Statistical Methods for Rates and Proportions*, section 4.2, grade A.

    >>> round(two_shares(0.2, 906, 906, Sureness())(1), 3)
    0.05
    """
    if not (0 < base < 1 and treated > 0 and control > 0):
        return lambda times: math.nan
    return lambda times: -detectable(base, treated * times, control * times, sure.power, sure.level)


def hazards(events: float, share: float, sure: Sureness) -> Law:
    """The smallest ratio of hazards above 1 that is seen between a group and the rest.

    Parameters
    ----------
    events : float
        Departures.
    share : float
        Of the customers that are in the group (0-1).
    sure : Sureness

    Source: Schoenfeld (1983), Biometrics 39:499, grade A.

    >>> round(hazards(100, 0.5, Sureness())(1), 2)
    1.75
    """
    return slope(events, share * (1 - share), sure)


def slope(events: float, variance: float, sure: Sureness) -> Law:
    """The smallest ratio of hazards above 1 for one more unit of a sign that is seen.

    Parameters
    ----------
    events : float
        Departures.
    variance : float
        Of the sign over the customers: 1 where the unit is its standard deviation.
    sure : Sureness

    Returns
    -------
    callable
        Missing (NaN) without departures.

    Source: Hsieh and Lavori (2000), Controlled Clinical Trials 21:552, grade A.

    >>> round(slope(100, 1, Sureness())(1), 2)
    1.32
    """
    if not (events > 0 and variance > 0):
        return lambda times: math.nan
    return lambda times: math.exp(sure.errors / math.sqrt(events * times * variance))


def ranking(auc: float, left: float, stayed: float) -> Law:
    """Half the width of an AUC's interval.

    Parameters
    ----------
    auc : float
        How well the score ranks (0.5-1).
    left, stayed : float
        Customers of each kind.

    Source: the variance of Bamber (1975), Journal of Mathematical Psychology 12:387, with scores of both kinds normal
    and spread alike, grade A.

    >>> round(ranking(0.75, 100, 900)(1), 3)
    0.05
    """
    from scipy.special import owens_t
    from scipy.stats import norm

    both = auc - 2 * owens_t(norm.ppf(auc), 1 / math.sqrt(3))  # one of a kind ranks rightly with two of the other

    def half(times: float) -> float:
        """At so many times as many customers."""
        pairs = (left + stayed) * times - 2
        spread = (auc * (1 - auc) + max(pairs, 0.0) * (both - auc**2)) / (left * stayed * times**2)
        return Z95 * math.sqrt(spread)

    return half if left > 0 and stayed > 0 else lambda times: math.nan


def jump(places: Floats, line: float, bandwidth: float, base: float, sure: Sureness) -> Law:
    """The smallest fall of a share at a line that is seen by a straight fit on either side, bias apart.

    Parameters
    ----------
    places : ndarray of float, shape (n,)
        Where each customer lies.
    line : float
        Those at it or above lie on its right.
    bandwidth : float
        How far from the line is looked, with triangular weights; kept as it is for other sizes.
    base : float
        The share at the line (0-1).
    sure : Sureness

    Returns
    -------
    callable
        Missing (NaN) with fewer than two places on a side, or where a fall to nothing would not be seen.

    Source: the variance of a local-linear jump, Imbens and Lemieux (2008), Journal of Econometrics 142:615, grade A.

    >>> near = np.linspace(-1, 1, 2000)
    >>> round(jump(near, 0.0, 1.0, 0.2, Sureness())(1), 2)
    0.1
    """
    away = np.asarray(places, float) - line
    left, right = (_at_the_line(away[side], bandwidth) for side in (away < 0, away >= 0))
    return fall(base, left, right, sure)


def fall(base: float, control: float, treated: float, sure: Sureness) -> Law:
    """The smallest fall of a share that is seen by the difference of two weighted means.

    Parameters
    ----------
    base : float
        The share without an effect (0-1).
    control, treated : float
        Variance of each mean, in that of one customer's outcome: 1 / n for a plain mean of n.
    sure : Sureness

    Returns
    -------
    callable
        Missing (NaN) where a fall to nothing would not be seen.

    >>> round(fall(0.2, 1 / 906, 1 / 906, Sureness())(1), 3), fall(0.2, 1 / 8, 1 / 8, Sureness())(1)
    (0.05, nan)
    """
    from scipy.optimize import brentq

    def spare(least: float, times: float) -> float:
        """By how much a fall is more than is seen."""
        left = base - least
        spread = control * base * (1 - base) + treated * left * (1 - left)
        return least - sure.errors * math.sqrt(spread / times)

    def seen(times: float) -> float:
        """At so many times as many customers."""
        return float(brentq(spare, 0.0, base, (times,), xtol=1e-9)) if spare(base, times) > 0 else math.nan

    return seen if 0 < base < 1 else lambda times: math.nan


def _at_the_line(away: Floats, bandwidth: float) -> float:
    """Variance of a straight line's height at the line, in that of one outcome; missing where no line can be drawn."""
    weight = np.clip(1 - np.abs(away) / bandwidth, 0, None)
    if len(np.unique(away[weight > 0])) < 2:
        return math.nan
    total, first, second = (float((weight * away**power).sum()) for power in (0, 1, 2))
    pulls = weight * (second - first * away) / (total * second - first**2)
    return float((pulls**2).sum())


def shocked(spread: float, alike: float, shock: float) -> Law:
    """Half the width of the interval of a share of the next quarter, in which all customers may move together.

    Parameters
    ----------
    spread : float
        Variance of one customer's outcome: p (1 - p) where all are alike.
    alike : float
        As many customers of one size as would err as much.
    shock : float
        Standard deviation of what moves a whole quarter (in the share): more customers do not make it smaller.

    Returns
    -------
    callable
        At most 0.5: then anything may come.

    >>> round(shocked(0.09, 100, 0.0)(1), 3), round(shocked(0.09, 1e9, 0.05)(1), 3)
    (0.059, 0.098)
    """
    return lambda times: min(0.5, Z95 * math.sqrt(spread / (alike * times) + shock**2))
