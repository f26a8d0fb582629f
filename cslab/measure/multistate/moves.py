"""From counted moves to a chain: looked at first, everything that is wrong told at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import DataError, Fault
from cslab.measure.multistate.chain import Chain

if TYPE_CHECKING:
    import pandas as pd

MOVES = ("from", "to", "count")


def chain_of(moves: pd.DataFrame, absorbing: Sequence[str], states: Sequence[str] = ()) -> Chain:
    """The chain of months that counted moves speak of: each row of counts over its sum.

    Parameters
    ----------
    moves : DataFrame
        ``from``, ``to`` (states, the same for staying), ``count`` (customer-months); rows of one pair add up.
    absorbing : sequence of str
        The ends.
    states : sequence of str
        The other states in the order wanted; as they come in the rows when left out.

    Returns
    -------
    Chain

    Raises
    ------
    DataError
        With everything that is wrong with the moves: a missing column, counts that are no numbers, moves out of an end,
        states that are not known, a state from which nothing was counted.

    >>> import pandas as pd
    >>> moves = pd.DataFrame({"from": ["new", "new", "on"], "to": ["on", "gone", "gone"], "count": [3, 1, 2]})
    >>> chain_of(moves, ["gone"]).fitted.tolist()
    [[0.0, 0.75, 0.25], [0.0, 0.0, 1.0]]
    """
    ends = tuple(dict.fromkeys(absorbing))
    table = _table(moves, ends, list(dict.fromkeys(states)))
    counts = table.to_numpy(float)
    at_risk = counts.sum(axis=1)
    names = tuple(map(str, table.index))
    return Chain(names, ends, counts / at_risk[:, None], at_risk, np.zeros(len(names)))


def _table(moves: pd.DataFrame, ends: Sequence[str], states: Sequence[str]) -> pd.DataFrame:
    """Counted moves as a table, looked at first: a row a state, a column a state or end."""
    import pandas as pd

    if absent := [name for name in MOVES if name not in moves]:
        known = ", ".join(map(str, moves.columns))
        faults = [Fault("spells.column", {"column": name, "known": known}) for name in absent]
        raise DataError(*faults, subject="moves", ending="nothing_counted")
    named = list(states) or [name for name in pd.unique(moves[["from", "to"]].to_numpy().ravel()) if name not in ends]
    if faults := list(_faults(moves, ends, named)):
        raise DataError(*faults, subject="moves", ending="nothing_counted")
    summed = moves.assign(count=pd.to_numeric(moves["count"]))
    table = summed.pivot_table(values="count", index="from", columns="to", aggfunc="sum", fill_value=0, observed=True)
    return table.reindex(index=named, columns=[*named, *ends], fill_value=0)


def _faults(moves: pd.DataFrame, ends: Sequence[str], states: Sequence[str]) -> Iterator[Fault]:
    """Everything that is wrong with counted moves, kind by kind."""
    import pandas as pd

    count = pd.to_numeric(moves["count"], errors="coerce")
    if (wrong := ~(np.isfinite(count) & (count >= 0))).any():
        first = moves[wrong].iloc[0]
        values = {"count": int(wrong.sum()), "first": f"{first['from']} → {first['to']}: {first['count']}"}
        yield Fault("chain.count", values)
    for name in sorted({*moves["from"], *moves["to"]} - {*states, *ends}, key=str):
        yield Fault("chain.unknown", {"state": name, "known": ", ".join([*states, *ends])})
    for end in ends:
        if (out := count[(moves["from"] == end) & (moves["to"] != end)].sum()) > 0:
            yield Fault("chain.leaves_end", {"state": end, "count": int(out)})
    left = count.groupby(moves["from"], observed=True).sum()
    for name in states:
        if not left.get(name, 0) > 0:
            yield Fault("chain.empty", {"state": name})
