"""The chance of leaving along a history, and what else of a customer stands in no table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.world.history import NEVER, History
from cslab.world.observe import account_columns
from cslab.world.observe.calendar import days
from cslab.world.observe.vocabulary import WORDS
from cslab.world.rates import logistic, notice_months, renewal_logit
from cslab.world.spells import origins
from cslab.world.touch import TIERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.vocabulary import Columns


def leaving_chance(history: History, who: Ints, tenure: Ints) -> Floats:
    """The chance that a customer still there leaves at the end of some months of tenure.

    Parameters
    ----------
    history : History
        Simulated at least to those months.
    who, tenure : ndarray of int, of shapes that broadcast
        Rows, and months since the signing of their spell.

    Returns
    -------
    ndarray of float
        Of not renewing, where a term runs out then, or of an uncontrollable closure; 0 at signing.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> float(leaving_chance(history, np.array([0]), np.array([0]))[0])
    0.0
    """
    s, customers = history.scenario, history.customers
    segment, term = customers.segment[who], customers.term[who]
    seen = customers.start[who] + np.maximum(tenure - notice_months(s, segment), 0)
    logit = renewal_logit(s, segment, term) + s.renewal_value_effect * history.value[seen, history.column[who]]
    refuses = np.where(tenure % term == 0, logistic(logit), 0.0)
    closes = np.array(s.uncontrollable_hazard)[segment]
    return np.where(tenure > 0, 1 - (1 - closes) * (1 - refuses), 0.0)


def staying_by_tenure(history: History, horizon: int) -> Floats:
    """The chance of being there still after each month of tenure, of the first spells of a chunk.

    Parameters
    ----------
    history : History
    horizon : int
        Last month of tenure.

    Returns
    -------
    ndarray of float, shape (1, horizon + 1, accounts)

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=60)
    >>> staying_by_tenure(history, 12).shape
    (1, 13, 60)
    """
    leaves = leaving_chance(history, np.flatnonzero(history.first)[None, :], np.arange(horizon + 1)[:, None])
    return np.asarray(np.cumprod(1 - leaves, axis=0)[None])


def hazard_columns(history: History) -> Columns:
    """Chance of leaving and latent value of the account-months of one chunk, as ``hazard`` of the truth.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> list(hazard_columns(history))
    ['account_id', 'month', 'spell', 'tenure', 'hazard', 'latent']
    """
    start = history.customers.start
    count = np.clip(np.minimum(history.left + 1, history.months) - start, 0, None)
    who = np.repeat(np.arange(len(count)), count)
    tenure = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count)
    return {
        "account_id": history.customers.number[who],
        "month": days(history.scenario, start[who] + tenure),
        "spell": 2 - history.first[who],
        "tenure": tenure,
        "hazard": leaving_chance(history, who, tenure),
        "latent": history.value_at(who, start[who] + tenure),
    }


def hidden_columns(history: History) -> Columns:
    """What is hidden of the accounts of one chunk, as ``accounts`` of the truth: of their first spells.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> set(hidden_columns(history)["tier"]) <= {"tech", "mid", "high"}
    True
    """
    every, last = np.flatnonzero(history.first), np.flatnonzero(np.append(history.first[1:], True))
    customers, left = origins(history), history.left[every]
    begun, gone, back = customers.beginnings, left < history.months, history.customers.start[last]
    cause = np.where(history.closed[every] <= history.notice_end[every], "uncontrollable", "voluntary")
    member = history.member_since[every] < np.minimum(left, history.months)
    return {
        "account_id": customers.number,
        "fit": customers.fit,
        "badfit": customers.badfit,
        "first_impression": customers.first_impression,
        "stalled": history.stalled[every],
        "onboarded_month": _months(history.onboarded[every], history.onboarded[every] < NEVER),
        "tier": np.array(TIERS, dtype=object)[history.tier[every]],
        "cause_true": np.where(gone, cause, "").astype(object),
        "churn_tenure": _months(left - customers.start, gone),
        "winback_month": _months(back - customers.start, last > every),
        "handoff_quality": begun.handoff,
        "high_effort": begun.high_effort,
        "maturity_first": begun.maturity,
        "maturity_last": _last_level(history, last),
        "member_month": _months(history.member_since[every] - customers.start, member),
        "member_active": member & begun.community_active,
    }


def _months(month: Ints, known: Flags) -> Floats:
    """Months of tenure; missing where it has not come to that."""
    return np.where(known, month, np.nan)


def _last_level(history: History, last: Ints) -> Ints:
    """The true level of maturity at the end of the records, or where the account left at last."""
    who, month = history.climbs
    steps = np.bincount(who[month < np.minimum(history.left, history.months)[who]], minlength=len(history.lane))
    return history.customers.beginnings.maturity[last] + steps[last]


def groups(history: History, by: str | None) -> NDArray[Any]:
    """The group of each account of one chunk.

    Parameters
    ----------
    history : History
    by : str or None
        A column of ``accounts``, or ``term_months``; none: all are one group.

    Raises
    ------
    UsageError
        For a column that ``accounts`` does not have.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> set(groups(history, "segment")) <= {"smb", "mid", "enterprise"}
    True
    """
    if by is None:
        return np.zeros(history.accounts, dtype=np.int64)
    columns = {**account_columns(history), "term_months": origins(history).term}
    if by not in columns:
        raise UsageError(Fault("unknown_need", {"need": f"accounts.{by}", "near": nearest(by, columns)}))
    return np.array(WORDS[by], dtype=object)[columns[by]] if by in WORDS else columns[by]
