"""Plain values of YAML: sections, lists, texts, numbers, days; nothing that refers or has a type of its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from cslab.faults import Fault

DEEPEST = 20
"""Sections within sections that a declared file may have."""
MOST = 1e18
"""From here on what looks like a number is a text: no count of days or amount is so large, and 1e999 is infinity."""

_WHOLE = re.compile(r"[-+]?\d+")
_NUMBER = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class Builder:
    """Makes plain values of the events of YAML, and notes every line and everything that is not plain.

    Parameters
    ----------
    faults : list of Fault
        What is known to be wrong before; what is found is put behind it.

    >>> builder = Builder([])
    >>> builder.document("days: 30"), builder.lines
    ({'days': 30}, {('days',): 1})
    """

    def __init__(self, faults: list[Fault]) -> None:
        """Begin with the faults that are known before."""
        self.faults = faults
        self.lines: dict[tuple[str | int, ...], int] = {}

    def document(self, text: str) -> dict[str, Any]:
        """The one document of a text; empty where it cannot be read, and the faults say why.

        Parameters
        ----------
        text : str

        >>> builder = Builder([])
        >>> builder.document("- a"), [fault.key for fault in builder.faults]
        ({}, ['declared.no_section'])
        """
        import yaml

        try:
            return self._only(iter(yaml.parse(text, Loader=yaml.SafeLoader)))
        except yaml.YAMLError as error:
            self.faults.append(_not_yaml(error, text))
        except _TooDeep as error:
            self.faults.append(Fault("declared.too_deep", {"line": error.args[0], "limit": DEEPEST}))
        return {}

    def _only(self, events: Iterator[Any]) -> dict[str, Any]:
        """The content of the first document; a second one is a fault, and so is none."""
        content: Any = None
        documents = 0
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                found = self._value(next(events), events, ())
                content = found if documents == 1 else content
                if documents == 2:
                    self._fault("declared.documents", event)
        if content is None:
            self.faults.append(Fault("declared.empty", {"line": 1}))
        elif not isinstance(content, dict):
            self.faults.append(Fault("declared.no_section", {"line": 1}))
        return content if isinstance(content, dict) else {}

    def _value(self, event: Any, events: Iterator[Any], path: tuple[str | int, ...]) -> Any:
        """What begins with an event."""
        if len(path) > DEEPEST:
            raise _TooDeep(event.start_mark.line + 1)
        self._plain(event)
        kind = type(event).__name__
        if kind == "MappingStartEvent":
            return self._section(events, path)
        if kind == "SequenceStartEvent":
            return self._list(events, path)
        return None if kind == "AliasEvent" else _scalar(event)

    def _plain(self, event: Any) -> None:
        """Anchors, aliases and tags are faults."""
        if type(event).__name__ == "AliasEvent":
            self._fault("declared.alias", event, name=f"*{event.anchor}")
        elif event.anchor:
            self._fault("declared.alias", event, name=f"&{event.anchor}")
        if getattr(event, "tag", None):
            self._fault("declared.tag", event, name=event.tag)

    def _section(self, events: Iterator[Any], path: tuple[str | int, ...]) -> dict[str, Any]:
        """Keys and their values; a key that is there twice keeps its first value."""
        found: dict[str, Any] = {}
        while type(event := next(events)).__name__ != "MappingEndEvent":
            if type(event).__name__ != "ScalarEvent":
                self._fault("declared.key_not_plain", event)
                self._value(event, events, (*path, "?"))
                self._value(next(events), events, (*path, "?"))
                continue
            self._plain(event)
            self._entry(event, events, path, found)
        return found

    def _entry(self, event: Any, events: Iterator[Any], path: tuple[str | int, ...], found: dict[str, Any]) -> None:
        """One key with its value."""
        place = (*path, event.value)
        if event.value in found:
            self._fault("declared.key_twice", event, key=event.value, first=self.lines[place])
            self._value(next(events), events, (*path, "?"))
            return
        self.lines[place] = event.start_mark.line + 1
        found[event.value] = self._value(next(events), events, place)

    def _list(self, events: Iterator[Any], path: tuple[str | int, ...]) -> list[Any]:
        """The items of a list."""
        found: list[Any] = []
        while type(event := next(events)).__name__ != "SequenceEndEvent":
            self.lines[(*path, len(found))] = event.start_mark.line + 1
            found.append(self._value(event, events, (*path, len(found))))
        return found

    def _fault(self, key: str, event: Any, /, **values: Any) -> None:
        """Something that is wrong where an event begins."""
        self.faults.append(Fault(key, {"line": event.start_mark.line + 1, **values}))


class _TooDeep(Exception):
    """Sections within sections beyond any sense; holds the line."""


def _not_yaml(error: Any, text: str) -> Fault:
    """The fault of a text that is not YAML, with the line where its reading ended."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0)) + 1
    return Fault("declared.not_yaml", {"line": line, "reason": getattr(error, "problem", None) or error.args[-1]})


def _scalar(event: Any) -> Any:
    """A plain place as what it says: true or false, a number, a day, nothing; all else, and all in quotes, is text."""
    text = event.value
    if event.style is not None:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _WHOLE.fullmatch(text):
        return int(text) if len(text) < 19 else text
    if _NUMBER.fullmatch(text):
        return float(text) if abs(float(text)) < MOST else text
    return _day(text) if _DAY.fullmatch(text) else text


def _day(text: str) -> dt.date | str:
    """A day, or the text where the calendar has no such day."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text
