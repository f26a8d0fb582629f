"""What comes due in a quarter, as it stood on the day before it, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.landmark.days import FIRST_MONTHS
from cslab.measure.landmark.each import present
from cslab.tables.known import known_since

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

QUARTER = 3
"""Months."""

SHORTEST_DAYS = 45
"""Of a term: contracts of one month renew all the time and crowd out the others."""

KEPT = ("renewed", "expanded", "contracted")
"""What a contract has become whose customer goes on."""

_COLUMNS = ("contract_id", "account_id", "start", "end", "mrr_amount", "notice_days", "decided_on", "outcome")
_LISTED = ("listed_on", "notice_by", "arr_due_amount", "csm_forecast")


def later(day: pd.Timestamp, months: int) -> pd.Timestamp:
    """The day some months later (earlier, where they are negative); the end of a month stays one.

    Parameters
    ----------
    day : Timestamp
    months : int

    Returns
    -------
    Timestamp

    >>> import pandas as pd
    >>> later(pd.Timestamp("2024-02-29"), 1).day, later(pd.Timestamp("2024-02-15"), -1).month
    (31, 1)
    """
    import pandas as pd

    if day.is_month_end:
        return day + pd.offsets.MonthEnd(months)
    return day + pd.DateOffset(months=months)


def origins(book: Book, months: int = QUARTER) -> list[pd.Timestamp]:
    """The days on which to look ahead: the book's last day, and quarter by quarter back from it.

    Parameters
    ----------
    book : Book
        With real days.
    months : int
        Length of a quarter.

    Returns
    -------
    list of Timestamp
        The first one not before a quarter after the records begin, the last one ``book.as_of``.

    Raises
    ------
    NotReady
        For a stock sample.
    UsageError
        For a length below 1.

    >>> import cslab
    >>> [day.date().isoformat() for day in origins(cslab.load("synthetic:tiny"))][-2:]
    ['2024-12-31', '2025-03-31']
    """
    import pandas as pd

    book.require("calendar", "contracts.start", "contracts.end")
    if months < 1:
        raise UsageError(Fault("not_positive", {"name": "months", "value": months}))
    begin = book.as_of if book.first_day is None else book.first_day
    first = later(begin - pd.Timedelta(days=1), FIRST_MONTHS)
    found = [book.as_of]
    while (before := later(book.as_of, -months * len(found))) >= first:
        found.append(before)
    return found[::-1]


def due(book: Book, day: pd.Timestamp, months: int = QUARTER) -> pd.DataFrame:
    """The contracts of a day's customers that come due in the months after it.

    Parameters
    ----------
    book : Book
        Of that day or a later one. Needs ``contracts`` with ``start``, ``end``, ``outcome``; the rest where present.
    day : Timestamp
        Of its end; nothing of what became known later stands in any column but ``renewed`` and ``known_on``.
    months : int
        To look ahead.

    Returns
    -------
    DataFrame
        ``day``, ``account_id``, ``start``, ``end``, ``notice_by`` (last day for a notice; missing where nobody says),
        ``arr_amount`` (currency a year: that of the list of renewals, else twelve times the MRR at the start of the
        term), ``segment`` and ``csm_id`` (of that day), ``csm_says`` (the CSM's word, ``unlisted`` before there is
        one), ``decided`` (known on the day), ``known_on`` (when it became known), ``renewed`` (1 or 0, whatever the
        price; missing where it is not known by the book's last day). Contracts of a month are left out.

    Raises
    ------
    NotReady
        For a stock sample, or without the columns above.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> found = due(book, pd.Timestamp("2024-12-31"))
    >>> bool(found["end"].between("2025-01-01", "2025-03-31").all()), set(found["renewed"]) <= {0.0, 1.0}
    (True, True)
    """
    book.require("calendar", "contracts.start", "contracts.end", "contracts.outcome")
    contracts = book.contracts
    known_on = known_since("contracts", contracts, "outcome")
    contracts = contracts[[name for name in _COLUMNS if name in contracts]].assign(known_on=known_on)
    ahead = (contracts["end"] > day) & (contracts["end"] <= later(day, months)) & (contracts["start"] <= day)
    rows = contracts[ahead & ((contracts["end"] - contracts["start"]).dt.days >= SHORTEST_DAYS)]
    rows = rows.sort_values(["end", "account_id"], kind="stable", ignore_index=True).assign(day=day)
    rows = rows[present(book, rows[["account_id"]].assign(as_of=day))[0]].reset_index(drop=True)
    settled = rows["outcome"].isin([*KEPT, "churned"])
    rows["renewed"] = rows["outcome"].isin(KEPT).astype(float).where(settled)
    rows["decided"] = settled & (rows["known_on"] <= day)
    return _told(_listed(book, rows, day), book, day)


def every(book: Book, months: int = QUARTER) -> pd.DataFrame:
    """What came due in each quarter, and what comes due in the next one, each as it stood on the day before.

    Parameters
    ----------
    book : Book
        As for :func:`due`.
    months : int
        Length of a quarter.

    Returns
    -------
    DataFrame
        As :func:`due`, the days one after the other, numbered anew.

    Raises
    ------
    NotReady
        As :func:`due`.
    UsageError
        For a length below 1; where no contract of more than a month ever came due.

    >>> import cslab
    >>> every(cslab.load("synthetic:tiny"))["day"].is_monotonic_increasing
    True
    """
    import pandas as pd

    parts = [part for day in origins(book, months) if len(part := due(book, day, months))]
    if not parts:
        raise UsageError(Fault("renewal.none_due", {"last": book.as_of.date()}))
    return pd.concat(parts, ignore_index=True)


def _listed(book: Book, rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The rows with what the list of renewals said of them by the day; a word without a day was said who knows when."""
    absent: dict[str, Any] = {"listed_on": np.datetime64("NaT", "ns"), "notice_by": np.datetime64("NaT", "ns")}
    absent |= {"arr_due_amount": np.nan, "csm_forecast": None}
    if not book.has("renewals.due") or not rows.size:
        return rows.assign(**absent)
    listed = book.renewals
    by = ["contract_id"] if "contract_id" in rows else ["account_id", "end"]
    listed = listed.rename(columns={"due": "end"}).drop_duplicates(by)
    if "listed_on" in listed:
        listed = listed[listed["listed_on"] <= day]
    else:
        listed = listed.drop(columns="csm_forecast", errors="ignore")
    found = rows.merge(listed[[*by, *(name for name in _LISTED if name in listed)]], on=by, how="left")
    return found.assign(**{name: value for name, value in absent.items() if name not in found})


def _told(rows: pd.DataFrame, book: Book, day: pd.Timestamp) -> pd.DataFrame:
    """The columns that are handed out."""
    import pandas as pd

    told = rows.reindex(columns=["mrr_amount", "notice_days"]).astype(float)
    by_notice = rows["end"] - pd.to_timedelta(told["notice_days"], unit="D")
    return pd.DataFrame(
        {
            "day": rows["day"],
            "account_id": rows["account_id"],
            "start": rows["start"],
            "end": rows["end"],
            "notice_by": rows["notice_by"].fillna(by_notice),
            "arr_amount": rows["arr_due_amount"].astype(float).fillna(12 * told["mrr_amount"]),
            "segment": _segment(book, rows),
            "csm_id": _csm(book, rows, day),
            "csm_says": rows["csm_forecast"].astype(object).fillna("unlisted"),
            "decided": rows["decided"].astype(bool),
            "known_on": rows["known_on"],
            "renewed": rows["renewed"],
        }
    )


def _segment(book: Book, rows: pd.DataFrame) -> pd.Series:
    """The segment of each row's customer; missing where the book has none."""
    import pandas as pd

    if not book.has("accounts.segment"):
        return pd.Series(None, index=rows.index, dtype=object)
    return rows["account_id"].map(book.accounts.set_index("account_id")["segment"]).astype(object)


def _csm(book: Book, rows: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Who looked after each row's customer on the day; missing where nobody did, or nobody says."""
    import pandas as pd

    if not book.has("tier_history.csm_id", "tier_history.valid_from"):
        return pd.Series(None, index=rows.index, dtype=object)
    charge = book.tier_history.sort_values("valid_from", kind="stable")
    charge = charge[charge["valid_from"] <= day]
    if "valid_to" in charge:
        charge = charge[~(charge["valid_to"] < day)]
    last = charge.drop_duplicates("account_id", keep="last").set_index("account_id")["csm_id"]
    return rows["account_id"].map(last).astype(object)
