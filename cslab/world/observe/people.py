"""What the people of an account do: how much they use the product at first, and when champions speak for it outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world.observe.addressed import Addressed
from cslab.world.observe.calendar import Days, days
from cslab.world.observe.presence import month_of

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.records import Records

FIRST_MONTHS = 3
"""Months over which a person's first logins are counted: the one in which it is first known, and the two after."""

FIRST_DAYS = 92
"""Days after which these months are over for certain."""

ADVOCACY_LAG = (6, 24)
"""Months after joining the community from which, and until which, its effect on recommending arrives."""

_WEIGHT = np.array([2.0, 1.0, 0.3])
"""How much more than a plain user each role logs in."""

_MOST = np.array([0.5, 0.2, 0.1])
"""The largest share of an account's logins that a person of each role can have."""


def first_logins(records: Records, who: Ints, role: Ints, begins: Days, ends: Days) -> Floats:
    """Logins of some people in the month in which they are first known and the two after.

    Parameters
    ----------
    records : Records
    who, role : ndarray of int
        Rows of the history, and place in ``ROLES``.
    begins, ends : ndarray of datetime64
        The first day, and the first day no longer there.

    Returns
    -------
    ndarray of float
        A share of the account's logins on the days on which the person was there: for a champion twice that of a plain
        user, for a decision maker a third. Missing for those known before the records begin, or for less than 92 days.

    Source: simulation convention (grade S).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> old = days(preset("tiny"), np.array([0]))
    >>> first_logins(records, np.array([0]), np.array([0]), old, old).tolist()
    [nan]
    """
    history, month = records.history, month_of(records.history, begins)
    first, end = (days(history.scenario, np.array(limit)) for limit in (-history.scenario.first_month, history.months))
    total = sum(_logins(records, who, month + later, begins, ends) for later in range(FIRST_MONTHS))
    each = Addressed(history.seed, "contacts", history.customers.number[who], month, role)
    usual = _WEIGHT[role] / records.seats.at(who, month) * np.exp(0.3 * each.normal("logins"))
    known = (begins >= first) & (begins + np.timedelta64(FIRST_DAYS, "D") < end)
    return np.where(known, np.round(np.minimum(usual, _MOST[role]) * total), np.nan)


def _logins(records: Records, who: Ints, month: Ints, begins: Days, ends: Days) -> Floats:
    """Logins of accounts in some months, on the days on which a person was there."""
    place, known = records.there.find(who, month)
    logins = np.where(known, records["usage_monthly"]["logins"][place], 0) if known.any() else np.zeros(len(who))
    first, after = (days(records.history.scenario, turn) for turn in (month, month + 1))
    there = np.minimum(ends, after) - np.maximum(begins, first)
    return np.asarray(logins * np.maximum(there / (after - first), 0))


def advocacy_days(history: History, who: Ints, begins: Days, ends: Days) -> Days:
    """The days on which some champions first recommend the product to others; missing where they never do.

    The monthly hazard is ``advocate_hazard · e^{0.5·v}``, v the account's latent value, and ``advocate_community``
    times that in active members of the community, an effect that arrives between 6 and 24 months after joining.

    Parameters
    ----------
    history : History
    who : ndarray of int
        Rows of the history.
    begins, ends : ndarray of datetime64
        The champion's first day, and the first day no longer there.

    Returns
    -------
    ndarray of datetime64

    Source: simulation convention (grade S).

    >>> from cslab.world.observe.presence import leaving_days, signing_days
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> rows = np.arange(len(history.tier))
    >>> found = advocacy_days(history, rows, signing_days(history, rows), leaving_days(history, rows))
    >>> bool(0 < (~np.isnat(found)).mean() < 0.5)
    True
    """
    first = month_of(history, begins)
    each = Addressed(history.seed, "contacts", history.customers.number[who], first, np.zeros(len(who), np.int64))
    waits, place, _, _ = each.coarse("advocate")
    reached = _hazard(history, who, first).cumsum(axis=0) >= -np.log1p(-waits)
    month = np.where(reached.any(axis=0), reached.argmax(axis=0), history.months)
    day = days(history.scenario, month, 1 + np.floor(28 * place).astype(np.int64))
    return np.where((month < history.months) & (day < ends), day, np.datetime64("NaT", "ns"))


def _hazard(history: History, who: Ints, first: Ints) -> Floats:
    """The chance of recommending in each month after the first, a row a month and a column a champion."""
    s, month = history.scenario, np.arange(history.months)[:, None]
    start, end = ADVOCACY_LAG
    arrived = np.clip((month - history.member_since[who] - start) / (end - start), 0, 1)
    arrived *= history.customers.beginnings.community_active[who] & s.on("community")
    hazard = s.advocate_hazard * np.exp(0.5 * history.value[:, history.column[who]])
    return np.where(month > first, hazard * (1 + (s.advocate_community - 1) * arrived), 0.0)
