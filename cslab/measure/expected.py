"""What a stretch of time could be expected to bring, seen from the day on which it began: luck averaged out.

A rate of retention over a year gone by is no estimate; it is what happened. What can be asked of it is how much was
luck. The answer is the mean over many futures of the same customers, each beginning on the same day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate
from cslab.measure.retention import mrr

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

METHOD = "truth_expected"


def lost_customers(book: Book, start: Date, end: Date, among: Collection[str] | None = None) -> Estimate | None:
    """The share of the customers of the start who could be expected to leave by the end.

    Parameters
    ----------
    book : Book
        With its truth, and ``mrr_movements``.
    start, end : date
        From the end of one month to the end of another, which may lie ahead of the data.
    among : collection of str, optional
        Only these ``account_id``.

    Returns
    -------
    Estimate or None
        A share (0-1), its limits itself; ``None`` where nobody knows the truth, or nobody was there.

    Raises
    ------
    NotReady
        Without ``mrr_movements``.
    UsageError
        For a window that is shorter than a month, or begins after the data.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> 0 < float(lost_customers(book, "2024-03-31", "2025-03-31")) < 1
    True
    >>> lost_customers(book.hide_truth(), "2024-03-31", "2025-03-31") is None
    True
    """
    there = _outlook(book, start, end, among)
    return None if there is None else _exact(float(there["risk"].mean()), len(there))


def lost_revenue(book: Book, start: Date, end: Date) -> Estimate | None:
    """The share of the MRR of the start that could be expected to leave with its customers by the end.

    Parameters
    ----------
    book, start, end
        As for :func:`lost_customers`.

    Returns
    -------
    Estimate or None
        A share (0-1); what those who stay pay less is not in it.

    Raises
    ------
    NotReady, UsageError
        As :func:`lost_customers`.

    >>> import cslab
    >>> 0 < float(lost_revenue(cslab.load("synthetic:tiny"), "2024-03-31", "2025-03-31")) < 1
    True
    """
    there = _outlook(book, start, end, None)
    if there is None:
        return None
    return _exact(float((there["risk"] * there["mrr_amount"]).sum() / there["mrr_amount"].sum()), len(there))


def kept_revenue(book: Book, start: Date, end: Date) -> Estimate | None:
    """The NRR that could be expected: MRR at the end of the customers of the start, against the start.

    Parameters
    ----------
    book, start, end
        As for :func:`lost_customers`.

    Returns
    -------
    Estimate or None
        A ratio. Who leaves and comes back is not counted again, which is rare.

    Raises
    ------
    NotReady, UsageError
        As :func:`lost_customers`.

    >>> import cslab
    >>> 0.5 < float(kept_revenue(cslab.load("synthetic:tiny"), "2024-03-31", "2025-03-31")) < 2
    True
    """
    there = _outlook(book, start, end, None)
    if there is None:
        return None
    months = _months(start, end)
    last = _value(book, start, months).sub(_value(book, start, months - 1), fill_value=0)
    return _exact(float(last.reindex(there.index).sum() / there["mrr_amount"].sum()), len(there))


def _outlook(book: Book, start: Date, end: Date, among: Collection[str] | None) -> pd.DataFrame | None:
    """The customers of the start: their MRR then, and their chance of leaving by the end."""
    before = mrr(book, start)
    if book.truth is None:
        return None
    risk = book.truth.risk(start, _months(start, end)).set_index("account_id")["risk"]
    there = before[before > 0].to_frame("mrr_amount").join(risk, how="inner")
    there = there if among is None else there[there.index.isin(list(among))]
    return there if len(there) else None


def _value(book: Book, start: Date, months: int) -> pd.Series:
    """MRR summed over some months that each customer of the start can be expected to bring; nothing in none."""
    import pandas as pd

    if book.truth is None or not months:
        return pd.Series(dtype=float)
    ahead = book.truth.expected(since=start, horizon=months)
    return ahead.set_index("account_id")["value_amount"]


def _months(start: Date, end: Date) -> int:
    """Whole months between the ends of two months."""
    import pandas as pd

    first, last = ((pd.Timestamp(date) + pd.Timedelta(days=1)).to_period("M") for date in (start, end))
    months = int((last - first).n)
    if months < 1:
        raise UsageError(Fault("window_order", {"start": start, "end": end}))
    return months


def _exact(value: float, n: int) -> Estimate:
    """A true value: its limits are itself."""
    return Estimate(value, value, value, n, METHOD, 0.0)
