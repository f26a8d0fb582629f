"""Customers as they are when they sign: drawn once, whatever the policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from cslab.world import luck
from cslab.world.addons import deals
from cslab.world.addons.beginnings import Beginnings, begin
from cslab.world.rates import logistic

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.scenario import Scenario

T = TypeVar("T")

SEGMENTS = ("smb", "mid", "enterprise")


@dataclass(frozen=True)
class Customers:
    """Accounts of some blocks as drawn, one entry an account.

    Parameters
    ----------
    number : ndarray of int
        The account's number in the whole company, from 0.
    segment : ndarray of int
        0 smb, 1 mid, 2 enterprise.
    start : ndarray of int
        Month of signing, counted from the scenario's first month.
    day : ndarray of int
        Day of the month of signing, 1-28.
    mrr0 : ndarray of float
        MRR at signing, whole units of the currency.
    term : ndarray of int
        Contract term, months.
    badfit : ndarray of bool
        Hidden: sold to somebody whom the product does not suit.
    fit, first_impression, first_value : ndarray of float
        Hidden: how well the product fits, the first impression, the latent value at signing.
    trial_usage : ndarray of float
        Share of trial users active in the trial, a noisy sign of fit: ``σ(0.2 + 0.8·fit + 0.6·noise)``.
    stall_draw, override_draw, closure_draw : ndarray of float
        Uniform draws that policies and fate are read from.
    onboarding_draw : ndarray of float
        Standard normal draw of the onboarding time.
    beginnings : Beginnings
        What add-ons draw at signing.
    """

    number: Ints
    segment: Ints
    start: Ints
    day: Ints
    mrr0: Floats
    term: Ints
    badfit: Flags
    fit: Floats
    first_impression: Floats
    first_value: Floats
    trial_usage: Floats
    stall_draw: Floats
    override_draw: Floats
    closure_draw: Floats
    onboarding_draw: Floats
    beginnings: Beginnings


def draw(scenario: Scenario, seed: int, blocks: Sequence[int], accounts: int) -> Customers:
    """Draw the customers of some consecutive blocks.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    blocks : sequence of int
        Consecutive block numbers.
    accounts : int
        Customers of the whole company; the last block is cut there.

    Returns
    -------
    Customers

    >>> from cslab.world.scenario import preset
    >>> few, many = (draw(preset("tiny"), 1, range(1), n) for n in (10, 60))
    >>> bool((few.mrr0 == many.mrr0[:10]).all())
    True
    """
    number = np.arange(blocks[0] * luck.BLOCK, min(accounts, (blocks[-1] + 1) * luck.BLOCK))
    lanes = luck.Lanes(seed, blocks, len(number))
    segment = _chosen(lanes.uniform("segment"), np.broadcast_to(scenario.segment_share, (len(number), 3)))
    start = _signing_months(scenario, lanes.uniform("start"))
    sales_push = deals.pushed(scenario, start, lanes)
    badfit = lanes.uniform("badfit") < deals.badfit_chance(scenario, sales_push)
    fit = lanes.normal("fit") + scenario.badfit_shift * badfit
    impression = lanes.normal("first_impression")
    value = scenario.first_value_base + scenario.first_value_fit * fit + scenario.first_value_impression * impression
    return Customers(
        number=number,
        segment=segment,
        start=start,
        day=1 + np.floor(28 * lanes.uniform("day")).astype(np.int64),
        mrr0=_first_mrr(scenario, segment, lanes.normal("mrr0")),
        term=np.array(scenario.term_months)[_chosen(lanes.uniform("term"), np.array(scenario.term_shares)[segment])],
        badfit=badfit,
        fit=fit,
        first_impression=impression,
        first_value=value + scenario.first_value_noise * lanes.normal("first_value"),
        trial_usage=np.round(logistic(0.2 + 0.8 * fit + 0.6 * lanes.normal("accounts.trial_usage")), 4),
        stall_draw=lanes.uniform("stall"),
        override_draw=lanes.uniform("override"),
        closure_draw=lanes.uniform("closure"),
        onboarding_draw=lanes.normal("onboarding"),
        beginnings=begin(scenario, lanes, segment, fit, sales_push),
    )


def taken(found: T, place: Ints) -> T:
    """The entries of accounts at some places, in every array of a dataclass and of those inside it.

    Parameters
    ----------
    found : dataclass of arrays, one entry an account
    place : ndarray of int
        One may come more than once.

    Returns
    -------
    dataclass of the same kind

    >>> from cslab.world.scenario import preset
    >>> drawn = draw(preset("tiny"), seed=1, blocks=range(1), accounts=60)
    >>> taken(drawn, np.array([7, 7])).beginnings.rep.shape
    (2,)
    """
    parts = {item.name: getattr(found, item.name) for item in fields(found)}  # type: ignore[arg-type]
    chosen = {name: taken(part, place) if is_dataclass(part) else part[place] for name, part in parts.items()}
    return replace(found, **chosen)  # type: ignore[type-var]


def _chosen(draws: Floats, shares: Floats) -> Ints:
    """Which of a few options each draw falls on; ``shares`` has a row an account and a column an option."""
    limits = np.cumsum(shares, axis=1)[:, :-1]
    return np.asarray((draws[:, None] >= limits).sum(axis=1), dtype=np.int64)


def _first_mrr(scenario: Scenario, segment: Ints, draws: Floats) -> Floats:
    """Lognormal MRR at signing by segment, in whole units of the currency and at least one."""
    median, spread = np.array(scenario.mrr_median_amount)[segment], np.array(scenario.mrr_log_sd)[segment]
    return np.maximum(scenario.rounded(median * np.exp(spread * draws)), scenario.smallest_amount)


def _signing_months(scenario: Scenario, draws: Floats) -> Ints:
    """Months of signing by the inverse of exponential growth, counted from the scenario's first month."""
    if scenario.on("seasonality"):
        return deals.signing_months(scenario, draws)
    first, last = scenario.first_arrival, scenario.last_arrival
    growth = np.log1p(scenario.growth_per_year) / 12
    if growth == 0:
        months = first + draws * (last - first)
    else:
        months = first + np.log1p(draws * np.expm1(growth * (last - first))) / growth
    return np.clip(np.floor(months), first, last - 1).astype(np.int64) - scenario.first_month
