"""Counts follow their distribution, and a larger mean never lowers one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cslab.world.counts import negative_binomial, negative_binomial_exact, poisson

GRID = (np.arange(4000) + 0.5) / 4000


@pytest.mark.parametrize("mean", [0.0, 0.02, 0.4, 3.0, 12.0])
def test_poisson_counts_are_the_inverse_of_the_distribution(mean):
    assert (poisson(GRID, np.full(GRID.shape, mean)) == stats.poisson(mean).ppf(GRID)).all()


@pytest.mark.parametrize(("mean", "error"), [(5, 0.025), (20, 0.008), (300, 0.002)])
def test_negative_binomial_counts_are_near_the_distribution(mean, error):
    counts = np.sort(negative_binomial(GRID, np.full(GRID.shape, float(mean)), shape=8.0))
    grid = np.arange(counts[-1] + 1)
    share = np.searchsorted(counts, grid, side="right") / len(counts)
    assert np.abs(share - stats.nbinom(8, 8 / (8 + mean)).cdf(grid)).max() < error


@pytest.mark.parametrize("shape", [0.3, 1.2, 8.0])
@pytest.mark.parametrize("mean", [0.0, 0.02, 0.6, 4.0, 25.0])
def test_exact_negative_binomial_counts_are_the_inverse_of_the_distribution(mean, shape):
    expected = stats.nbinom(shape, shape / (shape + mean)).ppf(GRID)
    assert (negative_binomial_exact(GRID, np.full(GRID.shape, mean), shape) == expected).all()


@pytest.mark.parametrize("mean", [501.0, 5e3, 5e4])
def test_negative_binomial_counts_of_large_means_are_near_the_distribution(mean):
    counts = negative_binomial_exact(GRID, np.full(GRID.shape, mean), 1.2)
    assert np.abs(stats.nbinom(1.2, 1.2 / (1.2 + mean)).cdf(counts) - GRID).max() < 1.5 / mean


def test_counts_of_a_huge_mean_take_no_longer_and_leave_the_others_alone():
    counts = negative_binomial_exact(np.array([0.7, 0.5, 0.7]), np.array([0.5, 1e12, 0.5]), 1.2)
    assert counts[[0, 2]].tolist() == [1, 1] and counts[1] == pytest.approx(stats.gamma(1.2).median() / 1.2 * 1e12)


@given(st.floats(0.001, 0.999), st.floats(0.1, 10), st.floats(1, 5))
def test_a_larger_mean_never_lowers_a_count(draw, mean, factor):
    wide = (lambda u, m: negative_binomial(u, m, 8.0)), (lambda u, m: negative_binomial_exact(u, m, 1.2))
    for counts in (poisson, *wide):
        few, many = counts(np.array([draw, draw]), np.array([mean, mean * factor]))
        assert few <= many
