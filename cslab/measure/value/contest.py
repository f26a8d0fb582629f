"""Two ways of telling who will leave, tried on customers that neither has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.estimate import Estimate
from cslab.measure.scores import auc

if TYPE_CHECKING:
    import pandas as pd

LEAST_LEFT = 10
"""Leavers, and stayers, below which nothing is said."""


def enough(rows: pd.DataFrame) -> bool:
    """Whether there are leavers and stayers enough.

    Parameters
    ----------
    rows : DataFrame
        ``event``.

    >>> import pandas as pd
    >>> enough(pd.DataFrame({"event": [True] * 10 + [False] * 9}))
    False
    """
    left = int(rows["event"].sum())
    return min(left, len(rows) - left) >= LEAST_LEFT


def line(rows: pd.DataFrame, score: Any, horizon: int) -> dict[str, Any]:
    """How well a score tells leavers from stayers, as the columns of a table.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``time``, ``event``.
    score : array or None
        Higher: more likely to leave. None: there were too few to learn from.
    horizon : int
        Months.

    Returns
    -------
    dict
        ``estimate`` (AUC), ``low``, ``high``, ``n``, ``method``, ``left`` (rows that left); no number without a score.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": [*"ab"], "time": [1, 2], "event": True})
    >>> line(rows, [0.9, 0.1], 1)["estimate"]
    1.0
    """
    found = Estimate(np.nan, np.nan, np.nan, len(rows), "auc_ipcw")
    if score is not None:
        found = auc(rows.assign(risk=score), horizon)
    return {**found.cells(), "left": int(rows["event"].sum())}
