"""The table ``renewals``: contracts that have come up for renewal, and what was known and thought of them by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.observe.presence import month_of, recorded, row_of
from cslab.world.observe.vocabulary import code
from cslab.world.observe.vocabulary.journey import FORECASTS

if TYPE_CHECKING:
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

AHEAD = 60
"""Days before the last day for a notice on which a renewal is listed."""

HEALTH_DAYS = (120, 90, 30)
_OPTIMISM = 0.5


def renewal_columns(records: Records) -> Columns:
    """The columns of ``renewals``: contracts of more than a month that come up within the records, the customer there.

    - listed 60 days before the last day for a notice, or on the first day of the records; none with a notice due before
    - health 120, 90 and 30 days before the end, from the last month of usage finished by then:
      ``0.7·wau_ratio + 0.3·features_relevant / 8``
    - the CSM's forecast, when listed: ``4·(health - 0.5) + 0.5·v + 0.6·e + 0.5``, more than 0.5 is "commit", less than
      -0.5 "at risk": the CSM knows something of latent value v that usage does not show, and is an optimist

    Outcome and day of the decision are those of ``contracts``.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray

    Source: health and forecast are simulation conventions (grade S).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["renewals"]
    >>> bool((table["listed_on"] < table["due"]).all())
    True
    """
    history, contracts = records.history, records["contracts"]
    notice_by = _earlier(contracts["end"], contracts["notice_days"])
    listed = np.maximum(_earlier(notice_by, AHEAD), np.datetime64(history.scenario.window_start, "ns"))
    who = row_of(history, contracts["account_id"], contracts["start"])
    kept = (contracts["term_months"] > 1) & (contracts["start"] <= listed) & (listed < contracts["end"])
    kept &= (notice_by >= listed) & recorded(history, who, listed)
    chosen = {name: values[kept] for name, values in contracts.items()}
    who, listed, due = who[kept], listed[kept], chosen["end"]
    health = [_health(records, who, _earlier(due, days)) for days in HEALTH_DAYS]
    return {
        "contract_id": chosen["contract_id"],
        "account_id": chosen["account_id"],
        "listed_on": listed,
        "due": due,
        "notice_by": notice_by[kept],
        "arr_due_amount": 12 * records.mrr.at(who, _month_before(records, who, listed)),
        **dict(zip((f"health_t{days}" for days in HEALTH_DAYS), health, strict=True)),
        "csm_forecast": _forecast(records, who, listed),
        "decided_on": chosen["decided_on"],
        "outcome": chosen["outcome"],
    }


def _earlier(day: Days, days: Ints | int) -> Days:
    """A day some days earlier."""
    return np.asarray((day.astype("M8[D]") - days).astype("M8[ns]"))


def _health(records: Records, who: Ints, day: Days) -> Floats:
    """Health from the last month of usage that was finished on a day of the records; missing where there is none."""
    usage, history = records["usage_monthly"], records.history
    month = month_of(history, day)
    place, known = records.there.find(who, month - 1)
    if not known.any():
        return np.full(len(who), np.nan)
    score = 0.7 * usage["wau_ratio"][place] + 0.3 * usage["features_relevant"][place] / 8
    return np.where(known & (month < history.months), np.round(score, 3), np.nan)


def _forecast(records: Records, who: Ints, listed: Days) -> Ints:
    """What the CSM says of each renewal on the day on which it is listed."""
    from scipy.special import ndtri

    history, month = records.history, month_of(records.history, listed)
    health = np.nan_to_num(_health(records, who, listed), nan=0.5)
    noise: Floats = ndtri(luck.hashed(history.seed, "renewals.forecast", history.customers.number[who], month))
    feeling = (
        4 * (health - 0.5) + 0.5 * history.value_at(who, _month_before(records, who, listed)) + 0.6 * noise + _OPTIMISM
    )
    middle = np.where(feeling < -0.5, code(FORECASTS, "at_risk"), code(FORECASTS, "likely"))
    return np.where(feeling > 0.5, code(FORECASTS, "commit"), middle).astype(np.int8)


def _month_before(records: Records, who: Ints, day: Days) -> Ints:
    """The last month finished by a day, of those since the signing."""
    history = records.history
    return np.maximum(month_of(history, day) - 1, history.customers.start[who])
