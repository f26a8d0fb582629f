"""How long a book's records are, in months."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

LONGEST = 120
"""Months of records that are simulated at most."""
DAYS_A_MONTH = 30.4375


def months_of_records(book: Book, seen: pd.DataFrame) -> int:
    """Months from the first day from which everybody is on record to the last day, 1 to 120.

    Parameters
    ----------
    book : Book
    seen : DataFrame
        As ``durations(book)`` makes them.

    Returns
    -------
    int
        Of a list of tenures without dates: the longest tenure.

    >>> import cslab
    >>> from cslab.measure.durations import durations
    >>> book = cslab.load("synthetic:tiny")
    >>> months_of_records(book, durations(book))
    48
    """
    begins = records_begin(book)
    if begins is None:
        months = math.ceil(float(seen["duration"].max())) + 1
    else:
        months = round((book.as_of - begins).days / DAYS_A_MONTH)
    return min(max(months, 1), LONGEST)


def records_begin(book: Book) -> pd.Timestamp | None:
    """The first day from which everybody is on record.

    Parameters
    ----------
    book : Book

    Returns
    -------
    Timestamp or None
        What the source or ``accounts.observed_from`` says, else the first day of a contract; None without dates.

    >>> import cslab
    >>> records_begin(cslab.load("synthetic:tiny")).date()
    datetime.date(2021, 4, 1)
    """
    if not book.stock_sample and book.window_start is None and book.has("accounts.observed_from"):
        watched = book.accounts["observed_from"].dropna()
        return watched.min() if len(watched) else book.first_day
    return book.first_day
