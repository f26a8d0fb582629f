"""A class for each of some things."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.course.questions.answers import Column
from cslab.course.questions.kinds.choice import alike, known, refuse_unknown
from cslab.course.questions.kinds.kind import Kind, Remark, listed, refuse
from cslab.faults import nearest

if TYPE_CHECKING:
    from cslab.course.questions.kinds.choice import Choices
    from cslab.course.questions.question import Material

    Sorted = dict[Hashable, Hashable]


@dataclass(frozen=True)
class Classes(Kind):
    """A dict that puts each of some things into a class.

    Parameters
    ----------
    choices : iterable, or callable of a material
        What the classes are called; empty for anything.

    >>> Classes().agrees({"claim_1": "a"}, {"claim_1": "a"}, None)
    True
    """

    choices: Choices = ()

    def read(self, answer: Any, material: Material | None) -> Sorted:
        """The classes by thing, texts without differences of case, width and space.

        Raises
        ------
        Slip
            For another type, or a class that is none of the choices.

        >>> Classes(("A", "B")).read({"Claim 1": "a"}, None)
        {'claim_1': 'a'}
        """
        if not isinstance(answer, dict | Column):
            raise refuse("dict", answer)
        pairs = list(answer.items() if isinstance(answer, dict) else zip(answer.index, answer.values, strict=True))
        refuse_unknown([name for _, name in pairs], known(self.choices, material))
        return {alike(thing): alike(name) for thing, name in pairs}

    def differences(self, given: Sorted, target: Sorted, material: Material | None) -> list[Remark]:
        """How many things stand in their right class; first, whether it is these things that were sorted.

        >>> Classes().differences({"a": 1, "b": 1}, {"a": 1, "b": 2}, None)
        [Remark(key='classes_right', values={'right': 1, 'count': 2})]
        """
        if unknown := [thing for thing in given if thing not in target]:
            near = nearest(str(unknown[0]), map(str, target)) or listed(target)
            return [Remark("unknown_items", {"items": listed(unknown), "near": near})]
        if missing := [thing for thing in target if thing not in given]:
            return [Remark("items_missing", {"items": listed(missing), "count": len(missing)})]
        right = sum(given[thing] == name for thing, name in target.items())
        return [Remark("classes_right", {"right": right, "count": len(target)})]
