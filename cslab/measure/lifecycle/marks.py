"""Marks: the days of an account's life from which phases are told, and where in the tables they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cslab.book import Book

COMPARED = re.compile(r"\s*(<=|>=|<|>)\s*([-+]?\d+(?:\.\d+)?)\s*")
"""A limit that rules ask of a column of numbers, such as ``"> 3"``."""

COUNTED = {"lapsed_on": "end", "returned_on": "end"}
"""Days of ``contracts`` that are counted from others: the day a term ended without another one running, and the start
of the first one after that day."""


@dataclass(frozen=True)
class Way:
    """One way to tell a mark: a table, a column of days, and which rows.

    Parameters
    ----------
    table, column : str
    days : int
        Days later (or, below 0, earlier) than the column says.
    minus : str
        A column of counted days that are taken off; empty: none.
    where : mapping of str to object
        Columns and what they must hold: a value, a list of values, or ``"> 3"``.
    each : bool
        Every row counts; otherwise one row an account.
    nth : int
        Which of an account's days, from 1, where not each counts.

    >>> Way("contracts", "end", where={"term_months": "> 3"}).needs
    ('contracts.end', 'contracts.term_months')
    """

    table: str
    column: str
    days: int = 0
    minus: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    each: bool = False
    nth: int = 1

    @property
    def needs(self) -> tuple[str, ...]:
        """The tables' columns that it takes, as ``Book.has`` names them.

        >>> Way("contracts", "lapsed_on").needs
        ('contracts.start', 'contracts.end')
        """
        counted = ("start", "end") if self.column in COUNTED and self.table == "contracts" else (self.column,)
        names = (*counted, *((self.minus,) if self.minus else ()), *self.where)
        return tuple(f"{self.table}.{name}" for name in names)

    def shares_rows(self, other: Way) -> bool:
        """Whether a row can hold this day and that of another way: in one table, and not told apart by a value.

        Parameters
        ----------
        other : Way

        >>> use, gone = (Way("journey_events", "happened_on", where={"step_id": name}) for name in ("use", "gone"))
        >>> use.shares_rows(gone), Way("contracts", "end").shares_rows(Way("contracts", "decided_on"))
        (False, True)
        """
        both = [(value, other.where.get(column, value)) for column, value in self.where.items()]
        return self.table == other.table and not any(_one_value(a) and _one_value(b) and a != b for a, b in both)


def _one_value(wanted: Any) -> bool:
    """Whether a row must hold just this, not one of several or something beyond a limit."""
    return not isinstance(wanted, list) and not COMPARED.fullmatch(str(wanted))


@dataclass(frozen=True)
class Mark:
    """A named day of an account's life.

    Parameters
    ----------
    name : str
    ways : tuple of Way
        The first one that a book's tables allow is used.

    >>> Mark("signed", (Way("accounts", "signed_on"),)).name
    'signed'
    """

    name: str
    ways: tuple[Way, ...]

    def way(self, book: Book) -> Way | None:
        """The way that a book's tables allow.

        Parameters
        ----------
        book : Book

        >>> import cslab
        >>> Mark("signed", (Way("accounts", "signed_on"),)).way(cslab.load("synthetic:tiny")).table
        'accounts'
        """
        return next((way for way in self.ways if book.has(*way.needs)), None)

    def lacks(self, book: Book) -> list[str]:
        """What a book lacks of its first way, where it allows none.

        Parameters
        ----------
        book : Book

        >>> import cslab
        >>> Mark("signed", (Way("accounts", "signed_on"),)).lacks(cslab.load("synthetic:tiny"))
        []
        """
        return [] if self.way(book) else [need for need in self.ways[0].needs if not book.has(need)]
