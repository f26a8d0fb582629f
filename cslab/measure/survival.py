"""How long customers stay: Kaplan-Meier, hazard, Nelson-Aalen and the restricted mean, with late entry.

This is the door to all that is measured about survival: what turns a book into durations (``durations``), the
estimators, the log-rank test (``compare``), and the naive numbers they correct. Every frame has one row a time, from
time 0 to the end of the group's own follow-up.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.durations import durations, notes, period_reading
from cslab.measure.estimate import Z95, Estimate, unknown_choice, wilson
from cslab.measure.logrank import LogRank, compare
from cslab.measure.naive import (
    counted_as_retained,
    ignore_entry,
    lifetime_from_monthly_churn,
    mean_tenure_of_leavers,
    monthly_churn,
    restricted_lifetime_from_churn,
)
from cslab.measure.restricted import restricted_mean, watched_horizon
from cslab.measure.risk import RiskTable, product_limit, risk_table

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

__all__ = [
    "LogRank",
    "at",
    "compare",
    "counted_as_retained",
    "durations",
    "hazard",
    "ignore_entry",
    "kaplan_meier",
    "lifetime_from_monthly_churn",
    "mean_tenure_of_leavers",
    "monthly_churn",
    "nelson_aalen",
    "notes",
    "period_reading",
    "restricted_lifetime_from_churn",
    "restricted_mean",
    "watched_horizon",
]

Limits = Literal["log-log", "log"]


def kaplan_meier(durations: pd.DataFrame, by: str | None = None, limits: Limits = "log-log") -> pd.DataFrame:
    """The share still a customer, month by month.

    Where nobody at all is at risk at a time that others are followed beyond, the curve is not known from there on and
    its estimates are missing.

    Parameters
    ----------
    durations : DataFrame
        ``duration``, ``event`` and, for those seen late, ``entry``; as ``durations(book)`` makes them.
    by : str, optional
        A column to split by.
    limits : str
        Transform of the 95 % limits: ``"log-log"`` (keeps them inside 0-1; lifelines' choice) or ``"log"``
        (R's default; too narrow while few have left). ``method`` says which.

    Returns
    -------
    DataFrame
        [``by``], ``time``, ``at_risk``, ``events``, ``estimate`` (0-1), ``std_error`` (Greenwood), ``low``, ``high``,
        ``n`` (accounts), ``method``. Once everybody has left there is no error to state and the limits are missing.

    Raises
    ------
    UsageError
        For columns that are not there, rows that were never at risk, or an unknown transform.

    Source: Kaplan and Meier (1958), JASA 53:457; Greenwood (1926); for late entry Klein and Moeschberger (2003),
    section 4.6, grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2, 2, 3], "event": [True, True, False, False]})
    >>> kaplan_meier(seen)["estimate"].tolist()
    [1.0, 0.75, 0.5, 0.5]
    """
    if limits not in ("log-log", "log"):
        raise UsageError(unknown_choice("limits", limits, ("log-log", "log")))
    table = risk_table(durations, by)
    estimate, std_error = product_limit(table)
    low, high = _log_log(estimate, std_error) if limits == "log-log" else _log(estimate, std_error)
    method = "kaplan_meier_log_log" if limits == "log-log" else "kaplan_meier_log"
    return _framed(table, method, estimate, low, high, std_error)


def hazard(durations: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """The share that leaves in each month, of those still customers as it begins.

    Parameters
    ----------
    durations : DataFrame
        As for ``kaplan_meier``.
    by : str, optional
        A column to split by, such as ``"term_months"``.

    Returns
    -------
    DataFrame
        [``by``], ``time``, ``at_risk``, ``events``, ``estimate`` (0-1), ``low``, ``high`` (Wilson), ``n`` (accounts),
        ``method``; from time 1 on. Where nobody was at risk the estimate is missing.

    Raises
    ------
    UsageError
        As ``kaplan_meier``.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2, 2, 3], "event": [True, True, False, False]})
    >>> hazard(seen)["estimate"].round(3).tolist()
    [0.25, 0.333, 0.0]
    """
    table = risk_table(durations, by)
    low, high = wilson(table.events, table.at_risk)
    with np.errstate(invalid="ignore", divide="ignore"):
        estimate = table.events / table.at_risk
    frame = _framed(table, "hazard_wilson", estimate, low, high)
    return frame[frame["time"] > 0].reset_index(drop=True)


def nelson_aalen(durations: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """The cumulative hazard: the sum of the shares that left.

    Parameters
    ----------
    durations : DataFrame
        As for ``kaplan_meier``.
    by : str, optional
        A column to split by.

    Returns
    -------
    DataFrame
        [``by``], ``time``, ``at_risk``, ``events``, ``estimate``, ``std_error`` (Aalen's, as in R), ``low``, ``high``
        (log transform), ``n`` (accounts), ``method``.

    Raises
    ------
    UsageError
        As ``kaplan_meier``.

    Source: Aalen (1978), Annals of Statistics 6:701, grade A.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2, 2, 3], "event": [True, True, False, False]})
    >>> nelson_aalen(seen)["estimate"].round(3).tolist()
    [0.0, 0.25, 0.583, 0.583]
    """
    table = risk_table(durations, by)
    at_risk = table.watched()
    with np.errstate(invalid="ignore", divide="ignore"):
        estimate = np.cumsum(table.events / at_risk, axis=1)
        std_error = np.sqrt(np.cumsum(table.events / at_risk**2, axis=1))
        width = np.where(estimate > 0, np.exp(Z95 * std_error / estimate), 1.0)
    return _framed(table, "nelson_aalen_log", estimate, estimate / width, estimate * width, std_error)


def at(curve: pd.DataFrame, time: float) -> Estimate:
    """Read a curve at a time.

    Parameters
    ----------
    curve : DataFrame
        One group's result of ``kaplan_meier``, ``hazard`` or ``nelson_aalen``.
    time : float
        In the unit of the curve.

    Returns
    -------
    Estimate
        The value at that time; of a step curve the last step before it.

    Raises
    ------
    UsageError
        For several groups at once, or a time outside the curve.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"duration": [1, 2, 2, 3], "event": [True, True, False, False]})
    >>> at(kaplan_meier(seen), 2).estimate
    0.5
    """
    if curve["time"].duplicated().any():
        raise UsageError(Fault("several_groups", {"column": str(curve.columns[0])}))
    last, reached = curve["time"].max(), curve[curve["time"] <= time]
    steps = not str(curve["method"].iloc[0]).startswith("hazard")
    ended = steps and curve["estimate"].iloc[-1] == 0
    if reached.empty or (time > last and not ended) or (not steps and reached["time"].iloc[-1] != time):
        raise UsageError(Fault("outside_the_curve", {"time": time, "first": curve["time"].min(), "last": last}))
    row = reached.iloc[-1]
    estimate, low, high = (float(row[name]) for name in ("estimate", "low", "high"))
    return Estimate(estimate, low, high, int(row["n"]), row["method"], float(row.get("std_error", math.nan)))


def _log_log(estimate: Floats, std_error: Floats) -> tuple[Floats, Floats]:
    """Limits that are symmetric in log(-log S)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        width: Floats = np.exp(Z95 * std_error / (estimate * np.log(estimate)))
        low, high = estimate ** (1 / width), estimate**width
    return np.where(estimate == 1, 1.0, low), np.where(estimate == 1, 1.0, high)


def _log(estimate: Floats, std_error: Floats) -> tuple[Floats, Floats]:
    """Limits that are symmetric in log S, cut at 1."""
    with np.errstate(invalid="ignore", divide="ignore"):
        width: Floats = np.exp(Z95 * std_error / estimate)
    return estimate / width, np.minimum(estimate * width, 1.0)


def _framed(table: RiskTable, method: str, estimate: Any, low: Any, high: Any, std_error: Any = None) -> pd.DataFrame:
    """The frame every curve is handed out as."""
    errors = {} if std_error is None else {"std_error": std_error}
    limits = {"estimate": estimate, **errors, "low": low, "high": high, "n": table.sizes[:, None]}
    return table.frame(at_risk=table.at_risk, events=table.events, **limits).assign(method=method)
