"""Learning for whom touch brings how much: from doubly robust scores, or from each arm on its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault
from cslab.measure.effect.tried import NotComparable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]
    Flags = NDArray[np.bool_]

SMOOTH = 12
"""Different values from which a column counts as one whose middle may differ from both of its ends."""

FAR = 3.0
"""Standard deviations beyond which a value counts as that far out: a giant among customers bends no curve."""

FOLDS, PENALTIES = 5, 10
"""How the strength of the penalty is chosen: so many lots of the rows, so many strengths tried."""

LEAST = 20
"""Customers of an arm below which nothing is learned about whom it suits."""


@dataclass(frozen=True)
class Basis:
    """What the rows' columns become: each on one scale, and the squares of those that have many values.

    Parameters
    ----------
    mean, scale : ndarray of float, shape (columns,)
    curved : ndarray of int
        Which columns have a square.
    square_mean, square_scale : ndarray of float, shape (curved,)

    >>> Basis.of(np.array([[0.0], [2.0]])).matrix(np.array([[1.0], [3.0]])).tolist()
    [[0.0], [2.0]]
    """

    mean: Floats
    scale: Floats
    curved: Places
    square_mean: Floats
    square_scale: Floats

    @classmethod
    def of(cls, columns: Floats) -> Basis:
        """The basis of the rows to learn from.

        Parameters
        ----------
        columns : ndarray of float, shape (rows, columns)

        >>> Basis.of(np.arange(20.0)[:, None]).curved.tolist()
        [0]
        """
        mean, spread = columns.mean(axis=0), columns.std(axis=0)
        scale = np.where(spread > 0, spread, 1.0)
        curved = np.array([place for place, one in enumerate(columns.T) if len(np.unique(one)) > SMOOTH], np.int64)
        squares = _near((columns[:, curved] - mean[curved]) / scale[curved]) ** 2
        flat = squares.std(axis=0)
        return cls(mean, scale, curved, squares.mean(axis=0), np.where(flat > 0, flat, 1.0))

    def matrix(self, columns: Floats) -> Floats:
        """The columns of a model.

        Parameters
        ----------
        columns : ndarray of float, shape (rows, columns)

        Returns
        -------
        ndarray of float, shape (rows, columns + curved)

        >>> Basis.of(np.arange(20.0)[:, None]).matrix(np.arange(20.0)[:, None]).shape
        (20, 2)
        """
        straight = _near((columns - self.mean) / self.scale)
        return np.hstack([straight, (straight[:, self.curved] ** 2 - self.square_mean) / self.square_scale])


@dataclass(frozen=True)
class Learner:
    """For whom an arm brings how much more than the first one.

    Parameters
    ----------
    basis : Basis
    level : ndarray of float, shape (arms,)
        Effect of each arm for the average row; 0 for the first.
    weights : ndarray of float, shape (columns of the basis, arms)
        What it changes with.
    n : int
        Rows learned from.

    >>> flat = Learner(Basis.of(np.zeros((2, 1))), np.array([0.0, 0.1]), np.zeros((1, 2)), 2)
    >>> flat.effects(np.zeros((1, 1))).tolist()
    [[0.0, 0.1]]
    """

    basis: Basis
    level: Floats
    weights: Floats
    n: int

    def effects(self, columns: Floats) -> Floats:
        """What each arm would bring each row, more than the first arm.

        Parameters
        ----------
        columns : ndarray of float, shape (rows, columns)
            As it learned from them.

        Returns
        -------
        ndarray of float, shape (rows, arms)
            In the unit of the outcome; 0 for the first arm.

        >>> flat = Learner(Basis.of(np.zeros((2, 1))), np.array([0.0, 0.1]), np.zeros((1, 2)), 2)
        >>> flat.effects(np.zeros((3, 1))).shape
        (3, 2)
        """
        return np.asarray(self.level + self.basis.matrix(np.asarray(columns, float)) @ self.weights)


def doubly_robust(columns: Floats, scores: Floats) -> Learner:
    """The good one: regress the differences of doubly robust scores on what was known.

    A score is what a row would have brought in an arm, as a model says, corrected by what it did bring. All arms choose
    their columns together (a group lasso): what tells who gains from mid touch tells who gains from high touch too, and
    its size may differ. Cross-validation decides how much is chosen; where nothing tells, everybody gets the mean.

    Parameters
    ----------
    columns : ndarray of float, shape (rows, columns)
        What was known before.
    scores : ndarray of float, shape (rows, arms)
        Such as ``effect.scores.scores`` gives them.

    Returns
    -------
    Learner

    Raises
    ------
    UsageError
        For fewer rows than can be split into lots.

    Source: Kennedy (2023), Electronic Journal of Statistics 17:3008; Obozinski, Wainwright and Jordan (2011), Annals of
    Statistics 39:1 (arms that choose columns together), grade A.

    >>> size = np.tile([0.0, 1.0], 50)
    >>> scores = np.stack([np.zeros(100), size], axis=1)
    >>> doubly_robust(size[:, None], scores).effects(np.array([[0.0], [1.0]])).round(1).tolist()
    [[0.0, 0.0], [0.0, 1.0]]
    """
    _refuse_few({"": len(columns)})
    gains = scores[:, 1:] - scores[:, :1]
    basis = Basis.of(np.asarray(columns, float))
    return _learner(basis, *_chosen(basis.matrix(columns), gains), len(columns))


def by_arm(columns: Floats, arm: Places, outcome: Floats, arms: int) -> Learner:
    """The simple one: a line for each arm on its own, and their differences (a T-learner).

    Each line smooths by itself, so the difference may hold much that is no effect: worse than ``doubly_robust`` where
    effects are small beside what else moves the outcome.

    Parameters
    ----------
    columns : ndarray of float, shape (rows, columns)
    arm : ndarray of int, shape (rows,)
        Places of the arms.
    outcome : ndarray of float, shape (rows,)
    arms : int
        How many there are.

    Returns
    -------
    Learner

    Raises
    ------
    UsageError
        For an arm with fewer than twenty rows.

    Source: Künzel, Sekhon, Bickel and Yu (2019), PNAS 116:4156, grade A.

    >>> size = np.tile([0.0, 0.0, 1.0, 1.0], 25)
    >>> arm = np.tile([0, 1], 50)
    >>> by_arm(size[:, None], arm, size * arm, 2).effects(np.array([[0.0], [1.0]])).round(1).tolist()
    [[0.0, 0.0], [0.0, 1.0]]
    """
    counts = np.bincount(arm, minlength=arms)
    _refuse_few({str(place): int(count) for place, count in enumerate(counts)})

    basis = Basis.of(np.asarray(columns, float))
    matrix = basis.matrix(columns)
    found = [_chosen(matrix[arm == place], outcome[arm == place, None]) for place in range(arms)]
    level = np.array([one[0][0] for one in found])
    weights = np.stack([one[1][:, 0] for one in found], axis=1)
    return _learner(basis, level[1:] - level[0], weights[:, 1:] - weights[:, :1], len(columns))


def _learner(basis: Basis, level: Floats, weights: Floats, n: int) -> Learner:
    """A learner out of level and weights of every arm but the first."""
    return Learner(basis, np.r_[0.0, level], np.hstack([np.zeros((len(weights), 1)), weights]), n)


def _chosen(matrix: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """Level and weights of several outcomes that choose their columns together; the level alone where none differ."""
    from sklearn.linear_model import MultiTaskLassoCV

    level = wanted.mean(axis=0)
    spread = wanted.std(axis=0)
    if not matrix.shape[1] or not (spread > 1e-12 * np.abs(level).max(initial=1.0)).any():
        return level, np.zeros((matrix.shape[1], wanted.shape[1]))
    scale = float(spread.max())  # the same for all, so that a large effect counts as one
    order = np.random.default_rng(0).permutation(len(matrix)) % FOLDS
    lots = [(np.flatnonzero(order != lot), np.flatnonzero(order == lot)) for lot in range(FOLDS)]
    model = MultiTaskLassoCV(alphas=PENALTIES, eps=3e-2, cv=lots, tol=1e-3, max_iter=5_000)
    model.fit(matrix, (wanted - level) / scale)
    return level + scale * model.intercept_, scale * model.coef_.T


def _near(values: Floats) -> Floats:
    """Values with those far out brought in."""
    return np.clip(values, -FAR, FAR)


def _refuse_few(counts: dict[str, int]) -> None:
    """Refuse an arm, or a whole, that holds too few rows to learn from."""
    few = {name: count for name, count in counts.items() if count < LEAST}
    if few:
        raise NotComparable(*(Fault("uplift.few", {"arm": name, "n": n, "least": LEAST}) for name, n in few.items()))
