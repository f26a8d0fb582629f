"""Rows of histories taken and put together: some accounts of a chunk, or spells made by different runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.world.customers import taken
from cslab.world.history import SHARED, Changes, History

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.world.customers import Customers
    from cslab.world.luck import Flags, Ints


def rows_of(history: History, rows: Ints) -> History:
    """A history with some of its rows, in a given order.

    Parameters
    ----------
    history : History
    rows : ndarray of int
        Positions of rows, none twice.

    Returns
    -------
    History
        With the changes, cuts and climbs of these rows; ``value`` is the same array.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), seed=1, blocks=range(1), accounts=60, months=48)
    >>> rows_of(history, np.array([3, 7])).customers.number.tolist()
    [3, 7]
    """
    place = np.full(len(history.lane), -1)
    place[rows] = np.arange(len(rows))
    return _put([history], [place])


def origins(history: History) -> Customers:
    """The customers of a chunk as they signed first, one entry an account.

    Parameters
    ----------
    history : History

    Returns
    -------
    Customers

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), seed=1, blocks=range(1), accounts=60, months=48)
    >>> len(origins(history).number)
    60
    """
    everyone = len(history.lane) == history.accounts
    return history.customers if everyone else taken(history.customers, np.flatnonzero(history.first))


def together(*parts: History, kept: Flags | None = None) -> History:
    """The rows of several histories of the same chunk and the same array of values, by account and start.

    Parameters
    ----------
    *parts : History
        What belongs to the whole chunk is that of the first.
    kept : ndarray of bool, optional
        Of the rows of all parts, one part after the other: no spell may be kept twice. All, where not given.

    Returns
    -------
    History

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> history = simulate(preset("tiny"), policy("rule"), seed=1, blocks=range(1), accounts=60, months=48)
    >>> odd = history.lane % 2 == 1
    >>> both = together(*(rows_of(history, np.flatnonzero(some)) for some in (odd, ~odd)))
    >>> bool((both.notice == history.notice).all())
    True
    """
    if len(parts) == 1:
        return parts[0]
    lane = np.concatenate([part.lane for part in parts])
    start = np.concatenate([part.customers.start for part in parts])
    rows = np.arange(len(lane)) if kept is None else np.flatnonzero(kept)
    place = np.full(len(lane), -1)
    place[rows[np.lexsort((start[rows], lane[rows]))]] = np.arange(len(rows))
    return _put(parts, np.split(place, np.cumsum([len(part.lane) for part in parts[:-1]])))


def _put(parts: Sequence[History], places: Sequence[Ints]) -> History:
    """Rows of histories at new places; -1 where a row is left out."""
    moves = [(np.flatnonzero(place >= 0), place) for place in places]
    names = [item.name for item in fields(History) if item.name not in SHARED]
    put = {name: _of_rows([getattr(part, name) for part in parts], moves) for name in names}
    return replace(parts[0], **put)


def _of_rows(parts: Sequence[Any], moves: Sequence[tuple[Ints, Ints]]) -> Any:
    """One field of the rows that are kept: a dataclass of columns, events, or an array whose last axis are rows."""
    if isinstance(parts[0], Changes):
        columns = [tuple(getattr(part, item.name) for item in fields(Changes)) for part in parts]
        return Changes(*_events(columns, moves))
    if isinstance(parts[0], tuple):
        return _events(parts, moves)
    return _entries(parts, moves) if is_dataclass(parts[0]) else _column([part.T for part in parts], moves).T


def _entries(parts: Sequence[Any], moves: Sequence[tuple[Ints, Ints]]) -> Any:
    """Dataclasses of arrays, one entry a row, as one."""
    columns = {item.name: [getattr(part, item.name) for part in parts] for item in fields(parts[0])}
    put = {name: _entries if is_dataclass(column[0]) else _column for name, column in columns.items()}
    return replace(parts[0], **{name: put[name](column, moves) for name, column in columns.items()})


def _column(parts: Sequence[NDArray[Any]], moves: Sequence[tuple[Ints, Ints]]) -> NDArray[Any]:
    """Arrays whose first axis are rows, as one."""
    column = np.empty((sum(len(rows) for rows, _ in moves), *parts[0].shape[1:]), dtype=parts[0].dtype)
    for part, (rows, place) in zip(parts, moves, strict=True):
        column[place[rows]] = part[rows]
    return column


def _events(parts: Sequence[tuple[NDArray[Any], ...]], moves: Sequence[tuple[Ints, Ints]]) -> Any:
    """Events of the rows that are kept, by row; those of a row keep their order."""
    who = np.concatenate([place[part[0]] for part, (_, place) in zip(parts, moves, strict=True)])
    kept = np.flatnonzero(who >= 0)
    kept = kept[np.argsort(who[kept], kind="stable")]
    return who[kept], *(np.concatenate(column)[kept] for column in zip(*(part[1:] for part in parts), strict=True))
