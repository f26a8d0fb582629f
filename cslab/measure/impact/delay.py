"""How long an effect takes to arrive: the mean lag that the data show, counted from each customer's turn."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.effect.encouragement import anderson_rubin
from cslab.measure.estimate import Estimate
from cslab.measure.impact.contrast import YEAR, contrast

if TYPE_CHECKING:
    import pandas as pd

    from cslab.measure.impact.contrast import Contrast, Floats
    from cslab.measure.impact.exposure import Exposure

METHOD = "mean_lag"

GRAIN = 0.25
"""Months that limits keep from the estimate at least: records are by the month."""

Z90 = 1.6448536269514722
"""The 95 % point of the normal distribution: limits of lags are 90 % limits."""


@dataclass(frozen=True)
class Delay:
    """How long after a customer's turn an effect arrives.

    Parameters
    ----------
    lag : Estimate
        Mean months from the turn until the effect has arrived: the sum over months of the share still to come. With
        90 % limits, kept between 0 and ``due`` and a quarter of a month away. What is largest at first and fades has
        come at once: 0.
    due : int
        Month since the turn from which on all of it is taken to have arrived.
    whole : Contrast
        The effect over the year from then on.
    to_come : float
        That sum in the effect's own unit.
    pulls : DataFrame
        A row an account: how far each pulls ``to_come`` and ``whole``.
    seen : bool
        Whether the effect can be told from nothing; if it cannot, the limits are all that is possible.

    >>> import pandas as pd
    >>> from cslab.measure.impact.exposure import of_frame
    >>> months = pd.date_range("2024-01-01", periods=5, freq="MS")
    >>> turns = of_frame(pd.DataFrame({"account_id": [*"abcd"], "turn": months[1], "arm": [True, True, False, False]}))
    >>> series = pd.DataFrame([[0, 0, 1, 2, 2]] * 2 + [[0, 0, 0, 0, 0]] * 2, [*"abcd"], months, dtype=float)
    >>> float(delay(series, turns, due=2).lag)  # nothing at first, half of it a month later, all after two
    1.0
    """

    lag: Estimate
    due: int
    whole: Contrast = field(repr=False, compare=False)
    to_come: float
    pulls: pd.DataFrame = field(repr=False, compare=False)
    seen: bool


def delay(series: pd.DataFrame, exposure: Exposure, due: int, months: int = YEAR) -> Delay:
    """How long after their turn a programme's effect on its customers arrives.

    Parameters
    ----------
    series : DataFrame
        A row an account, a column a month.
    exposure : Exposure
    due : int
        Month since the turn from which on all of it has arrived, as the chain says.
    months : int
        From there on that count as the whole effect.

    Returns
    -------
    Delay

    Raises
    ------
    UsageError
        ``NotComparable`` where in one of the months nobody is left to compare with.

    Source: the mean of a distributed lag, Greene (2012), *Econometric Analysis*, section 20.3; limits of a ratio:
    Fieller (1954), JRSS B 16:175, grade A.

    >>> import pandas as pd
    >>> from cslab.measure.impact.exposure import of_frame
    >>> months = pd.date_range("2024-01-01", periods=5, freq="MS")
    >>> turns = of_frame(pd.DataFrame({"account_id": [*"abcd"], "turn": months[1], "arm": [True, True, False, False]}))
    >>> series = pd.DataFrame([[0, 0, 1, 2, 2]] * 2 + [[0, 0, 0, 0, 0]] * 2, [*"abcd"], months, dtype=float)
    >>> delay(series, turns, due=2).whole.estimate
    2.0
    """
    import pandas as pd

    whole = contrast(series, exposure, due, months)
    each = [contrast(series, exposure, month, 1) for month in range(due)]
    weights = months_counted(due)
    still = [whole.intention.estimate - one.intention.estimate for one in each]
    pulls = pd.DataFrame({"to_come": weights.sum() * _pulls(whole), "whole": _pulls(whole)})
    for weight, one in zip(weights, each, strict=True):
        pulls["to_come"] -= weight * _pulls(one)
    to_come = float(weights @ still)
    lag, seen = mean_lag(to_come, whole, pulls, due)
    return Delay(lag, due, whole, to_come, pulls, seen)


def months_counted(due: int) -> Floats:
    """What each month after the turn counts in a mean lag: half the first, so that what is there at once has none.

    Parameters
    ----------
    due : int
        Months until all is there.

    Returns
    -------
    ndarray of float, shape (due,)

    >>> months_counted(3).tolist()
    [0.5, 1.0, 1.0]
    """
    return np.where(np.arange(due) == 0, 0.5, 1.0)


def mean_lag(to_come: float, whole: Contrast, pulls: pd.DataFrame, most: float) -> tuple[Estimate, bool]:
    """What was still to come, month by month, per unit of the whole effect.

    Parameters
    ----------
    to_come : float
        Its sum over the months.
    whole : Contrast
        The effect.
    pulls : DataFrame
        ``to_come`` and ``whole``: how far each account pulls either.
    most : float
        The largest lag that is possible (months).

    Returns
    -------
    tuple of Estimate and bool
        Months, with 90 % limits, all kept between 0 and ``most``; and whether there is an effect to be seen at all.

    Source: as for :func:`delay`.

    >>> import pandas as pd
    >>> from cslab.measure.impact.exposure import of_frame
    >>> months = pd.date_range("2024-01-01", periods=2, freq="MS")
    >>> turns = of_frame(pd.DataFrame({"account_id": [*"abcd"], "turn": months[0], "arm": [True, True, False, False]}))
    >>> whole = contrast(pd.DataFrame([[2.0, 2], [2, 2], [0, 0], [0, 0]], [*"abcd"], months), turns)
    >>> none = pd.DataFrame(0.0, [*"abcd"], ["to_come", "whole"])
    >>> mean_lag(3.0, whole, none, 4)[0].estimate, mean_lag(-3.0, whole, none, 4)[0].estimate
    (1.5, 0.0)
    """
    spread = pulls.to_numpy().T @ pulls.to_numpy()
    found = anderson_rubin(to_come, whole.intention.estimate, spread, whole.n, Z90)
    estimate = min(max(found.estimate, 0.0), most)
    low, high = max(min(found.low, estimate - GRAIN), 0.0), min(max(found.high, estimate + GRAIN), most)
    return Estimate(estimate, low, high, whole.n, METHOD, found.std_error), math.isfinite(found.low)


def between(earlier: Delay, later: Delay) -> tuple[Estimate, bool]:
    """The mean lag of a link out of those of both its ends, counted from the same turns.

    Parameters
    ----------
    earlier, later : Delay
        Of its source and its target.

    Returns
    -------
    tuple of Estimate and bool
        As for :func:`mean_lag`: mean lags along a road add up. The error of the source's lag enters linearised.
        Nothing where the source has not been seen to move.

    >>> import pandas as pd
    >>> from cslab.measure.impact.exposure import of_frame
    >>> months = pd.date_range("2024-01-01", periods=5, freq="MS")
    >>> turns = of_frame(pd.DataFrame({"account_id": [*"abcd"], "turn": months[1], "arm": [True, True, False, False]}))
    >>> source, target = (
    ...     pd.DataFrame([row] * 2 + [[0] * 5] * 2, [*"abcd"], months, dtype=float)
    ...     for row in ([0, 0, 1, 1, 1], [0, 0, 0, 0, 1])
    ... )
    >>> between(delay(source, turns, 1), delay(target, turns, 3))[0].estimate
    2.0
    """
    if not earlier.seen:
        return Estimate(math.nan, 0.0, float(later.due), later.whole.n, METHOD), False
    first, size = earlier.to_come / earlier.whole.intention.estimate, later.whole.intention.estimate
    own = (earlier.pulls["to_come"] - first * earlier.pulls["whole"]) / earlier.whole.intention.estimate
    pulls = later.pulls.assign(to_come=later.pulls["to_come"] - first * later.pulls["whole"] - size * own)
    return mean_lag(later.to_come - first * size, later.whole, pulls, later.due)


def _pulls(found: Contrast) -> Any:
    """How far each account pulls a contrast."""
    assert found.influence is not None  # `contrast` gives it
    return found.influence
