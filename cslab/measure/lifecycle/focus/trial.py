"""Help that is tried in one phase at a time, and what a chain of phases says that it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.book.supposition import PHASES, LikeLost, Relief
from cslab.faults import Fault, UsageError
from cslab.measure.lifecycle.focus.counts import EVALUATION, Fitted
from cslab.measure.multistate.sums import summed
from cslab.measure.value.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Truth

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """What is tried in each phase, and on which terms it is valued.

    Parameters
    ----------
    effect : float
        Share of the departures from a phase (0-1) that help to those in it prevents.
    terms : Terms
        Gross margin, discount, months from signing.

    Raises
    ------
    UsageError
        For an effect outside 0-1.

    >>> Trial(0.2, Terms(0.8, 0.1, 36)).effect
    0.2
    """

    effect: float
    terms: Terms

    def __post_init__(self) -> None:
        """Refuse an effect that makes no sense."""
        if not 0 <= self.effect <= 1:
            raise UsageError(Fault("not_a_rate", {"name": "effect", "value": self.effect}))

    def worth(self, fitted: Fitted, phase: str = "") -> float:
        """What a customer is worth at signing, with help in one phase or none.

        Parameters
        ----------
        fitted : Fitted
        phase : str
            Where there is help; empty: nowhere.

        >>> from cslab.measure.lifecycle.focus.counts import State
        >>> from cslab.measure.multistate import Chain
        >>> chain = Chain(("0",), ("gone",), np.array([[0.9, 0.1]]), np.array([10.0]), np.zeros(1))
        >>> one = Fitted((State("", "use"),), chain, mrr=np.array([5.0]), begins=np.array([1.0]), won=0.5)
        >>> Trial(0.5, Terms(1.0, 0.0, 2)).worth(one), Trial(0.5, Terms(1.0, 0.0, 2)).worth(one, "use")
        (9.5, 9.75)
        """
        chain = fitted.chain.relieved(fitted.of(phase), self.effect) if phase else fitted.chain
        reward = self.terms.gross_margin * fitted.mrr
        return float(fitted.begins @ summed(chain, reward, self.terms.discount, self.terms.horizon))

    def gains(self, fitted: Fitted, phases: Sequence[str]) -> Floats:
        """What help is worth a deal that enters evaluation, phase by phase.

        A deal that is not lost is won; so in evaluation the effect makes that share of the lost deals customers.

        Parameters
        ----------
        fitted : Fitted
        phases : sequence of str

        Returns
        -------
        (P,) array
            Currency.

        >>> from cslab.measure.lifecycle.focus.counts import State
        >>> from cslab.measure.multistate import Chain
        >>> chain = Chain(("0",), ("gone",), np.array([[0.9, 0.1]]), np.array([10.0]), np.zeros(1))
        >>> one = Fitted((State("", "use"),), chain, mrr=np.array([5.0]), begins=np.array([1.0]), won=0.5)
        >>> Trial(0.5, Terms(1.0, 0.0, 2)).gains(one, ["evaluation", "use"]).tolist()
        [2.375, 0.125]
        """
        now, won = self.worth(fitted), fitted.won
        kept = {name: won * (self.worth(fitted, name) - now) for name in phases if name != EVALUATION}
        return np.array([kept.get(name, self.effect * (1 - won) * now) for name in phases])

    def cases(self, fitted: Fitted, phases: Sequence[str]) -> Floats:
        """How often each phase is entered, for each deal that enters evaluation.

        Parameters
        ----------
        fitted : Fitted
        phases : sequence of str

        Returns
        -------
        (P,) array

        >>> from cslab.measure.lifecycle.focus.counts import State
        >>> from cslab.measure.multistate import Chain
        >>> chain = Chain(("0",), ("gone",), np.array([[0.9, 0.1]]), np.array([10.0]), np.zeros(1))
        >>> one = Fitted((State("", "use"),), chain, mrr=np.array([5.0]), begins=np.array([1.0]), won=0.5)
        >>> Trial(0.5, Terms(1.0, 0.0, 2)).cases(one, ["evaluation", "use"]).round(9).tolist()
        [1.0, 0.5]
        """
        entered = fitted.begins @ fitted.chain.visits(self.terms.horizon).to_numpy()
        fresh = [(entered[place], state.phase) for place, state in enumerate(fitted.states) if not state.stuck]
        customers = {name: fitted.won * sum(count for count, phase in fresh if phase == name) for name in phases}
        return np.array([1.0 if name == EVALUATION else customers[name] for name in phases])

    def results(self, fitted: Fitted, phases: Sequence[str]) -> Floats:
        """Gains a deal, and gains a case (missing for a phase that nobody comes to).

        Parameters
        ----------
        fitted : Fitted
        phases : sequence of str

        Returns
        -------
        (2, P) array
            Currency.

        >>> from cslab.measure.lifecycle.focus.counts import State
        >>> from cslab.measure.multistate import Chain
        >>> chain = Chain(("0",), ("gone",), np.array([[0.9, 0.1]]), np.array([10.0]), np.zeros(1))
        >>> one = Fitted((State("", "use"),), chain, mrr=np.array([5.0]), begins=np.array([1.0]), won=0.5)
        >>> Trial(0.5, Terms(1.0, 0.0, 2)).results(one, ["use"]).round(9).tolist()
        [[0.125], [0.25]]
        """
        gains, cases = self.gains(fitted, phases), self.cases(fitted, phases)
        return np.stack([gains, np.divide(gains, cases, out=np.full(len(cases), np.nan), where=cases > 0)])

    def true_gains(self, truth: Truth | None, phases: Sequence[str], won: float, futures: int) -> Floats:
        """What help is truly worth a deal that enters evaluation: from paired worlds, in expectation.

        A lost deal that is won instead becomes a customer like those whose deals were lost.

        Parameters
        ----------
        truth : Truth or None
            ``book.truth``.
        phases : sequence of str
        won : float
            Share of the deals (0-1) that are won.
        futures : int
            How many to average over.

        Returns
        -------
        (P,) array
            Currency; missing where nobody knows it, and for phases that the simulator does not have.

        >>> import cslab
        >>> trial, truth = Trial(0.5, Terms(1.0, 0.0, 6)), cslab.load("synthetic:tiny").truth
        >>> (trial.true_gains(truth, ["adoption", "own"], won=0.5, futures=2) > 0).tolist()
        [True, False]
        """
        found = np.full(len(phases), np.nan)
        if truth is None:
            return found
        means = self.supposed(truth, phases, futures)
        for place, name in enumerate(phases):
            if name == EVALUATION:
                found[place] = self.effect * (1 - won) * means["value_amount"][LikeLost().case]
            elif name in PHASES:
                found[place] = won * means["value_gain_amount"][Relief(name, self.effect).case]
        return self.terms.gross_margin * found

    def supposed(self, truth: Truth, phases: Sequence[str], futures: int) -> pd.DataFrame:
        """What the truth supposes in each phase, averaged over all customers.

        Parameters
        ----------
        truth, phases, futures
            As for ``true_gains``.

        Returns
        -------
        DataFrame
            The columns of ``truth.supposing``, a row a case.

        >>> import cslab
        >>> found = Trial(0.5, Terms(1.0, 0.0, 6)).supposed(cslab.load("synthetic:tiny").truth, ["adoption"], futures=2)
        >>> found.index.tolist()
        ['as_it_is', 'relief:adoption:0.5']
        """
        worlds = [Relief(name, self.effect) for name in phases if name in PHASES]
        lost = [LikeLost()] if EVALUATION in phases else []
        horizon, discount = self.terms.horizon, self.terms.discount
        found = truth.supposing([*worlds, *lost], horizon=horizon, futures=futures, discount=discount)
        return found.groupby("case").mean(numeric_only=True)
