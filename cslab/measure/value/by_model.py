"""Lifetime value with the shifted beta-geometric curve: two numbers in the place of the records."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import UsageError
from cslab.measure.clusters import summed
from cslab.measure.durations import durations
from cslab.measure.estimate import Estimate, normal
from cslab.measure.value.lives import YEAR, lived
from cslab.measure.value.sbg import Sbg, fit_counts, valued
from cslab.measure.value.terms import Terms

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def fit_years(book: Book) -> Sbg:
    """The shifted beta-geometric model of a book's customers, with years of life as periods.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with real days, or a stock sample. A customer counts in a year of its life if it was
        watched from the year's beginning, and to its end or its leaving.

    Returns
    -------
    Sbg

    Raises
    ------
    NotReady
        As ``durations``.
    UsageError
        Where the years fix no model: fewer than two of them, or nobody left.

    >>> import cslab
    >>> fit_years(cslab.load("synthetic:default_jp?seed=1&accounts=300")).alpha > 0
    True
    """
    return _fitted(durations(book))


def ltv_sbg(book: Book, horizon: int = 36, gross_margin: float = 0.8, discount: float = 0.10) -> Estimate:
    """Lifetime value to a horizon with the shifted beta-geometric curve: two numbers in the place of the records.

    A customer pays the MRR of its first month through every year that it begins. Growth is not in the model; nor are
    customers who leave in mid-year, which flatters a company of monthly contracts.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with real days, and ``mrr_movements``.
    horizon : int
        Months from signing; it may lie beyond the records, which the model then continues.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    discount : float
        A year (0.10 is ten per cent); a month's margin comes at its beginning.

    Returns
    -------
    Estimate
        Currency; delta-method limits from the errors of the model and of the MRR at signing.

    Raises
    ------
    NotReady, UsageError
        As ``fit_years``; for shares outside 0-1.

    Source: Fader and Hardie (2007, 2010), grade A.

    >>> import cslab
    >>> ltv_sbg(cslab.load("synthetic:default_jp?seed=1&accounts=300")).method
    'ltv_sbg'
    """
    book.require("calendar", "mrr_movements")
    return _by_model(book, durations(book), Terms(gross_margin, discount, horizon))


def by_model_or_none(book: Book, seen: pd.DataFrame, terms: Terms) -> Estimate:
    """As ``ltv_sbg``, of durations that are there already; without numbers where the years fix no model.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    seen : DataFrame
        Its durations in months.
    terms : Terms

    Returns
    -------
    Estimate

    Raises
    ------
    UsageError
        As ``lived``.

    >>> import cslab
    >>> book = cslab.load("synthetic:default_jp?seed=1&accounts=300")
    >>> by_model_or_none(book, durations(book), Terms(0.8, 0.1, 36)) == ltv_sbg(book)
    True
    """
    try:
        return _by_model(book, seen, terms)
    except UsageError as refused:
        if {fault.key for fault in refused.faults} != {"nothing_to_fit"}:
            raise
        return Estimate(math.nan, math.nan, math.nan, 0, "ltv_sbg")


def _fitted(seen: pd.DataFrame) -> Sbg:
    """The model of durations in months."""
    entry, stop, left = (seen[name].to_numpy() for name in ("entry", "duration", "event"))
    last = (stop - 1) // YEAR
    begun, over = -(-entry // YEAR), np.where(left, last + 1, stop // YEAR)
    watched = over > begun
    size = int(over.max()) + 1
    joined, gone, leavers = (
        np.bincount(years, minlength=size) for years in (begun[watched], over[watched], last[watched & left])
    )
    return fit_counts((joined - gone).cumsum(), leavers)


def _mrr_at_signing(book: Book, seen: pd.DataFrame) -> Estimate:
    """Mean MRR in the first month of the customers who were seen from then on."""
    lives = lived(book, seen, 1)
    paid = lives.mrr[lives.seen[:, 0], 0]
    return normal(float(paid.mean()), float(paid.std(ddof=1) / math.sqrt(len(paid))), len(paid), "mean_normal")


def _by_model(book: Book, seen: pd.DataFrame, terms: Terms) -> Estimate:
    """The value by the model, with the errors of the model and of the MRR at signing."""
    fit, paid = _fitted(seen), _mrr_at_signing(book, seen)
    worth, slope = valued(fit, summed(np.arange(terms.horizon) // YEAR, terms.weights))
    model = float(slope @ fit.covariance @ slope)
    error = math.sqrt(paid.estimate**2 * model + worth**2 * paid.std_error**2)
    return normal(paid.estimate * worth, error, fit.n, "ltv_sbg", low=0.0)
