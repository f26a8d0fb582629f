"""Counts from one uniform draw each, by inverse distribution: a changed mean moves a count, never another draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cslab.world.luck import Floats, Ints


_MANY = 500
"""The largest mean for which a distribution is added up."""


def poisson(draws: Floats, mean: Floats) -> Ints:
    """Poisson counts, exactly, by adding up the distribution.

    Parameters
    ----------
    draws : ndarray of float, shape (n,)
        Uniform on [0, 1).
    mean : ndarray of float, shape (n,)
        Means, small: the work grows with the largest count.

    Returns
    -------
    ndarray of int, shape (n,)

    >>> poisson(np.array([0.1, 0.5, 0.99]), np.array([0.5, 0.5, 0.5])).tolist()
    [0, 0, 3]
    """
    count, here = np.zeros(len(draws), dtype=np.int64), np.arange(len(draws))
    chance = np.exp(-mean)
    left = draws - chance
    step = 0
    while len(here := here[left >= 0]):
        mean, chance, left = mean[left >= 0], chance[left >= 0], left[left >= 0]
        step += 1
        count[here] = step
        chance = chance * mean / step
        left = np.where(chance > 0, left - chance, -1.0)
    return count


def negative_binomial_exact(draws: Floats, mean: Floats, shape: float) -> Ints:
    """Negative binomial counts with variance ``mean + mean**2 / shape``, exactly, by adding up the distribution.

    Above a mean of 500, where adding up takes too long, they are the rounded gamma distribution of the same moments.

    Parameters
    ----------
    draws : ndarray of float, shape (n,)
        Uniform on [0, 1).
    mean : ndarray of float, shape (n,)
        The work grows with the largest count.
    shape : float
        Smaller means wider.

    Returns
    -------
    ndarray of int, shape (n,)

    >>> negative_binomial_exact(np.array([0.1, 0.7, 0.99]), np.array([0.5, 0.5, 0.5]), shape=1.2).tolist()
    [0, 1, 4]
    """
    from scipy.special import gammaincinv

    count, many = np.zeros(len(draws), dtype=np.int64), mean > _MANY
    like = 1 / (1 / shape + 1 / mean[many])
    count[many] = np.round(gammaincinv(like, draws[many]) * mean[many] / like)
    here, draws, mean = np.flatnonzero(~many), draws[~many], mean[~many]
    chance = np.exp(-shape * np.log1p(mean / shape))
    factor, left = mean / (mean + shape), draws - chance
    step = 0
    while len(here := here[left >= 0]):
        factor, chance, left = (part[left >= 0] for part in (factor, chance, left))
        step += 1
        count[here] = step
        chance = chance * factor * (shape + step - 1) / step
        left = np.where(chance > 0, left - chance, -1.0)
    return count


def negative_binomial(draws: Floats, mean: Floats, shape: float) -> Ints:
    """Negative binomial counts with variance ``mean + mean**2 / shape``, from a gamma distribution of the same moments.

    The inverse of the gamma is Wilson and Hilferty's cube, rounded to whole counts: fast, and at shape 8 within .025 of
    the exact distribution function from a mean of 5 on, within .008 from 20 on (a test holds it to SciPy's).

    Parameters
    ----------
    draws : ndarray of float, shape (n,)
        Uniform on (0, 1).
    mean : ndarray of float, shape (n,)
    shape : float
        Smaller means wider.

    Returns
    -------
    ndarray of int, shape (n,)

    Source: Wilson & Hilferty 1931 (grade A).

    >>> negative_binomial(np.array([0.05, 0.5, 0.95]), np.array([100.0, 100.0, 100.0]), shape=8.0).tolist()
    [48, 96, 167]
    """
    from scipy.special import ndtri

    variance = mean + mean**2 / shape
    ninth = variance / np.maximum(mean, 1e-12) ** 2 / 9
    cube = np.maximum(1 - ninth + ndtri(draws) * np.sqrt(ninth), 0) ** 3
    return np.asarray(np.round(mean * cube), dtype=np.int64)
