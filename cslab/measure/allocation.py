"""Who should get which tier when hours are short: one option an account, the most value within the hours there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_STEPS = 100
"""Halvings of the interval in which the price of an hour lies: as fine as numbers go."""


@dataclass(frozen=True)
class Allocation:
    """One option for each account, within the hours.

    Parameters
    ----------
    choice : ndarray of int, shape (n,)
        The option of each account.
    value : float
        What the choices are worth together.
    hours : float
        What they take together.
    bound : float
        No allocation within the hours is worth more than this.
    price : float
        What one more hour would be worth, about.

    >>> Allocation(np.array([0]), value=99.0, hours=1.0, bound=100.0, price=0.0).gap
    0.01
    """

    choice: Ints
    value: float
    hours: float
    bound: float
    price: float

    @property
    def gap(self) -> float:
        """How far it may be from the best there is, as a share of the bound: 0 where it is the best."""
        return max(self.bound - self.value, 0.0) / abs(self.bound) if self.bound else 0.0


def allocate(value: Floats, hours: Floats, capacity: float) -> Allocation:
    """The most value within the hours there are.

    Each hour gets a price; each account then takes the option that is worth most after paying for its hours; the
    price is halved in until the hours suffice. What remains goes to the best next steps that fit. The same prices
    bound what anybody could reach, so the gap is known.

    Parameters
    ----------
    value, hours : ndarray of float, shape (n, options)
        What each option is worth to each account, and the hours it takes.
    capacity : float
        Hours there are.

    Returns
    -------
    Allocation

    Raises
    ------
    UsageError
        Where the hours do not even suffice for everybody's least option.

    Source: Lagrangian relaxation of the multiple-choice knapsack (Fisher 1981, grade A).

    >>> value, hours = np.array([[0.0, 5.0], [0.0, 4.0], [0.0, 9.0]]), np.array([[0.0, 2.0]] * 3)
    >>> allocate(value, hours, capacity=4).choice.tolist()
    [1, 0, 1]
    """
    least = float(hours.min(axis=1).sum())
    if least > capacity * (1 + 1e-12) + 1e-9:
        raise UsageError(Fault("hours_too_few", {"hours": f"{capacity:,.1f}", "least": f"{least:,.1f}"}))
    tried = list(_prices(value, hours, capacity))
    bound = min(_worth(value, hours, price, capacity) for price in tried)
    price = min(price for price in tried if _hours(_chosen(value, hours, price), hours) <= capacity + 1e-9)
    choice = _filled(_chosen(value, hours, price), value, hours, capacity)
    rows = np.arange(len(choice))
    return Allocation(choice, float(value[rows, choice].sum()), float(hours[rows, choice].sum()), bound, price)


def _prices(value: Floats, hours: Floats, capacity: float) -> Iterator[float]:
    """Prices of an hour: nothing, one at which the hours suffice, and those between, closing in."""
    yield 0.0
    if _hours(_chosen(value, hours, 0.0), hours) <= capacity:
        return
    low, high = 0.0, max(float(np.ptp(value)), 1e-9)
    while _hours(_chosen(value, hours, high), hours) > capacity + 1e-9:
        low, high = high, 4 * high
    yield high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        enough = _hours(_chosen(value, hours, middle), hours) <= capacity
        low, high = (low, middle) if enough else (middle, high)
        yield middle


def _chosen(value: Floats, hours: Floats, price: float) -> Ints:
    """Each account's best option at a price of an hour; the one with the fewest hours among equals."""
    net = value - price * hours
    best = net >= net.max(axis=1, keepdims=True)
    return np.asarray(np.where(best, hours, np.inf).argmin(axis=1), dtype=np.int64)


def _hours(choice: Ints, hours: Floats) -> float:
    """The hours that the choices take."""
    return float(hours[np.arange(len(choice)), choice].sum())


def _worth(value: Floats, hours: Floats, price: float, capacity: float) -> float:
    """What could be reached at most, if hours could be bought and sold at a price."""
    return float((value - price * hours).max(axis=1).sum() + price * capacity)


def _filled(choice: Ints, value: Floats, hours: Floats, capacity: float) -> Ints:
    """The choices after the best next steps that fit into the hours left, most value an hour first."""
    choice, rows = choice.copy(), np.arange(len(choice))
    left = capacity - _hours(choice, hours)
    more = hours - hours[rows, choice][:, None]
    gain = value - value[rows, choice][:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(gain > 0, np.where(more > 0, gain / more, np.inf), -np.inf)
    moved = set[int]()
    for flat in np.argsort(-rate, axis=None, kind="stable"):
        who, option = (int(place) for place in divmod(int(flat), hours.shape[1]))
        if rate[who, option] == -np.inf:
            break
        if who not in moved and more[who, option] <= left + 1e-9:
            choice[who], left = option, left - more[who, option]
            moved.add(who)
    return choice
