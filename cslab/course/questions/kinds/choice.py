"""Things that can be named in an answer, and an answer that is a set of them."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.course.questions.answers import Column
from cslab.course.questions.kinds.kind import LONGEST, Kind, Remark, Slip, called, listed, refuse
from cslab.faults import nearest
from cslab.words import LANGUAGES, label

if TYPE_CHECKING:
    from cslab.course.questions.question import Material

    Choices = Iterable[Any] | Callable[[Material], Iterable[Any]]


@dataclass(frozen=True)
class Set(Kind):
    """A set of texts or whole numbers.

    Parameters
    ----------
    choices : iterable, or callable of a material
        What may stand in the set; empty for anything.

    >>> Set().agrees(frozenset({12, 24}), frozenset({24, 12}), None)
    True
    """

    choices: Choices = ()

    def read(self, answer: Any, material: Material | None) -> frozenset[Hashable]:
        """The set, its texts without differences of case, width and space.

        Raises
        ------
        Slip
            For a text or number alone, another type, or an item that is none of the choices.

        >>> sorted(Set().read(["Not used ", "ｐｒｉｃｅ"], None))
        ['not_used', 'price']
        """
        if isinstance(answer, str | int | float) and not isinstance(answer, bool):
            raise Slip("one_for_set", answer=str(answer)[:LONGEST])
        return frozenset(named(items_of(answer, "set"), known(self.choices, material)))

    def otherwise(self, given: frozenset[Hashable]) -> Iterator[tuple[Remark, Any]]:
        """A set of numbers that were written as text.

        >>> [items for _, items in Set().otherwise(frozenset({"12", "24"}))] == [{12, 24}]
        True
        """
        texts = [item for item in given if isinstance(item, str) and item.isdecimal()]
        if texts and len(texts) == len(given):
            yield Remark("numbers_as_text"), frozenset(map(int, texts))

    def notes(self, answer: Any) -> list[Remark]:
        """That a list was taken as a set.

        >>> [remark.key for remark in Set().notes([12, 24])]
        ['list_for_set']
        """
        return [Remark("list_for_set")] if isinstance(answer, list | Column) else []

    def differences(self, given: Any, target: Any, material: Material | None) -> list[Remark]:
        """How many are right and how many are missing; first, whether they are numbers where numbers are asked for.

        >>> Set().differences(frozenset({12, 13}), frozenset({12, 24, 36}), None)
        [Remark(key='in_part', values={'right': 1, 'wrong': 1, 'missing': 2})]
        """
        texts = [isinstance(item, str) for item in given]
        if texts and all(texts) and not any(isinstance(item, str) for item in target):
            return [Remark("numbers_wanted")]
        return [in_part(given, target)]


def items_of(answer: Any, wanted: str) -> list[Any]:
    """The things that stand in a list, set or column.

    Parameters
    ----------
    answer : object
        As ``answers.load`` gives it.
    wanted : str
        ``"set"`` or ``"list"``.

    Raises
    ------
    Slip
        For another type, and for a column of numbers whose names stand beside it.

    >>> items_of([12, 24], "set")
    [12, 24]
    """
    if isinstance(answer, Column):
        counted = all(isinstance(value, int | float) for value in answer.values)
        if answer.values and counted and all(isinstance(name, str) for name in answer.index):
            raise Slip("names_in_index")
        return list(answer.values)
    if not isinstance(answer, list | frozenset):
        raise refuse(wanted, answer)
    return list(answer)


def known(choices: Choices, material: Material | None) -> dict[Hashable, Any]:
    """What can be named, by the form in which two that mean the same are equal.

    A mapping gives what each name stands for, so that one thing can have several names. A value of the tables can be
    named as lessons show it, too, in either language.

    >>> known(("FAQ", "Training"), None)
    {'faq': 'FAQ', 'training': 'Training'}
    >>> known({"FAQ": "FAQ", "よくある質問": "FAQ"}, None)
    {'faq': 'FAQ', 'よくある質問': 'FAQ'}
    >>> known(["smb"], None)["中小企業"]
    'smb'
    """
    found = choices(material) if callable(choices) else choices  # type: ignore[arg-type]
    if isinstance(found, Mapping):
        return {alike(name): choice for name, choice in found.items()}
    own = {alike(choice): choice for choice in found}
    return {**_shown(own.values()), **own}


def _shown(choices: Iterable[Any]) -> dict[Hashable, Any]:
    """The choices by the words that lessons show for them; a word that stands for two of them is left out."""
    said = [(alike(label(choice, lang)), choice) for choice in choices if isinstance(choice, str) for lang in LANGUAGES]
    meant = {name: {choice for other, choice in said if other == name} for name, _ in said}
    return {name: found.pop() for name, found in meant.items() if len(found) == 1}


def named(items: Iterable[Any], choices: dict[Hashable, Any]) -> list[Hashable]:
    """The items as the choices that they name; all as they are where everything may be named.

    Raises
    ------
    Slip
        As :func:`refuse_unknown`.

    >>> named(["中小企業", "MID"], known(["smb", "mid"], None))
    ['smb', 'mid']
    """
    given = list(items)
    refuse_unknown(given, choices)
    return [alike(choices.get(alike(item), item)) for item in given]


def refuse_unknown(items: Iterable[Any], choices: dict[Hashable, Any]) -> None:
    """Refuse what is none of the choices, with the nearest one; everything may be named where there are none.

    Raises
    ------
    Slip

    >>> refuse_unknown(["training "], {"faq": "FAQ", "training": "Training"})
    """
    unknown = [item for item in items if choices and alike(item) not in choices]
    if unknown:
        names = list(dict.fromkeys(str(choice) for choice in choices.values()))
        first, others = str(unknown[0]), [str(name) for name in choices]
        near = nearest(first, names) or nearest(first, others) or listed(names)
        raise Slip("unknown_items", items=listed(set(map(str, unknown))), near=near)


def alike(item: Any) -> Hashable:
    """An item in the form in which two that mean the same are equal.

    Parameters
    ----------
    item : object
        As ``answers.load`` gives it.

    Raises
    ------
    Slip
        For what cannot stand in a set.

    >>> alike(" ＮＲＲ") == alike("nrr"), alike("Not used") == alike("not_used"), alike(12.0) == alike(12)
    (True, True, True)
    """
    if isinstance(item, str):
        return "_".join(unicodedata.normalize("NFKC", item).casefold().replace("_", " ").split())
    if isinstance(item, tuple | list):
        return tuple(map(alike, item))
    if isinstance(item, bool | int | float | dt.date):
        return item
    raise Slip("odd_item", given=called(item))


def in_part(given: Iterable[Hashable], target: Iterable[Hashable]) -> Remark:
    """How many things are right, too many and missing, and not which: to name them would be to answer.

    >>> in_part(["a"], ["a", "b"])
    Remark(key='in_part', values={'right': 1, 'wrong': 0, 'missing': 1})
    """
    here, there = set(given), set(target)
    return Remark("in_part", {"right": len(here & there), "wrong": len(here - there), "missing": len(there - here)})
