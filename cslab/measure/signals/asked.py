"""Accounts and days that are asked about, and a book's tables to answer from."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from cslab.measure.signals.log import Log

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

T = TypeVar("T")

QUARTER = 90
"""Days: how far back it is counted what happened lately."""


class Asked:
    """Accounts and days that are asked about, and logs of a book's tables to answer from.

    Parameters
    ----------
    book : Book
    rows : DataFrame
        ``account_id``, ``as_of`` (date): what was known at the end of that day.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> asked = Asked(book, book.accounts[["account_id"]].assign(as_of=pd.Timestamp("2024-03-31")))
    >>> len(asked.account) == len(book.accounts)
    True
    """

    def __init__(self, book: Book, rows: pd.DataFrame) -> None:
        """Number the accounts, count the days since 1970 and the last month that is over by then."""
        import pandas as pd

        self.book = book
        self._kept: dict[Hashable, Any] = {}
        codes, self.ids = pd.factorize(rows["account_id"])
        self.account = codes.astype(np.int64)
        self.day = since_1970(rows["as_of"])
        self.month = (self.day + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) - 1

    def log(self, table: str, time: Any, value: Any, chosen: Any = None) -> Log:
        """A log of a table's rows.

        Parameters
        ----------
        table : str
        time : Series of datetime, or ndarray of int
            From when each row's value is known; rows without a day are left out.
        value : Series
            Of each row.
        chosen : Series of bool, optional
            Which rows count.

        >>> import cslab, pandas as pd
        >>> book = cslab.load("synthetic:tiny")
        >>> asked = Asked(book, book.accounts[["account_id"]].assign(as_of=pd.Timestamp("2024-03-31")))
        >>> log = asked.log("surveys", book.surveys["responded_on"], book.surveys["score"])
        >>> len(log.value) == int(book.surveys["score"].notna().sum())
        True
        """
        import pandas as pd

        account = self._accounts(table)
        value = pd.to_numeric(pd.Series(value), errors="coerce").to_numpy(float, na_value=np.nan)
        if isinstance(time, pd.Series):
            account = np.where(time.isna(), -1, account)
            time = since_1970(time)
        if chosen is not None:
            account = np.where(pd.Series(chosen).fillna(False).astype(bool), account, -1)
        return Log.of(account, time, value)

    def so_far(self, table: str, time: pd.Series, chosen: Any = None) -> Floats:
        """How many rows of a table there were by the day.

        Parameters
        ----------
        table : str
        time : Series of datetime
            Of each row; rows without a day are left out.
        chosen : Series of bool, optional
            Which rows count.

        Returns
        -------
        ndarray of float
            One number a row that is asked about.

        >>> import cslab, pandas as pd
        >>> book = cslab.load("synthetic:tiny")
        >>> asked = Asked(book, book.accounts[["account_id"]].assign(as_of=pd.Timestamp("2024-03-31")))
        >>> bool((asked.so_far("tickets", book.tickets["opened_on"]) >= 0).all())
        True
        """
        log = self.log(table, time, time.notna(), chosen)
        return log.total(self.account, np.zeros_like(self.day), self.day)[1]

    def _accounts(self, table: str) -> Ints:
        """The number of the account of each row of a table; -1: nobody who is asked about."""
        import pandas as pd

        def made() -> Ints:
            return np.asarray(pd.Index(self.ids).get_indexer(getattr(self.book, table)["account_id"]).astype(np.int64))

        return self.once(("accounts", table), made)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What a function gives, computed the first time only.

        Parameters
        ----------
        key : hashable
            The name under which it is kept.
        make : callable
            Without arguments.

        >>> import cslab, pandas as pd
        >>> book = cslab.load("synthetic:tiny")
        >>> asked = Asked(book, book.accounts[["account_id"]].assign(as_of=pd.Timestamp("2024-03-31")))
        >>> asked.once("a", lambda: 1), asked.once("a", lambda: 2)
        (1, 1)
        """
        if key not in self._kept:
            self._kept[key] = make()
        made: T = self._kept[key]
        return made


@dataclass(frozen=True)
class Signal:
    """One thing that could be seen.

    Parameters
    ----------
    kind : str
        ``usage``, ``voice``, ``people``, ``care``, ``onboarding`` or ``maturity``.
    needs : tuple of str
        Columns that it is made of.
    read : callable
        From what is asked to a value a row.

    >>> Signal("usage", ("usage_monthly.seats",), lambda asked: asked.day * 0.0).kind
    'usage'
    """

    kind: str
    needs: tuple[str, ...]
    read: Callable[[Asked], Floats]


def since_1970(days: Any) -> Ints:
    """Days as numbers since 1970; a missing one as 0.

    Parameters
    ----------
    days : Series of datetime

    >>> import pandas as pd
    >>> since_1970(pd.Series(pd.to_datetime(["1970-01-03", None]))).tolist()
    [2, 0]
    """
    stamps = np.asarray(days, "datetime64[D]")
    return np.asarray(np.where(np.isnat(stamps), 0, stamps.astype(np.int64)))


def months(days: Any) -> Ints:
    """The month of each day, counted since 1970.

    Parameters
    ----------
    days : Series of datetime

    >>> import pandas as pd
    >>> months(pd.Series(pd.to_datetime(["1971-02-28"]))).tolist()
    [13]
    """
    found: Ints = np.asarray(days, "datetime64[M]").astype(np.int64)
    return found
