"""Messages without anybody's name: what a fault or note would show of a cell, covered where it is personal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from cslab.book import Note
from cslab.faults import Fault
from cslab.sources.privacy.door import BLANKED
from cslab.sources.privacy.looks import MAIL, PHONE, is_personal, is_plain
from cslab.tables import TABLES

CELLS = ("value", "example", "slip", "meant", "one", "other", "first", "last")
"""Blanks of messages that hold one cell and nothing else."""
LISTS = ("found", "known", "columns")
"""Blanks that hold headers, which are cells where a file has no header."""
_OURS = {name for table in TABLES.values() for name in (table.name, *table.names)}
_VALUE = re.compile(r"\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?|[-+]?[\d,]+(\.\d+)?|true|false", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"')


WORDS = ("unknown_value", "unknown_word")
"""Faults about words that have to be translated: these are shown unless they look personal."""


def told(text: str, hidden: Mapping[str, str] | None = None, *, plain: bool = False) -> str:
    """A cell as a message may show it.

    Parameters
    ----------
    text : str
        What stands in it.
    hidden : mapping of str to str, optional
        Values that must not be shown, and what stands for each.
    plain : bool
        Whether it should have been a number, a day or a flag, so that other letters are likely somebody's name.

    Returns
    -------
    str
        The pseudonym of a hidden value; dots for what looks personal; else the text itself.

    >>> told("Mthly"), told("taro@example.com"), told("Globex", {"Globex": "p_1"})
    ('Mthly', '•••', 'p_1')
    """
    cell = text.strip()
    if hidden and cell in hidden:
        return hidden[cell]
    return BLANKED if is_personal(cell) or (plain and not is_plain(cell)) else text


def veiled_faults(faults: Iterable[Fault], hidden: Mapping[str, str]) -> list[Fault]:
    """Faults whose messages show nobody.

    Parameters
    ----------
    faults : iterable of Fault
    hidden : mapping of str to str
        As for :func:`told`.

    >>> veiled_faults([Fault("bad_date", {"row": 7, "where": '7 "taro@example.com"'})], {})[0].values["where"]
    '7 "•••"'
    """
    return [replace(fault, values=_values(fault.values, hidden, fault.key not in WORDS)) for fault in faults]


def veiled_notes(notes: Iterable[Note], hidden: Mapping[str, str]) -> list[Note]:
    """Notes whose messages show nobody.

    Parameters
    ----------
    notes : iterable of Note
    hidden : mapping of str to str
        As for :func:`told`.

    >>> veiled_notes([Note("cells_trimmed", {"example": " Globex "})], {"Globex": "p_1"})[0].values["example"]
    'p_1'
    """
    return [replace(note, values=_values(note.values, hidden, False)) for note in notes]


def _values(values: Mapping[str, Any], hidden: Mapping[str, str], plain: bool) -> dict[str, Any]:
    """What fills the blanks of a message, each piece covered by itself."""
    shown = {
        key: _covered(key, value, hidden, plain) if isinstance(value, str) else value for key, value in values.items()
    }
    if "meant" in values and "slip" in values and shown["meant"] != values["meant"]:
        shown["slip"] = BLANKED  # a slip of a name is a name
    return shown


def _covered(key: str, text: str, hidden: Mapping[str, str], plain: bool) -> str:
    """One filling: a cell, a list of headers, or a text with cells in quotation marks."""
    if key in CELLS:
        return told(text, hidden, plain=plain)
    if key in LISTS:
        return _listed(text.split(", "), hidden)
    quoted = _QUOTED.sub(lambda cell: f'"{told(cell[1], hidden, plain=plain)}"', text)
    return PHONE.sub(BLANKED, MAIL.sub(BLANKED, quoted))


def _listed(names: list[str], hidden: Mapping[str, str]) -> str:
    """A list of headers; where one of them is a day, a number or somebody, it is a row of data, and all are covered."""
    shown = [told(name, hidden) for name in names]
    if shown == names and not any(_VALUE.fullmatch(name) for name in names):
        return ", ".join(names)
    return ", ".join(name if name in _OURS else BLANKED for name in names)
