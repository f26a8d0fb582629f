"""Alerting everybody: the rule that misses nobody, and how often it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.alerts.judged import judged
from cslab.measure.alerts.seen import Seen
from cslab.measure.clusters import Rows, shares_by_account
from cslab.measure.lifecycle.days import as_dates, as_days

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.estimate import Estimate

METHOD = "alerts_everybody"


def everybody(book: Book, days: pd.DatetimeIndex) -> pd.DataFrame:
    """An alert for every customer on some mornings who has not decided to leave.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``.
    days : DatetimeIndex

    Returns
    -------
    DataFrame
        ``account_id``, ``rule_id``, ``fired_on``.

    Raises
    ------
    NotReady
        Without contracts.

    >>> import cslab, pandas as pd
    >>> everybody(cslab.load("synthetic:tiny"), pd.DatetimeIndex(["2024-04-01"]))["rule_id"].unique().tolist()
    ['everybody']
    """
    import pandas as pd

    book.require("calendar", "contracts.start", "contracts.end")
    seen = Seen(book, {})
    numbers, mornings = np.arange(len(seen.diary.ids)), as_days(pd.Series(days))
    account, day = np.tile(numbers, len(days)), np.repeat(mornings, len(numbers))
    there = seen.presence.reachable(account, day) & (day >= seen.entry[account])
    rows = pd.DataFrame({"account_id": seen.diary.ids.take(account[there]), "rule_id": "everybody"})
    return rows.assign(fired_on=as_dates(day[there]))


def base_rate(book: Book, since: pd.Timestamp, until: pd.Timestamp, horizon: int) -> Estimate:
    """How often alerting everybody on the first of each month would have been right: the precision to beat.

    Parameters
    ----------
    book : Book
        As for :func:`everybody`.
    since, until : Timestamp
        Months that begin in these days, as far as their horizon is over.
    horizon : int
        Months within which deciding to leave counts.

    Returns
    -------
    Estimate
        A share (0-1); limits count accounts as what varies.

    Raises
    ------
    NotReady
        Where no month's horizon is over.

    >>> import cslab, pandas as pd
    >>> days = pd.to_datetime(["2022-04-01", "2025-03-31"])
    >>> 0 < float(base_rate(cslab.load("synthetic:tiny"), *days, horizon=6)) < 1
    True
    """
    import pandas as pd

    last = min(until, book.as_of - pd.DateOffset(months=horizon))
    rows = judged(book, everybody(book, pd.date_range(since, last, freq="MS")), horizon)
    if rows.empty:
        raise NotReady(Fault("alerts.none_judged", {"months": horizon, "day": book.as_of.date()}))
    return share(rows, "hit", METHOD)


def share(rows: pd.DataFrame, column: str, method: str) -> Estimate:
    """The share of rows in which something holds, several rows of one account counted as one customer's.

    Parameters
    ----------
    rows : DataFrame
        ``account_id`` and the column.
    column : str
        True or false.
    method : str
        How it was made.

    Returns
    -------
    Estimate
        Missing throughout where there are no rows.

    >>> import pandas as pd
    >>> share(pd.DataFrame({"account_id": ["A", "B"], "hit": [True, False]}), "hit", "mean").estimate
    0.5
    """
    account = rows["account_id"].factorize()[0]
    part, ones = rows[column].to_numpy(float), np.ones(len(rows))
    found = shares_by_account(Rows(account, np.zeros(len(rows), np.int64), part, ones, 1))
    return found.first(method)
