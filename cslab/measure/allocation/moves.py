"""From prices to a plan: everybody's best choice at those prices, made to fit, and the hours left put to use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from cslab.measure.allocation.problem import Floats, Ints, Problem

ROUNDS = 200
"""Rounds of moves at most; a handful is usual."""


def fitted(problem: Problem, prices: Floats) -> Ints:
    """A plan that keeps within all pools, near everybody's best choice at some prices.

    Parameters
    ----------
    problem : Problem
    prices : ndarray of float, shape (pools,)

    Returns
    -------
    ndarray of int, shape (n,)

    Raises
    ------
    UsageError
        Where no plan was found that fits.

    >>> from cslab.measure.allocation.problem import posed
    >>> fitted(posed(np.array([[0.0, 5.0], [0.0, 4.0]]), np.array([[0.0, 2.0]] * 2), 2.0), np.array([2.0])).tolist()
    [1, 0]
    """
    choice = _eased(problem, _chosen(problem, prices), prices)
    if (problem.used(choice) > problem.allowed).any():
        choice = _eased(problem, _lightest(problem), prices)
    over = problem.used(choice) - problem.allowed
    if (over > 0).any():
        worst = int(np.argmax(over))
        values = {"pool": problem.pools[worst], "short": f"{over[worst]:,.1f}"}
        raise UsageError(Fault("allocation.no_plan", {**values, "hours": f"{problem.capacity[worst]:,.1f}"}))
    return _filled(problem, choice, prices)


def _chosen(problem: Problem, prices: Floats) -> Ints:
    """Each account's best option at some prices; the one with the fewest hours among equals."""
    net = problem.net(prices)
    best = net >= net.max(axis=0)
    return np.asarray(np.where(best, problem.hours.sum(axis=0), np.inf).argmin(axis=0), dtype=np.int64)


def _lightest(problem: Problem) -> Ints:
    """Each account's option that takes the least of the pools, each against the hours it has."""
    share = problem.hours / np.maximum(problem.capacity, 1e-9)[:, None, None]
    return np.asarray(share.sum(axis=0).argmin(axis=0), dtype=np.int64)


def _eased(problem: Problem, choice: Ints, prices: Floats) -> Ints:
    """The choices after moves out of the pools that are over, those first that lose least for the hours they free."""
    choice, net = choice.copy(), problem.net(prices)
    for _ in range(ROUNDS):
        over = problem.used(choice) - problem.allowed
        if (over <= 0).all():
            break
        moves = _out_of(problem, choice, net, over)
        if not len(moves[0]):
            break
        who, option = moves
        choice[who] = option
    return choice


def _out_of(problem: Problem, choice: Ints, net: Floats, over: Floats) -> tuple[Ints, Ints]:
    """The moves that bring the fullest pool back within its hours, and fill none of the others that are over."""
    pool, rows = int(np.argmax(over / np.maximum(problem.capacity, 1e-9))), np.arange(len(choice))
    more = problem.hours - problem.taken(choice)[:, None, :]
    free = -more[pool]
    fits = (free > 0) & (more[over > 0] <= 0).all(axis=0) & (more[over <= 0] <= -over[over <= 0][:, None, None]).all(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = np.where(fits, (net[choice, rows] - net) / free, np.inf)
    option = loss.argmin(axis=0)
    order = np.argsort(loss[option, rows], kind="stable")
    order = order[np.isfinite(loss[option, rows][order])]
    freed = free[option, rows][order].cumsum()
    spill = more[:, option[order], order].cumsum(axis=1) <= np.where(over > 0, np.inf, -over)[:, None]
    count = min(int(np.searchsorted(freed, over[pool])) + 1, _leading(spill.all(axis=0)))
    return order[:count], option[order[:count]]


def _filled(problem: Problem, choice: Ints, prices: Floats) -> Ints:
    """The choices after the best next steps that fit into the hours left, most value for their hours first."""
    choice, rows = choice.copy(), np.arange(len(choice))
    weights = prices if prices.any() else np.ones_like(prices)
    for _ in range(ROUNDS):
        left = problem.allowed - problem.used(choice)
        more = problem.hours - problem.taken(choice)[:, None, :]
        gain = problem.value - problem.value[choice, rows]
        fits = (gain > 0) & (more <= left[:, None, None]).all(axis=0)
        cost = np.tensordot(weights, np.maximum(more, 0), axes=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where(fits, gain / cost, -np.inf)
        option = rate.argmax(axis=0)
        order = np.flatnonzero(rate[option, rows] > -np.inf)
        order = order[np.argsort(-rate[option, rows][order], kind="stable")]
        if not len(order):
            break
        taken = more[:, option[order], order].cumsum(axis=1) <= left[:, None]
        order = order[: _leading(taken.all(axis=0))]
        choice[order] = option[order]
    return choice


def _leading(flags: ArrayLike) -> int:
    """How many stand at the beginning without a break."""
    return int(np.logical_and.accumulate(np.asarray(flags)).sum())
