"""Alerts a CSM and week against what they save: why more alerts are not more saved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.measure.alerts.ranking import LOADS, capacity_curve
from cslab.measure.alerts.worth import SAVED, Saved

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

HOURS = 3.0
"""Hours of a CSM that one call with its preparation takes (an assumption, grade S)."""


def saves_curve(
    rows: pd.DataFrame,
    csms: float,
    hour_amount: float,
    per_week: Sequence[float] = LOADS,
    hours: float = HOURS,
    saved: Saved = SAVED,
    gross_margin: float = 0.8,
    months: int = 12,
    weeks: float | None = None,
) -> pd.DataFrame:
    """What is saved and what it costs, a year, by how many alerts each CSM acts on in a week.

    Each customer who left can be saved once, however many alerts it had; every alert takes its hours.

    Parameters
    ----------
    rows, csms, per_week, weeks
        As for ``capacity_curve``; the rows with ``mrr_amount``.
    hour_amount : float
        Cost of an hour.
    hours : float
        Hours of one alert.
    saved, gross_margin, months
        As for ``worth``.

    Returns
    -------
    DataFrame
        ``per_week``, ``threshold``, ``alerts``, ``leavers`` (reached), and a year: ``saves`` (customers),
        ``value_amount``, ``cost_amount``, ``net_amount``, ``net_if_low``, ``net_if_high``, ``break_even`` (share saved
        from which it pays; infinite where nothing is at stake), ``hours_week`` (of each CSM), ``n`` (accounts on the
        lists). ``attrs`` as ``capacity_curve``, and ``saved``.

    Raises
    ------
    UsageError
        As ``capacity_curve``, and without amounts.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": list("abcd"), "as_of": pd.Timestamp("2024-03-31"), "mrr_amount": 100.0,
    ...     "risk": [0.9, 0.6, 0.4, 0.1], "event": [True, False, True, False]})
    >>> found = saves_curve(rows, csms=1, hour_amount=1.0, per_week=(1,), saved=Saved(0.5, 0.5, 0.5, "made up"))
    >>> found["leavers"].tolist()
    [1, 2]
    """
    if "mrr_amount" not in rows:
        raise UsageError(
            Fault("alerts.no_column", {"column": "mrr_amount", "found": ", ".join(map(str, rows.columns))})
        )
    curve = capacity_curve(rows, csms, per_week, weeks)
    a_year = 365.25 / 7 / curve.attrs["weeks"]
    reached = [_reached(rows, threshold) for threshold in curve["threshold"]]
    kept = curve[["per_week", "threshold", "alerts", "n"]].assign(leavers=[len(one) for one in reached])
    stake = gross_margin * months * a_year * kept.index.map(lambda row: float(reached[row].sum())).to_numpy(float)
    cost = kept["alerts"] * hours * hour_amount * a_year
    found = kept.assign(saves=saved.rate * kept["leavers"] * a_year, value_amount=saved.rate * stake, cost_amount=cost)
    ends = {name: rate * stake - cost for name, rate in (("net_if_low", saved.low), ("net_if_high", saved.high))}
    even = [float(one / all_of_it) if all_of_it else math.inf for one, all_of_it in zip(cost, stake, strict=True)]
    found = found.assign(net_amount=found["value_amount"] - cost, **ends, break_even=even)
    found["hours_week"] = kept["per_week"] * hours
    found.attrs |= {**curve.attrs, "saved": saved}
    return found


def _reached(rows: pd.DataFrame, threshold: float) -> pd.Series[float]:
    """The MRR of everybody who left after an alert, once each."""
    called = rows[(rows["risk"] >= threshold) & rows["event"]]
    amount: pd.Series[float] = called.drop_duplicates("account_id")["mrr_amount"].fillna(0.0)
    return amount
