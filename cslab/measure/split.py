"""Into which groups a measure is split: none, the calendar months of its window, or a column of the accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.risk import MOST_GROUPS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp
    Codes = NDArray[np.int64]

MONTH = "month"


@dataclass(frozen=True)
class Split:
    """A split of a window's rows.

    Parameters
    ----------
    start, end : Timestamp
        The window: the first day, and the first one after it.
    by : str
        Empty for one group, ``"month"``, or a column of ``accounts``.
    values : list
        What each group is called: nothing, the first day of each month, or the values of the column.
    of_account : Series or None
        The group of each account, by ``account_id``, where it is split by one of their columns.

    >>> import cslab
    >>> len(split(cslab.load("synthetic:tiny"), "2024-01-01", "2024-04-01", "month").values)
    3
    """

    start: pd.Timestamp
    end: pd.Timestamp
    by: str
    values: list[Any]
    of_account: pd.Series | None = None

    @property
    def months(self) -> Codes:
        """The calendar months of the window, counted since 1970."""
        first, last = (np.datetime64(day, "M").astype(np.int64) for day in (self.start, self.end - self._day))
        return np.arange(first, last + 1)

    @property
    def _day(self) -> pd.Timedelta:
        """One day."""
        import pandas as pd

        return pd.Timedelta(days=1)

    def within(self, days: pd.Series) -> NDArray[np.bool_]:
        """Which days lie in the window.

        Parameters
        ----------
        days : Series of datetime

        >>> import cslab, pandas as pd
        >>> quarter = split(cslab.load("synthetic:tiny"), "2024-01-01", "2024-04-01")
        >>> quarter.within(pd.Series(pd.to_datetime(["2024-03-31", "2024-04-01"]))).tolist()
        [True, False]
        """
        return np.asarray((days >= self.start) & (days < self.end))

    def groups(self, days: Any, account: Any, ids: Any) -> Codes:
        """The group of each row.

        Parameters
        ----------
        days : ndarray of datetime64, shape (rows,)
            Its day, within the window.
        account : ndarray of int, shape (rows,)
            Place of its account in ``ids``.
        ids : sequence of str
            Account ids.

        Returns
        -------
        ndarray of int, shape (rows,)

        >>> import cslab
        >>> quarter = split(cslab.load("synthetic:tiny"), "2024-01-01", "2024-04-01", "month")
        >>> quarter.groups(np.array(["2024-03-31"], "datetime64[D]"), np.array([0]), ["A1"]).tolist()
        [2]
        """
        if self.by == MONTH:
            return np.asarray(np.asarray(days).astype("datetime64[M]").astype(np.int64) - self.months[0])
        if self.of_account is None:
            return np.zeros(len(account), np.int64)
        return np.asarray(self.of_account.reindex(ids).to_numpy(np.int64)[account])


def window_before(start: Date, end: Date) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The window of the same length that ends where another begins.

    Parameters
    ----------
    start, end : date
        A window, ``start`` included, ``end`` not.

    Returns
    -------
    tuple of Timestamp
        Whole months before a window of whole months, else as many days.

    >>> [day.date().isoformat() for day in window_before("2024-01-01", "2024-04-01")]
    ['2023-10-01', '2024-01-01']
    """
    import pandas as pd

    first, last = pd.Timestamp(start), pd.Timestamp(end)
    if first.day == last.day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month
        return first - pd.DateOffset(months=months), first
    return first - (last - first), first


def split(book: Book, start: Date, end: Date, by: str | None = None) -> Split:
    """Split a window.

    Parameters
    ----------
    book : Book
        Needs the column, where it is split by one of ``accounts``.
    start, end : date
        The window, ``start`` included, ``end`` not.
    by : str, optional
        ``"month"``, or a column of ``accounts`` such as ``"segment"``; missing values are a group of their own.

    Returns
    -------
    Split

    Raises
    ------
    NotReady
        For a stock sample, or without ``accounts`` where they are needed.
    UsageError
        For days in the wrong order or after the data, a column that is not there, or too many groups.

    >>> import cslab
    >>> split(cslab.load("synthetic:tiny"), "2024-01-01", "2024-04-01", "segment").values
    ['enterprise', 'mid', 'smb']
    """
    import pandas as pd

    book.require("calendar")
    first, last = _window(book, start, end)
    if not by:
        return Split(first, last, "", [""])
    if by == MONTH:
        whole = Split(first, last, MONTH, [])
        months = whole.months.astype("datetime64[M]").astype("datetime64[ns]")
        return Split(first, last, MONTH, [pd.Timestamp(month) for month in months])
    codes, values = _column(book, by)
    return Split(first, last, by, values, codes)


def _window(book: Book, start: Date, end: Date) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Both days; refused where the window ends before it begins, or after the data."""
    import pandas as pd

    first, last = pd.Timestamp(start), pd.Timestamp(end)
    faults = [Fault("window_order", {"start": first.date(), "end": last.date()})] if last <= first else []
    if last > book.as_of + pd.Timedelta(days=1):
        faults.append(Fault("window_after_data", {"end": last.date(), "last": book.as_of.date()}))
    if faults:
        raise UsageError(*faults)
    return first, last


def _column(book: Book, by: str) -> tuple[pd.Series, list[Any]]:
    """The group of each account, and the groups' values, sorted."""
    import pandas as pd

    book.require("accounts")
    accounts = book.accounts
    if by not in accounts or by == "account_id":
        names = [MONTH, *(str(name) for name in accounts if name != "account_id")]
        raise UsageError(Fault("unknown_group", {"by": by, "near": nearest(by, names), "known": ", ".join(names)}))
    codes, values = pd.factorize(accounts[by], sort=True, use_na_sentinel=False)
    if len(values) > MOST_GROUPS:
        raise UsageError(Fault("too_many_groups", {"by": by, "count": len(values), "most": MOST_GROUPS}))
    return pd.Series(codes, index=accounts["account_id"]), list(values)
