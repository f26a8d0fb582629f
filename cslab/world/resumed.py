"""Offices that share out their hours, where futures begin: the past as it was, and what the future goes on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.service import Given, Office, Sharing
from cslab.world.signals import PLAY_MONTHS, Alerts, usage_draws
from cslab.world.team import Staff, teams

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Ints
    from cslab.world.paths import Paths
    from cslab.world.service import Work
    from cslab.world.signals import Luck
    from cslab.world.touch import Touch


class Replayed(Given):
    """What the offices got to in the past, month by month, for the same accounts in several futures.

    Parameters
    ----------
    run : Paths
    touch : Touch
        What they had then.
    work : Work
        What was done.

    >>> from cslab.world.futures import Ahead, Past
    >>> from cslab.world.paths import Paths
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> past = Past.of(preset("tiny"), range(1), since=60, factual=policy("alerts"))
    >>> ahead = Ahead(past, range(2), horizon=3)
    >>> paths = Paths(ahead, past.touch.at(ahead.place))
    >>> type(paths.service).__name__, paths.walked().shape
    ('Replayed', (3, 2048))
    """

    def __init__(self, run: Paths, touch: Touch, work: Work) -> None:
        super().__init__(run, Sharing(work.kind), touch)
        self.done, self.place = work, run.place
        self.office = run.place // luck.BLOCK

    def begin(self, month: int) -> None:
        """A month as it was done.

        Parameters
        ----------
        month : int

        >>> from cslab.world.futures import Ahead, Past
        >>> from cslab.world.paths import Paths
        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> past = Past.of(preset("tiny"), range(1), since=60, factual=policy("capacity"))
        >>> ahead = Ahead(past, range(1), horizon=3)
        >>> paths = Paths(ahead, past.touch.at(ahead.place))
        >>> paths.service.begin(50)
        >>> bool((1 - paths.service.unserved == past.history.work.served[50]).all())
        True
        """
        lane, months = self.done.worked
        worked = np.zeros(self.done.served.shape[1] * luck.BLOCK, dtype=bool)
        worked[lane[slice(*np.searchsorted(months, [month, month + 1]))]] = True
        self.unserved = 1 - self.done.served[month, self.office]
        self.works = self.done.answered[month, self.office] * worked[self.place]


def resumed(run: Paths, sharing: Sharing, touch: Touch, history: History, luck: Luck) -> Office:
    """The offices where futures begin: with the team of the past, its load, and the plays that are running.

    Parameters
    ----------
    run : Paths
    sharing : Sharing
    touch : Touch
        From now on.
    history : History
        The past, of one future's accounts.
    luck : callable
        The run's draws for what happens now and then.

    Returns
    -------
    Office

    >>> from cslab.world.futures import Ahead, Past
    >>> from cslab.world.paths import Paths
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> past = Past.of(preset("tiny"), range(1), since=60, factual=policy("rule"))
    >>> ahead, capacity = Ahead(past, range(2), horizon=3), policy("capacity")
    >>> paths = Paths(ahead, past.touch.at(ahead.place), capacity.sharing)
    >>> _ = paths.walked()
    >>> len(teams(past.history)[0].number) <= paths.service.staff.count.min()
    np.True_
    """
    past = teams(history)
    again = len(run.blocks) // len(past)
    noise = usage_draws(run.scenario, run.seed, run.blocks, run.months)
    seen = usage_draws(run.scenario, run.seed, history.blocks, run.since)
    noise[:, : run.since] = np.tile(seen, (again, 1, 1))
    offices = Office(run, sharing, touch, luck, noise)
    offices.staff = Staff.of(past * again, run.seed, run.blocks)
    offices.wanted = np.array([team.wanted[-1] for team in past * again])
    if isinstance(offices.signals, Alerts) and history.work:
        _carry_on(offices.signals, history.work, run.place)
    return offices


def _carry_on(alerts: Alerts, work: Work, place: Ints) -> None:
    """Plays go on, and who had an alert has no other for a while."""
    fired = np.full(work.served.shape[1] * luck.BLOCK, alerts.fired.min())
    until = fired.copy()
    fired[work.fired.lane] = work.fired.month  # by month: the last one stays
    acted = work.fired.acted
    until[work.fired.lane[acted]] = work.fired.month[acted] + PLAY_MONTHS
    alerts.fired, alerts.until = fired[place], until[place]
