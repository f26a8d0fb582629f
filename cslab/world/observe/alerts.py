"""The table ``alerts``: early warnings as a company had stored them, what it did, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.history import EXPANSION
from cslab.world.observe.answers import play_minutes, there, workdays_later
from cslab.world.observe.calendar import Days, days
from cslab.world.observe.firings import Firings, firings
from cslab.world.observe.onboarding import first_value_days
from cslab.world.observe.presence import leaving_days, month_of
from cslab.world.observe.staffing import PARTS, Staffing
from cslab.world.observe.tiers import tier_on
from cslab.world.observe.vocabulary.work import ALERT_OUTCOMES, RULES

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

WITHIN = (5, 3, 2, 5, 2, 1, 5, 3, 10)
"""Working days within which each rule is to be acted on, in the order of ``RULES``."""

ACTS = (0.5, 0.7, 0.9)
"""Chance that somebody acts, by severity; half of it for tech touch (S)."""

CLOSES = (60, 90)
"""Days after which an alert is closed, at the earliest and at the latest."""


def alert_columns(records: Records) -> Columns:
    """The columns of ``alerts``.

    A tenth is held out. On the others a CSM acts within the days that the rule gives, more often the graver it is, as
    long as a quarter of the month's hours lasts. An alert is closed after 60-90 days, or when the account gives notice
    or leaves: ``lost``; ``recovered`` with usage back at its baseline (onboarding: with the first value reached),
    ``expanded``, or ``unchanged``. What is done changes nothing in latent value, but under the policy ``alerts``: there
    the drops of usage, the hold-out and the acting are those of the simulation.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By account and day.

    Source: rules and deadlines as in the domain specification, chances of acting simulation convention (grade S).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["alerts"]
    >>> bool((table["acted_on"] >= table["fired_on"])[~np.isnat(table["acted_on"])].all())
    True
    """
    history, fired = records.history, firings(records)
    number = history.customers.number[fired.who]
    held, acted_on = _acted(records, fired)
    closed, outcome = _closed(records, fired)
    return {
        "alert_id": np.arange(len(number)) - np.searchsorted(number, number) + 1,
        "account_id": number,
        "rule_id": fired.rule.astype(np.int8),
        "fired_on": fired.day,
        "severity": fired.severity.astype(np.int8),
        "held_out": held,
        "acted_on": acted_on,
        "play_id": np.where(np.isnat(acted_on), -1, fired.rule).astype(np.int8),
        "closed_on": closed,
        "outcome": outcome.astype(np.int8),
    }


def _acted(records: Records, fired: Firings) -> tuple[Flags, Days]:
    """Which alerts were held out, and the day on which somebody acted; missing where nobody did."""
    history = records.history
    number, month = history.customers.number[fired.who], month_of(history, fired.day)
    held = luck.hashed(history.seed, "alerts.holdout", number, month, fired.rule) < history.scenario.alert_holdout
    draws = luck.hashed(history.seed, "alerts.acts", number, month, fired.rule)
    soon = luck.hashed(history.seed, "alerts.soon", number, month, fired.rule)
    day = workdays_later(fired.day, 1 + soon * np.array(WITHIN)[fired.rule])
    tier = tier_on(history, fired.who, fired.day)
    acts = (
        ~held & (draws < np.array(ACTS)[fired.severity] * np.where(tier > 0, 1.0, 0.5)) & there(history, fired.who, day)
    )
    acts[acts] = _fits(records, fired.taken(acts), day[acts])
    if history.work and history.work.kind == "alerts":
        held, acts = _as_simulated(records, fired, held, acts & there(history, fired.who, day))
    return held, np.where(acts, day, np.datetime64("NaT", "ns"))


def _fits(records: Records, acting: Firings, day: Days) -> Flags:
    """For which alerts there is time: a share of each CSM's hours of the month goes to them."""
    staffing, tier = Staffing(records), tier_on(records.history, acting.who, day)
    month = month_of(records.history, day)
    csm = staffing.in_charge(acting.who, month, day, acting.rule)
    parts = np.round(PARTS * play_minutes(tier)).astype(np.int64)
    fits = csm >= 0
    share = records.history.scenario.alert_hours
    fits[fits] = staffing.fits(csm[fits], month[fits], parts[fits], -acting.severity[fits], day[fits], share)
    return fits


def _as_simulated(records: Records, fired: Firings, held: Flags, acts: Flags) -> tuple[Flags, Flags]:
    """Hold-out and acting, for drops of usage as in the simulation."""
    history, work = records.history, records.history.work
    assert work is not None
    drops = np.flatnonzero(fired.rule == RULES.index("usage_drop"))
    known = work.fired.lane + work.fired.month * history.accounts
    sort = np.argsort(known)
    place = history.lane[fired.who[drops]] + month_of(history, fired.day[drops]) * history.accounts
    same = sort[np.searchsorted(known, place, sorter=sort)]
    held[drops], acts[drops] = work.fired.held[same], work.fired.acted[same]
    return held, acts


def _closed(records: Records, fired: Firings) -> tuple[Days, Ints]:
    """The day on which each alert was closed, missing where it is open, and what had become of it."""
    history, who = records.history, fired.who
    number, month = history.customers.number[who], month_of(history, fired.day)
    first, last = CLOSES
    draws = luck.hashed(history.seed, "alerts.closes", number, month, fired.rule)
    day = fired.day + (first + np.floor((last + 1 - first) * draws)).astype("m8[D]")
    decided = np.minimum(np.minimum(history.notice[who], history.closed[who]), history.months)
    notice = days(history.scenario, decided, history.customers.day[who])
    known = notice <= fired.day
    lost = known | (notice <= day)
    day = np.minimum(day, np.where(known, leaving_days(history, who), notice))
    outcome = np.full(len(who), ALERT_OUTCOMES.index("unchanged"))
    became = {"recovered": _recovered(records, fired, day), "expanded": _expanded(records, fired, day), "lost": lost}
    for word, which in became.items():
        outcome[which] = ALERT_OUTCOMES.index(word)
    past = day < days(history.scenario, np.array(history.months))
    return np.where(past, day, np.datetime64("NaT", "ns")), np.where(past, outcome, ALERT_OUTCOMES.index("open"))


def _recovered(records: Records, fired: Firings, day: Days) -> Flags:
    """Whether usage was back at its baseline in the last month finished; at the onboarding, the first value."""
    place, known = records.there.find(fired.who, month_of(records.history, day) - 1)
    ratio = records["usage_monthly"]["wau_ratio"]
    back = known & (ratio[place] >= fired.target) if len(ratio) else known
    reached = first_value_days(records.history, fired.who) <= day
    return np.where(fired.rule == RULES.index("onboarding_late"), reached, back)


def _expanded(records: Records, fired: Firings, day: Days) -> Flags:
    """Whether an account with room to grow expanded between the alert and the month of a day."""
    history, far = records.history, records.history.months + 1
    grown = history.changes.kind == EXPANSION
    key = history.changes.who[grown] * far + history.changes.month[grown]
    begins, ends = (fired.who * far + np.minimum(month_of(history, when), far - 1) for when in (fired.day, day))
    expanded = np.searchsorted(key, begins) < np.searchsorted(key, ends)
    return np.asarray(expanded & (fired.rule == RULES.index("room_to_grow")))
