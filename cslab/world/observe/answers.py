"""Contacts that nobody planned: answers to alerts, incidents and tickets, and what customers ask themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world import luck
from cslab.world.counts import poisson
from cslab.world.observe.cadence import MINUTES, onboarding
from cslab.world.observe.calendar import Days, days
from cslab.world.observe.presence import month_of, recorded, row_of
from cslab.world.observe.tiers import tier_on
from cslab.world.observe.vocabulary.work import RULES, TOUCHES

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

ESCALATED = (0.02, 0.12, 0.20)
"""Share of the tickets that reach a CSM, by tier (S)."""

CALLED_AFTER = (0.1, 0.6, 0.9)
"""Share of the customers hit by an incident who are contacted, by tier (S)."""

ASKED = (0.12, 0.5, 1.2)
"""What customers ask of their own accord in a month, by tier; while they are new twice as often (S)."""

BY_PHONE = (0.0, 0.3, 0.4)
"""Share of it by phone, the rest by e-mail."""

TROUBLE = 0.6
"""Share of it that is about a problem."""

LONGEST = 90.0
"""Minutes that reactive work on an account has in one go at most."""

NARROW = ("kind", "rank", "program")
"""Columns of contacts that hold small numbers: there are many contacts."""

_CALL, _EMAIL = TOUCHES.index("call"), TOUCHES.index("email")


def answers(records: Records) -> list[Columns]:
    """The contacts that nobody planned, by what they answer.

    Parameters
    ----------
    records : Records

    Returns
    -------
    list of dict of str to ndarray
        ``who`` (row of the history), ``month``, ``day`` (whole days), ``kind`` (place in ``TOUCHES``), ``minutes``
        (usual ones), ``inbound``, ``reactive``, ``rank`` (what comes first where time is short), ``ordinal`` (parts
        those of one day), ``program`` (-1: none).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> [bool(part["reactive"].all()) for part in answers(records)][0]
    True
    """
    parts = [_to_alerts(records), _asked(records)]
    parts += [_to_incidents(records)] if "incidents" in records else []
    parts += [_to_tickets(records)] if "tickets" in records else []
    return parts + ([_worked(records)] if records.history.work else [])


def play_minutes(tier: Ints) -> Floats:
    """The minutes that acting on an alert takes, by tier: a call, for tech touch an e-mail.

    >>> play_minutes(np.array([0, 2])).tolist()
    [9.0, 45.0]
    """
    return np.where(tier > 0, MINUTES["call"], MINUTES["email"])


def there(history: History, who: Ints, day: Days) -> Flags:
    """Whether some accounts can be contacted on some days: within the records, and not in the month of leaving.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> bool(there(history, np.arange(60), days(history.scenario, history.left)).any())
    False
    """
    return recorded(history, who, day) & (month_of(history, day) < history.left[who])


def workdays_later(day: Days, count: Floats) -> Days:
    """So many working days later, parts not counted; with none, the day itself or the Monday after it.

    >>> workdays_later(np.array(["2024-03-02"], "M8[ns]"), np.array([1.9])).astype(str)[0][:10]
    '2024-03-05'
    """
    return np.asarray(np.busday_offset(day.astype("M8[D]"), count.astype(np.int64), roll="forward"))


def contacts(records: Records, who: Ints, day: Days, rank: int, **columns: Floats | Ints | Flags | int) -> Columns:
    """Contacts of one origin with customers who are still there: calls, with tech touch e-mails, unless said.

    Parameters
    ----------
    records : Records
    who : ndarray of int
    day : ndarray of datetime64
    rank : int
    **columns : ndarray or int
        Columns as ``answers`` gives them, where they differ from the usual.

    Returns
    -------
    dict of str to ndarray

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> late = np.array(["2030-01-01"], "M8[D]")
    >>> len(contacts(records, np.array([3]), late, rank=2)["who"])
    0
    """
    kept = there(records.history, who, day)
    given = {name: np.broadcast_to(values, who.shape)[kept] for name, values in columns.items()}
    who, day = who[kept], day[kept].astype("M8[D]")
    tier = tier_on(records.history, who, day)
    usual: dict[str, Any] = {
        "kind": np.where(tier > 0, _CALL, _EMAIL),
        "minutes": play_minutes(tier),
        "inbound": False,
        "reactive": True,
        "ordinal": 0,
        "program": -1,
        "rank": rank,
    }
    every = {name: np.broadcast_to(given.get(name, usual[name]), who.shape) for name in usual}
    narrow = {name: every[name].astype(np.int8) for name in NARROW}
    return {"who": who, "month": month_of(records.history, day), "day": day, **every, **narrow}


def _to_alerts(records: Records) -> Columns:
    """What was done on the day on which somebody acted on an alert."""
    table = records["alerts"]
    acted = ~np.isnat(table["acted_on"])
    day = table["acted_on"][acted]
    who = row_of(records.history, table["account_id"][acted], day)
    return contacts(records, who, day, rank=0, ordinal=table["rule_id"][acted].astype(np.int64))


def _to_incidents(records: Records) -> Columns:
    """Customers hit by an incident hear from somebody within a few days."""
    table, history = records["incidents"], records.history
    hit = table["hit"]
    number, month = table["account_id"][hit], month_of(history, table["started"][hit])
    who = row_of(history, number, table["started"][hit])
    draws = luck.hashed(history.seed, "touches.incident", number, month)
    day = workdays_later(table["started"][hit], 3 * luck.hashed(history.seed, "touches.after", number, month))
    chosen = draws < np.array(CALLED_AFTER)[tier_on(history, who, table["started"][hit])]
    return contacts(records, who[chosen], day[chosen], rank=2, ordinal=100)


def _to_tickets(records: Records) -> Columns:
    """A few tickets reach a CSM."""
    table, history = records["tickets"], records.history
    number, ordinal = table["account_id"], table["ticket_id"]
    draws = luck.hashed(history.seed, "touches.ticket", number, 0, ordinal)
    who = row_of(history, number, table["opened_on"])
    share = np.array(ESCALATED)[tier_on(history, who, table["opened_on"])]
    chosen = draws < share
    day = workdays_later(table["opened_on"][chosen], 3 * draws[chosen] / share[chosen])
    return contacts(records, who[chosen], day, rank=2, ordinal=1000 + ordinal[chosen])


def _asked(records: Records) -> Columns:
    """Calls and e-mails that customers begin."""
    history, who, month = records.history, records.there.who, records.there.month
    number = history.customers.number
    mean = np.array(ASKED)[history.tier_at(who, month)] * (1 + onboarding(history, who, month))
    count = poisson(luck.hashed(history.seed, "touches.asked", number[who], month), mean)
    who, month = np.repeat(who, count), np.repeat(month, count)
    turn = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count)
    draws = [
        luck.hashed(history.seed, f"touches.asked.{what}", number[who], month, turn) for what in ("on", "by", "why")
    ]
    on, by, why = draws
    day = workdays_later(days(history.scenario, month), 20 * on)
    phone = by < np.array(BY_PHONE)[history.tier_at(who, month)]
    began = day >= days(history.scenario, history.customers.start[who], history.customers.day[who])
    parts = {
        "kind": np.where(phone, _CALL, _EMAIL),
        "minutes": np.where(phone, MINUTES["call"], MINUTES["email"]),
        "reactive": why < TROUBLE,
        "ordinal": 200 + turn,
    }
    given = {name: values[began] for name, values in parts.items()}
    return contacts(records, who[began], day[began], rank=2, inbound=True, **given)


def _worked(records: Records) -> Columns:
    """Reactive work of offices that share out their hours: on red accounts, or on plays that an alert began."""
    history, work = records.history, records.history.work
    assert work is not None
    lane, month = work.worked
    begins = days(history.scenario, month)
    who = row_of(history, history.customers.number[0] - history.lane[0] + lane, begins)
    minutes = 60 * np.array(history.scenario.reactive_hours)[history.tier[who]]
    minutes = minutes * work.answered[month, lane // luck.BLOCK] - _played(records, who, month)
    known = month >= -history.scenario.first_month
    count = np.ceil(known * np.maximum(minutes, 0) / LONGEST).astype(np.int64)
    turn = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    each = np.repeat(minutes / np.maximum(count, 1), count)
    who, month, begins = np.repeat(who, count), np.repeat(month, count), np.repeat(begins, count)
    draws = luck.hashed(history.seed, "touches.worked", history.customers.number[who], month, turn)
    return contacts(
        records, who, workdays_later(begins, 20 * draws), rank=1, kind=_CALL, minutes=each, ordinal=300 + turn
    )


def _played(records: Records, who: Ints, month: Ints) -> Floats:
    """The minutes of these months in which an alert was acted on: part of the play that it began."""
    history, table = records.history, records["alerts"]
    first = ~np.isnat(table["acted_on"]) & (table["rule_id"] == RULES.index("usage_drop"))
    day = table["acted_on"][first]
    acted = row_of(history, table["account_id"][first], day) * history.months + month_of(history, day)
    begun = np.isin(who * history.months + month, acted)
    assert history.work is not None
    return begun * play_minutes(history.tier[who]) * (history.work.kind == "alerts")
