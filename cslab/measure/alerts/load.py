"""Alerts against the people who are to act on them: how many a week each CSM gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.alerts.backtest import watched
from cslab.measure.alerts.held_out import acted_on
from cslab.measure.alerts.judged import with_days
from cslab.measure.alerts.seen import latest, numbered
from cslab.measure.estimate import ratio
from cslab.measure.lifecycle.days import NEVER, Diary, as_days

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

PER_WEEK = 5.0
"""Alerts that a CSM can act on in a week, where nobody says otherwise (an assumption, grade S)."""

METHOD = "alerts_load"


def csms_on(book: Book, day: Any) -> int:
    """How many CSMs there are on a day.

    Parameters
    ----------
    book : Book
        Needs ``csm.joined_on``.
    day : date

    Raises
    ------
    NotReady
        Without it.

    >>> import cslab
    >>> csms_on(cslab.load("synthetic:tiny"), "2024-04-01")
    1
    """
    import pandas as pd

    book.require("csm.joined_on")
    return int(_team(book, pd.DatetimeIndex([pd.Timestamp(day)]))[0])


def load(book: Book, fired: pd.DataFrame, per_week: float = PER_WEEK, csms: int | None = None) -> pd.DataFrame:
    """How many alerts a week each CSM has to act on; those held out on purpose are no work.

    Parameters
    ----------
    book : Book
        Needs ``csm.joined_on``, unless the number of CSMs is given.
    fired : DataFrame
        Alerts as ``fire`` makes them.
    per_week : float
        Alerts that a CSM can act on in a week.
    csms : int, optional
        How many CSMs there are, week by week the same.

    Returns
    -------
    DataFrame
        A row a whole week: ``week`` (Monday), ``alerts``, ``csms``, ``per_csm``, ``over`` (more than they can).
        ``attrs``: ``mean`` (an ``Estimate``: alerts a CSM and week; limits count weeks as what varies),
        ``share_over`` (of weeks, 0-1), ``per_week``.

    Raises
    ------
    NotReady
        Without CSMs.
    UsageError
        For days that hold no whole week, no alerts at all, a number below 1, or weeks in which nobody was there.

    >>> import cslab
    >>> from cslab.measure import alerts
    >>> book = cslab.load("synthetic:tiny")
    >>> found = load(book, alerts.fire(book))
    >>> bool((found["week"].dt.dayofweek == 0).all())
    True
    """
    import pandas as pd

    _check(per_week, csms)
    fired = with_days(fired)
    first, last = watched(fired)
    weeks = pd.date_range(first, last - pd.Timedelta(days=6), freq="W-MON")
    team = np.full(len(weeks), csms) if csms else _team(book, weeks)
    if not len(weeks) or not (team > 0).all():
        raise UsageError(Fault("alerts.no_week", {"since": first.date(), "until": last.date()}))
    work = acted_on(fired)
    place = (work["fired_on"] - weeks[0]).dt.days // 7
    counts = np.bincount(place[(place >= 0) & (place < len(weeks))], minlength=len(weeks))
    found = pd.DataFrame({"week": weeks, "alerts": counts, "csms": team, "per_csm": counts / team})
    found = found.assign(over=found["per_csm"] > per_week)
    mean = ratio(counts.astype(float), team.astype(float), METHOD)
    found.attrs |= {"mean": mean, "share_over": float(found["over"].mean()), "per_week": float(per_week)}
    return found


def in_charge(book: Book, fired: pd.DataFrame) -> pd.Series[str]:
    """The CSM in charge of each alert's account the evening before.

    Parameters
    ----------
    book : Book
        Needs ``tier_history`` with ``csm_id`` and ``valid_from``.
    fired : DataFrame
        ``account_id``, ``fired_on``.

    Returns
    -------
    Series of str
        In the order of the alerts; empty where nobody is by name.

    Raises
    ------
    NotReady
        Without the columns above.

    >>> import cslab
    >>> from cslab.measure import alerts
    >>> book = cslab.load("synthetic:tiny")
    >>> set(in_charge(book, alerts.fire(book))) <= {"", *book.csm["csm_id"]}
    True
    """
    import pandas as pd

    book.require("tier_history.csm_id", "tier_history.valid_from")
    diary, tiers = Diary(book), book.tier_history
    account, since = diary.numbers("tier_history"), as_days(tiers["valid_from"])
    order = np.lexsort((since, account))
    asked = numbered(diary, fired["account_id"])
    row = latest(account[order], since[order], asked, as_days(fired["fired_on"]))
    names = np.array([*tiers["csm_id"].astype(object).fillna("").iloc[order], ""], dtype=object)
    return pd.Series(names[row], index=fired.index, name="csm_id")


def _team(book: Book, days: pd.DatetimeIndex) -> Any:
    """How many CSMs there are on some days."""
    import pandas as pd

    book.require("csm.joined_on")
    joined = np.sort(as_days(book.csm["joined_on"]))
    left = book.csm["left_on"] if "left_on" in book.csm else pd.Series(pd.NaT, index=book.csm.index)
    gone, asked = np.sort(as_days(left) + 1), as_days(pd.Series(days))
    there = np.searchsorted(joined, asked, side="right")
    return there - np.searchsorted(np.where(gone > NEVER, NEVER, gone), asked, side="right")


def _check(per_week: float, csms: int | None) -> None:
    """Refuse numbers that are none; all at once."""
    given = {"per_week": per_week, **({} if csms is None else {"csms": csms})}
    if faults := [Fault("not_positive", {"name": name, "value": value}) for name, value in given.items() if value <= 0]:
        raise UsageError(*faults)
