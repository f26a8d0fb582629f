"""Latent histories: what happens to each customer, month by month, before anybody writes it into a table.

Growth, renewals and departures follow from latent value: a renewal is decided from it some months before a term runs
out; closures come unannounced. One loop over calendar months.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cslab.world.addons.deals import expansion_season
from cslab.world.customers import Customers, taken
from cslab.world.history import CONTRACTION, EXPANSION, Changes, History
from cslab.world.latent import Latent
from cslab.world.rates import logistic
from cslab.world.service import Office

if TYPE_CHECKING:
    from cslab.world.luck import Floats, Ints
    from cslab.world.scenario import Scenario
    from cslab.world.service import Sharing
    from cslab.world.touch import Touch


class Run(Latent):
    """The state of a chunk while its months go by; accounts are sorted by month of signing.

    Parameters
    ----------
    scenario : Scenario
    touch : Touch
    seed : int
    blocks : sequence of int
        Where the draws of the accounts lie, 1,024 in each.
    customers : Customers
    months : int
        From the scenario's first month.
    lanes : ndarray of int, optional
        Places of the accounts in the blocks, ascending, where the run is of some of them only.
    sharing : Sharing, optional
        How the offices share out their hours, where they do: then the run is of whole offices.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> tiny = preset("tiny")
    >>> people = draw(tiny, seed=1, blocks=range(1), accounts=60)
    >>> run = Run(tiny, policy("rule").touch(tiny, people), 1, range(1), people, months=2)
    >>> run.step(0)
    >>> run.history().months
    2
    """

    def __init__(
        self,
        scenario: Scenario,
        touch: Touch,
        seed: int,
        blocks: Sequence[int],
        customers: Customers,
        months: int,
        lanes: Ints | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        super().__init__(scenario, touch, seed, blocks, customers, months, lanes)
        self.mrr, self.season = self.customers.mrr0[self.order], expansion_season(scenario, months)
        self.changes: list[tuple[Ints, Ints, Floats, Floats]] = []
        self.cuts: list[tuple[Ints, Ints]] = []
        self.service = Office(self, sharing, touch, self._luck) if sharing else None

    def step(self, month: int) -> None:
        """One calendar month: those already there move on, new ones sign, renewals that are due are decided.

        Parameters
        ----------
        month : int
            Months since the scenario's first. For an example see the class.
        """
        before, now = self.signed[month], self.signed[month + 1]
        if self.service:
            self.service.begin(month)
        if before:
            self._turn(month, slice(before))
            self._move(month, slice(before))
            self._expand(month, slice(before))
            self._cut(month, slice(before))
        self._sign(month, slice(before, now))
        self._decide(month, slice(now))

    def staying(self, month: int) -> Floats:
        """Whether each account is a customer in a month whose decisions are still to come: 1 or 0.

        Parameters
        ----------
        month : int

        Returns
        -------
        ndarray of float
            In the order of signing.

        >>> from cslab.world.customers import draw
        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> tiny, rule = preset("tiny"), policy("rule")
        >>> people = draw(tiny, seed=1, blocks=range(1), accounts=60)
        >>> run = Run(tiny, rule.touch(tiny, people), 1, range(1), people, months=2)
        >>> int(run.staying(0).sum()) == int((people.start == 0).sum())
        True
        """
        return np.asarray((self.start <= month) & (self.left > month), dtype=np.float64)

    def _expand(self, month: int, there: slice) -> None:
        """Expansions of those who are still there."""
        chance = self._expansion_chance(month, there)
        who = np.flatnonzero((self._drawn(self.expansion_draws, month, there) < chance) & (self.left[there] > month))
        if len(who):
            spread = self.scenario.expansion_log_sd * _normal(self._luck("expansion_size", month, who))
            larger = self.mrr[who] * (1 + self.scenario.expansion_size * np.exp(spread))
            self._change(month, who, self.scenario.rounded(larger), EXPANSION)

    def _expansion_chance(self, month: int, there: slice) -> Floats:
        """The chance of an expansion this month."""
        effect = self.scenario.expansion_value_effect
        wide = self.maturity.widens(month, there) if self.scenario.on("maturity") else 1.0
        wide = wide * self.programmes.factor("expansion", month, there)
        return np.asarray(
            self.season[month] * wide * self.rates.expansion[there] * np.exp(effect * self.value[month, there])
        )

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
        value = self._decisive_value(who, ends)
        leaves = self._luck("renewal", month, who) < self._refusal_chance(who, value)
        self._give_notice(month, who[leaves], ends[leaves])
        self._renew_for_less(month, who[~leaves], ends[~leaves], value[~leaves])
        self.decides[who] += self.term[who]

    def _decisive_value(self, who: Ints, ends: Ints) -> Floats:
        """The latent value from which it is decided whether to go on when a term runs out."""
        return np.asarray(self.value[np.maximum(ends - self.ahead_of_end[who], self.begun[who]), who])

    def _refusal_chance(self, who: Ints, value: Floats) -> Floats:
        """The chance of not renewing, given that value."""
        return logistic(self.rates.renewal_logit[who] + self.scenario.renewal_value_effect * value)

    def _cut_chance(self, who: Ints, value: Floats) -> Floats:
        """The chance that those who renew do so at a lower MRR."""
        return np.asarray(self.rates.contraction[who] * np.exp(self.scenario.contraction_value_effect * value))

    def _give_notice(self, month: int, who: Ints, ends: Ints) -> None:
        """Those who will leave when their term runs out."""
        self.notice[who], self.notice_end[who] = month, ends
        self.left[who] = np.minimum(self.left[who], ends)

    def _renew_for_less(self, month: int, who: Ints, ends: Ints, value: Floats) -> None:
        """Which of those who renew do so at a lower MRR: decided with the renewal, in effect from the term's end."""
        longer = self.rates.contraction[who] > 0
        if not longer.any():
            return
        who, ends, value = who[longer], ends[longer], value[longer]
        cut = self._luck("contraction", month, who) < self._cut_chance(who, value)
        self.cut_in[who[cut]] = ends[cut]
        self.cuts.append((self.order[who[cut]], ends[cut]))

    def history(self) -> History:
        """What happened, in the order of the accounts. For an example see the class.

        Returns
        -------
        History
        """
        column = np.argsort(self.order)
        return History(
            scenario=self.scenario,
            seed=self.seed,
            blocks=self.blocks,
            customers=self.customers,
            drawn=self._before,
            months=self.months,
            lane=self.lane[column],
            touch=self._touch,
            tier=self.tier,
            stalled=self.stalled,
            onboarded=self.onboarded,
            notice=self.notice[column],
            notice_end=self.notice_end[column],
            closed=self.closed[column],
            changes=self._sorted_changes(),
            cuts=_by_account(self.cuts),
            value=self.value,
            role_since=self.people.since[:, column],
            member_since=self.community.members.since[column],
            climbs=_by_account(self.climbs),
            column=column,
            enrolled=taken(self.programmes.enrolled, column),
            work=self.service.work() if isinstance(self.service, Office) else None,
        )

    def _sorted_changes(self) -> Changes:
        """All changes of MRR by account and time."""
        none = np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0)
        who, key, amount, after = (np.concatenate(parts) for parts in zip(none, *self.changes, strict=True))
        sort = np.lexsort((key, who))
        return Changes(who[sort], key[sort] // 2, key[sort] % 2, amount[sort], after[sort])


def _by_account(events: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """Positions of accounts and months of what happened, by account and time."""
    none = np.empty(0, np.int64), np.empty(0, np.int64)
    who, month = (np.concatenate(parts) for parts in zip(none, *events, strict=True))
    sort = np.lexsort((month, who))
    return who[sort], month[sort]


def _normal(draws: Floats) -> Floats:
    """Standard normal draws from uniform ones."""
    from scipy.special import ndtri

    return np.asarray(ndtri(draws))
