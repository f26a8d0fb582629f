"""Whom a chain's programme can take on, and what the team puts into each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError
from cslab.measure.capacity import hour_amount
from cslab.measure.impact.waits import NEW
from cslab.measure.retention import mrr

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.impact.chain import Chain

HORIZON = 36
"""Months that are reckoned with, from the decision to begin on: long enough for what takes two years to show."""
YEAR = 12


def hours(book: Book, chain: Chain, horizon: int = HORIZON) -> float:
    """The team's hours for one participant.

    Parameters
    ----------
    book : Book
        Where the chain says nothing, needs ``programs`` with ``dose``, ``session_hours`` and ``months``.
    chain : Chain
    horizon : int
        Months over which what has no end is counted.

    Returns
    -------
    float
        Hours.

    Raises
    ------
    UsageError
        Where neither the chain nor the programme says any.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> hours(cslab.load("synthetic:tiny"), shipped("faq"))
    0.2
    """
    if chain.hours == chain.hours:
        return chain.hours
    row = _programme(book, chain)
    if not row or not row.get("dose", 0) * row.get("session_hours", 0) > 0:
        raise UsageError(Fault("chain.no_hours", {"chain": chain.name, "file": chain.file}))
    years = horizon / YEAR if not row.get("months") else 1.0
    return float(row["dose"] * row["session_hours"] * years)


def cost(book: Book, chain: Chain, horizon: int = HORIZON) -> float:
    """What the team's hours for one participant cost.

    Parameters
    ----------
    book : Book
        As for :func:`hours`; and ``csm`` with ``cost_amount`` and ``capacity_h``.
    chain, horizon
        As for :func:`hours`.

    Returns
    -------
    float
        Currency.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> round(cost(cslab.load("synthetic:tiny"), shipped("faq")))
    1282
    """
    return hours(book, chain, horizon) * hour_amount(book)


def reach(book: Book, chain: Chain) -> int:
    """How many customers a chain's programme can take on within a year.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``; for programmes for new customers ``accounts.signed_on``.
    chain : Chain

    Returns
    -------
    int
        As the chain says; else today's customers, or those who signed in the last twelve months.

    >>> import cslab
    >>> from cslab.measure.impact import shipped
    >>> book = cslab.load("synthetic:tiny")
    >>> reach(book, shipped("faq")) == len(customers(book))
    True
    """
    import pandas as pd

    if chain.reach == chain.reach:
        return int(chain.reach)
    row = _programme(book, chain)
    if not row or row.get("eligibility") != NEW:
        return len(customers(book))
    book.require("accounts.signed_on")
    return int((book.accounts["signed_on"] > book.as_of - pd.DateOffset(months=YEAR)).sum())


def customers(book: Book) -> pd.Series:
    """What today's customers pay a month, by account.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.

    Raises
    ------
    UsageError
        Where nobody is a customer.

    >>> import cslab
    >>> bool((customers(cslab.load("synthetic:tiny")) > 0).all())
    True
    """
    amounts = mrr(book, book.as_of)
    if not (amounts > 0).any():
        raise UsageError(Fault("chain.nobody_pays", {"day": book.as_of.date()}))
    return amounts[amounts > 0]


def _programme(book: Book, chain: Chain) -> dict[str, Any]:
    """What ``programs`` says about a chain's programme; nothing where it is not there."""
    if not chain.programme or not book.has("programs.program_id"):
        return {}
    programs = book.tables["programs"]
    rows = programs[programs["program_id"] == chain.programme]
    return {str(name): value for name, value in rows.iloc[0].dropna().items()} if len(rows) else {}
