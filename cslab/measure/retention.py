"""How much of a book stays: MRR at a date, net and gross retention, logo churn, each with its definition said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, proportion, ratio, unknown_choice

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp

Method = Literal["point_to_point"]


def mrr(book: Book, on: Date) -> pd.Series:
    """MRR of each customer at the end of a day, as the sum of all movements so far.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    on : date
        A movement counts from the last day of its month on, so on 15 March the books stand at the end of February.

    Returns
    -------
    Series
        Currency a month by ``account_id``, for every account that ever moved; 0 before it came and after it left.

    Raises
    ------
    NotReady
        Without ``mrr_movements``.
    UsageError
        For a day after the last known one.

    >>> import cslab
    >>> amounts = mrr(cslab.load("synthetic:tiny"), "2024-03-31")
    >>> bool((amounts >= 0).all())
    True
    """
    import pandas as pd

    book.require("mrr_movements")
    day = pd.Timestamp(on)
    if day > book.as_of:
        raise UsageError(Fault("after_the_data", {"date": day.date(), "last": book.as_of.date()}))
    moves = book.mrr_movements
    known = moves["month"] + pd.offsets.MonthEnd(0) <= day
    amounts = moves["amount"].where(known, 0).groupby(moves["account_id"]).sum()
    return amounts.round(4).rename("mrr_amount")


def mrr_by_month(book: Book) -> pd.DataFrame:
    """MRR and paying customers at the end of every month on record.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.

    Returns
    -------
    DataFrame
        ``month`` (its first day), ``mrr_amount`` (currency a month), ``customers`` (with MRR above zero).

    Raises
    ------
    NotReady
        Without ``mrr_movements``.

    >>> import cslab
    >>> list(mrr_by_month(cslab.load("synthetic:tiny")).columns)
    ['month', 'mrr_amount', 'customers']
    """
    import pandas as pd

    book.require("mrr_movements")
    moves = book.mrr_movements
    steps = moves.groupby(["account_id", "month"], as_index=False)["amount"].sum()
    after = steps.groupby("account_id")["amount"].cumsum().round(4)
    before = (after - steps["amount"]).round(4)
    steps = steps.assign(change=(after > 0).astype(int) - (before > 0).astype(int))
    totals = steps.groupby("month")[["amount", "change"]].sum()
    months = pd.date_range(totals.index.min(), totals.index.max(), freq="MS", name="month")
    running: pd.DataFrame = totals.reindex(months, fill_value=0).cumsum().round(4).reset_index()
    return running.rename(columns={"amount": "mrr_amount", "change": "customers"})


def look_back(book: Book, months: int = 12) -> tuple[pd.Timestamp, int]:
    """A day so many months ago, or the earliest later one from which there are customers to start with.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    months : int
        How many months one would like to look back.

    Returns
    -------
    (Timestamp, int)
        The day and how many months it lies back: the wanted ones where the records reach so far, else fewer, but at
        least 1. From a month's last day it leads to a month's last day.

    Raises
    ------
    NotReady
        Without ``mrr_movements``.

    >>> import cslab
    >>> look_back(cslab.load("synthetic:tiny", "2024-02-29"), 12)
    (Timestamp('2023-02-28 00:00:00'), 12)
    """
    import pandas as pd

    paying = mrr_by_month(book).query("customers > 0")["month"] + pd.offsets.MonthEnd(0)
    day = pd.Timedelta(days=1)
    days = [book.as_of + day - pd.DateOffset(months=back) - day for back in range(1, months + 1)]
    reached = [(since, back) for back, since in enumerate(days, 1) if (paying <= since).any()]
    return reached[-1] if reached else (days[0], 1)


def nrr(book: Book, start: Date, end: Date, method: Method = "point_to_point") -> Estimate:
    """Net revenue retention: what the customers of the start are worth at the end, against the start.

    Customers won in between, and customers who had left before the start and came back, are not counted; those who
    left are, with nothing.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    start, end : date
        The two days that are compared; the book is that of the customers with MRR above zero at ``start``.
    method : str
        ``"point_to_point"``: each account's MRR at both days, whatever happened in between.

    Returns
    -------
    Estimate
        A ratio, above 1 where expansion outweighs loss; delta-method limits of a ratio over accounts.

    Raises
    ------
    NotReady
        Without ``mrr_movements``.
    UsageError
        For an unknown method, days in the wrong order or after the data, or a start without customers.

    Source: cohort NRR, glossary "売上継続率"; KeyBanc counted 110 definitions among public SaaS companies (grade B).

    >>> import cslab
    >>> nrr(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31").method
    'point_to_point'
    """
    before, after = _cohort(book, start, end, method)
    return ratio(after, before, "point_to_point")


def grr(book: Book, start: Date, end: Date, method: Method = "point_to_point") -> Estimate:
    """Gross revenue retention: as ``nrr``, but no account counts for more than at the start.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    start, end : date
        The two days that are compared.
    method : str
        ``"point_to_point"``: the smaller of each account's MRR at the two days.

    Returns
    -------
    Estimate
        A share (0-1), never above ``nrr``; delta-method limits of a ratio over accounts.

    Raises
    ------
    NotReady, UsageError
        As ``nrr``.

    Source: account-level GRR, glossary "売上維持率".

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> window = ("2023-03-31", "2024-03-31")
    >>> float(grr(book, *window)) <= float(nrr(book, *window))
    True
    """
    before, after = _cohort(book, start, end, method)
    return ratio(np.minimum(before, after), before, "point_to_point_min", high=1.0)


def logo_churn(book: Book, start: Date, end: Date, method: Method = "point_to_point") -> Estimate:
    """Share of the customers of the start who are none at the end.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    start, end : date
        The two days that are compared.
    method : str
        ``"point_to_point"``: who left and came back in between is still a customer.

    Returns
    -------
    Estimate
        A share (0-1) with Wilson limits.

    Raises
    ------
    NotReady, UsageError
        As ``nrr``.

    >>> import cslab
    >>> 0 <= float(logo_churn(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31")) <= 1
    True
    """
    before, after = _cohort(book, start, end, method)
    return proportion(int((after <= 0).sum()), len(before), len(before), "point_to_point")


def _cohort(book: Book, start: Date, end: Date, method: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """MRR at both days of the customers who had some at the first."""
    import pandas as pd

    if method != "point_to_point":
        raise UsageError(unknown_choice("method", method, ("point_to_point",)))
    if pd.Timestamp(end) <= pd.Timestamp(start):
        raise UsageError(Fault("window_order", {"start": start, "end": end}))
    after = mrr(book, end).to_numpy(float)
    before = mrr(book, start).to_numpy(float)
    there = before > 0
    if not there.any():
        first = book.mrr_movements["month"].min()
        raise UsageError(Fault("nobody_at_start", {"start": start, "first": "-" if pd.isna(first) else first.date()}))
    return before[there], after[there]
