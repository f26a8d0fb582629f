"""The table ``churn_events``: notices, and closures that come without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.observe.calendar import days
from cslab.world.observe.vocabulary import REASONS, code

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.vocabulary import Columns

_UNUSED = -0.6
"""Latent value below which a leaver who tells the truth says that the product was not used."""


def churn_columns(history: History, seen: Flags) -> Columns:
    """The columns of ``churn_events``.

    A closure after a notice has a row of its own; the earliest ``effective_on`` counts. A share of the leavers
    (``price_excuse_share``) says "price" whatever the cause. What is learned at the exit is missing until then: half of
    the leavers rate it (1-5, rising with latent value), one in three gives an interview. Nobody comes back.

    Parameters
    ----------
    history : History
    seen : ndarray of bool
        Which accounts are exported.

    Returns
    -------
    dict of str to ndarray
        ``exit_csat`` and the offboarding numbers are float with NaN, ``interview_done`` is 1, 0 or NaN.

    >>> from cslab.world.observe import exported
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> columns = churn_columns(history, exported(history))
    >>> bool((columns["decided_on"] <= columns["effective_on"]).all())
    True
    """
    who, decided, effective, closure = _leavers(history, seen)
    scenario, customers = history.scenario, history.customers
    value = history.value_at(who, decided)
    draws = _Draws(history, who, closure)
    steps = 1 + np.floor(5 * draws("steps"))
    blank = (effective >= history.months) | (~closure & (history.closed[who] <= effective))
    return {
        "account_id": customers.number[who],
        "decided_on": days(scenario, decided, customers.day[who]),
        "effective_on": days(scenario, effective, customers.day[who]),
        "reason_stated": _reasons(history, who, value, closure, draws),
        "offboarding_steps": np.where(blank, np.nan, steps),
        "offboarding_days": np.where(blank, np.nan, np.ceil(steps * (1 + 6 * draws("days")))),
        "exit_csat": np.where(blank | (draws("answers") < 0.5), np.nan, _ratings(value, draws("csat"))),
        "interview_done": np.where(blank, np.nan, draws("interview") < 1 / 3),
        "winback_on": np.full(len(who), np.datetime64("NaT"), dtype="M8[ns]"),
    }


class _Draws:
    """Uniform draws addressed by account, and by whether it is its notice or its closure."""

    def __init__(self, history: History, who: Ints, closure: Flags) -> None:
        self.seed, self.number, self.closure = history.seed, history.customers.number[who], closure.astype(np.int64)

    def __call__(self, stream: str) -> Floats:
        """The draws of a stream."""
        return luck.hashed(self.seed, f"churn_events.{stream}", self.number, 0, self.closure)


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


def _ratings(value: Floats, draws: Floats) -> Floats:
    """Satisfaction at the exit, 1-5, rising with latent value."""
    return np.clip(np.floor(3.2 + 0.8 * value + 3 * (draws - 0.5)), 1, 5)
