"""The mean time as a customer within a horizon, with the error that lifelines does not give.

lifelines prints a variance of the time itself, not of its mean; here the mean has its Greenwood-area error, as in R.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, normal
from cslab.measure.risk import RiskTable, product_limit, risk_table

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]


def restricted_mean(durations: pd.DataFrame, horizon: float, by: str | None = None) -> Estimate | pd.DataFrame:
    """Mean time as a customer within a horizon: the area under the Kaplan-Meier curve.

    Parameters
    ----------
    durations : DataFrame
        As for ``kaplan_meier``.
    horizon : float
        Where to stop counting, in the unit of the durations; not beyond the follow-up.
    by : str, optional
        A column to split by.

    Returns
    -------
    Estimate or DataFrame
        Time within the horizon, its Greenwood-area standard error and normal limits; with ``by`` one row a group:
        ``by``, ``estimate``, ``std_error``, ``low``, ``high``, ``n`` (accounts), ``method``.

    Raises
    ------
    UsageError
        Where somebody may still be a customer after the last time that was observed, or nobody was at risk in between.

    Source: Klein and Moeschberger (2003), section 4.5; as printed by R's ``survfit`` (``se(rmean)``), grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2, 2, 3], "event": [True, True, False, False]})
    >>> float(restricted_mean(seen, 3))
    2.25
    """
    import pandas as pd

    table = risk_table(durations, by)
    estimate, std_error = _areas(table, horizon)
    found = [
        normal(float(mean), float(error), int(n), "restricted_mean_greenwood", 0.0, horizon)
        for mean, error, n in zip(estimate, std_error, table.sizes, strict=True)
    ]
    if by is None:
        return found[0]
    names = ("estimate", "std_error", "low", "high", "n", "method")
    return pd.DataFrame({by: table.groups, **{name: [getattr(one, name) for one in found] for name in names}})


def watched_horizon(durations: pd.DataFrame, wanted: float, least: int = 10) -> int:
    """The longest horizon, up to the wanted one, that the records can carry.

    Parameters
    ----------
    durations : DataFrame
        As for ``kaplan_meier``.
    wanted : float
        The horizon one would like, in the unit of the durations.
    least : int
        How many accounts must still be watched there; where there never are so many, as many as there ever are.

    Returns
    -------
    int
        A whole time; the wanted one itself, cut to a whole number, where the records reach it.

    Raises
    ------
    UsageError
        When nobody was watched for one whole unit of time.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2, 2, 3], "event": [True, True, False, False]})
    >>> watched_horizon(seen, 36, least=2), watched_horizon(seen, 1)
    (2, 1)
    """
    table = risk_table(durations)
    estimate, _ = product_limit(table)
    within = (table.time > 0) & (table.time <= wanted) & ~np.isnan(estimate[0])
    at_risk = np.where(within, table.at_risk[0], 0)
    if not at_risk.any():
        raise UsageError(Fault("nobody_at_risk"))
    return int(table.time[at_risk >= min(least, at_risk.max())].max())


def _areas(table: RiskTable, horizon: float) -> tuple[Floats, Floats]:
    """Area under each group's curve up to the horizon and its standard error."""
    estimate = _to_the_end(table, horizon)
    widths = np.diff(np.minimum(np.append(table.time, np.inf), horizon))
    steps = np.where(widths > 0, estimate, 0) * widths
    ahead = np.cumsum(steps[:, ::-1], axis=1)[:, ::-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = table.events / (table.at_risk * (table.at_risk - table.events))
        parts = np.where((ahead > 0) & (table.events > 0), ahead**2 * spread, 0)
    return ahead[:, 0], np.sqrt(parts.sum(axis=1))


def _to_the_end(table: RiskTable, horizon: float) -> Floats:
    """The curves up to a horizon; refused, by group, where the data do not reach it."""
    estimate, _ = product_limit(table)
    left = estimate[np.arange(len(table.last)), np.searchsorted(table.time, table.last)]
    faults = [
        Fault(
            "beyond_follow_up_group" if table.by else "beyond_follow_up",
            {"horizon": horizon, "last": last, "group": group},
        )
        for group, last, share in zip(table.groups, table.last, left, strict=True)
        if last < horizon and share > 0
    ]
    estimate = np.where(table.time <= table.last[:, None], estimate, left[:, None])
    gaps = np.isnan(estimate) & (table.time < horizon)
    faults += [Fault("risk_gap", {"time": table.time[row.argmax()]}) for row in gaps if row.any()]
    if faults:
        raise UsageError(*faults)
    return estimate
