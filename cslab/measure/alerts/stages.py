"""How alerts age: at risk, plan in place, saving, then recovered or lost; and how long they stay in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.alerts.held_out import acted_on
from cslab.measure.alerts.seen import latest, numbered
from cslab.measure.alerts.shipped import playbooks
from cslab.measure.lifecycle.days import NEVER, Diary, as_dates, as_days
from cslab.measure.multistate import cumulative_incidence, expected_time

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Ints = NDArray[np.int64]

AT_RISK, PLAN, SAVING = "at_risk", "plan_in_place", "saving"
STAGES = (AT_RISK, PLAN, SAVING)
ENDS = {"recovered": "recovered", "expanded": "recovered", "lost": "lost", "unchanged": "unchanged"}
"""What became of an alert, as the end of its last stage."""

SHOWN_DAYS = (30.0, 60.0, 90.0)


def stages(book: Book) -> pd.DataFrame:
    """Every alert on record as stays in stages.

    At risk from the day it fired to the day somebody acted (a plan is in place), then until the next contact with the
    customer after that day (saving has begun), then until it was closed. Alerts held out on purpose are left out.

    Parameters
    ----------
    book : Book
        Needs ``alerts`` with ``acted_on``, ``closed_on`` and ``outcome``. Without ``touches`` nobody knows when saving
        began: a plan is then in place until the alert is closed.

    Returns
    -------
    DataFrame
        ``alert_id``, ``account_id``, ``rule_id``, ``stage``, ``begins``, ``ends`` (missing: goes on), ``next`` (a
        stage, ``recovered``, ``lost`` or ``unchanged``; missing: goes on), ``fired_on``; by alert and day. A stage that
        lasted no day is passed over. ``attrs``: ``as_of``.

    Raises
    ------
    NotReady
        Without these columns.

    Source: the stages of Totango's risk programme (vendor page, grade C); how they are told from tables is ours.

    >>> import cslab
    >>> sorted(stages(cslab.load("synthetic:tiny"))["stage"].unique())
    ['at_risk', 'plan_in_place', 'saving']
    """
    book.require(*(f"alerts.{name}" for name in ("rule_id", "acted_on", "closed_on", "outcome")))
    table = book.alerts
    table = acted_on(table)
    table = table.sort_values("alert_id", ignore_index=True)
    fired, acted, closed = (as_days(table[name]) for name in ("fired_on", "acted_on", "closed_on"))
    acted = np.minimum(np.maximum(acted, fired), closed)
    saving = np.minimum(_next_contact(book, table, acted), closed)
    found = _stays(table, np.array([fired, acted, saving, closed]))
    found.attrs["as_of"] = book.as_of
    return found


def ageing(found: pd.DataFrame) -> pd.DataFrame:
    """Alerts that are open, by stage: how many, how old, how many longer than the playbook allows.

    Parameters
    ----------
    found : DataFrame
        As :func:`stages` makes it.

    Returns
    -------
    DataFrame
        A row a stage: ``stage``, ``open``, ``median_days``, ``oldest_days`` (in the stage; missing where none is open),
        ``over_sla`` (at risk for longer than the working days that the kit's playbook allows; 0 in later stages).

    >>> import cslab
    >>> ageing(stages(cslab.load("synthetic:tiny")))["stage"].tolist()
    ['at_risk', 'plan_in_place', 'saving']
    """
    import pandas as pd

    today = found.attrs["as_of"]
    running = found[found["ends"].isna()]
    days = (today - running["begins"]).dt.days
    by = days.groupby(running["stage"])
    table = pd.DataFrame({"open": by.size(), "median_days": by.median(), "oldest_days": by.max().astype(float)})
    table["over_sla"] = _overdue(running, today).groupby(running["stage"]).sum()
    table = table.reindex(STAGES).rename_axis("stage").reset_index()
    return table.assign(**{name: table[name].fillna(0).astype(int) for name in ("open", "over_sla")})


def ends(found: pd.DataFrame, days: Sequence[float] = SHOWN_DAYS) -> pd.DataFrame:
    """The share of alerts that has come to each end some days after it fired.

    Parameters
    ----------
    found : DataFrame
        As :func:`stages` makes it.
    days : sequence of float

    Returns
    -------
    DataFrame
        ``time``, ``end`` (``recovered``, ``lost``, ``unchanged``), ``estimate``, ``low``, ``high`` (0-1), ``n``,
        ``method``; alerts that are open still count as long as they were watched.

    Raises
    ------
    UsageError
        Without alerts.

    >>> import cslab
    >>> set(ends(stages(cslab.load("synthetic:tiny")))["end"]) <= {"recovered", "lost", "unchanged"}
    True
    """
    return cumulative_incidence(_moves(found), list(days), AT_RISK)


def time_in_stage(found: pd.DataFrame, horizon: float = 90.0) -> pd.DataFrame:
    """Days that an alert spends in each stage within some days after it fired.

    Parameters
    ----------
    found : DataFrame
        As :func:`stages` makes it.
    horizon : float
        Days.

    Returns
    -------
    DataFrame
        ``stage``, ``estimate``, ``low``, ``high`` (days), ``n``, ``method``; what is left of the horizon it was closed.

    Raises
    ------
    UsageError
        Without alerts, or for a horizon beyond the oldest.

    >>> import cslab
    >>> bool((time_in_stage(stages(cslab.load("synthetic:tiny")), 60)["estimate"] <= 60).all())
    True
    """
    table = expected_time(_moves(found), horizon).frame()
    rows = table[(table["from"] == AT_RISK) & table["to"].isin(STAGES)].drop(columns="from")
    return rows.rename(columns={"to": "stage"}).reset_index(drop=True)


def _next_contact(book: Book, table: pd.DataFrame, day: Ints) -> Ints:
    """The day of the first contact with each alert's customer after a day; far ahead where there is none."""
    if not book.has("touches.touched_on"):
        return np.full(len(table), NEVER)
    diary = Diary(book)
    account, when = diary.numbers("touches"), as_days(book.touches["touched_on"])
    order = np.lexsort((when, account))
    account, when = account[order], when[order]
    asked = numbered(diary, table["account_id"])
    row = latest(account, when, asked, day + 1)
    first = np.where(row >= 0, row, np.searchsorted(account, asked) - 1) + 1
    there = (first < len(account)) & (np.r_[account, -1][first] == asked) & (day < NEVER)
    return np.where(there, np.r_[when, NEVER][first], NEVER)


def _stays(table: pd.DataFrame, days: Any) -> pd.DataFrame:
    """Stays in stages of the days on which each begins, and the last ends."""
    import pandas as pd

    last = table["outcome"].astype(str).map(ENDS).to_numpy(object)
    parts = []
    for place, stage in enumerate(STAGES):
        begins, closes = days[place], days[place + 1]
        lasts = (closes > begins) & (begins < NEVER)
        rows = table.loc[lasts, ["alert_id", "account_id", "rule_id"]].assign(stage=stage)
        rows = rows.assign(begins=as_dates(begins[lasts]), ends=as_dates(closes[lasts]))
        parts.append(rows.assign(next=_next_stage(place, days, last)[lasts], fired_on=table["fired_on"]))
    every: pd.DataFrame = pd.concat(parts).sort_values(["alert_id", "begins"], kind="stable", ignore_index=True)
    return every


def _next_stage(place: int, days: Any, last: Any) -> Any:
    """What comes after a stage: the first later one that lasts a day, else the end; missing where it goes on."""
    following: Any = np.where(days[place + 1] < NEVER, last, None)
    for later in range(len(STAGES) - 1, place, -1):
        lasts = (days[later] < days[later + 1]) & (days[later] < NEVER)
        following = np.where(lasts, STAGES[later], following)
    return following


def _overdue(running: pd.DataFrame, today: pd.Timestamp) -> pd.Series[bool]:
    """Which open alerts nobody has acted on within the working days of the kit's playbook."""
    known = {name: one.sla_days for name, one in playbooks().playbooks.items()}
    allowed = running["rule_id"].astype(str).map(known)
    passed = np.busday_count(running["begins"].to_numpy().astype("M8[D]"), np.datetime64(today, "D"))
    return (running["stage"] == AT_RISK) & (passed > allowed)


def _moves(found: pd.DataFrame) -> pd.DataFrame:
    """Stays as moves of a multi-state model, in days since each alert fired."""
    if found.empty:
        raise UsageError(Fault("alerts.none"))
    until = found["ends"].fillna(found.attrs["as_of"])
    moves = found[["alert_id", "stage", "next"]].set_axis(["id", "from", "to"], axis=1)
    start = (found["begins"] - found["fired_on"]).dt.days
    moves = moves.assign(start=start, stop=(until - found["fired_on"]).dt.days)
    return moves[moves["stop"] > moves["start"]].reset_index(drop=True)
