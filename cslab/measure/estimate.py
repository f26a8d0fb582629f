"""A number that says how sure it is: no measure returns a bare one where chance matters."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution: all limits here are 95 % limits."""


@dataclass(frozen=True)
class Estimate:
    """An estimate with its 95 % limits, what it rests on and how it was made.

    Parameters
    ----------
    estimate, low, high : float
        The number and its 95 % limits, in its own unit; limits are missing (NaN) where none can be given.
    n : int
        Accounts it rests on.
    method : str
        How it was made; ``cslab.words.label(method, lang)`` is the reader's name for it.
    std_error : float
        Standard error, where the method has one; otherwise missing.

    >>> churn = Estimate(0.1234567, 0.1, 0.15, 200, "hazard_wilson")
    >>> float(churn), churn.round(2).estimate
    (0.1234567, 0.12)
    """

    estimate: float
    low: float
    high: float
    n: int
    method: str
    std_error: float = math.nan

    def __float__(self) -> float:
        """The estimate alone, for arithmetic."""
        return float(self.estimate)

    def cells(self) -> dict[str, Any]:
        """The estimate as cells of a table's row.

        Returns
        -------
        dict
            ``estimate``, ``low``, ``high``, ``n``, ``method``.

        >>> Estimate(0.12, 0.1, 0.15, 200, "hazard_wilson").cells()
        {'estimate': 0.12, 'low': 0.1, 'high': 0.15, 'n': 200, 'method': 'hazard_wilson'}
        """
        return {name: getattr(self, name) for name in ("estimate", "low", "high", "n", "method")}

    def round(self, digits: int = 3) -> Estimate:
        """The same with its numbers rounded.

        Parameters
        ----------
        digits : int
            Digits after the point.

        >>> Estimate(0.12345, 0.1, 0.15, 200, "hazard_wilson").round(1)
        Estimate(estimate=0.1, low=0.1, high=0.1, n=200, method='hazard_wilson', std_error=nan)
        """
        names = ("estimate", "low", "high", "std_error")
        return replace(self, **{name: round(getattr(self, name), digits) for name in names})


def normal(
    estimate: float, std_error: float, n: int, method: str, low: float = -math.inf, high: float = math.inf
) -> Estimate:
    """An estimate with the limits ``estimate ± 1.96 std_error``, kept inside its possible range.

    Parameters
    ----------
    estimate, std_error : float
        The number and its standard error.
    n : int
        Accounts it rests on.
    method : str
        How it was made.
    low, high : float
        Smallest and largest possible value.

    Returns
    -------
    Estimate

    >>> normal(0.9, 0.1, 50, "mean", high=1.0).round(2).high
    1.0
    """
    width = Z95 * std_error
    limits = max(low, estimate - width), min(high, estimate + width)
    if math.isnan(width):
        limits = math.nan, math.nan
    return Estimate(float(estimate), float(limits[0]), float(limits[1]), int(n), method, float(std_error))


def wilson(events: Any, trials: Any) -> tuple[Floats, Floats]:
    """Wilson's 95 % limits of a share: sensible for few trials and for shares near 0 or 1.

    Parameters
    ----------
    events, trials : int or array
        How often it happened, of how many; where ``trials`` is 0 the limits are missing.

    Returns
    -------
    tuple of arrays
        Lower and upper limits.

    Source: Wilson (1927), JASA 22:209; Brown, Cai and DasGupta (2001), Statistical Science 16:101, grade A.

    >>> [round(float(limit), 3) for limit in wilson(1, 10)]
    [0.018, 0.404]
    """
    hits, tries = np.asarray(events, float), np.asarray(trials, float)
    tries = np.where(tries > 0, tries, np.nan)
    share, square = hits / tries, Z95**2
    middle = (share + square / (2 * tries)) / (1 + square / tries)
    width = Z95 / (1 + square / tries) * np.sqrt(share * (1 - share) / tries + square / (4 * tries**2))
    low, high = np.where(hits == 0, 0.0, middle - width), np.where(hits == tries, 1.0, middle + width)
    return np.where(np.isnan(tries), np.nan, low), np.where(np.isnan(tries), np.nan, high)


def proportion(events: float, trials: float, n: int, method: str) -> Estimate:
    """A share with Wilson's limits.

    Parameters
    ----------
    events, trials : float
        How often it happened, of how many.
    n : int
        Accounts it rests on.
    method : str
        How it was made.

    Returns
    -------
    Estimate

    >>> proportion(1, 10, 10, "hazard_wilson").round(3).high
    0.404
    """
    low, high = wilson(events, trials)
    return Estimate(events / trials, float(low), float(high), int(n), method)


def ratio(part: Floats, base: Floats, method: str, high: float = math.inf, low: float = 0.0) -> Estimate:
    """A ratio of two sums over accounts, with the error that comes from which accounts they happen to be.

    Parameters
    ----------
    part, base : array
        Both amounts of each account; ``base`` not negative.
    method : str
        How it was made.
    high, low : float
        Largest and smallest possible value.

    Returns
    -------
    Estimate
        With delta-method limits; missing ones for a single account, and no number where there is nothing to divide by.

    Source: Cochran (1977), *Sampling Techniques*, section 6.4, grade A.

    >>> ratio(np.array([1.0, 3.0]), np.array([2.0, 2.0]), "mean").estimate
    1.0
    """
    n, share = len(base), part.sum() / base.sum() if base.sum() > 0 else math.nan
    squares = ((part - share * base) ** 2).sum()
    error = math.sqrt(squares * n / (n - 1)) / base.sum() if n > 1 and base.sum() > 0 else math.nan
    return normal(share, error, n, method, low, high)


def weighted_share(part: Floats, base: Floats, method: str) -> Estimate:
    """A share of a sum, such as of revenue kept, with limits that stay inside 0-1.

    Wilson's limits for as many accounts of one size as would have the same error: about as many as hold most of the
    sum. Where a few accounts do, the limits know too little of them and are too narrow: of a hundred customers, a
    third of them ten times as large as the others, they hold the truth five times in six rather than nineteen times
    in twenty; of two thousand, as often as they say.

    Parameters
    ----------
    part, base : array
        Both amounts of each account; ``base`` not negative, ``part`` seldom more than it.
    method : str
        How it was made.

    Returns
    -------
    Estimate
        With the limits of ``ratio``, where the parts sum up to less than nothing.

    Source: an effective sample size in the limits of a share, Korn and Graubard (1998), Survey Methodology 24:193,
    grade A; how often they hold is our own finding.

    >>> weighted_share(np.array([1.0, 1.0]), np.array([1.0, 1.0]), "mean").round(3).low
    0.342
    """
    found = ratio(part, base, method, low=-math.inf)
    if not 0 <= found.estimate <= 1 or math.isnan(found.std_error):
        return found
    return share_with_error(found.estimate, found.std_error, found.n, method, found.n)


def share_with_error(share: float, error: float, n: int, method: str, least: float) -> Estimate:
    """A share whose error is known, with limits that stay inside 0-1: Wilson's, for as many cases as have that error.

    Parameters
    ----------
    share, error : float
        The number (0-1) and its standard error.
    n : int
        Accounts it rests on.
    method : str
        How it was made.
    least : float
        How many cases to assume where nothing varied, so that no error is to be seen.

    Returns
    -------
    Estimate

    Source: Korn and Graubard (1998), Survey Methodology 24:193, grade A.

    >>> share_with_error(0.5, 0.05, 400, "mean", 400).round(3).high  # as of 50 in 100
    0.596
    """
    size = share * (1 - share) / error**2 if error > 0 and 0 < share < 1 else least
    low, high = wilson(share * size, size)
    return Estimate(float(share), float(low), float(high), int(n), method, float(error))


def unknown_choice(name: str, value: str, known: Sequence[str]) -> Fault:
    """The fault of an argument that holds none of its words.

    Parameters
    ----------
    name, value : str
        The argument and what was given.
    known : sequence of str
        What would have been understood.

    Returns
    -------
    Fault

    >>> unknown_choice("unit", "months", ("month", "day")).values["near"]
    'month'
    """
    values = {"name": name, "value": value, "near": nearest(value, known), "known": ", ".join(known)}
    return Fault("unknown_choice", values)
