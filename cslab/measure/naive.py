"""The numbers everybody computes first, kept so that a lesson can show how far off they are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, normal, proportion
from cslab.measure.risk import risk_table

if TYPE_CHECKING:
    import pandas as pd


def monthly_churn(durations: pd.DataFrame, first: float | None = None) -> Estimate:
    """Leavers per customer-month, as if every month were alike.

    Parameters
    ----------
    durations : DataFrame
        As for ``kaplan_meier``, in months.
    first : float, optional
        Look only at the first so many months of each customer.

    Returns
    -------
    Estimate
        A share (0-1) with Wilson limits over customer-months.

    >>> import pandas as pd
    >>> monthly_churn(pd.DataFrame({"duration": [2, 3, 5], "event": [True, False, False]})).estimate
    0.1
    """
    table = risk_table(durations)
    looked = (table.time > 0) & (table.time <= (math.inf if first is None else first))
    at_risk, events = int(table.at_risk[0, looked].sum()), int(table.events[0, looked].sum())
    if not at_risk:
        raise UsageError(Fault("nobody_at_risk"))
    return proportion(events, at_risk, len(durations), "monthly_churn")


def lifetime_from_monthly_churn(durations: pd.DataFrame, first: float | None = None) -> Estimate:
    """Lifetime as one over monthly churn: right only if the hazard never changed (misconceptions M15 and M17).

    Parameters
    ----------
    durations : DataFrame
        As for ``kaplan_meier``, in months.
    first : float, optional
        Take the churn of the first so many months of each customer.

    Returns
    -------
    Estimate
        Months; the limits are those of the churn, turned over. Where nobody left, the rule divides by zero: endless,
        and ``method`` is ``one_over_zero``.

    >>> import pandas as pd
    >>> lifetime_from_monthly_churn(pd.DataFrame({"duration": [2, 3, 5], "event": [True, False, False]})).estimate
    10.0
    """
    churn = monthly_churn(durations, first)
    mean, low, high = (1 / rate if rate > 0 else math.inf for rate in (churn.estimate, churn.high, churn.low))
    return Estimate(mean, low, high, churn.n, "one_over_churn" if churn.estimate > 0 else "one_over_zero")


def restricted_lifetime_from_churn(durations: pd.DataFrame, first: float = 6, horizon: int = 60) -> Estimate:
    """Mean months within a horizon if the churn of the first months went on for ever (misconception M17).

    It stands beside ``restricted_mean`` over the same horizon; one over churn would compare an endless life with it.

    Parameters
    ----------
    durations : DataFrame
        As for ``kaplan_meier``, in months.
    first : float
        Months whose churn is taken for good.
    horizon : int
        Where to stop counting, in months.

    Returns
    -------
    Estimate
        Months within the horizon; the limits are those of the churn, carried through. The whole horizon where nobody
        left in the first months.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [2, 3, 5], "event": [True, False, False]})
    >>> round(float(restricted_lifetime_from_churn(seen, first=6, horizon=2)), 6)
    1.9
    """
    churn = monthly_churn(durations, first)
    rates = (churn.estimate, churn.high, churn.low)
    mean, low, high = ((1 - (1 - rate) ** horizon) / rate if rate > 0 else float(horizon) for rate in rates)
    return Estimate(mean, low, high, churn.n, "restricted_lifetime_from_churn")


def mean_tenure_of_leavers(durations: pd.DataFrame, horizon: float | None = None) -> Estimate:
    """Mean tenure of those who left, the others dropped (misconception M13).

    Parameters
    ----------
    durations : DataFrame
        As for ``kaplan_meier``.
    horizon : float, optional
        Count no tenure beyond it, to stand beside ``restricted_mean``.

    Returns
    -------
    Estimate
        In the unit of the durations, with normal limits; ``n`` counts the leavers.

    Raises
    ------
    UsageError
        When nobody left.

    >>> import pandas as pd
    >>> mean_tenure_of_leavers(pd.DataFrame({"duration": [2, 4, 50], "event": [True, True, False]})).estimate
    3.0
    """
    tenures = durations.loc[durations["event"].astype(bool), "duration"].astype(float).clip(upper=horizon)
    if tenures.empty:
        raise UsageError(Fault("nobody_left"))
    error = float(tenures.std() / math.sqrt(len(tenures)))
    return normal(float(tenures.mean()), error, len(tenures), "mean_tenure_of_leavers", low=0.0)


def counted_as_retained(durations: pd.DataFrame, horizon: float) -> Estimate:
    """Share that has not left within a horizon, everybody still active counted as retained (misconception M13).

    Parameters
    ----------
    durations : DataFrame
        As for ``kaplan_meier``.
    horizon : float
        In the unit of the durations.

    Returns
    -------
    Estimate
        A share (0-1) with Wilson limits.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [2, 4, 5, 5], "event": [True, False, False, False]})
    >>> counted_as_retained(seen, 12).estimate
    0.75
    """
    if durations.empty:
        raise UsageError(Fault("nobody_at_risk"))
    left = durations["event"].astype(bool) & (durations["duration"] <= horizon)
    return proportion(int((~left).sum()), len(durations), len(durations), "counted_as_retained")


def ignore_entry(durations: pd.DataFrame) -> pd.DataFrame:
    """The same durations as if every customer had been watched from signing (misconception M14).

    Parameters
    ----------
    durations : DataFrame
        As for ``kaplan_meier``.

    Returns
    -------
    DataFrame
        With ``entry`` 0 throughout.

    >>> import pandas as pd
    >>> ignore_entry(pd.DataFrame({"entry": [7], "duration": [9], "event": [True]}))["entry"].tolist()
    [0]
    """
    return durations.assign(entry=0)
