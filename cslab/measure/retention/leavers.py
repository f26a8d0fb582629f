"""What goes with those who leave: their share of the revenue, beside their share of the customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.estimate import Estimate, ratio
from cslab.measure.retention.window import started

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp


def leavers_mrr(book: Book, start: Date, end: Date) -> Estimate:
    """Share of the MRR of the start that belonged to customers who are none at the end.

    As ``logo_churn``, each customer counting with its MRR instead of with one. What those who stay pay less is not in
    it, other than in ``revenue_churn``.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    start, end : date
        The two days that are compared.

    Returns
    -------
    Estimate
        A share (0-1); delta-method limits of a ratio over accounts.

    Raises
    ------
    NotReady, UsageError
        As ``nrr``.

    Source: glossary "収益解約率", the churned part of it.

    >>> import cslab
    >>> book, window = cslab.load("synthetic:tiny"), ("2023-03-31", "2024-03-31")
    >>> from cslab.measure.retention import revenue_churn
    >>> float(leavers_mrr(book, *window)) <= float(revenue_churn(book, *window))
    True
    """
    found = started(book, start, end)
    before, gone = found.before[found.there], found.after[found.there] <= 0
    return ratio(before * gone, before, "leavers_mrr", high=1.0)
