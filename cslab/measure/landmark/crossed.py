"""Every row judged by a model of other accounts: how well a score does among customers that it has not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.landmark.learning import PENALTY, fit

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Places = NDArray[np.int64]

LOTS = 5
"""Lots into which accounts are drawn; each is judged by the other four."""

SEED = 0


def crossed(rows: pd.DataFrame, features: pd.DataFrame, horizon: int, penalty: float = PENALTY) -> pd.DataFrame:
    """How likely every row is to leave, each by a model that learned from other accounts.

    Chances of several models cannot stand side by side: where few of a lot leave, many of the others do, and their
    model gives that lot the higher ones. Log odds above the average row do better, but a column of pure chance still
    looks worse than a coin; a place within one's lot does not. So each lot gets its share of the leavers, and scores
    are compared by places.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``event``; one account may stand in several rows, which then are in one lot.
    features : DataFrame
        What was known of them, in the same order: numbers and words.
    horizon : int
        Months within which the events lie.
    penalty : float
        How much weights cost.

    Returns
    -------
    DataFrame
        By the index of ``rows``: ``lot`` (0-4), ``log_odds`` (of leaving, less those of the average row learned from),
        ``place`` (0-1: among the rows of its lot). 0 and the middle where there is nothing to learn from. ``attrs``:
        ``n_train`` and ``events_train`` (mean of the models), ``intercept`` (the same), ``unseen`` (words that a model
        had not seen; they count as the most frequent). How accounts are called changes nothing; the order of the rows
        decides the draw, so another order moves the numbers by chance.

    Source: cross-validation within strata, Kohavi (1995), IJCAI 2:1137; why pooled scores run against the outcome,
    Parker, Günter and Bedo (2007), BMC Bioinformatics 8:326, grade A.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": [str(one) for one in range(40)], "event": np.arange(40) % 2 == 0})
    >>> place = crossed(rows, pd.DataFrame({"usage": np.arange(40) % 2}), 3)["place"]
    >>> bool(place[::2].min() > place[1::2].max())
    True
    """
    import pandas as pd

    lots = drawn(rows)
    found = pd.DataFrame({"lot": lots, "log_odds": 0.0}, index=rows.index)
    told: list[tuple[int, int, float, int]] = []
    for lot in range(LOTS):
        asked = lots == lot
        if asked.any() and _differ(rows[~asked], features[~asked]):
            model = fit(rows[~asked], features[~asked], horizon, penalty)
            known, unseen = model.fill_unseen(features[asked])
            found.loc[asked, "log_odds"] = model.log_odds(known).to_numpy()
            told.append((model.n, model.events, model.intercept, unseen))
    ranks = found.groupby("lot")["log_odds"]
    found["place"] = (ranks.rank() - 0.5) / ranks.transform("size")
    n, events, intercept, _ = np.array(told).reshape(-1, 4).sum(axis=0) / max(len(told), 1)
    found.attrs |= {"n_train": int(n), "events_train": int(events), "intercept": float(intercept)}
    found.attrs |= {"unseen": sum(one[3] for one in told)}
    return found


def drawn(rows: pd.DataFrame) -> Places:
    """Lots of accounts, each with its share of those that left; the draw goes by the order of the rows alone.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``event``.

    Returns
    -------
    ndarray of int, shape (rows,)
        0-4.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": [*"abcdefghij"], "event": [True] * 5 + [False] * 5})
    >>> sorted(drawn(rows)[:5].tolist())
    [0, 1, 2, 3, 4]
    """
    import pandas as pd

    account, ids = pd.factorize(rows["account_id"])
    left = np.zeros(len(ids), bool)
    left[account[rows["event"].to_numpy(bool)]] = True
    order = np.random.default_rng(SEED).permutation(len(ids))
    lots = np.empty(len(ids), np.int64)
    lots[np.r_[order[left[order]], order[~left[order]]]] = np.arange(len(ids)) % LOTS
    return np.asarray(lots[account])


def _differ(rows: pd.DataFrame, features: pd.DataFrame) -> bool:
    """Whether there is anything to learn: some left and some stayed, and something is known that differs."""
    return bool(rows["event"].nunique() > 1 and (features.nunique(dropna=False) > 1).any())
