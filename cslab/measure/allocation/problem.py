"""What there is to choose from: what each option is worth to each account, what it takes of each pool of hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

ROUNDING = 1e-9
"""By what share of a pool sums of hours may differ without being different."""


@dataclass(frozen=True)
class Problem:
    """Options of n accounts under some pools of hours. Arrays have the options first: sums over accounts are fast.

    Parameters
    ----------
    value : ndarray of float, shape (options, n)
    hours : ndarray of float, shape (pools, options, n)
    capacity : ndarray of float, shape (pools,)
    pools : tuple of str

    >>> problem = posed(np.array([[0.0, 5.0]]), np.array([[0.0, 2.0]]), 3.0)
    >>> problem.worth(np.array([1])), problem.used(np.array([1])).tolist()
    (5.0, [2.0])
    """

    value: Floats
    hours: Floats
    capacity: Floats
    pools: tuple[str, ...]

    @property
    def allowed(self) -> Floats:
        """The hours of each pool, with room for rounding."""
        return self.capacity * (1 + ROUNDING) + ROUNDING

    def worth(self, choice: Ints) -> float:
        """What some choices are worth together.

        >>> posed(np.array([[0.0, 5.0]]), np.array([[0.0, 2.0]]), 3.0).worth(np.array([0]))
        0.0
        """
        return float(self.value[choice, np.arange(len(choice))].sum())

    def taken(self, choice: Ints) -> Floats:
        """The hours that some choices take, of each pool by account.

        >>> posed(np.array([[0.0, 5.0]]), np.array([[0.0, 2.0]]), 3.0).taken(np.array([1])).shape
        (1, 1)
        """
        return self.hours[:, choice, np.arange(len(choice))]

    def used(self, choice: Ints) -> Floats:
        """The hours that some choices take of each pool.

        >>> posed(np.array([[0.0, 5.0]]), np.array([[0.0, 2.0]]), 3.0).used(np.array([1])).tolist()
        [2.0]
        """
        return np.asarray(self.taken(choice).sum(axis=1))

    def net(self, prices: Floats) -> Floats:
        """What each option is worth after paying for its hours, shape (options, n).

        >>> posed(np.array([[0.0, 5.0]]), np.array([[0.0, 2.0]]), 3.0).net(np.array([2.0])).ravel().tolist()
        [0.0, 1.0]
        """
        return np.asarray(self.value - np.tensordot(prices, self.hours, axes=1))


def posed(value: ArrayLike, hours: ArrayLike, capacity: ArrayLike, pools: Sequence[str] = ()) -> Problem:
    """The problem of an allocation, once its numbers are found to make sense.

    Parameters
    ----------
    value, hours, capacity, pools
        As for ``allocate``.

    Returns
    -------
    Problem

    Raises
    ------
    UsageError
        As ``allocate``.

    >>> posed(np.zeros((2, 3)), np.zeros((2, 3)), 5.0).pools
    ('1',)
    """
    worth, taken, room = (np.asarray(numbers, dtype=float) for numbers in (value, hours, capacity))
    taken, room = (taken[..., None] if taken.ndim == 2 else taken), np.atleast_1d(room)
    names = tuple(pools) or tuple(str(place + 1) for place in range(len(room)))
    _check_shapes(worth, taken, room, names)
    _check_numbers(worth, taken, room)
    _check_least(taken, room, names, bool(pools) or len(room) > 1)
    axes = np.ascontiguousarray(worth.T), np.ascontiguousarray(taken.transpose(2, 1, 0))
    return Problem(*axes, room, names)


def _check_shapes(value: Floats, hours: Floats, capacity: Floats, names: tuple[str, ...]) -> None:
    """Refuse arrays that do not belong together, and a book without accounts or options."""
    if not value.size or value.ndim != 2:
        raise UsageError(Fault("allocation.empty", {"shape": value.shape}))
    if hours.shape != (*value.shape, len(capacity)) or len(names) != len(capacity):
        shapes = {"value": value.shape, "hours": hours.shape, "capacity": capacity.shape, "pools": len(names)}
        raise UsageError(Fault("allocation.shapes", shapes))


def _check_numbers(value: Floats, hours: Floats, capacity: Floats) -> None:
    """Refuse what is missing or without end, and hours below 0, all at once."""
    given = {"value": value, "hours": hours, "capacity": capacity}
    faults = [
        Fault("allocation.missing", {"name": name, "count": f"{int((~np.isfinite(numbers)).sum()):,}"})
        for name, numbers in given.items()
        if not np.isfinite(numbers).all()
    ]
    faults += [
        Fault("allocation.negative", {"name": name, "least": f"{given[name].min():,.2f}"})
        for name in ("hours", "capacity")
        if (given[name] < 0).any()
    ]
    if faults:
        raise UsageError(*faults)


def _check_least(hours: Floats, capacity: Floats, names: tuple[str, ...], named: bool) -> None:
    """Refuse pools whose hours do not even suffice for everybody's least option."""
    least = hours.min(axis=1).sum(axis=0)
    short = np.flatnonzero(least > capacity * (1 + ROUNDING) + ROUNDING)
    if len(short):
        raise UsageError(*(_too_few(names[place] if named else "", capacity[place], least[place]) for place in short))


def _too_few(pool: str, hours: float, least: float) -> Fault:
    """The fault of a pool with too few hours; without its name, where there is only one."""
    values = {"hours": f"{hours:,.1f}", "least": f"{least:,.1f}", "short": f"{least - hours:,.1f}"}
    if not pool:
        return Fault("hours_too_few", values)
    return Fault("allocation.pool_too_few", {**values, "pool": pool})
