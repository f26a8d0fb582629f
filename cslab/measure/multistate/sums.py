"""Discounted sums over the months of a chain, and how they follow each of its chances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.multistate.checks import checked_terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.measure.multistate.chain import Chain

    Floats = NDArray[np.float64]


def summed(chain: Chain, reward: Floats, discount: float, horizon: int | None) -> Floats:
    """Expected discounted sums of what months in each state bring.

    Parameters
    ----------
    chain : Chain
    reward : (S,) or (S, R) array
        What a month in each state brings; a column a kind of reward.
    discount : float
        A year's discount.
    horizon : int or None
        Months that count; all of them when None.

    Returns
    -------
    array
        In the shape of ``reward``, by the state begun in.

    Raises
    ------
    UsageError
        As ``checked_terms``.

    >>> from cslab.measure.multistate.chain import Chain
    >>> chain = Chain(("a",), ("gone",), np.array([[0.5, 0.5]]), np.array([9.0]), np.zeros(1))
    >>> summed(chain, np.array([1.0]), 0.0, None).tolist(), summed(chain, np.array([1.0]), 0.0, 3).tolist()
    ([2.0], [1.75])
    """
    size = len(chain.states)
    onward = checked_terms(chain.probability[:, :size], discount, horizon)
    found: Floats = reward
    if horizon is None:
        return np.asarray(np.linalg.solve(np.eye(size) - onward, reward), float)
    for _ in range(int(horizon) - 1):
        found = reward + onward @ found
    return found


def slopes(chain: Chain, reward: Floats, discount: float, horizon: int | None) -> Floats:
    """How the sum from state k follows the chance of a move from i to j, when staying in i loses what it gains.

    Parameters
    ----------
    chain, reward, discount, horizon
        As for ``summed``; one kind of reward.

    Returns
    -------
    (S, S, S+E) array
        k, i, j.

    Raises
    ------
    UsageError
        As ``checked_terms``.

    >>> from cslab.measure.multistate.chain import Chain
    >>> chain = Chain(("a",), ("gone",), np.array([[0.5, 0.5]]), np.array([9.0]), np.zeros(1))
    >>> slopes(chain, np.array([1.0]), 0.0, None).tolist()
    [[[0.0, -4.0]]]
    """
    size, factor = len(chain.states), (1 + discount) ** (-1 / 12)
    onward = checked_terms(chain.probability[:, :size], discount, horizon)
    reach = np.eye(size)
    if horizon is None:
        whole = np.asarray(np.linalg.inv(reach - onward), float)
        closed: Floats = factor * whole[:, :, None] * _steps(chain, summed(chain, reward, discount, None))
        return closed
    found = np.zeros((size, *chain.fitted.shape))
    for months in range(int(horizon) - 1, 0, -1):
        found += factor * reach[:, :, None] * _steps(chain, summed(chain, reward, discount, months))
        reach = reach @ onward
    return found


def _steps(chain: Chain, value: Floats) -> Floats:
    """What a move from i to j gains over staying in i: (S, S+E)."""
    after = np.concatenate([value, np.zeros(len(chain.ends))])
    return after[None] - value[:, None]
