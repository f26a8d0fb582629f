"""The difference of two shares, with limits that suit few customers and shares near 0 or 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.estimate import Estimate, wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

METHOD = "difference_newcombe"


def newcombe(hits: Any, trials: Any, others: Any, other_trials: Any) -> tuple[Floats, Floats]:
    """95 % limits of the difference of two shares, made of Wilson's limits of both.

    Parameters
    ----------
    hits, trials : int or array
        How often it happened, of how many, on one side.
    others, other_trials : int or array
        The same on the other side.

    Returns
    -------
    tuple of arrays
        Lower and upper limits of the first share less the second.

    Source: Newcombe (1998), Statistics in Medicine 17:873, method 10, grade A.

    >>> [round(float(limit), 4) for limit in newcombe(56, 70, 48, 80)]
    [0.0524, 0.3339]
    """
    one, other = np.asarray(hits) / trials, np.asarray(others) / other_trials
    (low, high), (under, over) = wilson(hits, trials), wilson(others, other_trials)
    gap = one - other
    return (
        np.asarray(gap - np.sqrt((one - low) ** 2 + (over - other) ** 2)),
        np.asarray(gap + np.sqrt((high - one) ** 2 + (other - under) ** 2)),
    )


def difference(hits: float, trials: int, others: float, other_trials: int) -> Estimate:
    """The difference of two shares.

    Parameters
    ----------
    hits, trials, others, other_trials
        As for :func:`newcombe`.

    Returns
    -------
    Estimate
        Its error is that of two independent shares, a half added to every count where one of them is 0 or 1.

    >>> difference(56, 70, 48, 80).round(3).high
    0.334
    """
    low, high = newcombe(hits, trials, others, other_trials)
    error = np.sqrt(_variance(hits, trials) + _variance(others, other_trials))
    gap = hits / trials - others / other_trials
    return Estimate(float(gap), float(low), float(high), trials + other_trials, METHOD, float(error))


def _variance(hits: float, trials: int) -> float:
    """The variance of a share; never 0."""
    share = hits / trials if 0 < hits < trials else (hits + 0.5) / (trials + 1)
    return share * (1 - share) / trials
