"""How well anybody could tell who will leave: the ceiling that no score can pass, on the same rows and horizon."""

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


def ceiling(truth: Truth | None, rows: pd.DataFrame, horizon: int, futures: int = 64) -> Estimate | None:
    """The AUC of a score that knew everything but chance, on given rows and horizon.

    A ceiling holds for the same accounts, days and horizon as the score that is held against it, and for no others: on
    rows of all active accounts the calendar of renewals alone tells much, on accounts about to decide it tells nothing.

    Parameters
    ----------
    truth : Truth or None
        ``book.truth``.
    rows : DataFrame
        ``account_id`` and ``as_of`` (date): what the score was asked; rows of accounts not there on the day drop out.
    horizon : int
        Months within which leaving counts.
    futures : int
        How many to average over.

    Returns
    -------
    Estimate or None
        ``n`` counts the rows that remain. None also where nobody could leave, or all must.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> rows = book.accounts[["account_id"]].assign(as_of="2024-03-31")
    >>> 0.5 < float(ceiling(book.truth, rows, horizon=6, futures=2)) <= 1
    True
    """
    if truth is None:
        return None
    asked = rows[["account_id", "as_of"]]
    risks = [
        part.merge(truth.risk(read_day(day), horizon, futures), on="account_id")["risk"].to_numpy(float)
        for day, part in asked.groupby("as_of")
    ]
    risk = np.concatenate([np.empty(0), *risks])
    auc = expected_auc(risk)
    return None if np.isnan(auc) else Estimate(auc, auc, auc, len(risk), METHOD, 0.0)


def expected_auc(risk: Floats) -> float:
    """The AUC to be expected of ranking by the true chances, over the luck of who leaves.

    Parameters
    ----------
    risk : ndarray of float
        Each row's true chance.

    Returns
    -------
    float
        The chance that, of a row that leaves and one that stays, the one that leaves had the higher risk, ties counting
        half; missing where no such pair can be.

    >>> expected_auc(np.array([0.1, 0.1, 0.1]))
    0.5
    >>> round(expected_auc(np.array([0.2, 0.8])), 4)  # .64 of the pairs in order, .04 the wrong way round
    0.9412
    """
    levels, place = np.unique(risk, return_inverse=True)
    leaving = np.bincount(place, weights=risk, minlength=len(levels))
    staying = np.bincount(place, weights=1 - risk, minlength=len(levels))
    itself = float((risk * (1 - risk)).sum())
    pairs = float(leaving.sum() * staying.sum()) - itself
    if pairs <= 0:
        return float("nan")
    below = np.cumsum(staying) - staying
    return (float((leaving * (below + staying / 2)).sum()) - itself / 2) / pairs
