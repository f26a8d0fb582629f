"""A window of the books: each account's MRR at its two days, and what moved it in between."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.clusters import summed
from cslab.measure.retention.amounts import month_not_over

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

NEVER = np.iinfo(np.int64).max
"""The month in which an account leaves that does not."""


@dataclass(frozen=True)
class Window:
    """The books between two days.

    Parameters
    ----------
    accounts : Index
        The ids of all accounts that ever moved.
    before, after : ndarray of float, shape (accounts,)
        MRR at the end of the first and of the last day.
    moves : DataFrame
        The movements in between: ``account`` (place in ``accounts``), ``month`` (months since 1970), ``amount`` and,
        where the source says it, ``type`` and ``kind``.
    first, last : int
        The first month (since 1970) whose movements lie in the window, and the first one after it.

    >>> import cslab
    >>> year = window(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31")
    >>> bool(np.allclose(year.before + year.moved(), year.after))
    True
    """

    accounts: pd.Index[str]
    before: Floats
    after: Floats
    moves: pd.DataFrame
    first: int
    last: int

    @cached_property
    def there(self) -> Flags:
        """Who is a customer at the start: has MRR above zero."""
        return self.before > 0

    @cached_property
    def steps(self) -> pd.DataFrame:
        """The months in which accounts moved, in order: ``account``, ``month``, MRR ``before`` and ``after``."""
        sums = self.moves.groupby(["account", "month"])["amount"].sum()
        steps = sums.reset_index()
        after = self.before[steps["account"].to_numpy()] + sums.groupby(level="account").cumsum().to_numpy()
        return steps.assign(after=after.round(4), before=(after - sums.to_numpy()).round(4)).drop(columns="amount")

    @cached_property
    def left_in(self) -> NDArray[np.int64]:
        """The month of each account's first leaving: MRR above zero as it begins, and none as it ends."""
        gone = self.steps[(self.steps["before"] > 0) & (self.steps["after"] <= 0)].drop_duplicates("account")
        left = np.full(len(self.before), NEVER)
        left[gone["account"]] = gone["month"]
        return left

    @cached_property
    def until_left(self) -> Flags:
        """Which movements lie before their account first left, or are that leaving."""
        return np.asarray(self.moves["month"] <= self.left_in[self.moves["account"]])

    def moved(self, rows: Any = slice(None)) -> Floats:
        """The sum of each account's movements.

        Parameters
        ----------
        rows : mask or slice
            Of ``moves``.

        Returns
        -------
        ndarray of float, shape (accounts,)

        >>> import cslab
        >>> year = window(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31")
        >>> bool((year.moved((year.moves["type"] == "churn").to_numpy()) <= 0).all())
        True
        """
        account, amount = self.moves["account"].to_numpy()[rows], self.moves["amount"].to_numpy(float)[rows]
        return summed(account, amount, len(self.before))

    def of_type(self, kind: str) -> Flags:
        """Which movements are of a type.

        Parameters
        ----------
        kind : str
            A value of ``mrr_movements.type``.

        >>> import cslab
        >>> year = window(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31")
        >>> bool(year.of_type("opening").any())
        False
        """
        return (self.moves["type"] == kind).to_numpy()


def window(book: Book, start: Date, end: Date) -> Window:
    """The books between the ends of two days.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    start, end : date
        A movement counts from the last day of its month on.

    Returns
    -------
    Window

    Raises
    ------
    NotReady
        Without ``mrr_movements``.
    UsageError
        For days in the wrong order or after the data.

    >>> import cslab
    >>> len(window(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31").before) > 30
    True
    """
    import pandas as pd

    book.require("mrr_movements")
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    faults = [Fault("window_order", {"start": start, "end": end})] if last <= first else []
    if last > book.as_of:
        faults.append(Fault("after_the_data", {"date": last.date(), "last": book.as_of.date()}))
    if faults:
        raise UsageError(*faults)
    limits = month_not_over(first), month_not_over(last)
    moves = book.mrr_movements
    account, ids = pd.factorize(moves["account_id"])
    known = [(moves["month"] < limit).to_numpy() for limit in limits]
    amount = moves["amount"].to_numpy(float)
    before, after = (summed(account[rows], amount[rows], len(ids)).round(4) for rows in known)
    inside = known[1] & ~known[0]
    kept = {name: moves[name].to_numpy()[inside] for name in ("type", "kind", "amount") if name in moves}
    months = {"account": account[inside], "month": _months(moves["month"].to_numpy()[inside])}
    since, until = (int(_months(one.to_numpy())) for one in limits)
    return Window(pd.Index(ids), before, after, pd.DataFrame({**months, **kept}), since, until)


def _months(days: Any) -> Any:
    """Months since 1970."""
    return days.astype("datetime64[M]").astype(np.int64)


def started(book: Book, start: Date, end: Date) -> Window:
    """As ``window``, of a book that has customers to start with.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    start, end : date
        As for ``window``.

    Returns
    -------
    Window

    Raises
    ------
    NotReady
        Without ``mrr_movements``.
    UsageError
        As ``window``, and where nobody has MRR above zero at the start.

    >>> import cslab
    >>> bool(started(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31").there.any())
    True
    """
    import pandas as pd

    found = window(book, start, end)
    if not found.there.any():
        first = book.mrr_movements["month"].min()
        raise UsageError(Fault("nobody_at_start", {"start": start, "first": "-" if pd.isna(first) else first.date()}))
    return found
