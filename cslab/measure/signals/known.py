"""What a company could see of a customer on a day: the one way to ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cslab.faults import Fault, NotReady, UsageError, nearest
from cslab.measure.signals.asked import Asked, Signal
from cslab.measure.signals.people import CARE, PEOPLE
from cslab.measure.signals.progress import PROGRESS
from cslab.measure.signals.usage import USAGE
from cslab.measure.signals.voice import VOICE

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

SIGNALS: dict[str, Signal] = USAGE | VOICE | PEOPLE | CARE | PROGRESS
"""What can be asked for, by name."""


def signals(book: Book, rows: pd.DataFrame, names: Iterable[str] | None = None) -> pd.DataFrame:
    """The signals of customers, each on a day, as they were known at the end of that day.

    Parameters
    ----------
    book : Book
        What is asked for says what it needs.
    rows : DataFrame
        ``account_id``, ``as_of`` (date), and anything else; the days may differ from row to row.
    names : iterable of str, optional
        Which signals; None: all that the book's tables allow.

    Returns
    -------
    DataFrame
        The rows with a column a signal; missing where nothing was known:

        - ``wau_ratio`` (mean share of seats in use of the last three months), ``wau_last`` (of the last month),
          ``usage_trend`` (last month less the one three months before), ``usage_to_baseline`` (last month over the
          mean of the three before it); ``logins_per_seat`` a month; ``logins_last``, ``logins_trend`` and
          ``logins_to_baseline`` (a seat, held against the middle customer of the same month, which takes out holidays);
          ``core_actions_per_seat``, ``features_relevant``, ``integrations``
        - ``nps``, ``csat``, ``ces``: last answer of the last 365 days; ``answered``: share of the questionnaires of
          that time that were answered within 14 days; ``tickets_90d``; ``tickets_open``
        - ``roles``, ``departments``: how many are there; ``champion``, ``champion_left`` (within 90 days; 0, 1)
        - ``days_since_contact``: since the customer last wrote, called or took part; ``days_since_review``;
          ``touches_90d`` (contacts with one of our people)
        - ``onboarded``: share of the milestones of value reached; ``felt_benefit`` (0, 1); ``maturity_level``

    Raises
    ------
    UsageError
        For a signal that there is not, with the nearest.
    NotReady
        Naming every column that a signal asked for lacks; for a stock sample, which has no days.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> rows = book.accounts[["account_id"]].assign(as_of=pd.Timestamp("2024-03-31"))
    >>> list(signals(book, rows, ["wau_ratio", "nps"]))
    ['account_id', 'as_of', 'wau_ratio', 'nps']
    """
    chosen = possible(book) if names is None else [*names]
    if wrong := [name for name in chosen if name not in SIGNALS]:
        raise UsageError(*(unknown_signal(name) for name in wrong))
    if lacks := lacking(book, chosen):
        raise NotReady(*lacks)
    asked = Asked(book, rows)
    return rows.assign(**{name: SIGNALS[name].read(asked) for name in chosen})


def possible(book: Book) -> list[str]:
    """The signals that a book's tables allow.

    Parameters
    ----------
    book : Book

    Raises
    ------
    NotReady
        Where they allow none.

    >>> import cslab
    >>> "nps" in possible(cslab.load("synthetic:tiny"))
    True
    """
    found = [name for name, signal in SIGNALS.items() if book.has("calendar", *signal.needs)]
    if not found:
        raise NotReady(*book.lacks("calendar", "usage_monthly.wau_ratio", "surveys.score", "tickets.opened_on"))
    return found


def lacking(book: Book, names: Iterable[str]) -> list[Fault]:
    """What a book lacks for some signals, each table and column once.

    Parameters
    ----------
    book : Book
    names : iterable of str

    >>> import cslab
    >>> lacking(cslab.load("synthetic:tiny"), ["nps", "csat"])
    []
    """
    needs = dict.fromkeys(need for name in names for need in SIGNALS[name].needs)
    return [*{fault.text("en"): fault for fault in book.lacks("calendar", *needs)}.values()]


def unknown_signal(name: str) -> Fault:
    """The fault of a signal that there is not.

    Parameters
    ----------
    name : str

    >>> unknown_signal("wau_rate").values["near"]
    'wau_ratio'
    """
    return Fault("signals.unknown", {"signal": name, "near": nearest(name, SIGNALS), "known": ", ".join(SIGNALS)})
