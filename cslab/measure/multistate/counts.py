"""Spells in states, checked and counted: who was in which state, and who moved where, at each time of a move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import DataError, Fault

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

COLUMNS = ("id", "from", "to", "start", "stop")
SHOWN = 3
"""How many rows a message names before it only counts."""


@dataclass(frozen=True)
class Counts:
    """Moves and those at risk of them, at each time of a move.

    Parameters
    ----------
    states : tuple of str
    times : (T,) array
        Times at which anybody moved, increasing.
    moves : (T, S, S) array
        Moves from each state (rows) to each other (columns) at each time.
    at_risk : (T, S) array
        Those in each state just before each time.
    ids : int
        Customers behind the spells.

    >>> Counts(("a",), np.array([]), np.zeros((0, 1, 1)), np.zeros((0, 1)), 0).states
    ('a',)
    """

    states: tuple[str, ...]
    times: Floats
    moves: Floats
    at_risk: Floats
    ids: int

    @property
    def shares(self) -> Floats:
        """Shares of each state that move at each time, with those who stay on the diagonal: (T, S, S).

        >>> moves, at_risk = np.array([[[0.0, 1.0], [0.0, 0.0]]]), np.array([[4.0, 0.0]])
        >>> Counts(("a", "b"), np.array([1.0]), moves, at_risk, 4).shares.tolist()
        [[[0.75, 0.25], [0.0, 1.0]]]
        """
        moved = self.moves / np.maximum(self.at_risk, 1)[:, :, None]
        stay = 1 - moved.sum(axis=2)
        found: Floats = moved + stay[:, :, None] * np.eye(len(self.states))
        return found


def counts_of(spells: pd.DataFrame, start: float = 0.0, states: Sequence[str] = ()) -> Counts:
    """Count moves and those at risk after a start.

    Who is in a state from ``start`` to ``stop`` is at risk at every time t with start < t <= stop: whoever enters at t
    is not yet at risk at t, whoever is censored at t still is.

    Parameters
    ----------
    spells : DataFrame
        ``id``, ``from`` (state), ``to`` (state moved to; empty: censored), ``start``, ``stop`` (any one unit of
        time); a row a stay in a state, in any order.
    start : float
        Only times after it count.
    states : sequence of str
        All states, in the order wanted; those that occur, sorted, when empty.

    Raises
    ------
    DataError
        With everything that is wrong with the spells, such as overlaps, gaps, unknown states, times without a number.

    >>> import pandas as pd
    >>> spells = pd.DataFrame({"id": [1, 2], "from": ["a", "a"], "to": ["b", None], "start": [0, 0], "stop": [2, 3]})
    >>> counts_of(spells).at_risk.tolist()
    [[2.0, 0.0]]
    """
    import pandas as pd

    origin, target, known = _codes(spells, states)
    begin, end = (_times(spells[name]) for name in ("start", "stop"))
    if faults := list(_faults(spells, begin, end, origin, target, known)):
        raise DataError(*faults, subject="spells", ending="nothing_counted")
    moved = (target >= 0) & (end > start)
    times = np.sort(pd.unique(end[moved]))
    size = len(known)
    place = np.searchsorted(times, end[moved])
    flat = (place * size + origin[moved]) * size + target[moved]
    moves = np.bincount(flat, minlength=len(times) * size * size).reshape(len(times), size, size)
    at_risk = _at_risk(times, begin, end, origin, size)
    return Counts(known, times, moves.astype(float), at_risk, int(spells["id"].nunique()))


def _codes(spells: pd.DataFrame, states: Sequence[str]) -> tuple[Any, Any, tuple[str, ...]]:
    """States as numbers; -1 for a censored end or a state that is not known."""
    import pandas as pd

    if absent := [name for name in COLUMNS if name not in spells]:
        known = ", ".join(map(str, spells.columns))
        faults = [Fault("spells.column", {"column": name, "known": known}) for name in absent]
        raise DataError(*faults, subject="spells", ending="nothing_counted")
    if not states:
        seen = pd.concat([spells["from"].drop_duplicates(), spells["to"].drop_duplicates()]).dropna()
        states = sorted(set(seen) - {""}, key=str)
    names = tuple(dict.fromkeys(states))
    origin, target = (pd.Categorical(spells[name], categories=list(names)).codes for name in ("from", "to"))
    return origin.astype(np.int64), target.astype(np.int64), names


def _times(values: pd.Series) -> Floats:
    """Times as numbers; dates and whatever else is no number are missing."""
    import pandas as pd
    from pandas.api.types import is_numeric_dtype

    if is_numeric_dtype(values):
        return values.to_numpy(float, na_value=np.nan)
    return pd.to_numeric(values.astype(object), errors="coerce").to_numpy(float, na_value=np.nan)


def _at_risk(times: Floats, begin: Floats, end: Floats, origin: Any, size: int) -> Floats:
    """Those in each state just before each time."""
    shape = (len(times) + 1) * size
    come = np.bincount(np.searchsorted(times, begin, side="right") * size + origin, minlength=shape)
    gone = np.bincount(np.searchsorted(times, end, side="right") * size + origin, minlength=shape)
    running: Floats = np.cumsum((come - gone).reshape(-1, size), axis=0)[: len(times)].astype(float)
    return running


def _faults(
    spells: pd.DataFrame, begin: Floats, end: Floats, origin: Any, target: Any, known: Sequence[str]
) -> Iterator[Fault]:
    """Everything that is wrong with the spells, kind by kind."""
    ends = _named(spells["to"], target)
    names = {"known": ", ".join(map(str, known))}
    if not known:
        yield Fault("spells.none", {})
    yield from _told(spells, ~(np.isfinite(begin) & np.isfinite(end)), "spells.time")
    yield from _told(spells, end <= begin, "spells.order")
    yield from _told(spells, origin < 0, "spells.from", **names)
    yield from _told(spells, ends & (target < 0), "spells.to", **names)
    yield from _told(spells, ends & (target == origin), "spells.same")
    customer = spells["id"].factorize()[0]
    yield from _told(spells, customer < 0, "spells.id")
    order = _order(customer, begin)
    later, before = order[1:], order[:-1]
    again = (customer[later] == customer[before]) & (customer[later] >= 0)
    early = again & (begin[later] < end[before])
    apart = again & ends[before] & ((begin[later] > end[before]) | (target[before] != origin[later]))
    overlap, gap = np.zeros(len(order), bool), np.zeros(len(order), bool)
    overlap[later], gap[later] = early, apart & ~early
    yield from _told(spells, overlap, "spells.overlap")
    yield from _told(spells, gap, "spells.gap")


def _named(to: pd.Series, target: Any) -> Any:
    """Where a stay ends in a move, be its state known or not: all but the empty ones."""
    found = target >= 0
    other = to[~found]
    found[~found] = other.notna().to_numpy() & (other.astype(object) != "").to_numpy()
    return found


def _order(customer: Any, begin: Floats) -> Any:
    """The stays customer by customer, each customer's in time; whole times are sorted at once, as one number."""
    first, reach = (begin.min(), np.ptp(begin) + 1) if len(begin) else (0.0, 1.0)
    if np.isfinite(reach) and reach * len(begin) < 2**62 and not (begin != np.floor(begin)).any():
        return np.argsort(customer * int(reach) + (begin - first).astype(np.int64), kind="stable")
    return np.lexsort((begin, customer))


def _told(spells: pd.DataFrame, wrong: Any, key: str, **values: Any) -> Iterator[Fault]:
    """One fault for all rows of a kind: the first few by name, and how many there are."""
    if not wrong.any():
        return
    rows = spells[wrong].iloc[:SHOWN]
    shown = "; ".join(
        f"id {row['id']}: {row['from']} → {'–' if row['to'] is None or row['to'] != row['to'] else row['to']}, "
        f"{row['start']}–{row['stop']}"
        for _, row in rows.iterrows()
    )
    yield Fault(key, {"count": int(wrong.sum()), "rows": shown, **values})
