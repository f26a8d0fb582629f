"""Tables of alerts as the measures return them, small enough to be seen through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

NAMES = ("lead times", "bands", "alerts by capacity", "weekly load", "saves", "ages of alerts")


def leads() -> pd.DataFrame:
    """Usage that falls warns three months ahead, a renewal that comes near two."""
    days = {"usage_drop": [60.0, 90.0, 120.0], "renewal_at_risk": [55.0, 60.0, 89.0]}
    rows = [(rule, day) for rule, several in days.items() for day in several]
    return pd.DataFrame(rows, columns=["rule_id", "lead_days"])


def three_bands() -> pd.DataFrame:
    """Half of those who leave are small, and get two alerts in five."""
    rows = [("small", 0.05, 0.5, 0.4, 0.6), ("middle", 0.1, 0.3, 0.3, 0.7), ("large", 0.85, 0.2, 0.3, 0.65)]
    found = pd.DataFrame(rows, columns=["band", "arr_share", "leavers_share", "alerts_share", "recall"])
    found = found.assign(customers_share=1 / 3, precision=0.12, leavers=40)
    found = found.assign(recall_low=found["recall"] - 0.1, recall_high=found["recall"] + 0.1)
    days = {"since": pd.Timestamp("2024-04-01"), "until": pd.Timestamp("2025-03-31")}
    found.attrs |= {**days, "horizon": 6}
    return found


def loads() -> pd.DataFrame:
    """One alert a week is right in four of ten cases and reaches a quarter; everybody is forty a week."""
    rows = [(1.0, 0.4, 0.25), (5.0, 0.2, 0.6), (40.0, 0.03, 1.0)]
    found = pd.DataFrame(rows, columns=["per_week", "precision", "recall"]).assign(n=1500)
    ends = {f"{name}_{end}": found[name] for name in ("precision", "recall") for end in ("low", "high")}
    found = found.assign(**ends)
    found.attrs |= {"csms": 4, "horizon": 3}
    return found


def weeks() -> pd.DataFrame:
    """Four weeks, the first one above the line."""
    mondays = pd.date_range("2024-04-01", periods=4, freq="7D")
    found = pd.DataFrame({"week": mondays, "alerts": [12, 2, 3, 4], "per_csm": [6.0, 1.0, 1.5, 2.0]})
    found = found.assign(over=found["per_csm"] > 5)
    found.attrs["per_week"] = 5.0
    return found


def saved() -> pd.DataFrame:
    """Twice the alerts save a little more and cost twice as much; calling everybody does not fit into a week."""
    from cslab.measure.alerts import SAVED

    found = pd.DataFrame({"per_week": [1.0, 2.0, 40.0], "saves": [6.0, 9.0, 26.0], "hours_week": [3.0, 6.0, 120.0]})
    found = found.assign(value_amount=[3e6, 4.5e6, 1.5e7], cost_amount=[4e6, 8e6, 1.6e8], n=1500)
    ends = {"net_if_low": -found["cost_amount"], "net_if_high": 3 * found["value_amount"] - found["cost_amount"]}
    found = found.assign(**ends)
    found.attrs |= {"saved": SAVED, "csms": 4}
    return found


def ages() -> pd.DataFrame:
    """Nine alerts wait, four of them too long; nobody has a plan; two are being worked on."""
    rows = [("at_risk", 9, 8.0, 30.0, 4), ("plan_in_place", 0, None, None, 0), ("saving", 2, 20.0, 40.0, 0)]
    found = pd.DataFrame(rows, columns=["stage", "open", "median_days", "oldest_days", "over_sla"])
    found.attrs["as_of"] = pd.Timestamp("2025-03-31")
    return found


def alert_pictures() -> dict[str, Callable[..., Any]]:
    """The pictures of alerts, each ready to be drawn in a language."""
    from cslab.figures import alerts

    drawn = (
        lambda **on: alerts.lead_times(leads(), **on),
        lambda **on: alerts.bands(three_bands(), **on),
        lambda **on: alerts.by_capacity(loads(), per_week=5, **on),
        lambda **on: alerts.weekly_load(weeks(), **on),
        lambda **on: alerts.saves(saved(), **on),
        lambda **on: alerts.stage_ages(ages(), **on),
    )
    return dict(zip(NAMES, drawn, strict=True))
