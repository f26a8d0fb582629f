"""Who is taken on by which programme, decided when a customer's turn comes, from what is known by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from cslab.world.history import NEVER
from cslab.world.programmes.designs import DESIGN_NAMES, DESIGNS, GROUPS, Asked
from cslab.world.programmes.effects import Enrolled, Programmes
from cslab.world.programmes.programme import AT_SIGNING, CHAINS, Programme

if TYPE_CHECKING:
    from cslab.world.customers import Customers
    from cslab.world.luck import Floats, Ints, Lanes
    from cslab.world.scenario import Scenario

LOTS = ("wait", "lot", "choice", "held", "relief")
"""What is drawn once for each customer and programme, the same under every policy."""


def lots(programmes: Sequence[str], lanes: Lanes) -> Floats:
    """The draws of some customers for each programme.

    Parameters
    ----------
    programmes : sequence of str
        Their names.
    lanes : Lanes
        Of the customers.

    Returns
    -------
    ndarray of float, shape (n, programmes, 5)
        In the order of ``LOTS``.

    >>> from cslab.world.luck import Lanes
    >>> lots(["faq", "training"], Lanes(1, [0], 60)).shape, lots([], Lanes(1, [0], 60)).shape
    ((60, 2, 5), (60, 0, 5))
    """
    drawn = np.empty((lanes.accounts, len(programmes), len(LOTS)))
    for place, name in enumerate(programmes):
        for which, what in enumerate(LOTS):
            drawn[:, place, which] = lanes.uniform(f"programs.{name}.{what}")
    return drawn


class Enrolment:
    """The customers of a chunk and their programmes, in the order of signing.

    Parameters
    ----------
    scenario : Scenario
    designs : ndarray of int, shape (n, programmes)
        How each programme takes each customer on, by place in ``DESIGN_NAMES``; none at all: nobody is.
    customers : Customers
        As drawn.
    order : ndarray of int
        Positions of the customers in the order of signing.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> trained = preset("tiny").with_(programs="training", program_start=0)
    >>> customers = draw(trained, seed=1, blocks=range(1), accounts=60)
    >>> enrolment = Enrolment(trained, np.full((60, 1), DESIGN_NAMES.index("open")), customers, np.arange(60))
    >>> enrolment.decide(40, slice(60), np.zeros(60))
    >>> bool((enrolment.enrolled.since[:, 0] == 40).any())
    True
    """

    def __init__(self, scenario: Scenario, designs: Ints, customers: Customers, order: Ints) -> None:
        self.scenario, self.running = scenario, [CHAINS[name] for name in scenario.programs]
        shape = len(order), len(self.running)
        self.designs = designs[order] if designs.shape == shape else np.zeros(shape, dtype=np.int64)
        self.signed, self.mrr0 = customers.start[order], customers.mrr0[order]
        self.lots = customers.beginnings.lots[order]
        self.enrolled = Enrolled(
            turn=self._turns(),
            since=np.full(shape, NEVER),
            invited=np.zeros(shape, dtype=bool),
            held=self._held(),
            relief=self.lots[:, :, LOTS.index("relief")],
            high_effort=customers.beginnings.high_effort[order],
        )
        self.programmes, self._order = Programmes(scenario, self.enrolled), order
        for place in range(len(self.running)):
            at_once = np.flatnonzero(self.enrolled.turn[:, place] == self.signed)
            self._answer(place, at_once, customers.first_value[order])

    def begun(self, customers: Customers) -> Customers:
        """The customers as they begin with what programmes do at signing.

        Parameters
        ----------
        customers : Customers
            As drawn, in their own order.

        Returns
        -------
        Customers

        >>> from cslab.world.customers import draw
        >>> from cslab.world.scenario import preset
        >>> guided = preset("tiny").with_(programs="handoff_standard", program_start=-40)
        >>> customers = draw(guided, seed=1, blocks=range(1), accounts=60)
        >>> enrolment = Enrolment(guided, np.full((60, 1), DESIGN_NAMES.index("open")), customers, np.arange(60))
        >>> begun = enrolment.begun(customers).beginnings.handoff
        >>> bool(np.allclose(begun, 0.5 + 0.5 * customers.beginnings.handoff))
        True
        """
        if not any(link.acts in AT_SIGNING for programme in self.running for link in programme.links):
            return customers
        back = np.argsort(self._order)
        stall, speed, handoff, spread, taught, fit = (
            self.programmes.at_signing(acts, self.signed)[back] for acts in AT_SIGNING
        )
        begun = customers.beginnings
        return replace(
            customers,
            fit=customers.fit + fit,
            first_value=customers.first_value + self.scenario.first_value_fit * fit,
            beginnings=replace(
                begun,
                educated=begun.educated | (taught > 0),
                education=begun.education + taught * ~begun.educated,
                handoff=begun.handoff * np.exp(spread) + handoff,
                stall_shift=stall,
                onboarding_shift=-speed,
            ),
        )

    def decide(self, month: int, there: slice, value: Floats) -> None:
        """Those of a slice whose turn comes this month are taken on or not.

        Parameters
        ----------
        month : int
        there : slice
        value : ndarray of float
            Latent value of all customers a month before.

        >>> from cslab.world.customers import draw
        >>> from cslab.world.scenario import preset
        >>> customers = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
        >>> enrolment = Enrolment(preset("tiny"), np.ones((60, 1), np.int64), customers, np.arange(60))
        >>> enrolment.decide(70, slice(60), np.zeros(60))
        >>> bool((enrolment.enrolled.since == 70).any())
        True
        """
        for place in range(len(self.running)):
            who = (there.start or 0) + np.flatnonzero(self.enrolled.turn[there, place] == month)
            if len(who):
                self._answer(place, who, value)

    def follow(self, designs: Ints, month: int) -> None:
        """From some month on customers are taken on in another way; those decided about are not asked again.

        Parameters
        ----------
        designs : ndarray of int, shape (n, programmes)
            In the customers' own order.
        month : int
            Those who would have been asked before are asked now.

        >>> from cslab.world.customers import draw
        >>> from cslab.world.scenario import preset
        >>> trained = preset("tiny").with_(programs="training", program_start=0)
        >>> customers = draw(trained, seed=1, blocks=range(1), accounts=60)
        >>> enrolment = Enrolment(trained, np.zeros((60, 1), np.int64), customers, np.arange(60))
        >>> enrolment.follow(np.full((60, 1), DESIGN_NAMES.index("open")), month=70)
        >>> int(enrolment.enrolled.turn.min())
        70
        """
        if designs.shape != self.designs.shape:
            return
        self.designs, before = designs[self._order], self.enrolled.turn.copy()
        later = self._turns()
        for place, programme in enumerate(self.running):
            if programme.who == "all":
                later[:, place] = np.maximum(later[:, place], month)
        self.enrolled.turn[:] = np.where(before >= month, later, before)

    def _turns(self) -> Ints:
        """The month in which each customer's turn comes in each programme."""
        turns = np.full(self.designs.shape, NEVER)
        for place, programme in enumerate(self.running):
            design: Ints = self.designs[:, place]
            begins = self.scenario.program_start - self.scenario.first_month + self._delays(place, design)
            turns[:, place] = np.where(design > 0, self._turn(programme, begins, self._draws(place, "wait")), NEVER)
        return turns

    def _turn(self, programme: Programme, begins: Ints, draws: Floats) -> Ints:
        """When a programme comes to each customer: at signing, or when both it and the customer are old enough."""
        if programme.who == "new":
            return np.where(self.signed >= begins, self.signed, NEVER)
        waits = np.floor(-programme.wait * np.log1p(-draws)).astype(np.int64) + (programme.wait > 0)
        return np.asarray(np.maximum(begins, self.signed + programme.tenure) + waits)

    def _delays(self, place: int, design: Ints) -> Ints:
        """Months by which a customer's group begins later, where groups begin one after the other."""
        group = np.floor(GROUPS * self._draws(place, "lot")).astype(np.int64)
        staggered = design == DESIGN_NAMES.index("staggered")
        return np.where(staggered, group * self.scenario.program_stagger_months, 0)

    def _held(self) -> Floats:
        """The share of the planned sessions that are held, from one draw each."""
        held = np.ones(self.designs.shape)
        for place, programme in enumerate(self.running):
            if programme.dose and programme.held < 1:
                n, p = programme.dose, programme.held
                limits = np.cumsum([comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n)])
                held[:, place] = np.searchsorted(limits, self._draws(place, "held"), side="right") / n
        return held

    def _draws(self, place: int, what: str) -> Floats:
        """The customers' draws of one kind for one programme."""
        return np.asarray(self.lots[:, place, LOTS.index(what)])

    def _answer(self, place: int, who: Ints, value: Floats) -> None:
        """Take some customers on, or not, each in the way that holds for it."""
        for code in np.unique(self.designs[who, place]):
            some = who[self.designs[who, place] == code]
            lot, choice = (self._draws(place, what)[some] for what in ("lot", "choice"))
            asked = Asked(self.scenario, self.running[place], self.mrr0[some], value[some], lot, choice)
            self.enrolled.invited[some, place], joins = DESIGNS[DESIGN_NAMES[code]](asked)
            self.enrolled.since[some[joins], place] = self.enrolled.turn[some[joins], place]


def begun(scenario: Scenario, designs: Ints, customers: Customers) -> Customers:
    """Some customers as they begin with what programmes do at signing.

    Parameters
    ----------
    scenario : Scenario
    designs : ndarray of int, shape (n, programmes)
        As for ``Enrolment``.
    customers : Customers
        As drawn.

    Returns
    -------
    Customers

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> customers = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
    >>> begun(preset("tiny"), np.ones((60, 1), np.int64), customers) is customers
    True
    """
    return Enrolment(scenario, designs, customers, np.arange(len(customers.start))).begun(customers)
