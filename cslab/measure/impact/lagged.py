"""What anybody computes from records: one series against another some months before, with account and month effects."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault
from cslab.measure.effect.tried import NotComparable, tried
from cslab.measure.effect.two_way import within
from cslab.measure.estimate import Estimate, normal
from cslab.measure.onboarding.adjustment import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

METHOD = "lagged_regression"
AHEAD = 1
"""Months ahead at which the source must tell nothing: what has not happened yet moves nothing."""


@dataclass(frozen=True)
class Lagged(Estimate):
    """What goes with one unit of the source, some months later: an effect only where nothing moves both.

    Parameters
    ----------
    lag : int
        Months.
    lead : Estimate or None
        The same of the source a month ahead, beside all months in which it still does its work; None where it cannot
        be told.

    >>> Lagged(1.0, 0.0, 2.0, 9, METHOD, 0.5, lag=2).lag
    2
    """

    lag: int = field(kw_only=True)
    lead: Estimate | None = field(default=None, kw_only=True)

    @property
    def lead_p(self) -> float:
        """The chance of a lead at least so far from 0 where there is none; missing where there is no lead."""
        if self.lead is None or not self.lead.std_error > 0:
            return math.nan
        return math.erfc(abs(self.lead.estimate) / self.lead.std_error / math.sqrt(2))


def lagged(
    target: pd.DataFrame, source: pd.DataFrame, lag: int, controls: Iterable[pd.DataFrame] = (), longest: int = 0
) -> Lagged:
    """Regress a series on another some months before, with a constant for each account and each month.

    Parameters
    ----------
    target, source : DataFrame
        A row an account, a column a month, of the same accounts and months; missing where there is nothing to know.
    lag : int
        Months by which the source comes before.
    controls : iterable of DataFrame
        Series that act on both, held equal in the month of the source.
    longest : int
        Months after which the source has done its work; the lag where that is longer. The lead is held against all
        months in between: what a month of the source still does is not to be taken for a lead.

    Returns
    -------
    Lagged
        Of the target's units for one unit of the source, errors clustered by account.

    Raises
    ------
    UsageError
        ``NotComparable`` where the source does not vary within accounts.

    Source: distributed lags with fixed effects, Wooldridge (2010), *Econometric Analysis of Cross Section and Panel
    Data*, chapter 10, grade A.

    >>> import pandas as pd
    >>> source = pd.DataFrame(np.random.default_rng(1).normal(size=(40, 12)))
    >>> lagged(3 * source.shift(2, axis=1), source, 2).round(6).estimate
    3.0
    """
    values, cause, *others = (one.to_numpy(float) for one in (target, source, *controls))
    held = [_moved(one, lag) for one in others]
    main = _regressed(values, [_moved(cause, lag), *held])
    since = [_moved(cause, months) for months in range(-AHEAD, max(lag, longest) + 1)]
    lead = tried(_regressed, values, [*since, *held])
    return Lagged(main.estimate, main.low, main.high, main.n, METHOD, main.std_error, lag=lag, lead=lead)


def _moved(values: Floats, months: int) -> Floats:
    """Values that stand so many months later; missing where there are none."""
    found = np.full(values.shape, np.nan)
    kept = max(values.shape[1] - abs(months), 0)
    to, since = max(months, 0), max(-months, 0)
    found[:, to : to + kept] = values[:, since : since + kept]
    return found


def _regressed(target: Floats, columns: list[Floats]) -> Estimate:
    """The slope of the first column beside the others, of months in which all are there."""
    there = np.logical_and.reduce([~np.isnan(one) for one in (target, *columns)])
    there &= (there.sum(axis=1) > 1)[:, None]  # who is there in a single month tells nothing
    n = int(there.any(axis=1).sum())
    outcome, first, *others = within(np.stack([target, *columns]), there)[:, there]
    size = float((first**2).sum())
    outcome, left = _without(np.stack([outcome, first]), others)
    rest = float((left**2).sum())
    if n < 2 or rest <= LEAST * max(size, float((columns[0][there] ** 2).sum())):
        raise NotComparable(Fault("impact.source_still"))
    slope = float(left @ outcome) / rest
    pulls = np.zeros(there.shape)
    pulls[there] = left * (outcome - slope * left)
    error = math.sqrt(float((pulls.sum(axis=1) ** 2).sum()) * n / (n - 1)) / rest
    return normal(slope, error, n, METHOD)


def _without(kept: Floats, others: list[Floats]) -> Floats:
    """What is left of rows of numbers once others have explained what they can."""
    sizes = [float(np.sqrt((one**2).sum())) for one in others]
    known = [one / size for one, size in zip(others, sizes, strict=True) if size > 0]
    if not known:
        return kept
    held = np.stack(known)
    return np.asarray(kept - (kept @ held.T) @ np.linalg.pinv(held @ held.T, rcond=LEAST, hermitian=True) @ held)
