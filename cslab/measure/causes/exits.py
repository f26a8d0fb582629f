"""Each exit on record with its cause: the reason that was stated, or whether anybody decided to leave at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.estimate import unknown_choice

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

Cause = Literal["kind", "stated_kind", "stated"]
CAUSES: tuple[Cause, ...] = ("kind", "stated_kind", "stated")

VOLUNTARY, INVOLUNTARY, UNKNOWN = "voluntary", "involuntary", "unknown"

ENDINGS = ("business_closed", "merged")
"""Stated reasons that nobody decided for: the customer ceased to be one."""

MOST_SUDDEN = 0.5
"""Where more exits than this share carry one day for decision and exit, the days are not kept apart."""

MANY_SUDDEN = 0.1
"""From this share on, some of the days may have been copied rather than known: ``notes`` says what hangs on it."""


def exits(book: Book, cause: Cause = "kind", involuntary: Sequence[str] | None = None) -> pd.DataFrame:
    """Every exit that has taken effect, and its cause.

    By kind, an exit is involuntary where nobody decided against the supplier: the stated reason is that the business
    closed or was merged, or it took effect on the very day on which it became known, without the notice that whoever
    decides to leave must give. Reasons alone miss the latter: "price" is easily said whatever happened.

    Parameters
    ----------
    book : Book
        Needs ``churn_events`` with ``reason_stated``.
    cause : str
        ``"kind"``: as above; ``"stated_kind"``: by the stated reason alone; ``"stated"``: the reason itself.
    involuntary : sequence of str, optional
        Reasons that nobody decides for, in the book's words; by default ``ENDINGS``.

    Returns
    -------
    DataFrame
        One row an account and day of exit, by day: ``account_id``, ``decided_on``, ``effective_on``, ``stated``
        (``unknown`` where nothing was), ``cause`` (``voluntary``, ``involuntary``, ``unknown``, or the reason),
        ``sudden`` (involuntary by its days alone). ``attrs``: ``same_day`` (share of the exits that carry one day for
        decision and exit), ``days_apart`` (False where most do, which then says nothing: causes are by reasons alone),
        and what ``notes`` counts. Records in which only some days were copied look like closures: kinds by days and
        by reasons alone (``stated_kind``) are then the two ends between which the truth lies.

    Raises
    ------
    NotReady
        Without stated reasons.
    UsageError
        For an unknown cause, or reasons that nobody stated.

    Source: glossary "自発的/非自発的解約"; that closures come without notice is our own reading.

    >>> import cslab
    >>> sorted(exits(cslab.load("synthetic:default_jp?seed=1&accounts=300"))["cause"].unique())
    ['involuntary', 'voluntary']
    """
    if cause not in CAUSES:
        raise UsageError(unknown_choice("cause", cause, CAUSES))
    book.require("churn_events.reason_stated")
    table = book.churn_events.sort_values(["effective_on", "decided_on"], kind="stable")
    table = table[table["effective_on"] <= book.as_of].drop_duplicates(["account_id", "effective_on"], keep="last")
    stated = table["reason_stated"].astype(object).where(table["reason_stated"].notna(), UNKNOWN).astype(str)
    ended = stated.isin(_endings(stated, involuntary))
    at_once = table["decided_on"] >= table["effective_on"]
    apart = bool(at_once.mean() <= MOST_SUDDEN) if len(table) else True
    sudden = at_once & ~ended & (cause == "kind") & apart
    kind = np.select([ended | sudden, stated == UNKNOWN], [INVOLUNTARY, UNKNOWN], VOLUNTARY)
    found = table[["account_id", "decided_on", "effective_on"]].assign(
        stated=stated, cause=stated if cause == "stated" else kind, sudden=sudden
    )
    told = {"left": len(found), "unknown": int((found["cause"] == UNKNOWN).sum()), "sudden": int(sudden.sum())}
    same_day = float(at_once.mean()) if len(table) else 0.0
    found.attrs.update(as_of=book.as_of, days_apart=apart, same_day=same_day, by_days=cause == "kind", **told)
    return found.reset_index(drop=True)


def exits_within(book: Book, start: Date, end: Date, cause: Cause = "kind") -> pd.DataFrame:
    """The exits that took effect after one day and up to another.

    Parameters
    ----------
    book : Book
        As for ``exits``.
    start, end : date
    cause : str
        As for ``exits``.

    Returns
    -------
    DataFrame
        As ``exits``.

    Raises
    ------
    NotReady
        As ``exits``.
    UsageError
        For a window that ends before it begins, or in which nobody left.

    >>> import cslab
    >>> book = cslab.load("synthetic:default_jp?seed=1&accounts=300")
    >>> bool((exits_within(book, "2024-03-31", "2025-03-31")["effective_on"] > "2024-03-31").all())
    True
    """
    from cslab.book import read_day

    first, last = read_day(start), read_day(end)
    if not first < last:
        raise UsageError(Fault("window_order", {"start": start, "end": end}))
    found = exits(book, cause)
    found = found[(found["effective_on"] > first) & (found["effective_on"] <= last)].reset_index(drop=True)
    if found.empty:
        raise UsageError(Fault("nobody_left"))
    return found


def _endings(stated: pd.Series, involuntary: Sequence[str] | None) -> list[str]:
    """The reasons that nobody decides for; those that were named must have been stated by somebody."""
    if involuntary is None:
        return list(ENDINGS)
    known = sorted(set(stated) - {UNKNOWN})
    if absent := [name for name in involuntary if name not in known]:
        values = [{"name": name, "near": nearest(name, known), "known": ", ".join(known)} for name in absent]
        raise UsageError(*(Fault("causes.nobody", one) for one in values))
    return list(involuntary)
