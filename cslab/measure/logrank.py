"""Whether groups leave at different rates: the log-rank test, with late entry.

By hand, because lifelines' log-rank functions take no entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.risk import RiskTable, risk_table

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True)
class LogRank:
    """The result of a log-rank test.

    Parameters
    ----------
    statistic : float
        Chi-square statistic.
    p_value : float
        Probability of a statistic at least as large if all groups left at the same rate.
    degrees : int
        Degrees of freedom.
    observed, expected : dict
        Leavers of each group: as they were, and as they would be if all groups left at the same rate.
    n : int
        Accounts.
    method : str
        ``"log_rank"``.
    """

    statistic: float
    p_value: float
    degrees: int
    observed: dict[Any, int]
    expected: dict[Any, float]
    n: int
    method: str = "log_rank"


def compare(durations: pd.DataFrame, by: str) -> LogRank:
    """Test whether groups leave at the same rate, at every time of their lives.

    Parameters
    ----------
    durations : DataFrame
        ``duration``, ``event`` and, for those seen late, ``entry``; as ``durations(book)`` makes them.
    by : str
        The column that makes the groups; missing values are a group of their own.

    Returns
    -------
    LogRank

    Raises
    ------
    UsageError
        For a column that is not there or makes one group only, or when nobody left.

    Source: Mantel (1966); with late entry Klein and Moeschberger (2003), section 7.3, grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2, 3, 4], "event": True, "plan": ["a", "a", "b", "b"]})
    >>> result = compare(seen, "plan")
    >>> round(result.statistic, 3), result.degrees
    (2.882, 1)
    """
    from scipy.special import chdtrc

    table = risk_table(durations, by)
    if len(table.groups) < 2:
        raise UsageError(Fault("one_group", {"by": by, "group": table.groups[0]}))
    if not table.events.any():
        raise UsageError(Fault("nobody_left"))
    expected, covariance = _under_equality(table)
    surplus, observed = table.events.sum(axis=1) - expected, table.events.sum(axis=1)
    degrees = int(np.linalg.matrix_rank(covariance))
    statistic = float(surplus @ np.linalg.pinv(covariance) @ surplus)
    return LogRank(
        statistic,
        float(chdtrc(degrees, statistic)),
        degrees,
        dict(zip(table.groups, observed.tolist(), strict=True)),
        dict(zip(table.groups, expected.tolist(), strict=True)),
        int(table.sizes.sum()),
    )


def _under_equality(table: RiskTable) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Leavers expected of each group if all left at one rate, and the covariance of the surplus."""
    happened = table.events.sum(axis=0) > 0
    at_risk, events = table.at_risk[:, happened].astype(float), table.events[:, happened].sum(axis=0)
    total = at_risk.sum(axis=0)
    share = at_risk / total
    spread = events * (total - events) / np.maximum(total - 1, 1)
    covariance = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    return (share * events).sum(axis=1), covariance
