"""The table ``tier_history``: an account's touch tiers one after the other, who decided them, and the CSM in charge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world.observe.calendar import days
from cslab.world.observe.presence import leaving_days, month_of, signing_days
from cslab.world.touch import DECIDERS

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

OVERRIDE_DAYS = 30
"""Days after signing from which a CSM's override holds: until then the rule's tier."""

_CSM = DECIDERS.index("csm")


def tier_columns(records: Records) -> Columns:
    """The columns of ``tier_history``: periods of one tier and one CSM, one after the other until the account leaves.

    The policy's tier holds from signing. Where it has another for new customers, that comes first, until the month that
    begins with the account onboarded (at most twice the usual time). Where a CSM moved the account one tier up, that
    holds 30 days later, unless it leaves in that month. A new CSM is a new period; tech touch has none by name. That a
    period is over is known the day after its last.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By account and day; periods that ended before the records began are left out.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["tier_history"]
    >>> bool((table["valid_from"] <= table["valid_to"])[~np.isnat(table["valid_to"])].all())
    True
    """
    history = records.history
    who, since, tier, csm = _periods(records)
    by_csm, last = _moved(history, who, since), _last_days(history, who, since)
    decided = history.touch.decided[who]
    decided = np.where(by_csm | (decided != _CSM), decided, DECIDERS.index("rule"))
    columns: Columns = {
        "account_id": history.customers.number[who],
        "touch_tier": tier.astype(np.int8),
        "valid_from": since,
        "valid_to": last,
        "assigned_by": decided.astype(np.int8),
        "csm_id": csm,
    }
    shown = ~(last < days(history.scenario, np.array(-history.scenario.first_month)))
    return {name: values[shown] for name, values in columns.items()}


def tier_on(history: History, who: Ints, day: Days) -> Ints:
    """The tier that some accounts were in on some days: that of onboarding, then until a CSM's override one lower.

    Parameters
    ----------
    history : History
    who : ndarray of int
    day : ndarray of datetime64
        Not before the account signed.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> first = tier_on(history, np.arange(60), signing_days(history, np.arange(60)))
    >>> bool((history.tier - first == (history.touch.decided == 1)).all())
    True
    """
    month = month_of(history, day)
    tier = history.tier_at(who, month)
    some = np.flatnonzero((history.touch.decided[who] == _CSM) & (month >= history.retiered[who]))
    tier[some] -= ~_moved(history, who[some], day[some])
    return tier


def override_days(history: History, who: Ints) -> Days:
    """The days from which a CSM's override would hold for some accounts.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> waits = override_days(history, np.arange(60)) - signing_days(history, np.arange(60))
    >>> set((waits / np.timedelta64(1, "D")).tolist())
    {30.0}
    """
    return np.asarray(signing_days(history, who) + np.timedelta64(OVERRIDE_DAYS, "D"))


def _moved(history: History, who: Ints, day: Days) -> Flags:
    """Whether a CSM's override holds on some days: not while the account is in the tier for new ones."""
    later = month_of(history, day) >= history.retiered[who]
    return np.asarray((history.touch.decided[who] == _CSM) & later & (day >= override_days(history, who)))


def _periods(records: Records) -> tuple[Ints, Days, Ints, Ints]:
    """Account, first day, tier and CSM (-1: none) of every period."""
    who, since = _turns(records)
    tier = tier_on(records.history, who, since)
    csm = np.where(tier > 0, records.care.at(who, month_of(records.history, since)), -1)
    new = np.any([np.diff(part, prepend=-2) != 0 for part in (who, tier, csm)], axis=0)
    return who[new], since[new], tier[new], csm[new]


def _turns(records: Records) -> tuple[Ints, Days]:
    """Account and day of everything that may begin a period, while a customer and within the records, by both."""
    history, care = records.history, records.care
    everyone = np.flatnonzero(records.seen)
    moved = everyone[history.touch.decided[everyone] == _CSM]
    moved = moved[month_of(history, override_days(history, moved)) < history.left[moved]]
    handed = np.flatnonzero(records.seen[care.who] & (care.since > history.customers.start[care.who]))
    who = np.concatenate([everyone, moved, care.who[handed]])
    retiered = everyone[history.retiered[everyone] > history.customers.start[everyone]]
    who = np.concatenate([who, retiered])
    months = np.concatenate([care.since[handed], history.retiered[retiered]])
    begun = signing_days(history, everyone), override_days(history, moved), days(history.scenario, months)
    day = np.concatenate(begun)
    kept = day < np.minimum(leaving_days(history, who), _end(history))
    sort = np.lexsort((day[kept], who[kept]))
    return who[kept][sort], day[kept][sort]


def _last_days(history: History, who: Ints, since: Days) -> Days:
    """The last day of each period; missing where it is not over at the end of the records."""
    after = np.where(
        np.diff(who, append=-1) == 0, np.append(since[1:], np.datetime64("NaT")), leaving_days(history, who)
    )
    return np.where(after < _end(history), after - np.timedelta64(1, "D"), np.datetime64("NaT", "ns"))


def _end(history: History) -> Days:
    """The first day after the records."""
    return days(history.scenario, np.array(history.months))
