"""A decision, judged by how much of what the best one is worth it gives away: in expectation, never by one luck."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.course.questions.answers import Column, Frame, Strange, write
from cslab.course.questions.kinds.choice import alike, known, refuse_unknown
from cslab.course.questions.kinds.kind import Kind, Remark, Slip, refuse
from cslab.faults import CslabError

if TYPE_CHECKING:
    from cslab.course.questions.kinds.choice import Choices
    from cslab.course.questions.question import Material


@dataclass(frozen=True)
class Policy(Kind):
    """A decision.

    Parameters
    ----------
    score : callable
        Of a material and a decision in plain types: what it is worth in expectation, over doing nothing. It raises a
        ``UsageError`` for a decision that cannot be carried out.
    regret : float
        The share of the best decision's worth that an answer may give away.
    choices : iterable, or callable of a material
        What can be decided for, where it is one thing out of several; empty otherwise.
    form : str
        A decision of the form that is asked for, to be shown to one who gave another; empty for none.

    >>> best = Policy(lambda material, answer: {"a": 10.0, "b": 9.5}[answer], regret=0.1)
    >>> best.agrees("b", "a", None)
    True
    """

    score: Callable[[Any, Any], float]
    regret: float = 0.1
    choices: Choices = ()
    form: str = ""

    def read(self, answer: Any, material: Material | None) -> Any:
        """The decision, as one of the choices where there are some.

        Raises
        ------
        Slip
            For what is no decision, or none of the choices.

        >>> Policy(lambda material, answer: 0.0, choices=("FAQ", "Training")).read(" faq", None)
        'FAQ'
        """
        choices = known(self.choices, material)
        if isinstance(answer, Strange) or (choices and isinstance(answer, list | frozenset | dict | Column | Frame)):
            raise refuse("choice" if choices else "decision", answer)
        if not choices:
            return answer
        refuse_unknown([answer], choices)
        return choices[alike(answer)]

    def agrees(self, given: Any, target: Any, material: Material | None) -> bool:
        """Whether a decision is worth nearly as much as another.

        >>> Policy(lambda material, answer: float(answer)).agrees(80, 100, None)
        False
        """
        best, reached = self._worths(given, target, material)
        return best - reached <= self.regret * abs(best) + 1e-12 * max(1.0, abs(best))

    def same(self, given: Any, wrong: Any, material: Material | None) -> bool:
        """Whether it is that very decision, whatever it is worth.

        >>> Policy(lambda material, answer: 0.0).same(80, 90, None)
        False
        """
        return bool(given == wrong)

    def differences(self, given: Any, target: Any, material: Material | None) -> list[Remark]:
        """What share of the best decision's worth was reached, or that doing nothing would be better.

        >>> Policy(lambda material, answer: float(answer)).differences(80, 100, None)
        [Remark(key='worth_reached', values={'share': 0.8})]
        """
        best, reached = self._worths(given, target, material)
        if reached < 0:
            return [Remark("worth_lost")]
        share = math.floor(100 * reached / best + 1e-9) / 100 if best > 0 else 0.0  # never up to what would do
        return [Remark("worth_reached", {"share": share})] if best > 0 else []

    def _worths(self, given: Any, target: Any, material: Material | None) -> tuple[float, float]:
        """What the best decision and a given one are worth."""
        best = self._worth(target, material)
        try:
            reached = self._worth(given, material)
        except CslabError as error:
            raise Slip("cannot_be_done", reason=error) from error
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            raise self._odd() from error
        if not math.isfinite(reached):
            raise self._odd()
        return best, reached

    def _odd(self) -> Slip:
        """The slip of a decision that has another form, with the one that is asked for."""
        return Slip("odd_decision_form", form=self.form) if self.form else Slip("odd_decision")

    def _worth(self, decision: Any, material: Material | None) -> float:
        """What a decision is worth; computed once for a material."""
        if material is None:
            return float(self.score(material, decision))
        return float(material.once((self.score, write(decision)), lambda: self.score(material, decision)))
