"""The table ``onboarding``: milestones on the way to the first value, of customers who signed within the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.observe.calendar import Days
from cslab.world.observe.presence import recorded, signing_days
from cslab.world.observe.vocabulary import MILESTONES
from cslab.world.rates import logistic

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

_PARTS = np.array([0.15, 0.45, 0.75, 1.0])
"""How far along the way to the first value each milestone lies."""

_REACHED = np.array([1.0, 0.6, 0.3, 0.0])
"""Share of stalled accounts that still get to each milestone."""

_LONGEST = 1200
"""Months after which onboarding counts as never over: a hundred years fit into the calendar."""


def onboarding_columns(records: Records) -> Columns:
    """The columns of ``onboarding``: four milestones an account, planned and done.

    Stalled accounts get to the first ones only, and slowly. At the first value the account is asked whether it uses the
    product properly, ``σ(0.5 + 1.2·v)``, and feels the benefit, ``σ(0.2 + 1.5·v)``, v its latent value.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        ``used_properly`` and ``felt_benefit`` are 1, 0 or NaN.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["onboarding"]
    >>> bool((table["planned"] >= table["started"]).all())
    True
    """
    history, seen = records.history, records.seen
    people = np.flatnonzero(seen & history.first & (history.customers.start >= -history.scenario.first_month))
    who, step = np.repeat(people, len(MILESTONES)), np.tile(np.arange(len(MILESTONES)), len(people))
    signed = signing_days(history, who)
    plan = 30.4 * np.array(history.scenario.onboarding_median_months)[history.customers.segment[who]]
    done = _done(history, who, step, signed)
    felt = (step == len(MILESTONES) - 1) & ~np.isnat(done)
    value = np.full(len(who), np.nan)
    value[felt] = history.value_at(who[felt], _month(history, done[felt]))
    return {
        "account_id": history.customers.number[who],
        "milestone": step.astype(np.int8),
        "kind": np.array([0, 0, 1, 2], np.int8)[step],
        "owner_dept": np.array([0, 2, 0, 1], np.int8)[step],
        "started": signed,
        "planned": _later(signed, np.ceil(_PARTS[step] * plan)),
        "done": done,
        "used_properly": _said(history, who, "used", 0.5 + 1.2 * value),
        "felt_benefit": _said(history, who, "felt", 0.2 + 1.5 * value),
    }


def first_value_days(history: History, who: Ints) -> Days:
    """The days on which some accounts reach their first value; missing for those who never do.

    Parameters
    ----------
    history : History
    who : ndarray of int

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> bool((np.isnat(first_value_days(history, np.arange(60))) == history.stalled).all())
    True
    """
    month = history.onboarded[who]
    far = month > _LONGEST
    part = np.ceil(28 * luck.hashed(history.seed, "onboarding.day", history.customers.number[who]))
    signed = signing_days(history, who)
    start = signed.astype("M8[M]") + np.where(far, 1, month) - 1
    day = start.astype("M8[D]") + history.customers.day[who] - 1 + part.astype(np.int64)
    return np.where(far, np.datetime64("NaT", "D"), day).astype("M8[ns]")


def _done(history: History, who: Ints, step: Ints, signed: Days) -> Days:
    """The day each milestone was reached; missing where it was not, or not yet."""
    first_value = first_value_days(history, who)
    number, stalled = history.customers.number[who], np.isnat(first_value)
    ahead = (np.where(stalled, signed, first_value) - signed).astype("m8[D]").astype(np.float64)
    slow = 60 * np.array(history.scenario.onboarding_median_months)[history.customers.segment[who]]
    slow = slow * (0.5 + luck.hashed(history.seed, "onboarding.slow", number))
    day = _later(signed, np.ceil(_PARTS[step] * np.where(stalled, slow, ahead)))
    reached = ~stalled | (luck.hashed(history.seed, "onboarding.reached", number) < _REACHED[step])
    return np.where(reached & recorded(history, who, day), day, np.datetime64("NaT", "ns"))


def _later(day: Days, count: Floats) -> Days:
    """A day some days later."""
    return np.asarray((day.astype("M8[D]") + count.astype(np.int64)).astype("M8[ns]"))


def _month(history: History, day: Days) -> Ints:
    """The month of the simulation in which a day lies."""
    first = np.datetime64(history.scenario.window_start, "M") + history.scenario.first_month
    return np.asarray((day.astype("M8[M]") - first).astype(np.int64))


def _said(history: History, who: Ints, stream: str, logit: Floats) -> Floats:
    """Answers of yes and no; missing where nobody was asked."""
    draws = luck.hashed(history.seed, f"onboarding.{stream}", history.customers.number[who])
    return np.where(np.isnan(logit), np.nan, draws < logistic(logit))
