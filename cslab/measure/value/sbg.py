"""The shifted beta-geometric model of a cohort: every customer leaves at a rate of its own, which nobody sees.

The rate of those who stay rises from period to period although no customer changes: those most ready to leave have
left. Periods are whatever a customer decides by, such as contract years.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Z95, Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

METHOD = "sbg"

ALIKE = 1e6
"""From which alpha + beta on customers are as good as alike: all leave at one rate."""


@dataclass(frozen=True)
class Sbg:
    """A fitted model.

    Parameters
    ----------
    alpha, beta : float
        The chance of leaving in a period is spread over customers as Beta(alpha, beta).
    covariance : ndarray of float, shape (2, 2)
        Of the errors of (log alpha, log beta).
    n : int
        Customers of the first period.

    Source: Fader and Hardie (2007), Journal of Interactive Marketing 21:76, grade A.

    >>> fit_survivors([1000, 869, 743, 653]).n
    1000
    """

    alpha: float
    beta: float
    covariance: Floats
    n: int

    @property
    def alike(self) -> bool:
        """Whether the cohort shows no spread: its older customers leave no less."""
        return self.alpha + self.beta >= ALIKE

    def limits(self, name: str) -> tuple[float, float]:
        """The 95 % limits of a parameter, symmetric in its logarithm; none where customers are as good as alike.

        Parameters
        ----------
        name : str
            ``"alpha"`` or ``"beta"``.

        >>> low, high = fit_survivors([1000, 869, 743, 653]).limits("alpha")
        >>> low < 0.7 < high
        True
        """
        if self.alike:
            return math.nan, math.nan
        place = ("alpha", "beta").index(name)
        width = float(np.exp(Z95 * math.sqrt(self.covariance[place, place])))
        value = float(getattr(self, name))
        return value / width, value * width

    def survival(self, periods: Any) -> Any:
        """The share still a customer after some periods.

        Parameters
        ----------
        periods : int or array of int
            From 0.

        Returns
        -------
        float or ndarray
            Shares (0-1): B(alpha, beta + t) / B(alpha, beta).

        >>> fit = fit_survivors([1000, 869, 743, 653])
        >>> float(fit.survival(0)), round(float(fit.survival(3)), 2)
        (1.0, 0.65)
        """
        return survival(self.alpha, self.beta, periods)

    def retention(self, period: Any) -> Any:
        """The share that stays through a period, of those there as it begins.

        Parameters
        ----------
        period : int or array of int
            From 1.

        Returns
        -------
        float or ndarray
            Shares (0-1): (beta + t - 1) / (alpha + beta + t - 1), rising with t.

        >>> fit = fit_survivors([1000, 869, 743, 653])
        >>> bool(fit.retention(1) < fit.retention(2) < fit.retention(9))
        True
        """
        stayed = self.beta + np.asarray(period, float) - 1
        return stayed / (self.alpha + stayed)

    def lifetime(self, horizon: int) -> Estimate:
        """Mean periods that a new customer begins within a horizon.

        Parameters
        ----------
        horizon : int
            Periods.

        Returns
        -------
        Estimate
            Periods, between 1 and the horizon.

        >>> 1 < float(fit_survivors([1000, 869, 743, 653]).lifetime(5)) < 5
        True
        """
        return self.value(np.ones(horizon))

    def value(self, weights: Any) -> Estimate:
        """What a new customer is worth who brings an amount at the beginning of each period that it begins.

        Parameters
        ----------
        weights : array, shape (periods,)
            The amount of each period, discounted as one likes.

        Returns
        -------
        Estimate
            In the unit of the amounts; delta-method limits from the errors of both parameters.

        >>> fit = fit_survivors([1000, 869, 743, 653])
        >>> worth = fit.value([100 / 1.1**year for year in range(3)])
        >>> worth.low < worth.estimate < worth.high
        True
        """
        amounts = np.asarray(weights, float)
        mean, slope = valued(self, amounts)
        error = math.sqrt(float(slope @ self.covariance @ slope))
        return Estimate(mean, mean - Z95 * error, mean + Z95 * error, self.n, METHOD, error)


def survival(alpha: Any, beta: Any, periods: Any) -> Any:
    """The share still a customer, of any two parameters.

    Parameters
    ----------
    alpha, beta : float
    periods : int or array of int

    Returns
    -------
    float or ndarray

    >>> round(float(survival(1.0, 1.0, 3)), 6)  # 1/2 · 2/3 · 3/4
    0.25
    """
    from scipy.special import betaln

    return np.exp(betaln(alpha, beta + np.asarray(periods, float)) - betaln(alpha, beta))


def valued(fit: Sbg, amounts: Floats) -> tuple[float, Floats]:
    """The worth of a customer and its slope along (log alpha, log beta).

    Parameters
    ----------
    fit : Sbg
    amounts : ndarray of float, shape (periods,)
        What is brought at the beginning of each period.

    Returns
    -------
    tuple of float and ndarray of shape (2,)

    >>> worth, slope = valued(fit_survivors([1000, 869, 743, 653]), np.ones(3))
    >>> bool(slope[0] < 0 < slope[1])  # a larger alpha: more leave
    True
    """
    from scipy.special import digamma

    periods = np.arange(len(amounts))
    parts = amounts * fit.survival(periods)
    both = digamma(fit.alpha + fit.beta) - digamma(fit.alpha + fit.beta + periods)
    stayed = digamma(fit.beta + periods) - digamma(fit.beta)
    slopes = [fit.alpha * (parts * both).sum(), fit.beta * (parts * (both + stayed)).sum()]
    return float(parts.sum()), np.array(slopes)


def fit_survivors(survivors: Sequence[float]) -> Sbg:
    """Fit one cohort that was followed from the start.

    Parameters
    ----------
    survivors : sequence of float
        How many are there at the start, after one period, after two and so on: at least three numbers, none larger
        than the one before.

    Returns
    -------
    Sbg

    Raises
    ------
    UsageError
        For numbers that are no survivors, or a cohort that nobody left.

    Source: Fader and Hardie (2007), cohorts "Regular" and "High End", grade A.

    >>> fit = fit_survivors([1000, 631, 468, 382, 326, 289, 262, 241])
    >>> round(fit.alpha, 3), round(fit.beta, 3)
    (0.704, 1.182)
    """
    there = np.asarray(survivors, float)
    if len(there) < 3 or not (np.diff(there) <= 0).all() or there[-1] < 0:
        raise UsageError(Fault("not_survivors", {"value": ", ".join(f"{count:g}" for count in there)}))
    return fit_counts(there[:-1], -np.diff(there))


def fit_counts(at_risk: Any, leavers: Any) -> Sbg:
    """Fit counts by period, from customers that may have been seen late or not to the end.

    Parameters
    ----------
    at_risk, leavers : array, shape (periods,)
        Customers watched through each period of their lives (or seen to leave in it), and how many of them left.

    Returns
    -------
    Sbg
        Where older customers leave no less than new ones, the model's limit: one rate for all (``alike``).

    Raises
    ------
    UsageError
        When fewer than two periods were watched, when nobody left, or everybody, or nobody after the first of them.

    Source: the likelihood of Fader and Hardie (2007), as a product over periods; late entry divides out, grade A.

    >>> fit_counts([1000, 631, 468], [369, 163, 86]).alpha == fit_survivors([1000, 631, 468, 382]).alpha
    True
    """
    from scipy.optimize import minimize

    risk, left = np.asarray(at_risk, float), np.asarray(leavers, float)
    watched = risk > 0
    if watched.sum() < 2 or not 0 < left[watched].sum() < risk[watched].sum():
        raise UsageError(Fault("nothing_to_fit"))
    counts = risk[watched], left[watched], np.arange(len(risk), dtype=float)[watched]
    found = minimize(_loss, np.zeros(2), args=counts, jac=True, method="BFGS", options={"gtol": 1e-10})
    alpha, beta = np.exp(np.clip(found.x, -50, 50))
    if not alpha + beta < ALIKE:
        return _same_rate(*counts[:2])
    information = _information(found.x, *counts)
    if alpha + beta < 1 / ALIKE or not np.linalg.det(information) > 0:
        raise UsageError(Fault("nothing_to_fit"))
    return Sbg(float(alpha), float(beta), np.linalg.inv(information), int(counts[0][0]))


def _same_rate(risk: Floats, left: Floats) -> Sbg:
    """The model's limit, at which all leave at one rate; its error is that of this rate."""
    rate = left.sum() / risk.sum()
    turn = np.array([1 - rate, -rate])
    covariance = np.outer(turn, turn) / (rate * (1 - rate) * risk.sum())
    return Sbg(ALIKE * rate, ALIKE * (1 - rate), covariance, int(risk[0]))


def _loss(logs: Floats, risk: Floats, left: Floats, place: Floats) -> tuple[float, Floats]:
    """Minus the log likelihood by customer, and its slope along (log alpha, log beta)."""
    alpha, beta = np.exp(logs)
    stayed, both = beta + place, alpha + beta + place
    stays = risk - left
    value = left * math.log(alpha) + stays * np.log(stayed) - risk * np.log(both)
    slope = alpha * (left / alpha - risk / both), beta * (stays / stayed - risk / both)
    scale = risk.max()
    return -value.sum() / scale, -np.array([part.sum() for part in slope]) / scale


def _information(logs: Floats, risk: Floats, left: Floats, place: Floats) -> Floats:
    """The observed information on (log alpha, log beta)."""
    step = 1e-5
    slopes = [
        (_loss(logs + turn, risk, left, place)[1] - _loss(logs - turn, risk, left, place)[1]) / (2 * step)
        for turn in step * np.eye(2)
    ]
    return np.array(slopes) * float(risk.max())
