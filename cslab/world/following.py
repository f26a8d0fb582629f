"""What became of customers over their first months: how long they stayed, what they paid, what their touch took."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world.observe.steps import mrr_steps
from cslab.world.touch import TIERS

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.observe.vocabulary import Columns


def followed_columns(history: History, horizon: int, gone: int) -> Columns:
    """The first months of all customers of a chunk who signed long enough ago; who came back counts again from then.

    Parameters
    ----------
    history : History
    horizon : int
        Months after the first signing over which each customer is followed.
    gone : int
        Months gone by since the scenario's first; the horizon lies within them, and the month after it.

    Returns
    -------
    dict of str to ndarray
        ``account_id`` (number), ``tier``, ``signed_amount`` (MRR at signing), ``last_amount`` (MRR after the horizon, 0
        of those who are gone), ``months`` (as a customer), and summed over these months ``value_amount`` (MRR) and
        ``hours`` (of customer success, by the tier of each month).

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("all_high"), 1, range(1), accounts=60, months=48)
    >>> found = followed_columns(history, horizon=12, gone=history.months)
    >>> bool((found["hours"] == 6.5 * found["months"]).all()), int(found["months"].max())
    (True, 12)
    """
    number, opening, account = np.unique(history.customers.number, return_index=True, return_inverse=True)
    signed = history.customers.start[opening]
    wanted = signed + horizon < min(gone, history.months)
    spells = np.flatnonzero(wanted[account])
    month = signed[account[spells], None] + np.arange(horizon + 1)
    start = history.customers.start[spells, None]
    there = (start <= month) & (month < history.left[spells, None])
    mrr = there * mrr_steps(history).at(spells[:, None], np.maximum(month, start))
    months = there[:, :horizon].sum(axis=1)
    new = (there & (month < history.retiered[spells, None]))[:, :horizon].sum(axis=1)
    each = np.array(history.scenario.touch_hours)
    hours = each[history.tier[spells]] * (months - new) + each[history.touch.first[spells]] * new
    summed = {"last_amount": mrr[:, horizon], "months": months, "value_amount": mrr[:, :horizon].sum(axis=1)}
    sums = {
        name: np.bincount(account[spells], values, len(number))[wanted]
        for name, values in {**summed, "hours": hours}.items()
    }
    return {
        "account_id": number[wanted],
        "tier": np.array(TIERS, dtype=object)[history.tier[opening[wanted]]],
        "signed_amount": history.customers.mrr0[opening[wanted]],
        **sums,
    }
