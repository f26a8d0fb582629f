"""Renewals that have been decided, and what usage was on the way to the decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.spells import DAYS_A_MONTH

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

SHORTEST_TERM = 12
"""Months: with monthly terms every month is a decision, and nothing lies before it."""

DECIDED = ("renewed", "expanded", "contracted", "churned")


@dataclass(frozen=True)
class Lead:
    """How long before the end of a contract its renewal is decided.

    Parameters
    ----------
    half : float
        Days before the end by which half of the renewals were decided.
    early : float
        Days before the end by which the earliest tenth were decided.
    n : int
        Renewals decided; without any, both are 0.

    >>> Lead(30.0, 60.0, 12).method
    'decision_lead'
    """

    half: float
    early: float
    n: int

    @property
    def method(self) -> str:
        """How to speak of it: ``decision_lead``, or ``decision_lead_unknown`` where nothing was decided yet.

        >>> Lead(0.0, 0.0, 0).method
        'decision_lead_unknown'
        """
        return "decision_lead" if self.n else "decision_lead_unknown"


def decision_lead(book: Book) -> Lead:
    """How long before the end of a contract its renewal was decided, so far.

    Parameters
    ----------
    book : Book
        As for ``renewal_decisions``.

    Returns
    -------
    Lead
        In days; whoever speaks to customers ``early`` days before the end is ahead of nine decisions in ten.

    Raises
    ------
    NotReady
        As ``renewal_decisions``.

    >>> import cslab
    >>> lead = decision_lead(cslab.load("synthetic:tiny"))
    >>> 0 <= lead.half <= lead.early
    True
    """
    decided = renewal_decisions(book)
    days = (decided["end"] - decided["decided_on"]).dt.days
    half, early = (float(days.quantile(share)) if len(days) else 0.0 for share in (0.5, 0.9))
    return Lead(half, early, len(days))


def renewal_decisions(book: Book) -> pd.DataFrame:
    """Renewals of longer contracts that have been decided, and which way.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``end``, ``outcome``, ``decided_on``.

    Returns
    -------
    DataFrame
        ``account_id``, ``start``, ``end``, ``decided_on``, ``status`` (``left``, ``stayed``).

    Raises
    ------
    NotReady
        Without the columns above.

    >>> import cslab
    >>> sorted(renewal_decisions(cslab.load("synthetic:tiny"))["status"].unique())
    ['left', 'stayed']
    """
    book.require("calendar", "contracts.start", "contracts.end", "contracts.outcome", "contracts.decided_on")
    contracts = book.contracts
    months = (contracts["end"] - contracts["start"]).dt.days / DAYS_A_MONTH
    decided = contracts["decided_on"].notna() & contracts["outcome"].isin(DECIDED) & (months > SHORTEST_TERM - 0.5)
    rows = contracts.loc[decided, ["account_id", "start", "end", "decided_on"]]
    rows = rows.assign(status=np.where(contracts.loc[decided, "outcome"] == "churned", "left", "stayed"))
    return rows[~_closed_in_mid_term(book, rows)].reset_index(drop=True)


def before_decision(book: Book, months_before: int) -> pd.DataFrame:
    """Usage in the month that lies a given time before each decided renewal.

    Parameters
    ----------
    book : Book
        As for ``compared_before_decision``.
    months_before : int
        Months between the month that is looked at and the one of the decision.

    Returns
    -------
    DataFrame
        The columns of ``renewal_decisions``, ``month`` and ``value`` (``wau_ratio``), where there is any.

    Raises
    ------
    NotReady
        Without usage or decisions.
    UsageError
        When no renewal has usage so long before it.

    >>> import cslab
    >>> rows = before_decision(cslab.load("synthetic:tiny"), 3)
    >>> bool((rows["month"] < rows["decided_on"]).all())
    True
    """
    decided = renewal_decisions(book)
    months = month_of(decided["decided_on"]).to_numpy().astype("datetime64[M]") - months_before
    rows = with_usage(book, decided.assign(month=months.astype("datetime64[ns]")))
    if rows.empty:
        raise UsageError(Fault("no_renewals", {"term": SHORTEST_TERM, "months": months_before}))
    return rows


def month_of(days: pd.Series) -> pd.Series:
    """The first day of each day's month.

    Parameters
    ----------
    days : Series of datetime

    Returns
    -------
    Series of datetime

    >>> import pandas as pd
    >>> month_of(pd.Series(pd.to_datetime(["2024-02-29"]))).tolist()
    [Timestamp('2024-02-01 00:00:00')]
    """
    first: pd.Series = days.dt.to_period("M").dt.to_timestamp()
    return first


def with_usage(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of account and month with the usage recorded for them.

    Parameters
    ----------
    book : Book
        Needs ``usage_monthly.wau_ratio``.
    rows : DataFrame
        ``account_id``, ``month`` (first day) and anything else.

    Returns
    -------
    DataFrame
        The rows that have any, with ``value`` (``wau_ratio``, 0-1).

    Raises
    ------
    NotReady
        Without usage.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> "value" in with_usage(book, book.usage_monthly[["account_id", "month"]])
    True
    """
    book.require("usage_monthly.wau_ratio")
    usage = book.usage_monthly[["account_id", "month", "wau_ratio"]].rename(columns={"wau_ratio": "value"})
    return rows.merge(usage.dropna(subset="value"), on=["account_id", "month"])


def _closed_in_mid_term(book: Book, rows: pd.DataFrame) -> pd.Series:
    """Which contracts count as lost only because the customer was gone before anything was decided about them."""
    import pandas as pd

    if not book.has("churn_events"):
        return pd.Series(False, index=rows.index)
    lost = rows[rows["status"] == "left"].rename(columns={"decided_on": "decided"}).reset_index()
    exits = lost.merge(book.churn_events, on="account_id")
    early = (exits["effective_on"] < exits["end"]) & (exits["effective_on"] <= exits["decided"])
    return pd.Series(rows.index.isin(exits.loc[early & (exits["effective_on"] > exits["start"]), "index"]), rows.index)
