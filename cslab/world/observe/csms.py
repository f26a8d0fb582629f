"""The tables ``csm`` and ``csm_time``: the team, and how it spent its weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world.history import NEVER
from cslab.world.observe.calendar import days
from cslab.world.observe.presence import month_of
from cslab.world.observe.staffing import PARTS, Staffing
from cslab.world.observe.vocabulary.work import WORK

if TYPE_CHECKING:
    from cslab.world.luck import Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

ADMIN = 0.1
"""Share of a CSM's hours that goes to meetings and records, where customers leave so much."""


def csm_columns(records: Records) -> Columns:
    """The columns of ``csm``: everybody who worked within the records.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["csm"]
    >>> set(table["capacity_h"].tolist())
    {130.0}
    """
    s, teams = records.history.scenario, records.teams
    number, joined, left, specialty = (
        np.concatenate([getattr(team, name) for team in teams]) for name in ("number", "joined", "left", "specialty")
    )
    kept = left > -s.first_month
    over = left[kept] < NEVER
    last = days(s, np.where(over, left[kept], 0)) - np.timedelta64(1, "D")
    return {
        "csm_id": number[kept],
        "specialty": specialty[kept].astype(np.int8),
        "joined_on": days(s, joined[kept]),
        "left_on": np.where(over, last, np.datetime64("NaT", "ns")),
        "cost_amount": np.full(len(last), s.rounded(np.array(s.csm_cost_amount / 12))),
        "capacity_h": np.full(len(last), float(s.csm_hours)),
    }


def time_columns(records: Records) -> Columns:
    """The columns of ``csm_time``: the minutes of the touches by CSM, week and kind of work, and administration.

    A week is written down when it is over. Administration takes a tenth of a CSM's hours, or what customers leave.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By CSM, week and kind of work.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["csm_time"]
    >>> bool((table["hours"] > 0).all())
    True
    """
    staffing, touches = Staffing(records), records["touches"]
    csm = np.searchsorted(staffing.number, touches["csm_id"])
    parts = np.round(PARTS * touches["minutes"]).astype(np.int64)
    work = 2 * touches["category"].astype(np.int64) + touches["reactive"]
    monday = _mondays(touches["touched_on"])
    idle = _administration(records, staffing, csm, parts)
    columns = zip((csm, monday, work, parts), idle, strict=True)
    return _summed(records, staffing, *(np.concatenate(pair) for pair in columns))


def _mondays(day: Days) -> Ints:
    """The Monday of each day's week, counted from the week in which 1970 began."""
    return np.asarray((day.astype("M8[D]").astype(np.int64) + 3) // 7)


def _ends(records: Records) -> Days:
    """The first day of the records, and the first after them."""
    return days(records.history.scenario, np.array([-records.history.scenario.first_month, records.history.months]))


def _administration(records: Records, staffing: Staffing, csm: Ints, parts: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """CSM, week, kind of work and parts of a minute, for each working day of the records."""
    history, months = records.history, records.history.months
    month = month_of(history, records["touches"]["touched_on"])
    most = np.floor(60 * PARTS * staffing.hours).astype(np.int64)
    spent = np.bincount(csm * months + month, parts, most.size).reshape(most.shape).astype(np.int64)
    day = np.arange(*_ends(records).astype("M8[D]"))
    day = day[np.is_busday(day)].astype("M8[ns]")
    month = month_of(history, day)
    daily = np.minimum((ADMIN * most).astype(np.int64), most - spent) // np.bincount(month, minlength=months).clip(1)
    who, place = np.nonzero(daily[:, month] > 0)
    return who, _mondays(day)[place], np.full(len(who), 2 * WORK.index("admin")), daily[who, month[place]]


def _summed(records: Records, staffing: Staffing, csm: Ints, week: Ints, work: Ints, parts: Ints) -> Columns:
    """Hours by CSM, week and kind of work, of the weeks that are over."""
    kinds, (first, last) = 2 * len(WORK), _mondays(_ends(records))
    weeks = last - first + 1
    key = (csm * weeks + week - first) * kinds + work
    sums = np.bincount(key, parts, len(staffing.number) * weeks * kinds)
    here = np.flatnonzero(sums)
    monday: Days = ((here // kinds % weeks + first) * 7 - 3).astype("M8[D]").astype("M8[ns]")
    over = monday + np.timedelta64(7, "D") <= _ends(records)[1]
    here, monday = here[over], monday[over]
    return {
        "csm_id": staffing.number[here // kinds // weeks],
        "week": monday,
        "category": (here % kinds // 2).astype(np.int8),
        "reactive": here % 2 == 1,
        "hours": sums[here] / (60 * PARTS),
    }
