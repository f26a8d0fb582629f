"""The table ``lost_deals``: deals that were not won, and the reasons given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.addons.deals import signing_months
from cslab.world.counts import poisson
from cslab.world.observe.addressed import Addressed, chosen
from cslab.world.observe.calendar import business_days, days
from cslab.world.observe.vocabulary import LEAD_SHARES, code
from cslab.world.observe.vocabulary.voice import LOST_REASONS

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns
    from cslab.world.scenario import Scenario

FIT_GAP = 0.5
"""How much lower fit is in the deals that are lost, in its sd."""

OFFICE_DEALS = 100_000
"""More deals than an office loses in all its time: their numbers begin with the office's."""

EVALUATION_DAYS, EVALUATION_LOG_SD = (25, 55, 110), 0.6
"""Median days from the first meeting until a deal is lost, by segment, and the sd of their logarithm."""


@dataclass(frozen=True)
class LostDeals:
    """Deals that the offices of a chunk lose from the first day of the records on, by office and day.

    Parameters
    ----------
    each : Addressed
        Their draws, at the address of one of the office's customers: of deals for each won one, but not of that one.
    number : ndarray of int
        The deal's number in the company.
    lost : ndarray of datetime64
    segment : ndarray of int
    cause : ndarray of int
        Hidden: why it was truly lost, its place in ``LOST_REASONS``.
    """

    each: Addressed
    number: Ints
    lost: Days
    segment: Ints
    cause: Ints


def lost_deals(history: History) -> LostDeals:
    """The deals that are lost, in the records or later: for each customer drawn Poisson many, mean ``lost_per_won``.

    Their months follow the season of the deals that are won. Fit is half a sd lower than in those; the lower it is, the
    likelier what is missing in the product is the cause: its logit is ``-0.4 - fit`` against 0 for the price, 0 for a
    competitor and -0.3 for the wrong time.

    Parameters
    ----------
    history : History

    Returns
    -------
    LostDeals

    Source: simulation convention (grade S).

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> 80 < len(lost_deals(history).number) < 250
    True
    """
    scenario, won = history.scenario, history.customers.number[history.first]
    count = poisson(luck.hashed(history.seed, "lost_deals.count", won), np.full(len(won), scenario.lost_per_won))
    ordinal = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    each = Addressed(history.seed, "lost_deals", np.repeat(won, count), np.zeros_like(ordinal), ordinal)
    month = signing_months(scenario, each.uniform("month"))
    since = np.flatnonzero(month >= -scenario.first_month)
    return _described(history, each.taken(since), month[since])


def lost_deal_columns(records: Records) -> Columns:
    """The columns of ``lost_deals``: reasons given are the causes, unless price is the easier thing to say.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By office and day.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["lost_deals"]
    >>> bool((np.diff(table["lost_on"]) >= np.timedelta64(0)).all())
    True
    """
    history, deals = records.history, records.lost_deals
    scenario, each = history.scenario, deals.each
    _, excuse, _, _ = each.coarse("given")
    excused = excuse < scenario.price_excuse_share
    columns = {
        "deal_id": deals.number,
        "lost_on": deals.lost,
        **offers(scenario, each, deals.segment, np.array(EVALUATION_DAYS)[deals.segment], EVALUATION_LOG_SD),
        "reason": np.where(excused, code(LOST_REASONS, "price"), deals.cause).astype(np.int8),
    }
    within = deals.lost < days(scenario, np.array(history.months))
    return {name: values[within] for name, values in columns.items()}


def offers(scenario: Scenario, each: Addressed, segment: Ints, median_days: Floats, log_sd: Floats | float) -> Columns:
    """What was offered in deals that became no customer, to whom, and after how long it ended.

    Parameters
    ----------
    scenario : Scenario
    each : Addressed
        The deals' draws.
    segment : ndarray of int
    median_days, log_sd : ndarray of float
        Of the days from the first meeting to the end, one a deal.

    Returns
    -------
    dict of str to ndarray

    >>> from cslab.world.scenario import preset
    >>> each = Addressed(1, "lost_deals", np.arange(3), np.zeros(3, int), np.zeros(3, int))
    >>> list(offers(preset("tiny"), each, np.zeros(3, int), np.full(3, 25.0), 0.6))
    ['segment', 'lead_source', 'eval_days', 'mrr_amount']
    """
    source, _, _, _ = each.coarse("given")
    median = np.array(scenario.mrr_median_amount)[segment]
    offered = median * np.exp(np.array(scenario.mrr_log_sd)[segment] * each.normal("mrr"))
    return {
        "segment": segment,
        "lead_source": chosen(source, np.array(LEAD_SHARES)),
        "eval_days": np.round(median_days * np.exp(log_sd * each.normal("eval_days"))).astype(np.int64),
        "mrr_amount": np.maximum(scenario.rounded(offered), scenario.smallest_amount),
    }


def _described(history: History, each: Addressed, month: Ints) -> LostDeals:
    """When each deal was lost, which segment it was of, and why."""
    day, segment, cause, badfit = each.coarse("deal")
    lost, office = business_days(history.scenario, month, day), each.number // luck.BLOCK
    sort = np.lexsort((lost, office))
    fit = each.normal("fit") - FIT_GAP + history.scenario.badfit_shift * (badfit < history.scenario.badfit_share)
    return LostDeals(
        each=each.taken(sort),
        number=office * OFFICE_DEALS + np.arange(len(sort)) - np.searchsorted(office, office),
        lost=lost[sort],
        segment=chosen(segment, np.array(history.scenario.segment_share))[sort],
        cause=chosen(cause, _causes(fit))[sort],
    )


def _causes(fit: Floats) -> Floats:
    """The chance of each cause, a column a cause."""
    logits = {"price": 0 * fit, "competitor": 0 * fit, "timing": 0 * fit - 0.3, "missing_features": -0.4 - fit}
    weights = np.exp(np.stack([logits[word] for word in LOST_REASONS], axis=1))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
