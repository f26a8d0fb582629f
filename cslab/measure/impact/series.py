"""From an indicator to numbers: a value for each customer and month, by what was known by the month's end."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.impact.happened import Happened, days, fits, numbers
from cslab.measure.impact.indicator import KEPT, STATES, Indicator, parse
from cslab.measure.impact.stay import Stay, stay
from cslab.measure.retention.amounts import moved

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


class Records:
    """A book as chains look at it: customers by months, every indicator made once.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``, real days, and what the indicators name.

    >>> import cslab
    >>> records = Records(cslab.load("synthetic:tiny"))
    >>> records.values("retained").shape == (len(records.accounts), len(records.months))
    True
    """

    def __init__(self, book: Book) -> None:
        """Remember the book; what it holds is looked at when it is asked for."""
        self.book = book
        self._made: dict[str, Floats] = {}
        self._rows: dict[str, Ints] = {}

    @cached_property
    def stay(self) -> Stay:
        """Who is a customer in which month."""
        return stay(self.book)

    @property
    def accounts(self) -> NDArray[Any]:
        """Ids of the customers on record, sorted, shape (n,)."""
        return self.stay.accounts

    @property
    def months(self) -> NDArray[np.datetime64]:
        """The months that are over, shape (t,)."""
        return self.stay.months

    def values(self, indicator: Indicator | str) -> Floats:
        """The values of an indicator.

        Parameters
        ----------
        indicator : Indicator or str
            One that the book can serve (``check.faults`` says whether), or its text.

        Returns
        -------
        ndarray of float, shape (n, t), not to be written to
            ``count`` and ``sum``: of the month, 0 where nothing happened; ``mean``: of the month, missing where nothing
            happened; ``last``: missing where nothing is known yet; all four missing where nobody is there. ``ever``
            (0 or 1) and ``so_far``: with what happened before the records, missing before a customer is seen, and kept
            once it has left. ``retained``: 1 there, 0 once left, missing before a customer is seen and while its
            renewal is open. ``mrr``: the same, in currency. A row counts in the month in which all that is asked of it
            was known.

        Raises
        ------
        DataError
            For a text that is no indicator.

        >>> import cslab
        >>> values = Records(cslab.load("synthetic:tiny")).values("ever(tickets where category = how_to)")
        >>> bool((np.diff(values, axis=1)[np.isfinite(np.diff(values, axis=1))] >= 0).all())
        True
        """
        found = parse(indicator) if isinstance(indicator, str) else indicator
        if found.text not in self._made:
            values = _state(self, found.kind) if found.kind in STATES else _counted(self, found)
            values.flags.writeable = False
            self._made[found.text] = values
        return self._made[found.text]

    def frame(self, indicator: Indicator | str) -> pd.DataFrame:
        """The values of an indicator as a table.

        Parameters
        ----------
        indicator : Indicator or str
            As for :meth:`values`.

        Returns
        -------
        DataFrame
            A row an account (``account_id``), a column a month (its first day), in their order.

        >>> import cslab
        >>> Records(cslab.load("synthetic:tiny")).frame("retained").index.name
        'account_id'
        """
        import pandas as pd

        index = pd.Index(self.accounts, name="account_id")
        months = pd.DatetimeIndex(self.months.astype("datetime64[ns]"), name="month")
        return pd.DataFrame(self.values(indicator), index=index, columns=months)

    def rows(self, table: str) -> Ints:
        """The row of the customer of each row of a table; -1 where it is none.

        Parameters
        ----------
        table : str

        >>> import cslab
        >>> records = Records(cslab.load("synthetic:tiny"))
        >>> int(records.rows("contracts").max()) == len(records.accounts) - 1
        True
        """
        if table not in self._rows:
            self._rows[table] = self.stay.row(self.book.tables[table]["account_id"])
        return self._rows[table]


def _state(records: Records, kind: str) -> Floats:
    """How customers stand: there or not, or with which MRR."""
    seen = records.stay
    left = _seen(records) & (np.arange(len(records.months)) >= seen.gone[:, None])
    there = np.ones(seen.there.shape) if kind == "retained" else _mrr(records)
    return np.where(seen.there, there, np.where(left, 0.0, np.nan))


def _mrr(records: Records) -> Floats:
    """The sum of all movements of MRR up to each month."""
    moves = moved(records.book)
    row, place = records.stay.row(moves["account_id"]), records.stay.place(moves["month"].to_numpy())
    kept = (row >= 0) & (place < len(records.months))
    amounts = moves["amount"].to_numpy(float)[kept]
    return np.round(_added(records, row[kept], np.maximum(place[kept], 0), amounts).cumsum(axis=1), 4)


def happened(records: Records, indicator: Indicator) -> Happened:
    """The rows of a table that an indicator counts.

    Parameters
    ----------
    records : Records
    indicator : Indicator
        One that names a table.

    Returns
    -------
    Happened
        In the order of the days on which each was known, rows of customers alone.

    >>> import cslab
    >>> found = happened(Records(cslab.load("synthetic:tiny")), parse("count(tickets where category = how_to)"))
    >>> len(found.row) == len(found.place) and bool((found.value == 1).all())
    True
    """
    frame, row = records.book.tables[indicator.table], records.rows(indicator.table)
    day, value = days(frame, indicator), numbers(frame, indicator)
    kept = np.flatnonzero((row >= 0) & fits(frame, indicator) & ~np.isnat(day) & np.isfinite(value))
    order = kept[np.argsort(day[kept], kind="stable")]
    return Happened(row[order], records.stay.place(day[order]), value[order])


def _counted(records: Records, indicator: Indicator) -> Floats:
    """What is counted from rows of a table."""
    found, seen = happened(records, indicator), records.stay
    whole = indicator.kind in (*KEPT, "last")
    known = found.where((found.place < len(records.months)) & ((found.place >= 0) | whole))
    row, place = known.row, np.maximum(known.place, 0)
    if indicator.kind == "last":
        return np.where(seen.there, _last(records, row, place, known.value), np.nan)
    total = _added(records, row, place, known.value)
    if indicator.kind in KEPT:
        running = total.cumsum(axis=1)
        return np.where(_seen(records), running > 0 if indicator.kind == "ever" else running, np.nan)
    if indicator.kind == "mean":
        count = _added(records, row, place, np.ones(len(row)))
        total = np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0)
    return np.where(seen.there, total, np.nan)


def _added(records: Records, row: Ints, place: Ints, weight: Floats) -> Floats:
    """Weights summed by customer and month."""
    n, t = records.stay.there.shape
    added: Floats = np.bincount(row * t + place, weight, minlength=n * t).reshape(n, t).astype(float)
    return added


def _last(records: Records, row: Ints, place: Ints, value: Floats) -> Floats:
    """The last value by customer and month, carried on; the values are in the order of their days."""
    n, t = records.stay.there.shape
    newest = np.zeros((n, t), np.int64)
    np.maximum.at(newest, (row, place), np.arange(1, len(row) + 1))
    carried: Floats = np.r_[np.nan, value][np.maximum.accumulate(newest, axis=1)]
    return carried


def _seen(records: Records) -> Flags:
    """From which month on each customer is seen."""
    return np.asarray(np.arange(len(records.months)) >= records.stay.first[:, None])
