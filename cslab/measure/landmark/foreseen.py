"""What somebody would foresee who knew the true chances: how many customers leave, and the best list of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.book import read_day
from cslab.measure.estimate import Estimate

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Truth

    Floats = NDArray[np.float64]

METHOD = "truth_expected"
FUTURES = 16


def share_leaving(truth: Truth | None, rows: pd.DataFrame, horizon: int, futures: int = 64) -> Estimate | None:
    """The share of some customers that can be expected to leave within a horizon, luck averaged out.

    Parameters
    ----------
    truth : Truth or None
        ``book.truth``.
    rows : DataFrame
        ``account_id``, ``as_of``; rows of accounts not there on the day drop out.
    horizon : int
        Months.
    futures : int
        How many to average over.

    Returns
    -------
    Estimate or None
        A share (0-1), its limits itself. None also where no row remains.

    >>> import cslab
    >>> from cslab.measure.landmark.day import at_risk
    >>> book = cslab.load("synthetic:tiny")
    >>> 0 < float(share_leaving(book.truth, at_risk(book, "2024-03-31"), 6, futures=2)) < 1
    True
    """
    if truth is None:
        return None
    return _mean(_by_day(truth, rows, horizon, futures))


def best_list(
    truth: Truth | None, rows: pd.DataFrame, horizon: int, share: float, futures: int = FUTURES
) -> Estimate | None:
    """How many of those called would leave, if on each day those with the highest true chances were called.

    It is the precision that no ranking can pass on the same rows, as long as it calls as many.

    Parameters
    ----------
    truth : Truth or None
        ``book.truth``.
    rows : DataFrame
        ``account_id``, ``as_of``.
    horizon : int
        Months within which leaving counts.
    share : float
        Share of the customers of each day that there is time for (0-1).
    futures : int
        How many to average over.

    Returns
    -------
    Estimate or None
        A share of the calls (0-1); ``n`` counts them. None also where no row remains.

    >>> import cslab
    >>> from cslab.measure.landmark.day import at_risk
    >>> book = cslab.load("synthetic:tiny")
    >>> there = at_risk(book, "2024-03-31")
    >>> some, everybody = (float(best_list(book.truth, there, 6, share, futures=2)) for share in (0.1, 1.0))
    >>> some > everybody
    True
    """
    if truth is None:
        return None
    risks = _by_day(truth, rows, horizon, futures)
    return _mean([np.sort(risk)[::-1][: max(round(share * len(risk)), 1)] for risk in risks])


def _by_day(truth: Truth, rows: pd.DataFrame, horizon: int, futures: int) -> list[Floats]:
    """The true chances of the rows of each day."""
    asked = rows[["account_id", "as_of"]].groupby("as_of")
    return [
        part.merge(truth.risk(read_day(day), horizon, futures), on="account_id")["risk"].to_numpy(float)
        for day, part in asked
    ]


def _mean(risks: list[Floats]) -> Estimate | None:
    """Their mean, without limits."""
    every = np.concatenate([np.empty(0), *risks])
    mean = float(every.mean()) if len(every) else 0.0
    return Estimate(mean, mean, mean, len(every), METHOD, 0.0) if len(every) else None
