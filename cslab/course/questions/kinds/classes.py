"""A class for each of some things."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
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


class Named(dict[Any, Any]):
    """Classes by thing, with the names of the things as they were written.

    Parameters
    ----------
    pairs : iterable of (object, object)
        The thing as it was written, and its class.

    >>> Named([("Claim 1", "a")]), Named([("Claim 1", "a")]).names
    ({'claim_1': 'a'}, {'claim_1': 'Claim 1'})
    """

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        listed = [(alike(thing), thing, name) for thing, name in pairs]
        super().__init__((thing, name) for thing, _, name in listed)
        self.names = {thing: written for thing, written, _ in listed}

    def written(self, things: Iterable[Any]) -> list[Any]:
        """Some of the things, as they were written.

        Parameters
        ----------
        things : iterable
            As the keys are.

        >>> Named([("Claim 1", "a")]).written(["claim_1"])
        ['Claim 1']
        """
        return [self.names[thing] for thing in things]


@dataclass(frozen=True)
class Classes(Kind):
    """A dict that puts each of some things into a class.

    Parameters
    ----------
    choices : iterable, or callable of a material
        What the classes are called; a mapping where one has several names; empty for anything.
    at_least : float
        The share of the things (0-1) that is enough, where one or the other can be argued about.

    >>> Classes().agrees({"claim_1": "a"}, {"claim_1": "a"}, None)
    True
    """

    choices: Choices = ()
    at_least: float = 1.0

    def read(self, answer: Any, material: Material | None) -> Sorted:
        """The classes by thing, texts without differences of case, width and space.

        Raises
        ------
        Slip
            For another type, or a class that is none of the choices.

        >>> Classes(("A", "B")).read({"Claim 1": "a"}, None)
        {'claim_1': 'a'}
        >>> Classes({"renewal": "renewal", "更新": "renewal"}).read({"A": "更新"}, None)
        {'a': 'renewal'}
        """
        if not isinstance(answer, dict | Column):
            raise refuse("dict", answer)
        pairs = list(answer.items() if isinstance(answer, dict) else zip(answer.index, answer.values, strict=True))
        choices = known(self.choices, material)
        refuse_unknown([name for _, name in pairs], choices)
        return Named((thing, alike(choices.get(alike(name), name))) for thing, name in pairs)

    def agrees(self, given: Sorted, target: Sorted, material: Material | None) -> bool:
        """Whether enough of these very things stand in their right class.

        >>> Classes(at_least=0.5).agrees({"a": 1, "b": 1}, {"a": 1, "b": 2}, None)
        True
        """
        return given.keys() == target.keys() and _right(given, target) >= self.at_least * len(target) - 1e-9

    def same(self, given: Sorted, wrong: Sorted, material: Material | None) -> bool:
        """Whether all stand in those very classes.

        >>> Classes(at_least=0.5).same({"a": 1, "b": 1}, {"a": 1, "b": 2}, None)
        False
        """
        return bool(given == wrong)

    def differences(self, given: Sorted, target: Sorted, material: Material | None) -> list[Remark]:
        """How many things stand in their right class; first, whether it is these things that were sorted.

        >>> Classes().differences({"a": 1, "b": 1}, {"a": 1, "b": 2}, None)
        [Remark(key='classes_right', values={'right': 1, 'count': 2})]
        """
        if unknown := [thing for thing in given if thing not in target]:
            near = nearest(str(unknown[0]), map(str, target)) or listed(_written(target, target))
            return [Remark("unknown_items", {"items": listed(_written(given, unknown)), "near": near})]
        if missing := [thing for thing in target if thing not in given]:
            return [Remark("items_missing", {"items": listed(_written(target, missing)), "count": len(missing)})]
        return [Remark("classes_right", {"right": _right(given, target), "count": len(target)})]


def _right(given: Sorted, target: Sorted) -> int:
    """How many things stand in their right class."""
    return sum(given[thing] == name for thing, name in target.items())


def _written(classes: Sorted, things: Iterable[Any]) -> list[Any]:
    """Some of the things of an answer, as they were written where that is known."""
    return classes.written(things) if isinstance(classes, Named) else list(things)
