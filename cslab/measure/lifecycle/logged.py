"""Spells from a log that already says the phases, under whatever names: checked, and put into the kit's form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book import read_day
from cslab.faults import DataError, Fault, UsageError, nearest
from cslab.measure.lifecycle.phases import Rules, folded
from cslab.measure.lifecycle.shipped import rules as shipped_rules

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

SHOWN = 3
"""How many rows a message names before it only counts."""

_COLUMNS = ("account_id", "phase", "begins")


def spells_of_log(log: pd.DataFrame, as_of: str | dt.date, rules: Rules | None = None) -> pd.DataFrame:
    """Spells from a log of phases.

    Parameters
    ----------
    log : DataFrame
        ``account_id``, ``phase`` (by any name that the rules know), ``begins`` and, where the log says it, ``ends``: a
        row a stay, in any order. Without ``ends`` a stay lasts until the account's next one; neighbours of the same
        phase become one stay.
    as_of : str or date
        The last day of the log; an end that is still to come is not known yet.
    rules : Rules, optional

    Returns
    -------
    DataFrame
        As ``spells`` makes it; an account's months count from its first stay, and none is taken to have entered late.

    Raises
    ------
    UsageError
        For a column that is not there.
    DataError
        With everything that is wrong: rows without an account, phases that the rules do not know, days that are missing
        or cannot be read, stays that overlap or leave gaps, two on one day, stays after the last day.

    >>> import pandas as pd
    >>> log = pd.DataFrame({"account_id": ["A", "A"], "phase": ["\u5c0e\u5165\u671f", "\u904b\u7528\u671f"]})
    >>> log["begins"] = pd.to_datetime(["2024-01-10", "2024-07-01"])
    >>> spells_of_log(log, "2024-12-31", shipped_rules("sansan"))[["phase", "next"]].values.tolist()
    [['introduction', 'operation'], ['operation', nan]]
    """
    rules = rules or shipped_rules()
    stays = _stays(log, rules)
    day = read_day(as_of)
    if faults := list(_faults(stays, day)):
        raise DataError(*faults, subject="log", ending="nothing_counted")
    new = (stays["account_id"] != stays["account_id"].shift()) | (stays["phase"] != stays["phase"].shift())
    last = new.shift(-1, fill_value=True)
    kept = stays[new].assign(ends=stays["ends"].where(stays["ends"] <= day)[last].to_numpy())
    following = kept["phase"].shift(-1).where(kept["account_id"] == kept["account_id"].shift(-1))
    order = {name: place for place, name in enumerate(rules.phases)}
    for name, values in (("phase", kept["phase"]), ("next", following)):
        kept[name] = rules.named(values.map(order).fillna(-1).to_numpy(np.int64))
    first = kept.groupby("account_id", observed=True)["begins"].transform("min")
    kept = kept.assign(entered_late=False, signed_on=first).reset_index(drop=True)
    kept.attrs = rules.described(day)
    return kept[["account_id", "phase", "next", "begins", "ends", "entered_late", "signed_on"]]


def _stays(log: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """The rows of a log by account and day, each with the phase that its name stands for, and the day it ends."""
    import pandas as pd

    if absent := [name for name in _COLUMNS if name not in log]:
        known = ", ".join(map(str, log))
        faults = [{"column": name, "near": nearest(name, map(str, log)), "known": known} for name in absent]
        raise UsageError(*(Fault("lifecycle.log_column", values) for values in faults))
    names = rules.names()
    stays = pd.DataFrame({"account_id": log["account_id"], "name": log["phase"].astype(str)})
    stays["phase"] = stays["name"].map(lambda name: names.get(folded(name), ""))
    stays["begins"] = _days(log["begins"])
    ends = log["ends"] if "ends" in log else pd.Series(pd.NaT, index=log.index)
    stays["stated"] = _days(ends)
    stays["unread"] = stays["stated"].isna() & ends.notna() & (ends.astype(object) != "")
    stays = stays.sort_values(["account_id", "begins", "stated"], kind="stable")
    stays["onward"] = stays["begins"].shift(-1).where(stays["account_id"] == stays["account_id"].shift(-1))
    return stays.assign(ends=stays["stated"].fillna(stays["onward"]))


def _days(values: pd.Series) -> pd.Series:
    """Days without clock and zone; missing where there is none, or none that can be read without guessing."""
    import pandas as pd

    days: dict[Any, Any] = {}
    for value in values.dropna().unique():
        try:
            days[value] = read_day(value)
        except UsageError:
            days[value] = pd.NaT
    return pd.to_datetime(values.astype(object).map(days))


def _faults(stays: pd.DataFrame, as_of: pd.Timestamp) -> Iterator[Fault]:
    """Everything that is wrong with the rows, kind by kind."""
    again = stays["onward"].notna()
    yield from _told(stays, stays["account_id"].isna(), "lifecycle.log_account")
    yield from _told(stays, stays["phase"] == "", "lifecycle.log_phase")
    yield from _told(stays, stays["begins"].isna(), "lifecycle.log_day")
    yield from _told(stays, stays["unread"], "lifecycle.log_end")
    yield from _told(stays, stays["begins"] > as_of, "lifecycle.log_ahead", as_of=as_of.date())
    yield from _told(stays, again & (stays["onward"] == stays["begins"]), "lifecycle.log_same_day")
    yield from _told(stays, stays["stated"] <= stays["begins"], "lifecycle.log_order")
    yield from _told(stays, again & (stays["ends"] > stays["onward"]), "lifecycle.log_overlap")
    yield from _told(stays, again & (stays["ends"] < stays["onward"]), "lifecycle.log_gap")


def _told(stays: pd.DataFrame, wrong: pd.Series, key: str, **values: Any) -> Iterator[Fault]:
    """One fault for all rows of a kind: the first few by name, and how many there are."""
    if not wrong.any():
        return
    rows = stays[wrong].iloc[:SHOWN]
    shown = "; ".join(
        f"{row.account_id}: {row.name_} {_said(row.begins)} – {_said(row.ends)}"
        for row in rows.rename(columns={"name": "name_"}).itertuples()
    )
    yield Fault(key, {"count": int(wrong.sum()), "rows": shown, **values})


def _said(day: Any) -> str:
    """A day as it is written; nothing where it is missing."""
    return "" if day != day else f"{day:%Y-%m-%d}"
