"""The table ``mrr_movements``: what moved the MRR, month by month, from the balance at the start of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.history import EXPANSION
from cslab.world.observe import vocabulary
from cslab.world.observe.calendar import days
from cslab.world.observe.steps import Steps, from_signing, mrr_steps
from cslab.world.observe.vocabulary import KINDS, MOVEMENTS, code

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.vocabulary import Columns


def movement_columns(history: History, seen: Flags, seats0: Ints) -> tuple[Columns, Steps]:
    """The columns of ``mrr_movements``, and the paid seats that follow from them.

    The amounts of an account up to a month add up to its MRR at the end of that month. Growth and cuts by seats change
    the seats in the same proportion; other kinds change the price alone.

    Parameters
    ----------
    history : History
    seen : ndarray of bool
        Which accounts are exported.
    seats0 : ndarray of int
        Seats at signing of the exported accounts.

    Returns
    -------
    dict of str to ndarray
    Steps
        Seats of each account from a month on.

    >>> from cslab.world.observe import exported
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> seen = exported(history)
    >>> columns, seats = movement_columns(history, seen, np.full(seen.sum(), 10))
    >>> bool(columns["amount"].sum() > 0)
    True
    """
    kinds = _kinds(history)
    who, month, order, kind, amount = (np.concatenate(parts) for parts in zip(*_parts(history, kinds), strict=True))
    kept = seen[who] & (month >= -history.scenario.first_month)
    sort = np.flatnonzero(kept)[np.lexsort((order[kept], month[kept], who[kept]))]
    columns = {
        "account_id": history.customers.number[who[sort]],
        "month": days(history.scenario, month[sort]),
        "type": order[sort].astype(np.int8),
        "kind": kind[sort].astype(np.int8),
        "product": np.zeros(len(sort), np.int8),
        "amount": amount[sort],
    }
    return columns, _seat_steps(history, kinds, seen, seats0)


def _parts(history: History, kinds: Ints) -> list[tuple[Ints, Ints, Ints, Ints, Floats]]:
    """Account, month, place of the type, kind and amount of balances, signings, changes and departures."""
    window, customers, changes = -history.scenario.first_month, history.customers, history.changes
    mrr = mrr_steps(history)
    legacy = np.flatnonzero((customers.start < window) & (history.left >= window))
    new = np.flatnonzero(customers.start >= window)
    new = new[customers.start[new] < history.months]
    gone = np.flatnonzero(history.left < history.months)
    types = code(MOVEMENTS, "expansion") + (changes.kind != EXPANSION)
    return [
        (*_plain(legacy, np.full(len(legacy), window), "opening"), mrr.at(legacy, np.full(len(legacy), window - 1))),
        (*_plain(new, customers.start[new], "new"), customers.mrr0[new]),
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


def _seat_steps(history: History, kinds: Ints, seen: Flags, seats0: Ints) -> Steps:
    """Seats of each account from a month on; changes by seats keep the price of a seat."""
    changes, first = history.changes, np.ones(len(seen))
    first[seen] = seats0
    ratio = np.where(kinds == code(KINDS, "seat"), np.log(changes.after / (changes.after - changes.amount)), 0.0)
    total = np.concatenate([[0.0], np.cumsum(ratio)])
    begins = np.searchsorted(changes.who, changes.who)
    grown = first[changes.who] * np.exp(total[1:] - total[begins])
    return from_signing(history, first, np.maximum(np.round(grown), 1))
