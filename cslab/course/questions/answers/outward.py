"""The way out: an answer as plain JSON types, without calling a method of anything whose exact type is not known."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from cslab.course.questions.answers.forms import DEEPEST, LARGEST, MOST, Column, Frame, Strange, TooLarge

_BITS = 1_000


def dump(answer: Any) -> Any:
    """An answer as plain JSON types.

    Parameters
    ----------
    answer : object
        Anything at all.

    Returns
    -------
    object
        Text, numbers, ``True``, ``None``, lists; and for everything else a dict with one key that says what it is.

    >>> dump({12, 24}), dump(float("nan")), dump(...)
    ({'set': [12, 24]}, {'number': 'nan'}, {'unset': True})
    """
    try:
        return _Writer().value(answer, 0)
    except TooLarge:
        return {"strange": "too_large"}


def write(answer: Any) -> str:
    """An answer as one line of JSON, never longer than :data:`LARGEST`.

    >>> write([0.5, "a"])
    '[0.5, "a"]'
    """
    line = json.dumps(dump(answer), allow_nan=False)
    return line if len(line) <= LARGEST else json.dumps({"strange": "too_large"})


class _Writer:
    """Writes one answer, and counts how much of it there is."""

    def __init__(self) -> None:
        """Nothing written yet."""
        self.written = 0

    def value(self, answer: Any, depth: int) -> Any:
        """One value by its exact type."""
        self.count(1)
        kind = type(answer)
        if answer is None or answer is ... or kind is bool:
            return {"unset": True} if answer is ... else answer
        if kind is int:
            return answer if answer.bit_length() <= _BITS else {"strange": "too_large"}
        if kind is float:
            return answer if math.isfinite(answer) else {"number": repr(answer)}
        if kind is str:
            self.count(len(answer) // 16)
            return answer
        known = _writers().get(kind)
        if known is None or depth >= DEEPEST:
            return {"strange": _name(kind)}
        try:
            return known(self, answer, depth + 1)
        except TooLarge:
            raise
        except Exception:  # an object of a known type that was tampered with
            return {"strange": _name(kind)}

    def count(self, more: int) -> None:
        """Stop where it is too much."""
        self.written += more
        if self.written > MOST:
            raise TooLarge

    def values(self, answers: Any, depth: int) -> list[Any]:
        """The values of something whose length is known."""
        self.count(len(answers))
        return [self.value(answer, depth) for answer in answers]

    def set(self, answer: Any, depth: int) -> Any:
        """A set, in an order of its own."""
        return {"set": sorted(self.values(answer, depth), key=json.dumps)}

    def dict(self, answer: Any, depth: int) -> Any:
        """A dict as pairs, because its keys need not be text."""
        return {"dict": [[self.value(key, depth), self.value(value, depth)] for key, value in answer.items()]}

    def array(self, answer: Any, depth: int) -> Any:
        """A NumPy array as lists, or as one value."""
        self.count(answer.size)
        listed = (answer.astype("datetime64[s]") if answer.dtype.kind == "M" else answer).tolist()
        return self.value(listed, depth - 1)

    def column(self, answer: Any, depth: int) -> Any:
        """A Series."""
        self.count(2 * len(answer))
        index = answer.index
        fields = {"name": _text(answer.name), "keys": [_text(name) for name in index.names]}
        rows = _listed(index)
        return {"column": {**fields, "index": self.values(rows, depth), "values": self.values(answer.tolist(), depth)}}

    def frame(self, answer: Any, depth: int) -> Any:
        """A DataFrame; an index with a name, or of texts, is what its rows are called by."""
        self.count(len(answer) * (len(answer.columns) + 1))
        _listed(answer.index[:1])
        default = answer.index.names == [None] and answer.index.dtype.kind in "iu"
        twice = any(name in answer.columns for name in answer.index.names if name is not None)
        table = answer if default else answer.reset_index(drop=twice)
        columns = [self.values(table.iloc[:, place].tolist(), depth) for place in range(len(table.columns))]
        rows = [list(row) for row in zip(*columns, strict=True)]
        return {"frame": {"columns": [_text(name) for name in table.columns], "rows": rows}}


@cache
def _writers() -> dict[type, Callable[[_Writer, Any, int], Any]]:
    """How each known type is written, by the very type: a class of the learner's that derives from one is strange."""
    import numpy as np
    import pandas as pd

    known: dict[type, Callable[[_Writer, Any, int], Any]] = {}
    known |= dict.fromkeys((list, tuple, range), _Writer.values)
    views = (type(known.keys()), type(known.values()))
    known |= dict.fromkeys(views, lambda to, answer, depth: to.values(list(answer), depth))
    known |= dict.fromkeys((set, frozenset), _Writer.set)
    known |= {dict: _Writer.dict, np.ndarray: _Writer.array, pd.Series: _Writer.column, pd.DataFrame: _Writer.frame}
    known |= dict.fromkeys((Decimal, Fraction), lambda to, answer, depth: to.value(float(answer), depth))
    known |= dict.fromkeys((np.bool_, np.str_), lambda to, answer, depth: to.value(answer.item(), depth))
    whole = (np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64, np.longlong)
    known |= dict.fromkeys((*whole, np.float16, np.float32, np.float64, np.longdouble), _number)
    known |= dict.fromkeys(_indexes(), lambda to, answer, depth: to.values(_listed(answer), depth))
    known |= dict.fromkeys(_arrays(), lambda to, answer, depth: to.values(answer.tolist(), depth))
    known |= dict.fromkeys((dt.date, dt.datetime, pd.Timestamp), _day) | {pd.Period: _month, np.datetime64: _moment}
    known |= dict.fromkeys((type(pd.NaT), type(pd.NA)), lambda to, answer, depth: {"number": "nan"})
    return known | _of_ours()


@cache
def _indexes() -> tuple[type, ...]:
    """The kinds of index that pandas has."""
    import pandas as pd

    plain = (pd.Index, pd.RangeIndex, pd.MultiIndex, pd.CategoricalIndex)
    return (*plain, pd.DatetimeIndex, pd.PeriodIndex, pd.TimedeltaIndex, pd.IntervalIndex)


@cache
def _arrays() -> tuple[type, ...]:
    """The kinds of column that pandas has beside NumPy's: what ``unique()`` gives of them."""
    import pandas as pd

    masked = (pd.arrays.IntegerArray, pd.arrays.FloatingArray, pd.arrays.BooleanArray)
    return (pd.Categorical, *masked, pd.arrays.StringArray, pd.arrays.DatetimeArray, pd.arrays.PeriodArray)


def _listed(index: Any) -> list[Any]:
    """The values of an index of a known kind; those of several levels are lists."""
    if type(index) not in _indexes():
        raise TypeError("an index of an unknown kind")
    return [list(row) if index.nlevels > 1 else row for row in index.tolist()]


def _of_ours() -> dict[type, Callable[[_Writer, Any, int], Any]]:
    """How this package's own types are written."""
    from cslab.measure.estimate import Estimate

    return {
        Estimate: lambda to, answer, depth: to.value(answer.estimate, depth),
        Strange: lambda to, answer, depth: {"strange": answer.what},
        Column: lambda to, answer, depth: {
            "column": {
                "name": answer.name,
                "keys": list(answer.keys),
                "index": to.values(answer.index, depth),
                "values": to.values(answer.values, depth),
            }
        },
        Frame: lambda to, answer, depth: {
            "frame": {"columns": list(answer.columns), "rows": [to.values(row, depth) for row in answer.rows]}
        },
    }


def _number(to: _Writer, answer: Any, depth: int) -> Any:
    """A NumPy number; one of few digits keeps those it shows, one of very many those of a plain one."""
    if answer.dtype.kind != "f":
        return to.value(int(answer), depth)
    return to.value(float(str(answer)) if answer.dtype.itemsize < 8 else float(answer), depth)


def _day(to: _Writer, answer: Any, depth: int) -> Any:
    """A day, or a moment, as ISO text."""
    return {"date": answer.isoformat()[:19].removesuffix("T00:00:00")}


def _month(to: _Writer, answer: Any, depth: int) -> Any:
    """A period by its first day."""
    return _day(to, answer.start_time, depth)


def _moment(to: _Writer, answer: Any, depth: int) -> Any:
    """NumPy's kind of moment."""
    return to.value(answer.astype("datetime64[s]").item(), depth)


def _text(name: Any) -> str:
    """The name of a column or index, where it has a plain one; one of several levels in one line."""
    if type(name) is tuple:
        return " ".join(filter(None, map(_text, name[:DEEPEST])))
    return name if type(name) is str else "" if name is None else str(name) if type(name) is int else _name(type(name))


def _name(kind: type) -> str:
    """The name of a type, asked of the type itself and not of what a learner may have put in its place."""
    return str(type.__dict__["__name__"].__get__(kind))[:80]
