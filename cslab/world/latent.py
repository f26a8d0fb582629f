"""Latent value: the path that each customer follows month by month, from which everything else is decided.

The equations are those of the calibrated core and of the add-ons: value follows fit, onboarding, first impression,
touch and a regime of disengagement. Everything is done for all customers at once, sorted by month of signing, so that
those who have signed are a slice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world import luck
from cslab.world.addons.community import Community
from cslab.world.addons.content import content_lift, exposed
from cslab.world.addons.incidents import damage, incident_chance, incident_draws, mean_damage
from cslab.world.addons.maturity import Maturity
from cslab.world.addons.people import People, leaving_draws, leaving_hazard
from cslab.world.customers import Customers, taken
from cslab.world.history import NEVER
from cslab.world.programmes.enrolment import Enrolment
from cslab.world.rates import closure_tenure, notice_months, onboarding, rates
from cslab.world.service import Office

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.world.luck import Floats, Ints
    from cslab.world.resumed import Replayed
    from cslab.world.scenario import Scenario
    from cslab.world.touch import Touch


class Latent:
    """What acts on the latent value of a chunk while its months go by; accounts are sorted by month of signing.

    ``futures`` runs ``_turn`` and ``_move`` alone, under other luck: whatever acts on latent value belongs here, and
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

    >>> from cslab.world.customers import draw
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> tiny = preset("tiny")
    >>> people = draw(tiny, seed=1, blocks=range(1), accounts=60)
    >>> Latent(tiny, policy("rule").touch(tiny, people), 1, range(1), people, months=2).value.shape
    (2, 60)
    """

    service: Office | Replayed | None
    """How an office shares out its hours; nobody's time is limited where there is none."""

    def __init__(
        self,
        scenario: Scenario,
        touch: Touch,
        seed: int,
        blocks: Sequence[int],
        customers: Customers,
        months: int,
        lanes: Ints | None = None,
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
        self.away = np.zeros(len(self.order), dtype=bool)
        self.value = np.zeros((months, len(self.order)))
        self.people = People(scenario, customers, self.order)
        self.community = Community(scenario, customers, self.order)
        self.maturity = Maturity(scenario, customers, self.order)
        self.climbs: list[tuple[Ints, Ints]] = []
        self.service = None

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
        value += mean_damage(self.scenario)
        who, harm = self._hits(month, there)
        self.value[month, who] -= harm

    def _hits(self, month: int, there: slice) -> tuple[Ints, Floats]:
        """Whom incidents of this month hit, and what they cost each."""
        s, struck = self.scenario, self.incident_draws[:, month] < incident_chance(self.scenario)
        if not struck.any():
            return np.empty(0, np.int64), np.empty(0)
        who = (there.start or 0) + np.flatnonzero(struck[self.office[there]])
        hit = who[self._luck("addon.incidents.hit", month, who) < s.incident_reach]
        return hit, damage(s, self.customers.first_impression[self.order[hit]])

    def _impression(self, there: slice) -> Floats:
        """What is left of the first impression, a month on."""
        fade = self.scenario.impression_fade_months
        impression = self.rates.impression[there]
        impression *= np.exp(-1 / fade) if fade else 0.0
        return impression
