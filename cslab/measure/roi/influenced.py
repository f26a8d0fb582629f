"""Influenced revenue, which every dashboard counts, beside incremental revenue, which nobody can count directly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.decisions import renewal_decisions
from cslab.measure.estimate import Estimate
from cslab.measure.roi.worlds import METHOD, mean_of

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.world.truth import CompanyTruth

    Date = str | pd.Timestamp

DAYS = 90
MANY = ("newsletter", "webinar", "community")
"""Touches that reach many at once and are nobody's talk with a customer."""


def influenced(
    book: Book, effect: Estimate | None = None, months: int = 12, days: int = DAYS, futures: int = 32
) -> pd.DataFrame:
    """The yearly revenue of renewals that somebody had touched before, and how much of it is there because of it.

    Influenced: each renewed contract whose customer was touched within some days before its end counts in full. Most of
    these would have renewed anyway. Incremental: of the customers touched, the share that touch keeps, times what they
    pay.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``outcome``, ``decided_on``, ``mrr_amount``, and ``touches``.
    effect : Estimate, optional
        Share of customers that touch keeps, of those who got it (0.05: five points), such as ``effect.aipw(…,
        on="treated")``.
    months : int
        Up to the book's last day, over which renewals count.
    days : int
        Before the renewal, within which a touch counts as influence.
    futures : int
        How many to average over for the truth.

    Returns
    -------
    DataFrame
        ``claim`` (``influenced``; ``incremental`` where an effect is given; ``truth`` where it is known), ``estimate``
        (ARR in currency), ``low``, ``high``, ``share`` (of the ARR that was up for renewal), ``n`` (renewals that it
        rests on), ``method``. ``attrs``: ``due`` (ARR up for renewal), ``touched`` (ARR of it that somebody touched).

    Raises
    ------
    NotReady
        Without the columns, or where nothing was up for renewal.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> influenced(book, Estimate(0.05, 0.0, 0.1, 60, "aipw_treated"), futures=2)["claim"].tolist()
    ['influenced', 'incremental', 'truth']
    """
    import pandas as pd

    start = book.as_of - pd.DateOffset(months=months)
    due = _due(book, start, days)
    arr, renewed = due["arr_amount"].to_numpy(float), due["renewed"].to_numpy(bool)
    near = due["near"].to_numpy(bool)
    touched = float(arr[near].sum())
    counted = float(arr[near & renewed].sum())
    rows: list[dict[str, Any]] = [_row("influenced", Estimate(counted, np.nan, np.nan, len(due), "counted"))]
    if effect is not None:
        low, high = touched * effect.low, touched * effect.high
        found = Estimate(touched * effect.estimate, low, high, int(near.sum()), effect.method)
        rows.append(_row("incremental", found))
    if true := _true(book, due[near], start, months, futures):
        rows.append(_row("truth", true))
    table = pd.DataFrame(rows)
    table["share"] = table["estimate"] / arr.sum()
    table.attrs |= {"due": float(arr.sum()), "touched": touched, "n": len(due), "days": days, "months": months}
    return table


def _due(book: Book, start: pd.Timestamp, days: int) -> pd.DataFrame:
    """The renewals decided since a day: what they pay a year, how they went, whether somebody had touched them."""
    book.require("contracts.mrr_amount")
    decided = renewal_decisions(book)
    found = decided[(decided["end"] > start) & (decided["end"] <= book.as_of)].merge(
        book.contracts[["account_id", "start", "mrr_amount"]], on=["account_id", "start"]
    )
    found = found[found["mrr_amount"] > 0].reset_index(drop=True)
    if found.empty:
        raise NotReady(Fault("roi.nothing_due", {"day": start.date()}))
    pairs = found[["account_id", "end"]].reset_index().merge(_by_people(book), on="account_id")
    gap = (pairs["end"] - pairs["touched_on"]).dt.days
    near = found.index.isin(pairs.loc[(gap >= 0) & (gap <= days), "index"])
    return found.assign(near=near, renewed=found["status"] == "stayed", arr_amount=12 * found["mrr_amount"])


def _by_people(book: Book) -> pd.DataFrame:
    """The touches that somebody gave one customer alone."""
    book.require("touches.account_id", "touches.touched_on")
    touches = book.touches
    if book.has("touches.type"):
        touches = touches[~touches["type"].isin(MANY)]
    return touches[["account_id", "touched_on"]]


def _true(book: Book, near: pd.DataFrame, start: pd.Timestamp, months: int, futures: int) -> Estimate | None:
    """How much of the revenue of those touched is there because of all touch since the window began."""
    if book.truth is None:
        return None
    truth = cast("CompanyTruth", book.truth)
    more = truth.effect("", "all_tech", since=start, horizon=months, futures=futures)
    more = more.set_index("account_id").reindex(near["account_id"])
    known = more["retained"].notna().to_numpy()
    arr = near["arr_amount"].to_numpy(float)[known]
    if not known.any():
        return None
    mean = mean_of(arr * more["retained"].to_numpy()[known], arr * more["retained_error"].to_numpy()[known])
    n = int(known.sum())
    return Estimate(n * mean.estimate, n * mean.low, n * mean.high, n, METHOD, n * mean.std_error)


def _row(claim: str, one: Estimate) -> dict[str, Any]:
    """A row."""
    return {"claim": claim, **one.cells()}
