"""A table: for each key the right numbers, whatever the order of its rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.course.questions.answers import Column, Frame
from cslab.course.questions.kinds.choice import alike
from cslab.course.questions.kinds.kind import LONGEST, Kind, Remark, Slip, listed, refuse
from cslab.course.questions.kinds.number import number, of_a_size, other_units, within
from cslab.faults import nearest

if TYPE_CHECKING:
    from cslab.course.questions.question import Material

    Rows = dict[tuple[Hashable, ...], tuple[float, ...]]


@dataclass(frozen=True)
class Table(Kind):
    """A table of numbers by one or several keys.

    Parameters
    ----------
    keys : tuple of str
        Columns, or levels of the index, that name a row.
    columns : tuple of str
        Columns of numbers that are judged; others are left alone.
    tolerance : float
        How far a number may be off.
    unit : str
        As for ``Num``.

    >>> Table(("month",), ("mrr",), 0.5).agrees({(1,): (100.2,)}, {(1,): (100.0,)}, None)
    True
    """

    keys: tuple[str, ...]
    columns: tuple[str, ...]
    tolerance: float = 0.0005
    unit: str = "number"

    def read(self, answer: Any, material: Material | None) -> Rows:
        """The numbers by key.

        Raises
        ------
        Slip
            For another type, a column that is not there, a key that stands there twice, or a cell without a number.

        >>> Table(("month",), ("mrr",)).read(Frame(("mrr", "month"), ((100.0, 1),)), None)
        {(1,): (100.0,)}
        """
        frame = self._frame(answer)
        if not frame.rows:
            raise Slip("nothing_in_it")
        if missing := [name for name in (*self.keys, *self.columns) if name not in frame.columns]:
            near = nearest(missing[0], [name for name in frame.columns if name]) or listed(frame.columns)
            raise Slip("columns_missing", columns=", ".join(missing), near=near)
        places = [frame.columns.index(name) for name in (*self.keys, *self.columns)]
        cut = len(self.keys)
        rows = [[row[place] for place in places] for row in frame.rows]
        keys = [tuple(_key(cell) for cell in row[:cut]) for row in rows]
        if twice := [key for key, count in Counter(keys).items() if count > 1]:
            raise Slip("rows_twice", rows=_written(twice))
        return {key: tuple(map(_cell, row[cut:])) for key, row in zip(keys, rows, strict=True)}

    def agrees(self, given: Rows, target: Rows, material: Material | None) -> bool:
        """Whether both have the same keys, and numbers within the tolerance.

        >>> Table(("month",), ("mrr",)).agrees({(1,): (1.0,)}, {(2,): (1.0,)}, None)
        False
        """
        return given.keys() == target.keys() and not any(self._wrong(given, target).values())

    def near(self, given: Rows, target: Rows) -> bool:
        """Whether the numbers of both are of a size.

        >>> Table(("a",), ("b",)).near({(1,): (0.0004,)}, {(1,): (0.0,)})
        False
        """
        return all(of_a_size(one, two) for key, row in target.items() for one, two in zip(given[key], row, strict=True))

    def otherwise(self, given: Rows) -> Iterator[tuple[Remark, Rows]]:
        """The table with its numbers in another unit.

        >>> next(Table(("a",), ("b",), unit="share").otherwise({(1,): (50.0,)}))[1]
        {(1,): (0.5,)}
        """
        for remark, factor in other_units(1.0, self.unit):
            yield remark, {key: tuple(factor * value for value in row) for key, row in given.items()}

    def differences(self, given: Rows, target: Rows, material: Material | None) -> list[Remark]:
        """Which rows are missing or too many; in which column how many numbers are off, and where.

        >>> Table(("month",), ("mrr",)).differences({(1,): (2.0,)}, {(1,): (1.0,)}, None)
        [Remark(key='cells_off', values={'column': 'mrr', 'count': 1, 'of': 1, 'rows': '1'})]
        """
        if extra := given.keys() - target.keys():
            return [Remark("rows_unknown", {"rows": _written(extra), "count": len(extra)})]
        if missing := target.keys() - given.keys():
            return [Remark("rows_missing", {"rows": _written(missing), "count": len(missing)})]
        remark, seen = self._best_reading(given, target)
        return [*([remark] if remark else []), *self._cells_off(seen, target)]

    def _best_reading(self, given: Rows, target: Rows) -> tuple[Remark | None, Rows]:
        """The numbers in the unit in which most of them are right, and what to say of it; as they are where none is."""
        readings = [(None, given), *((Remark("unit_as_well", one.values), rows) for one, rows in self.otherwise(given))]
        return max(readings, key=lambda reading: self._right(reading[1], target))

    def _right(self, given: Rows, target: Rows) -> int:
        """How many numbers are right and of a size; a nought is one in every unit and counts for none."""
        cells = [pair for key, row in target.items() for pair in zip(given[key], row, strict=True)]
        return sum(within(one, two, self.tolerance) and of_a_size(one, two) for one, two in cells if two)

    def _cells_off(self, given: Rows, target: Rows) -> list[Remark]:
        """In which column how many numbers are off, and where."""
        return [
            Remark("cells_off", {"column": name, "count": len(off), "of": len(target), "rows": _written(off)})
            for name, off in self._wrong(given, target).items()
            if off
        ]

    def _frame(self, answer: Any) -> Frame:
        """The answer as a table; a Series by its index where one column of numbers is asked for."""
        if isinstance(answer, Frame):
            return self._named(answer)
        if not isinstance(answer, Column) or len(self.columns) != 1 or len(answer.keys) != len(self.keys):
            raise refuse("table", answer)
        index = [[place] for place in answer.index] if len(self.keys) == 1 else answer.index
        if not all(isinstance(place, list) and len(place) == len(self.keys) for place in index):
            raise refuse("table", answer)
        rows = [(*place, value) for place, value in zip(index, answer.values, strict=True)]
        return Frame((*self.keys, *self.columns), tuple(rows))

    def _named(self, frame: Frame) -> Frame:
        """The table, its one nameless index called by the key that is missing."""
        missing = [name for name in self.keys if name not in frame.columns]
        if len(missing) != 1 or "index" not in frame.columns or "index" in self.columns:
            return frame
        return Frame(tuple(missing[0] if name == "index" else name for name in frame.columns), frame.rows)

    def _wrong(self, given: Rows, target: Rows) -> dict[str, list[tuple[Hashable, ...]]]:
        """The keys of the rows that are off, by column."""
        return {
            name: [key for key, row in target.items() if not within(given[key][place], row[place], self.tolerance)]
            for place, name in enumerate(self.columns)
        }


def _cell(value: Any) -> float:
    """A number in a table; what is missing counts as none."""
    try:
        return number(value)
    except Slip as slip:
        if slip.remark.key == "not_finite":
            raise Slip("cell_missing") from slip
        raise Slip("cell_not_a_number", given=repr(value)[:LONGEST]) from slip


def _key(cell: Any) -> Hashable:
    """A key of a row; a moment at midnight is a day."""
    found = alike(cell)
    return found.date() if isinstance(found, dt.datetime) else found


def _written(keys: Iterable[tuple[Hashable, ...]]) -> str:
    """Some keys of rows, as text."""
    return listed((" ".join(map(str, key)) for key in keys), 3)
