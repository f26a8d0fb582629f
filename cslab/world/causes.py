"""Why customers leave, in expectation: because they decide not to go on, or because they close or are merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from cslab.world.hazard import leaving_chance

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints

CAUSES = ("voluntary", "uncontrollable")


def chance_by_cause(history: History, who: Ints, tenure: Ints) -> Floats:
    """The chance that a customer still there leaves at the end of some months of tenure, by cause.

    Parameters
    ----------
    history : History
        Simulated at least to those months.
    who, tenure : ndarray of int, of shapes that broadcast
        Rows, and months since the signing of their spell.

    Returns
    -------
    ndarray of float, shape (2, ...)
        Of ``CAUSES``. Together they are the chance of leaving: where a term runs out in the month of a closure, the
        closure is the cause.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> chance_by_cause(history, np.arange(60), np.ones(60, int)).shape
    (2, 60)
    """
    closes = np.array(history.scenario.uncontrollable_hazard)[history.customers.segment[who]] * (tenure > 0)
    leaves = leaving_chance(history, who, tenure)
    return np.stack([leaves - closes, np.broadcast_to(closes, leaves.shape)])


def departures(history: History, first: int, last: int) -> Floats:
    """Departures to be expected in some months of those who are there in each of them.

    Parameters
    ----------
    history : History
    first, last : int
        Months since the scenario's first, ``first`` included, ``last`` not.

    Returns
    -------
    ndarray of float, shape (2,)
        Of ``CAUSES``.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> bool((departures(history, 40, 88) > 0).all())
    True
    """
    found, start = np.zeros(len(CAUSES)), history.customers.start
    for month in range(max(first, 0), min(last, history.months)):
        there = np.flatnonzero((start < month) & (history.left >= month))
        found += chance_by_cause(history, there, month - start[there]).sum(axis=1)
    return found


def expected_causes(lived: Mapping[str, Sequence[History]], first: int, last: int) -> pd.DataFrame:
    """Departures to be expected in some months under several policies, by cause.

    Parameters
    ----------
    lived : mapping of str to sequence of History
        The company's histories by policy.
    first, last : int
        Months since the scenario's first, ``first`` included, ``last`` not.

    Returns
    -------
    DataFrame
        ``policy``, ``cause``, ``departures``, ``share``.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48)
    >>> float(expected_causes({"rule": [history]}, 40, 88)["share"].sum())
    1.0
    """
    import pandas as pd

    rows = []
    for policy, histories in lived.items():
        found = sum((departures(history, first, last) for history in histories), np.zeros(len(CAUSES)))
        shares = found / found.sum() if found.any() else np.full(len(CAUSES), np.nan)
        rows += [(policy, *row) for row in zip(CAUSES, found, shares, strict=True)]
    return pd.DataFrame(rows, columns=["policy", "cause", "departures", "share"])


def incidence_by_tenure(history: History, horizon: int) -> Floats:
    """The chance of having left for each cause by each month of tenure, of the first spells of a chunk.

    Parameters
    ----------
    history : History
    horizon : int
        Last month.

    Returns
    -------
    ndarray of float, shape (2, horizon + 1, accounts)

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=60)
    >>> incidence_by_tenure(history, 12).shape
    (2, 13, 60)
    """
    chances = chance_by_cause(history, np.flatnonzero(history.first)[None, :], np.arange(horizon + 1)[:, None])
    staying = np.cumprod(1 - chances.sum(axis=0), axis=0)
    before = np.concatenate([np.ones((1, staying.shape[1])), staying[:-1]])
    return np.asarray(np.cumsum(before * chances, axis=1))
