"""The tables ``community_groups`` and ``community_members``: users of an office who meet in groups.

Members of one office and theme join groups in the order in which they come. A group begins with one or two; it catches
fire with a chance of .45 and grows to six, whereupon the next one begins; otherwise it stays small, takes nobody after
nine months and ends, while its members stay in the community without a group.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.counts import poisson
from cslab.world.observe.calendar import days
from cslab.world.observe.presence import leaving_days
from cslab.world.observe.vocabulary.journey import FORMATS, MEMBER_ROLES, THEMES

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

FULL, IGNITION, SMALL_MONTHS = 6, 0.45, 9
HALF_YEAR = np.timedelta64(180, "D")
_MONTH = np.timedelta64(31, "D")
_STAR, _STAR_LOSS = 0.35, 0.09
"""Chance of an active member to become a star, and what a step of the vendor's steering takes from it."""

_STAR_PLACE = MEMBER_ROLES.index("star")
_ANSWERS = np.array([0.1, 3.0, 12.0])
"""Answers in the first half year of lurkers, active members and stars."""


@dataclass(frozen=True)
class Memberships:
    """Who joined which group when, in the order of office, theme and joining; one entry a member.

    Parameters
    ----------
    history : History
    who : ndarray of int
        Row of the history.
    joined : ndarray of datetime64
    club : ndarray of int
        Office and theme: the office's number times the number of themes, and the theme.
    turn : ndarray of int
        Which group of its office and theme.
    """

    history: History
    who: Ints
    joined: Days
    club: Ints
    turn: Ints

    @classmethod
    def of(cls, history: History) -> Memberships:
        """All memberships of a chunk, also of members lost before the records begin.

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> members = Memberships.of(simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48))
        >>> bool(members.small.any())
        True
        """
        since = history.member_since
        who = np.flatnonzero(history.first & (since < np.minimum(history.left, history.months)))
        number, office = history.customers.number[who], np.asarray(history.blocks)[history.lane[who] // luck.BLOCK]
        theme = np.floor(len(THEMES) * luck.hashed(history.seed, "community.theme", number)).astype(np.int64)
        day = 1 + np.floor(28 * luck.hashed(history.seed, "community.day", number)).astype(np.int64)
        joined, club = days(history.scenario, since[who], day), office * len(THEMES) + theme
        sort = np.lexsort((number, joined, club))
        who, joined, club = who[sort], joined[sort], club[sort]
        return cls(history, who, joined, club, _turns(history.seed, club, joined))

    @cached_property
    def group(self) -> Ints:
        """Place of each member's group among the chunk's groups."""
        return np.cumsum(np.concatenate([[True], np.diff(self.club * _FAR + self.turn) > 0])[: len(self.who)]) - 1

    @cached_property
    def begins(self) -> Ints:
        """Place of the first member of each group."""
        return np.flatnonzero(np.diff(self.group, prepend=-1) > 0)

    @cached_property
    def started(self) -> Days:
        """The day on which each group began."""
        return self.joined[self.begins]

    @cached_property
    def small(self) -> Flags:
        """Which groups never caught fire."""
        return np.asarray(self.drawn("ignition") >= IGNITION)

    def drawn(self, stream: str) -> Floats:
        """A uniform draw for each group.

        Parameters
        ----------
        stream : str
            What is drawn.

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> members = Memberships.of(simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48))
        >>> len(members.drawn("format")) == len(members.begins)
        True
        """
        return _uniform(self.history.seed, stream, self.club[self.begins], self.turn[self.begins])

    @cached_property
    def ended(self) -> Days:
        """The day on which each group ends: months after a slow start, or when the last member has gone."""
        last = np.maximum.reduceat(leaving_days(self.history, self.who), self.begins) if len(self.who) else self.started
        forever = np.datetime64("2262-01-01", "ns")
        return np.where(self.small, _slow_end(self.started), np.where(self.open, forever, last))

    @cached_property
    def open(self) -> Flags:
        """Which groups have a place left, should somebody come in time."""
        sizes = _sizes(self.history.seed, self.club[self.begins], self.turn[self.begins])
        return np.asarray(np.bincount(self.group, minlength=len(self.begins)) < sizes)

    @cached_property
    def steering(self) -> Ints:
        """How much the vendor steers each group, 0-3."""
        return np.floor(4 * self.drawn("steering")).astype(np.int64)


_FAR = 1 << 20
"""More groups than any office and theme has: parts them in a search key."""


def group_columns(records: Records) -> Columns:
    """The columns of ``community_groups``: those that had not ended when the records began.

    A group all of whose members were lost before is there only while it has a place left: somebody may come yet.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        ``group_id`` is a number until the frames are made.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["community_groups"]
    >>> bool((table["vendor_intervention"] <= 3).all())
    True
    """
    members, history = records.memberships, records.history
    early = members.joined <= members.started[members.group] + _MONTH
    size = np.bincount(members.group[early], minlength=len(members.begins))
    end = days(history.scenario, np.array(history.months))
    columns: Columns = {
        "group_id": _number(members)[members.begins],
        "theme": (members.club[members.begins] % len(THEMES)).astype(np.int8),
        "format": np.floor(len(FORMATS) * members.drawn("format")).astype(np.int8),
        "started_on": members.started,
        "start_size": np.where(members.started + _MONTH < end, size, np.nan),
        "vendor_intervention": members.steering,
        "ended_on": np.where(members.ended < end, members.ended, np.datetime64("NaT", "ns")),
    }
    shown = np.bincount(members.group[records.seen[members.who]], minlength=len(members.begins)) > 0
    known = (members.ended >= _first_day(history)) & (shown | members.open)
    return {name: values[known] for name, values in columns.items()}


def member_columns(records: Records) -> Columns:
    """The columns of ``community_members``.

    Active members become stars the less, the more the vendor steers: ``0.35 - 0.09·steering``; the role and the answers
    of the first half year are known after it. Members leave with their group or their account.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        ``role`` is -1 and ``answers_given`` NaN where the half year is not over or was not lived through.

    Source: Manchanda, Packard & Pattabhiramaiah 2015 for posters and lurkers (grade A); sizes are conventions (S).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["community_members"]
    >>> set(table["role"].tolist()) <= {-1, 0, 1, 2}
    True
    """
    members, history = records.memberships, records.history
    number = history.customers.number[members.who]
    gone = np.minimum(leaving_days(history, members.who), members.ended[members.group])
    end = days(history.scenario, np.array(history.months))
    role = _roles(members)
    judged = members.joined + HALF_YEAR < np.minimum(gone, end)
    answers = poisson(luck.hashed(history.seed, "community.answers", number), _ANSWERS[role])
    columns: Columns = {
        "group_id": _number(members),
        "account_id": number,
        "joined_on": members.joined,
        "left_on": np.where(gone < end, gone, np.datetime64("NaT", "ns")),
        "role": np.where(judged, role, -1).astype(np.int8),
        "answers_given": np.where(judged, answers, np.nan),
    }
    kept = np.flatnonzero(_kept(records))
    return {name: values[kept] for name, values in columns.items()}


def _kept(records: Records) -> Flags:
    """Which members the records know: exported ones who were there when the records began, or later."""
    members = records.memberships
    goes_on = members.ended[members.group] >= _first_day(records.history)
    return np.asarray(records.seen[members.who] & goes_on)


def _first_day(history: History) -> Days:
    """The first day of the records."""
    return days(history.scenario, np.array(-history.scenario.first_month))


def _roles(members: Memberships) -> Ints:
    """Lurker, active member or star."""
    history = members.history
    active = history.customers.beginnings.community_active[members.who]
    chance = _STAR - _STAR_LOSS * members.steering[members.group]
    star = luck.hashed(history.seed, "community.star", history.customers.number[members.who]) < chance
    return np.where(active, np.where(star, _STAR_PLACE, _STAR_PLACE - 1), 0)


def _number(members: Memberships) -> Ints:
    """The number of each member's group in the whole company."""
    return members.club * 1000 + members.turn


def _turns(seed: int, club: Ints, joined: Days) -> Ints:
    """Which group of its office and theme each member comes into; members are in the order of joining, by club.

    A group is full, or small and over: the next who comes begins the next one. So one group of all clubs at a time.
    """
    clubs, first, place, count = np.unique(club, return_index=True, return_inverse=True, return_counts=True)
    key, begins, turn = place * _FAR + _day(joined), np.zeros(len(club), dtype=np.int64), 0
    at, last, going = first.copy(), first + count, np.arange(len(clubs))
    while len(going := going[at[going] < last[going]]):
        here, of = at[going], (clubs[going], np.full(len(going), turn))
        begins[here] = 1
        over = np.searchsorted(key, going * _FAR + _day(_slow_end(joined[here])))
        in_time = np.where(_ignited(seed, *of), last[going], np.minimum(over, last[going]))
        at[going], turn = np.minimum(here + _sizes(seed, *of), in_time), turn + 1
    begun = np.cumsum(begins)
    return np.asarray(begun - begun[first[place]])


def _slow_end(started: Days) -> Days:
    """The day on which groups end that did not catch fire."""
    return np.asarray((started.astype("M8[M]") + SMALL_MONTHS).astype("M8[ns]"))


def _day(day: Days) -> Ints:
    """Days as whole numbers."""
    return np.asarray(day.astype("M8[D]").astype(np.int64))


def _ignited(seed: int, club: Ints, turn: Ints) -> Flags:
    """Which groups catch fire."""
    return np.asarray(_uniform(seed, "ignition", club, turn) < IGNITION)


def _sizes(seed: int, club: Ints, turn: Ints) -> Ints:
    """How many companies a group takes: six where it catches fire, else the one or two that began it."""
    seeds = 1 + np.floor(2 * _uniform(seed, "seeds", club, turn)).astype(np.int64)
    return np.where(_ignited(seed, club, turn), FULL, seeds)


def _uniform(seed: int, stream: str, club: Ints, turn: Ints) -> Floats:
    """Uniform draws addressed by office with theme, and by which group of theirs it is."""
    return luck.hashed(seed, f"community.{stream}", club, turn)
