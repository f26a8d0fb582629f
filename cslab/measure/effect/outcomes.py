"""What became of customers within a horizon: whether they stayed, what they brought, how long they were there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.capacity import hour_amount
from cslab.measure.clusters import summed
from cslab.measure.net_value import GROSS_MARGIN, cost_of_hours
from cslab.measure.plans import TIER_HOURS
from cslab.measure.retention import moved
from cslab.measure.spells import LATE_DAYS, months_between
from cslab.measure.value.terms import Terms

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

RETAINED, VALUE, NET_VALUE, SURVIVAL = "retained", "value", "net_value", "survival"
OUTCOMES = (RETAINED, VALUE, NET_VALUE, SURVIVAL)
"""Still a customer; gross margin; gross margin less the cost of the arm's hours; months as a customer."""


@dataclass(frozen=True)
class Money:
    """The terms of an outcome in money.

    Parameters
    ----------
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    discount : float
        A year.
    hours : mapping of str to float
        Hours of customer success that an account takes a month, by arm.

    >>> Money(0.8, 0.0).hours["mid"] > Money(0.8, 0.0).hours["tech"]
    True
    """

    gross_margin: float = GROSS_MARGIN
    discount: float = 0.0
    hours: Mapping[str, float] = field(default_factory=lambda: TIER_HOURS)


def known(book: Book, rows: pd.DataFrame, horizon: int) -> Flags:
    """Of whom it is known whether they stayed: those who began a horizon ago, or earlier, and were followed.

    Those who began later and have left already do not count either: of their like only leavers would be known.
    Where a renewal may come late and is not decided yet, the horizon must have been over for so long.

    Parameters
    ----------
    book : Book
    rows : DataFrame
        As ``starts`` gives them.
    horizon : int
        Months.

    Returns
    -------
    ndarray of bool, shape (rows,)

    >>> import cslab
    >>> from cslab.measure.effect.start import starts
    >>> book = cslab.load("synthetic:tiny")
    >>> known(book, starts(book, "signing")[0], 120).any()
    np.False_
    """
    import pandas as pd

    late = LATE_DAYS if (rows["how"] == "pending").any() else 0
    last = np.full(len(rows), book.as_of - pd.Timedelta(days=late), "datetime64[D]")
    over = months_between(rows["since"].to_numpy("datetime64[D]"), last)[0] >= horizon
    return np.asarray(over & (rows["gone"] | (_months(rows)[0] >= horizon)).to_numpy())


def outcome_of(book: Book, rows: pd.DataFrame, name: str, horizon: int, money: Money) -> pd.DataFrame:
    """The outcome of each row.

    Parameters
    ----------
    book : Book
        Needs amounts for an outcome in money.
    rows : DataFrame
        As ``starts`` gives them, with ``arm``.
    name : str
        Of ``OUTCOMES``.
    horizon : int
        Months.
    money : Money

    Returns
    -------
    DataFrame
        By the index of the rows: ``outcome``; of ``"survival"`` ``duration`` (months, cut at the horizon), ``event``
        too, and the outcome is the duration.

    Raises
    ------
    UsageError
        Where an arm's hours are not known.
    NotReady
        Without amounts or the cost of an hour.

    >>> import cslab
    >>> from cslab.measure.effect.start import starts
    >>> book = cslab.load("synthetic:tiny")
    >>> found = outcome_of(book, starts(book, "signing")[0].assign(arm="mid"), "retained", 12, Money())
    >>> sorted(found["outcome"].unique().tolist())
    [0.0, 1.0]
    """
    floor, ceiling = _months(rows)
    gone = rows["gone"].to_numpy(bool)
    left = gone & (ceiling <= horizon)
    if name == RETAINED:
        return rows[[]].assign(outcome=(~left).astype(float))
    stayed = np.minimum(np.where(gone, ceiling, floor), horizon)
    if name == SURVIVAL:
        return rows[[]].assign(outcome=stayed.astype(float), duration=stayed, event=left)
    there = np.arange(horizon) < np.where(left, ceiling, horizon)[:, None]
    terms = Terms(money.gross_margin, money.discount, horizon)
    value = (_mrr_since(book, rows, horizon) * there) @ terms.weights
    if name == NET_VALUE:
        value = value - _cost(book, rows["arm"], there, money)
    return rows[[]].assign(outcome=value)


def _months(rows: pd.DataFrame) -> tuple[Any, Any]:
    """Whole months from time zero to the last day followed, rounded down and up."""
    return months_between(rows["since"].to_numpy("datetime64[D]").astype(np.int64), rows["stop"].to_numpy(np.int64))


def _mrr_since(book: Book, rows: pd.DataFrame, horizon: int) -> Floats:
    """MRR at the end of each calendar month, counted from that of time zero."""
    import pandas as pd

    moves = moved(book)
    place = pd.Index(rows["account_id"]).get_indexer(moves["account_id"])
    month = moves["month"].to_numpy("datetime64[M]").astype(np.int64)[place >= 0]
    amount, place = moves["amount"].to_numpy(float)[place >= 0], place[place >= 0]
    since = month - rows["since"].to_numpy("datetime64[M]").astype(np.int64)[place]
    within = since < horizon
    cells = place[within] * horizon + np.maximum(since[within], 0)
    return np.asarray(summed(cells, amount[within], len(rows) * horizon).reshape(-1, horizon).cumsum(axis=1))


def _cost(book: Book, arm: pd.Series, there: Flags, money: Money) -> Floats:
    """What the hours of each account's arm cost while it was there."""
    lacking = sorted({*arm.astype(str)} - {*money.hours})
    if lacking:
        raise UsageError(*(Fault("effect.no_hours", {"arm": name}) for name in lacking))
    months = there @ Terms(1.0, money.discount, there.shape[1]).weights
    return cost_of_hours(months, arm.map(money.hours), hour_amount(book))
