"""From contracts to spells: the first unbroken time that an account was a customer, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Days = NDArray[np.int64]

OPEN_END = 1_000_000
"""A day far ahead (in days since 1970), for contracts that run on without an end."""

DAYS_A_MONTH = 30.4375
"""A year of 365.25 days in twelve parts."""

LATE_DAYS = 45
"""A renewal signed at most so many days late is no departure."""

WENT_ON = ("renewed", "expanded", "contracted")


@dataclass(frozen=True)
class Spells:
    """The first spell of each account, days counted since 1970.

    Parameters
    ----------
    frame : DataFrame
        One row an account: ``account_id``, ``start``, ``end`` (days), ``outcome`` of the contract that ends last,
        and ``term_months`` and any ``x_`` columns of the first contract.
    joined : int
        Gaps between contracts that were short enough to be one late renewal.
    """

    frame: pd.DataFrame
    joined: int


def months_between(start: NDArray[Any], stop: NDArray[Any]) -> tuple[Days, Days]:
    """Whole months between days, rounded down and up; a month ends on the same day of the next, or its last.

    Parameters
    ----------
    start, stop : array of int or datetime64
        Days, since 1970 where they are numbers.

    Returns
    -------
    tuple of arrays of int
        Months completed, and months begun.

    >>> days = [np.array(text, "datetime64[D]") for text in ("2024-01-31", "2024-02-29")]
    >>> [int(months) for months in months_between(*days)]
    [1, 1]
    """
    first, last = start.astype("datetime64[D]"), stop.astype("datetime64[D]")
    first_month, last_month = first.astype("datetime64[M]"), last.astype("datetime64[M]")
    length = ((last_month + 1).astype("datetime64[D]") - last_month.astype("datetime64[D]")).astype(np.int64)
    anniversary = np.minimum((first - first_month.astype("datetime64[D]")).astype(np.int64), length - 1)
    over = (last - last_month.astype("datetime64[D]")).astype(np.int64) - anniversary
    months = (last_month - first_month).astype(np.int64)
    return months - (over < 0), months + (over > 0)


def month_number(days: Days) -> Days:
    """The calendar month of each day, both since 1970.

    Parameters
    ----------
    days : array of int

    >>> month_number(np.array([0, 31])).tolist()
    [0, 1]
    """
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def origins(book: Book) -> pd.Series:
    """The day on which each customer began, also where that lies before the records.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start``. Uses ``accounts`` with ``signed_on`` and ``observed_from``, where present.

    Returns
    -------
    Series of datetime
        By account: the start of the first contract, or the day of signing of a customer whose records begin later.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> bool((origins(book) <= book.contracts.groupby("account_id")["start"].min()).all())
    True
    """
    begun: pd.Series = book.contracts.groupby("account_id")["start"].min()
    if not book.has("accounts.signed_on", "accounts.observed_from"):
        return begun
    accounts = book.accounts.set_index("account_id")
    signed = accounts["signed_on"].where(accounts["observed_from"] > accounts["signed_on"])
    return signed.reindex(begun.index).fillna(begun)


def first_spells(book: Book, gap_days: int) -> Spells:
    """Join contracts that follow one another, and keep each account's first run of them.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``.
    gap_days : int
        A contract that starts at most so many days after all earlier ones ended is a renewal signed late.

    Returns
    -------
    Spells

    >>> import cslab
    >>> spells = first_spells(cslab.load("synthetic:tiny"), 45)
    >>> bool(spells.frame["account_id"].is_unique)
    True
    """
    import pandas as pd

    contracts = book.contracts
    contracts = contracts[contracts["start"] <= book.as_of]
    codes, _ = pd.factorize(contracts["account_id"])
    start, end = _days(contracts["start"]), _days(contracts["end"])
    order = np.lexsort((end, start, codes))
    codes, start, end, contracts = codes[order], start[order], end[order], contracts.iloc[order]
    opens = np.r_[True, codes[1:] != codes[:-1]][: len(codes)]
    gap = start - np.r_[0, _latest_end(codes, end)[:-1]][: len(codes)]
    broken = np.cumsum((gap > gap_days) & ~opens)
    first = broken == np.repeat(broken[opens], np.diff(np.r_[np.flatnonzero(opens), len(codes)]))
    joined = int(((gap > 0) & ~opens & first).sum())
    ends = _last_ends(codes[first], end[first], _outcomes(contracts)[first])
    term = _terms(contracts.iloc[opens.nonzero()[0]], start[opens], end[opens])
    frame = term.assign(start=start[opens], end=ends[0], outcome=ends[1])
    return Spells(frame.reset_index(drop=True), joined)


def customers_again(book: Book, durations: pd.DataFrame) -> NDArray[np.bool_]:
    """Which of those who left are customers today: they came back, and their second spell runs.

    Parameters
    ----------
    book : Book
    durations : DataFrame
        As ``durations(book)`` makes them: of first spells.

    Returns
    -------
    ndarray of bool
        In the order of ``durations``. Nobody, where contracts have no days.

    >>> import cslab
    >>> from cslab.measure.durations import durations
    >>> book = cslab.load("synthetic:tiny")
    >>> bool((customers_again(book, durations(book)) <= durations(book)["event"]).all())
    True
    """
    if not book.has("contracts.start", "contracts.end"):
        return np.zeros(len(durations), dtype=bool)
    contracts = book.contracts
    running = contracts[(contracts["start"] <= book.as_of) & ~(contracts["end"] <= book.as_of)]
    starts = durations["account_id"].map(running.groupby("account_id")["start"].max())
    again = np.asarray(durations["event"] & starts.notna())
    if not book.has("churn_events") or not again.any():
        return again
    exits = book.churn_events[book.churn_events["effective_on"] <= book.as_of]
    last = durations["account_id"].map(exits.groupby("account_id")["effective_on"].max())
    return np.asarray(again & ~(last > starts))


def _days(dates: pd.Series) -> Days:
    """Days since 1970; a missing day lies far ahead."""
    return np.where(dates.isna(), OPEN_END, dates.to_numpy().astype("datetime64[D]").astype(np.int64))


def _latest_end(codes: NDArray[np.int64], end: Days) -> Days:
    """The latest end of an account's contracts so far (accounts lie one after the other)."""
    apart = codes.astype(np.int64) * (4 * OPEN_END)
    return np.maximum.accumulate(end + apart) - apart


def _outcomes(contracts: pd.DataFrame) -> NDArray[Any]:
    """What became of each contract; ``open`` where the source does not say."""
    if "outcome" not in contracts:
        return np.full(len(contracts), "open", object)
    return contracts["outcome"].astype(object).fillna("open").to_numpy()


def _last_ends(codes: NDArray[np.int64], end: Days, outcome: NDArray[Any]) -> tuple[Days, NDArray[Any]]:
    """Of each account the latest end and its outcome; of two products that end together, the one that goes on."""
    order = np.lexsort((outcome != "churned", end, codes))
    last = np.r_[codes[1:] != codes[:-1], True][: len(codes)]
    return end[order][last], outcome[order][last]


def _terms(contracts: pd.DataFrame, start: Days, end: Days) -> pd.DataFrame:
    """Account, term and covariates of first contracts; a term that is not written is counted from its days."""
    import pandas as pd

    kept = ["account_id", *(name for name in contracts if str(name).startswith("x_"))]
    counted = pd.Series(np.where(end < OPEN_END, np.round((end - start) / DAYS_A_MONTH), np.nan), index=contracts.index)
    return contracts[kept].assign(term_months=contracts.get("term_months", counted).fillna(counted))


def first_exits(book: Book, spells: pd.DataFrame, gap_days: int) -> pd.DataFrame:
    """The first recorded exit of each account that falls into its spell.

    Parameters
    ----------
    book : Book
        Its ``churn_events`` are used where there are any.
    spells : DataFrame
        As ``first_spells`` makes them.
    gap_days : int
        An exit so many days after the last contract still belongs to it.

    Returns
    -------
    DataFrame
        In the order of ``spells``: ``left`` (days since 1970, far ahead where there is none) and ``cause``.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> list(first_exits(book, first_spells(book, 45).frame, 45))
    ['left', 'cause']
    """
    import pandas as pd

    if not book.has("churn_events"):
        return pd.DataFrame({"left": OPEN_END, "cause": ""}, index=spells.index)
    events = book.churn_events
    reasons = events["reason_stated"] if "reason_stated" in events else pd.Series("", index=events.index)
    exits = pd.DataFrame({"account_id": events["account_id"], "left": _days(events["effective_on"]), "cause": reasons})
    exits = exits.merge(spells[["account_id", "start", "end"]], on="account_id")
    exits = exits[exits["left"].between(exits["start"], exits["end"] + gap_days)]
    exits = exits.sort_values("left", kind="stable").drop_duplicates("account_id").set_index("account_id")
    found = exits[["left", "cause"]].reindex(spells["account_id"]).set_axis(spells.index)
    return found.assign(left=found["left"].fillna(OPEN_END).astype(np.int64), cause=found["cause"].fillna(""))
