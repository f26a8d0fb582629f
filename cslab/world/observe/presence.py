"""From which day until which day an account can stand in the records: once it has left it is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world.observe.calendar import Days, days

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Ints

_FAR = 1 << 20
"""More months than any simulation has: parts the accounts in a search key."""


def signing_days(history: History, who: Ints) -> Days:
    """The days on which some accounts signed.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> len(signing_days(history, np.arange(60)))
    60
    """
    return days(history.scenario, history.customers.start[who], history.customers.day[who])


def leaving_days(history: History, who: Ints) -> Days:
    """The days on which some accounts left; a day after the records' end for those who have not.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> bool((leaving_days(history, np.arange(60)) > signing_days(history, np.arange(60))).all())
    True
    """
    return days(history.scenario, np.minimum(history.left[who], history.months), history.customers.day[who])


def recorded(history: History, who: Ints, day: Days) -> Flags:
    """Whether something that happened to an account on a day is written down.

    Parameters
    ----------
    history : History
    who : ndarray of int
        Positions of accounts.
    day : ndarray of datetime64
        One for each of them.

    Returns
    -------
    ndarray of bool
        Within the records, and before the account left.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> bool(recorded(history, np.arange(60), leaving_days(history, np.arange(60))).any())
    False
    """
    first, end = (days(history.scenario, np.array(month)) for month in (-history.scenario.first_month, history.months))
    return np.asarray((day >= first) & (day < end) & (day < leaving_days(history, who)))


def month_of(history: History, day: Days) -> Ints:
    """The months of the simulation in which some days lie.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> bool((month_of(history, signing_days(history, np.arange(3))) == history.customers.start[:3]).all())
    True
    """
    first = np.datetime64(history.scenario.window_start, "M") + history.scenario.first_month
    return np.asarray((day.astype("M8[M]") - first).astype(np.int64))


def row_of(history: History, number: Ints, day: Days) -> Ints:
    """The row of the history, a spell, in which some accounts were on some days.

    Parameters
    ----------
    history : History
    number : ndarray of int
        The accounts' numbers in the company.
    day : ndarray of datetime64
        Not before the account's first signing.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> rows = np.arange(len(history.tier))
    >>> bool((row_of(history, history.customers.number, signing_days(history, rows)) == rows).all())
    True
    """
    begun = history.customers.number * _FAR + history.customers.start
    return np.asarray(np.searchsorted(begun, number * _FAR + month_of(history, day), side="right") - 1)


class Attendance:
    """The months of the records in which accounts were customers to the month's end, row after row.

    Parameters
    ----------
    history : History
    seen : ndarray of bool
        Which rows are exported.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> there = Attendance(history, np.ones(60, dtype=bool))
    >>> place, known = there.find(there.who, there.month)
    >>> bool((place == np.arange(len(place))).all() and known.all())
    True
    """

    def __init__(self, history: History, seen: Flags) -> None:
        self.first = np.maximum(history.customers.start, -history.scenario.first_month)
        until = np.minimum(history.left, history.months)
        self.count = np.where(seen, np.clip(until - self.first, 0, None), 0)
        self.begins = np.cumsum(self.count) - self.count
        self.who = np.repeat(np.arange(len(seen)), self.count)
        self.month = np.arange(len(self.who)) - np.repeat(self.begins - self.first, self.count)

    def find(self, who: Ints, month: Ints) -> tuple[Ints, Flags]:
        """The place of some account-months among all, and whether they are there.

        Parameters
        ----------
        who, month : ndarray of int

        Returns
        -------
        ndarray of int
            0 where there is none.
        ndarray of bool

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
        >>> there = Attendance(history, np.ones(60, dtype=bool))
        >>> there.find(np.array([0]), np.array([-1]))[1].tolist()
        [False]
        """
        since = month - self.first[who]
        known = (since >= 0) & (since < self.count[who])
        return np.where(known, self.begins[who] + since, 0), known
