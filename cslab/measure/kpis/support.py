"""How support is doing: satisfaction, waiting, answers and effort, each with what it is a share of.

What handling a ticket has shown is known when it is closed, so most measures look at the tickets closed in a window;
what came in is counted by the day of opening, and whether it got an answer when there was time for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cslab.measure.estimate import Estimate
from cslab.measure.kpis.desk import Desk
from cslab.measure.kpis.desk_figures import SUPPORT
from cslab.measure.split import split

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp


def csat(book: Book, start: Date, end: Date) -> Estimate:
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
        For a window that ends before it begins, or after the data.

    >>> import cslab
    >>> csat(cslab.load("synthetic:tiny"), "2023-04-01", "2025-04-01").method
    'share_by_account'
    """
    return _one("csat", book, start, end)


def volume(book: Book, start: Date, end: Date) -> Estimate:
    """How many tickets came in.

    Parameters
    ----------
    book : Book
        Needs ``tickets``.
    start, end : date
        Window of the days of opening, ``start`` included, ``end`` not.

    Returns
    -------
    Estimate
        A count, so without limits; ``n`` counts the accounts that asked.

    Raises
    ------
    NotReady, UsageError
        As ``csat``.

    >>> import cslab
    >>> float(volume(cslab.load("synthetic:tiny"), "2023-04-01", "2025-04-01")) > 100
    True
    """
    return _one("ticket_volume", book, start, end)


def answer_rate(book: Book, start: Date, end: Date) -> Estimate:
    """The share of the tickets that came in which have got an answer.

    A ticket is asked when its fourteen days for an answer are up: those of the last days, many of which are still
    open, would make every latest window look worse than the one before. One that is still open then counts as not
    answered, also where an answer came later: older windows would else have had more time.

    Parameters
    ----------
    book : Book
        Needs ``tickets`` with ``opened_on``, ``closed_on`` and ``answered``.
    start, end : date
        Window of the days on which the time was up, ``start`` included, ``end`` not.

    Returns
    -------
    Estimate
        A share (0-1); limits that count accounts as what varies.

    Raises
    ------
    NotReady, UsageError
        As ``csat``.

    Source: glossary "回答率".

    >>> import cslab
    >>> 0.8 < float(answer_rate(cslab.load("synthetic:tiny"), "2023-04-01", "2025-04-01")) < 1
    True
    """
    return _one("answer_rate", book, start, end)


def first_response(book: Book, start: Date, end: Date, channels: Sequence[str] = ()) -> Estimate:
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
    NotReady, UsageError
        As ``csat``.

    Source: Woodruff (1952), JASA 47:635, limits of a median from those of a share; grade A.

    >>> import cslab
    >>> hours = first_response(cslab.load("synthetic:tiny"), "2023-04-01", "2025-04-01", channels=("email",))
    >>> hours.low < hours.estimate < hours.high
    True
    """
    return _one("first_response_median", book, start, end, channels)


def first_response_mean(book: Book, start: Date, end: Date, channels: Sequence[str] = ()) -> Estimate:
    """The mean of the hours to the first response, which a few very late answers decide.

    Parameters
    ----------
    book, start, end, channels
        As for ``first_response``.

    Returns
    -------
    Estimate
        In hours; limits that count accounts as what varies.

    Raises
    ------
    NotReady, UsageError
        As ``csat``.

    >>> import cslab
    >>> book, window = cslab.load("synthetic:tiny"), ("2023-04-01", "2025-04-01")
    >>> float(first_response_mean(book, *window)) > float(first_response(book, *window))
    True
    """
    return _one("first_response_mean", book, start, end, channels)


def contacts_per_resolution(book: Book, start: Date, end: Date) -> Estimate:
    """Messages to and fro for each ticket that was solved.

    Parameters
    ----------
    book : Book
        Needs ``tickets`` with ``closed_on``, ``exchanges`` and ``answered``.
    start, end : date
        Window of the days of closing, ``start`` included, ``end`` not.

    Returns
    -------
    Estimate
        Messages a ticket; limits that count accounts as what varies.

    Raises
    ------
    NotReady, UsageError
        As ``csat``.

    Source: glossary "解決に要したやり取り回数".

    >>> import cslab
    >>> float(contacts_per_resolution(cslab.load("synthetic:tiny"), "2023-04-01", "2025-04-01")) > 2
    True
    """
    return _one("contacts_per_resolution", book, start, end)


def fcr(book: Book, start: Date, end: Date) -> Estimate:
    """The share of the solved tickets that the first contact solved.

    Parameters
    ----------
    book : Book
        Needs ``tickets`` with ``closed_on`` and ``fcr``.
    start, end : date
        Window of the days of closing, ``start`` included, ``end`` not.

    Returns
    -------
    Estimate
        A share (0-1); limits that count accounts as what varies.

    Raises
    ------
    NotReady, UsageError
        As ``csat``.

    Source: glossary "初回解決率"; MetricNet's average is .74 (.41-.94), grade C.

    >>> import cslab
    >>> 0.5 < float(fcr(cslab.load("synthetic:tiny"), "2023-04-01", "2025-04-01")) < 0.9
    True
    """
    return _one("fcr", book, start, end)


def resolution_time(book: Book, start: Date, end: Date) -> Estimate:
    """The median of the hours from opening to the solution.

    Parameters
    ----------
    book : Book
        Needs ``tickets`` with ``closed_on`` and ``resolved_h``.
    start, end : date
        Window of the days of closing, ``start`` included, ``end`` not.

    Returns
    -------
    Estimate
        In hours, as ``first_response``.

    Raises
    ------
    NotReady, UsageError
        As ``csat``.

    >>> import cslab
    >>> book, window = cslab.load("synthetic:tiny"), ("2023-04-01", "2025-04-01")
    >>> float(resolution_time(book, *window)) > float(first_response(book, *window))
    True
    """
    return _one("resolution_time", book, start, end)


def _one(name: str, book: Book, start: Date, end: Date, channels: Sequence[str] = ()) -> Estimate:
    """A figure of the whole window."""
    measure = SUPPORT[name]
    book.require(*(f"tickets.{column}" for column in measure.needs))
    return measure.made(Desk(book, split(book, start, end), channels)).first(measure.method)
