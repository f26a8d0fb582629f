"""How often the one who left earlier had the higher score: Harrell's C, and Uno's, which follow-up does not move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.clusters import summed
from cslab.measure.estimate import Estimate, share_with_error
from cslab.measure.scores.rows import Rows, read

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.scores.censoring import Known

    Floats = NDArray[np.float64]
    Steps = NDArray[np.intp]


def harrell(rows: pd.DataFrame, column: str = "risk") -> Estimate:
    """Harrell's C: of two accounts, one known to have left before the other, how often that one had the higher score.

    It depends on how long accounts were followed; ``uno`` does not.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``time`` (months from the day asked), ``event``, and the score.
    column : str
        The score: the higher, the likelier the account leaves.

    Returns
    -------
    Estimate
        0.5: no better than a coin; 1: always right; equal scores count half, accounts that left at the same time not at
        all. Limits from each account's influence.

    Raises
    ------
    UsageError
        For rows that cannot be scored (see ``read``), or when nobody left before another one.

    Source: Harrell, Lee and Mark (1996), Statistics in Medicine 15:361; Therneau and Atkinson, vignette of R's
    ``survival``, grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": [*"abc"], "time": [1, 2, 3], "event": True, "risk": [0.9, 0.1, 0.5]})
    >>> round(harrell(seen).estimate, 3)  # two of the three pairs in order
    0.667
    """
    found, (score,) = read(rows, column)
    return _estimate(found, score, found.event.astype(float), "concordance")


def uno(rows: pd.DataFrame, tau: float | None = None, column: str = "risk") -> Estimate:
    """Uno's C: Harrell's C as it would be if nobody's follow-up ended before ``tau``.

    Parameters
    ----------
    rows : DataFrame
        As for ``harrell``.
    tau : float, optional
        Months: departures up to then count. None: all of them.
    column : str
        The score.

    Returns
    -------
    Estimate
        As ``harrell``; limits also count that the weights are estimated.

    Raises
    ------
    UsageError
        As ``harrell``; for a ``tau`` beyond the follow-up.

    Source: Uno, Cai, Pencina, D'Agostino and Wei (2011), Statistics in Medicine 30:1105, grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": [*"abc"], "time": [1, 2, 3], "event": True, "risk": [0.9, 0.1, 0.5]})
    >>> uno(seen, tau=1).estimate  # the first to leave had the highest score
    1.0
    """
    found, (score,) = read(rows, column)
    last = float(found.time.max())
    if tau is not None and not 0 < tau <= last:
        raise UsageError(Fault("score.beyond_follow_up", {"horizon": tau, "last": last}))
    known = found.censoring.reaching(last if tau is None else tau)
    return _estimate(found, score, known.weight**2, "concordance_ipcw", known)


def _estimate(found: Rows, score: Floats, weight: Floats, method: str, known: Known | None = None) -> Estimate:
    """C, where each departure counts with a weight; with ``known``, a squared weight of its own."""
    level = np.unique(score, return_inverse=True)[1]
    step = 2 * np.unique(found.time, return_inverse=True)[1] + ~found.event  # who leaves is gone before who is lost
    lower, same, later = _swept(-step, level, np.ones(len(level)))
    below, equal, before = _swept(step, level, weight)
    pairs = float((weight * later).sum())
    if pairs == 0:
        raise UsageError(Fault("score.no_pair", {"count": int(found.event.sum())}))
    right = weight * (lower + same / 2)
    share = float(right.sum()) / pairs
    first = (right - share * weight * later) / pairs
    pull = first + (before - below - equal / 2 - share * before) / pairs
    if known is not None:
        pull = pull + found.censoring.correction(2 * first, known.reach)
    least = min(int((weight > 0).sum()), found.n)
    return share_with_error(share, found.error(pull), found.n, method, least)


def _swept(step: Steps, level: Steps, amount: Floats) -> tuple[Floats, Floats, Floats]:
    """What rows of earlier steps add up to, for each row: those of a lower level, of the same, and all of them."""
    lower, same, total = (np.zeros(len(step)) for _ in range(3))
    order = np.argsort(step, kind="stable")
    sofar = np.zeros(int(level.max()) + 1)
    for block in np.split(order, np.flatnonzero(np.diff(step[order])) + 1):
        upto, at = sofar.cumsum(), level[block]
        lower[block], same[block], total[block] = upto[at] - sofar[at], sofar[at], upto[-1]
        sofar += summed(at, amount[block], len(sofar))
    return lower, same, total
