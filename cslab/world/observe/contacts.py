"""The table ``contacts``: the people known at an account, champions who leave and their successors among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.addons.people import leaving_draws, leaving_hazard
from cslab.world.observe.calendar import Days, days
from cslab.world.observe.people import advocacy_days, first_logins
from cslab.world.observe.presence import leaving_days, signing_days
from cslab.world.observe.vocabulary import DEPARTMENT_SHARES, DEPARTMENTS, ROLES, code

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns


def contact_columns(records: Records) -> Columns:
    """The columns of ``contacts``.

    One champion at a time is in charge: from signing, or from the first day of the month after the one before has left.
    An influencer and a decision maker come when they are first met. All are gone when the account leaves; one that
    comes back has a new champion, and the others as far as they are known by then. Champions may come to recommend the
    product; others do not.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By account and day; ``active_to`` is missing for those who are still there.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["contacts"]
    >>> bool((table["active_to"] <= table["active_from"]).any())
    False
    """
    history, seen = records.history, records.seen
    parts = _champions(history), _met(history)
    who, role, begins, ends = (np.concatenate(part) for part in zip(*parts, strict=True))
    first = days(history.scenario, np.array(-history.scenario.first_month))
    kept = seen[who] & (begins < np.minimum(leaving_days(history, who), _end(history)))
    sort = np.flatnonzero(kept)[np.lexsort((role[kept], begins[kept], who[kept]))]
    who, role, begins, ends = who[sort], role[sort], begins[sort], ends[sort]
    ordinal = np.arange(len(who)) - np.searchsorted(history.lane[who], history.lane[who]) + 1
    ends = np.fmin(ends, leaving_days(history, who))
    shown = ends >= first
    gone = ends < _end(history)
    recommends = np.full(len(who), np.datetime64("NaT"), dtype="M8[ns]")
    champion = np.flatnonzero(role == code(ROLES, "in_charge"))
    recommends[champion] = advocacy_days(history, who[champion], begins[champion], ends[champion])
    columns = {
        "contact_id": ordinal,
        "account_id": history.customers.number[who],
        "role": role.astype(np.int8),
        "department": _departments(history, who, role, ordinal),
        "active_from": begins,
        "active_to": np.where(gone, ends, np.datetime64("NaT", "ns")),
        "is_champion": role == code(ROLES, "in_charge"),
        "logins": first_logins(records, who, role, begins, ends),
        "is_advocate": (~np.isnat(recommends)).astype(np.float64),
        "advocate_on": recommends,
    }
    return {name: values[shown] for name, values in columns.items()}


def _end(history: History) -> Days:
    """The first day after the records."""
    return days(history.scenario, np.array(history.months))


def _champions(history: History) -> tuple[Ints, Ints, Days, Days]:
    """Account, role, first and last day of every champion; the last ones stay."""
    everyone = np.arange(len(history.tier))
    who, month = _departures(history)
    draws = luck.hashed(history.seed, "contacts.last_day", history.customers.number[who], month)
    left = days(history.scenario, month, 2 + np.floor(27 * draws).astype(np.int64))
    begins = np.concatenate([signing_days(history, everyone), days(history.scenario, month + 1)])
    people = np.concatenate([everyone, who])
    sort = np.lexsort((begins, people))
    last = np.full(len(people), np.datetime64("NaT"), dtype="M8[ns]")
    goes_on = np.diff(people[sort], append=-1) == 0
    last[np.flatnonzero(goes_on)] = left
    return people[sort], np.zeros(len(people), np.int64), begins[sort], last


def _departures(history: History) -> tuple[Ints, Ints]:
    """Account and month of the champions who left customers, by account and time."""
    hazard = leaving_hazard(history.scenario)
    if not hazard:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    leaves = leaving_draws(history.seed, history.blocks, history.months) < hazard
    block, month, lane = np.nonzero(leaves)
    place = block * luck.BLOCK + lane
    first, last = (np.searchsorted(history.lane, place, side=side) for side in ("left", "right"))
    who = np.concatenate([first[first < last], last[last - first > 1] - 1])
    month = np.concatenate([month[first < last], month[last - first > 1]])
    there = (month > history.customers.start[who]) & (month < history.left[who])
    sort = np.lexsort((month[there], who[there]))
    return who[there][sort], month[there][sort]


def _met(history: History) -> tuple[Ints, Ints, Days, Days]:
    """Account, role and first day of influencers and decision makers, none of whom leaves."""
    row, who = np.nonzero(history.role_since < history.months)
    month = history.role_since[row, who]
    draws = luck.hashed(history.seed, "contacts.first_day", history.customers.number[who], 0, row)
    day = 1 + np.floor(28 * draws).astype(np.int64)
    known = month == history.customers.start[who]
    begins = days(history.scenario, month, np.where(known, history.customers.day[who], day))
    return who, row + 1, begins, np.full(len(who), np.datetime64("NaT"), dtype="M8[ns]")


def _departments(history: History, who: Ints, role: Ints, ordinal: Ints) -> Ints:
    """Where people work: decision makers in the management, the others anywhere."""
    draws = luck.hashed(history.seed, "contacts.department", history.customers.number[who], role, ordinal)
    anywhere = np.searchsorted(np.cumsum(DEPARTMENT_SHARES)[:-1], draws, side="right")
    decides = role == code(ROLES, "decision_maker")
    return np.where(decides, code(DEPARTMENTS, "management"), anywhere).astype(np.int8)
