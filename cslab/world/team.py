"""The CSMs of an office: hired by load, slow at first, leaving now and then; each with so many hours a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.history import NEVER

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.scenario import Scenario

RAMP = 3
"""Months until a new CSM does a full month's work: a quarter, half, three quarters of it (S)."""

PLACES = 1000
"""CSMs that an office has in all its time at most: their numbers begin with the office's."""

SPECIALTIES = ("generalist", "onboarding", "technical", "commercial")
SPECIALTY_SHARES = (0.40, 0.25, 0.20, 0.15)


@dataclass(frozen=True)
class Team:
    """The CSMs of one office, one entry a CSM in the order of hiring. Months count from the scenario's first.

    Parameters
    ----------
    scenario : Scenario
    office : int
        The office's block of accounts.
    number : ndarray of int
        The CSM's number in the whole company.
    joined, left : ndarray of int
        First month of work (negative: was there before the company's first), first month no longer there, or ``NEVER``.
    specialty : ndarray of int
        Place in ``SPECIALTIES``.
    wanted : ndarray of float, shape (months,)
        Hours that the office's accounts called for, by month.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> (team,) = teams(simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48))
    >>> int(team.joined[0]), float(team.capacity(0))
    (-3, 130.0)
    """

    scenario: Scenario
    office: int
    number: Ints
    joined: Ints
    left: Ints
    specialty: Ints
    wanted: Floats

    def hours(self, month: Ints | int) -> Floats:
        """Hours with customers that each CSM has in some months.

        Parameters
        ----------
        month : int or ndarray of int

        Returns
        -------
        ndarray of float, shape (..., CSMs)

        >>> from cslab.world.scenario import preset
        >>> new, none = np.array([5]), np.array([0])
        >>> team = Team(preset("tiny"), 0, none, new, new + 9, none, np.zeros(1))
        >>> team.hours(np.array([4, 5, 6, 8, 14])).ravel().tolist()
        [0.0, 32.5, 65.0, 130.0, 0.0]
        """
        month = np.asarray(month)[..., None]
        return self.scenario.csm_hours * pace(month, self.joined, self.left)

    def capacity(self, month: Ints | int) -> Floats:
        """Hours with customers that the office has in some months.

        Parameters
        ----------
        month : int or ndarray of int

        Returns
        -------
        ndarray of float, shape (...)

        >>> from cslab.world.scenario import preset
        >>> Staff(preset("tiny"), 1, [3]).teams([3], np.zeros((1, 1)))[0].capacity(np.array([0, 5])).tolist()
        [130.0, 130.0]
        """
        return np.asarray(self.hours(month).sum(axis=-1))

    def served(self, month: Ints | int) -> Floats:
        """The share of the wanted hours for which there is time, in some months.

        Parameters
        ----------
        month : int or ndarray of int

        Returns
        -------
        ndarray of float, shape (...)

        >>> from cslab.world.scenario import preset
        >>> old, none = np.array([-3]), np.array([0])
        >>> team = Team(preset("tiny"), 0, none, old, old + 99, none, np.array([100.0, 260.0]))
        >>> team.served(np.array([0, 1])).tolist()
        [1.0, 0.5]
        """
        return share_served(self.capacity(month), self.wanted[month])


def pace(month: Ints | int, joined: Ints, left: Ints) -> Floats:
    """The share of a full month's work that CSMs do in a month: less while they are new, none before and after.

    Parameters
    ----------
    month, joined, left : int or ndarray of int, of shapes that broadcast

    Returns
    -------
    ndarray of float

    >>> pace(np.array([2, 3, 4, 5, 6, 7]), np.array(3), np.array(7)).tolist()
    [0.0, 0.25, 0.5, 0.75, 1.0, 0.0]
    """
    there = (joined <= month) & (month < left)
    return np.where(there, np.clip((month - joined + 1) / (RAMP + 1), 0, 1), 0.0)


def share_served(hours: Floats, wanted: Floats) -> Floats:
    """The share of the wanted hours for which there is time: all of nothing.

    >>> share_served(np.array([130.0, 130.0, 0.0]), np.array([65.0, 260.0, 0.0])).tolist()
    [1.0, 0.5, 1.0]
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.where(wanted > hours, hours / wanted, 1.0)


class Staff:
    """The CSMs of several offices while the months go by.

    Each office starts with one CSM of experience. In a month some leave, then the office hires until it has
    ``csm_team`` times the heads for whom the load of the month before is ``csm_load`` of their hours. Nobody is let go.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    offices : sequence of int
        Blocks of accounts.

    >>> from cslab.world.scenario import preset
    >>> staff = Staff(preset("tiny"), 1, range(2))
    >>> staff.turn(1, np.array([0.0, 250.0]))
    >>> staff.hours(1).tolist()
    [130.0, 195.0]
    """

    def __init__(self, scenario: Scenario, seed: int, offices: Sequence[int]) -> None:
        self.scenario, self.seed, self.address = scenario, seed, np.array(offices, dtype=np.int64)
        self.joined, self.left = (np.full((len(offices), 8), NEVER) for _ in range(2))
        self.joined[:, 0], self.count = -RAMP, np.ones(len(offices), dtype=np.int64)

    @classmethod
    def of(cls, teams: Sequence[Team], seed: int, offices: Sequence[int]) -> Staff:
        """The CSMs of some teams, to go on with at another address of luck.

        Parameters
        ----------
        teams : sequence of Team
        seed : int
        offices : sequence of int
            Blocks of accounts at that address, one a team.

        >>> from cslab.world.scenario import preset
        >>> team = Staff(preset("tiny"), 1, [3]).teams([3], np.zeros((1, 1)))
        >>> Staff.of(team * 2, 1, range(2)).hours(0).tolist()
        [130.0, 130.0]
        """
        staff = cls(teams[0].scenario, seed, offices)
        staff.count = np.array([len(team.number) for team in teams])
        staff.joined, staff.left = (np.full((len(teams), int(staff.count.max())), NEVER) for _ in range(2))
        for place, team in enumerate(teams):
            staff.joined[place, : len(team.number)], staff.left[place, : len(team.number)] = team.joined, team.left
        return staff

    def turn(self, month: int, load: Floats) -> None:
        """A month begins: some leave, others are hired.

        Parameters
        ----------
        month : int
        load : ndarray of float
            Hours wanted in the month before, by office.

        >>> from cslab.world.scenario import preset
        >>> staff = Staff(preset("tiny"), 1, [0])
        >>> staff.turn(1, np.array([1170.0]))
        >>> staff.joined[0, :10].tolist().count(1)
        9
        """
        there = self._there(month)
        draws = luck.hashed(self.seed, "csm.leaves", self.address[:, None], month, np.arange(there.shape[1]))
        hazard = 1 - (1 - self.scenario.csm_leaves_per_year) ** (1 / 12)
        self.left[there & (draws < hazard)] = month
        self._hire(month, self._heads(load) - self._there(month).sum(axis=1))

    def hours(self, month: int) -> Floats:
        """Hours with customers that each office has in a month.

        Parameters
        ----------
        month : int

        Returns
        -------
        ndarray of float

        >>> from cslab.world.scenario import preset
        >>> Staff(preset("tiny"), 1, range(2)).hours(0).tolist()
        [130.0, 130.0]
        """
        return np.asarray(self.scenario.csm_hours * pace(month, self.joined, self.left).sum(axis=1))

    def teams(self, offices: Sequence[int], wanted: Floats) -> list[Team]:
        """The team of each office.

        Parameters
        ----------
        offices : sequence of int
        wanted : ndarray of float, shape (months, offices)
            Hours that the accounts called for.

        >>> from cslab.world.scenario import preset
        >>> Staff(preset("tiny"), 1, [3]).teams([3], np.zeros((1, 1)))[0].number.tolist()
        [3000]
        """
        found = []
        for place, office in enumerate(offices):
            ordinal = np.arange(self.count[place])
            draws = luck.hashed(self.seed, "csm.specialty", office, 0, ordinal)
            specialty = np.searchsorted(np.cumsum(SPECIALTY_SHARES)[:-1], draws, side="right")
            spans = self.joined[place, ordinal], self.left[place, ordinal]
            found.append(Team(self.scenario, office, office * PLACES + ordinal, *spans, specialty, wanted[:, place]))
        return found

    def _there(self, month: int) -> Flags:
        """Which CSMs are there in a month."""
        return np.asarray((self.joined <= month) & (month < self.left))

    def _heads(self, load: Floats) -> Ints:
        """How many CSMs the load calls for, of whom an office has one at least."""
        s = self.scenario
        heads = np.ceil(s.csm_team * load / (s.csm_load * s.csm_hours))
        return np.clip(heads, 1, PLACES).astype(np.int64)

    def _hire(self, month: int, missing: Ints) -> None:
        """New CSMs, after those whom the office has had so far."""
        after = np.minimum(self.count + np.maximum(missing, 0), PLACES)
        if (short := int(after.max(initial=0)) - self.joined.shape[1]) > 0:
            more = np.full((len(after), 2 * short), NEVER)
            self.joined, self.left = (np.hstack([part, more]) for part in (self.joined, self.left))
        place = np.arange(self.joined.shape[1])
        self.joined[(place >= self.count[:, None]) & (place < after[:, None])] = month
        self.count = after


def wanted_hours(history: History) -> Floats:
    """Hours that the customers of each office call for by their tiers, month by month.

    Parameters
    ----------
    history : History

    Returns
    -------
    ndarray of float, shape (months, offices)

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("all_tech"), 1, range(1), accounts=60, months=48)
    >>> there = (history.customers.start <= 50) & (history.left > 50)
    >>> bool(np.isclose(wanted_hours(history)[50, 0], 0.15 * there.sum()))
    True
    """
    offices, months = len(history.blocks), history.months
    tier = np.concatenate([np.maximum(history.touch.first, 0), history.tier])  # while new, and later
    place = np.tile(history.lane // luck.BLOCK * 3, 2) + tier
    start, end, turn = (
        np.clip(month, 0, months) for month in (history.customers.start, history.left, history.retiered)
    )
    end = np.maximum(start, end)
    turn = np.clip(turn, start, end)
    first, gone = np.concatenate([start, turn]), np.concatenate([turn, end])
    size = offices * 3 * (months + 1)
    moves = np.bincount(place * (months + 1) + first, minlength=size)
    moves -= np.bincount(place * (months + 1) + gone, minlength=size)
    there = moves.reshape(offices, 3, months + 1)[:, :, :months].cumsum(axis=2)
    return np.asarray(np.einsum("otm,t->mo", there, history.scenario.touch_hours))


def teams(history: History) -> list[Team]:
    """The team of each office of a chunk: hired by what its customers call for.

    Parameters
    ----------
    history : History

    Returns
    -------
    list of Team
        In the order of the offices: those that the run had, where its policy shares out their hours.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> len(teams(simulate(preset("default_jp"), policy("rule"), 1, range(2), accounts=1500, months=3)))
    2
    """
    if history.work:
        return list(history.work.teams)
    wanted = wanted_hours(history)
    staff = Staff(history.scenario, history.seed, history.blocks)
    for month in range(1, history.months):
        staff.turn(month, wanted[month - 1])
    return staff.teams(history.blocks, wanted)
