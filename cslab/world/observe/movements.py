"""The table ``mrr_movements``: what moved the MRR, month by month, from the balance at the start of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.history import EXPANSION
from cslab.world.observe import vocabulary
from cslab.world.observe.calendar import days
from cslab.world.observe.steps import Steps, from_signing
from cslab.world.observe.vocabulary import KINDS, MOVEMENTS, code

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns


def movement_columns(records: Records) -> Columns:
    """The columns of ``mrr_movements``: those of an account up to a month add up to its MRR at that month's end.

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
    >>> columns = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["mrr_movements"]
    >>> bool(columns["amount"].sum() > 0)
    True
    """
    history, seen = records.history, records.seen
    parts = zip(*_parts(history, _kinds(history), records.mrr), strict=True)
    who, month, order, kind, amount = (np.concatenate(part) for part in parts)
    kept = seen[who] & (month >= -history.scenario.first_month)
    sort = np.flatnonzero(kept)[np.lexsort((order[kept], month[kept], who[kept]))]
    return {
        "account_id": history.customers.number[who[sort]],
        "month": days(history.scenario, month[sort]),
        "type": order[sort].astype(np.int8),
        "kind": kind[sort].astype(np.int8),
        "product": np.zeros(len(sort), np.int8),
        "amount": amount[sort],
    }


def _parts(history: History, kinds: Ints, mrr: Steps) -> list[tuple[Ints, Ints, Ints, Ints, Floats]]:
    """Row, month, place of the type, kind and amount of balances, signings, returns, changes and departures."""
    window, customers, changes = -history.scenario.first_month, history.customers, history.changes
    legacy = np.flatnonzero((customers.start < window) & (history.left >= window))
    signed = np.flatnonzero((customers.start >= window) & (customers.start < history.months))
    new, again = signed[history.first[signed]], signed[~history.first[signed]]
    gone = np.flatnonzero(history.left < history.months)
    types = code(MOVEMENTS, "expansion") + (changes.kind != EXPANSION)
    return [
        (*_plain(legacy, np.full(len(legacy), window), "opening"), mrr.at(legacy, np.full(len(legacy), window - 1))),
        (*_plain(new, customers.start[new], "new"), customers.mrr0[new]),
        (*_plain(again, customers.start[again], "reactivation"), customers.mrr0[again]),
        (changes.who, changes.month, types, kinds, changes.amount),
        (*_plain(gone, history.left[gone], "churn"), -mrr.at(gone, history.left[gone] - 1)),
    ]


def _plain(who: Ints, month: Ints, kind: str) -> tuple[Ints, Ints, Ints, Ints]:
    """Movements of one type that are of no particular kind."""
    return who, month, np.full(len(who), code(MOVEMENTS, kind)), np.zeros(len(who), np.int64)


def _kinds(history: History) -> Ints:
    """What was bought or dropped in each change."""
    changes, number = history.changes, history.customers.number
    draws = luck.hashed(history.seed, "movements.kind", number[changes.who], changes.month, changes.kind)
    bought = np.searchsorted(np.cumsum(vocabulary.EXPANSION_SHARES)[:-1], draws, side="right")
    dropped = np.searchsorted(np.cumsum(vocabulary.CONTRACTION_SHARES)[:-1], draws, side="right")
    return np.where(changes.kind == EXPANSION, bought, dropped)


def seat_steps(records: Records) -> Steps:
    """Paid seats of each account from a month on.

    Growth and cuts by seats change the seats in the same proportion; other kinds of change move the price alone. Who
    comes back takes so much less of the seats as of the MRR.

    Parameters
    ----------
    records : Records

    Returns
    -------
    Steps

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> float(seat_steps(records).value.min()) >= 1
    True
    """
    history, changes = records.history, records.history.changes
    kinds, accounts = _kinds(history), records["accounts"]
    seats0 = np.ones(history.accounts)
    seats0[accounts["account_id"] - history.blocks[0] * luck.BLOCK] = accounts["seats0"]
    first = seats0[history.lane]
    ratio = np.where(kinds == code(KINDS, "seat"), changes.after / (changes.after - changes.amount), 1.0)
    grown, last = _multiplied(changes.who, ratio, len(first))
    lost = np.flatnonzero(~history.first) - 1
    first[lost + 1] = np.maximum(np.round(history.scenario.winback_price * np.round(first[lost] * last[lost])), 1)
    return from_signing(history, first, np.maximum(np.round(first[changes.who] * grown), 1))


def _multiplied(who: Ints, ratio: Floats, rows: int) -> tuple[Floats, Floats]:
    """The product of each row's ratios up to each of them, and of all: to the last digit its own alone."""
    after, last = np.empty(len(ratio)), np.ones(rows)
    place = np.arange(len(who)) - np.searchsorted(who, who)
    for step in range(int(place.max(initial=-1)) + 1):
        here = np.flatnonzero(place == step)
        last[who[here]] *= ratio[here]
        after[here] = last[who[here]]
    return after, last
