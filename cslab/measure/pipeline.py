"""The sales pipeline as a race: a deal in evaluation ends in a purchase or is lost, and some are still running.

The usual win rate counts only deals that have ended. It forgets those that still run, and in records that begin on some
day it forgets the deals that had ended before: here those still running are censored, and those that had begun earlier
enter late.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.estimate import wilson
from cslab.measure.multistate import transition_probabilities

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

STATES = ("evaluation", "purchase", "lost")
NEEDS = ("calendar", "deals.engaged_on", "deals.closed_on", "deals.outcome")
SAME_DAY = 0.5
"""Days that a deal lasts which ends on the day of its first meeting."""

_BECOMES = {"won": "purchase", "lost": "lost"}


def records_begin(book: Book) -> pd.Timestamp:
    """The first day on which the records would have told of a deal's end.

    Parameters
    ----------
    book : Book
        Needs ``deals`` with ``engaged_on`` and ``closed_on``.

    Returns
    -------
    Timestamp
        The first day of the records, where the source states it; else the first day on which any deal ended (an export
        that begins with the closings of some day holds deals that had begun before it, and none that had also ended).
        Without any, the first day on which a deal began.

    >>> import cslab
    >>> records_begin(cslab.load("synthetic:tiny")).date()
    datetime.date(2021, 4, 1)
    """
    book.require(*NEEDS)
    if book.window_start is not None:
        return book.window_start
    days: pd.Series = book.deals[["closed_on", "engaged_on"]].min()
    begins: pd.Timestamp = days.dropna().iloc[0]
    return begins


def spells(book: Book, by: str | None = None) -> pd.DataFrame:
    """Every deal as a stay in evaluation, in days since the first meeting.

    Parameters
    ----------
    book : Book
        Needs ``deals`` with ``engaged_on``, ``closed_on`` and ``outcome``.
    by : str, optional
        A column of ``deals`` to keep beside them.

    Returns
    -------
    DataFrame
        One row a deal: ``id``, ``from`` (``"evaluation"``), ``to`` (``"purchase"``, ``"lost"``; missing: open on the
        last day), ``start``, ``stop`` (days since the first meeting; ``start`` is more than 0 for a deal that had begun
        before the records do), and the column asked for. ``left_out`` counts the deals that are not here.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        For a column that ``deals`` does not have.

    Source: delayed entry and competing ends, Andersen and Keiding (2002), grade A.

    >>> import cslab
    >>> found = spells(cslab.load("synthetic:tiny"))
    >>> sorted(found["to"].dropna().unique()), bool((found["stop"] > found["start"]).all())
    (['lost', 'purchase'], True)
    """
    import pandas as pd

    deals = _sorted_out(book)
    if by is not None and by not in deals:
        own = ("deal_id", "engaged_on", "closed_on", "outcome")
        known = [str(name) for name in book.deals if name not in own]
        raise UsageError(Fault("unknown_group", {"by": by, "near": nearest(by, known), "known": ", ".join(known)}))
    deals = deals[deals["reason"] == ""]
    evening_before = records_begin(book) - pd.Timedelta(days=1)
    found = pd.DataFrame({"id": deals["deal_id"], "from": "evaluation", "to": deals["outcome"].map(_BECOMES)})
    found["start"] = (evening_before - deals["engaged_on"]).dt.days.clip(lower=0).astype(float)
    ends = deals["closed_on"].fillna(book.as_of)
    found["stop"] = (ends - deals["engaged_on"]).dt.days.astype(float).where(lambda days: days > 0, SAME_DAY)
    if by is not None:
        found[by] = deals[by]
    return found.reset_index(drop=True)


def left_out(book: Book) -> pd.DataFrame:
    """Deals that cannot be followed from their first meeting, by why.

    Parameters
    ----------
    book : Book
        Needs ``deals`` with ``engaged_on``, ``closed_on`` and ``outcome``.

    Returns
    -------
    DataFrame
        ``reason``, ``count``, ``share`` (0-1, of all deals). A row a reason, whether it occurs or not: ``no_meeting``
        (no day of a first meeting), ``no_day`` (won or lost, nobody knows when), ``no_outcome`` (a day of the end
        without its outcome), ``before_records`` (ended before the records begin).

    >>> import cslab
    >>> left_out(cslab.load("synthetic:tiny"))["count"].sum()
    np.int64(0)
    """
    reasons = _sorted_out(book)["reason"]
    counted = reasons[reasons != ""].value_counts().reindex(_REASONS, fill_value=0)
    found = counted.rename_axis("reason").rename("count").reset_index()
    return found.assign(share=found["count"] / max(len(reasons), 1))


def win_share(book: Book, days: Sequence[float] = (30, 60, 90, 120), by: str | None = None) -> pd.DataFrame:
    """Of all deals that begin, how many are won, lost and still open so many days after the first meeting.

    Parameters
    ----------
    book : Book
        Needs ``deals`` with ``engaged_on``, ``closed_on`` and ``outcome``.
    days : sequence of float
        Since the first meeting.
    by : str, optional
        A column of ``deals`` to split by; deals without it are left out.

    Returns
    -------
    DataFrame
        ``time`` (days), the column asked for, ``state`` (``purchase``, ``lost``, ``evaluation``), ``estimate`` (0-1),
        ``low``, ``high``, ``n`` (deals), ``method``. The three states of a time add up to 1.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        For a column that ``deals`` does not have.

    Source: cumulative incidence by Aalen and Johansen (1978), grade A.

    >>> import cslab
    >>> found = win_share(cslab.load("synthetic:tiny"), days=[90])
    >>> float(found["estimate"].sum().round(9))
    1.0
    """
    import pandas as pd

    found = spells(book, by)
    if by is None:
        return _shares(found, days)
    parts = [_shares(rows, days).assign(**{by: group}) for group, rows in found.groupby(by, observed=True)]
    order = ["time", by, "state", "estimate", "low", "high", "n", "method"]
    return pd.concat(parts, ignore_index=True)[order] if parts else pd.DataFrame(columns=order)


def closed_share(book: Book, by: str | None = None) -> pd.DataFrame:
    """The win rate as it is mostly reported: deals won among those that have ended.

    Parameters
    ----------
    book : Book
        Needs ``deals`` with ``engaged_on``, ``closed_on`` and ``outcome``.
    by : str, optional
        A column of ``deals`` to split by.

    Returns
    -------
    DataFrame
        The column asked for, ``estimate`` (0-1), ``low``, ``high``, ``n`` (deals that have ended), ``method``.

    >>> import cslab
    >>> found = closed_share(cslab.load("synthetic:tiny"))
    >>> bool(found["low"].item() < found["estimate"].item() < found["high"].item())
    True
    """
    ended = spells(book, by).dropna(subset="to")
    won = (ended["to"] == "purchase").rename("won")
    groups = won.groupby(ended[by] if by is not None else np.zeros(len(ended)))
    found = groups.agg(estimate="mean", n="size").reset_index()
    low, high = wilson(found["estimate"] * found["n"], found["n"])
    order = [*([by] if by is not None else []), "estimate", "low", "high", "n", "method"]
    return found.assign(low=low, high=high, method="closed_share")[order]


_REASONS = ("no_meeting", "no_day", "no_outcome", "before_records")


def _sorted_out(book: Book) -> pd.DataFrame:
    """The deals, each with the reason why it cannot be followed; an empty one for most."""
    begins, deals = records_begin(book), book.deals
    ended, dated = deals["outcome"].isin(_BECOMES), deals["closed_on"].notna()
    cases = [deals["engaged_on"].isna(), ended & ~dated, dated & ~ended, deals["closed_on"] < begins]
    return deals.assign(reason=np.select(cases, _REASONS, default=""))


def _shares(found: pd.DataFrame, days: Sequence[float]) -> pd.DataFrame:
    """Where deals stand after some days, with the states in the order in which they are told."""
    shares = transition_probabilities(found, days, states=STATES).occupation({"evaluation": 1.0})
    told = shares["state"].map({state: place for place, state in enumerate(("purchase", "lost", "evaluation"))})
    return shares.assign(told=told).sort_values(["time", "told"]).drop(columns="told").reset_index(drop=True)
