"""What a chain is asked with, looked at before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError, nearest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def checked_reward(reward: Mapping[str, float], states: Sequence[str], ends: Sequence[str]) -> Floats:
    """What a month in each state brings, in the order of the states.

    Parameters
    ----------
    reward : mapping
        From state to amount; states left out bring nothing.
    states, ends : sequence of str
        Those of the chain.

    Returns
    -------
    (S,) array

    Raises
    ------
    UsageError
        For a state that is not one of them, an end that brings something, an amount that is no number.

    >>> checked_reward({"b": 2}, ["a", "b"], ["gone"]).tolist()
    [0.0, 2.0]
    """
    faults, known = [], ", ".join(states)
    for name, amount in dict(reward).items():
        if name not in states and not (name in ends and amount == 0):
            faults.append(Fault("chain.reward", {"state": name, "near": nearest(str(name), states), "known": known}))
        elif not (isinstance(amount, Real) and np.isfinite(amount)):
            faults.append(Fault("chain.amount", {"state": name, "amount": amount}))
    if faults:
        raise UsageError(*faults)
    return np.array([dict(reward).get(name, 0.0) for name in states], float)


def checked_terms(stays: Floats, discount: float, horizon: int | None) -> Floats:
    """A month's chances of going on, discounted: what a sum over months multiplies by again and again.

    Parameters
    ----------
    stays : (S, S) array
        Chances between the states that are left again.
    discount : float
        A year's discount.
    horizon : int or None
        Months that count.

    Returns
    -------
    (S, S) array

    Raises
    ------
    UsageError
        For a discount below 0, a horizon that is not 1, 2, …, or a sum without an end.

    >>> checked_terms(np.array([[0.5]]), 0.0, None).tolist()
    [[0.5]]
    """
    if not 0 <= discount < np.inf or (horizon is not None and not (horizon >= 1 and float(horizon).is_integer())):
        raise UsageError(Fault("chain.terms", {"discount": discount, "horizon": horizon}))
    onward: Floats = stays * (1 + discount) ** (-1 / 12)
    if horizon is None and len(onward) and np.abs(np.linalg.eigvals(onward)).max() >= 1 - 1e-12:
        raise UsageError(Fault("chain.endless", {}))
    return onward
