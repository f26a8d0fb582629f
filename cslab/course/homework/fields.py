"""What a section gives line by line, as ``- Phase: onboarding``: names in either language, each value with its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cslab.course.homework.document import Answer
from cslab.faults import Fault
from cslab.words import LANGUAGES, word

_BLANK = re.compile(r"[\s.…・_?()<>〈〉⟨⟩-]*")


class Given(NamedTuple):
    """A value that a section gives.

    Parameters
    ----------
    field : str
        Its name, whatever the language of the text.
    value : str
    line : int

    >>> Given("window", "12 months", 4).line
    4
    """

    field: str
    value: str
    line: int


def given(answer: Answer, fields: Sequence[str]) -> list[Given]:
    """What a section gives, in its order; a value may go on below, set in, and one that was left open is empty.

    Parameters
    ----------
    answer : Answer
    fields : sequence of str
        The names that are looked for; their words stand in ``words.csv`` under ``homework.field.<name>``.

    >>> given(Answer("定義", 1, ((2, "- 名称：売上維持率"), (3, "- 分子: …"))), ["name", "numerator"])
    [Given(field='name', value='売上維持率', line=2), Given(field='numerator', value='', line=3)]
    """
    names = {word(f"homework.field.{field}", lang).casefold(): field for field in fields for lang in LANGUAGES}
    found: list[Given] = []
    goes_on = False
    for line, text in answer.lines:
        if (field := _field(text, names)) is not None:
            found.append(Given(field[0], _said(field[1]), line))
        elif goes_on and text.startswith("  "):
            last = found.pop()
            found.append(last._replace(value=f"{last.value} {_said(text.strip())}".strip()))
        goes_on = field is not None or (goes_on and text.startswith("  "))
    return found


def gives(*fields: str) -> Callable[[Answer], Iterator[Fault]]:
    """The rule that a section gives each of some values.

    Parameters
    ----------
    *fields : str

    >>> [fault.values["en"] for fault in gives("phase", "date")(Answer("Mission", 1, ((2, "- Phase: adoption"),)))]
    ['By']
    """

    def rule(answer: Answer) -> Iterator[Fault]:
        """One fault that names all that is missing."""
        there = {one.field for one in given(answer, fields) if one.value}
        if missing := [field for field in fields if field not in there]:
            told = {"line": answer.line, "section": answer.heading}
            yield Fault("homework_fields_open", told | {lang: named(missing, lang) for lang in LANGUAGES})

    return rule


def named(fields: Sequence[str], lang: str) -> str:
    """Some fields by their words.

    Parameters
    ----------
    fields : sequence of str
    lang : str
        ``"en"`` or ``"ja"``.

    >>> named(["numerator", "window"], "en")
    'Numerator, Window'
    """
    return ", ".join(word(f"homework.field.{field}", lang) for field in fields)


def _said(value: str) -> str:
    """A value, empty where nothing but dots stands in its place."""
    return "" if _BLANK.fullmatch(value) else value


def _field(text: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """Which field a line gives, and its value; nothing for any other line."""
    line = unicodedata.normalize("NFKC", text).replace("*", "").strip().lstrip("-+• ")
    before, colon, value = line.partition(":")
    field = names.get(before.strip().casefold()) if colon else None
    return (field, value.strip()) if field else None
