"""What each tier is promised: kinds of contact, the hours they take, and how often they come in each phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.observe.calendar import Days, days
from cslab.world.observe.presence import month_of, signing_days
from cslab.world.observe.tiers import override_days, tier_on
from cslab.world.observe.vocabulary.work import TOUCHES

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Ints
    from cslab.world.observe.records import Records

MINUTES = {
    "qbr": 240.0,
    "f2f": 180.0,
    "call": 45.0,
    "email": 9.0,
    "training": 36.0,  # a class of 6 hours for 10 people
    "webinar": 18.0,  # 12 hours for 40 accounts
    "newsletter": 0.32,  # 16 hours for 3,000 accounts
}
"""What a contact of each kind takes of the team's time, with preparation, for one account (S)."""

EVENTS = ("training", "webinar", "newsletter")
"""What an office does on one day for all who take part."""


@dataclass(frozen=True)
class Habit:
    """How often a kind of contact comes in a month, for tech, mid and high touch.

    Parameters
    ----------
    kind : str
        Key of ``MINUTES``.
    onboarding, later : tuple of float
        Until the account is onboarded, and from then on.

    >>> Habit("call", (0, 2, 2), (0, 0.5, 1)).later[1]
    0.5
    """

    kind: str
    onboarding: tuple[float, float, float]
    later: tuple[float, float, float]


HABITS = (
    Habit("qbr", (0, 0, 0), (0, 1 / 8, 1 / 3)),
    Habit("f2f", (0, 0, 2), (0, 0, 0.65)),
    Habit("call", (0.1, 2, 3), (0.03, 0.66, 1.93)),
    Habit("email", (0.5, 1.5, 2), (0.15, 0.6, 1.2)),
    Habit("training", (0.3, 1, 2), (0.05, 0.1, 0.3)),
    Habit("webinar", (0.1, 0.1, 0), (0.08, 0.1, 0.1)),
    Habit("newsletter", (1, 0, 0), (1, 0, 0)),
)
"""The cadence of each tier (S): with what comes unplanned, it takes the tier's hours a month (V)."""

USUAL_HOURS = (0.15, 1.6, 6.5)
"""The hours of a month that the cadence is made for; where the scenario's differ, contacts are as much more or less."""

FINE = 4096
"""Parts of a contact in which a cadence is counted: whole numbers add up the same however accounts are grouped."""


@dataclass(frozen=True)
class Planned:
    """Contacts of one kind that a cadence calls for, an entry each.

    Parameters
    ----------
    who, month : ndarray of int
        Row of the history and month.
    turn : ndarray of int
        Which of its kind in that month, from 0.
    since : ndarray of datetime64[D]
        First day of that month on which it can be.

    >>> Planned(*(np.empty(0),) * 4).who.size
    0
    """

    who: Ints
    month: Ints
    turn: Ints
    since: Days


class Cadence:
    """The contacts that were planned for the customers of a chunk, month by month of the records.

    Each kind comes when its rate, added up over the months, reaches the next whole number: regularly, and on average
    exactly as often as the rate says.

    Parameters
    ----------
    records : Records

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("all_high"), 1, range(1), accounts=60, months=48)
    >>> sorted(set(Cadence(observe(history)).tier.tolist()))
    [2]
    """

    def __init__(self, records: Records) -> None:
        self.records, self.history = records, records.history
        self.who, self.month = records.there.who, records.there.month
        self.since = _opening(self.history, self.who, self.month)
        self.tier = tier_on(self.history, self.who, self.since)
        self.place = 3 * ~onboarding(self.history, self.who, self.month) + self.tier

    def of(self, habit: Habit) -> Planned:
        """The contacts of one kind.

        Parameters
        ----------
        habit : Habit

        Returns
        -------
        Planned
            By account and month.

        >>> from cslab.world.observe import observe
        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> history = simulate(preset("tiny"), policy("all_high"), 1, range(1), accounts=60, months=48)
        >>> reviews = Cadence(observe(history)).of(HABITS[0])
        >>> set(np.diff(reviews.month[reviews.who == reviews.who[0]]).tolist())
        {3}
        """
        ordinal = TOUCHES.index(habit.kind)
        rate = _rates(self.history, habit)[self.place]
        until = np.cumsum(rate)
        offset = np.append(0, until)[self.records.there.begins]
        draws = luck.hashed(self.history.seed, "touches.phase", self.history.customers.number, self._spell(), ordinal)
        until += (np.floor(FINE * draws).astype(np.int64) - offset)[self.who]
        count = until // FINE - (until - rate) // FINE
        here = np.repeat(np.arange(len(count)), count)
        turn = np.arange(len(here)) - np.searchsorted(here, here)
        return Planned(self.who[here], self.month[here], turn, self.since[here])

    def _spell(self) -> Ints:
        """Which spell of its account each row is: an address for draws."""
        return self.history.customers.start


def onboarding(history: History, who: Ints, month: Ints) -> Flags:
    """Whether some accounts are looked after as new ones in some months: until onboarded, at most twice the usual time.

    Parameters
    ----------
    history : History
    who, month : ndarray of int

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> bool(onboarding(history, np.arange(60), history.customers.start + 8).any())
    False
    """
    return np.asarray(month < history.settled[who])


def first_days(history: History) -> Days:
    """The first day of every month of a history and of the month after it, by month.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> first_days(history)[[40, 88]].astype(str).tolist()
    ['2021-04-01', '2025-04-01']
    """
    return days(history.scenario, np.arange(history.months + 1)).astype("M8[D]")


def _opening(history: History, who: Ints, month: Ints) -> Days:
    """The first day of each month on which the account is there, in the tier that it then has."""
    everyone = np.arange(len(history.tier))
    signed, moved = (of(history, everyone).astype("M8[D]") for of in (signing_days, override_days))
    month_moved = month_of(history, moved)
    moves = (history.touch.decided == 1) & (month_moved > history.customers.start) & (month_moved >= history.retiered)
    turned = np.where(moves, moved, signed)
    there = np.where(month == month_of(history, turned)[who], turned[who], signed[who])
    return np.maximum(first_days(history)[month], there)


def _rates(history: History, habit: Habit) -> Ints:
    """A habit's rates in parts: until onboarded tech, mid, high, then later."""
    times = np.array(history.scenario.touch_hours) / USUAL_HOURS
    rates = np.array([habit.onboarding, habit.later]) * times
    return np.round(FINE * rates).astype(np.int64).ravel()
