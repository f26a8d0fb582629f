"""Latent paths under other luck, and the chances along them: of staying, of growing, of shrinking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world import luck
from cslab.world.history import NEVER
from cslab.world.rates import onboarding, rates
from cslab.world.resumed import Replayed, resumed
from cslab.world.run import Run

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.world.futures import Ahead
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.service import Sharing
    from cslab.world.touch import Touch


class Paths(Run):
    """Latent paths of accounts in some futures under one policy, and the chances along them.

    Parameters
    ----------
    ahead : Ahead
        The futures.
    touch : Touch
        Of every account in every future, from where the futures begin.
    sharing : Sharing, optional
        How the offices share out their hours from there on, where they do.

    >>> from cslab.world.futures import Ahead, Past
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> past = Past.of(preset("tiny"), range(1), since=None, factual=None)
    >>> ahead = Ahead(past, futures=range(2), horizon=3)
    >>> Paths(ahead, policy("rule").touch(past.scenario, past.customers).at(ahead.place)).walked().shape
    (3, 2048)
    """

    def __init__(self, ahead: Ahead, touch: Touch, sharing: Sharing | None = None) -> None:
        past = ahead.past
        self.ahead, self.touch, self.since = ahead, touch, past.since if past.since is not None else 0
        self.sharing, before = sharing, touch if past.touch is None else past.touch.at(ahead.place)
        first = None if self.since else sharing
        where = ahead.blocks, ahead.customers, ahead.months
        super().__init__(past.scenario, before, past.scenario.seed, *where, sharing=first)
        self.place = ahead.place[self.order]
        if past.history and past.history.work:
            self.service = Replayed(self, before, past.history.work)
        self.ends = self.start + self.term
        self.closing = np.array(past.scenario.uncontrollable_hazard)[ahead.customers.segment[self.order]]
        spread = past.scenario.expansion_log_sd
        self.growth = past.scenario.expansion_size * np.exp(spread**2 / 2)
        self.stays, (self.worth, self.lasted) = np.ones(len(self.order)), np.zeros((2, len(self.order)))
        self.kept = self.stays.copy() if first else self.stays

    def _draw(self, blocks: Sequence[int], months: int) -> None:
        """The draws of these futures, made once for all policies; until they begin, those of the past."""
        if not self.ahead.draws:
            super()._draw(blocks, months)
            self.ahead.draws = {name: value for name, value in vars(self).items() if name.endswith("_draws")}
            if self.since:
                self._remember(self.ahead.draws)
        vars(self).update(self.ahead.draws)

    def _remember(self, draws: dict[str, NDArray[Any]]) -> None:
        """Put the draws of the past where the futures have not begun."""
        past = Run.__new__(Run)
        past.scenario, past.seed = self.scenario, self.seed
        Run._draw(past, self.ahead.past.blocks, self.since)
        copies = len(self.ahead.blocks) // len(self.ahead.past.blocks)
        for name, drawn in draws.items():
            drawn[:, : self.since] = np.tile(vars(past)[name], (copies, *[1] * (drawn.ndim - 1)))

    def _luck(self, stream: str, month: int, who: Ints) -> Floats:
        """Draws for what happens now and then: until the futures begin, those of the past."""
        if month >= self.since:
            return super()._luck(stream, month, who)
        return luck.hashed(self.seed, stream, self.ahead.past.customers.number[self.place[who]], month)

    def walked(self) -> Floats:
        """Go through all months.

        Returns
        -------
        ndarray of float, shape (3, futures × accounts)
            Retained, value and months there, in the order of futures and accounts. For an example see the class.
        """
        for month in range(self.months):
            if self.since and month == self.since:
                self._turn_over()
            self.step(month)
        found = np.empty((3, len(self.order)))
        found[:, self.order] = self.kept, self.worth, self.lasted
        return found

    def _turn_over(self) -> None:
        """The futures begin for those who are there: the new policy holds, and MRR is what it has become."""
        faded = self.rates.impression
        self.rates = replace(rates(self.scenario, self.customers, self.touch, self.order), impression=faded)
        self.enrolment.follow(self.touch.enrolment, self.since)
        past = self.ahead.past
        _, onboarded = onboarding(self.scenario, self.customers, self.touch, past.unserved_at(self.ahead.place))
        later = self.onboarded_from >= self.since
        self.onboarded_from = np.where(later, self.start + onboarded[self.order], self.onboarded_from)
        history, self._touch = past.history, self.touch
        assert history is not None and past.row is not None
        self.row = past.row[self.place]
        sharing = self.sharing
        self.service = resumed(self, sharing, self.touch, history, self._luck) if sharing else None
        self.mrr, self.begun = mrr_at(history, self.since)[self.row], history.customers.start[self.row]
        gone = -(-(self.since - self.begun) // self.term)
        self.ends = self.begun + np.maximum(gone, 1) * self.term
        self.cut_in = _cuts_ahead(history, self.since)[self.row]

    def step(self, month: int) -> None:
        """One calendar month of everybody whose future, or past, is going on.

        Parameters
        ----------
        month : int
            Months since the scenario's first. For an example see the class.
        """
        before, now = self.signed[month], self.signed[month + 1]
        ended = 0 if self.since or self.service else int(np.searchsorted(self.start, month - self.ahead.horizon))
        if self.service:
            self.service.begin(month)
        if ended < before:
            self._turn(month, slice(ended, before))
            self._move(month, slice(ended, before))
            if month >= self.since:
                self._go_on(month, slice(ended, before))
        self._sign(month, slice(before, now))
        if not self.since:
            self.worth[before:now] += self.mrr[before:now]
            self.lasted[before:now] += 1
        if self.kept is not self.stays:
            over = slice(*np.searchsorted(self.start, [month - self.ahead.horizon, month - self.ahead.horizon + 1]))
            self.kept[over] = self.stays[over]

    def staying(self, month: int) -> Floats:
        """The chance of each account to be a customer in a month still to be gone through; who came back counts not.

        Parameters
        ----------
        month : int

        Returns
        -------
        ndarray of float
            In the order of signing.

        >>> from cslab.world.futures import Ahead, Past
        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> past, capacity = Past.of(preset("tiny"), range(1), since=None, factual=None), policy("capacity")
        >>> ahead = Ahead(past, futures=range(2), horizon=3)
        >>> touch = capacity.touch(past.scenario, past.customers).at(ahead.place)
        >>> Paths(ahead, touch, capacity.sharing).staying(0).shape
        (2048,)
        """
        older = slice(self.signed[month])
        stays = self._present(month)
        stays[older] *= 1 - self.closing[older]
        due = np.flatnonzero(self.ends[older] == month)
        stays[due] *= 1 - self._leaving(month, due)[0]
        return stays

    def _present(self, month: int) -> Floats:
        """The chance of each account to have been a customer until a month; who came back counts not."""
        past, stays = self.ahead.past, self.stays * (self.start <= month)
        if self.since:
            stays *= (past.there[self.place] & (self.begun == self.start)) | (self.start >= self.since)
        return stays

    def _go_on(self, month: int, there: slice) -> None:
        """A month's chances of growing, of leaving, and what it brings."""
        self.mrr[there] *= 1 + self.growth * np.minimum(self._expansion_chance(month, there), 1)
        self._part(month, there)
        last = there.start if self.since else int(np.searchsorted(self.start, month - self.ahead.horizon, side="right"))
        self._earn(month, slice(last, there.stop))

    def _part(self, month: int, there: slice) -> None:
        """A month's chances of closing, and of leaving or shrinking where a term runs out."""
        self.stays[there] *= 1 - self.closing[there]
        self._renew(month, there.start + np.flatnonzero(self.ends[there] == month))

    def _earn(self, month: int, counted: slice) -> None:
        """What a month brings, and that it was one of the customer's."""
        self.worth[counted] += self.stays[counted] * self.mrr[counted]
        self.lasted[counted] += self.stays[counted]

    def _renew(self, month: int, who: Ints) -> None:
        """Terms that run out now: by chance, or as decided before the futures began."""
        leaves, cut = self._leaving(month, who)
        self.stays[who] *= 1 - leaves
        self.mrr[who] *= 1 - self.scenario.contraction_size * cut
        self.ends[who] += self.term[who]

    def _leaving(self, month: int, who: Ints) -> tuple[Floats, Floats]:
        """The chances of leaving, and of shrinking, of those whose term runs out."""
        value = self._decisive_value(who, np.full(len(who), month))
        leaves, cut = self._refusal_chance(who, value), np.minimum(self._cut_chance(who, value), 1)
        settled = month - self.lead[who] < self.since
        if self.since and settled.any():
            history = self.ahead.past.history
            assert history is not None
            leaves = np.where(settled, history.notice_end[self.row[who]] == month, leaves)
            cut = np.where(settled, self.cut_in[who] == month, cut)
        return leaves, cut


def mrr_at(history: History, month: int) -> Floats:
    """MRR of every row before some month, as if nobody had left.

    Parameters
    ----------
    history : History
    month : int
        Months since the scenario's first.

    Returns
    -------
    ndarray of float

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), seed=1, blocks=range(1), accounts=60, months=48)
    >>> bool((mrr_at(history, 0) == history.customers.mrr0).all())
    True
    """
    mrr, changes = history.customers.mrr0.copy(), history.changes
    earlier = changes.month < month
    mrr[changes.who[earlier]] = changes.after[earlier]  # sorted by time within an account: the last one stays
    return mrr


def _cuts_ahead(history: History, month: int) -> Ints:
    """The month in which a lower MRR that was already agreed takes effect, or ``NEVER``."""
    ahead = np.full(len(history.tier), NEVER)
    who, ends = history.cuts
    ahead[who[ends >= month]] = ends[ends >= month]
    return ahead
