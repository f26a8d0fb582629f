"""Latent histories: what happens to each customer, month by month, before anybody writes it into a table.

The equations are those of the calibrated core: latent value follows fit, onboarding, first impression, touch and a
regime of disengagement; a renewal is decided from it two months before a term runs out; closures come unannounced.
One loop over calendar months; within it everything is done for all customers at once, sorted by month of signing, so
that those who have signed are a slice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.customers import Customers, draw
from cslab.world.history import CONTRACTION, EXPANSION, NEVER, Changes, History
from cslab.world.rates import closure_tenure, logistic, onboarding, rates

if TYPE_CHECKING:
    from cslab.world.luck import Floats, Ints
    from cslab.world.policy import Policy
    from cslab.world.scenario import Scenario

CHUNK = 16
"""Blocks simulated together: enough to keep the loop over months busy, few enough for the processor's cache."""


def histories(scenario: Scenario, policy: Policy, months: int, chunk: int = CHUNK) -> Iterator[History]:
    """The latent histories of a company, some blocks of accounts at a time.

    Parameters
    ----------
    scenario : Scenario
        With the company's seed and accounts.
    policy : Policy
    months : int
        Months of records; a longer history begins with the shorter one.
    chunk : int
        Blocks of 1,024 accounts simulated together; makes no difference to what happens.

    Yields
    ------
    History

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> [len(history.tier) for history in histories(preset("tiny"), policy("rule"), months=48)]
    [60]
    """
    for blocks in chunks(scenario.accounts, chunk):
        yield simulate(scenario, policy, scenario.seed, blocks, scenario.accounts, months)


def chunks(accounts: int, chunk: int = CHUNK) -> list[range]:
    """The blocks of a company, some at a time.

    >>> chunks(5000, 2)
    [range(0, 2), range(2, 4), range(4, 5)]
    """
    blocks = -(-accounts // luck.BLOCK)
    return [range(first, min(first + chunk, blocks)) for first in range(0, blocks, chunk)]


def simulate(
    scenario: Scenario, policy: Policy, seed: int, blocks: Sequence[int], accounts: int, months: int
) -> History:
    """Simulate some consecutive blocks of accounts.

    Parameters
    ----------
    scenario : Scenario
    policy : Policy
    seed : int
    blocks : sequence of int
        Consecutive blocks of 1,024 accounts.
    accounts : int
        Customers of the whole company.
    months : int
        Months of records, from the scenario's window start.

    Returns
    -------
    History

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> simulate(preset("tiny"), policy("rule"), seed=1, blocks=range(1), accounts=60, months=48).value.shape
    (88, 60)
    """
    customers = draw(scenario, seed, blocks, accounts)
    run = _Run(scenario, policy.tiers(scenario, customers), seed, blocks, customers, months - scenario.first_month)
    for month in range(run.months):
        run.step(month)
    return run.history()


class _Run:
    """The state of a chunk while its months go by; accounts are sorted by month of signing."""

    def __init__(
        self, scenario: Scenario, tier: Ints, seed: int, blocks: Sequence[int], customers: Customers, months: int
    ) -> None:
        self.scenario, self.seed, self.blocks, self.customers, self.months = scenario, seed, blocks, customers, months
        self.order = np.argsort(customers.start, kind="stable")
        self.tier, (self.stalled, self.onboarded) = tier, onboarding(scenario, customers, tier)
        self.rates = rates(scenario, customers, tier, self.order)
        self._schedule()
        self._draw(blocks, months)
        self.mrr, self.away = customers.mrr0[self.order], np.zeros(len(tier), dtype=bool)
        self.value = np.zeros((months, len(tier)))
        self.changes: list[tuple[Ints, Ints, Floats, Floats]] = []
        self.cuts: list[tuple[Ints, Ints]] = []

    def _schedule(self) -> None:
        """When each account signs, is onboarded, next decides, closes, leaves and has its MRR cut."""
        customers, order = self.customers, self.order
        self.number, self.start, self.term = customers.number[order], customers.start[order], customers.term[order]
        self.signed = np.searchsorted(self.start, np.arange(-1, self.months), side="right")
        self.onboarded_from = self.start + self.onboarded[order]
        self.lead = np.minimum(self.scenario.notice_months, self.term)
        self.decides = self.start + self.term - self.lead
        self.closed = self.start + closure_tenure(self.scenario, customers)[order]
        self.left = self.closed.copy()
        self.notice, self.notice_end, self.cut_in = (np.full(len(order), NEVER) for _ in range(3))

    def _draw(self, blocks: Sequence[int], months: int) -> None:
        """The draws that every account has in every month."""
        self.regime_draws = luck.uniforms(self.seed, "regime", blocks, months)
        self.value_draws = luck.normals(self.seed, "value", blocks, months)
        self.expansion_draws = luck.uniforms(self.seed, "expansion", blocks, months)

    def step(self, month: int) -> None:
        """One calendar month: those already there move on, new ones sign, renewals that are due are decided."""
        before, now = self.signed[month], self.signed[month + 1]
        if before:
            self._turn(month, slice(before))
            self._move(month, slice(before))
            self._expand(month, slice(before))
            self._cut(month, slice(before))
        self.value[month, before:now] = self.customers.first_value[self.order[before:now]]
        self._decide(month, slice(now))

    def _drawn(self, draws: Floats, month: int, there: slice) -> Floats:
        """This month's draws in the order of signing."""
        return np.take(draws[:, month].reshape(-1), self.order[there])

    def _luck(self, stream: str, month: int, who: Ints) -> Floats:
        """Draws for what happens now and then, addressed by account and month."""
        return luck.hashed(self.seed, stream, self.number[who], month)

    def _turn(self, month: int, there: slice) -> None:
        """Disengagement begins or ends; one draw serves both, as only one of them can happen."""
        away = self.away[there]
        chance = np.where(away, self.rates.reengage[there], self.rates.disengage[there])
        away ^= self._drawn(self.regime_draws, month, there) < chance

    def _move(self, month: int, there: slice) -> None:
        """Latent value of everybody who has signed, also of those who have left: the path they would have followed."""
        s, learns = self.scenario, 1 - self.scenario.value_persistence
        value = np.multiply(s.value_persistence, self.value[month - 1, there], out=self.value[month, there])
        value += self.rates.pull[there]
        value += self._impression(there)
        value += learns * s.value_onboarded * (self.onboarded_from[there] <= month)
        value -= learns * s.disengage_drop * self.away[there]
        value += s.value_noise * self._drawn(self.value_draws, month, there)

    def _impression(self, there: slice) -> Floats:
        """What is left of the first impression, a month on."""
        fade = self.scenario.impression_fade_months
        impression = self.rates.impression[there]
        impression *= np.exp(-1 / fade) if fade else 0.0
        return impression

    def _expand(self, month: int, there: slice) -> None:
        """Expansions of those who are still there."""
        chance = self.rates.expansion[there] * np.exp(self.scenario.expansion_value_effect * self.value[month, there])
        who = np.flatnonzero((self._drawn(self.expansion_draws, month, there) < chance) & (self.left[there] > month))
        if len(who):
            spread = self.scenario.expansion_log_sd * _normal(self._luck("expansion_size", month, who))
            larger = self.mrr[who] * (1 + self.scenario.expansion_size * np.exp(spread))
            self._change(month, who, self.scenario.rounded(larger), EXPANSION)

    def _cut(self, month: int, there: slice) -> None:
        """Renewals at a lower MRR that were decided earlier and now take effect."""
        who = np.flatnonzero((self.cut_in[there] == month) & (self.left[there] > month))
        if len(who):
            lower = self.scenario.rounded(self.mrr[who] * (1 - self.scenario.contraction_size))
            self._change(month, who, np.maximum(lower, self.scenario.smallest_amount), CONTRACTION)

    def _change(self, month: int, who: Ints, after: Floats, kind: int) -> None:
        """Write down a change of MRR."""
        amount, self.mrr[who] = after - self.mrr[who], after
        self.changes.append((self.order[who], np.full(len(who), 2 * month + kind), amount, after))

    def _decide(self, month: int, there: slice) -> None:
        """Renewals decided this month, from the latent value that lies the notice before the term's end."""
        who = np.flatnonzero((self.decides[there] == month) & (self.left[there] > month))
        ends = month + self.lead[who]
        value = self.value[np.maximum(ends - self.scenario.notice_months, self.start[who]), who]
        chance = logistic(self.rates.renewal_logit[who] + self.scenario.renewal_value_effect * value)
        leaves = self._luck("renewal", month, who) < chance
        self._give_notice(month, who[leaves], ends[leaves])
        self._renew_for_less(month, who[~leaves], ends[~leaves], value[~leaves])
        self.decides[who] += self.term[who]

    def _give_notice(self, month: int, who: Ints, ends: Ints) -> None:
        """Those who will leave when their term runs out."""
        self.notice[who], self.notice_end[who] = month, ends
        self.left[who] = np.minimum(self.left[who], ends)

    def _renew_for_less(self, month: int, who: Ints, ends: Ints, value: Floats) -> None:
        """Which of those who renew do so at a lower MRR: decided with the renewal, in effect from the term's end."""
        longer = self.rates.contraction[who] > 0
        who, ends, value = who[longer], ends[longer], value[longer]
        chance = self.rates.contraction[who] * np.exp(self.scenario.contraction_value_effect * value)
        cut = self._luck("contraction", month, who) < chance
        self.cut_in[who[cut]] = ends[cut]
        self.cuts.append((self.order[who[cut]], ends[cut]))

    def history(self) -> History:
        """What happened, in the order of the accounts."""
        column = np.argsort(self.order)
        return History(
            scenario=self.scenario,
            seed=self.seed,
            blocks=self.blocks,
            customers=self.customers,
            months=self.months,
            tier=self.tier,
            stalled=self.stalled,
            onboarded=self.onboarded,
            notice=self.notice[column],
            notice_end=self.notice_end[column],
            closed=self.closed[column],
            changes=self._sorted_changes(),
            cuts=self._sorted_cuts(),
            value=self.value,
            column=column,
        )

    def _sorted_changes(self) -> Changes:
        """All changes of MRR by account and time."""
        none = np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0)
        who, key, amount, after = (np.concatenate(parts) for parts in zip(none, *self.changes, strict=True))
        sort = np.lexsort((key, who))
        return Changes(who[sort], key[sort] // 2, key[sort] % 2, amount[sort], after[sort])

    def _sorted_cuts(self) -> tuple[Ints, Ints]:
        """All renewals decided at a lower MRR by account and time."""
        who, ends = (np.concatenate(parts) for parts in zip(*self.cuts, strict=True))
        sort = np.lexsort((ends, who))
        return who[sort], ends[sort]


def _normal(draws: Floats) -> Floats:
    """Standard normal draws from uniform ones."""
    from scipy.special import ndtri

    return np.asarray(ndtri(draws))
