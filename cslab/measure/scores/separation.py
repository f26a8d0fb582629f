"""How often one who left within some months had a higher score than one who was still there: the AUC at a horizon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.estimate import Estimate, normal, share_with_error
from cslab.measure.scores.rows import Rows, read

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.scores.censoring import Known

    Floats = NDArray[np.float64]

METHOD = "auc_ipcw"


def auc(rows: pd.DataFrame, horizon: float, column: str = "risk") -> Estimate:
    """The AUC at a horizon: of one who left within it and one who did not, how often the leaver had the higher score.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``time`` (months from the day asked), ``event``, and the score.
    horizon : float
        Months. Who left later counts as still there (cumulative/dynamic).
    column : str
        The score: the higher, the likelier the account leaves.

    Returns
    -------
    Estimate
        0.5: no better than a coin; 1: always right; equal scores count half. Departures count for those that were not
        followed so far. Where everybody was followed it is the plain AUC with the limits of DeLong, DeLong and
        Clarke-Pearson, up to the divisor of the variance.

    Raises
    ------
    UsageError
        For rows that cannot be scored (see ``read``); where nobody or everybody left within the horizon, or nobody was
        followed so far.

    Source: Uno, Cai, Tian and Wei (2007), JASA 102:527; limits: Blanche, Dartigues and Jacqmin-Gadda (2013), Statistics
    in Medicine 32:5381, grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": [*"abc"], "time": [1, 2, 3], "event": True, "risk": [0.9, 0.1, 0.5]})
    >>> auc(seen, 2).estimate
    0.5
    """
    found, (score,) = read(rows, column)
    return _auc(found, found.censoring.known(horizon), score)


def auc_by_horizon(
    rows: pd.DataFrame, horizons: Sequence[float] | Mapping[float, str], column: str = "risk"
) -> pd.DataFrame:
    """The AUC at several horizons.

    Parameters
    ----------
    rows : DataFrame
        As for ``auc``.
    horizons : sequence of float, or dict
        Months; a dict also names the column of each horizon's own score.
    column : str
        The score, where one serves all horizons.

    Returns
    -------
    DataFrame
        ``horizon``, ``estimate``, ``low``, ``high``, ``n`` (accounts), ``events`` (known to have left by then),
        ``method``.

    Raises
    ------
    UsageError
        As ``auc``.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": [*"abc"], "time": [1, 2, 3], "event": True, "risk": [0.9, 0.1, 0.5]})
    >>> auc_by_horizon(seen, [1, 2])["estimate"].tolist()
    [1.0, 0.5]
    """
    import pandas as pd

    columns = horizons if isinstance(horizons, Mapping) else dict.fromkeys(horizons, column)
    found, scores = read(rows, *columns.values())
    table = pd.DataFrame([_line(found, horizon, score) for horizon, score in zip(columns, scores, strict=True)])
    table.attrs.update(rows.attrs)
    return table


def difference(rows: pd.DataFrame, horizon: float, first: str, second: str) -> Estimate:
    """How much better one score tells who leaves than another, on the same rows.

    Parameters
    ----------
    rows : DataFrame
        As for ``auc``, with both scores.
    horizon : float
        Months.
    first, second : str
        Their columns.

    Returns
    -------
    Estimate
        AUC of the first less that of the second; limits for the pair of them.

    Raises
    ------
    UsageError
        As ``auc``.

    Source: DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44:837, grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"account_id": [*"ab"], "time": [1, 2], "event": True, "new": [0.9, 0.1], "old": 0.5})
    >>> difference(seen, 1, "new", "old").estimate
    0.5
    """
    found, scores = read(rows, first, second)
    known = found.censoring.known(horizon)
    (one, pull), (other, opposite) = (separated(found, known, score) for score in scores)
    return normal(one - other, found.error(pull - opposite), found.n, "auc_ipcw_paired", -1.0, 1.0)


def separated(found: Rows, known: Known, score: Floats) -> tuple[float, Floats]:
    """The AUC and by how much each row moves it.

    Parameters
    ----------
    found : Rows
    known : Known
        Who left and who stayed.
    score : ndarray of float, shape (rows,)

    Returns
    -------
    tuple of float and ndarray of float, shape (rows,)

    >>> rows = Rows(np.array([0, 1]), np.array([1.0, 2.0]), np.array([True, True]))
    >>> separated(rows, rows.censoring.known(1), np.array([0.5, 0.5]))[0]
    0.5
    """
    left, stayed = known.left, known.stayed
    weight = known.weight[left] / known.weight[left].sum()
    above = _share_below(score[left], score[stayed], np.full(stayed.sum(), 1 / stayed.sum()))
    area = float((weight * above).sum())
    pull = np.zeros(len(score))
    pull[left] = weight * (above - area)
    further = found.censoring.correction(pull, known.reach)
    pull[stayed] = (1 - _share_below(score[stayed], score[left], weight) - area) / stayed.sum()
    return area, pull + further


def _auc(found: Rows, known: Known, score: Floats) -> Estimate:
    """The AUC with its limits; where they overlap nowhere, as many cases as the smaller side has."""
    area, pull = separated(found, known, score)
    least = min(int(known.left.sum()), int(known.stayed.sum()))
    return share_with_error(area, found.error(pull), found.n, METHOD, least)


def _line(found: Rows, horizon: float, score: Floats) -> dict[str, Any]:
    """One horizon of the table."""
    known = found.censoring.known(horizon)
    estimate = _auc(found, known, score)
    return {"horizon": horizon, **estimate.cells(), "events": int(known.left.sum())}


def _share_below(values: Floats, others: Floats, weight: Floats) -> Floats:
    """The weight of other values below each value, those equal to it counting half."""
    order = np.argsort(others)
    upto = np.concatenate([[0.0], np.cumsum(weight[order])])
    lower, upper = (np.searchsorted(others[order], values, side=side) for side in ("left", "right"))
    return np.asarray((upto[lower] + upto[upper]) / 2)
