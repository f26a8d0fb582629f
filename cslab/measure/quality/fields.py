"""How complete and how valid each column is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book
    from cslab.tables.column import Column, Table

    Flags = NDArray[np.bool_]

NO_DAYS = ("1900-01-01", "1970-01-01", "1999-12-31", "2099-12-31")
"""Days that systems write where they know none."""

FIRST_YEAR, LAST_YEAR = 1950, 2098
"""Years outside these are no year that somebody meant."""

SIGNED = ("accounts", "signed_on")
"""The day of signing, which cannot lie behind the beginning of the first contract."""


def fields(book: Book) -> pd.DataFrame:
    """How complete and how valid each column is.

    A cell is filled when anything stands in it; that of a day to come (``contracts.decided_on``) may be blank, and is
    said to. A filled one is valid when it keeps the declared range and words, is a day that somebody meant, and lies on
    the right side of the other days of its row.

    Parameters
    ----------
    book : Book

    Returns
    -------
    DataFrame
        A row a column that the book has: ``table``, ``column``, ``rows``, ``filled`` (share, 0-1), ``may_be_blank``,
        ``valid`` (share of the filled, 0-1), ``invalid`` (cells), ``rule`` (the first that is broken: ``range``,
        ``word``, ``no_day``, ``order``; else empty).

    >>> import cslab
    >>> found = fields(cslab.load("synthetic:tiny"))
    >>> found.query("table == 'accounts' and column == 'account_id'")[["filled", "valid"]].values.tolist()
    [[1.0, 1.0]]
    """
    import pandas as pd

    starts = _first_starts(book)
    rows = [row for name in book.tables for row in _of_table(TABLES[name], getattr(book, name), starts)]
    names = ["table", "column", "rows", "filled", "may_be_blank", "valid", "invalid", "rule"]
    return pd.DataFrame(rows, columns=names)


def may_be_blank(column: Column) -> bool:
    """Whether a blank cell of a column means "not yet", or that there is none.

    Parameters
    ----------
    column : Column

    >>> may_be_blank(TABLES["contracts"].column("decided_on")), may_be_blank(TABLES["accounts"].column("segment"))
    (True, False)
    """
    return bool(column.known_from) or column.name == "end" or "missing:" in column.en


def _of_table(table: Table, frame: pd.DataFrame, starts: pd.Series | None) -> Iterator[dict[str, Any]]:
    """A row for each column of a table."""
    declared = {column.name: column for column in table.columns}
    for name in frame:
        column = declared.get(str(name))
        filled = frame[name].notna().to_numpy()
        broken = dict(_broken(table, column, frame, starts)) if column else {}
        odd = np.logical_or.reduce([*broken.values(), np.zeros(len(frame), bool)]) & filled
        share = float(filled.mean()) if len(frame) else np.nan
        valid = 1 - odd.sum() / filled.sum() if filled.any() else np.nan
        blank = column is not None and may_be_blank(column)
        rule = next((rule for rule, cells in broken.items() if (cells & filled).any()), "")
        yield {"table": table.name, "column": str(name), "rows": len(frame), "filled": share, "may_be_blank": blank,
               "valid": float(valid), "invalid": int(odd.sum()), "rule": rule}  # fmt: skip


def _broken(table: Table, column: Column, frame: pd.DataFrame, starts: pd.Series | None) -> Iterator[tuple[str, Flags]]:
    """The rules of a column, each with the cells that break it."""
    import pandas as pd
    from pandas.api import types

    values = frame[column.name]
    if (column.low is not None or column.high is not None) and types.is_numeric_dtype(values):
        low, high = (-np.inf if column.low is None else column.low), (np.inf if column.high is None else column.high)
        numbers = values.to_numpy(float, na_value=np.nan)
        yield "range", (numbers < low) | (numbers > high)
    if column.values:
        yield "word", ~values.isin(column.values).to_numpy()
    if not types.is_datetime64_any_dtype(values):
        return
    years = values.dt.year
    yield "no_day", (values.isin(pd.to_datetime([*NO_DAYS])) | (years < FIRST_YEAR) | (years > LAST_YEAR)).to_numpy()
    for late, early in table.after:
        if late == column.name and early in frame and types.is_datetime64_any_dtype(frame[early]):
            yield "order", (values < frame[early]).to_numpy()
    if (table.name, column.name) == SIGNED and starts is not None:
        yield "order", (values > frame["account_id"].map(starts)).to_numpy()


def _first_starts(book: Book) -> pd.Series | None:
    """When each account's first contract began; None where nobody knows."""
    if not book.has("calendar", "contracts.start"):
        return None
    return book.contracts.groupby("account_id")["start"].min()
