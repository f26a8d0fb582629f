"""What an hour of each pool is worth: the prices at which everybody's own best choice fits into the hours there are.

With prices, each account decides for itself, and what all would then be worth, hours left over sold at their price,
is more than any plan can reach: a bound. Prices are good where that bound is low. Each pool's price in turn is halved
in to where the pool's hours just suffice, the lowest bound along that price; after some turns nothing moves any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.allocation.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from cslab.measure.allocation.problem import Floats

TURNS = 60
"""How often each pool's price is set again, at most."""

STILL = 1e-5
"""By what share of itself the bound must fall in a turn for another one."""

HALVINGS = 100
"""How often the interval of a price is halved, at most: as fine as numbers go."""

SOME = 1_000
"""Accounts, at least, of which prices are found first, to begin with."""

FINE = 1e-5
"""By what share of itself a price may be too high where other prices move as well."""


def dual_prices(problem: Problem) -> tuple[Floats, float]:
    """The prices of the pools' hours, and the least that they prove nobody can exceed.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    tuple of ndarray, shape (pools,), and float
        Prices and bound.

    >>> from cslab.measure.allocation.problem import posed
    >>> prices, bound = dual_prices(posed(np.array([[0.0, 5.0], [0.0, 4.0]]), np.array([[0.0, 2.0]] * 2), 2.0))
    >>> round(float(prices[0]), 6), round(bound, 6)
    (2.0, 5.0)
    """
    several = len(problem.capacity) > 1
    prices = _of_some(problem) if several else np.zeros(1)
    best, bound = prices.copy(), _bound(problem, prices)
    for _ in range(TURNS if several else 1):
        before = bound
        for pool in range(len(prices)):
            prices[pool] = _price(problem, prices, pool, FINE if several else 0.0)
        found = _bound(problem, prices)
        if found < bound:
            best, bound = prices.copy(), found
        if before - found <= STILL * abs(before):
            break
    return best, bound


def _of_some(problem: Problem) -> Floats:
    """Prices to begin with: those of every so manieth account, with as much of the hours; none of few accounts."""
    step = problem.value.shape[1] // SOME
    if step < 2:
        return np.zeros(len(problem.capacity))
    hours = problem.hours[:, :, ::step]
    room = np.maximum(problem.capacity / step, hours.min(axis=1).sum(axis=1))
    return dual_prices(Problem(problem.value[:, ::step], hours, room, problem.pools))[0]


def _bound(problem: Problem, prices: Floats) -> float:
    """What could be reached at most, if hours could be bought and sold at these prices."""
    return float(problem.net(prices).max(axis=0).sum() + prices @ problem.capacity)


def _price(problem: Problem, prices: Floats, pool: int, fine: float) -> float:
    """The least price of one pool at which its hours suffice, with the prices of the others as they are."""
    hours, room = problem.hours[pool], float(problem.allowed[pool])
    net = problem.net(np.where(np.arange(len(prices)) == pool, 0.0, prices))

    def suffices(price: float) -> bool:
        return _demand(net - price * hours, hours) <= room

    if suffices(0.0):
        return 0.0
    low, high = _bracket(suffices, float(prices[pool]) or float(np.ptp(net)) / max(float(hours.max()), 1e-9) / 64)
    for _ in range(HALVINGS):
        if high - low <= fine * high:
            break
        middle = (low + high) / 2
        low, high = (low, middle) if suffices(middle) else (middle, high)
    return high


def _bracket(suffices: Callable[[float], bool], near: float) -> tuple[float, float]:
    """A price that is too low and one that is not, around one that may be about right."""
    low, high = near, near
    while suffices(low):
        low, high = low / 1.25 if low > near / 2 else 0.0, low
    while not suffices(high):
        low, high = high, (1.25 if high < 2 * near else 4) * high
    return low, high


def _demand(net: Floats, hours: Floats) -> float:
    """Hours of a pool that are taken where each account takes its best option; the fewest among equals."""
    best, taken = net[0], hours[0]
    for option in range(1, len(net)):
        better = (net[option] > best) | ((net[option] == best) & (hours[option] < taken))
        best, taken = np.where(better, net[option], best), np.where(better, hours[option], taken)
    return float(taken.sum())
