"""When each account was watched: its first and its last full calendar month, and whether it left in the last one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.durations import GONE
from cslab.measure.spells import LATE_DAYS, month_number

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

EARLY_DAYS = 7
"""A departure so many days before the end of the last contract, or ``LATE_DAYS`` after it, is one at that end."""


@dataclass(frozen=True)
class Watched:
    """Months since 1970 in which each account was watched.

    Parameters
    ----------
    origin : ndarray of int, shape (accounts,)
        The month from which tenure counts.
    first, last : ndarray of int, shape (accounts,)
        First and last month in which it could leave; the last before the first where there is none.
    gone : ndarray of bool, shape (accounts,)
        Whether it leaves in the last one.

    >>> Watched(*(np.array([number]) for number in (0, 1, 4)), np.array([True])).last.tolist()
    [4]
    """

    origin: Ints
    first: Ints
    last: Ints
    gone: NDArray[np.bool_]


def watched(stays: pd.DataFrame, as_of: pd.Timestamp) -> Watched:
    """The months in which accounts were customers as the month began and could be seen to its end.

    Parameters
    ----------
    stays : DataFrame
        As ``durations.followed`` makes them.
    as_of : Timestamp
        The last day that is known.

    Returns
    -------
    Watched

    >>> import cslab
    >>> from cslab.measure.durations import followed
    >>> book = cslab.load("synthetic:tiny")
    >>> seen = watched(followed(book), book.as_of)
    >>> bool((seen.first > seen.origin).all())
    True
    """
    origin, begins = month_number(stays["origin"].to_numpy()), month_number(stays["watched"].to_numpy())
    stop, end = stays["stop"].to_numpy(), stays["end"].to_numpy()
    gone, pending = np.isin(stays["how"], GONE), (stays["how"] == "pending").to_numpy()
    left = month_number(np.where(gone & (stop >= end - EARLY_DAYS) & (stop <= end + LATE_DAYS), end, stop))
    after = np.array([np.datetime64(as_of, "D").astype(np.int64) + 1])
    full = int(month_number(after)[0]) - 1
    late = stays["watched"].to_numpy() > begins.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    first, last = np.maximum(origin + 1, begins + late), np.minimum(left - pending, full)
    return Watched(origin, first, last, gone & (left <= full) & (first <= last))


def each_month(first: Ints, last: Ints) -> tuple[NDArray[np.intp], Ints]:
    """A row for each account and month.

    Parameters
    ----------
    first, last : ndarray of int, shape (accounts,)
        The months from and to which there are rows.

    Returns
    -------
    ndarray of int
        The account of each row.
    ndarray of int
        Its month.

    >>> [part.tolist() for part in each_month(np.array([3, 9, 1]), np.array([4, 8, 1]))]
    [[0, 0, 2], [3, 4, 1]]
    """
    count = np.maximum(last - first + 1, 0)
    account = np.repeat(np.arange(len(count)), count)
    return account, np.arange(len(account)) - np.repeat(np.cumsum(count) - count - first, count)
