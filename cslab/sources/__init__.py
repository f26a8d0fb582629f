"""Where a book comes from: ``load(source)`` finds the door by the source string's first word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.sources.grammar import FORMS, Source, parse

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

__all__ = ["FORMS", "Source", "load", "parse"]


def load(source: str, as_of: str = "") -> Book:
    """The book of a source.

    Parameters
    ----------
    source : str
        Such as ``"synthetic:default_jp?seed=7"`` or ``"folder:path/to/export"``; ``parse`` shows the grammar.
    as_of : str
        A day (``"2024-03-31"``), to see the company as it was known then; empty for the last day of the data.

    Returns
    -------
    Book
        The company's tables.

    Raises
    ------
    UsageError
        For a source string, parameter, path or day that cannot be used.
    DataError
        For files that break the contract: all faults at once.
    NotReady
        For what is not installed, or does not answer in time; for an earlier day of data that has none.

    >>> load("synthetic:tiny?seed=3").has("accounts", "contracts")
    True
    >>> load("synthetic:tiny", as_of="2023-03-31").as_of.date()
    datetime.date(2023, 3, 31)
    """
    from cslab.book.confidential import remember

    opened = parse(source)
    day = _day(as_of)
    if opened.kind == "synthetic":
        from cslab.sources.synthetic import open_synthetic

        book = open_synthetic(opened)
    elif opened.kind == "folder":
        from cslab.sources.folder import open_folder

        book = open_folder(opened)
    elif opened.kind == "public":
        from cslab.sources.public import open_public

        book = open_public(opened)
    else:
        from cslab.sources.database import open_database

        book = open_database(opened)
    return remember(book if day is None else _at(book, day))


def _at(book: Book, day: pd.Timestamp) -> Book:
    """The book as of a day on which there was something to know."""
    first = book.first_day
    if first is not None and day < first:
        days = {"date": day.date(), "first": first.date(), "last": book.as_of.date()}
        raise UsageError(Fault("before_the_data", days))
    return book.at(day)


def _day(as_of: str) -> pd.Timestamp | None:
    """The day that was asked for; None for the last one."""
    from cslab.book import read_day

    return read_day(as_of) if as_of is not None and str(as_of).strip() else None
