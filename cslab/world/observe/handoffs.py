"""The table ``handoffs``: from sales to onboarding after signing, from onboarding to customer success at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.observe.onboarding import first_value_days
from cslab.world.observe.presence import recorded, signing_days
from cslab.world.rates import logistic

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns


def handoff_columns(records: Records) -> Columns:
    """The columns of ``handoffs``, of the hidden quality q of the account's hand-off.

    - days between: ``median · exp(-0.4·q + 0.5·e)``, the medians after signing and onboarding ``handoff_gap_days``
    - share of the information handed over: ``σ(0.8 + 0.8·q + 0.6·e)``; asked again: chance ``σ(-0.6 - 0.9·q)``
    - rating by those who take over: ``3 + 0.8·q + 0.7·e``, rounded, 1-5

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
    >>> table = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["handoffs"]
    >>> bool((table["days_gap"] >= 0).all())
    True
    """
    history, seen = records.history, records.seen
    people = np.flatnonzero(seen & history.first)
    who, turn = np.repeat(people, 2), np.tile([0, 1], len(people))
    begins = np.where(turn == 0, signing_days(history, who), first_value_days(history, who))
    quality = history.customers.beginnings.handoff[who]
    draws = _Draws(history, who, turn)
    median = np.array(history.scenario.handoff_gap_days)[turn]
    gap = np.floor(median * np.exp(-0.4 * quality + 0.5 * draws.normal("gap"))).astype(np.int64)
    day = (begins.astype("M8[D]") + gap).astype("M8[ns]")
    kept = recorded(history, who, day)
    columns = {
        "account_id": history.customers.number[who],
        "from_dept": turn.astype(np.int8),
        "to_dept": turn.astype(np.int8),
        "handed_on": day,
        "days_gap": gap,
        "info_complete": np.round(logistic(0.8 + 0.8 * quality + 0.6 * draws.normal("info")), 2),
        "customer_repeat_info": draws.uniform("repeat") < logistic(-0.6 - 0.9 * quality),
        "quality": np.clip(np.round(3 + 0.8 * quality + 0.7 * draws.normal("rating")), 1, 5),
    }
    return {name: values[kept] for name, values in columns.items()}


class _Draws:
    """Draws addressed by account and by which of its hand-offs it is."""

    def __init__(self, history: History, who: Ints, turn: Ints) -> None:
        self.seed, self.number, self.turn = history.seed, history.customers.number[who], turn

    def uniform(self, stream: str) -> Floats:
        """Uniform draws of a stream."""
        return luck.hashed(self.seed, f"handoffs.{stream}", self.number, 0, self.turn)

    def normal(self, stream: str) -> Floats:
        """Standard normal draws of a stream."""
        from scipy.special import ndtri

        return np.asarray(ndtri(self.uniform(stream)))
