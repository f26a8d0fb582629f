"""How fresh each table is: when its last row became known, beside how often new ones used to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.tables import TABLES
from cslab.tables.known import known_since

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

YEAR = 365
"""Days back from a table's last row over which its usual gap is looked for."""

STALE = 3
"""A table is stale when its last row is older than three usual gaps, and older than a month."""

MONTH = 31


def freshness(book: Book) -> pd.DataFrame:
    """How fresh each table is on the last day of a book.

    Parameters
    ----------
    book : Book

    Returns
    -------
    DataFrame
        A row a table that says when its rows became known, lists such as ``csm`` apart: ``table``, ``last`` (day),
        ``days_old``, ``usual_gap`` (the gap in days between days with new rows that nine in ten keep to; missing with
        a single day), ``stale``.

    >>> import cslab
    >>> found = freshness(cslab.load("synthetic:tiny"))
    >>> bool(found.set_index("table").loc["usage_monthly", "stale"])
    False
    """
    import pandas as pd

    lists = {parent for table in TABLES.values() for _, parent in table.parents} - {"accounts"}
    rows = []
    for name in [name for name in book.tables if not book.stock_sample and name not in lists]:
        known = known_since(name, getattr(book, name)) if TABLES[name].known_from else None
        days = None if known is None else known[known <= book.as_of].dropna().dt.normalize()
        if days is not None and len(days):
            rows.append({"table": name, "last": days.max(), **_ages(days, book.as_of)})
    return pd.DataFrame(rows, columns=["table", "last", "days_old", "usual_gap", "stale"])


def _ages(days: pd.Series, as_of: pd.Timestamp) -> dict[str, object]:
    """How old the last row is, and whether that is unusual."""
    import pandas as pd

    last = days.max()
    old = (as_of - last).days
    recent = np.sort(days[days > last - pd.Timedelta(days=YEAR)].unique())
    gaps = np.diff(recent) / np.timedelta64(1, "D")
    usual = float(np.quantile(gaps, 0.9)) if len(gaps) else np.nan
    return {"days_old": old, "usual_gap": usual, "stale": bool(old > max(STALE * usual, MONTH))}
