"""The term in force: which contract binds an account in a month, how long it is, and whether it runs out then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.spells import DAYS_A_MONTH

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Ints = NDArray[np.int64]
    Places = NDArray[np.intp]


@dataclass(frozen=True)
class Terms:
    """The contract in force in each row of account and month.

    Parameters
    ----------
    contract : ndarray of int
        Its place among the rows of ``contracts``.
    months : ndarray of int
        How long its term is; 0 where that is not known.
    due : ndarray of bool
        Whether it runs out in the month.

    >>> Terms(np.array([0]), np.array([12]), np.array([True])).months.tolist()
    [12]
    """

    contract: Places
    months: Ints
    due: NDArray[np.bool_]


def in_force(book: Book, ids: pd.Series, account: Places, month: Ints) -> Terms:
    """The contract in force in some months: of several the longest; after a gap the one before it.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``.
    ids : Series of str
        The accounts.
    account : ndarray of int, shape (rows,)
        Places among ``ids``; an account's rows follow one another month by month.
    month : ndarray of int, shape (rows,)
        Months since 1970.

    Returns
    -------
    Terms
        A contract is in force from the month after its start to that of its end.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> row = book.contracts.iloc[0]
    >>> month = np.array([np.datetime64(row["end"], "M").astype(int)])
    >>> in_force(book, pd.Series([row["account_id"]]), np.array([0]), month).due.tolist()
    [True]
    """
    import pandas as pd

    contracts = book.contracts
    owner = pd.Index(ids).get_indexer(contracts["account_id"])
    begins, ends = (contracts[name].to_numpy().astype("datetime64[M]") for name in ("start", "end"))
    begin = np.where(np.isnat(begins), _FAR, begins.astype(np.int64))
    end = np.where(np.isnat(ends), _FAR, ends.astype(np.int64))
    length = term_lengths(contracts)
    governing = _laid_over(owner, begin, end, length, account, month)
    filled = _filled(governing, account, owner, begin)
    return Terms(filled, length[filled], end[filled] == month)


_FAR = 1_000_000
"""Months since 1970: a contract that runs on without an end."""


def term_lengths(contracts: pd.DataFrame) -> Ints:
    """Months of each term, as written, else counted from its days.

    Parameters
    ----------
    contracts : DataFrame
        ``start`` and ``end``, and ``term_months`` where it is known.

    Returns
    -------
    ndarray of int
        0 for a contract without an end.

    >>> import pandas as pd
    >>> days = {"start": ["2024-01-01", "2024-01-01"], "end": ["2024-04-01", None]}
    >>> term_lengths(pd.DataFrame(days).apply(pd.to_datetime)).tolist()
    [3, 0]
    """
    counted = ((contracts["end"] - contracts["start"]).dt.days / DAYS_A_MONTH).round()
    written = contracts.get("term_months", counted)
    return np.asarray(written.fillna(counted).fillna(0).clip(lower=0).to_numpy(float).round(), np.int64)


def _laid_over(owner: Any, begin: Ints, end: Ints, length: Ints, account: Places, month: Ints) -> Ints:
    """The longest contract that covers each row; -1 where none does."""
    opens = np.searchsorted(account, np.arange(account[-1] + 2) if len(account) else [0])
    order = np.argsort(length, kind="stable")
    order = order[(owner[order] >= 0) & (owner[order] < len(opens) - 1)]
    order = order[opens[owner[order]] < opens[owner[order] + 1]]
    who = owner[order]
    first, last = month[opens[who]], month[opens[who + 1] - 1]
    start, stop = np.maximum(begin[order] + 1, first), np.minimum(end[order], last)
    count = np.maximum(stop - start + 1, 0)
    rows = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - (opens[who] + start - first), count)
    governing = np.full(len(account), -1, np.int64)
    governing[rows] = np.repeat(order, count)
    return governing


def _filled(governing: Ints, account: Places, owner: Any, begin: Ints) -> Places:
    """Rows without a contract get the one before them, or the account's first."""
    opens = np.append(True, account[1:] != account[:-1])[: len(account)]
    order = np.argsort(begin, kind="stable")[::-1]
    earliest = np.zeros(max(int(owner.max(initial=0)), int(account.max(initial=0))) + 2, np.int64)
    earliest[owner[order]] = order
    governing = np.where(opens & (governing < 0), earliest[account], governing)
    place = np.maximum.accumulate(np.where(governing >= 0, np.arange(len(governing)), 0))
    return governing[place].astype(np.intp, copy=False)
