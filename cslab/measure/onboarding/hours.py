"""Into which months of their customers' lives the hours of the team go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.durations import durations
from cslab.measure.estimate import ratio
from cslab.measure.spells import DAYS_A_MONTH

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

BANDS = {"0-2": (0, 3), "3-5": (3, 6), "6+": (6, 10_000)}
"""Months of a customer's life: the first three, the next three, all later ones."""


def hours_by_tenure(book: Book) -> pd.DataFrame:
    """The hours spent with customers by month of their lives.

    Parameters
    ----------
    book : Book
        Needs ``touches`` (``account_id``, ``touched_on``, ``minutes``) and ``contracts`` (``start``, ``end``).

    Returns
    -------
    DataFrame
        ``tenure`` (``0-2``, ``3-5``, ``6+`` months), ``estimate`` (share of all hours, 0-1), ``low``, ``high`` (which
        customers they happen to be), ``hours`` (over the records), ``months`` (customers times months), ``per_account``
        (hours a customer and month), ``n`` (customers), ``method``.

    Raises
    ------
    NotReady
        Without the columns, or where no minutes are written.

    >>> import cslab
    >>> found = hours_by_tenure(cslab.load("synthetic:tiny"))
    >>> found["tenure"].tolist(), round(float(found["estimate"].sum()), 6)
    (['0-2', '3-5', '6+'], 1.0)
    """
    import pandas as pd

    book.require("touches.touched_on", "touches.minutes", "contracts.start", "contracts.end")
    lives = durations(book)
    hours = _hours(book, lives)
    if not hours.to_numpy().sum() > 0:
        raise NotReady(Fault("no_minutes", {"column": "touches.minutes"}))
    rows = []
    for band, (first, last) in BANDS.items():
        share = ratio(hours[band].to_numpy(), hours.sum(axis=1).to_numpy(), "share_of_hours", high=1.0)
        months = np.minimum(lives["duration"], last) - np.maximum(lives["entry"], first)
        lived, spent = float(np.maximum(months, 0).sum()), float(hours[band].sum())
        numbers = {name: getattr(share, name) for name in ("estimate", "low", "high")}
        counts = {"hours": spent, "months": lived, "per_account": spent / lived if lived else np.nan}
        rows.append({"tenure": band, **numbers, **counts, "n": share.n, "method": share.method})
    frame = pd.DataFrame(rows)
    frame.attrs["as_of"] = book.as_of
    return frame


def _hours(book: Book, lives: pd.DataFrame) -> pd.DataFrame:
    """Hours of each customer, a column a band."""
    import pandas as pd

    touches = book.touches.dropna(subset=["minutes", "touched_on"])
    signed = touches["account_id"].map(book.contracts.groupby("account_id")["start"].min())
    month = (touches["touched_on"] - signed).dt.days / DAYS_A_MONTH
    spent = {
        band: touches["minutes"].where((month >= first) & (month < last), 0.0).groupby(touches["account_id"]).sum() / 60
        for band, (first, last) in BANDS.items()
    }
    return pd.DataFrame(spent).reindex(lives["account_id"]).fillna(0.0)
