"""How much customers use the product in the last year of the records, and what a seat costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.estimate import normal
from cslab.measure.fit.feature import ALL, Feature, groups_of
from cslab.measure.fit.middle import median

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from cslab.book import Book

YEAR = 12
"""Months of usage that are looked at, up to the last on record."""


def using(book: Book, who: pd.DataFrame) -> Iterator[Feature]:
    """Mean share of the seats that is used, over customers, and median price of a seat by group.

    Parameters
    ----------
    book : Book
        Without ``usage_monthly`` nothing is said.
    who : DataFrame
        As ``customers`` makes them.

    >>> import cslab
    >>> from cslab.measure.fit.customers import customers
    >>> from cslab.measure.fit.reading import reading_of
    >>> book = cslab.load("synthetic:tiny")
    >>> {one.statistic for one in using(book, customers(book, reading_of(book)))} == {"usage", "seat_price"}
    True
    """
    if book.has("usage_monthly.wau_ratio"):
        usage = book.usage_monthly
        recent = usage[usage["month"] > usage["month"].max() - np.timedelta64(round(YEAR * 30.4), "D")]
        means = recent.groupby("account_id")["wau_ratio"].mean().dropna().to_numpy(float)
        if len(means) > 1:
            error = float(means.std(ddof=1)) / len(means) ** 0.5
            yield Feature("usage", ALL, normal(float(means.mean()), error, len(means), "mean", 0.0, 1.0))
    if book.has("usage_monthly.seats"):
        yield from _prices(book, who)


def _prices(book: Book, who: pd.DataFrame) -> Iterator[Feature]:
    """What a seat costs a month: the first amount by the first seats on record."""
    usage = book.usage_monthly.sort_values("month", kind="stable")
    seats = usage[usage["seats"] > 0].groupby("account_id")["seats"].first()
    priced = who.assign(price=who["amount"] / who["account_id"].map(seats).astype(float)).dropna(subset=["price"])
    for group, part in groups_of(priced):
        if len(part) > 1:
            yield Feature("seat_price", group, median(part["price"].to_numpy(float)))
