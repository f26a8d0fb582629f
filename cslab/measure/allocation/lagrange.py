"""Who should get which tier when hours are short: one option an account, the most value within the hours there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.allocation.moves import fitted
from cslab.measure.allocation.prices import dual_prices
from cslab.measure.allocation.problem import posed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import ArrayLike

    from cslab.measure.allocation.problem import Floats, Ints


@dataclass(frozen=True)
class Allocation:
    """One option for each account, within the hours.

    Parameters
    ----------
    choice : ndarray of int, shape (n,)
        The option of each account.
    value : float
        What the choices are worth together.
    bound : float
        No allocation within the hours is worth more than this.
    pools : tuple of str
        The names of the pools of hours.
    used, capacity, prices : ndarray of float, shape (pools,)
        Hours that the choices take of each pool, the hours there are, and what one more would be worth, about.

    >>> one = np.array([1.0])
    >>> Allocation(np.array([0]), 99.0, bound=100.0, pools=("all",), used=one, capacity=one, prices=0 * one).gap
    0.01
    """

    choice: Ints
    value: float
    bound: float
    pools: tuple[str, ...]
    used: Floats
    capacity: Floats
    prices: Floats

    @property
    def gap(self) -> float:
        """How far it may be from the best there is, as a share of the bound: 0 where it is the best."""
        return max(self.bound - self.value, 0.0) / abs(self.bound) if self.bound else 0.0

    @property
    def hours(self) -> float:
        """What the choices take of all pools together."""
        return float(self.used.sum())

    @property
    def price(self) -> float:
        """What one more hour would be worth, about, where it is worth most."""
        return float(self.prices.max())

    def table(self) -> pd.DataFrame:
        """The pools, one a row.

        Returns
        -------
        DataFrame
            ``pool``, ``capacity_h``, ``hours``, ``hour_worth_amount`` (what one more hour would be worth).

        >>> allocate(np.array([[0.0, 5.0]]), np.array([[0.0, 2.0]]), capacity=3).table()["hours"].tolist()
        [2.0]
        """
        import pandas as pd

        columns = {"capacity_h": self.capacity, "hours": self.used, "hour_worth_amount": self.prices}
        return pd.DataFrame({"pool": list(self.pools), **columns})


def allocate(value: Floats, hours: Floats, capacity: ArrayLike, pools: Sequence[str] = ()) -> Allocation:
    """The most value within the hours there are.

    Each pool's hours get a price; each account then takes the option that is worth most after paying for its hours;
    the prices are halved in, pool after pool, until the hours suffice. What remains goes to the best next steps that
    fit. The same prices bound what anybody could reach, so the gap is known.

    Parameters
    ----------
    value : ndarray of float, shape (n, options)
        What each option is worth to each account.
    hours : ndarray of float, shape (n, options) or (n, options, pools)
        The hours it takes, of each pool where there are several; an account that belongs to one pool takes none of
        the others (:func:`in_pools`).
    capacity : float, or one a pool
        Hours there are.
    pools : sequence of str, optional
        Their names, for the table and for what is refused; numbers from 1 on where not given.

    Returns
    -------
    Allocation

    Raises
    ------
    UsageError
        Where the hours of a pool do not even suffice for everybody's least option (which pool, and by how much);
        where no plan was found that keeps within all pools; for numbers that are missing, hours or a capacity below 0,
        shapes that do not match: all at once.

    Source: Lagrangian relaxation of the multiple-choice knapsack (Fisher 1981, grade A).

    >>> value, hours = np.array([[0.0, 5.0], [0.0, 4.0], [0.0, 9.0]]), np.array([[0.0, 2.0]] * 3)
    >>> allocate(value, hours, capacity=4).choice.tolist()
    [1, 0, 1]
    >>> allocate(value, in_pools(hours, np.array([0, 0, 1]), 2), capacity=[2, 2]).choice.tolist()
    [1, 0, 1]
    """
    problem = posed(value, hours, capacity, pools)
    prices, bound = dual_prices(problem)
    choice = fitted(problem, prices)
    return Allocation(
        choice, problem.worth(choice), bound, problem.pools, problem.used(choice), problem.capacity, prices
    )


def in_pools(hours: Floats, pool: Ints, count: int) -> Floats:
    """Hours where each account is served by one pool.

    Parameters
    ----------
    hours : ndarray of float, shape (n, options)
        What each option takes.
    pool : ndarray of int, shape (n,)
        The pool of each account, from 0 on.
    count : int
        How many pools there are.

    Returns
    -------
    ndarray of float, shape (n, options, count)

    >>> in_pools(np.array([[1.0], [2.0]]), np.array([1, 0]), 2)[:, 0].tolist()
    [[0.0, 1.0], [2.0, 0.0]]
    """
    belongs = np.asarray(pool)[:, None] == np.arange(count)
    return np.asarray(np.asarray(hours, float)[:, :, None] * belongs[:, None, :])
