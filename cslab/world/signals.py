"""What an office sees of its accounts, and what it goes after: red accounts, or alerts with plays and a hold-out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.history import NEVER
from cslab.world.rates import logistic

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.run import Run
    from cslab.world.scenario import Scenario

PLAY_MONTHS = 3
"""Months that a play takes; an account has no other alert meanwhile, whether it was acted on or not."""

LOOKED_BACK = 4
"""Months of usage that an alert looks at: two against the two before."""

Luck = Callable[[str, int, "Ints"], "Floats"]
"""Draws for what happens now and then: stream, month, positions of accounts."""


@dataclass(frozen=True)
class Firings:
    """Alerts that fired, one entry each, by month and account.

    Parameters
    ----------
    lane : ndarray of int
        Place of the account in its chunk.
    month : ndarray of int
    held, acted : ndarray of bool
        Held out on purpose; acted on. Neither: there was no time.
    """

    lane: Ints
    month: Ints
    held: Flags
    acted: Flags

    @classmethod
    def of(cls, parts: Sequence[tuple[Ints, Ints, Flags, Flags]]) -> Firings:
        """All alerts of some months, by month and account.

        >>> Firings.of([]).lane.tolist()
        []
        """
        none = np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, bool), np.empty(0, bool)
        lane, month, held, acted = (np.concatenate(part) for part in zip(none, *parts, strict=True))
        sort = np.lexsort((lane, month))
        return cls(lane[sort], month[sort], held[sort], acted[sort])


def usage_draws(scenario: Scenario, seed: int, blocks: Sequence[int], months: int) -> Floats:
    """The noise of what is observed of usage: that of ``usage_monthly``, and one of its own before the records begin.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    blocks : sequence of int
    months : int
        From the scenario's first month.

    Returns
    -------
    ndarray of float, shape (blocks, months, 1024)

    >>> from cslab.world.scenario import preset
    >>> seen = usage_draws(preset("tiny"), 1, [0], 42)
    >>> bool((seen[:, 40:] == luck.normals(1, "usage.wau", [0], 2)).all())
    True
    """
    before = min(-scenario.first_month, months)
    earlier = luck.normals(seed, "csm.usage", blocks, before)
    return np.concatenate([earlier, luck.normals(seed, "usage.wau", blocks, months - before)], axis=1)


class Usage:
    """The WAU ratio of a run's accounts as observed, in the order of signing.

    Parameters
    ----------
    run : Run
    draws : ndarray of float, shape (blocks, months, 1024)
        As :func:`usage_draws` makes them.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.policy import policy
    >>> from cslab.world.run import Run
    >>> from cslab.world.scenario import preset
    >>> tiny, people = preset("tiny"), draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
    >>> run = Run(tiny, policy("rule").touch(tiny, people), 1, range(1), people, months=2)
    >>> run.step(0)
    >>> Usage(run, usage_draws(tiny, 1, range(1), 2)).ratio(0).max() <= 1
    np.True_
    """

    def __init__(self, run: Run, draws: Floats) -> None:
        self.run, self.draws = run, draws
        self._known: dict[int, Floats] = {}

    def ratio(self, month: int) -> Floats:
        """The share of active seats in a month; 0 of those who had not signed.

        Parameters
        ----------
        month : int
            One that the run has gone through.

        Returns
        -------
        ndarray of float

        >>> from cslab.world.customers import draw
        >>> from cslab.world.policy import policy
        >>> from cslab.world.run import Run
        >>> from cslab.world.scenario import preset
        >>> tiny, people = preset("tiny"), draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
        >>> run = Run(tiny, policy("rule").touch(tiny, people), 1, range(1), people, months=9)
        >>> for month in range(9):
        ...     run.step(month)
        >>> bool(((Usage(run, usage_draws(tiny, 1, range(1), 9)).ratio(8) > 0) == (run.start <= 8)).all())
        True
        """
        if month not in self._known:
            self._known = {one: ratio for one, ratio in self._known.items() if one > month - LOOKED_BACK}
            self._known[month] = self._ratio(month)
        return self._known[month]

    def _ratio(self, month: int) -> Floats:
        """The same, not yet known."""
        s, there = self.run.scenario, slice(self.run.signed[month + 1])
        noise = np.take(self.draws[:, month].reshape(-1), self.run.lane[there])
        ratio = np.zeros(len(self.run.lane))
        value = self.run.value[month, there] + s.usage_noise * noise
        lifted = self.run.programmes.shift("usage", month, there)
        ratio[there] = logistic(s.usage_base + s.usage_value * value + lifted)
        return ratio


class Red:
    """Accounts whose usage was low last month.

    Parameters
    ----------
    run : Run
    usage : Usage
    """

    def __init__(self, run: Run, usage: Usage) -> None:
        self.run, self.usage = run, usage

    def worked_on(self, month: int, takes: Floats, hours: Floats) -> Flags:
        """Who is red.

        Parameters
        ----------
        month : int
        takes : ndarray of float
            Hours that reactive work on each account takes; 0 where it is not there.
        hours : ndarray of float
            Hours that each office has.

        Returns
        -------
        ndarray of bool

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> work = simulate(preset("tiny"), policy("firefighting"), 1, range(1), accounts=60, months=48).work
        >>> len(work.worked[0]) > 0
        True
        """
        if not month:
            return np.zeros(len(takes), dtype=bool)
        low = self.usage.ratio(month - 1) < self.run.scenario.red_usage
        return low & (takes > 0) & (self.run.start < month)


class Alerts:
    """Accounts whose usage has fallen for two months, their hold-out, and the plays on the others.

    Parameters
    ----------
    run : Run
    usage : Usage
    luck : callable
        Stream, month and accounts to draws.
    """

    def __init__(self, run: Run, usage: Usage, luck: Luck) -> None:
        self.run, self.usage, self.luck = run, usage, luck
        self.fired, self.until = np.full(len(run.lane), -NEVER), np.full(len(run.lane), -NEVER)
        self.firings: list[tuple[Ints, Ints, Flags, Flags]] = []

    def worked_on(self, month: int, takes: Floats, hours: Floats) -> Flags:
        """Who has a play this month: begun now, or not yet over.

        Parameters
        ----------
        month : int
        takes : ndarray of float
            Hours that reactive work on each account takes; 0 where it is not there.
        hours : ndarray of float
            Hours that each office has.

        Returns
        -------
        ndarray of bool

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> work = simulate(preset("tiny"), policy("alerts"), 1, range(1), accounts=60, months=48).work
        >>> bool((work.fired.held & work.fired.acted).any()), len(work.fired.lane) > 0
        (False, True)
        """
        s, who = self.run.scenario, np.flatnonzero(self._fires(month) & (takes > 0))
        running = (self.until > month) & (takes > 0)
        office = self.run.lane // luck.BLOCK
        left = s.alert_hours * hours - np.bincount(office, weights=takes * running, minlength=len(hours))
        held = self.luck("alerts.holdout", month, who) < s.alert_holdout
        acted = ~held
        acted[~held] = self._affordable(who[~held], takes, left)
        self.fired[who], self.until[who[acted]] = month, month + PLAY_MONTHS
        self.firings.append((self.run.lane[who], np.full(len(who), month), held, acted))
        return (self.until > month) & (takes > 0)

    def _fires(self, month: int) -> Flags:
        """Usage was low in the last two months against the two before, and the last alert is some time ago."""
        begun = self.run.start + LOOKED_BACK <= month
        if not begun.any():
            return begun
        last, before, third, fourth = (self.usage.ratio(month - back) for back in range(1, LOOKED_BACK + 1))
        limit = (1 - self.run.scenario.alert_drop) * (third + fourth) / 2
        return begun & (last <= limit) & (before <= limit) & (self.fired + PLAY_MONTHS <= month)

    def _affordable(self, who: Ints, takes: Floats, left: Floats) -> Flags:
        """For whom there are hours left, from the largest MRR down until they are used up, office by office."""
        office = self.run.lane[who] // luck.BLOCK
        sort = np.lexsort((self.run.lane[who], -self.run.mrr[who], office))
        rank = np.arange(len(who)) - np.searchsorted(office[sort], office[sort])
        queue = np.zeros((len(left), len(who)))
        queue[office[sort], rank] = takes[who[sort]]
        fits = np.empty(len(who), dtype=bool)
        fits[sort] = (queue.cumsum(axis=1) <= left[:, None])[office[sort], rank]
        return fits
