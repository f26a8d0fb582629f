"""The bridge from the MRR of one day to that of another: what came, what grew, what shrank, what went."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.clusters import summed
from cslab.measure.estimate import Estimate, ratio, unknown_choice
from cslab.measure.retention.window import Window, window

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Date = str | pd.Timestamp
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SPANS = ("new", "expansion", "contraction", "churn", "reactivation")
"""The types of movement between an opening and a closing balance, in the order in which they are shown."""

MONTHS = {"mrr": 1, "arr": 12}
"""How many months of recurring revenue a unit counts."""


def bridge(
    book: Book,
    start: Date,
    end: Date,
    by: Literal["window", "month"] = "window",
    unit: Literal["mrr", "arr"] = "mrr",
) -> pd.DataFrame:
    """What led from the recurring revenue of one day to that of another.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements`` with ``type``.
    start, end : date
        The two days; a movement counts from the last day of its month on.
    by : str
        ``"window"``: one row; ``"month"``: one row a month.
    unit : str
        ``"mrr"``, or ``"arr"``: twelve times as much, as contracted, without usage fees and one-off revenue.

    Returns
    -------
    DataFrame
        ``start``, ``end`` (the days between whose ends a row lies), ``opening``, ``new``, ``expansion``,
        ``contraction``, ``churn`` (both negative), ``reactivation``, ``closing``: currency a month, or a year. Each
        row adds up, and opens where the one before closed. Sums of what is on the books, so without limits. ``attrs``:
        ``unit``, ``currency``, ``as_of``.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        For an unknown choice, days in the wrong order or after the data, or where the records of customers begin
        within the window: their opening balances are neither new nor expansion.

    Source: glossary "月次/年間経常収益"; MRR waterfall as in any subscription ledger (grade B).

    >>> import cslab
    >>> months = bridge(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31", by="month")
    >>> bool((months[["opening", *SPANS]].sum(axis=1) == months["closing"]).all())
    True
    """
    import pandas as pd

    book.require("mrr_movements.type")
    _check_choices(by, unit)
    found = window(book, start, end)
    _refuse_openings(found)
    first, step = (found.first, found.last - found.first) if by == "window" else (found.first, 1)
    rows = (found.moves["month"].to_numpy() - first) // step
    count = (found.last - first) // step
    sums = {kind: _sums(found, rows, kind, count) for kind in SPANS}
    closing = found.before.sum() + np.cumsum(sum(sums.values()))
    amounts = {"opening": np.append(found.before.sum(), closing[:-1]), **sums, "closing": closing}
    days = pd.to_datetime(np.arange(first, found.last + 1, step).astype("datetime64[M]")) - pd.Timedelta(days=1)
    scaled = {name: (MONTHS[unit] * values).round(4) for name, values in amounts.items()}
    made = pd.DataFrame({"start": days[:-1], "end": days[1:], **scaled})
    made.attrs.update(unit=unit, currency=book.currency, as_of=book.as_of)
    return made


def quick_ratio(book: Book, start: Date, end: Date) -> Estimate:
    """How much MRR was won for each unit that was lost: new and expansion over churn and contraction.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements`` with ``type``.
    start, end : date
        The movements between the ends of these days; of those who came back nothing is counted.

    Returns
    -------
    Estimate
        A ratio; delta-method limits over accounts. Endless, without limits, where nothing was lost.

    Raises
    ------
    NotReady, UsageError
        As ``bridge``.

    Source: glossary "クイックレシオ"; its usual target of 4 is a rule of thumb (grade C).

    >>> import cslab
    >>> float(quick_ratio(cslab.load("synthetic:tiny"), "2023-03-31", "2024-03-31")) > 0
    True
    """
    book.require("mrr_movements.type")
    found = window(book, start, end)
    _refuse_openings(found)
    won = found.moved(found.of_type("new") | found.of_type("expansion"))
    lost = -found.moved(found.of_type("churn") | found.of_type("contraction"))
    moved = (won > 0) | (lost > 0)
    if moved.any() and not lost.any():
        return Estimate(math.inf, math.nan, math.nan, int(moved.sum()), "quick_ratio")
    return ratio(won[moved], lost[moved], "quick_ratio")


def _sums(found: Window, rows: Ints, kind: str, count: int) -> Floats:
    """The movements of one type, by row of the bridge."""
    chosen = found.of_type(kind)
    return summed(rows[chosen], found.moves["amount"].to_numpy(float)[chosen], count)


def _check_choices(by: str, unit: str) -> None:
    """Refuse what the arguments do not know, all at once."""
    asked = (("by", by, ("window", "month")), ("unit", unit, tuple(MONTHS)))
    faults = [unknown_choice(name, value, known) for name, value, known in asked if value not in known]
    if faults:
        raise UsageError(*faults)


def _refuse_openings(found: Window) -> None:
    """Refuse a window in which records begin."""
    import pandas as pd

    begun = found.moves.loc[found.of_type("opening"), "month"]
    if len(begun):
        last = pd.Period(ordinal=int(begun.max()), freq="M").end_time.date()
        raise UsageError(Fault("opens_in_window", {"count": len(begun), "last": last}))
