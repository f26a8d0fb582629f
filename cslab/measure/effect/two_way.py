"""Two-way fixed effects: the usual regression of before and after, wrong where groups begin one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.estimate import Estimate, normal
from cslab.measure.onboarding.adjustment import LEAST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.measure.effect.panel import Panel

    Floats = NDArray[np.floating[Any]]

METHOD = "two_way_fixed_effects"


@dataclass(frozen=True)
class TwoWay:
    """The regression's slope, and what it is made of.

    Parameters
    ----------
    estimate : Estimate
        Errors clustered by customer.
    weights : ndarray of float, shape (n, t)
        How much the effect in each customer-month counts in it: they add up to 1 over the months with the programme,
        and are 0 elsewhere.

    >>> TwoWay(Estimate(0.1, 0.0, 0.2, 9, METHOD), np.array([[0.0, 1.5, -0.5]])).negative
    0.5
    """

    estimate: Estimate
    weights: Floats

    @property
    def negative(self) -> float:
        """The sum of the negative weights: by how much effects count the wrong way round."""
        return float(-self.weights[self.weights < 0].sum())

    @property
    def negative_share(self) -> float:
        """The share of customer-months with the programme that count the wrong way round.

        >>> TwoWay(Estimate(0.1, 0.0, 0.2, 9, METHOD), np.array([[0.0, 1.5, -0.5]])).negative_share
        0.5
        """
        return float((self.weights < 0).sum() / max((self.weights != 0).sum(), 1))


def two_way(panel: Panel) -> TwoWay:
    """Regress the value on the programme, with a constant for each customer and each month.

    Parameters
    ----------
    panel : Panel

    Returns
    -------
    TwoWay

    Source: weights by de Chaisemartin and D'Haultfœuille (2020), American Economic Review 110:2964, grade A.

    >>> from cslab.measure.effect.panel import Panel
    >>> months = np.array(["2024-01", "2024-02", "2024-03"], "M")
    >>> values = np.array([[0, 1, 3], [0, 1, 3], [0, 0, 1], [0, 0, 1]], float)  # grows by two a month
    >>> found = two_way(Panel(np.arange(4), months, values, np.array([1, 1, 2, 2]), "p", "v"))
    >>> abs(found.estimate.estimate) < 1e-9  # though everybody gains at least one
    True
    """
    there = ~np.isnan(panel.values)
    treated = np.where(there, panel.treated, 0.0)
    apart = within(treated, there)
    value = within(np.where(there, panel.values, 0.0), there)
    size = float((apart**2).sum())
    slope = float((apart * value).sum() / size)
    scores = (apart * (value - slope * apart)).sum(axis=1)
    n = len(scores)
    error = float(np.sqrt((scores**2).sum() * n / max(n - 1, 1)) / size)
    return TwoWay(normal(slope, error, n, METHOD), np.asarray(apart * treated / size))


def within(numbers: Floats, there: Any) -> Floats:
    """What is left of numbers once a constant for each customer and each month has explained what it can.

    Parameters
    ----------
    numbers : ndarray of float, shape (..., n, t)
    there : ndarray of bool, shape (n, t)
        Which of them count.

    Returns
    -------
    ndarray of float, shape (..., n, t)
        0 where they do not count.

    >>> within(np.array([[1.0, 2.0], [5.0, 8.0]]), np.ones((2, 2), dtype=bool)).round(6).tolist()
    [[0.5, -0.5], [-0.5, 0.5]]
    """
    seen, numbers = np.asarray(there, float), np.where(there, numbers, 0.0)
    left = numbers - seen * month_effects(numbers, there)[..., None, :]
    return np.asarray(left - seen * (left.sum(axis=-1, keepdims=True) / np.fmax(seen.sum(axis=1, keepdims=True), 1)))


def month_effects(numbers: Floats, there: Any) -> Floats:
    """What each month brings to everybody, whoever is there.

    Parameters
    ----------
    numbers : ndarray of float, shape (..., n, t)
    there : ndarray of bool, shape (n, t)
        Which of them count.

    Returns
    -------
    ndarray of float, shape (..., t)
        The constants of the months beside one for each customer; they add up to 0 where all are there together.

    >>> month_effects(np.array([[1.0, 2.0], [5.0, 8.0]]), np.ones((2, 2), dtype=bool)).round(6).tolist()
    [-1.0, 1.0]
    """
    seen, numbers = np.asarray(there, float), np.where(there, numbers, 0.0)
    rows = np.fmax(seen.sum(axis=1, keepdims=True), 1)
    own = numbers - seen * (numbers.sum(axis=-1, keepdims=True) / rows)
    among = np.diag(seen.sum(axis=0)) - seen.T @ (seen / rows)
    return np.asarray(own.sum(axis=-2) @ np.linalg.pinv(among, rcond=LEAST, hermitian=True))
