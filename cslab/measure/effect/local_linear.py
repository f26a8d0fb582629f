"""Lines fitted near a threshold, one a side, with the error that bias correction adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

NEIGHBOURS = 3
"""Nearest neighbours whose outcomes tell how much outcomes vary at a place."""


@dataclass(frozen=True)
class Side:
    """The customers of one side of a threshold, from the lowest to the highest.

    Parameters
    ----------
    place : ndarray of float, shape (n,)
        Distance from the threshold, in its unit; below 0 on the left.
    outcome : ndarray of float, shape (n,)

    >>> Side.of(np.array([2.0, 1.0]), np.array([5.0, 6.0])).place.tolist()
    [1.0, 2.0]
    """

    place: Floats
    outcome: Floats

    @classmethod
    def of(cls, place: Any, outcome: Any) -> Side:
        """Customers of one side, in any order.

        Parameters
        ----------
        place, outcome : ndarray of float, shape (n,)

        Returns
        -------
        Side

        >>> Side.of(np.array([2.0, 0.0, 1.0]), np.array([7.0, 8.0, 9.0])).outcome.tolist()
        [8.0, 9.0, 7.0]
        """
        order = np.argsort(place, kind="stable")
        return cls(np.asarray(place, float)[order], np.asarray(outcome, float)[order])

    @property
    def apart(self) -> Floats:
        """How far each outcome lies from the mean of its nearest neighbours', as large as an error would be.

        >>> Side.of(np.array([0.0, 1.0, 2.0]), np.ones(3)).apart.tolist()
        [0.0, 0.0, 0.0]
        """
        n = len(self.place)
        steps = np.array([step for step in range(-NEIGHBOURS, NEIGHBOURS + 1) if step])
        beside = np.arange(n)[:, None] + steps
        there = (beside >= 0) & (beside < n)
        beside = np.clip(beside, 0, n - 1)
        distance = np.where(there, np.abs(self.place[beside] - self.place[:, None]), np.inf)
        chosen = np.argsort(distance, axis=1, kind="stable")[:, :NEIGHBOURS]
        used = np.take_along_axis(there, chosen, axis=1)
        values = np.where(used, self.outcome[np.take_along_axis(beside, chosen, axis=1)], 0.0)
        count = np.maximum(used.sum(axis=1), 1)
        return np.asarray(np.sqrt(count / (count + 1)) * (self.outcome - values.sum(axis=1) / count))

    @property
    def furthest(self) -> float:
        """The largest distance from the threshold.

        >>> Side.of(np.array([-3.0, -1.0]), np.zeros(2)).furthest
        3.0
        """
        return float(np.abs(self.place).max())

    def near(self, count: int) -> float:
        """The distance within which so many different places lie, or all there are.

        >>> Side.of(np.array([-3.0, -1.0]), np.zeros(2)).near(1)
        1.0
        """
        apart = np.unique(np.abs(self.place))
        return float(apart[min(count, len(apart)) - 1])


@dataclass(frozen=True)
class Polynomial:
    """A weighted polynomial of one side.

    Parameters
    ----------
    side : Side
        The customers within the bandwidth.
    powers : ndarray of float, shape (n, order + 1)
    weights : ndarray of float, shape (n,)
    inverse : ndarray of float, shape (order + 1, order + 1)

    >>> line = polynomial(Side.of(np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])), 9.0, 1)
    >>> line.slopes.round(6).tolist()
    [1.0, 1.0]
    """

    side: Side
    powers: Floats
    weights: Floats
    inverse: Floats

    @property
    def pulls(self) -> Floats:
        """How each outcome pulls each coefficient.

        >>> line = polynomial(Side.of(np.array([0.0, 1.0]), np.zeros(2)), 9.0, 0)
        >>> line.pulls.sum().round(6)
        np.float64(1.0)
        """
        return np.asarray(self.inverse @ (self.powers * self.weights[:, None]).T)

    @property
    def slopes(self) -> Floats:
        """The coefficients, constant first.

        >>> polynomial(Side.of(np.array([0.0, 1.0]), np.ones(2)), 9.0, 0).slopes.round(6).tolist()
        [1.0]
        """
        return np.asarray(self.pulls @ self.side.outcome)

    @property
    def variances(self) -> Floats:
        """Their variances, without a model of how outcomes vary.

        >>> polynomial(Side.of(np.array([0.0, 1.0, 2.0, 3.0]), np.ones(4)), 9.0, 0).variances.tolist()
        [0.0]
        """
        return np.asarray((self.pulls**2) @ self.side.apart**2)


def polynomial(side: Side, bandwidth: float, order: int) -> Polynomial:
    """A polynomial of those near the threshold, with weights that fall in a triangle to 0 at the bandwidth.

    Parameters
    ----------
    side : Side
    bandwidth : float
    order : int

    Returns
    -------
    Polynomial

    Source: Fan and Gijbels (1996), *Local Polynomial Modelling and Its Applications*, grade A.

    >>> polynomial(Side.of(np.array([0.0, 1.0, 5.0]), np.array([1.0, 2.0, 9.0])), 2.0, 1).slopes.round(6).tolist()
    [1.0, 1.0]
    """
    weights = np.maximum(0.0, 1 - np.abs(side.place) / bandwidth) / bandwidth
    inside = weights > 0
    part = Side(side.place[inside], side.outcome[inside])
    powers = np.vander(part.place, order + 1, increasing=True)
    scale = np.power(bandwidth, np.arange(order + 1))
    scaled = powers / scale
    gram = scaled.T @ (scaled * weights[inside][:, None])
    return Polynomial(part, powers, weights[inside], np.linalg.pinv(gram, hermitian=True) / np.outer(scale, scale))


@dataclass(frozen=True)
class End:
    """What the outcome is at the threshold, coming from one side.

    Parameters
    ----------
    plain : float
        By the line alone.
    corrected : float
        Less what the bend of the curve does to the line.
    variance : float
        Of the corrected one: the bend is an estimate too.
    n : int
        Customers within the bandwidth.

    >>> End(0.5, 0.4, 0.01, 90).n
    90
    """

    plain: float
    corrected: float
    variance: float
    n: int


def end_of(side: Side, bandwidth: float, bias_bandwidth: float) -> End:
    """The outcome at the threshold by a line, corrected by a parabola, with the variance of both.

    Parameters
    ----------
    side : Side
    bandwidth, bias_bandwidth : float
        Of the line, and of the parabola.

    Returns
    -------
    End

    Source: Calonico, Cattaneo and Titiunik (2014), Econometrica 82:2295, grade A.

    >>> place = np.linspace(0.01, 1, 50)
    >>> round(end_of(Side.of(place, 1 + place**2), 0.8, 1.0).corrected, 6)
    1.0
    """
    wide = polynomial(side, max(bandwidth, bias_bandwidth), 2)
    part = wide.side
    line, bend = (_pulls_among(side, part, h, order) for h, order in ((bandwidth, 1), (bias_bandwidth, 2)))
    lean = float(line[0] @ part.place**2)  # what a bend of one does to the line at the threshold
    pulls = line[0] - lean * bend[2]
    inside = int((np.abs(part.place) < bandwidth).sum())
    plain, corrected = float(line[0] @ part.outcome), float(pulls @ part.outcome)
    return End(plain, corrected, float(pulls**2 @ part.apart**2), inside)


def _pulls_among(side: Side, part: Side, bandwidth: float, order: int) -> Floats:
    """How outcomes pull the coefficients, with nothing for those beyond the bandwidth."""
    pulls = np.zeros((order + 1, len(part.place)))
    pulls[:, np.abs(part.place) < bandwidth] = polynomial(side, bandwidth, order).pulls
    return pulls
