"""Days from which the future can be judged: the ends of months whose horizon is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

FIRST_MONTHS = 3
"""Months after the records begin before a landmark makes sense: earlier, nobody has a past to look at."""


def days(book: Book, horizon: int, every: int | None = None) -> list[pd.Timestamp]:
    """The ends of months from which a horizon can be judged, so that no stretch of time is counted twice.

    Parameters
    ----------
    book : Book
        With real days.
    horizon : int
        Months that must have gone by since.
    every : int, optional
        Months between two of them; as many as the horizon, where not given.

    Returns
    -------
    list of Timestamp
        The last one ``horizon`` months before the last day of the book, the first one a quarter after its first.

    Raises
    ------
    NotReady
        For a stock sample.
    UsageError
        For numbers below 1, or where the records are too short for a single day.

    >>> import cslab
    >>> [day.date().isoformat() for day in days(cslab.load("synthetic:tiny"), horizon=12)][-1]
    '2024-03-31'
    """
    import pandas as pd

    book.require("calendar")
    step = horizon if every is None else every
    check_positive(horizon=horizon, every=step)
    last, begin = latest(book, horizon), first(book)
    found = []
    while last >= begin:
        found.append(last)
        last = last - pd.offsets.MonthEnd(step)
    if not found:
        raise UsageError(Fault("landmark.too_short", {"horizon": horizon, "first": begin.date()}))
    return found[::-1]


def latest(book: Book, horizon: int) -> pd.Timestamp:
    """The last end of a month from which a horizon is over on the last day of the book.

    Parameters
    ----------
    book : Book
    horizon : int
        Months.

    Returns
    -------
    Timestamp

    >>> import cslab
    >>> latest(cslab.load("synthetic:tiny"), 12).date().isoformat()
    '2024-03-31'
    """
    import pandas as pd

    tomorrow = book.as_of + pd.Timedelta(days=1)
    return tomorrow.to_period("M").to_timestamp() - pd.DateOffset(months=horizon) - pd.Timedelta(days=1)


def first(book: Book) -> pd.Timestamp:
    """The first day on which there is a past to look at: a quarter after the records begin.

    Parameters
    ----------
    book : Book

    Returns
    -------
    Timestamp

    >>> import cslab
    >>> first(cslab.load("synthetic:tiny")).date().isoformat()
    '2021-07-01'
    """
    import pandas as pd

    return (book.first_day or book.as_of) + pd.DateOffset(months=FIRST_MONTHS)


def judged(book: Book, day: Any, horizon: int) -> bool:
    """Whether a day lies within the records, and the months after it are over on the last day of the book.

    Parameters
    ----------
    book : Book
    day : Timestamp
    horizon : int
        Months.

    >>> import cslab
    >>> judged(cslab.load("synthetic:tiny"), "2024-03-31", 12), judged(cslab.load("synthetic:tiny"), "2024-03-31", 13)
    (True, False)
    """
    import pandas as pd

    one, begin = pd.Timedelta(days=1), book.first_day
    known = begin is None or pd.Timestamp(day) >= begin
    return bool(known and pd.Timestamp(day) + one + pd.DateOffset(months=horizon) <= book.as_of + one)


def check_one_period(book: Book, horizon: int) -> None:
    """Refuse to ask a list without dates for more than the one period as which it is read.

    Parameters
    ----------
    book : Book
    horizon : int
        Months.

    Raises
    ------
    UsageError

    >>> import cslab
    >>> check_one_period(cslab.load("synthetic:tiny"), 6)
    """
    if book.stock_sample and horizon != 1:
        raise UsageError(Fault("landmark.one_period", {"horizon": horizon}))


def check_positive(**numbers: int) -> None:
    """Refuse numbers below 1, all at once.

    Parameters
    ----------
    **numbers : int
        By the name of their argument.

    Raises
    ------
    UsageError

    >>> check_positive(horizon=0)
    Traceback (most recent call last):
    cslab.faults.UsageError: horizon = 0: ...
    """
    faults = [Fault("not_positive", {"name": name, "value": value}) for name, value in numbers.items() if value < 1]
    if faults:
        raise UsageError(*faults)
