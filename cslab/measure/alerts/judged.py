"""What became of each alert: whether the customer then decided to leave (or grew), and how much time there was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.book import read_days
from cslab.faults import Fault, UsageError
from cslab.measure.alerts.playbooks import GROWTH, LOSS
from cslab.measure.alerts.presence import as_days_of, departures
from cslab.measure.alerts.seen import numbered
from cslab.measure.lifecycle.days import APART, NEVER, Diary, as_days
from cslab.measure.retention.amounts import moved

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

HORIZON = 6
"""Months for which an alert is held responsible, where nothing else is asked."""


def judged(book: Book, fired: pd.DataFrame, horizon: int = HORIZON) -> pd.DataFrame:
    """Each alert with what followed within some months.

    An alert about a loss is a hit when the customer decided to leave within the horizon; lead time counts to that
    decision, not to the day on which it was gone, since after the decision there is nothing left to prevent. One about
    growth is a hit when the customer's MRR grew.

    Parameters
    ----------
    book : Book
        As for ``fire``; growth needs amounts.
    fired : DataFrame
        Alerts as ``fire`` makes them, or the table ``alerts``: ``account_id``, ``rule_id``, ``fired_on``.
    horizon : int
        Months.

    Returns
    -------
    DataFrame
        The alerts with ``hit``, ``lead_days`` (days from the alert to the decision, or to the end of the month of
        growth; missing without a hit), ``pending`` (its horizon is not over by the book's last day: it is not judged,
        even if it has hit already, since those that have not may still), ``mrr_amount`` (that morning; missing where
        the book knows no amounts).

    Raises
    ------
    NotReady
        Without contracts.
    UsageError
        For a horizon below 1, or a table that lacks these columns or days.

    >>> import cslab
    >>> from cslab.measure import alerts
    >>> book = cslab.load("synthetic:tiny")
    >>> found = judged(book, alerts.fire(book))
    >>> bool((found["lead_days"].dropna() >= 0).all())
    True
    """
    fired = _checked(fired, horizon)
    diary = Diary(book)
    account = numbered(diary, fired["account_id"])
    day, ends = as_days(fired["fired_on"]), _months_later(fired["fired_on"], horizon)
    lead = np.full(len(fired), np.nan)
    growth = targets(fired) == GROWTH
    for which, events in ((~growth, _losses), (growth, _growth)):
        if which.any():
            owner, when = events(diary)
            lead[which] = _lead(owner, when, account[which], day[which], ends[which])
    hit = ~np.isnan(lead)
    pending = ends > as_days_of(book.as_of)
    found = fired.assign(hit=hit, lead_days=lead, pending=pending, mrr_amount=amounts(diary, account, day))
    found.attrs = {**fired.attrs, "as_of": book.as_of, "horizon": horizon}
    return found


def targets(fired: pd.DataFrame) -> NDArray[Any]:
    """What each alert is about, as its playbook says; a loss where nobody says.

    Parameters
    ----------
    fired : DataFrame

    Returns
    -------
    ndarray of str

    >>> import pandas as pd
    >>> targets(pd.DataFrame({"rule_id": ["silent", "room_to_grow"]})).tolist()
    ['loss', 'growth']
    """
    from cslab.measure.alerts.shipped import playbooks

    known = {name: one.target for name, one in playbooks().playbooks.items()} | fired.attrs.get("targets", {})
    return fired["rule_id"].astype(str).map(known).fillna(LOSS).to_numpy(str)


def lead_times(found: pd.DataFrame) -> pd.DataFrame:
    """How much time the alerts that were right left before the decision.

    Parameters
    ----------
    found : DataFrame
        As :func:`judged` makes it.

    Returns
    -------
    DataFrame
        A row a hit about a loss: ``rule_id``, ``lead_days``; by rule and days.

    >>> import cslab
    >>> from cslab.measure import alerts
    >>> book = cslab.load("synthetic:tiny")
    >>> list(lead_times(judged(book, alerts.fire(book))))
    ['rule_id', 'lead_days']
    """
    hits: pd.DataFrame = found[found["hit"] & (targets(found) == LOSS)]
    return hits[["rule_id", "lead_days"]].sort_values(["rule_id", "lead_days"], ignore_index=True)


def _checked(fired: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """Alerts with their days read; refused is what is no table of alerts, or no horizon; all at once."""
    found = ", ".join(map(str, fired.columns))
    faults = [
        Fault("alerts.no_column", {"column": column, "found": found})
        for column in ("account_id", "rule_id", "fired_on")
        if column not in fired
    ]
    if horizon < 1:
        faults.append(Fault("not_positive", {"name": "horizon", "value": horizon}))
    if faults:
        raise UsageError(*faults)
    return with_days(fired)


def with_days(fired: pd.DataFrame) -> pd.DataFrame:
    """Alerts whose days are days, also where somebody wrote them as text.

    Parameters
    ----------
    fired : DataFrame
        With ``fired_on``.

    Returns
    -------
    DataFrame

    Raises
    ------
    UsageError
        Where a day is missing or cannot be read without guessing.

    >>> import pandas as pd
    >>> with_days(pd.DataFrame({"fired_on": ["2024-03-31"]}))["fired_on"].dt.day.tolist()
    [31]
    """
    days = read_days(fired["fired_on"])
    strange = fired.loc[days.isna(), "fired_on"]
    if len(strange):
        raise UsageError(Fault("alerts.no_day", {"count": len(strange), "value": strange.iloc[0]}))
    return fired.assign(fired_on=days)


def _months_later(days: pd.Series, months: int) -> Ints:
    """Days some months later, since 1970."""
    import pandas as pd

    return as_days(days + pd.DateOffset(months=months))


def _losses(diary: Diary) -> tuple[Ints, Ints]:
    """Accounts and days of decisions to leave, by both."""
    gone = departures(diary.book)
    return _sorted(numbered(diary, gone["account_id"]), as_days(gone["decided_on"]))


def _growth(diary: Diary) -> tuple[Ints, Ints]:
    """Accounts and the last days of months in which the MRR of a customer grew, by both."""
    import pandas as pd

    diary.book.require("mrr_movements.type")
    moves = diary.book.mrr_movements
    grew = moves[moves["type"] == "expansion"]
    return _sorted(numbered(diary, grew["account_id"]), as_days(grew["month"] + pd.offsets.MonthEnd(0)))


def _sorted(account: Ints, day: Ints) -> tuple[Ints, Ints]:
    """Accounts that are known, and their days, by both."""
    order = np.lexsort((day, account))
    order = order[account[order] >= 0]
    return account[order], day[order]


def _lead(owner: Ints, when: Ints, account: Ints, day: Ints, ends: Ints) -> Floats:
    """Days from each alert to its account's next event, where that comes by the end of the horizon."""
    if not len(owner):
        return np.full(len(account), np.nan)
    place = np.searchsorted(owner * APART + when, account * APART + day)
    row = np.minimum(place, len(owner) - 1)
    follows = (place < len(owner)) & (owner[row] == account) & (when[row] <= ends)
    return np.where(follows, (when[row] - day).astype(float), np.nan)


def amounts(diary: Diary, account: Ints, day: Ints) -> Floats:
    """The MRR of some accounts, each on a morning: all movements of months that were over.

    Parameters
    ----------
    diary : Diary
    account, day : ndarray of int
        Numbers of the diary; days since 1970.

    Returns
    -------
    ndarray of float
        Currency a month; missing where the book knows no amounts.

    >>> import cslab
    >>> amounts(Diary(cslab.load("synthetic:tiny")), np.array([0]), np.array([0])).tolist()
    [0.0]
    """
    if not diary.book.has("mrr"):
        return np.full(len(account), np.nan)
    import pandas as pd

    moves = moved(diary.book)
    owner = numbered(diary, moves["account_id"])
    known = as_days(moves["month"] + pd.offsets.MonthEnd(0)) + 1
    order = np.lexsort((known, owner))
    order = order[(owner[order] >= 0) & (known[order] < NEVER)]
    sums = np.r_[0.0, np.cumsum(moves["amount"].to_numpy(float)[order])]
    line = (owner * APART + known)[order]
    begins, upto = (np.searchsorted(line, account * APART + at, side="right") for at in (0, day))
    return np.asarray(np.round(sums[upto] - sums[begins], 4), float)
