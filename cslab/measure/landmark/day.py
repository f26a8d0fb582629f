"""Everybody at risk on a calendar day, and what became of them: told apart by what was known that day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book import read_day
from cslab.faults import Fault, UsageError
from cslab.measure.decisions import month_of, renewal_decisions
from cslab.measure.durations import durations
from cslab.measure.landmark.days import check_one_period, check_positive, judged, latest
from cslab.measure.landmark.each import followed, present

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

NOTICE_MONTHS = 3
"""The longest usual notice: so many months after its decision at the latest, a renewal has taken effect."""


def at_risk(book: Book, day: Date | None = None) -> pd.DataFrame:
    """The customers of a day who may still leave: there at its end, and nobody has given notice for them.

    Who has given notice is leaving and no longer at risk; a warning would come too late. Who left and came back is at
    risk again.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``, or a stock sample. Uses ``churn_events`` and ``accounts`` where
        present.
    day : date, optional
        The last day of which anything is known; the last one of the book, where not given.

    Returns
    -------
    DataFrame
        ``account_id``, ``as_of``; sorted. ``attrs["noticed"]`` counts those who had given notice. Of a stock sample,
        everybody who was a customer for a month at least.

    Raises
    ------
    NotReady
        Without contracts, or for an earlier day of a stock sample.
    UsageError
        For a day after the data.

    >>> import cslab
    >>> list(at_risk(cslab.load("synthetic:tiny"), "2024-03-31"))
    ['account_id', 'as_of']
    """
    known = book.at(day or book.as_of)
    if known.stock_sample:
        return _rows({*durations(known)["account_id"]}, known.as_of, {"noticed": 0})
    known.require("contracts.start", "contracts.end")
    asked = _rows({*known.contracts["account_id"]}, known.as_of, {})
    there, leaving = present(known, asked)
    rows = asked[there & ~leaving].reset_index(drop=True)
    rows.attrs = {"noticed": int(leaving.sum())}
    return rows


def outcomes(book: Book, day: Date | None = None, horizon: int | None = None) -> pd.DataFrame:
    """Everybody at risk on a day, and what became of them by the last day of the book.

    Months count from the end of the day: who leaves in the first month after it has the time 1. So an exit within
    ``h`` months is ``event & (time <= h)``, and from the end of a month on these are calendar months.

    Parameters
    ----------
    book : Book
        As for :func:`at_risk`.
    day : date, optional
        The landmark. Not for a stock sample, which does not say when anybody left.
    horizon : int, optional
        Months to look ahead: later exits do not count, and who was followed for less without leaving is left out. Of a
        stock sample, 1.

    Returns
    -------
    DataFrame
        ``account_id``, ``as_of``, ``time`` (whole months, at least 1), ``event`` (left). ``attrs``: ``noticed``,
        ``cut_short`` (left out), ``stock_sample`` and ``as_of`` (of the book). Of a stock sample: one row a customer,
        time 1, the event that it has left, as if all departures lay in one period; nobody says when they were.

    Raises
    ------
    NotReady
        As :func:`at_risk`.
    UsageError
        For a day before the records, or so late that the horizon (or, without one, a month) is not over yet; for a
        horizon below 1, or more than the one period of a stock sample.

    Source: landmark analysis as in van Houwelingen (2007), Scandinavian Journal of Statistics 34:70, grade A.

    >>> import cslab
    >>> found = outcomes(cslab.load("synthetic:tiny"), "2024-03-31", horizon=6)
    >>> int(found["time"].min()) >= 1 and int(found["time"].max()) <= 6
    True
    """
    if book.stock_sample:
        check_one_period(book, 1 if horizon is None else horizon)
        return _last_period(book)
    landmark = _checked(book, day, horizon)
    there = at_risk(book, landmark)
    found = followed(book, there)
    kept = found if horizon is None else _within(found, horizon)
    kept.attrs = {**there.attrs, "cut_short": len(found) - len(kept), "as_of": book.as_of, "stock_sample": False}
    return kept


def decisions(book: Book, months_before: int = 3, horizon: int | None = None) -> pd.DataFrame:
    """Decided renewals, each asked about at the end of the month that lies some months before its decision.

    Given that it comes to a decision: who was there on that day and closed before anything was decided is in no row,
    though it was at risk. What a score does here is not what it does among everybody (``outcomes``), and a ceiling or
    a true risk that knows of such exits is of the latter.

    Parameters
    ----------
    book : Book
        As for ``decisions.renewal_decisions``: contracts of twelve months and more.
    months_before : int
        Months between the last finished month and the one of the decision.
    horizon : int, optional
        Months within which leaving counts; where not given, as many as the decision and the notice take.

    Returns
    -------
    DataFrame
        ``account_id``, ``as_of`` (the end of a month), ``time``, ``event``, as :func:`outcomes` tells them. Renewals
        so early or late that nothing is known before or after them are left out and counted in ``attrs["left_out"]``.

    Raises
    ------
    NotReady
        Without contracts and decisions.
    UsageError
        For numbers below 1.

    >>> import cslab
    >>> rows = decisions(cslab.load("synthetic:tiny"))
    >>> sorted(rows.columns)
    ['account_id', 'as_of', 'event', 'time']
    """
    import pandas as pd

    ahead = months_before + NOTICE_MONTHS if horizon is None else horizon
    check_positive(months_before=months_before, horizon=ahead)
    decided = renewal_decisions(book)
    month = month_of(decided["decided_on"]).to_numpy().astype("datetime64[M]") - months_before
    as_of = pd.Series((month + 1).astype("datetime64[ns]")) - pd.Timedelta(days=1)
    asked = decided[["account_id"]].assign(as_of=as_of.to_numpy())
    possible = [day for day in asked["as_of"].unique() if judged(book, day, ahead)]
    rows = asked[asked["as_of"].isin(possible)].sort_values(["as_of", "account_id"], ignore_index=True)
    there, leaving = present(book, rows)
    rows = _within(followed(book, rows[there & ~leaving].reset_index(drop=True)), ahead)
    rows.attrs = {"left_out": len(asked) - len(rows), "as_of": book.as_of, "stock_sample": False}
    return rows


def _rows(ids: Any, day: pd.Timestamp, attrs: dict[Any, Any]) -> pd.DataFrame:
    """Accounts and the day they are asked about."""
    import pandas as pd

    found = pd.DataFrame({"account_id": sorted(ids)}, dtype=object).assign(as_of=day)
    found.attrs = attrs
    return found


def _last_period(book: Book) -> pd.DataFrame:
    """A list without dates: one row a customer, and whether it has left, all read as one period."""
    known = durations(book).set_index("account_id")
    rows = at_risk(book)
    found = rows.assign(time=np.int64(1), event=known["event"].reindex(rows["account_id"]).to_numpy(bool))
    found.attrs = {"noticed": 0, "cut_short": 0, "as_of": book.as_of, "stock_sample": True}
    return found


def _checked(book: Book, day: Date | None, horizon: int | None) -> pd.Timestamp:
    """The landmark; refused where its horizon is not over yet."""
    months = 1 if horizon is None else horizon
    check_positive(horizon=months)
    landmark = latest(book, months) if day is None else read_day(day)
    if book.first_day is not None and landmark < book.first_day:
        raise UsageError(Fault("landmark.before_records", {"day": landmark.date(), "first": book.first_day.date()}))
    if not judged(book, landmark, months):
        values = {"day": landmark.date(), "horizon": months, "last": book.as_of.date()}
        raise UsageError(Fault("landmark.too_late", {**values, "latest": latest(book, months).date()}))
    return landmark


def _within(found: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """Only what happened within a horizon; who was not followed so far drops out."""
    event = found["event"] & (found["time"] <= horizon)
    rows = found.assign(event=event, time=found["time"].clip(upper=horizon))
    return rows[rows["event"] | (rows["time"] >= horizon)].reset_index(drop=True)
