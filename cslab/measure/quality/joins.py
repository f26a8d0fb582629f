"""How well the tables join: whose rows find the other table's, and of how many of these there are rows at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.landmark.day import at_risk
from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def joins(book: Book) -> pd.DataFrame:
    """How well the tables of a book join.

    Parameters
    ----------
    book : Book

    Returns
    -------
    DataFrame
        A row a table and a column that names rows of another: ``table``, ``column``, ``parent``, ``rows`` (that name
        one), ``joined`` (share of them that are found there, 0-1), ``parents`` (customers of today; of other tables,
        all rows), ``covered`` (share of these with one row at least, 0-1). Where nobody knows who is a customer today,
        all accounts count.

    >>> import cslab
    >>> found = joins(cslab.load("synthetic:tiny"))
    >>> found.query("table == 'contracts' and parent == 'accounts'")["joined"].tolist()
    [1.0]
    """
    import pandas as pd

    wanted = _wanted(book)
    rows = [
        _joined(getattr(book, table)[column], table, column, parent, getattr(book, parent)[column], wanted.get(parent))
        for table, column, parent in _links(book)
    ]
    return pd.DataFrame(rows, columns=["table", "column", "parent", "rows", "joined", "parents", "covered"])


def _links(book: Book) -> list[tuple[str, str, str]]:
    """Each column that is the only key of another table of the book."""
    keys = {table.key[0]: name for name, table in TABLES.items() if len(table.key) == 1 and name in book.tables}
    keys["contract_id"] = "contracts"  # of which a renewal is one
    named = [(table, str(column)) for table in book.tables for column in getattr(book, table) if column in keys]
    return [
        (table, column, keys[column])
        for table, column in named
        if (TABLES[table].key != (column,) or table == "renewals") and book.has(f"{keys[column]}.{column}")
    ]


def _joined(
    values: pd.Series, table: str, column: str, parent: str, known: pd.Series, wanted: pd.Series | None
) -> dict[str, object]:
    """The row of one link."""
    named, asked = values.dropna(), known if wanted is None else wanted
    joined = float(named.isin(known).mean()) if len(named) else np.nan
    covered = float(asked.isin(named).mean()) if len(asked) else np.nan
    return {"table": table, "column": column, "parent": parent, "rows": len(named), "joined": joined,
            "parents": len(asked), "covered": covered}  # fmt: skip


def _wanted(book: Book) -> dict[str, pd.Series]:
    """The customers of today, where the book knows them."""
    if not book.has("calendar", "contracts.start", "contracts.end"):
        return {}
    return {"accounts": at_risk(book)["account_id"]}
