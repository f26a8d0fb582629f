"""Whom alerts reach: customers in thirds by what they pay, so that "those in need, not only the large" can be held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.alerts.judged import amounts
from cslab.measure.alerts.seen import numbered
from cslab.measure.lifecycle.days import Diary, as_days
from cslab.measure.retention.amounts import standing_mrr

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

BAND = "band"
BANDS = ("small", "middle", "large")
"""Thirds of the customers, by MRR."""


def paying(book: Book, on: pd.Timestamp) -> pd.Series[float]:
    """The MRR of everybody who pays at the end of a day.

    Parameters
    ----------
    book : Book
        Needs ``mrr``.
    on : Timestamp

    Returns
    -------
    Series
        Currency a month by ``account_id``.

    Raises
    ------
    NotReady
        Where the book knows no amounts.

    >>> import cslab, pandas as pd
    >>> bool((paying(cslab.load("synthetic:tiny"), pd.Timestamp("2024-03-31")) > 0).all())
    True
    """
    book.require("mrr")
    amount: pd.Series[float] = standing_mrr(book, on)
    return amount[amount > 0]


def band_of(book: Book, rows: pd.DataFrame, day: str, on: pd.Timestamp) -> NDArray[Any]:
    """The third to which each row's customer belonged that morning; the edges are those of one day's customers.

    Parameters
    ----------
    book : Book
        Needs ``mrr``.
    rows : DataFrame
        ``account_id`` and the column of days.
    day : str
        That column.
    on : Timestamp
        The day whose customers give the edges.

    Returns
    -------
    ndarray of str

    >>> import cslab, pandas as pd
    >>> rows = pd.DataFrame({"account_id": ["A000001"], "day": pd.to_datetime(["2025-03-31"])})
    >>> band_of(cslab.load("synthetic:tiny"), rows, "day", pd.Timestamp("2025-03-31"))[0] in BANDS
    True
    """
    edges = np.quantile(paying(book, on), (1 / 3, 2 / 3))
    diary = Diary(book)
    account = numbered(diary, rows["account_id"])
    return np.array(BANDS)[np.searchsorted(edges, amounts(diary, account, as_days(rows[day])), side="left")]


def shares_of_bands(book: Book, on: pd.Timestamp) -> pd.DataFrame:
    """Each third's share of the customers and of what they pay, at the end of a day.

    Parameters
    ----------
    book : Book
        Needs ``mrr``.
    on : Timestamp

    Returns
    -------
    DataFrame
        ``band``, ``customers_share``, ``arr_share`` (0-1).

    >>> import cslab, pandas as pd
    >>> shares_of_bands(cslab.load("synthetic:tiny"), pd.Timestamp("2025-03-31"))["arr_share"].sum().round(6)
    np.float64(1.0)
    """
    import pandas as pd

    amount = paying(book, on)
    band = np.array(BANDS)[np.searchsorted(np.quantile(amount, (1 / 3, 2 / 3)), amount, side="left")]
    by = amount.groupby(band)
    found = pd.DataFrame({"customers_share": by.size() / len(amount), "arr_share": by.sum() / amount.sum()})
    return found.reindex(BANDS, fill_value=0.0).rename_axis(BAND).reset_index()
