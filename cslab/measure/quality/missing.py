"""Whether what is missing goes with leaving: looked for on a day, before anybody knew who would leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.effect.two_shares import newcombe
from cslab.measure.landmark.day import outcomes
from cslab.measure.landmark.days import first, latest
from cslab.measure.quality.fields import may_be_blank
from cslab.tables import TABLES
from cslab.tables.known import known_since

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

FEW = 5
"""Customers on each side, filled and missing, with fewer of which nothing is tested."""

OF_EVERYBODY = ("usage_monthly", "contacts", "surveys", "onboarding", "handoffs", "maturity", "tier_history")
"""Tables that are meant to hold every customer: that there is no row says something."""

LEVEL = 0.05
"""Chance of any warning at all where nothing that is missing goes with leaving."""

NO_ROW = "*"
"""Stands for the column where a customer has no row in a table at all."""


def missing(book: Book, months: int = 12) -> pd.DataFrame:
    """Whether customers of whom something was missing left more, or less, often than the others.

    Everybody who was at risk on a day is asked about: what was missing of them by that day, and who left within the
    months after it. Of a table with several rows a customer the latest one counts. A warning says that leaving the gaps
    out, or filling them with a mean, would bias what is said of leaving. No warning does not say that the gaps come by
    chance: what a missing cell would have held cannot be tested.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``.
    months : int
        Before the end of the book lies the day; within these months a departure counts.

    Returns
    -------
    DataFrame
        A row a field that is missing of five customers at least, and known of as many: ``table``, ``column`` (``*``:
        no row in the table), ``n`` (customers), ``missing`` (of how many), ``left_missing``, ``left_filled`` (shares
        that left, 0-1), ``difference``, ``low``, ``high`` (Newcombe), ``p`` (Fisher's exact test), ``p_adjusted``
        (Holm, over all rows), ``warned``; the smallest p first. ``attrs``: ``day``, ``months``, ``tested``.

    Raises
    ------
    NotReady
        Without the columns, for a stock sample, or where the records are too short.

    Source: tests of "missing completely at random" against what is observed, Little (1988), JASA 83:1198; Holm (1979),
    Scandinavian Journal of Statistics 6:65, grade A.

    >>> import cslab
    >>> list(missing(cslab.load("synthetic:tiny")).columns[:3])
    ['table', 'column', 'n']
    """
    import pandas as pd

    book.require("calendar", "contracts.start", "contracts.end")
    day = latest(book, months)
    if day < first(book):
        raise NotReady(Fault("precision.short_records", {"months": months}))
    people = outcomes(book, day, months)
    left = people["event"].to_numpy(bool)
    rows = [_tested(*field, left) for field in _gaps(book.at(day), people["account_id"])]
    names = ["table", "column", "n", "missing", "left_missing", "left_filled", "difference", "low", "high", "p"]
    found = pd.DataFrame(rows, columns=names).sort_values("p", kind="stable", ignore_index=True)
    found = found.assign(p_adjusted=holm(found["p"].to_numpy(float)))
    found = found.assign(warned=found["p_adjusted"] < LEVEL)
    found.attrs.update(day=day, months=months, tested=len(found))
    return found


def holm(p: Any) -> Any:
    """Chances that hold for all tests together, Holm's step-down.

    Parameters
    ----------
    p : ndarray of float, shape (tests,)
        From the smallest to the largest.

    Returns
    -------
    ndarray of float, shape (tests,)

    >>> holm(np.array([0.01, 0.02, 0.5])).tolist()
    [0.03, 0.04, 0.5]
    """
    steps = p * np.arange(len(p), 0, -1)
    return np.minimum(np.maximum.accumulate(steps), 1.0)


def _gaps(book: Book, ids: pd.Series) -> Iterator[tuple[str, str, Any]]:
    """Each field of which something is missing and something known: table, column, of which customers it is missing."""
    for name in book.tables:
        frame = getattr(book, name)
        if "account_id" not in frame or not len(frame):
            continue
        there = ids.isin(frame["account_id"]).to_numpy()
        asked = [column for column in frame if column != "account_id" and _told_at_once(name, str(column))]
        last = _latest(name, frame)[["account_id", *asked]].set_index("account_id").reindex(ids)
        fields = [(NO_ROW, ~there)] if name in OF_EVERYBODY else []
        fields += [(str(column), np.where(there, last[column].isna(), np.nan)) for column in asked]
        for column, gaps in fields:
            known = ~np.isnan(gaps.astype(float))
            if FEW <= (gaps == 1).sum() <= known.sum() - FEW:
                yield name, column, gaps.astype(float)


def _latest(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The latest row of each account."""
    since = known_since(table, frame)
    ordered = frame if since is None else frame.loc[since.sort_values(kind="stable").index]
    return ordered.drop_duplicates("account_id", keep="last")


def _told_at_once(table: str, column: str) -> bool:
    """Whether a blank cell is a gap: not something that has not come yet, nor a reference to nothing."""
    declared = {one.name: one for one in TABLES[table].columns}
    return not column.endswith("_id") and (column not in declared or not may_be_blank(declared[column]))


def _tested(table: str, column: str, gaps: Any, left: Any) -> dict[str, Any]:
    """The row of one field; customers without a row are left out of a column's."""
    from scipy.stats import fisher_exact

    known = ~np.isnan(gaps)
    gone, missed = left[known], gaps[known] == 1
    hits, others = int(gone[missed].sum()), int(gone[~missed].sum())
    trials, rest = int(missed.sum()), int((~missed).sum())
    low, high = newcombe(hits, trials, others, rest)
    p = fisher_exact([[hits, trials - hits], [others, rest - others]]).pvalue
    shares = {"left_missing": hits / trials, "left_filled": others / rest, "difference": hits / trials - others / rest}
    return {"table": table, "column": column, "n": int(known.sum()), "missing": trials, **shares,
            "low": float(low), "high": float(high), "p": float(p)}  # fmt: skip
