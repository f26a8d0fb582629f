"""What stands on the books: the MRR of each customer at a day, and of all of them month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp


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
    return _summed(book.mrr_movements, day)


def standing_mrr(book: Book, on: Date) -> pd.Series:
    """MRR of every account at the end of a day, by what the book says of it: movements, else contracts, else nothing.

    Parameters
    ----------
    book : Book
    on : date
        As for :func:`mrr`; contracts, too, count from the last day of the month in which they begin or end.

    Returns
    -------
    Series
        Currency a month by ``account_id``; 0 for who has none, missing for all where the book knows no amounts.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> bool((standing_mrr(book, "2024-03-31") >= 0).all())
    True
    """
    import pandas as pd

    ids = pd.Index(book.accounts["account_id"])
    if not book.has("mrr"):
        return pd.Series(np.nan, index=ids, name="mrr_amount")
    return _summed(moved(book), pd.Timestamp(on)).reindex(ids, fill_value=0.0)


def moved(book: Book) -> pd.DataFrame:
    """By how much each account's MRR moved in which month: as recorded, else as contracts begin and end.

    Parameters
    ----------
    book : Book
        Needs ``mrr``: ``mrr_movements``, or ``contracts.mrr_amount``.

    Returns
    -------
    DataFrame
        ``account_id``, ``month`` (its first day), ``amount`` (currency a month).

    Raises
    ------
    NotReady
        Where the book knows no amounts.

    >>> import cslab
    >>> list(moved(cslab.load("synthetic:tiny")))
    ['account_id', 'month', 'amount']
    """
    import pandas as pd

    book.require("mrr")
    if book.has("mrr_movements"):
        return book.mrr_movements[["account_id", "month", "amount"]]
    terms = book.contracts.dropna(subset="mrr_amount")
    parts = [
        pd.DataFrame({"account_id": terms["account_id"], "month": terms[day], "amount": sign * terms["mrr_amount"]})
        for day, sign in (("start", 1), ("end", -1))
        if day in terms
    ]
    moves = pd.concat(parts, ignore_index=True).dropna(subset="month")
    return moves.assign(month=moves["month"].dt.to_period("M").dt.to_timestamp())


def _summed(moves: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """The sum of each account's movements up to the end of a day."""
    known = moves["month"] < month_not_over(day)
    amounts = moves["amount"].where(known, 0).groupby(moves["account_id"]).sum()
    return amounts.round(4).rename("mrr_amount")


def month_not_over(day: pd.Timestamp) -> pd.Timestamp:
    """The first day of the month that is not over at the end of a day: its movements do not count yet.

    Parameters
    ----------
    day : Timestamp

    Returns
    -------
    Timestamp

    >>> import pandas as pd
    >>> month_not_over(pd.Timestamp("2024-03-30")).date(), month_not_over(pd.Timestamp("2024-03-31")).date()
    (datetime.date(2024, 3, 1), datetime.date(2024, 4, 1))
    """
    import pandas as pd

    return (day + pd.Timedelta(days=1)).normalize().replace(day=1)


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
