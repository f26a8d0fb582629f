"""The support desk in a window: its tickets as rows of numbers, by account and group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.clusters import Rows
from cslab.measure.split import Split

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.floating[Any]]
    Flags = NDArray[np.bool_]


ANSWER_DAYS = 14
"""Days within which a ticket ought to have its answer."""


@dataclass(frozen=True)
class Chosen:
    """Some tickets.

    Parameters
    ----------
    frame : DataFrame
        ``tickets``.
    rows : ndarray of bool, shape (tickets,)
        Which of them.
    account, group : ndarray of int, shape (chosen,)
        Places of their accounts and groups.
    groups : int
        How many groups there are.

    >>> import cslab
    >>> from cslab.measure.split import split
    >>> book = cslab.load("synthetic:tiny")
    >>> tickets = Desk(book, split(book, "2024-01-01", "2025-01-01")).closed
    >>> len(tickets.number("first_response_h")) == len(tickets.account)
    True
    """

    frame: pd.DataFrame
    rows: Flags
    account: Any
    group: Any
    groups: int

    def number(self, name: str) -> Floats:
        """A column as numbers; missing values are NaN, a flag is 0 or 1.

        Parameters
        ----------
        name : str
            A column of ``tickets``.

        >>> import cslab
        >>> from cslab.measure.split import split
        >>> book = cslab.load("synthetic:tiny")
        >>> answered = Desk(book, split(book, "2024-01-01", "2025-01-01")).closed.number("answered")
        >>> set(answered.tolist()) == {0.0, 1.0}
        True
        """
        import pandas as pd

        found = pd.to_numeric(self.frame[name][self.rows]).to_numpy(np.float64, na_value=np.nan)
        return np.asarray(found, np.float64)

    @property
    def in_time(self) -> Flags:
        """Which of them were closed within the time for an answer."""
        import pandas as pd

        within = self.frame["closed_on"] <= self.frame["opened_on"] + pd.Timedelta(days=ANSWER_DAYS)
        return within.to_numpy()[self.rows]

    def counted(self, part: Any, base: Any | None = None, known: Any | None = None) -> Rows:
        """Rows of a ratio.

        Parameters
        ----------
        part, base : ndarray, shape (chosen,)
            Above and below the line; without the second, each ticket counts one below it.
        known : ndarray of bool, shape (chosen,), optional
            The tickets that count; without it, all.

        Returns
        -------
        Rows

        >>> import cslab
        >>> from cslab.measure.split import split
        >>> book = cslab.load("synthetic:tiny")
        >>> tickets = Desk(book, split(book, "2024-01-01", "2025-01-01")).closed
        >>> rows = tickets.counted(tickets.number("answered"))
        >>> bool(rows.part.sum() <= rows.base.sum())
        True
        """
        below = np.ones(len(self.account)) if base is None else base
        rows = Rows(self.account, self.group, np.asarray(part, float), below, self.groups)
        return rows if known is None else rows.within(known)


@dataclass(frozen=True)
class Desk:
    """The tickets of a book that were opened, or closed, in a window.

    Parameters
    ----------
    book : Book
        Needs ``tickets``.
    window : Split
    channels : sequence of str
        Only tickets that came in by these; none: all.

    >>> import cslab
    >>> from cslab.measure.split import split
    >>> book = cslab.load("synthetic:tiny")
    >>> desk = Desk(book, split(book, "2024-01-01", "2025-01-01"))
    >>> len(desk.closed.account) > 50
    True
    """

    book: Book
    window: Split
    channels: Sequence[str] = ()

    @cached_property
    def opened(self) -> Chosen:
        """The tickets opened in the window."""
        return self._chosen("opened_on")

    @cached_property
    def due(self) -> Chosen:
        """The tickets whose time for an answer was up in the window."""
        return self._chosen("opened_on", ANSWER_DAYS)

    @cached_property
    def closed(self) -> Chosen:
        """The tickets closed in the window."""
        return self._chosen("closed_on")

    def _chosen(self, column: str, later: int = 0) -> Chosen:
        """The tickets whose day, or so many days after it, lies in the window."""
        import pandas as pd

        self.book.require(f"tickets.{column}", *(["tickets.channel"] if self.channels else []))
        frame = self.book.tickets
        day = frame[column] + pd.Timedelta(days=later)
        rows = self.window.within(day)
        if self.channels:
            rows = rows & frame["channel"].isin(self.channels).to_numpy()
        places, ids = self._accounts
        account = places[rows]
        group = self.window.groups(day.to_numpy()[rows], account, ids)
        return Chosen(frame, rows, account, group, len(self.window.values))

    @cached_property
    def _accounts(self) -> tuple[Any, Any]:
        """The place of each ticket's account, and the ids of the accounts by place."""
        import pandas as pd

        return pd.factorize(self.book.tickets["account_id"].to_numpy())
