"""The table ``deals``: the sales pipeline, with deals that are still open on the last day of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world import luck
from cslab.world.addons.beginnings import REPS
from cslab.world.counts import poisson
from cslab.world.observe import accounts, lost_deals
from cslab.world.observe.addressed import Addressed, chosen
from cslab.world.observe.calendar import business_days, days
from cslab.world.observe.vocabulary import DEAL_OUTCOMES, PRODUCTS, code

if TYPE_CHECKING:
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

YEAR = 12


def deal_columns(records: Records) -> Columns:
    """The columns of ``deals``: every deal that was in play on some day of the records.

    Three kinds of deals: those that were won, each a customer's first; those that were lost; and what stands in the
    pipeline when the last customers sign. Of the last kind nobody knows the end: a deal for each of the last year's
    deals a year later, grown by the year's growth, of which those are here that have begun. A deal is numbered by the
    day of its first meeting: its number does not tell how it ends.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict of str to ndarray
        By office and day of the first meeting.

    Source: simulation convention (grade S).

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["deals"]
    >>> bool((table["closed_on"][table["outcome"] > 0] >= table["engaged_on"][table["outcome"] > 0]).all())
    True
    """
    history = records.history
    parts = [_won(records), _lost(records), _coming(records)]
    every = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    every["engaged_on"] = (every["closed_on"].astype("M8[D]") - every.pop("eval_days")).astype("M8[ns]")
    first, end, last = (
        days(history.scenario, np.array(month) - history.scenario.first_month)
        for month in (0, history.months + history.scenario.first_month, history.scenario.last_arrival)
    )
    begun = (every["engaged_on"] < min(end, last)) & (every["closed_on"] >= first)
    deals = {name: values[begun] for name, values in every.items()}
    still_open = deals["closed_on"] >= min(end, last)
    for name, blank in _BLANKS.items():
        deals[name] = np.where(still_open, blank, deals[name]).astype(deals[name].dtype)
    return _numbered(records, deals)


_BLANKS: dict[str, Any] = {
    "account_id": -1,
    "closed_on": np.datetime64("NaT", "ns"),
    "outcome": code(DEAL_OUTCOMES, "open"),
    "lost_deal_id": -1,
}
"""What stands in the columns of a deal that is open."""


def _numbered(records: Records, deals: Columns) -> Columns:
    """The deals in the order of their first meetings, those of one day in an order drawn by lot."""
    office, drawn = deals.pop("office"), deals.pop("drawn")
    sort = np.lexsort((drawn, deals["engaged_on"], office))
    office = office[sort]
    ordinal = np.arange(len(sort)) - np.searchsorted(office, office)
    columns = {"deal_id": office * lost_deals.OFFICE_DEALS + ordinal}
    columns |= {name: values[sort] for name, values in deals.items()}
    if not records.history.scenario.on("handoff"):
        del columns["sales_rep_id"]
    return columns


def _won(records: Records) -> Columns:
    """Deals that become customers: the first signature of each, whenever it is."""
    history, described = records.history, records.described
    number = described["account_id"]
    each = Addressed(history.seed, "deals.won", number, np.zeros_like(number), np.zeros_like(number))
    return {
        **_columns(each, "won", described["signed_on"]),
        **{name: described[name] for name in ("account_id", "segment", "lead_source", "eval_days")},
        "sales_rep_id": history.customers.beginnings.rep[history.first],
        "mrr_amount": described["mrr0_amount"],
    }


def _lost(records: Records) -> Columns:
    """Deals that are lost, as in ``lost_deals``, and by which representative."""
    deals, scenario = records.lost_deals, records.history.scenario
    each = Addressed(records.history.seed, "deals.lost", deals.each.number, deals.each.month, deals.each.ordinal)
    median = np.array(lost_deals.EVALUATION_DAYS)[deals.segment]
    return {
        **_columns(each, "lost", deals.lost),
        **lost_deals.offers(scenario, deals.each, deals.segment, median, lost_deals.EVALUATION_LOG_SD),
        "lost_deal_id": deals.number,
    }


def _coming(records: Records) -> Columns:
    """Deals that would end in the year after the last customers sign: as often won, after as long, as the others."""
    history, scenario = records.history, records.history.scenario
    recent = history.first & (history.customers.start + scenario.first_month >= scenario.last_arrival - YEAR)
    number, start = history.customers.number[recent], history.customers.start[recent]
    mean = (1 + scenario.growth_per_year) * (1 + scenario.lost_per_won)
    count = poisson(luck.hashed(history.seed, "deals.coming", number), np.full(len(number), mean))
    ordinal = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    each = Addressed(history.seed, "deals.coming", np.repeat(number, count), np.zeros_like(ordinal), ordinal)
    day, drawn, outcome, _ = each.coarse("deal")
    segment = chosen(drawn, np.array(scenario.segment_share))
    wins = outcome < 1 / (1 + scenario.lost_per_won)
    median = np.where(wins, *(np.array(kind.EVALUATION_DAYS)[segment] for kind in (accounts, lost_deals)))
    spread = np.where(wins, accounts.EVALUATION_LOG_SD, lost_deals.EVALUATION_LOG_SD)
    return {
        **_columns(each, "open", business_days(scenario, np.repeat(start, count) + YEAR, day)),
        **lost_deals.offers(scenario, each, segment, median, spread),
    }


def _columns(each: Addressed, outcome: str, closed: Days) -> Columns:
    """What is alike in all kinds of deals: no account, no number among the lost, a representative drawn by lot."""
    office, many = each.number // luck.BLOCK, len(each.number)
    return {
        "office": office,
        "drawn": each.uniform("order"),
        "account_id": np.full(many, -1),
        "sales_rep_id": office * REPS + np.floor(REPS * each.uniform("rep")).astype(np.int64),
        "product": np.full(many, code(PRODUCTS, "core")),
        "closed_on": closed,
        "outcome": np.full(many, code(DEAL_OUTCOMES, outcome)),
        "lost_deal_id": np.full(many, -1),
    }
