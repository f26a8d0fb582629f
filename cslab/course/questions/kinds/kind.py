"""What every kind of answer can do: read it, compare it, see it in another unit or order, say how far it is off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cslab.course.questions.answers import Strange

if TYPE_CHECKING:
    from cslab.course.questions.question import Material

FEW, LONGEST = 12, 40
"""How many items, and how many letters of each, a message names."""
_FUNCTIONS = ("function", "method", "builtin_function_or_method", "type")
_UNROLLED = ("dict_items", "enumerate", "filter", "generator", "map", "reversed", "zip")
_NAMES = {"Column": "Series", "Frame": "DataFrame", "frozenset": "set"}


@dataclass(frozen=True)
class Remark:
    """Something to be said about an answer, in no language yet.

    Parameters
    ----------
    key : str
        The sentence, a key of ``words.csv`` without its leading ``check.remark.``.
    values : dict
        What fills its blanks; ``…_unit`` are names of units, ``parts`` names of a text's parts.

    >>> Remark("several_numbers", {"count": 3}).key
    'several_numbers'
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)


class Slip(Exception):
    """An answer that is not of the form that was asked for.

    Parameters
    ----------
    key : str
        As for :class:`Remark`.
    **values
        What fills the blanks.

    >>> Slip("not_finite").remark.key
    'not_finite'
    """

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.remark = Remark(key, values)


class Kind:
    """A form of answer. An answer here is what ``answers.load`` gives: plain Python types only."""

    def read(self, answer: Any, material: Material) -> Any:
        """What the answer says, in a form that can be compared.

        Raises
        ------
        Slip
            For a wrong type or shape.

        >>> from cslab.course.questions.kinds import Num
        >>> Num().read(1, None)
        1.0
        """
        raise NotImplementedError

    def agrees(self, given: Any, target: Any, material: Material) -> bool:
        """Whether what was read is the same as a target, within what this kind tolerates.

        >>> from cslab.course.questions.kinds import Num
        >>> Num(0.01).agrees(0.5, 0.505, None)
        True
        """
        return bool(given == target)

    def same(self, given: Any, wrong: Any, material: Material) -> bool:
        """Whether what was read is what a misconception gives; more strictly than for the right answer where need be.

        >>> from cslab.course.questions.kinds import Rank
        >>> Rank(0.5).same(("a", "b", "c"), ("a", "c", "b"), None)
        False
        """
        return self.agrees(given, wrong, material)

    def near(self, given: Any, target: Any) -> bool:
        """Whether two values that agree are of a size, too, which a tolerance hides where both are small.

        Asked where an answer is seen in another unit: nearly nothing agrees with nearly nothing in every unit.

        >>> from cslab.course.questions.kinds import Num
        >>> Num(0.01).agrees(0.002, 0.0, None), Num(0.01).near(0.002, 0.0)
        (True, False)
        """
        return True

    def nearer(self, given: Any, wrong: Any, target: Any) -> bool:
        """Whether a right answer lies nearer to what a misconception gives, as rounding in between can bring about.

        >>> from cslab.course.questions.kinds import Num
        >>> Num(0.01).nearer(0.508, 0.515, 0.5)
        True
        """
        return False

    def nearest(self, given: Any, wrong: dict[str, Any]) -> tuple[str, ...]:
        """Which of the misconceptions that give an answer are told, by what each gives.

        >>> Kind().nearest(1, {"one": 1, "as_well": 1})
        ('one', 'as_well')
        """
        return tuple(wrong)

    def otherwise(self, given: Any) -> Iterable[tuple[Remark, Any]]:
        """What was read, seen in other units or another order, each with what to say where that is right.

        >>> list(Kind().otherwise(1))
        []
        """
        return ()

    def notes(self, answer: Any) -> list[Remark]:
        """What to say of the form of an answer that is taken all the same.

        >>> Kind().notes(1)
        []
        """
        return []

    def differences(self, given: Any, target: Any, material: Material) -> list[Remark]:
        """How far what was read is off, without saying what is right.

        >>> Kind().differences(1, 2, None)
        []
        """
        return []


def refuse(wanted: str, answer: Any) -> Slip:
    """The slip of an answer of another type than the one asked for.

    Parameters
    ----------
    wanted : str
        ``number``, ``set``, ``dict``, ``list``, ``table``, ``text`` or ``decision``.
    answer : object
        What came.

    >>> refuse("number", {1: 2}).remark
    Remark(key='not_a_number', values={'given': 'dict'})
    >>> refuse("number", Strange("function")).remark.key
    'function'
    """
    given = called(answer)
    if isinstance(answer, Strange):
        if given in _FUNCTIONS:
            return Slip("function")
        if given in _UNROLLED:
            return Slip("unrolled", given=given)
        if given in ("too_large", "unreadable"):
            return Slip(given)
    return Slip(f"not_a_{wanted}", given=given)


def called(answer: Any) -> str:
    """What Python calls the type of an answer.

    >>> called(frozenset()), called(Strange("Timedelta"))
    ('set', 'Timedelta')
    """
    if isinstance(answer, Strange):
        return answer.what
    given = type(answer).__name__
    return _NAMES.get(given, given)


def listed(items: Iterable[Any], most: int = FEW) -> str:
    """Items as people write them, in order and each once, with dots where there are more.

    >>> listed(["b", "a", 12, "b"]), listed("abc", 2)
    ('12, a, b', 'a, b …')
    """
    texts = sorted({str(item)[:LONGEST] for item in items})
    return ", ".join(texts[:most]) + (" …" if len(texts) > most else "")
