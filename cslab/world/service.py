"""What the CSMs of an office get to: hours shared out month by month, reactive work first, planned touch after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.rates import rates
from cslab.world.signals import Alerts, Firings, Red, Usage, usage_draws
from cslab.world.team import Staff, share_served

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.run import Run
    from cslab.world.signals import Luck
    from cslab.world.team import Team
    from cslab.world.touch import Touch

COUPLINGS = ("capacity", "firefighting", "alerts")
"""How an office may share out its hours: all on planned touch, first on red accounts, first on alerts."""

GIVEN = ("pull", "reengage", "meeting", "maturing")
"""What touch changes of an account's rates."""


@dataclass(frozen=True)
class Sharing:
    """How an office shares out its hours.

    Parameters
    ----------
    kind : str
        One of ``COUPLINGS``.
    helps : bool
        Whether reactive work brings anybody back; it takes its hours all the same.

    >>> Sharing("capacity").helps
    True
    """

    kind: str
    helps: bool = True


@dataclass(frozen=True)
class Work:
    """What the CSMs of some offices did; an array of (months, offices) each, unless said.

    Parameters
    ----------
    kind : str
        How hours were shared out, one of ``COUPLINGS``.
    capacity : ndarray of float
        Hours that there were.
    planned, reactive : ndarray of float
        Hours called for.
    served, answered : ndarray of float
        The share of them that was done: what was done is ``planned * served`` and ``reactive * answered``.
    worked : tuple of ndarray of int
        Places of accounts in the chunk (``history.lane``) and months of reactive work, by month and account.
    fired : Firings
        Alerts, where there are any.
    teams : tuple of Team
        Of each office.
    """

    kind: str
    capacity: Floats
    planned: Floats
    reactive: Floats
    served: Floats
    answered: Floats
    worked: tuple[Ints, Ints]
    fired: Firings
    teams: tuple[Team, ...]

    def unserved_at(self, lane: Ints, month: Ints) -> Floats:
        """The share of planned touch that accounts did without, in some months.

        Parameters
        ----------
        lane, month : ndarray of int
            Places of accounts in the chunk, and months; those not simulated count as served.

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> history = simulate(preset("tiny"), policy("capacity"), 1, range(1), accounts=60, months=48)
        >>> float(history.work.unserved_at(history.lane, history.customers.start).max())
        0.0
        """
        known = month < len(self.served)
        served = self.served[np.where(known, month, 0), lane // luck.BLOCK]
        return np.where(known, 1 - served, 0.0)


class Given:
    """Rates of accounts, less what their office does not get to. One entry an account, in the order of signing.

    Parameters
    ----------
    run : Run
    sharing : Sharing
    touch : Touch
        What the run's rates rest on.
    """

    def __init__(self, run: Run, sharing: Sharing, touch: Touch) -> None:
        self.run, self.sharing, self.office = run, sharing, run.lane // luck.BLOCK
        self.follow(touch)
        self.unserved, self.works = np.zeros(len(run.order)), np.zeros(len(run.order))

    def follow(self, touch: Touch) -> None:
        """From now on the run's rates rest on this touch.

        Parameters
        ----------
        touch : Touch

        >>> from cslab.world.customers import draw
        >>> from cslab.world.policy import policy
        >>> from cslab.world.run import Run
        >>> from cslab.world.scenario import preset
        >>> tiny, capacity = preset("tiny"), policy("capacity")
        >>> people = draw(tiny, seed=1, blocks=range(1), accounts=60)
        >>> run = Run(tiny, capacity.touch(tiny, people), 1, range(1), people, months=2, sharing=capacity.sharing)
        >>> run.service.follow(policy("all_high").touch(tiny, people))
        >>> set(run.service.back.tolist()), set(run.service.planned.tolist())
        ({0.3}, {6.5})
        """
        run, s, tier = self.run, self.run.scenario, touch.tier[self.run.order]
        tech = rates(s, run.customers, touch.only(()), run.order)
        self.gain = {name: getattr(run.rates, name) - getattr(tech, name) for name in GIVEN}
        self.back = np.array(s.reengage_worked)[tier]
        self.planned, self.reactive = np.array(s.touch_hours)[tier], np.array(s.reactive_hours)[tier]

    def given(self, name: str, full: Floats, some: slice | Ints) -> Floats:
        """A rate as it is given to some accounts this month.

        Parameters
        ----------
        name : str
            One of ``GIVEN``.
        full : ndarray of float
            With all the touch of the tier.
        some : slice or ndarray of int
            Which accounts.

        Returns
        -------
        ndarray of float

        >>> from cslab.world.customers import draw
        >>> from cslab.world.policy import policy
        >>> from cslab.world.run import Run
        >>> from cslab.world.scenario import preset
        >>> tiny, capacity = preset("tiny"), policy("capacity")
        >>> people = draw(tiny, seed=1, blocks=range(1), accounts=60)
        >>> run = Run(tiny, capacity.touch(tiny, people), 1, range(1), people, months=2, sharing=capacity.sharing)
        >>> run.service.unserved[:] = 1.0
        >>> tech = run.service.given("reengage", run.rates.reengage, slice(60))
        >>> bool(np.allclose(tech, tiny.reengage_hazard[0]))
        True
        """
        rate = np.asarray(full - self.gain[name][some] * self.unserved[some])
        if name == "reengage" and self.sharing.helps:
            rate += (self.back[some] - rate) * self.works[some]
        return rate


class Office(Given):
    """The offices of a run as their hours are shared out.

    Parameters
    ----------
    run, sharing, touch
        As for :class:`Given`.
    luck : callable
        The run's draws for what happens now and then.
    noise : ndarray of float, shape (blocks, months, 1024), optional
        Of what is observed of usage, where it is not that of the run's own blocks.
    """

    def __init__(self, run: Run, sharing: Sharing, touch: Touch, luck: Luck, noise: Floats | None = None) -> None:
        super().__init__(run, sharing, touch)
        s = run.scenario
        self.staff = Staff(s, run.seed, run.blocks)
        self.signals: Red | Alerts | None = None
        if sharing.kind != "capacity":
            own = usage_draws(s, run.seed, run.blocks, run.months) if noise is None else noise
            usage = Usage(run, own)
            self.signals = Red(run, usage) if sharing.kind == "firefighting" else Alerts(run, usage, luck)
        self.wanted = np.zeros(len(run.blocks))
        self._months: list[tuple[Floats, ...]] = []
        self._worked: list[tuple[Ints, Ints]] = []

    def begin(self, month: int) -> None:
        """A month begins: CSMs leave and join, and their hours are shared out.

        Parameters
        ----------
        month : int

        >>> from cslab.world.customers import draw
        >>> from cslab.world.policy import policy
        >>> from cslab.world.run import Run
        >>> from cslab.world.scenario import preset
        >>> tiny, capacity = preset("tiny"), policy("capacity")
        >>> people = draw(tiny, seed=1, blocks=range(1), accounts=60)
        >>> run = Run(tiny, capacity.touch(tiny, people), 1, range(1), people, months=2, sharing=capacity.sharing)
        >>> run.service.begin(0)
        >>> float(run.service.unserved.max())
        0.0
        """
        if month:
            self.staff.turn(month, self.wanted)
        weight, hours = self.run.staying(month), self.staff.hours(month)
        takes = weight * self.reactive
        worked = self._worked_on(month, takes, hours)
        planned, reactive = self._by_office(weight * self.planned), self._by_office(takes * worked)
        answered = share_served(hours, reactive)
        served = share_served(np.maximum(hours - answered * reactive, 0), planned)
        self.unserved, self.works = (1 - served)[self.office], answered[self.office] * worked
        self.wanted = planned + reactive
        self._months.append((hours, planned, reactive, served, answered))

    def _by_office(self, hours: Floats) -> Floats:
        """The hours of accounts, added up by office."""
        added = np.bincount(self.office, weights=hours, minlength=len(self.run.blocks))
        return np.asarray(added, dtype=np.float64)

    def _worked_on(self, month: int, takes: Floats, hours: Floats) -> Flags:
        """Which accounts call for reactive work."""
        if self.signals is None:
            return np.zeros(len(takes), dtype=bool)
        worked = self.signals.worked_on(month, takes, hours)
        who = np.flatnonzero(worked)
        self._worked.append((self.run.lane[who], np.full(len(who), month)))
        return worked

    def work(self) -> Work:
        """What has been done so far.

        Returns
        -------
        Work

        >>> from cslab.world.customers import draw
        >>> from cslab.world.policy import policy
        >>> from cslab.world.run import Run
        >>> from cslab.world.scenario import preset
        >>> tiny, capacity = preset("tiny"), policy("capacity")
        >>> people = draw(tiny, seed=1, blocks=range(1), accounts=60)
        >>> run = Run(tiny, capacity.touch(tiny, people), 1, range(1), people, months=2, sharing=capacity.sharing)
        >>> run.service.begin(0)
        >>> run.service.work().capacity.tolist()
        [[130.0]]
        """
        capacity, planned, reactive, served, answered = (np.array(part) for part in zip(*self._months, strict=True))
        none = np.empty(0, np.int64), np.empty(0, np.int64)
        lane, month = (np.concatenate(parts) for parts in zip(none, *self._worked, strict=True))
        sort = np.lexsort((lane, month))
        fired = Firings.of(self.signals.firings if isinstance(self.signals, Alerts) else [])
        teams, worked = tuple(self.staff.teams(self.run.blocks, planned + reactive)), (lane[sort], month[sort])
        return Work(self.sharing.kind, capacity, planned, reactive, served, answered, worked, fired, teams)
