"""A company as it stood some months after a programme began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.measure.impact.chain import Chain


def at_month(book: Book, chain: Chain, month: int) -> Book:
    """A company as it stood at the end of some month after its programme began.

    Parameters
    ----------
    book : Book
        Needs ``programs.started_on`` and ``programs.program_id``.
    chain : Chain
    month : int
        0: the month in which it began.

    Returns
    -------
    Book

    Raises
    ------
    UsageError
        For a month before that, or after the records; for a chain without a programme on record.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct")
    >>> started = book.programs["started_on"].iloc[0]
    >>> at_month(book, impact.shipped("faq"), 4).as_of == started + __import__("pandas").offsets.MonthEnd(5)
    True
    """
    import pandas as pd

    book.require("programs.program_id", "programs.started_on")
    starts = book.programs.set_index("program_id")["started_on"].dropna()
    if chain.programme not in starts.index:
        raise UsageError(Fault("impact.no_start", {"programme": chain.programme or chain.name}))
    start = pd.Timestamp(starts[chain.programme])
    day = (start.to_period("M") + month).end_time.normalize()
    if not start <= day <= book.as_of:
        most = (book.as_of.to_period("M") - start.to_period("M")).n
        raise UsageError(Fault("impact.month_outside", {"month": month, "most": most, "start": start.date()}))
    return book.at(day)
