"""What rules look at: a book's days, its months of usage, its contracts, and numbers that others supply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cslab.measure.alerts.presence import Presence
from cslab.measure.lifecycle.days import APART, NEVER, Diary, as_days

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


class Hits(NamedTuple):
    """Where a condition holds: the account's number, the morning (days since 1970), and the number that was seen."""

    account: Ints
    day: Ints
    value: Floats

    def where(self, kept: Flags) -> Hits:
        """Some of them.

        Parameters
        ----------
        kept : ndarray of bool

        >>> Hits(np.array([1, 2]), np.array([3, 4]), np.array([0.5, 0.6])).where(np.array([False, True])).day.tolist()
        [4]
        """
        return Hits(self.account[kept], self.day[kept], self.value[kept])


@dataclass(frozen=True)
class Months:
    """Rows of a table of months, by account and month.

    Parameters
    ----------
    account : ndarray of int
        Numbers of the diary.
    month : ndarray of int
        Since 1970.
    frame : DataFrame
        The rows.

    >>> import pandas as pd
    >>> Months(np.array([0, 0]), np.array([5, 6]), pd.DataFrame({"use": [1.0, 2.0]})).ago(np.array([1.0, 2.0]), 1)
    array([nan,  1.])
    """

    account: Ints
    month: Ints
    frame: pd.DataFrame

    def values(self, column: str) -> Floats:
        """A column of numbers; missing ones stay missing.

        Parameters
        ----------
        column : str

        >>> import pandas as pd
        >>> Months(np.array([0]), np.array([5]), pd.DataFrame({"use": [1]})).values("use").tolist()
        [1.0]
        """
        return self.frame[column].to_numpy(float, na_value=np.nan)

    def ago(self, values: Floats, lag: int) -> Floats:
        """The values of the same account some months before each row; missing where it has no such row.

        Parameters
        ----------
        values : ndarray of float
            In the order of the rows.
        lag : int
            Months.

        >>> import pandas as pd
        >>> months = Months(np.array([0, 0, 1]), np.array([5, 6, 6]), pd.DataFrame({"use": [1.0, 2.0, 3.0]}))
        >>> months.ago(months.values("use"), 1).tolist()
        [nan, 1.0, nan]
        """
        row = self.find(self.account, self.month - lag)
        return np.where(row >= 0, values[row], np.nan) if len(values) else values

    def find(self, account: Ints, month: Ints) -> Ints:
        """The row of some accounts and months; -1 where there is none.

        Parameters
        ----------
        account, month : ndarray of int

        >>> import pandas as pd
        >>> Months(np.array([0]), np.array([5]), pd.DataFrame({"use": [1]})).find(np.array([0]), np.array([4])).tolist()
        [-1]
        """
        wanted = account * APART + month
        if not len(self._line):
            return np.full(len(wanted), -1, np.int64)
        row = np.minimum(np.searchsorted(self._line, wanted), len(self._line) - 1)
        return np.where(self._line[row] == wanted, row, -1)

    @cached_property
    def _line(self) -> Ints:
        """Account and month as one number each."""
        return self.account * APART + self.month


class Seen:
    """A book as rules look at it.

    Parameters
    ----------
    book : Book
        With real days, and ``contracts``.
    signals : mapping of str to DataFrame
        Numbers that a model or another department supplies: ``account_id``, ``as_of`` (day), ``value``.

    >>> import cslab
    >>> seen = Seen(cslab.load("synthetic:tiny"), {})
    >>> len(seen.months("usage_monthly").account) == len(seen.book.usage_monthly)
    True
    """

    def __init__(self, book: Book, signals: Mapping[str, pd.DataFrame]) -> None:
        self.book, self.signals, self.diary = book, signals, Diary(book)
        self._months: dict[str, Months] = {}

    @cached_property
    def presence(self) -> Presence:
        """Who is a customer on which day."""
        return Presence(self.diary)

    @cached_property
    def entry(self) -> Ints:
        """By account, the first day on which it is a customer and the records cover it (since 1970)."""
        starts = as_days(self.book.contracts["start"])
        first = np.full(len(self.diary.ids), NEVER, np.int64)
        account = self.diary.numbers("contracts")
        np.minimum.at(first, account[account >= 0], starts[account >= 0])
        return np.maximum(first, self.diary.entry(first))

    def months(self, table: str) -> Months:
        """The rows of a table of months whose accounts are known.

        Parameters
        ----------
        table : str
            With ``account_id`` and ``month``.

        >>> import cslab
        >>> months = Seen(cslab.load("synthetic:tiny"), {}).months("usage_monthly")
        >>> bool((np.diff(months.account) >= 0).all())
        True
        """
        if table not in self._months:
            frame, account = getattr(self.book, table), self.diary.numbers(table)
            month = frame["month"].to_numpy().astype("M8[M]").astype(np.int64)
            order = np.lexsort((month, account))
            order = order[account[order] >= 0]
            self._months[table] = Months(account[order], month[order], frame.iloc[order])
        return self._months[table]

    def signal(self, name: str) -> tuple[Ints, Ints, Floats]:
        """A supplied number: accounts, days and values, by account and day.

        Parameters
        ----------
        name : str

        >>> import cslab, pandas as pd
        >>> book = cslab.load("synthetic:tiny")
        >>> frame = pd.DataFrame({"account_id": ["A000001"], "as_of": ["1970-01-02"], "value": [0.4]})
        >>> [part.tolist() for part in Seen(book, {"risk": frame}).signal("risk")]
        [[1], [1], [0.4]]
        """
        import pandas as pd

        frame = self.signals[name]
        account = numbered(self.diary, frame["account_id"])
        day, value = as_days(pd.to_datetime(frame["as_of"])), frame["value"].to_numpy(float, na_value=np.nan)
        order = np.lexsort((day, account))
        order = order[(account[order] >= 0) & (day[order] < NEVER)]
        return account[order], day[order], value[order]


def numbered(diary: Diary, accounts: pd.Series[Any]) -> Ints:
    """The numbers of some accounts; -1 for one that is not known.

    Parameters
    ----------
    diary : Diary
    accounts : Series
        Their ids.

    >>> import cslab, pandas as pd
    >>> numbered(Diary(cslab.load("synthetic:tiny")), pd.Series(["A000001", "nobody"])).tolist()
    [1, -1]
    """
    import pandas as pd

    return diary.ids.get_indexer(pd.Index(accounts)).astype(np.int64)


def latest(account: Ints, day: Ints, asked: Ints, before: Ints) -> Ints:
    """The place of each asked account's last entry before a day; -1 where there is none.

    Parameters
    ----------
    account, day : ndarray of int
        Sorted by both.
    asked, before : ndarray of int

    >>> latest(np.array([1, 1]), np.array([5, 9]), np.array([1, 1, 2]), np.array([9, 10, 10])).tolist()
    [0, 1, -1]
    """
    if not len(account):
        return np.full(len(asked), -1, np.int64)
    place = np.searchsorted(account * APART + day, asked * APART + before) - 1
    return np.where((place >= 0) & (account[place] == asked), place, -1)


def first_of(month: Ints) -> Ints:
    """The first day of each month, both since 1970.

    Parameters
    ----------
    month : ndarray of int

    >>> first_of(np.array([0, 1])).tolist()
    [0, 31]
    """
    return month.astype("M8[M]").astype("M8[D]").astype(np.int64)


def no_hits() -> Hits:
    """Nothing.

    >>> len(no_hits().day)
    0
    """
    return Hits(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


def together(parts: list[Hits]) -> Hits:
    """Hits of several conditions, one behind the other.

    Parameters
    ----------
    parts : list of Hits

    >>> len(together([no_hits(), no_hits()]).day)
    0
    """
    if not parts:
        return no_hits()
    columns: Any = zip(*parts, strict=True)
    return Hits(*(np.concatenate(column) for column in columns))
