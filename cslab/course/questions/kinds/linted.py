"""Texts that are right when nothing is left to mend: what a lint finds wrong with them is what is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.course.questions.kinds.choice import known
from cslab.course.questions.kinds.kind import Kind, Remark, Slip, listed, refuse
from cslab.faults import Fault, UsageError, nearest

if TYPE_CHECKING:
    from cslab.course.questions.kinds.choice import Choices
    from cslab.course.questions.question import Material

    Look = Callable[[Any, Any], Sequence[Fault]]


@dataclass(frozen=True)
class Linted(Kind):
    """A text, or one for each of some things.

    Parameters
    ----------
    look : callable
        Of a material and an answer: everything that is wrong with it.
    things : iterable, or callable of a material
        What wants a text each, which makes the answer a dict; empty for one text.

    >>> shouting = Linted(lambda material, text: [Fault("step.loud")] if text.isupper() else [])
    >>> shouting.agrees("softly", "", None), shouting.agrees("LOUD", "", None)
    (True, False)
    """

    look: Look
    things: Choices = ()

    def read(self, answer: Any, material: Material | None) -> Any:
        """The text, or the texts by thing.

        Raises
        ------
        Slip
            For another type, a thing that is none of those asked for, or one without a text.

        >>> Linted(lambda material, texts: [], ("a", "b")).read({"a": "one", "b": "two"}, None)
        {'a': 'one', 'b': 'two'}
        """
        things = list(dict.fromkeys(known(self.things, material).values()))
        if not things:
            if not isinstance(answer, str):
                raise refuse("text", answer)
            return answer
        if not isinstance(answer, dict):
            raise refuse("dict", answer)
        self._check(answer, things)
        return {thing: answer[thing] for thing in things}

    def _check(self, answer: dict[Any, Any], things: list[Any]) -> None:
        """Refuse a dict that is not one text for each thing."""
        if unknown := [thing for thing in answer if thing not in things]:
            raise Slip("unknown_items", items=listed(unknown), near=nearest(str(unknown[0]), things) or listed(things))
        if missing := [thing for thing in things if thing not in answer]:
            raise Slip("items_missing", items=listed(missing), count=len(missing))
        for thing in things:
            if not isinstance(answer[thing], str):
                raise refuse("text", answer[thing])

    def agrees(self, given: Any, target: Any, material: Material | None) -> bool:
        """Whether nothing is left to mend; there are as many right texts as there are people.

        >>> Linted(lambda material, text: []).agrees("mine", "yours", None)
        True
        """
        return not self.look(material, given)

    def same(self, given: Any, wrong: Any, material: Material | None) -> bool:
        """Whether an answer breaks the same rules as another.

        >>> Linted(lambda material, text: [Fault(f"step.{text[0]}")]).same("ab", "ac", None)
        True
        """
        return self._rules(given, material) == self._rules(wrong, material)

    def differences(self, given: Any, target: Any, material: Material | None) -> list[Remark]:
        """How much is left to mend, and what comes first.

        >>> Linted(lambda material, text: [Fault("no_truth")]).differences("", "", None)[0].values["count"]
        1
        """
        found = list(self.look(material, given))
        return [Remark("lint_left", {"count": len(found), "first": UsageError(found[0])})] if found else []

    def _rules(self, given: Any, material: Material | None) -> set[str]:
        """The rules that an answer breaks."""
        return {fault.key for fault in self.look(material, given)}
