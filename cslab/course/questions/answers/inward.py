"""The way in: an answer from plain JSON types that came from nobody knows whom; what is odd is never an error."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Hashable
from types import EllipsisType
from typing import Any

from cslab.course.questions.answers.forms import DEEPEST, LARGEST, MOST, Column, Frame, Strange, TooLarge


class _Odd(Exception):
    """Data that the way out does not make."""


def load(data: Any) -> Any:
    """An answer back from plain JSON types.

    Parameters
    ----------
    data : object
        As it came from JSON, from nobody knows whom.

    Returns
    -------
    object
        ``None``, ``...``, bool, int, float, str, date, list, frozenset, dict, Column, Frame or Strange. A tuple comes
        back as a list, a number of NumPy or pandas and an estimate as a plain number.

    >>> load({"set": [12, 24]}) == {12, 24}, load({"date": "2024-03-31"}), load({"code": "exit()"})
    (True, datetime.date(2024, 3, 31), Strange(what='unreadable'))
    """
    try:
        return _Reader().value(data, 0)
    except (_Odd, TooLarge):
        return Strange("unreadable")


def read(line: str | bytes) -> Any:
    """An answer from one line of JSON.

    >>> read('[0.5, "a"]'), read("[[[[")
    ([0.5, 'a'], Strange(what='unreadable'))
    """
    if len(line) > LARGEST:
        return Strange("too_large")
    try:
        data = json.loads(line)
        json.dumps(data, ensure_ascii=False).encode("utf-8")  # half a character, which no file could hold, is refused
        return load(data)
    except (ValueError, RecursionError):
        return Strange("unreadable")


class _Reader:
    """Reads one answer and believes nothing."""

    def __init__(self) -> None:
        """Nothing read yet."""
        self.seen = 0

    def value(self, data: Any, depth: int) -> Any:
        """One value."""
        self.seen += 1
        if depth > DEEPEST + 2 or self.seen > 4 * MOST:
            raise TooLarge
        if data is None or isinstance(data, bool | int | float | str):
            return data
        if isinstance(data, list):
            return [self.value(item, depth + 1) for item in data]
        if not isinstance(data, dict) or len(data) != 1:
            raise _Odd
        ((tag, content),) = data.items()
        if tag not in _READERS:
            raise _Odd
        return _READERS[tag](self, content, depth + 1)

    def items(self, content: Any, depth: int) -> list[Any]:
        """The values of a list."""
        if not isinstance(content, list):
            raise _Odd
        return [self.value(item, depth) for item in content]

    def keys(self, content: Any, depth: int) -> list[Hashable]:
        """The values of a list, fit to be looked up by."""
        found = [tuple(item) if isinstance(item, list) else item for item in self.items(content, depth)]
        try:
            return [item for item in found if hash(item) is not None]
        except TypeError as error:
            raise _Odd from error

    def pairs(self, content: Any, depth: int) -> dict[Any, Any]:
        """A dict from its pairs."""
        if not isinstance(content, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in content):
            raise _Odd
        keys = self.keys([key for key, _ in content], depth)
        return dict(zip(keys, self.items([value for _, value in content], depth), strict=True))

    def column(self, content: Any, depth: int) -> Column:
        """A Series."""
        _has(content, "name", "keys", "index", "values")
        index, values = self.items(content["index"], depth), self.items(content["values"], depth)
        if len(index) != len(values) or not isinstance(content["name"], str):
            raise _Odd
        return Column(content["name"], _texts(content["keys"]), tuple(index), tuple(values))

    def frame(self, content: Any, depth: int) -> Frame:
        """A DataFrame."""
        _has(content, "columns", "rows")
        columns = _texts(content["columns"])
        rows = self.items(content["rows"], depth)
        if not all(isinstance(row, list) and len(row) == len(columns) for row in rows):
            raise _Odd
        return Frame(columns, tuple(map(tuple, rows)))


def _has(content: Any, *names: str) -> None:
    """That a dict has just these names."""
    if not isinstance(content, dict) or set(content) != set(names):
        raise _Odd


def _texts(content: Any) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(content, list) or not all(isinstance(item, str) for item in content):
        raise _Odd
    return tuple(content)


def _date(content: Any) -> dt.date:
    """A day, or a moment."""
    try:
        return (dt.date if len(content) == 10 else dt.datetime).fromisoformat(content)
    except (TypeError, ValueError) as error:
        raise _Odd from error


def _special(content: Any) -> float:
    """A number that JSON has no word for."""
    if content not in ("nan", "inf", "-inf"):
        raise _Odd
    return float(content)


def _strange(content: Any) -> Strange:
    """Something of no plain type."""
    if not isinstance(content, str):
        raise _Odd
    return Strange(content[:80])


def _unset(content: Any) -> EllipsisType:
    """The dots of an answer that is still to be written."""
    return ...


_READERS: dict[str, Callable[[_Reader, Any, int], Any]] = {
    "set": lambda by, content, depth: frozenset(by.keys(content, depth)),
    "dict": _Reader.pairs,
    "column": _Reader.column,
    "frame": _Reader.frame,
    "date": lambda by, content, depth: _date(content),
    "number": lambda by, content, depth: _special(content),
    "strange": lambda by, content, depth: _strange(content),
    "unset": lambda by, content, depth: _unset(content),
}
