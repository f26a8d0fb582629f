"""How likely each renewal was held to be, on the last day before every quarter gone by and before the next one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.renewal.due import QUARTER, every
from cslab.measure.renewal.ways import WAYS, chances, coloured

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.health.declared import Declaration


def foreseen(
    book: Book, ways: Sequence[str] | None = None, months: int = QUARTER, score: Declaration | str = "dear"
) -> pd.DataFrame:
    """What came due in each quarter and what comes due in the next, with the chances that each way gave it beforehand.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start``, ``end``, ``outcome``; the CSM's word stands in ``renewals.csm_forecast``.
    ways : sequence of str, optional
        Of ``WAYS``; all that the book allows, where not given.
    months : int
        Length of a quarter.
    score : Declaration or str
        The health score that gives the colours, as ``health.score`` takes it.

    Returns
    -------
    DataFrame
        As ``due.every``, with ``health_colour`` (``none`` without a score) and a column a way: the chance of renewing
        (0-1), missing where too little had happened by the day to learn from. ``attrs``: ``as_of``, ``currency``,
        ``months``, ``ways``, ``absent`` (those that the book does not allow).

    Raises
    ------
    NotReady
        For a stock sample, or without the columns above.
    UsageError
        For an unknown way, or one that the book does not allow; for a length below 1; where nothing ever came due.

    Source: forecast categories and their roll-up as in Salesforce's collaborative forecasts, grade B.

    >>> import cslab
    >>> found = foreseen(cslab.load("synthetic:tiny"), ["rate", "commit"])
    >>> found.attrs["ways"], "model" in found
    (('rate', 'commit'), False)
    """
    rows = every(book, months)
    colours = coloured(book, rows, score)
    rows = rows.assign(health_colour="none" if colours is None else colours)
    possible = {
        "commit": bool((rows["csm_says"] != "unlisted").any()),
        "colour": bool((rows["health_colour"] != "none").any()),
    }
    allowed = [way for way in WAYS if possible.get(way.removesuffix("_at_word"), True)]
    chosen = allowed if ways is None else _checked(ways, allowed)
    found = rows.join(chances(book, rows, chosen))
    absent = tuple(way for way in WAYS if way not in allowed)
    found.attrs = {"as_of": book.as_of, "currency": book.currency, "months": months}
    found.attrs |= {"ways": tuple(chosen), "absent": absent}
    return found


def _checked(ways: Sequence[str], allowed: list[str]) -> list[str]:
    """The ways asked for; all that are unknown or not possible are refused at once."""
    faults = []
    for way in ways:
        values = {"way": way, "near": nearest(way, WAYS), "known": ", ".join(allowed)}
        if way not in WAYS:
            faults.append(Fault("renewal.unknown_way", values))
        elif way not in allowed:
            faults.append(Fault("renewal.absent_way", values))
    if faults:
        raise UsageError(*faults)
    return list(ways)
