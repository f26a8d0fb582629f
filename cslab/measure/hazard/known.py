"""What was known of an account in a month: the columns of a book's tables, read for rows of account and month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Places = NDArray[np.intp]
    Floats = NDArray[np.float64]
    Months = NDArray[np.datetime64]

SPAN = 3
"""Months over which tickets are counted."""

HINDSIGHT = ("tenure_months", "ended", "duration")
"""What a stock sample says of the end."""

_TABLES = ("extra", "accounts", "usage_monthly", "contracts")
_KEYS = ("account_id", "month")
_COUNTED = {"tickets": "tickets.opened_on", "touch_tier": "tier_history.valid_from"}
"""Columns that are made of a table."""

_DAYS_APART = 10_000_000
"""More days than any two dates of a book are apart."""


@dataclass(frozen=True)
class Asked:
    """Rows about which something is asked.

    Parameters
    ----------
    account : ndarray of int
        Places among the accounts of ``Known``.
    month : ndarray of datetime64[M]
        The month of the row.
    last : ndarray of datetime64[M]
        The last month that is known.
    contract : ndarray of int
        Places of the contracts in force among the rows of ``contracts``.

    >>> Asked(np.array([0]), *(np.array(["2024-01"], "M8[M]"),) * 2, np.array([0])).account.tolist()
    [0]
    """

    account: Places
    month: Months
    last: Months
    contract: Places

    def where(self, chosen: Any) -> Asked:
        """Some of the rows.

        Parameters
        ----------
        chosen : ndarray of bool, shape (rows,)

        >>> asked = Asked(np.arange(2), *(np.array(["2024-01"] * 2, "M8[M]"),) * 2, np.arange(2))
        >>> asked.where(asked.account > 0).account.tolist()
        [1]
        """
        return Asked(self.account[chosen], self.month[chosen], self.last[chosen], self.contract[chosen])


@dataclass(frozen=True)
class Known:
    """The columns that can be read for account-months, by name.

    Parameters
    ----------
    book : Book
    accounts : DataFrame
        A row an account, in the order of its places: ``account_id`` and what is the same in all its months.
    extra : DataFrame, optional
        ``account_id``, ``month`` (first day) and columns of one's own, taken for that very month.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> known = Known(book, book.accounts)
    >>> {"segment", "wau_ratio", "term_months", "tickets", "touch_tier"} <= {*known.names}
    True
    """

    book: Book
    accounts: pd.DataFrame
    extra: pd.DataFrame | None = None

    @property
    def names(self) -> list[str]:
        """The columns that there are.

        >>> import cslab
        >>> book = cslab.load("synthetic:tiny")
        >>> Known(book, book.accounts).names.count("wau_ratio")
        1
        """
        frames = [frame for table in _TABLES if (frame := self._frame(table)) is not None]
        found = {str(name): "" for frame in frames for name in frame}
        counted = [name for name, need in _COUNTED.items() if self.book.has(need)]
        return [name for name in (*found, *counted) if self.table(name)]

    def table(self, name: str) -> str:
        """Where a column stands; of several with one name the first of extra, accounts, usage, contracts.

        Parameters
        ----------
        name : str

        Returns
        -------
        str
            Empty where there is no such column, or it is only filled when it has been decided who leaves.

        >>> import cslab
        >>> book = cslab.load("synthetic:tiny")
        >>> known = Known(book, book.accounts)
        >>> known.table("wau_ratio"), known.table("outcome")
        ('usage_monthly', '')
        """
        for table in _TABLES:
            frame = self._frame(table)
            if frame is not None and name in frame and name not in _KEYS and not _later(table, name):
                return table
        return name if name in _COUNTED and self.book.has(_COUNTED[name]) else ""

    def _frame(self, table: str) -> pd.DataFrame | None:
        """One of the tables that columns come from, where it is there."""
        if table in ("extra", "accounts"):
            frame: pd.DataFrame | None = getattr(self, table)
            return frame
        return getattr(self.book, table) if self.book.has(table) else None

    def read(self, name: str, asked: Asked) -> pd.Series:
        """A column for some rows.

        Parameters
        ----------
        name : str
            One of ``names``. Usage is that of the last month known, tickets those of the last three, the touch tier
            that of the day after.
        asked : Asked

        Returns
        -------
        Series
            Missing where nothing is recorded.

        >>> import cslab
        >>> book = cslab.load("synthetic:tiny")
        >>> months = np.array(["2023-04"], "M8[M]")
        >>> asked = Asked(np.array([0]), months, months - 1, np.array([0]))
        >>> Known(book, book.accounts).read("segment", asked)[0] == book.accounts["segment"].iloc[0]
        True
        """
        import pandas as pd

        table = self.table(name)
        if table == "accounts":
            return _grouped(self.accounts[name]).take(asked.account).reset_index(drop=True)
        if table == "contracts":
            return _grouped(self.book.contracts[name]).take(asked.contract).reset_index(drop=True)
        if table == "touch_tier":
            return self._tier(asked)
        if table == "tickets":
            return pd.Series(self._tickets(asked))
        frame, month = (self.extra, asked.month) if table == "extra" else (self.book.usage_monthly, asked.last)
        return self._monthly(frame[["account_id", "month", name]], asked.account, month)  # type: ignore[index]

    def _monthly(self, frame: pd.DataFrame, account: Places, month: Months) -> pd.Series:
        """A column of a table of accounts and months, by a grid of both; words by their codes."""
        import pandas as pd

        column = frame.iloc[:, 2]
        if pd.api.types.is_numeric_dtype(column):
            return pd.Series(self._by_grid(frame, column.to_numpy(float, na_value=np.nan), account, month))
        words = pd.Categorical(column)
        codes = self._by_grid(frame, words.codes.astype(float), account, month)
        return pd.Series(pd.Categorical.from_codes(np.nan_to_num(codes, nan=-1).astype(int), words.categories))

    def _by_grid(self, frame: pd.DataFrame, values: Floats, account: Places, month: Months) -> Floats:
        """Numbers of accounts and months for some rows."""
        place = self._places(frame["account_id"])
        when = frame["month"].to_numpy().astype("datetime64[M]").astype(np.int64)
        first, months = (int(when.min()), int(np.ptp(when)) + 1) if len(when) else (0, 1)
        grid = np.full((len(self.accounts), months), np.nan)
        grid[place[place >= 0], when[place >= 0] - first] = values[place >= 0]
        column = month.astype(np.int64) - first
        inside = (column >= 0) & (column < months)
        return np.where(inside, grid[account, np.where(inside, column, 0)], np.nan)

    def _tickets(self, asked: Asked) -> Floats:
        """Tickets opened in the last months known; missing where these lie before the records."""
        first_day = self.book.first_day
        opened = self.book.tickets[["account_id", "opened_on"]]
        place = self._places(opened["account_id"])
        when = opened["opened_on"].to_numpy().astype("datetime64[M]").astype(np.int64)
        last = asked.last.astype(np.int64)
        base = int(last.min()) - SPAN
        months = int(last.max()) - base + 2
        inside = (place >= 0) & (when >= base) & (when < base + months - 1)
        cells = np.bincount(place[inside] * months + when[inside] - base + 1, minlength=len(self.accounts) * months)
        sums = np.cumsum(cells.reshape(-1, months), axis=1, dtype=np.int32)
        column = last - base + 1
        counted = (sums[asked.account, column] - sums[asked.account, column - SPAN]).astype(float)
        begins = base if first_day is None else int(first_day.to_datetime64().astype("datetime64[M]").astype(np.int64))
        return np.where(last - SPAN + 1 < begins, np.nan, counted)

    def _tier(self, asked: Asked) -> pd.Series:
        """The touch tier on the day after the last month known."""
        import pandas as pd

        history = self.book.tier_history
        place = self._places(history["account_id"])
        key = place * _DAYS_APART + history["valid_from"].to_numpy().astype("datetime64[D]").astype(np.int64)
        order = np.argsort(key, kind="stable")
        wanted = asked.account * _DAYS_APART + (asked.last + 1).astype("datetime64[D]").astype(np.int64)
        found = np.searchsorted(key[order], wanted, side="right") - 1
        rows = order[np.maximum(found, 0)]
        tiers = pd.Categorical(history["touch_tier"])
        right = (found >= 0) & (place[rows] == asked.account)
        return pd.Series(pd.Categorical.from_codes(np.where(right, tiers.codes[rows], -1), tiers.categories))

    def _places(self, ids: pd.Series) -> Places:
        """The place of each account; -1 for those that are not asked about."""
        import pandas as pd

        return np.asarray(pd.Index(self.accounts["account_id"]).get_indexer(ids), np.intp)


def _later(table: str, name: str) -> bool:
    """Whether a column is only filled when it has been decided who leaves."""
    if name in HINDSIGHT:
        return True
    return table in TABLES and name in TABLES[table].names and bool(TABLES[table].column(name).known_from)


def _grouped(column: pd.Series) -> pd.Series:
    """A column of words as categories, so that many rows of it take little room."""
    return column.astype("category") if column.dtype == object else column
