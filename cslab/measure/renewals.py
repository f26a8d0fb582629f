"""The renewal map: what comes due for renewal in each calendar month, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.measure.decisions import month_of

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

STATUSES = ("renewed", "expanded", "contracted", "churned", "open")
"""What can have become of a contract, from the best to the undecided."""


def renewal_map(
    book: Book,
    start: str | pd.Timestamp | None = None,
    end: str | pd.Timestamp | None = None,
    shortest_term: int = 1,
) -> pd.DataFrame:
    """Contracts by the calendar month in which they come due, with their value and what became of them.

    It is the hazard comb in calendar time: where a bar stands, somebody decides.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with real days (``end``) and ``outcome``; ``mrr_amount`` gives the value.
    start, end : date, optional
        Window of due dates, ``start`` included, ``end`` not; without them, all that is on the books.
    shortest_term : int
        Only contracts of at least so many months, which needs ``term_months``: one-month contracts renew all the time
        and crowd out the others.

    Returns
    -------
    DataFrame
        One row a month and status: ``month`` (its first day), ``status``, ``contracts``, ``mrr_amount`` (currency a
        month, at the start of the contracts; missing where the source has no amounts). Counts, so without limits.
        ``attrs`` holds ``as_of`` and ``currency``.

    Raises
    ------
    NotReady
        For a stock sample, or without the columns above.
    UsageError
        For a window that ends before it begins.

    Source: "renewals due" as the denominator, Gainsight's Renewal Center (grade A).

    >>> import cslab
    >>> list(renewal_map(cslab.load("synthetic:tiny")).columns)
    ['month', 'status', 'contracts', 'mrr_amount']
    """
    import pandas as pd

    book.require("calendar", "contracts.end", "contracts.outcome")
    due = contracts_due(book, start, end)
    if shortest_term > 1:
        book.require("contracts.term_months")
        due = due[due["term_months"] >= shortest_term]
    rows = pd.DataFrame({"month": month_of(due["end"]), "status": due["outcome"].astype(object).fillna("open")})
    rows["mrr_amount"] = due["mrr_amount"] if "mrr_amount" in due else float("nan")
    rows["status"] = pd.Categorical(rows["status"], STATUSES)
    groups = rows.groupby(["month", "status"], observed=True)["mrr_amount"]
    counted = pd.DataFrame({"contracts": groups.size(), "mrr_amount": groups.sum(min_count=1)}).reset_index()
    counted["status"] = counted["status"].astype(str)
    counted.attrs.update(as_of=book.as_of, currency=book.currency)
    return counted


def contracts_due(
    book: Book, start: str | pd.Timestamp | None = None, end: str | pd.Timestamp | None = None
) -> pd.DataFrame:
    """The contracts whose term runs out in a window.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``end``.
    start, end : date, optional
        Window of due dates, ``start`` included, ``end`` not.

    Returns
    -------
    DataFrame
        Rows of ``contracts``.

    Raises
    ------
    UsageError
        For a window that ends before it begins.

    >>> import cslab
    >>> due = contracts_due(cslab.load("synthetic:tiny"), "2024-01-01", "2024-04-01")
    >>> bool(due["end"].between("2024-01-01", "2024-03-31").all())
    True
    """
    import pandas as pd

    contracts = book.contracts
    first = contracts["end"].min() if start is None else pd.Timestamp(start)
    last = pd.Timestamp.max if end is None else pd.Timestamp(end)
    if start is not None and end is not None and last <= first:
        raise UsageError(Fault("window_order", {"start": first.date(), "end": last.date()}))
    return contracts[(contracts["end"] >= first) & (contracts["end"] < last)]


def still_in_time(book: Book, lead_days: float = 0, shortest_term: int = 2) -> pd.DataFrame:
    """The undecided contracts of the next month that can still be prepared, the largest first.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``end``, ``outcome``, ``mrr_amount`` and ``term_months``.
    lead_days : float
        Days before its end by which work on a contract has to begin.
    shortest_term : int
        As for ``renewal_map``.

    Returns
    -------
    DataFrame
        ``account_id``, ``start_by`` (latest day to begin), ``end``, ``mrr_amount``: of the first calendar month ahead
        for whose contracts it is not too late; where it is too late for all, of the next month ahead.

    Raises
    ------
    NotReady
        For a stock sample, or without the columns above.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> bool((still_in_time(book, 30)["start_by"] >= book.as_of).all())
    True
    """
    import pandas as pd

    book.require("calendar", "contracts.outcome", "contracts.mrr_amount", "contracts.term_months")
    ahead = contracts_due(book, book.as_of + pd.offsets.MonthBegin(1))
    ahead = ahead[(ahead["outcome"].fillna("open") == "open") & (ahead["term_months"] >= shortest_term)]
    ahead = ahead.assign(start_by=ahead["end"].dt.normalize() - pd.Timedelta(days=round(lead_days)))
    months = month_of(ahead["end"])
    in_time = months[ahead["start_by"].groupby(months).transform("min") >= book.as_of]
    chosen = ahead[months == (months if in_time.empty else in_time).min()]
    largest: pd.DataFrame = chosen.sort_values(["mrr_amount", "account_id"], ascending=[False, True])
    return largest[["account_id", "start_by", "end", "mrr_amount"]]
