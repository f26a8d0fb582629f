"""What may still come: the same customers under other luck, again and again, so that chance averages out.

A future is the same customers at another address of luck, as if they sat in other offices. Along each future's latent
path the chances of staying are multiplied and the expected changes of MRR with them, so only the path itself is drawn:
nobody leaves by luck, and a few dozen futures say what thousands of coin tosses would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world import luck
from cslab.world.customers import Customers, draw, taken
from cslab.world.history import NEVER, History
from cslab.world.paths import Paths
from cslab.world.programmes.enrolment import begun
from cslab.world.rates import onboarding
from cslab.world.simulate import CHUNK, chunks, lived

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.policy import Policy
    from cslab.world.scenario import Scenario
    from cslab.world.service import Sharing
    from cslab.world.touch import Touch

FUTURES = 64
"""How many futures an expectation rests on, unless more are asked for."""

ROUNDS = 200
"""How often a course of onboarding is drawn anew until it agrees with what is known by then."""

_AWAY = 2**24
"""Blocks from one future to the next: no company reaches that far."""


@dataclass(frozen=True)
class Outcomes:
    """What becomes of some accounts in each of some futures.

    Parameters
    ----------
    number : ndarray of int, shape (n,)
        The accounts' numbers in the company.
    retained : ndarray of float, shape (touches, futures, n)
        Chance of being there still at the end, along each future's path.
    value : ndarray of float, shape (touches, futures, n)
        MRR summed over the months, each weighted by the chance of being there.
    months : ndarray of float, shape (touches, futures, n)
        These chances summed.
    """

    number: Ints
    retained: Floats
    value: Floats
    months: Floats


def outcomes(
    scenario: Scenario,
    policies: Sequence[Policy | Touched],
    horizon: int,
    *,
    since: int | None = None,
    factual: Policy | None = None,
    count: int = FUTURES,
    chunk: int = CHUNK,
) -> Iterator[Outcomes]:
    """The futures of a company's accounts under some policies, with the same luck under each of them.

    Parameters
    ----------
    scenario : Scenario
        With the company's seed and accounts.
    policies : sequence of Policy or Touched
    horizon : int
        Months to look ahead.
    since : int, optional
        Months gone by since the scenario's first, from which the future begins, for accounts then there. Where not
        given it begins for every account with its own signing.
    factual : Policy, optional
        What was followed until ``since``.
    count : int
        Number of futures.
    chunk : int
        Blocks of accounts, or futures of fewer blocks, run together; makes no difference.

    Yields
    ------
    Outcomes
        Of one chunk of accounts after the other.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> (part,) = outcomes(preset("tiny"), [policy("all_high")], horizon=12, count=2)
    >>> part.retained.shape
    (1, 2, 60)
    """

    def under_each(ahead: Ahead) -> Floats:
        """The futures under one policy after the other."""
        past, found = ahead.past, np.empty((3, len(policies), ahead.count, ahead.accounts))
        for place, policy in enumerate(policies):
            touch = policy.touch(past.scenario, past.customers).at(ahead.place)
            found[:, place] = Paths(ahead, touch, policy.sharing).walked().reshape(3, ahead.count, -1)
        return found

    for number, found in walks(scenario, under_each, horizon, since=since, factual=factual, count=count, chunk=chunk):
        yield Outcomes(number, *found)


def walks(
    scenario: Scenario,
    walk: Callable[[Ahead], Floats],
    horizon: int,
    *,
    since: int | None = None,
    factual: Policy | None = None,
    count: int = FUTURES,
    chunk: int = CHUNK,
) -> Iterator[tuple[Ints, Floats]]:
    """What a walk through some futures finds, futures and accounts put together.

    Parameters
    ----------
    scenario, horizon, since, factual, count, chunk
        As for :func:`outcomes`.
    walk : callable
        Futures in; an array out whose last two axes are these futures and all accounts of their blocks.

    Yields
    ------
    ndarray of int, ndarray of float
        The accounts' numbers, and what was found of them in all futures, of one chunk of accounts after the other.

    >>> from cslab.world.scenario import preset
    >>> ((number, found),) = walks(preset("tiny"), lambda ahead: np.ones((ahead.count, ahead.accounts)), 6, count=3)
    >>> len(number), found.shape
    (60, (3, 60))
    """
    for blocks in chunks(scenario.accounts, chunk):
        past = Past.of(scenario, blocks, since, factual)
        known = past.there & (past.customers.number < scenario.accounts)
        found, together = np.empty(0), max(1, chunk // len(blocks))
        for first in range(0, count, together):
            some = range(first, min(first + together, count))
            part = walk(Ahead(past, some, horizon))[..., known]
            if not first:
                found = np.empty((*part.shape[:-2], count, part.shape[-1]))
            found[..., some.start : some.stop, :] = part
        yield past.customers.number[known], found


@dataclass(frozen=True)
class Touched:
    """A policy with some of its channels switched off.

    Parameters
    ----------
    policy : Policy
    channels : frozenset of str
        Those that stay on.

    >>> from cslab.world.policy import policy
    >>> Touched(policy("all_high"), frozenset({"lift"})).policy.name
    'all_high'
    """

    policy: Policy
    channels: frozenset[str]

    def touch(self, scenario: Scenario, customers: Customers) -> Touch:
        """The touch of each account through the channels that are on.

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> drawn = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
        >>> int(Touched(policy("all_high"), frozenset({"lift"})).touch(preset("tiny"), drawn).speed.max())
        0
        """
        return self.policy.touch(scenario, customers).only(self.channels)

    @property
    def sharing(self) -> Sharing | None:
        """How an office shares out its hours: reactive work brings nobody back where the way out is switched off."""
        shared = self.policy.sharing
        return replace(shared, helps="exit" in self.channels) if shared else None


@dataclass(frozen=True)
class Past:
    """What is settled before the futures begin, of whole blocks of accounts.

    Parameters
    ----------
    scenario : Scenario
    blocks : range
    customers : Customers
        All that fit into the blocks; those beyond the company's accounts never sign.
    since : int or None
        Months gone by; none where each account's future begins with its signing.
    there : ndarray of bool
        Who is a customer then; where no month is given, who ever is.
    history : History, optional
    touch : Touch, optional
        What they had until then.
    row : ndarray of int, optional
        Of each account in the history: the spell in which it is a customer then, else its first.

    >>> from cslab.world.scenario import preset
    >>> len(Past.of(preset("tiny"), range(1), since=None, factual=None).there)
    1024
    """

    scenario: Scenario
    blocks: range
    customers: Customers
    since: int | None
    there: Flags
    history: History | None = None
    touch: Touch | None = None
    row: Ints | None = None

    @classmethod
    def of(cls, scenario: Scenario, blocks: range, since: int | None, factual: Policy | None) -> Past:
        """The past of some blocks up to a month; nothing but what they were at signing, where no month is given.

        Parameters
        ----------
        scenario, blocks, since, factual
            As in :func:`outcomes`.

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> int(Past.of(preset("tiny"), range(1), since=1, factual=policy("rule")).there.sum()) < 100
        True
        """
        customers = draw(scenario, scenario.seed, blocks, (blocks[-1] + 1) * luck.BLOCK)
        ours = customers.number < scenario.accounts
        customers = replace(customers, start=np.where(ours, customers.start, NEVER))
        if since is None or factual is None:
            return cls(scenario, blocks, customers, None, ours)
        history = lived(scenario, factual, scenario.seed, blocks, customers, since + scenario.first_month)
        row, there = _spells(history, since)
        return cls(scenario, blocks, customers, since, there, history, factual.touch(scenario, customers), row)

    def unserved_at(self, place: Ints) -> Floats | float:
        """The share of planned touch that some accounts did without in the month in which they signed.

        Parameters
        ----------
        place : ndarray of int
            Of the accounts in the blocks.

        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> Past.of(preset("tiny"), range(1), since=60, factual=policy("rule")).unserved_at(np.arange(3))
        0.0
        """
        work = self.history.work if self.history else None
        return work.unserved_at(place, self.customers.start[place]) if work else 0.0


def _spells(history: History, since: int) -> tuple[Ints, Flags]:
    """Row of each account's spell in some month, and whether it is a customer then."""
    row, there = np.flatnonzero(history.first), np.zeros(history.accounts, dtype=bool)
    now = np.flatnonzero((history.customers.start < since) & (history.left >= since))
    row[history.lane[now]], there[history.lane[now]] = now, True
    return row, there


class Ahead:
    """What some futures share under every policy: where they lie, how long they are, their draws.

    What an account is by nature stays: its fit, the value at signing, how it began, how readily it meets people. How
    onboarding goes, disengagement, incidents, departures and the noise of value are drawn anew, where they are open.

    Parameters
    ----------
    past : Past
    futures : range
        Their numbers.
    horizon : int
        Months to look ahead.

    >>> from cslab.world.scenario import preset
    >>> Ahead(Past.of(preset("tiny"), range(1), since=None, factual=None), range(3), horizon=6).customers.fit.shape
    (3072,)
    """

    def __init__(self, past: Past, futures: range, horizon: int) -> None:
        self.past, self.horizon = past, horizon
        self.count, self.accounts = len(futures), len(past.customers.number)
        self.blocks = [block + _AWAY * (future + 1) for future in futures for block in past.blocks]
        self.place = np.tile(np.arange(len(past.customers.number)), len(futures))
        numbers = (np.array(self.blocks)[:, None] * luck.BLOCK + np.arange(luck.BLOCK)).ravel()
        self.customers = replace(taken(past.customers, self.place), number=numbers)
        if past.since is None:
            self.months = int(past.customers.start[past.there].max()) + horizon + 1
        else:
            self.months = past.since + horizon
        self.draws: dict[str, NDArray[Any]] = {}
        self.customers = self._onboarded_anew()

    def _onboarded_anew(self) -> Customers:
        """The customers with another course of onboarding each, where it is open, in agreement with what is known."""
        drawn, open_ = self.customers, self._open()
        for turn in range(ROUNDS):
            if not len(open_):
                break
            stall, speed = drawn.stall_draw.copy(), drawn.onboarding_draw.copy()
            stall[open_] = self._luck("stall", open_, turn)
            speed[open_] = _normal(self._luck("onboarding", open_, turn))
            drawn = replace(drawn, stall_draw=stall, onboarding_draw=speed)
            open_ = open_[self._contradicts(drawn, open_)]
        return drawn

    def _open(self) -> Ints:
        """Accounts that are not yet onboarded when their futures begin."""
        past = self.past
        if past.history is None or past.since is None:
            return np.arange(len(self.place))
        onboarded = past.customers.start + past.history.onboarded[past.history.first]
        return np.flatnonzero(onboarded[self.place] >= past.since)

    def _contradicts(self, drawn: Customers, who: Ints) -> Flags:
        """Whose new course of onboarding would have been over before the futures begin, which it was not."""
        past = self.past
        if past.touch is None or past.since is None:
            return np.zeros(len(who), dtype=bool)
        touch = past.touch.at(self.place[who])
        some = begun(past.scenario, touch.enrolment, taken(drawn, who))
        _, month = onboarding(past.scenario, some, touch, past.unserved_at(self.place[who]))
        return np.asarray(some.start + month < past.since)

    def _luck(self, stream: str, who: Ints, turn: int) -> Floats:
        """Fresh draws for what was one draw at signing."""
        return luck.hashed(self.past.scenario.seed, f"future.{stream}", self.customers.number[who], turn)


def _normal(draws: Floats) -> Floats:
    """Standard normal draws from uniform ones."""
    from scipy.special import ndtri

    return np.asarray(ndtri(draws))
