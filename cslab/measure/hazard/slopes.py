"""The slopes that fit best by the partial likelihood, and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.hazard.enough import FEW, too_few
from cslab.measure.hazard.partial import Cells, Moments, RiskSets, Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.measure.hazard.design import Design

    Floats = NDArray[np.float64]

ROUNDS = 40
"""Steps of Newton's method, halved ones included."""

CLOSE = 1e-8
"""What a step can still add to the likelihood, from which on it is the last one: it squares what is left."""

FARTHEST = 300.0
"""Logarithm of the hazard ratio across a column's whole range, from which on a slope has run away."""

RUNAWAY = 10.0
"""Standard error of a column's whole range, in logarithms of hazard, from which on its slope is not known at all."""


@dataclass(frozen=True)
class Found:
    """Slopes, before they have names.

    Parameters
    ----------
    slopes, covariance : ndarray of float
    loglik : tuple of float
    cells : Cells
    moments : Moments
        At the slopes.
    events : int
    method : str

    >>> Found.__name__
    'Found'
    """

    slopes: Floats
    covariance: Floats
    loglik: tuple[float, float]
    cells: Cells
    moments: Moments
    events: int
    method: str


def fitted(rows: Rows, made: Design, cluster: NDArray[np.intp] | None) -> Found:
    """The slopes that fit best, with their covariance.

    Parameters
    ----------
    rows : Rows
    made : Design
    cluster : ndarray of int, shape (rows,), optional
        Which rows go together; None: errors from the likelihood.

    Raises
    ------
    UsageError
        When nobody or only one left, no more left than there are slopes, or no slopes fit best.

    Notes
    -----
    A sandwich of few departures is too narrow: with fewer than ten a slope no error is smaller than by the likelihood.

    >>> import pandas as pd
    >>> from cslab.measure.hazard.design import design
    >>> rows = Rows(np.zeros(4), np.arange(1.0, 5.0), np.ones(4, bool), np.zeros(4, int))
    >>> fitted(rows, design(pd.DataFrame({"visits": [2.0, 1.0, 3.0, 0.0]}), ["visits"]), None).slopes.round(2).tolist()
    [0.38]
    """
    events = int(rows.event.sum())
    if events < 2:
        raise UsageError(Fault("nobody_left") if not events else Fault("one_left"))
    if faults := too_few(events, made.matrix.shape[1]):
        raise UsageError(*faults)
    sets = RiskSets(rows, np.asarray(made.matrix, float))
    slopes, moments, start = _climbed(sets, made)
    inverse = _inverse(moments, made)
    if cluster is None:
        covariance, method = inverse, "cox_efron"
    else:
        pulls = sets.pulls(slopes, moments)
        sums = np.stack([np.bincount(cluster, part) for part in pulls.T], axis=1)
        covariance, method = inverse @ (sums.T @ sums) @ inverse, "cox_efron_clustered"
        if events < FEW * len(slopes):
            covariance = _no_narrower(covariance, inverse)
    loglik = start, moments.likelihood(float(sets.left @ slopes))
    return Found(slopes, covariance, loglik, sets.cells, moments, events, method)


def _climbed(sets: RiskSets, made: Design) -> tuple[Floats, Moments, float]:
    """Newton's method on the partial likelihood, a step being halved where it leads down."""
    slopes, ranges = np.zeros(made.matrix.shape[1]), np.ptp(made.matrix, axis=0)
    moments = sets.moments(slopes)
    start = best = moments.likelihood(0.0)
    for _ in range(ROUNDS):
        gradient = sets.left - moments.expected.sum(axis=1)
        step = np.linalg.lstsq(moments.spread.sum(axis=0), gradient, rcond=1e-12)[0]
        last = gradient @ step < CLOSE
        slopes, moments, best = _stepped(sets, slopes, step, best)
        if (far := np.abs(slopes * ranges)).max() > FARTHEST:
            raise UsageError(Fault("cox.runaway", {"names": _listed(made, far > FARTHEST / 10)}))
        if last:
            return slopes, moments, start
    raise UsageError(Fault("cox.no_fit", {"names": _listed(made, np.ones(len(slopes), bool)), "rounds": ROUNDS}))


def _stepped(sets: RiskSets, slopes: Floats, step: Floats, best: float) -> tuple[Floats, Moments, float]:
    """A step from some slopes, halved until it does not lead down."""
    for _ in range(ROUNDS):
        with np.errstate(over="ignore", invalid="ignore"):
            moments = sets.moments(slopes + step)
            reached = moments.likelihood(float(sets.left @ (slopes + step)))
        if reached >= best - 1e-9 * (1 + abs(best)):
            break
        step = step / 2
    return slopes + step, moments, reached


def _inverse(moments: Moments, made: Design) -> Floats:
    """The covariance by the likelihood; refused where slopes have run away or columns tell nothing among those at risk.

    A slope that grows without end, since all who left lie on one side of those at risk, leaves its column no spread.
    """
    spread = moments.spread.sum(axis=0)
    values, vectors = np.linalg.eigh(spread)
    ranges = np.ptp(made.matrix, axis=0)
    flat = values < 1e-10 * values.max(initial=0)
    error = np.sqrt((vectors**2 / np.where(flat, np.inf, values)).sum(axis=1)) * ranges
    lost = (error > RUNAWAY) | (np.abs(vectors[:, flat]) > 1e-3).any(axis=1)
    if lost.any():
        raise UsageError(Fault("cox.runaway", {"names": _listed(made, lost)}))
    return np.asarray((vectors / values) @ vectors.T)


def _no_narrower(covariance: Floats, least: Floats) -> Floats:
    """A covariance whose errors are at least those of another one."""
    held = np.diag(covariance)
    wider = np.sqrt(np.maximum(np.diag(least) / np.where(held > 0, held, 1), 1))
    found: Floats = covariance * np.outer(wider, wider)
    np.fill_diagonal(found, np.maximum(np.diag(found), np.diag(least)))
    return found


def _listed(made: Design, which: NDArray[np.bool_]) -> str:
    """The names of some columns, with their levels."""
    names = [f"{name} = {level}" if level else name for name, level in made.coding.columns]
    return ", ".join(name for name, chosen in zip(names, which, strict=True) if chosen)
