"""Values of accounts, each known from a time on: last values, sums and counts up to any time, never from later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

SPAN = 1 << 20
"""More days than any record has: an account and a day make one number."""

DIGITS = 10
"""Of a mean: what adding in another order makes of equal values must not tell customers apart."""


@dataclass(frozen=True)
class Log:
    """Values of accounts, each known from a time on, in the order of accounts and times.

    Parameters
    ----------
    key : ndarray of int, shape (rows,)
        ``account * SPAN + time``, rising.
    value : ndarray of float, shape (rows,)

    >>> log = Log.of([0, 0, 1], [10, 20, 15], [1.0, 2.0, 3.0])
    >>> log.last(np.array([0, 0, 1]), np.array([12, 30, 12])).tolist()
    [1.0, 2.0, nan]
    """

    key: Ints
    value: Floats

    @staticmethod
    def of(account: Any, time: Any, value: Any) -> Log:
        """A log of rows in any order; rows of nobody who is asked about (-1) and rows without a value are left out.

        Parameters
        ----------
        account, time : sequence of int
        value : sequence of float

        >>> Log.of([1, -1], [3, 3], [5.0, 6.0]).value.tolist()
        [5.0]
        """
        account, time, value = np.asarray(account, np.int64), np.asarray(time, np.int64), np.asarray(value, float)
        kept = (account >= 0) & ~np.isnan(value)
        key, value = account[kept] * SPAN + time[kept], value[kept]
        order = np.lexsort((value, key))  # two of one day: the larger counts as the later, whatever the rows' order
        return Log(key[order], value[order])

    def last(self, account: Ints, until: Ints, within: int = SPAN // 2) -> Floats:
        """The last value of each account at a time; missing where there is none, or none in so long.

        Parameters
        ----------
        account, until : ndarray of int
            Who is asked about, and at which time.
        within : int
            Values older than this do not count.

        >>> Log.of([0], [10], [1.0]).last(np.array([0]), np.array([40]), within=20).tolist()
        [nan]
        """
        if not len(self.key):
            return np.full(len(account), np.nan)
        place = np.searchsorted(self.key, account * SPAN + until, side="right") - 1
        good = (place >= 0) & (self.key[place] > account * SPAN + until - within)
        return np.where(good, self.value[place], np.nan)

    def total(self, account: Ints, since: Any, until: Any) -> tuple[Floats, Floats]:
        """The sum and the number of each account's values after one time and up to another.

        Parameters
        ----------
        account : ndarray of int
        since, until : ndarray of int
            After which time, and up to which, that one included.

        >>> Log.of([0, 0, 0], [1, 2, 3], [5.0, 6.0, 7.0]).total(np.array([0]), np.array([1]), np.array([3]))[0].tolist()
        [13.0]
        """
        first = np.searchsorted(self.key, account * SPAN + since, side="right")
        last = np.maximum(np.searchsorted(self.key, account * SPAN + until, side="right"), first)
        sums = self._sums[last] - self._sums[first]
        return sums, (last - first).astype(np.float64)

    def mean(self, account: Ints, since: Any, until: Any) -> Floats:
        """The mean of each account's values in the same stretch; missing where there is none.

        Parameters
        ----------
        account, since, until
            As for :meth:`total`.

        >>> Log.of([0, 0], [2, 3], [6.0, 7.0]).mean(np.array([0, 1]), np.array([1, 1]), np.array([3, 3])).tolist()
        [6.5, nan]
        """
        sums, count = self.total(account, since, until)
        means = np.round(sums / np.maximum(count, 1), DIGITS)
        return np.where(count > 0, means, np.nan)

    @cached_property
    def _sums(self) -> Floats:
        """Running sums, from 0."""
        return np.concatenate([[0.0], np.cumsum(self.value)])
