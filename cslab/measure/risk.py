"""Who was at risk when: the one table of counts behind every survival number.

An account that entered after ``entry`` and was followed to ``duration`` is at risk at ``t`` when
``entry < t <= duration``. lifelines' Kaplan-Meier estimate keeps this rule too, but its printed at-risk count adds the
accounts that enter at ``t``, its Nelson-Aalen variance differs from R's when times are tied, and its log-rank test
takes no entry. Hence one exact table here; the tests hold it to lifelines and R where those are right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Counts = NDArray[np.int64]

MOST_GROUPS = 50
"""More groups than this are a number that was meant to be cut into bands."""

GRID_LIMIT = 100_000
"""Whole times up to here get a row each, also those at which nobody left, so that a month is never missing."""


@dataclass(frozen=True)
class RiskTable:
    """Counts by group (rows) and time (columns).

    Parameters
    ----------
    time : array, shape (times,)
        Times, from 0.
    at_risk, events : array, shape (groups, times)
        Accounts at risk just before each time, and those of them that left at it. At time 0, ``at_risk`` counts the
        accounts that were under observation from the start.
    sizes : array, shape (groups,)
        Accounts of each group.
    last : array, shape (groups,)
        Longest time that anybody of the group was followed.
    by : str
        The grouping column; empty for one group.
    groups : list
        The groups' values, in order.
    attrs : dict
        What the durations say about themselves (``as_of``, ``unit`` …), handed on to every result.
    """

    time: NDArray[Any]
    at_risk: Counts
    events: Counts
    sizes: Counts
    last: NDArray[Any]
    by: str
    groups: list[Any]
    attrs: dict[Any, Any]

    def watched(self) -> Floats:
        """Numbers at risk to divide by: at time 0 nobody leaves, even if nobody was watched from then on.

        >>> import pandas as pd
        >>> risk_table(pd.DataFrame({"entry": [1], "duration": [2], "event": [True]})).watched().tolist()
        [[1.0, 0.0, 1.0]]
        """
        at_risk = self.at_risk.astype(float)
        at_risk[:, 0] = np.maximum(at_risk[:, 0], 1)
        return at_risk

    def frame(self, **columns: Any) -> pd.DataFrame:
        """A tidy frame of arrays of shape (groups, times): each group to the end of its own follow-up.

        >>> import pandas as pd
        >>> table = risk_table(pd.DataFrame({"duration": [1, 2], "event": [True, False]}))
        >>> table.frame(at_risk=table.at_risk)["at_risk"].tolist()
        [2, 2, 1]
        """
        import pandas as pd

        shown = self.time[None, :] <= self.last[:, None]
        rows, times = np.nonzero(shown)
        values = {"time": self.time[times]}
        for name, value in columns.items():
            values[name] = np.broadcast_to(value, shown.shape)[rows, times]
        if self.by:
            values = {self.by: pd.Index(self.groups).take(rows), **values}
        frame = pd.DataFrame(values)
        frame.attrs.update(self.attrs)
        return frame


def risk_table(durations: pd.DataFrame, by: str | None = None) -> RiskTable:
    """Count who was at risk and who left, at every time.

    Parameters
    ----------
    durations : DataFrame
        ``duration`` and ``event``, and ``entry`` for those seen late (0 where the column is absent).
    by : str, optional
        A column to split by; missing values are a group of their own.

    Returns
    -------
    RiskTable
        Whole times have every time from 0 to the last, others only the times that occur.

    Raises
    ------
    UsageError
        For missing columns or values, rows that were never at risk, nobody at all, or too many groups.

    >>> import pandas as pd
    >>> seen = pd.DataFrame({"entry": [0, 2, 0], "duration": [3, 3, 1], "event": [True, False, False]})
    >>> risk_table(seen).at_risk.tolist()
    [[2, 2, 1, 2]]
    """
    entry, duration, event = checked(durations)
    codes, groups = _groups(durations, by)
    time, enters, leaves = _columns(entry, duration)
    shape = (len(groups), len(time))
    cells = codes * len(time) + leaves
    gone, events = _counted(cells, shape), _counted(cells[event], shape)
    come = _counted(codes * len(time) + enters, shape)
    at_risk = np.cumsum(come, axis=1) - np.cumsum(gone, axis=1) + gone
    at_risk[:, 0] = np.bincount(codes[entry <= 0], minlength=len(groups))
    followed = np.where(gone > 0, time, 0).max(axis=1)
    return RiskTable(time, at_risk, events, np.bincount(codes), followed, by or "", groups, durations.attrs)


def checked(durations: pd.DataFrame) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.bool_]]:
    """Entry, duration and event as arrays, or every fault that keeps them from being counted.

    Parameters
    ----------
    durations : DataFrame
        As for ``risk_table``.

    Returns
    -------
    tuple of arrays, shape (rows,)

    Raises
    ------
    UsageError
        For missing columns or values, rows that were never at risk, or nobody at all.

    >>> import pandas as pd
    >>> [part.tolist() for part in checked(pd.DataFrame({"duration": [3], "event": [1]}))]
    [[0], [3], [True]]
    """
    absent = [name for name in ("duration", "event") if name not in durations]
    if absent:
        found = [str(name) for name in durations.columns]
        raise UsageError(*(_absent(name, found) for name in absent))
    duration = durations["duration"].to_numpy()
    entry = durations["entry"].to_numpy() if "entry" in durations else np.zeros_like(duration)
    event = durations["event"].to_numpy()
    if faults := _faults(entry, duration, event):
        raise UsageError(*faults)
    return entry, duration, event.astype(bool)


def product_limit(table: RiskTable) -> tuple[Floats, Floats]:
    """Kaplan-Meier estimate and Greenwood standard error.

    Parameters
    ----------
    table : RiskTable

    Returns
    -------
    tuple of arrays, shape (groups, times)
        Missing from the first time on at which nobody was at risk.

    >>> import pandas as pd
    >>> product_limit(risk_table(pd.DataFrame({"duration": [1, 2], "event": [True, False]})))[0].tolist()
    [[1.0, 0.5, 0.5]]
    """
    at_risk, events = table.watched(), table.events
    with np.errstate(invalid="ignore", divide="ignore"):
        estimate: Floats = np.cumprod(1 - events / at_risk, axis=1)
        spread: Floats = np.cumsum(events / (at_risk * (at_risk - events)), axis=1)
        return estimate, estimate * np.sqrt(spread)


def _counted(cells: NDArray[np.intp], shape: tuple[int, int]) -> Counts:
    """How many accounts fall into each cell of (groups, times)."""
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)


def _columns(entry: NDArray[Any], duration: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.intp], NDArray[np.intp]]:
    """The times of the table, and for each row the columns from which and to which it is at risk."""
    top = duration.max()
    if top <= GRID_LIMIT and np.array_equal(duration, np.floor(duration)):
        return np.arange(int(top) + 1), np.floor(entry).astype(np.intp) + 1, duration.astype(np.intp)
    time = np.unique(np.concatenate([[0], duration]))
    return time, np.searchsorted(time, entry, side="right"), np.searchsorted(time, duration)


def _groups(durations: pd.DataFrame, by: str | None) -> tuple[NDArray[np.intp], list[Any]]:
    """A code a row and the groups' values, sorted, missing values last."""
    import pandas as pd

    if by is None:
        return np.zeros(len(durations), np.intp), [""]
    if by not in durations:
        known = ", ".join(map(str, durations.columns))
        raise UsageError(Fault("unknown_group", {"by": by, "near": nearest(by, map(str, durations)), "known": known}))
    codes, groups = pd.factorize(durations[by], sort=True, use_na_sentinel=False)
    if len(groups) > MOST_GROUPS:
        raise UsageError(Fault("too_many_groups", {"by": by, "count": len(groups), "most": MOST_GROUPS}))
    return codes, list(groups)


def _absent(name: str, found: list[str]) -> Fault:
    """That a frame of durations lacks a column."""
    return Fault("not_durations", {"column": name, "near": nearest(name, found), "found": ", ".join(found)})


def _faults(entry: NDArray[Any], duration: NDArray[Any], event: NDArray[Any]) -> list[Fault]:
    """Rows that cannot be counted: none at all, with gaps, or never at risk."""
    import pandas as pd

    if not len(duration):
        return [Fault("nobody_at_risk")]
    empty = pd.isna(duration) | pd.isna(entry) | pd.isna(event)
    if empty.any():
        return [Fault("empty_durations", {"count": int(empty.sum())})]
    never = (entry >= duration) | (entry < 0)
    return [Fault("never_at_risk", {"count": int(never.sum())})] if never.any() else []
