"""The cells of a sheet by row and column, and the names that a spreadsheet gives to their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_PLACE = re.compile(r"([A-Z]+)(\d+)")


class Block(NamedTuple):
    """A rectangle of cells, counted from 1, both ends within it."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Grid:
    """A sheet as text.

    Parameters
    ----------
    rows : list of list of str
        From row 1 on; a row ends with its last filled cell.
    merged : tuple of Block
        What is merged.
    scaled : dict of int to float
        By column (from 1): how many times smaller its numbers are shown than they are, where the format does that.

    >>> Grid([["title"], ["id", "fee"]]).width
    2
    """

    rows: list[list[str]]
    merged: tuple[Block, ...] = ()
    scaled: dict[int, float] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """The number of columns up to the last that holds anything.

        >>> Grid([]).width
        0
        """
        return max(map(len, self.rows), default=0)


def letter(column: int) -> str:
    """The letters of a column.

    Parameters
    ----------
    column : int
        From 1.

    >>> letter(1), letter(27), letter(16384)
    ('A', 'AA', 'XFD')
    """
    letters = ""
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


def place(written: str) -> tuple[int, int]:
    """Column and row of a cell, from 1.

    Parameters
    ----------
    written : str
        Such as ``"C5"``.

    >>> place("C5"), place("AA10")
    ((3, 5), (27, 10))
    """
    letters, row = _PLACE.fullmatch(written).groups()  # type: ignore[union-attr]
    column = 0
    for each in letters:
        column = column * 26 + ord(each) - ord("A") + 1
    return column, int(row)


def block(written: str) -> Block:
    """A rectangle of cells.

    Parameters
    ----------
    written : str
        Such as ``"A1:F1"``.

    >>> block("A1:F1")
    Block(left=1, top=1, right=6, bottom=1)
    """
    first, _, last = written.partition(":")
    return Block(*place(first), *place(last or first))
