"""Which CSM looks after which account: one each for mid and high touch, the whole office for tech touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.addons.skill import LEVELS, csm_levels, suitable
from cslab.world.team import PLACES

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.team import Team

FULL = 0.01
"""What counts as free of the hours of a CSM who has none left: somebody has to take the account."""


@dataclass(frozen=True)
class Care:
    """Who looked after which account when: stints, by account and time. Months count from the scenario's first.

    Parameters
    ----------
    who : ndarray of int
        Position of the account in its chunk; tech touch has no stint.
    since, until : ndarray of int
        First month, and first month no longer so: the account or the CSM has left, or ``history.months``.
    csm : ndarray of int
        The CSM's number.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> from cslab.world.team import teams
    >>> history = simulate(preset("tiny"), policy("all_high"), 1, range(1), accounts=60, months=48)
    >>> stints = care(history, teams(history))
    >>> first = stints.at(np.arange(60), history.customers.start)
    >>> bool((first[history.customers.start < history.months] >= 0).all())
    True
    """

    who: Ints
    since: Ints
    until: Ints
    csm: Ints

    def at(self, who: Ints, month: Ints) -> Ints:
        """The CSM of some accounts in some months; negative where an account has none of its own.

        Parameters
        ----------
        who, month : ndarray of int, of one shape
            Positions of accounts, and months.

        Returns
        -------
        ndarray of int

        >>> one = Care(np.array([7]), np.array([3]), np.array([9]), np.array([12]))
        >>> one.at(np.array([7, 7, 7, 8]), np.array([2, 3, 9, 3])).tolist()
        [-1, 12, -1, -1]
        """
        if not len(self.who):
            return np.full(np.shape(who), -1)
        wide = int(max(self.since.max(), np.max(month, initial=0))) + 2
        place = np.searchsorted(self.who * wide + self.since, who * wide + month, side="right") - 1
        covers = (place >= 0) & (self.who[place] == who) & (month < self.until[place])
        return np.where(covers, self.csm[place], -1)


def care(history: History, teams: Sequence[Team]) -> Care:
    """Hand the accounts of mid and high touch to CSMs at signing, and again where their CSM leaves.

    An account gets a CSM of the level of skill that it has drawn, or of the nearest to it where none of them has time;
    of these, who has more hours free is the likelier to get it (one draw an account and month). Nobody else's account
    moves.

    Parameters
    ----------
    history : History
    teams : sequence of Team
        Of the offices of the chunk. For an example see :class:`Care`.

    Returns
    -------
    Care

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> from cslab.world.team import teams
    >>> history = simulate(preset("tiny"), policy("all_tech"), 1, range(1), accounts=60, months=48)
    >>> len(care(history, teams(history)).who)
    0
    """
    desks = _Desks(history, teams)
    for month in range(history.months):
        desks.hand_out(month)
    return desks.stints()


def anybody(history: History, teams: Sequence[Team], who: Ints, month: Ints, ordinal: Ints) -> Ints:
    """A CSM of the office for a touch that anybody may do: rather one who has more hours that month.

    Parameters
    ----------
    history : History
    teams : sequence of Team
    who, month, ordinal : ndarray of int, of one shape
        Positions of accounts, months, and which touch of that account and month it is.

    Returns
    -------
    ndarray of int
        The CSM's number; negative where the office has nobody that month.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> from cslab.world.team import teams
    >>> history = simulate(preset("tiny"), policy("all_tech"), 1, range(1), accounts=60, months=48)
    >>> accounts, months = np.arange(60), np.full(60, 20)
    >>> bool((anybody(history, teams(history), accounts, months, months) >= 0).all())
    True
    """
    widest = max(len(team.number) for team in teams)
    ends = np.zeros((len(teams), history.months, widest))
    for place, team in enumerate(teams):
        ends[place, :, : len(team.number)] = team.hours(np.arange(history.months))
    ends = ends.cumsum(axis=2)
    office = history.lane[who] // luck.BLOCK
    draws = luck.hashed(history.seed, "csm.anybody", history.customers.number[who], month, ordinal)
    return _numbers(history, office, _picked(ends.reshape(-1, widest), office * history.months + month, draws))


def _picked(ends: Floats, row: Ints, draws: Floats) -> Ints:
    """On whose share of the running sums of its row each draw falls; negative where there is nothing to share.

    By halving: draws times shares would fill the memory of a large team.
    """
    total, wide = ends[row, -1], ends.shape[1]
    goal, low, high = draws * total, np.zeros(len(row), dtype=np.int64), np.full(len(row), wide)
    for _ in range(wide.bit_length()):
        middle = (low + high) // 2
        beyond = (middle < high) & (goal >= ends[row, np.minimum(middle, wide - 1)])
        low, high = np.where(beyond, middle + 1, low), np.where(beyond, high, middle)
    return np.where(total > 0, low, -1)


def _numbers(history: History, office: Ints, ordinal: Ints) -> Ints:
    """The numbers of CSMs in the whole company."""
    return np.where(ordinal < 0, -1, np.array(history.blocks)[office] * PLACES + ordinal)


def _named(history: History) -> tuple[Ints, Ints]:
    """First month of each account in mid or high touch, and first month no longer so."""
    later, before = history.tier > 0, history.touch.first > 0
    turn = np.minimum(history.retiered, history.left)
    start = np.where(later & ~before, turn, history.customers.start)
    return start, np.where(later, history.left, turn)


class _Desks:
    """The accounts of mid and high touch and whose they are, while the months go by; one entry an account."""

    def __init__(self, history: History, teams: Sequence[Team]) -> None:
        self.history, self.who = history, np.flatnonzero((history.tier > 0) | (history.touch.first > 0))
        self.start, self.left = (months[self.who] for months in _named(history))
        self.office = history.lane[self.who] // luck.BLOCK
        self.each = np.array(history.scenario.touch_hours)
        self.shape = len(teams), max(len(team.number) for team in teams)
        self.hours = np.zeros((history.months, *self.shape))
        for place, team in enumerate(teams):
            self.hours[:, place, : len(team.number)] = team.hours(np.arange(history.months))
        offices = np.array(history.blocks)[:, None]
        self.skill = csm_levels(history.scenario, history.seed, offices, np.arange(self.shape[1]))
        self.wants = LEVELS.index(0) + history.customers.beginnings.csm_level[self.who]
        self.csm = np.full(len(self.who), -1)
        self.begun: list[tuple[Ints, Ints, Ints]] = []

    def hand_out(self, month: int) -> None:
        """A month begins: accounts without a CSM who is there get one."""
        there = (self.start <= month) & (month < self.left)
        kept = there & (self.csm >= 0)
        kept[kept] = self.hours[month][self.office[kept], self.csm[kept]] > 0
        without = np.flatnonzero(there & ~kept)
        if len(without):
            row = self.wants[without] * self.shape[0] + self.office[without]
            number = self.history.customers.number[self.who[without]]
            draws = luck.hashed(self.history.seed, "csm.assigned", number, month)
            self.csm[without] = _picked(self._ends(month, kept), row, draws)
            self.begun.append((without, np.full(len(without), month), self.csm[without]))

    def _ends(self, month: int, kept: Flags) -> Floats:
        """Running sums of what each CSM has free for an account, a row a level that it wants and an office."""
        hours, free = self.hours[month], self._free(month, kept)
        weight = np.where(suitable(self.skill, hours, free), np.maximum(free, FULL * hours), 0.0)
        return np.asarray(weight.cumsum(axis=2).reshape(-1, self.shape[1]))

    def _free(self, month: int, kept: Flags) -> Floats:
        """Hours that each CSM has free in a month, by office."""
        desk = self.office[kept] * self.shape[1] + self.csm[kept]
        takes = self.each[self.history.tier_at(self.who[kept], np.array(month))]
        used = np.bincount(desk, weights=takes, minlength=self.shape[0] * self.shape[1])
        return np.asarray(np.maximum(self.hours[month] - used.reshape(self.shape), 0.0))

    def stints(self) -> Care:
        """All stints, by account and time."""
        none = np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64)
        place, since, csm = (np.concatenate(parts) for parts in zip(none, *self.begun, strict=True))
        sort = np.lexsort((since, place))
        place, since, csm = place[sort], since[sort], csm[sort]
        after = np.append(since[1:], 0)
        again = np.append(place[1:] == place[:-1], False) if len(place) else np.empty(0, bool)
        ends = np.minimum(self.left[place], self.history.months)
        until = np.where(again, after[: len(place)], ends)
        return Care(self.who[place], since, until, _numbers(self.history, self.office[place], csm))
