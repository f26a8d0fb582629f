"""The days of marks, read from a book's tables: whose they are, and no earlier than anybody knew of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cslab.measure.lifecycle.marks import COMPARED, COUNTED, Mark, Way
from cslab.tables import known_since

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Ints = NDArray[np.int64]

NEVER = 1_000_000
"""A day far ahead, in days since 1970."""

APART = 4 * NEVER
"""Days between the calendars of two accounts, where all stand on one line."""

_COMPARE: dict[str, Callable[[Any, float], Any]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


class Dated(NamedTuple):
    """Days of accounts: the account's number, the day (since 1970), and the row of the table that it stands in."""

    account: Ints
    day: Ints
    row: Ints
    way: Way


class Diary:
    """Reads the days of a book's accounts; accounts are numbered in the order of their ids.

    Parameters
    ----------
    book : Book
        Needs ``accounts``.

    >>> import cslab
    >>> diary = Diary(cslab.load("synthetic:tiny"))
    >>> len(diary.ids) == len(cslab.load("synthetic:tiny").accounts)
    True
    """

    def __init__(self, book: Book) -> None:
        """Remember the book; its tables are looked at when they are asked for."""
        self.book = book
        self._numbers: dict[str, Ints] = {}

    @cached_property
    def ids(self) -> pd.Index[Any]:
        """The accounts' ids, sorted.

        >>> import cslab
        >>> bool(Diary(cslab.load("synthetic:tiny")).ids.is_monotonic_increasing)
        True
        """
        import pandas as pd

        found: pd.Index[Any] = pd.Index(sorted(self.book.accounts["account_id"]))
        return found

    def dated(self, mark: Mark) -> Dated:
        """The days of a mark.

        Parameters
        ----------
        mark : Mark
            One that the book's tables allow.

        Returns
        -------
        Dated
            In the order of accounts and days. A day that was known only later counts from when it was known; rows of
            accounts that are not in ``accounts`` do not count.

        >>> import cslab
        >>> dated = Diary(cslab.load("synthetic:tiny")).dated(Mark("signed", (Way("accounts", "signed_on"),)))
        >>> len(dated.account) == len(set(dated.account))
        True
        """
        way = mark.way(self.book)
        assert way is not None, "rules are held to a book before its marks are read"
        frame = getattr(self.book, way.table)
        day, known = _days(frame, way)
        kept = np.flatnonzero((day < NEVER) & _fits(frame, way) & (self.numbers(way.table) >= 0))
        account = self.numbers(way.table)[kept]
        found = np.maximum(day, known)[kept]
        order = np.lexsort((kept, found, account))
        dated = Dated(account[order], found[order], kept[order], way)
        return dated if way.each else _nth(dated)

    def numbers(self, table: str) -> Ints:
        """The number of the account of each row of a table; -1 for one that is not in ``accounts``.

        Parameters
        ----------
        table : str

        >>> import cslab
        >>> diary = Diary(cslab.load("synthetic:tiny"))
        >>> sorted(diary.numbers("accounts").tolist()) == list(range(len(diary.ids)))
        True
        """
        if table not in self._numbers:
            accounts = getattr(self.book, table)["account_id"]
            self._numbers[table] = self.ids.get_indexer(accounts).astype(np.int64)
        return self._numbers[table]

    def first(self, mark: Mark) -> Ints:
        """The day of a mark by account; far ahead where there is none.

        Parameters
        ----------
        mark : Mark

        >>> import cslab
        >>> mark = Mark("signed", (Way("accounts", "signed_on"),))
        >>> bool((Diary(cslab.load("synthetic:tiny")).first(mark) < NEVER).all())
        True
        """
        dated = self.dated(mark)
        days = np.full(len(self.ids), NEVER, np.int64)
        np.minimum.at(days, dated.account, dated.day)
        return days

    def entry(self, clock: Ints) -> Ints:
        """The day from which the records cover those accounts that were customers before; else a day long past.

        Parameters
        ----------
        clock : array of int
            The day on which each account became a customer.

        >>> import cslab
        >>> diary = Diary(cslab.load("synthetic:tiny"))
        >>> bool((diary.entry(diary.first(Mark("signed", (Way("accounts", "signed_on"),)))) < 0).any())
        True
        """
        import pandas as pd

        start = -NEVER if self.book.window_start is None else as_days(pd.Series([self.book.window_start]))[0]
        entry = np.full(len(self.ids), start, np.int64)
        if self.book.has("accounts.observed_from"):
            observed = as_days(self.book.accounts["observed_from"])
            entry[self.numbers("accounts")] = np.where(observed < NEVER, observed, start)
        return np.where(entry > clock, entry, -NEVER)


def as_days(dates: pd.Series) -> Ints:
    """Days since 1970; a missing day lies far ahead.

    Parameters
    ----------
    dates : Series

    >>> import pandas as pd
    >>> as_days(pd.Series(pd.to_datetime(["1970-01-02", None]))).tolist()
    [1, 1000000]
    """
    return np.where(dates.isna(), NEVER, dates.to_numpy().astype("datetime64[D]").astype(np.int64))


def as_dates(days: Ints) -> NDArray[np.datetime64]:
    """Dates of days since 1970; what lies far ahead is missing.

    Parameters
    ----------
    days : array of int

    >>> as_dates(np.array([1, NEVER])).astype(str).tolist()
    ['1970-01-02T00:00:00.000000000', 'NaT']
    """
    dates = np.where(days < NEVER, days, 0).astype("datetime64[D]").astype("datetime64[ns]")
    dates[days >= NEVER] = np.datetime64("NaT")
    return dates


def _days(frame: pd.DataFrame, way: Way) -> tuple[Ints, Ints]:
    """The day that each row says, and the day from which that is known."""
    if way.column in COUNTED and way.table == "contracts":
        day = _counted(frame, way.column)
        return np.where(day < NEVER, day + way.days, NEVER), day
    day = as_days(frame[way.column])
    later = np.full(len(frame), way.days, np.int64)
    if way.minus:
        later = later - frame[way.minus].fillna(NEVER).to_numpy(np.int64)
    known = np.full(len(frame), -NEVER, np.int64)
    for column in ("", way.column, *way.where) if way.table != "accounts" else ():
        since = known_since(way.table, frame, column)
        if since is not None:
            known = np.maximum(known, np.where(since.isna(), -NEVER, as_days(since)))
    return np.where((day < NEVER) & (later > -NEVER), day + later, NEVER), known


def _counted(contracts: pd.DataFrame, column: str) -> Ints:
    """Days counted from terms: when one ended without another running, or when the next began after that."""
    start, end = as_days(contracts["start"]), as_days(contracts["end"])
    codes = contracts["account_id"].factorize()[0]
    order = np.lexsort((end, start, codes))
    apart = codes[order].astype(np.int64) * APART
    reach = np.maximum.accumulate(end[order] + apart) - apart
    following = np.r_[codes[order][1:] == codes[order][:-1], False][: len(order)]
    onward = np.where(following, np.r_[start[order][1:], NEVER][: len(order)], NEVER)
    lapsed = (onward > reach) & (reach < NEVER)
    found = np.full(len(order), NEVER, np.int64)
    found[order] = np.where(lapsed, reach if column == "lapsed_on" else onward, NEVER)
    return found


def _fits(frame: pd.DataFrame, way: Way) -> NDArray[np.bool_]:
    """Which rows hold what a way asks for."""
    fits = np.ones(len(frame), bool)
    for column, wanted in way.where.items():
        fits &= _holds(frame[column], wanted)
    return fits


def _holds(values: pd.Series, wanted: Any) -> NDArray[np.bool_]:
    """Which values are the wanted one, one of those wanted, or beyond the wanted limit."""
    import pandas as pd

    if isinstance(wanted, str) and (compared := COMPARED.fullmatch(wanted)):
        numbers = pd.to_numeric(values, errors="coerce").to_numpy(float, na_value=np.nan)
        return np.asarray(_COMPARE[compared[1]](numbers, float(compared[2])))
    several = wanted if isinstance(wanted, (list, tuple)) else [wanted]
    return values.isin(several).to_numpy(bool)


def _nth(dated: Dated) -> Dated:
    """The n-th day of each account; none where it has fewer."""
    opens = np.flatnonzero(np.r_[True, dated.account[1:] != dated.account[:-1]][: len(dated.account)])
    sizes = np.diff(np.r_[opens, len(dated.account)])
    place = opens[sizes >= dated.way.nth] + dated.way.nth - 1
    return Dated(dated.account[place], dated.day[place], dated.row[place], dated.way)
