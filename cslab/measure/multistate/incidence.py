"""Competing ends: the share that has come to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.multistate.transitions import transition_probabilities

if TYPE_CHECKING:
    import pandas as pd


def cumulative_incidence(
    spells: pd.DataFrame, times: Sequence[float], begin: str, start: float = 0.0, states: Sequence[str] = ()
) -> pd.DataFrame:
    """The share that has come to each end by each time, of those in one state at the start.

    Whoever comes to one end comes to no other; one minus a Kaplan-Meier curve of one end counts them as if they still
    could, and its curves add up to more than everybody.

    Parameters
    ----------
    spells : DataFrame
        As for ``counts_of``.
    times : sequence of float
        In the unit of the spells.
    begin : str
        The state at the start.
    start, states
        As for ``transition_probabilities``.

    Returns
    -------
    DataFrame
        ``time``, ``end`` (a state nobody was seen to leave), ``estimate``, ``low``, ``high`` (95 %), ``n``, ``method``.

    Raises
    ------
    DataError
        With everything that is wrong with the spells.
    UsageError
        For a state that nobody is in, or a time before the start.

    Source: Aalen and Johansen (1978); grade A. Equal to R's survival on mgus2.

    >>> import pandas as pd
    >>> deals = pd.DataFrame({"id": [1, 2, 3, 4], "from": "open", "to": ["won", "lost", "won", None],
    ...     "start": 0, "stop": [1, 2, 3, 3]})
    >>> cumulative_incidence(deals, [3], "open")[["end", "estimate"]].values.tolist()
    [['lost', 0.25], ['won', 0.5]]
    """
    found = transition_probabilities(spells, times, start, states)
    left = set(spells["from"].unique())
    if begin not in left:
        known = sorted(map(str, left))
        raise UsageError(Fault("spells.begin", {"begin": begin, "near": nearest(str(begin), known), "known": known}))
    rows = found.frame().query("`from` == @begin and to not in @left")
    return rows.drop(columns="from").rename(columns={"to": "end"}).reset_index(drop=True)
