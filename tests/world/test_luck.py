"""A draw is found at its address: what is drawn elsewhere, earlier or later cannot move it."""

from hashlib import blake2b

import numpy as np
import pytest
from scipy import stats

from cslab.world import luck


@pytest.mark.parametrize("draws", [luck.uniforms, luck.normals])
def test_a_shorter_horizon_is_the_beginning_of_a_longer_one(draws):
    assert (draws(3, "value", range(2), months=5) == draws(3, "value", range(2), months=40)[:, :5]).all()


@pytest.mark.parametrize("draws", [luck.uniforms, luck.normals])
def test_a_block_has_the_same_draws_in_whatever_company(draws):
    assert (draws(3, "value", [4], months=6)[0] == draws(3, "value", range(2, 6), months=6)[2]).all()


def test_the_generator_is_seeded_by_seed_name_and_block_alone():
    name = int.from_bytes(blake2b(b"value", digest_size=8).digest(), "little")
    plain = np.random.Generator(np.random.SFC64(np.random.SeedSequence([7, name, 2]))).random((3, 1024))
    assert (luck.uniforms(7, "value", [2], months=3)[0] == plain).all()


@pytest.mark.parametrize(
    "other", [(2, "size", 7, 3, 1), (1, "sizes", 7, 3, 1), (1, "size", 8, 3, 1), (1, "size", 7, 4, 1)]
)
def test_any_part_of_the_address_gives_another_draw(other):
    assert luck.hashed(1, "size", 7, 3, 1)[0] != luck.hashed(*other)[0]


def test_a_hashed_draw_does_not_depend_on_its_company():
    many = luck.hashed(1, "size", np.arange(100), 3)
    assert (luck.hashed(1, "size", [99, 5], [3, 3]) == many[[99, 5]]).all()


def test_seeds_share_no_luck():
    one, two = (luck.hashed(seed, "renewal", np.arange(5000)[:, None], np.arange(12)) for seed in (1, 2))
    assert not np.isin(one, two).any()


@pytest.mark.parametrize("axis", [0, 1])
def test_hashed_draws_of_neighbours_are_not_correlated(axis):
    draws = luck.hashed(1, "renewal", np.arange(20_000)[:, None], np.arange(24)) - 0.5
    ahead, behind = np.delete(draws, 0, axis).ravel(), np.delete(draws, -1, axis).ravel()
    assert abs(np.corrcoef(ahead, behind)[0, 1]) < 5 / np.sqrt(ahead.size)


def test_hashed_draws_are_uniform_and_never_zero_or_one():
    draws = luck.hashed(1, "renewal", np.arange(100_000), 5)
    assert draws.min() > 0 and draws.max() < 1
    assert stats.chisquare(np.histogram(draws, bins=100, range=(0, 1))[0]).pvalue > 1e-4
