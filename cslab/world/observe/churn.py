"""The table ``churn_events``: notices, and closures that come without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.addons.returns import hard_exits
from cslab.world.observe.calendar import Days, days
from cslab.world.observe.presence import signing_days
from cslab.world.observe.vocabulary import REASONS, code

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

_UNUSED = -0.6
"""Latent value below which a leaver who tells the truth says that the product was not used."""

_HARDER_STEPS, _HARDER_DAYS = 3, 30
"""What a hard exit has more of."""


def churn_columns(records: Records) -> Columns:
    """The columns of ``churn_events``.

    A closure after a notice has a row of its own; the earliest ``effective_on`` counts. A share of the leavers
    (``price_excuse_share``) says "price" whatever the cause. What is learned at the exit is missing until then: half of
    the leavers rate it (1-5, rising with latent value), one in three gives an interview. A hard exit has three more
    steps, takes 30 days longer and is rated a point lower. ``winback_on`` is the day on which the customer comes back.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        ``exit_csat`` and the offboarding numbers are float with NaN, ``interview_done`` is 1, 0 or NaN.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> columns = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["churn_events"]
    >>> bool((columns["decided_on"] <= columns["effective_on"]).all())
    True
    """
    history, seen = records.history, records.seen
    who, decided, effective, closure = _leavers(history, seen)
    scenario, customers = history.scenario, history.customers
    value = history.value_at(who, decided)
    draws = _Draws(history, who, closure)
    hard = ~closure & scenario.on("offboarding") & hard_exits(history, who)
    steps = 1 + np.floor(5 * draws("steps")) + _HARDER_STEPS * hard
    blank = (effective >= history.months) | (~closure & (history.closed[who] <= effective))
    return {
        "account_id": customers.number[who],
        "decided_on": days(scenario, decided, customers.day[who]),
        "effective_on": days(scenario, effective, customers.day[who]),
        "reason_stated": _reasons(history, who, value, closure, draws),
        "offboarding_steps": np.where(blank, np.nan, steps),
        "offboarding_days": np.where(blank, np.nan, _days_taken(steps, draws("days"), hard)),
        "exit_csat": np.where(blank | (draws("answers") < 0.5), np.nan, _ratings(value, draws("csat"), hard)),
        "interview_done": np.where(blank, np.nan, draws("interview") < 1 / 3),
        "winback_on": _returns(history, who, closure),
    }


class _Draws:
    """Uniform draws addressed by account, spell, and whether it is the notice or the closure."""

    def __init__(self, history: History, who: Ints, closure: Flags) -> None:
        self.seed, self.number = history.seed, history.customers.number[who]
        self.which = closure + 2 * ~history.first[who]

    def __call__(self, stream: str) -> Floats:
        """The draws of a stream."""
        return luck.hashed(self.seed, f"churn_events.{stream}", self.number, 0, self.which)


def _leavers(history: History, seen: Flags) -> tuple[Ints, Ints, Ints, Flags]:
    """Account, month decided, month effective and whether it is a closure, by account and time."""
    noticed = np.flatnonzero(seen & (history.notice < history.months))
    closed = np.flatnonzero(seen & (history.closed < history.months) & (history.closed <= history.notice_end))
    who = np.concatenate([noticed, closed])
    decided = np.concatenate([history.notice[noticed], history.closed[closed]])
    effective = np.concatenate([history.notice_end[noticed], history.closed[closed]])
    sort = np.lexsort((decided, who))
    return who[sort], decided[sort], effective[sort], (np.arange(len(who)) >= len(noticed))[sort]


def _reasons(history: History, who: Ints, value: Floats, closure: Flags, draws: _Draws) -> Ints:
    """The reasons given: near the cause, unless price is the easier thing to say."""
    other = draws("other")
    reason = np.where(other < 0.7, code(REASONS, "competitor"), code(REASONS, "person_left"))
    reason = np.where(value < _UNUSED, code(REASONS, "not_used"), reason)
    reason = np.where(history.stalled[who], code(REASONS, "hard_to_start"), reason)
    reason = np.where(history.customers.badfit[who], code(REASONS, "missing_features"), reason)
    ended = np.where(other < 0.6, code(REASONS, "business_closed"), code(REASONS, "merged"))
    reason = np.where(closure, ended, reason)
    excused = draws("excuse") < history.scenario.price_excuse_share
    return np.where(excused, code(REASONS, "price"), reason).astype(np.int8)


def _days_taken(steps: Floats, draws: Floats, hard: Flags) -> Floats:
    """Days that an exit takes: one to seven a step, and a month more where it is hard."""
    steps = steps - _HARDER_STEPS * hard
    return np.asarray(np.ceil(steps * (1 + 6 * draws)) + _HARDER_DAYS * hard)


def _ratings(value: Floats, draws: Floats, hard: Flags) -> Floats:
    """Satisfaction at the exit, 1-5, rising with latent value, lower where the exit is hard."""
    return np.asarray(np.clip(np.floor(3.2 + 0.8 * value + 3 * (draws - 0.5)) - hard, 1, 5))


def _returns(history: History, who: Ints, closure: Flags) -> Days:
    """The days on which those who gave notice came back; missing where they did not, or not yet."""
    day = np.full(len(who), np.datetime64("NaT"), dtype="M8[ns]")
    again = np.append(~history.first, False)[who + 1] & ~closure
    day[again] = signing_days(history, who[again] + 1)
    return day
