"""What a score adds to usage alone: both learned on some customers and tried on others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure import landmark, scores
from cslab.measure.estimate import Estimate
from cslab.measure.landmark.learning import LIGHT
from cslab.measure.signals import signals

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

LEAST = 10
"""Leavers below which nothing is said."""

USAGE = "wau_ratio"


def over_usage(rows: pd.DataFrame, book: Book, horizon: int) -> Estimate | None:
    """How much better usage and a score together tell who leaves than usage alone.

    Parameters
    ----------
    rows : DataFrame
        As :func:`cslab.measure.health.judged.judged` returns it.
    book : Book
    horizon : int

    Returns
    -------
    Estimate or None
        Difference of the AUCs, on customers that had no part in the learning; None where the book has no usage, or too
        few left to learn from.

    >>> import cslab
    >>> from cslab.measure import health
    >>> from cslab.measure.health.judged import judged
    >>> book = cslab.load("synthetic:tiny")
    >>> rows = judged(health.score(book, "dear", "2024-03-31"), book)
    >>> over_usage(rows, book, 6) is None  # too few of so small a company left
    True
    """
    if not book.has("usage_monthly.wau_ratio") or rows["event"].sum() < LEAST:
        return None
    told = rows.assign(usage=signals(book, rows[["account_id", "as_of"]], [USAGE])[USAGE].to_numpy())
    known = {"alone": ["usage"], "both": ["usage", "risk"]}
    places = {name: landmark.crossed(told, told[some], horizon, LIGHT)["place"] for name, some in known.items()}
    return scores.difference(told.assign(**places), horizon, "both", "alone")
