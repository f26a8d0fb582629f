"""Customers by months: who is on record as a customer at the end of each month, and who has left by then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.durations import GONE, followed
from cslab.measure.retention.amounts import month_not_over

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Stay:
    """First stays by months.

    Parameters
    ----------
    accounts : ndarray of str, shape (n,)
        Everybody who was a customer on record on one day at least, sorted.
    months : ndarray of datetime64[M], shape (t,)
        The months that are over, one after the other; the first may have begun before the records.
    first : ndarray of int, shape (n,)
        Place of the month from which on each is seen: that of its signing, or in which the records begin.
    gone : ndarray of int, shape (n,)
        Place of the first month at whose end it had left; the number of months where it has not.
    there : ndarray of bool, shape (n, t)
        Who is on record as a customer at the end of which month.
    from_signing : ndarray of bool, shape (n,)
        Who is seen from its signing on; the others had to stay to be seen.

    >>> import cslab
    >>> found = stay(cslab.load("synthetic:tiny"))
    >>> found.there.shape == (len(found.accounts), len(found.months))
    True
    """

    accounts: NDArray[Any]
    months: NDArray[np.datetime64]
    first: Ints
    gone: Ints
    there: Flags
    from_signing: Flags

    def place(self, days: NDArray[np.datetime64]) -> Ints:
        """The place of each day's month: below 0 before the months, beyond them after.

        Parameters
        ----------
        days : ndarray of datetime64
            None of them missing.

        >>> import cslab
        >>> stay(cslab.load("synthetic:tiny")).place(np.array(["2021-05-31", "2021-03-31"], "datetime64[D]")).tolist()
        [1, -1]
        """
        return np.asarray(days.astype("datetime64[M]") - self.months[0]).astype(np.int64)

    def row(self, accounts: pd.Series) -> Ints:
        """The row of each account; -1 of one that was no customer on record.

        Parameters
        ----------
        accounts : Series of str

        >>> import cslab
        >>> import pandas as pd
        >>> stay(cslab.load("synthetic:tiny")).row(pd.Series(["nobody"])).tolist()
        [-1]
        """
        import pandas as pd

        found: Ints = pd.Index(self.accounts).get_indexer(pd.Index(accounts)).astype(np.int64)
        return found


def stay(book: Book) -> Stay:
    """First stays by months.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``, and real days.

    Raises
    ------
    NotReady
        Without them, or where no month is over yet.

    >>> import cslab
    >>> found = stay(cslab.load("synthetic:tiny"))
    >>> str(found.months[0]), str(found.months[-1])
    ('2021-04', '2025-03')
    """
    book.require("calendar", "contracts.start", "contracts.end")
    months, rows = _months(book), followed(book).sort_values("account_id", kind="stable")
    end = (months + 1).astype("datetime64[D]").astype(np.int64) - 1
    since, stop = rows[["origin", "watched"]].max(axis=1).to_numpy(), rows["stop"].to_numpy()
    begins = months[0].astype("datetime64[D]").astype(np.int64)
    kept = (since <= end[-1]) & (since <= stop) & (stop >= begins)
    rows, since, stop = rows[kept], since[kept], stop[kept]
    left = rows["how"].isin(GONE).to_numpy()
    first, gone = np.searchsorted(end, since), np.where(left, np.searchsorted(end, stop), len(months))
    there = (np.arange(len(months)) >= first[:, None]) & (end <= (stop - left)[:, None])
    from_signing = (rows["watched"] <= rows["origin"]).to_numpy()
    return Stay(rows["account_id"].to_numpy(object), months, first, gone, there, from_signing)


def _months(book: Book) -> NDArray[np.datetime64]:
    """The months on record that are over."""
    first = book.first_day
    last = month_not_over(book.as_of).to_datetime64().astype("datetime64[M]")
    begin = last if first is None else first.to_datetime64().astype("datetime64[M]")
    if not begin < last:
        raise NotReady(Fault("chain.no_month", {"date": book.as_of.date()}))
    return np.asarray(np.arange(begin, last), "datetime64[M]")
