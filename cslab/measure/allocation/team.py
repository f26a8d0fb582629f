"""Which CSM looks after which account: the work spread evenly, and nobody passed on without need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.allocation.problem import ROUNDING

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from cslab.measure.allocation.problem import Floats, Ints

    Names = NDArray[np.str_]

ALL = "1"
"""The pool of those who have not been split up."""


@dataclass(frozen=True)
class Assignment:
    """A CSM for each account.

    Parameters
    ----------
    csm : ndarray of int, shape (n,)
        The CSM of each account, from 0 on.
    load, fair, capacity : ndarray of float, shape (csms,)
        Hours that each has to work, the fair part of the pool's work, and the hours there are.
    accounts : ndarray of int, shape (csms,)
        How many accounts each has.
    moved : int
        Accounts that had another CSM before.

    >>> assigned = assign([3.0, 1.0, 1.0, 1.0], [10.0, 10.0])
    >>> assigned.load.tolist(), assigned.overload
    ([3.0, 3.0], 0.0)
    """

    csm: Ints
    load: Floats
    fair: Floats
    capacity: Floats
    accounts: Ints
    moved: int

    @property
    def overload(self) -> float:
        """By what share the most loaded CSM is above the fair part (0 where all work is spread evenly)."""
        works = self.fair > 0
        return float(np.maximum(self.load[works] / self.fair[works] - 1, 0.0).max()) if works.any() else 0.0

    def table(self) -> pd.DataFrame:
        """The CSMs, one a row.

        Returns
        -------
        DataFrame
            ``csm`` (from 0 on), ``accounts``, ``hours``, ``fair_h``, ``capacity_h``, ``utilisation`` (missing without
            hours).

        >>> assign([3.0, 1.0], [8.0, 8.0]).table()["accounts"].tolist()
        [1, 1]
        """
        import pandas as pd

        room = np.where(self.capacity > 0, self.capacity, np.nan)
        columns = {"accounts": self.accounts, "hours": self.load, "fair_h": self.fair, "capacity_h": self.capacity}
        return pd.DataFrame({"csm": np.arange(len(self.load)), **columns, "utilisation": self.load / room})


def assign(
    hours: ArrayLike,
    capacity: ArrayLike,
    present: ArrayLike | None = None,
    pool: ArrayLike | None = None,
    csm_pool: ArrayLike | None = None,
) -> Assignment:
    """Give each account a CSM so that all work about the same share of their hours.

    The accounts that take most hours come first. Each stays with its CSM while that one has room within the fair part,
    and goes to the one with most room otherwise; the small ones at the end even it out.

    Parameters
    ----------
    hours : array of float, shape (n,)
        What each account takes.
    capacity : array of float, shape (csms,)
        Hours of each CSM: fewer for those who are new or part-time, 0 for those who are away.
    present : array of int, shape (n,), optional
        The CSM of each account now, from 0 on; -1: none.
    pool, csm_pool : array of int or str, shapes (n,) and (csms,), optional
        The pool that serves each account, and the one to which each CSM belongs.

    Returns
    -------
    Assignment

    Raises
    ------
    UsageError
        Where a pool has work and nobody with hours, or more work than hours (which, and by how much); for missing
        numbers and such below 0, columns of another length, and a present CSM that there is not: all at once.

    Source: longest processing time first, Graham (1969), SIAM Journal on Applied Mathematics 17:416, grade A.

    >>> assign([2.0, 2.0, 1.0, 1.0], [3.0, 6.0]).load.tolist()
    [2.0, 4.0]
    >>> assign([1.0, 1.0, 1.0, 1.0], [9.0, 9.0], present=[1, 1, 0, 0]).moved
    0
    """
    work, room = np.asarray(hours, float), np.asarray(capacity, float)
    mine, theirs = _named(pool, len(work)), _named(csm_pool, len(room))
    _check_lengths(work, room, present, mine, theirs)
    _check(work, room, mine, theirs)
    now = _places(present, len(work), len(room))
    csm, fair = np.empty(len(work), np.int64), np.zeros(len(room))
    for one in np.unique(mine):
        who, team = np.flatnonzero(mine == one), np.flatnonzero(theirs == one)
        fair[team] = work[who].sum() * room[team] / max(room[team].sum(), 1e-12)
        places = np.full(len(room) + 1, -1)
        places[team] = np.arange(len(team))
        csm[who] = team[_spread(work[who], fair[team], places[now[who]])]
    load = np.bincount(csm, work, len(room)).astype(float)
    accounts = np.bincount(csm, minlength=len(room)).astype(np.int64)
    return Assignment(csm, load, fair, room, accounts, int(((now >= 0) & (csm != now)).sum()))


def _spread(work: Floats, fair: Floats, now: Ints) -> Ints:
    """The CSM of each account of one pool: the present one where there is room, else the one with most room."""
    room, csm = fair.copy(), np.empty(len(work), np.int64)
    for who in np.argsort(-work, kind="stable"):
        one = now[who]
        if one < 0 or room[one] < work[who] - 1e-9:
            one = int(np.argmax(np.where(fair > 0, room, -np.inf)))
        csm[who] = one
        room[one] -= work[who]
    return csm


def _named(pools: ArrayLike | None, count: int) -> Names:
    """The pool of each by name; one for all where none is given."""
    return np.full(count, ALL) if pools is None else np.asarray(pools).astype(str)


def _places(present: ArrayLike | None, accounts: int, csms: int) -> Ints:
    """The CSM of each account now, once all are known to exist."""
    import pandas as pd

    if present is None:
        return np.full(accounts, -1)
    now = pd.to_numeric(pd.Series(np.asarray(present).ravel(), dtype=object), errors="coerce").to_numpy(float)
    wrong = ~np.isin(now, np.arange(-1, csms))
    if wrong.any():
        first = np.asarray(present).ravel()[wrong][0]
        values = {"csm": first, "count": int(wrong.sum()), "last": csms - 1}
        raise UsageError(Fault("allocation.no_such_csm", values))
    return now.astype(np.int64)


def _check_lengths(work: Floats, room: Floats, present: Any, mine: Names, theirs: Names) -> None:
    """Refuse columns that do not belong to the accounts, or to the CSMs, all at once."""
    given = [("pool", mine, "hours", work), ("csm_pool", theirs, "capacity", room)]
    given += [] if present is None else [("present", np.asarray(present), "hours", work)]
    faults = [
        Fault("allocation.length", {"name": name, "count": one.size, "other": other, "wanted": beside.size})
        for name, one, other, beside in given
        if one.shape != beside.shape
    ]
    if faults:
        raise UsageError(*faults)


def _check(work: Floats, room: Floats, mine: Names, theirs: Names) -> None:
    """Refuse numbers that are missing or below 0, and pools with more work than hours."""
    given = {"hours": work, "capacity": room}
    faults = [
        Fault("allocation.missing", {"name": name, "count": int((~np.isfinite(numbers)).sum())})
        for name, numbers in given.items()
        if not np.isfinite(numbers).all()
    ]
    faults += [
        Fault("allocation.negative", {"name": name, "least": f"{numbers.min():,.2f}"})
        for name, numbers in given.items()
        if (numbers < 0).any()
    ]
    faults = faults or [
        _short(str(one), float(work[mine == one].sum()), float(room[theirs == one].sum()))
        for one in np.unique(mine)
        if work[mine == one].sum() > room[theirs == one].sum() * (1 + ROUNDING) + ROUNDING
    ]
    if faults:
        raise UsageError(*faults)


def _short(pool: str, work: float, there: float) -> Fault:
    """The fault of a pool with more work than hours."""
    values = {"pool": pool, "hours": f"{work:,.1f}"}
    if not there > 0:
        return Fault("allocation.nobody", values)
    return Fault("allocation.team_too_few", {**values, "there": f"{there:,.1f}", "short": f"{work - there:,.1f}"})
