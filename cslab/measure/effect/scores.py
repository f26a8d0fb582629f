"""Doubly robust scores: for every customer and arm, a number whose mean is what that arm would bring to all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.effect.fitting import chances, expected, lots

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FLOOR = 0.01
"""The smallest chance that is divided by."""


@dataclass(frozen=True)
class Scores:
    """What the models say of each row, each row judged by models of the others.

    Parameters
    ----------
    chance : ndarray of float, shape (rows, arms)
        Of each arm, given the covariates.
    expected : ndarray of float, shape (rows, arms)
        The outcome in each arm, given the covariates.
    weight : ndarray of float, shape (rows, arms)
        One over the chance in the row's own arm, over their mean; 0 in the others.
    outcome : ndarray of float, shape (rows,)

    >>> one = Scores(np.full((2, 2), 0.5), np.ones((2, 2)), np.array([[2.0, 0], [0, 2.0]]), np.array([1.0, 2.0]))
    >>> one.value.tolist()
    [[1.0, 1.0], [1.0, 3.0]]
    """

    chance: Floats
    expected: Floats
    weight: Floats
    outcome: Floats

    @property
    def value(self) -> Floats:
        """The scores: what is expected in each arm, put right by the rows that were in it, shape (rows, arms)."""
        return self.expected + self.weight * (self.outcome[:, None] - self.expected)


def scores(columns: Any, arm: Any, outcome: Any, arms: int, cluster: Any = None) -> Scores:
    """Doubly robust scores by cross-fitting: right if either the chances or the expectations are.

    Parameters
    ----------
    columns : ndarray of float, shape (rows, columns)
        What was known before.
    arm : ndarray of int, shape (rows,)
        Places from 0.
    outcome : ndarray of float, shape (rows,)
    arms : int
        How many there are.
    cluster : ndarray of int, shape (rows,), optional
        Which rows go together.

    Returns
    -------
    Scores

    Source: Robins, Rotnitzky and Zhao (1994), JASA 89:846; cross-fitting by Chernozhukov et al. (2018), Econometrics
    Journal 21:C1, grade A.

    >>> generator = np.random.default_rng(1)
    >>> size, arm = generator.normal(size=(400, 1)), generator.integers(0, 2, 400)
    >>> found = scores(size, arm, size[:, 0] + 2.0 * arm, 2).value.mean(axis=0)
    >>> round(float(found[1] - found[0]), 2)
    2.0
    """
    arm, outcome = np.asarray(arm, np.int64), np.asarray(outcome, float)
    chance, hoped = np.empty((len(arm), arms)), np.empty((len(arm), arms))
    lot = lots(arm, outcome, cluster)
    for one in np.unique(lot):
        own, others = lot == one, lot != one
        chance[own] = chances(columns[others], arm[others], columns[own], arms)
        for place in range(arms):
            inside = others & (arm == place)
            hoped[own, place] = expected(columns[inside], outcome[inside], columns[own])
    return Scores(chance, hoped, weights(chance, arm), outcome)


def weights(chance: Any, arm: Any) -> Floats:
    """One over the chance of a row's own arm, so that each arm stands for all rows; their mean is 1 in each arm.

    Parameters
    ----------
    chance : ndarray of float, shape (rows, arms)
    arm : ndarray of int, shape (rows,)

    Returns
    -------
    ndarray of float, shape (rows, arms)
        0 in the arms that a row is not in.

    >>> weights(np.array([[0.5, 0.5], [0.25, 0.75]]), np.array([0, 1])).tolist()
    [[2.0, 0.0], [0.0, 2.0]]
    """
    own = np.arange(chance.shape[1]) == np.asarray(arm)[:, None]
    found = own / np.maximum(chance, FLOOR)
    sums = found.mean(axis=0)
    return np.asarray(found / np.where(sums > 0, sums, 1.0))
