"""Firefighting: the share of the hours that answers problems, quarter by quarter, and what became of revenue."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.faults import CslabError, Fault, NotReady
from cslab.measure.capacity import reactive_share
from cslab.measure.retention.rates import grr

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def firefighting(book: Book) -> pd.DataFrame:
    """The firefighting index by quarter, beside gross revenue retention over the year that follows.

    Parameters
    ----------
    book : Book
        Needs ``csm_time`` with ``week``, ``reactive`` and ``hours``; GRR needs ``mrr_movements``.

    Returns
    -------
    DataFrame
        ``start``, ``end`` (of the quarter), ``estimate`` (reactive hours over all with customers, 0-1), ``low``,
        ``high``, ``n`` (CSMs), ``method``; ``grr``, ``grr_low``, ``grr_high`` (from the quarter's end over a year;
        missing where the year is not over, or the book knows no movements). ``attrs``: ``as_of``.

    Raises
    ------
    NotReady
        Without the columns, or without a whole quarter in which anybody worked.

    Source: firefighting index of the domain specification; GRR as in the glossary.

    >>> import cslab
    >>> found = firefighting(cslab.load("synthetic:tiny"))
    >>> bool(found["estimate"].between(0, 1).all())
    True
    """
    import pandas as pd

    book.require("csm_time.csm_id", "csm_time.week", "csm_time.reactive", "csm_time.hours")
    first = book.csm_time["week"].min()
    quarters = pd.period_range(first if pd.notna(first) else book.as_of, book.as_of, freq="Q")
    rows = [
        _quarter(book, one) for one in quarters if one.start_time >= first and one.end_time.normalize() <= book.as_of
    ]
    found = pd.DataFrame([row for row in rows if row])
    if found.empty:
        raise NotReady(Fault("touch.no_quarter"))
    found.attrs["as_of"] = book.as_of
    return found


def _quarter(book: Book, quarter: pd.Period) -> dict[str, Any]:
    """One quarter; nothing where nobody worked."""
    import pandas as pd

    start, end = quarter.start_time.normalize(), quarter.end_time.normalize()
    try:
        index = reactive_share(book, start, end)
    except CslabError:
        return {}
    return {"start": start, "end": end, **index.cells(), **_grr(book, end, end + pd.DateOffset(years=1))}


def _grr(book: Book, start: pd.Timestamp, end: pd.Timestamp) -> dict[str, float]:
    """GRR over the year after a quarter."""
    last = end + (start - start)
    found = grr(book, start, last) if last <= book.as_of and book.has("mrr_movements") else None
    ends = ("estimate", "low", "high")
    return {
        f"grr{end}": getattr(found, name) if found else math.nan
        for end, name in zip(("", "_low", "_high"), ends, strict=True)
    }
