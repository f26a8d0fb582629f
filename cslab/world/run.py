"""Latent histories: what happens to each customer, month by month, before anybody writes it into a table.

The equations are those of the calibrated core: latent value follows fit, onboarding, first impression, touch and a
regime of disengagement; a renewal is decided from it two months before a term runs out; closures come unannounced.
One loop over calendar months; within it everything is done for all customers at once, sorted by month of signing, so
that those who have signed are a slice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world import luck
from cslab.world.addons.community import Community
from cslab.world.addons.content import content_lift, exposed
from cslab.world.addons.deals import expansion_season
from cslab.world.addons.incidents import damage, incident_chance, incident_draws, mean_damage
from cslab.world.addons.maturity import Maturity
from cslab.world.addons.people import People, leaving_draws, leaving_hazard
from cslab.world.customers import Customers, taken
from cslab.world.history import CONTRACTION, EXPANSION, NEVER, Changes, History
from cslab.world.programmes.enrolment import Enrolment
from cslab.world.rates import closure_tenure, logistic, notice_months, onboarding, rates
from cslab.world.service import Office

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.world.luck import Floats, Ints
    from cslab.world.resumed import Replayed
    from cslab.world.scenario import Scenario
    from cslab.world.service import Sharing
    from cslab.world.touch import Touch


class Run:
    """The state of a chunk while its months go by; accounts are sorted by month of signing.

    ``futures`` runs ``_turn`` and ``_move`` alone, under other luck: whatever acts on latent value belongs there, and
    monthly draws in attributes named ``..._draws``, with blocks and months as their first two dimensions.

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
        self.scenario, self.seed, self.blocks, self.months = scenario, seed, blocks, months
        self._touch, self.order = touch, np.argsort(customers.start, kind="stable")
        self._before, self.customers = customers, self._enrol(customers)
        customers = self.customers
        self.lane = self.order if lanes is None else lanes[self.order]
        self.office = self.lane // luck.BLOCK
        self.tier, (self.stalled, self.onboarded) = touch.tier, onboarding(scenario, customers, touch)
        self.rates = rates(scenario, customers, touch, self.order)
        self._schedule()
        self._draw(blocks, months)
        self.mrr, self.away = customers.mrr0[self.order], np.zeros(len(self.order), dtype=bool)
        self.value = np.zeros((months, len(self.order)))
        self.people = People(scenario, customers, self.order)
        self.community = Community(scenario, customers, self.order)
        self.maturity = Maturity(scenario, customers, self.order)
        self.season = expansion_season(scenario, months)
        self.changes: list[tuple[Ints, Ints, Floats, Floats]] = []
        self.cuts: list[tuple[Ints, Ints]] = []
        self.climbs: list[tuple[Ints, Ints]] = []
        self.service: Office | Replayed | None = Office(self, sharing, touch, self._luck) if sharing else None

    def _enrol(self, customers: Customers) -> Customers:
        """What programmes there are, and the customers as they begin with what is done for them at signing."""
        self.enrolment = Enrolment(self.scenario, self._touch.enrolment, customers, self.order)
        self.programmes = self.enrolment.programmes
        return self.enrolment.begun(customers)

    def _schedule(self) -> None:
        """When each account signs, is onboarded, next decides, closes, leaves and has its MRR cut."""
        customers, order = self.customers, self.order
        self.number, self.start, self.term = customers.number[order], customers.start[order], customers.term[order]
        self.begun = self.start
        self.signed = np.searchsorted(self.start, np.arange(-1, self.months), side="right")
        self.onboarded_from = self.start + self.onboarded[order]
        self.ahead_of_end = notice_months(self.scenario, customers.segment[order])
        self.lead = np.minimum(self.ahead_of_end, self.term)
        self.decides = self.start + self.term - self.lead
        self.closed = self.start + closure_tenure(self.scenario, customers)[order]
        self.left = self.closed.copy()
        self.notice, self.notice_end, self.cut_in = (np.full(len(order), NEVER) for _ in range(3))

    def _draw(self, blocks: Sequence[int], months: int) -> None:
        """The draws that every account has in every month."""
        self.regime_draws = luck.uniforms(self.seed, "regime", blocks, months)
        self.value_draws = luck.normals(self.seed, "value", blocks, months)
        self.expansion_draws = luck.uniforms(self.seed, "expansion", blocks, months)
        if leaving_hazard(self.scenario):
            self.leaving_draws = leaving_draws(self.seed, blocks, months) < leaving_hazard(self.scenario)
        if incident_chance(self.scenario):
            self.incident_draws = incident_draws(self.seed, blocks, months)
        if self.scenario.on("content"):
            self.content_draws = exposed(self.seed, self.scenario, blocks, months)

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

    def _sign(self, month: int, new: slice) -> None:
        """Some sign: how onboarding goes depends on the hours that there are for it."""
        who = self.order[new]
        self.value[month, new] = self.customers.first_value[who]
        if self.service:
            some, unserved = taken(self.customers, who), self.service.unserved[new]
            stalled, tenure = onboarding(self.scenario, some, self._touch.at(who), unserved)
            self.stalled[who], self.onboarded[who], self.onboarded_from[new] = stalled, tenure, month + tenure

    def _rate(self, name: str, some: slice | Ints) -> Floats:
        """A rate of some accounts, less what there are no hours for."""
        full: Floats = getattr(self.rates, name)[some]
        return self.service.given(name, full, some) if self.service else full

    def _drawn(self, draws: NDArray[Any], month: int, there: slice | Ints) -> NDArray[Any]:
        """This month's draws in the order of signing."""
        return np.take(draws[:, month].reshape(-1), self.lane[there])

    def _luck(self, stream: str, month: int, who: Ints) -> Floats:
        """Draws for what happens now and then, addressed by account and month."""
        return luck.hashed(self.seed, stream, self.number[who], month)

    def _turn(self, month: int, there: slice) -> None:
        """Programmes take customers on; disengagement begins or ends: one draw serves both, as only one can happen."""
        self.enrolment.decide(month, there, self.value[month - 1])
        away, eased = self.away[there], self.rates.disengage[there] * self.programmes.ease(month, there)
        chance = np.where(away, self._rate("reengage", there), eased)
        away ^= self._drawn(self.regime_draws, month, there) < chance
        if leaving_hazard(self.scenario):
            away |= self._drawn(self.leaving_draws, month, there) & self.people.narrow(month, there)

    def _move(self, month: int, there: slice) -> None:
        """Latent value of everybody who has signed, also of those who have left: the path they would have followed."""
        s, learns = self.scenario, 1 - self.scenario.value_persistence
        value = np.multiply(s.value_persistence, self.value[month - 1, there], out=self.value[month, there])
        value += self._rate("pull", there)
        value += self._impression(there)
        value += self.rates.onboarded[there] * (self.onboarded_from[there] <= month)
        value -= learns * s.disengage_drop * self.away[there]
        value += s.value_noise * self._drawn(self.value_draws, month, there)
        value += learns * self.programmes.shift("value", month, there)
        if s.on("community"):
            value += learns * self.community.lift(month, there)
            self.community.join(month, there, value)
        if s.on("content"):
            value += learns * np.take(content_lift(s), self._drawn(self.content_draws, month, there))
        if incident_chance(s):
            self._strike(month, there, value)
        pace = self._rate("meeting", there) * self.programmes.factor("meeting", month, there)
        self.people.meet(month, there, value, pace)
        if s.on("maturity"):
            self._mature(month, there)

    def _mature(self, month: int, there: slice) -> None:
        """Once a quarter of its tenure an account may reach the next level of maturity."""
        who = self.maturity.due(month, there)
        draws = self._luck("addon.maturity.climb", month, who)
        pace = self._rate("maturing", who) * self.programmes.factor("climb", month, who)
        up = self.maturity.climb(who, self.value[month, who], pace, draws)
        self.climbs.append((self.order[up], np.full(len(up), month)))

    def _strike(self, month: int, there: slice, value: Floats) -> None:
        """Incidents of this month; what they cost on average is given back to all."""
        s = self.scenario
        value += mean_damage(s)
        struck = self.incident_draws[:, month] < incident_chance(s)
        if struck.any():
            who = there.start or 0
            who += np.flatnonzero(struck[self.office[there]])
            hit = who[self._luck("addon.incidents.hit", month, who) < s.incident_reach]
            self.value[month, hit] -= damage(s, self.customers.first_impression[self.order[hit]])

    def _impression(self, there: slice) -> Floats:
        """What is left of the first impression, a month on."""
        fade = self.scenario.impression_fade_months
        impression = self.rates.impression[there]
        impression *= np.exp(-1 / fade) if fade else 0.0
        return impression

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
