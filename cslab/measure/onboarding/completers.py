"""The usual figures of time to value: of those who got there, so that nobody who did not can spoil them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.estimate import Estimate, normal
from cslab.measure.onboarding.arrivals import arrivals
from cslab.measure.spells import DAYS_A_MONTH

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def mean_of_completers(book: Book, definition: str = "outcome") -> Estimate:
    """The mean months of those who got there: the usual figure, which forgets everybody else.

    Parameters
    ----------
    book, definition
        As for :func:`cslab.measure.onboarding.time_to_value`.

    Returns
    -------
    Estimate
        Months with normal limits.

    Raises
    ------
    NotReady, UsageError
        As :func:`cslab.measure.onboarding.time_to_value`.

    >>> import cslab
    >>> float(mean_of_completers(cslab.load("synthetic:tiny"))) > 0
    True
    """
    months = _completed(book, definition)
    error = float(months.std() / np.sqrt(len(months))) if len(months) > 1 else np.nan
    return normal(float(months.mean()), error, len(months), "mean_normal", 0.0)


def median_of_completers(book: Book, definition: str = "outcome") -> Estimate:
    """The median months of those who got there: as naive as their mean.

    Parameters
    ----------
    book, definition
        As for :func:`cslab.measure.onboarding.time_to_value`.

    Returns
    -------
    Estimate
        Months, with limits by order statistics.

    Raises
    ------
    NotReady, UsageError
        As :func:`cslab.measure.onboarding.time_to_value`.

    >>> import cslab
    >>> float(median_of_completers(cslab.load("synthetic:tiny"))) > 0
    True
    """
    months = np.sort(_completed(book, definition))
    n = len(months)
    if not n:
        return Estimate(np.nan, np.nan, np.nan, 0, "median_of_completers")
    half = 0.98 * np.sqrt(n)
    low, high = (int(np.clip(np.floor(n / 2 + side * half), 0, n - 1)) for side in (-1, 1))
    return Estimate(float(np.median(months)), float(months[low]), float(months[high]), n, "median_of_completers")


def _completed(book: Book, definition: str) -> pd.Series:
    """Months of those who got there."""
    found = arrivals(book, definition)
    days: pd.Series = found.loc[found["event"], "duration"]
    return days / DAYS_A_MONTH
