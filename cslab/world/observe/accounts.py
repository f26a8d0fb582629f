"""The table ``accounts``: what a company writes down when a customer signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.observe import vocabulary
from cslab.world.observe.calendar import Days, days
from cslab.world.observe.presence import signing_days
from cslab.world.spells import origins

if TYPE_CHECKING:
    from cslab.world.addons.beginnings import Beginnings
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns
    from cslab.world.scenario import Scenario

EVALUATION_DAYS, EVALUATION_LOG_SD = (18, 40, 85), 0.5
"""Median days from the first meeting to signing, by segment, and the sd of their logarithm."""


def exported(history: History) -> Flags:
    """Which rows the records know: signed by the last month, and not lost before the records begin.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> int(exported(simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)).sum()) <= 60
    True
    """
    window = -history.scenario.first_month
    still_there = (history.left > window) | ((history.left == window) & (history.customers.day > 1))
    return np.asarray((history.customers.start < history.months) & ((history.customers.start >= window) | still_there))


def account_columns(history: History) -> Columns:
    """The columns of ``accounts`` for all customers drawn, one row each, as they were when they signed first.

    Nothing here tells of hidden fit but the use made of the trial. Seats follow from MRR and the
    segment's price, employees from seats; what winning an account costs is about a year of its MRR.

    Parameters
    ----------
    history : History

    Returns
    -------
    dict of str to ndarray
        Accounts by number, categories by place in the vocabulary.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> columns = account_columns(simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48))
    >>> len(columns["seats0"])
    60
    """
    scenario, customers = history.scenario, origins(history)
    begun = customers.beginnings
    lanes = luck.Lanes(history.seed, history.blocks, len(customers.number))
    window = -scenario.first_month
    signed = days(scenario, customers.start, customers.day)
    price = np.array(scenario.seat_price_amount)[customers.segment]
    seats = np.maximum(np.round(customers.mrr0 / price * np.exp(0.15 * lanes.normal("accounts.seats"))), 1)
    spread = EVALUATION_LOG_SD * lanes.normal("accounts.eval_days")
    waits = np.array(EVALUATION_DAYS)[customers.segment] * np.exp(spread)
    waits = np.where(begun.sales_push, 0.7 * waits, waits)
    discount = np.floor(np.minimum(-0.06 * np.log1p(-lanes.uniform("accounts.discount")), 0.4) * 20) / 20
    return {
        "account_id": customers.number,
        "segment": customers.segment.astype(np.int8),
        "industry": _words(lanes.uniform("accounts.industry"), vocabulary.INDUSTRY_SHARES),
        "employees": np.ceil(seats * np.exp(1.0 + 0.5 * lanes.normal("accounts.employees"))).astype(np.int64),
        "region": _words(lanes.uniform("accounts.region"), vocabulary.REGION_SHARES),
        "plan": _plans(customers.segment, lanes.uniform("accounts.plan")),
        "lead_source": _words(lanes.uniform("accounts.lead_source"), vocabulary.LEAD_SHARES),
        "reason_to_buy": _words(lanes.uniform("accounts.reason_to_buy"), vocabulary.BUYING_SHARES),
        "trial_usage": customers.trial_usage,
        "eval_days": np.round(waits).astype(np.int64),
        "discount_pct": np.round(discount + 0.10 * begun.sales_push, 2),
        **_deal_columns(scenario, begun),
        "signed_on": signed,
        "mrr0_amount": customers.mrr0,
        "seats0": seats.astype(np.int64),
        "cac_amount": scenario.rounded(12 * customers.mrr0 * np.exp(0.4 * lanes.normal("accounts.cac"))),
        "is_legacy": customers.start < window,
        "observed_from": _observed_from(history, signed),
    }


def exported_columns(records: Records) -> Columns:
    """The columns of ``accounts`` for those that are exported.

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
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> set(exported_columns(records)["account_id"]) == set(records.history.customers.number[records.seen])
    True
    """
    history = records.history
    known = np.zeros(history.accounts, dtype=bool)
    known[history.lane[records.seen]] = True
    return {name: values[known] for name, values in records.described.items()}


def _observed_from(history: History, signed: Days) -> Days:
    """The first day in the records: of one who was lost before they begin and came back later, that of its return."""
    again = np.flatnonzero(~history.first)
    again = again[~exported(history)[again - 1]]
    since = signed.copy()
    since[history.lane[again]] = signing_days(history, again)
    return np.maximum(since, days(history.scenario, np.array(-history.scenario.first_month)))


def _deal_columns(scenario: Scenario, begun: Beginnings) -> Columns:
    """What is known of how the deal was made, where the add-ons that make it matter are on."""
    on = scenario.on
    columns: Columns = {"pre_sale_education": begun.educated} if on("presale") else {}
    if on("handoff"):
        columns |= {"csm_in_presales": begun.csm_in_presales, "sales_rep_id": begun.rep}
    return columns | ({"sales_push": begun.sales_push} if on("push_deals") else {})


def _words(draws: Floats, shares: tuple[float, ...]) -> Ints:
    """One word an account, by its place."""
    return np.searchsorted(np.cumsum(shares)[:-1], draws, side="right").astype(np.int8)


def _plans(segment: Ints, draws: Floats) -> Ints:
    """Price plans by segment."""
    limits = np.cumsum(vocabulary.PLAN_SHARES, axis=1)[segment, :-1]
    return np.asarray((draws[:, None] >= limits).sum(axis=1), dtype=np.int8)
