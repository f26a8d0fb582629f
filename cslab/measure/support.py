"""How support is doing: the share of satisfied customers, and how long they wait for the first answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Z95, Estimate, ratio

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

SATISFIED = 4
"""From which rating of 1-5 on a customer counts as satisfied."""


def csat(book: Book, start: str | pd.Timestamp, end: str | pd.Timestamp) -> Estimate:
    """The share of ratings that are 4 or 5, of the tickets closed in a window: of those who replied, not of all.

    Parameters
    ----------
    book : Book
        Needs ``tickets`` with ``closed_on`` and ``csat``.
    start, end : date
        Window of the days of closing, ``start`` included, ``end`` not.

    Returns
    -------
    Estimate
        Its error is that of which accounts happened to reply; missing where nobody did.

    Raises
    ------
    NotReady
        Without these columns.
    UsageError
        For a window that ends before it begins.

    >>> import cslab
    >>> csat(cslab.load("synthetic:tiny"), "2023-04-01", "2025-04-01").method
    'share_by_account'
    """
    book.require("tickets.closed_on", "tickets.csat")
    rated = _closed(book, start, end).dropna(subset=["csat"])
    pleased = (rated["csat"] >= SATISFIED).groupby(rated["account_id"]).agg(["sum", "size"])
    if pleased.empty:
        return Estimate(math.nan, math.nan, math.nan, 0, "share_by_account")
    return ratio(pleased["sum"].to_numpy(float), pleased["size"].to_numpy(float), "share_by_account", high=1.0)


def first_response(
    book: Book, start: str | pd.Timestamp, end: str | pd.Timestamp, channels: Sequence[str] = ()
) -> Estimate:
    """The median of the hours to the first response, of the answered tickets closed in a window.

    The mean tells another story: a few tickets wait for days.

    Parameters
    ----------
    book : Book
        Needs ``tickets`` with ``closed_on``, ``first_response_h`` and, to part them, ``channel``.
    start, end : date
        Window of the days of closing, ``start`` included, ``end`` not.
    channels : sequence of str
        Only tickets that came in by these; none: all. Chat is answered in minutes and hides how long mails wait.

    Returns
    -------
    Estimate
        In hours, with limits that count accounts, not tickets, as what varies; missing where nothing was answered.

    Raises
    ------
    NotReady
        Without these columns.
    UsageError
        For a window that ends before it begins.

    Source: Woodruff (1952), JASA 47:635, limits of a median from those of a share; grade A.

    >>> import cslab
    >>> hours = first_response(cslab.load("synthetic:tiny"), "2023-04-01", "2025-04-01", channels=("email",))
    >>> hours.low < hours.estimate < hours.high
    True
    """
    book.require("tickets.closed_on", "tickets.first_response_h", *(["tickets.channel"] if channels else []))
    tickets = _closed(book, start, end).dropna(subset=["first_response_h"])
    if channels:
        tickets = tickets[tickets["channel"].isin(channels)]
    hours = tickets["first_response_h"].to_numpy(float)
    if not len(hours):
        return Estimate(math.nan, math.nan, math.nan, 0, "median_by_account")
    median = float(np.median(hours))
    below = (tickets["first_response_h"] <= median).groupby(tickets["account_id"]).agg(["sum", "size"])
    error = ratio(below["sum"].to_numpy(float), below["size"].to_numpy(float), "median_by_account").std_error
    low, high = (_quantile(hours, 0.5 + side * Z95 * error) for side in (-1, 1))
    return Estimate(median, low, high, len(below), "median_by_account")


def _closed(book: Book, start: str | pd.Timestamp, end: str | pd.Timestamp) -> pd.DataFrame:
    """The tickets closed in a window."""
    import pandas as pd

    first, last = pd.Timestamp(start), pd.Timestamp(end)
    if last <= first:
        raise UsageError(Fault("window_order", {"start": first.date(), "end": last.date()}))
    closed = book.tickets["closed_on"]
    return book.tickets[(closed >= first) & (closed < last)]


def _quantile(hours: np.ndarray, share: float) -> float:
    """A quantile; missing where its share is."""
    return math.nan if math.isnan(share) else float(np.quantile(hours, min(max(share, 0.0), 1.0)))
