"""Enquiries to support as they come in: how many an account has in a month, on which days, and about what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.counts import negative_binomial_exact
from cslab.world.observe.addressed import Addressed
from cslab.world.observe.calendar import business_days
from cslab.world.observe.presence import recorded, signing_days
from cslab.world.observe.vocabulary.voice import CATEGORIES, EARLY_SHARES, LATE_SHARES

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records

SHAPE = 1.2
"""Shape of the negative binomial distribution of a month's enquiries: a few accounts ask much."""

_SETTLED = 4.0
"""Months in which what newcomers ask gives way to what others ask."""


@dataclass(frozen=True)
class Enquiries:
    """Enquiries of the accounts of a chunk, one entry each, by account and day.

    Parameters
    ----------
    who : ndarray of int
        Rows of the history.
    each : Addressed
        Their draws.
    opened : ndarray of datetime64
    category : ndarray of int
        Place in ``CATEGORIES``.
    """

    who: Ints
    each: Addressed
    opened: Days
    category: Ints


def enquiries(records: Records) -> Enquiries:
    """What the accounts of a chunk ask support within the records.

    In month t of a spell an account with s seats and latent value v asks on average

    ``(0.3 + 0.02·s^0.8) · (1 + 1.5·e^{-max(t - 1, 0)/2}) · 1.3·e^{-0.4·(v + 0.2)²}``

    times, and ``effort_tickets`` times as often where working with the product costs it much effort: most where it
    struggles, less where all is well, least where it has gone silent. Enquiries come on weekdays; the months of signing
    and of leaving count by their days. What programmes answer beforehand is left out, by one draw for each enquiry.

    Parameters
    ----------
    records : Records

    Returns
    -------
    Enquiries

    Source: level, seats and shape as in the domain specification (typically 0.5-1 an account and month, grade C).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> asked = enquiries(observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48)))
    >>> bool((np.diff(asked.who) >= 0).all() and len(asked.opened) == len(asked.category))
    True
    """
    history = records.history
    who, month, ordinal = _counted(records)
    each = Addressed(history.seed, "tickets", history.customers.number[who], month, ordinal)
    day, about, left_out, _ = each.coarse("when")
    opened = business_days(history.scenario, month, day)
    category = _categories(month - history.customers.start[who], about)
    kept = recorded(history, who, opened) & (opened >= signing_days(history, who))
    kept &= left_out < _asked_still(history, who, month, category)
    rows = np.flatnonzero(kept)
    rows = rows[np.lexsort((opened[rows], who[rows]))]
    return Enquiries(who[rows], each.taken(rows), opened[rows], category[rows])


def _counted(records: Records) -> tuple[Ints, Ints, Ints]:
    """Row, month and ordinal of all that would be asked if every month were a whole one."""
    history = records.history
    first = np.maximum(history.customers.start, -history.scenario.first_month)
    months = np.where(records.seen, np.clip(np.minimum(history.left + 1, history.months) - first, 0, None), 0)
    who = np.repeat(np.arange(len(months)), months)
    month = np.arange(len(who)) - np.repeat(np.cumsum(months) - months - first, months)
    count = negative_binomial_exact(_draws(history, who, month), _mean(records, who, month), SHAPE)
    ordinal = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(who, count), np.repeat(month, count), ordinal


def _draws(history: History, who: Ints, month: Ints) -> Floats:
    """One draw for each account and month, counted from the start of the records."""
    before = -history.scenario.first_month
    office, lane = np.divmod(history.lane[who], luck.BLOCK)
    draws = luck.uniforms(history.seed, "tickets.count", history.blocks, history.months - before)
    return np.take(draws, (office * (history.months - before) + month - before) * luck.BLOCK + lane)


def _mean(records: Records, who: Ints, month: Ints) -> Floats:
    """How many enquiries an account is expected to make in a month."""
    history = records.history
    new = 1 + 1.5 * np.exp(-np.maximum(month - history.customers.start[who] - 1, 0) / 2)
    struggles = 1.3 * np.exp(-0.4 * (history.value_at(who, month) + 0.2) ** 2)
    mean = (0.3 + 0.02 * records.seats.at(who, month) ** 0.8) * new * struggles
    effort = history.programmes.high_effort(month=month, who=who)
    return np.asarray(np.where(effort, history.scenario.effort_tickets, 1.0) * mean)


def _categories(tenure: Ints, draws: Floats) -> Ints:
    """What is asked: setup in the first months, later defects, data, bills and wishes."""
    newcomer = np.exp(-np.arange(int(tenure.max(initial=0)) + 1) / _SETTLED)[:, None]
    limits = np.cumsum(newcomer * EARLY_SHARES + (1 - newcomer) * LATE_SHARES, axis=1)
    return np.asarray(sum((draws >= limit[tenure]).astype(np.int8) for limit in limits[:, :-1].T))


def _asked_still(history: History, who: Ints, month: Ints, category: Ints) -> Floats:
    """The chance that something is asked in spite of what programmes do about its category."""
    chance = np.ones(len(who))
    for place, name in enumerate(CATEGORIES):
        about = np.flatnonzero(category == place)
        chance[about] = history.programmes.factor("tickets", month=month[about], who=who[about], about=name)
    return chance
