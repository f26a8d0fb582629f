"""The table ``contracts``: one row a term, from signing on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.observe.calendar import Days, days
from cslab.world.observe.vocabulary import OUTCOMES, code
from cslab.world.rates import notice_months

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.steps import Steps
    from cslab.world.observe.vocabulary import Columns


def contract_columns(records: Records) -> Columns:
    """The columns of ``contracts``: terms that began by the last month and ran on the records' first day or later.

    A term is ``expanded`` when MRR had grown by the day of the decision, ``contracted`` when the renewal is at a lower
    price, ``churned`` when notice was given or the customer closed before anything was decided. A term whose renewal
    was decided stays renewed even where a closure comes before it runs out; ``churn_events`` says when that was.

    MRR is that of the month: an expansion of the month in which a term begins or is decided about is in ``mrr_amount``
    or makes it ``expanded`` from that day on, while ``mrr_movements`` shows it when the month is over.

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
    >>> columns = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["contracts"]
    >>> bool((columns["end"] > columns["start"]).all())
    True
    """
    history, seen = records.history, records.seen
    scenario, customers = history.scenario, history.customers
    who, ordinal = _terms(history, seen)
    start = customers.start[who] + ordinal * customers.term[who]
    end, day = start + customers.term[who], customers.day[who]
    kept = days(scenario, end, day) > days(scenario, np.array(-scenario.first_month))
    who, ordinal, start, end, day = (part[kept] for part in (who, ordinal, start, end, day))
    mrr = records.mrr
    at_start = mrr.at(who, start)
    outcome, decided = _outcomes(history, who, end, mrr, at_start)
    return {
        "contract_id": ordinal + 1 + _earlier_terms(history)[who],
        "account_id": customers.number[who],
        "product": np.zeros(len(who), np.int8),
        "start": days(scenario, start, day),
        "end": days(scenario, end, day),
        "term_months": customers.term[who],
        "billing": _billing(history)[who].astype(np.int8),
        "mrr_amount": at_start,
        "auto_renew": np.ones(len(who), dtype=bool),
        "notice_days": 30 * _lead(history, who),
        "decided_on": _known_days(history, decided, day),
        "outcome": outcome.astype(np.int8),
    }


def _terms(history: History, seen: Flags) -> tuple[Ints, Ints]:
    """Account and ordinal of every term that began while the customer was there."""
    count = np.where(seen, -(-history.lived // history.customers.term), 0)
    who = np.repeat(np.arange(len(count)), count)
    return who, np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count)


def _earlier_terms(history: History) -> Ints:
    """How many terms each row's account had in an earlier spell: its contracts are numbered on."""
    terms = -(-history.lived // history.customers.term)
    return np.where(history.first, 0, np.roll(terms, 1))


def _lead(history: History, who: Ints) -> Ints:
    """Months before the end of a term at which its renewal is decided."""
    customers = history.customers
    return np.minimum(notice_months(history.scenario, customers.segment[who]), customers.term[who])


def _outcomes(history: History, who: Ints, end: Ints, mrr: Steps, at_start: Floats) -> tuple[Ints, Ints]:
    """What became of each term, and the month in which that was decided (``history.months`` or later: not yet)."""
    closed = history.closed[who]
    decided = end - _lead(history, who)
    by_closure = closed <= decided
    decided = np.minimum(decided, closed)
    known = decided < history.months
    outcome = np.full(len(who), code(OUTCOMES, "renewed"), dtype=np.int64)
    outcome[mrr.at(who, np.minimum(decided, history.months - 1)) > at_start] = code(OUTCOMES, "expanded")
    far = history.months + int(end.max(initial=0)) + 1
    outcome[np.isin(who * far + end, history.cuts[0] * far + history.cuts[1])] = code(OUTCOMES, "contracted")
    outcome[by_closure | (history.notice_end[who] == end)] = code(OUTCOMES, "churned")
    outcome[~known] = code(OUTCOMES, "open")
    return outcome, decided


def _known_days(history: History, month: Ints, day: Ints) -> Days:
    """Days of the months that were simulated; missing for later ones."""
    known = month < history.months
    result = np.full(len(month), np.datetime64("NaT"), dtype="M8[ns]")
    result[known] = days(history.scenario, month[known], day[known])
    return result


def _billing(history: History) -> Ints:
    """Monthly or annual billing: one-month terms monthly, the others so that the segment's share comes out."""
    scenario, segment = history.scenario, history.customers.segment
    one_month = np.array(scenario.term_shares) @ (np.array(scenario.term_months) == 1)
    longer = (np.array(scenario.monthly_billing_share) - one_month) / np.maximum(1 - one_month, 1e-12)
    draws = luck.Lanes(history.seed, history.blocks, history.accounts).uniform("contracts.billing")[history.lane]
    return np.asarray((draws >= longer[segment]) & (history.customers.term > 1), dtype=np.int64)
