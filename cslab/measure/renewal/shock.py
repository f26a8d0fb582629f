"""What customers of a quarter have in common: a shift of all their log odds, learned from quarters that are over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SHIFTS = np.linspace(-4.0, 4.0, 161)
"""By how much the log odds of all customers of a quarter may be shifted."""

LEANINGS = np.linspace(-3.0, 3.0, 61)
SPREADS = np.linspace(0.0, 1.5, 31)
LEANING, SPREAD = 1.0, 0.5
"""Before anything is seen: a way of forecasting leans to one side by about one log odds in every quarter, and
quarters differ by about half of one (half-normal)."""

EDGE = 0.005
"""Nobody is safer, or more lost, than that."""

DRAWS = 4_000


@dataclass(frozen=True, eq=False)
class Shock:
    """What is known of the shift of the next quarter.

    Parameters
    ----------
    weight : ndarray of float, shape (shifts,)
        How likely each of ``SHIFTS`` is.
    leaning : float
        Of all quarters, as it is expected (log odds; above 0: more renew than was said).
    spread : float
        Of one quarter around it, as it is expected (sd of log odds).
    quarters : int
        Seen so far.

    >>> abs(learned([], []).leaning) < 1e-9, learned([], []).quarters
    (True, 0)
    """

    weight: Floats
    leaning: float
    spread: float
    quarters: int

    def sums(self, chance: Any, worth: Any, draws: int = DRAWS) -> Floats:
        """What a quarter may bring: draws of the shift, and of each customer's luck under it.

        Parameters
        ----------
        chance, worth : ndarray of float, shape (customers,)
            Of renewing (0-1), and what is counted if it does.
        draws : int

        Returns
        -------
        ndarray of float, shape (draws,)
            Sorted. The same for the same arguments.

        >>> none = Shock((np.abs(SHIFTS) < 1e-9).astype(float), 0.0, 0.0, 0)
        >>> float(none.sums(np.full(100, 0.8), np.ones(100)).mean().round(-1))
        80.0
        """
        places = np.searchsorted(np.cumsum(self.weight), (np.arange(draws) + 0.5) / draws)
        shifts = SHIFTS[np.minimum(places, len(SHIFTS) - 1)]
        return _drawn(chance, worth, shifts)


def alone(chance: Any, worth: Any, draws: int = DRAWS) -> Floats:
    """What a quarter may bring if its customers had nothing in common and every chance were right.

    Parameters
    ----------
    chance, worth, draws
        As for :meth:`Shock.sums`.

    Returns
    -------
    ndarray of float, shape (draws,)
        Sorted.

    >>> float(np.std(alone(np.full(100, 0.5), np.ones(100))).round())
    5.0
    """
    return _drawn(chance, worth, np.zeros(draws))


def learned(chances: Sequence[Any], renewed: Sequence[int]) -> Shock:
    """What past quarters teach of the shift of the next one.

    In a quarter the log odds of all customers are shifted together, by a leaning that all quarters share and a draw of
    its own around it. Both are weighed on a grid, by how likely they make the numbers that renewed; so few quarters
    leave wide limits rather than none.

    Parameters
    ----------
    chances : sequence of ndarray of float
        One a quarter: each customer's chance of renewing as it was said before (0-1).
    renewed : sequence of int
        How many of them did.

    Returns
    -------
    Shock

    Source: a random intercept of the quarter, fitted to the quarters' totals (our own); priors are conventions of
    ours (grade S), and matter with few quarters.

    >>> unlucky = learned([np.full(100, 0.8)] * 8, [60] * 8)  # log odds 1.39 said, 0.41 seen
    >>> round(unlucky.leaning, 1), bool(unlucky.spread < learned([], []).spread)
    (-1.0, True)
    """
    likely = np.zeros((len(LEANINGS), len(SPREADS)))
    for chance, count in zip(chances, renewed, strict=True):
        likely += np.log(_spread_out() @ _likelihood(np.asarray(chance, float), int(count)) + 1e-300)
    likely += _before()
    belief = np.exp(likely - likely.max())
    belief /= belief.sum()
    weight = np.einsum("ls,lsd->d", belief, _spread_out())
    spread = float(belief.sum(axis=0) @ SPREADS)
    return Shock(weight / weight.sum(), float(belief.sum(axis=1) @ LEANINGS), spread, len(renewed))


def shifted(chance: Any, shift: Any) -> Floats:
    """Chances whose log odds are shifted; nobody is taken to be certain.

    Parameters
    ----------
    chance, shift : ndarray of float
        Of shapes that fit.

    Returns
    -------
    ndarray of float

    >>> shifted(np.array([0.5, 1.0]), 1.0).round(3).tolist()
    [0.731, 0.998]
    """
    from scipy.special import expit, logit

    return np.asarray(expit(logit(np.clip(chance, EDGE, 1 - EDGE)) + shift))


def _drawn(chance: Any, worth: Any, shifts: Floats) -> Floats:
    """Sorted sums of what is counted of those who renew, a draw a shift."""
    rng, sums = np.random.default_rng(0), np.empty(len(shifts))
    for part in np.array_split(np.arange(len(shifts)), max(1, len(shifts) * len(chance) // 2_000_000)):
        chances = shifted(np.asarray(chance, float), shifts[part][:, None])
        sums[part] = (rng.random(chances.shape) < chances) @ np.asarray(worth, float)
    return np.sort(sums)


def _likelihood(chance: Floats, renewed: int) -> Floats:
    """How likely so many are under each shift: normal with the sum's own mean and spread, half a customer wide."""
    from scipy.stats import norm

    chances = shifted(chance[None, :], SHIFTS[:, None])
    mean = chances.sum(axis=1)
    spread = np.sqrt((chances * (1 - chances)).sum(axis=1))
    above = np.inf if renewed >= len(chance) else renewed + 0.5
    below = -np.inf if renewed <= 0 else renewed - 0.5
    return np.asarray(norm.cdf(above, mean, spread) - norm.cdf(below, mean, spread))


@cache
def _spread_out() -> Floats:
    """How likely each shift is under each leaning and spread."""
    width = np.maximum(SPREADS, (SHIFTS[1] - SHIFTS[0]) / 2)
    apart = (SHIFTS[None, None, :] - LEANINGS[:, None, None]) / width[None, :, None]
    weight = np.exp(-(apart**2) / 2)
    return np.asarray(weight / weight.sum(axis=2, keepdims=True))


def _before() -> Floats:
    """Logarithm of how likely each leaning and spread was held to be before anything was seen."""
    return np.asarray(-((LEANINGS[:, None] / LEANING) ** 2) / 2 - (SPREADS[None, :] / SPREAD) ** 2 / 2)
