"""The table ``maturity``: how an account was assessed, once a quarter of its tenure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.addons.maturity import HIGHEST, QUARTER
from cslab.world.observe.calendar import days
from cslab.world.observe.presence import recorded

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

SECOND_SHARE = 0.1
"""Share of the assessments that a second person makes as well."""


def maturity_columns(records: Records) -> Columns:
    """The columns of ``maturity``: three ratings around the true level, each off by about half a level.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By account, day and assessor; ``level`` is the mean of the ratings, rounded.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["maturity"]
    >>> int(table["level"].min()) >= 1, int(table["level"].max()) <= 5
    (True, True)
    """
    history, seen = records.history, records.seen
    who, month = _quarters(history, seen)
    number = history.customers.number[who]
    second = luck.hashed(history.seed, "maturity.second", number, month) < SECOND_SHARE
    assessor = np.concatenate([np.zeros(len(who), np.int64), np.ones(int(second.sum()), np.int64)])
    who, month = np.concatenate([who, who[second]]), np.concatenate([month, month[second]])
    sort = np.lexsort((assessor, month, who))
    who, month, assessor = who[sort], month[sort], assessor[sort]
    parts = np.stack([_rating(history, who, month, assessor, part) for part in range(3)])
    return {
        "account_id": history.customers.number[who],
        "assessed_on": days(history.scenario, month, history.customers.day[who]),
        "assessor": assessor.astype(np.int8),
        **dict(zip(("strategy", "org_data", "people"), parts, strict=True)),
        "level": np.round(parts.mean(axis=0)).astype(np.int64),
    }


def _quarters(history: History, seen: Flags) -> tuple[Ints, Ints]:
    """Account and month of every quarter's end at which somebody was there to be assessed."""
    count = np.where(seen, np.maximum(history.months - 1 - history.customers.start, 0) // QUARTER, 0)
    who = np.repeat(np.arange(len(count)), count)
    ordinal = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count) + 1
    month = history.customers.start[who] + QUARTER * ordinal
    kept = recorded(history, who, days(history.scenario, month, history.customers.day[who]))
    return who[kept], month[kept]


def _rating(history: History, who: Ints, month: Ints, assessor: Ints, part: int) -> Ints:
    """One of the three ratings, 1-5."""
    from scipy.special import ndtri

    number = history.customers.number[who]
    draws: Floats = ndtri(luck.hashed(history.seed, f"maturity.rating.{part}", number, month, assessor))
    return np.clip(np.round(_level(history, who, month) + 0.5 * draws), 1, HIGHEST).astype(np.int64)


def _level(history: History, who: Ints, month: Ints) -> Ints:
    """The true level of accounts at the end of some months."""
    far = history.months + 1
    climbed = history.climbs[0] * far + history.climbs[1]
    steps = np.searchsorted(climbed, who * far + month, side="right") - np.searchsorted(climbed, who * far)
    return history.customers.beginnings.maturity[who] + steps
