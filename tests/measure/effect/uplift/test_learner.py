"""For whom touch brings how much: what the learners find, and what they do not make up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure.effect.uplift import by_arm, doubly_robust


def company(n: int = 4_000, seed: int = 1, noise: float = 1.0):
    """High touch brings what the first column says, mid touch half of it; the second column moves everybody alike."""
    draw = np.random.default_rng(seed)
    columns = draw.normal(size=(n, 6))
    gains = np.stack([np.zeros(n), 0.5 * columns[:, 0], columns[:, 0]], axis=1)
    value = 3 * columns[:, [1]] + gains + noise * draw.normal(size=(n, 3))
    return columns, gains, value, draw.integers(0, 3, n)


def test_the_column_that_tells_who_gains_is_found_and_the_others_are_left_alone():
    columns, gains, value, _ = company()
    found = doubly_robust(columns, value)
    assert np.corrcoef(found.effects(columns)[:, 2], gains[:, 2])[0, 1] > 0.99
    usual = np.abs(columns[:, 0]) < 2.5
    assert found.effects(columns)[usual, 2] == pytest.approx(gains[usual, 2], abs=0.35)
    assert np.abs(found.weights[1:6, 2]).max() < 0.1


def test_nothing_is_brought_by_the_first_arm():
    columns, _, value, arm = company(400)
    assert not doubly_robust(columns, value).effects(columns)[:, 0].any()
    assert not by_arm(columns, arm, value[:, 0], 3).effects(columns)[:, 0].any()


def test_where_everybody_gains_the_same_everybody_is_told_the_mean():
    columns, _, value, _ = company(noise=0.0)
    flat = np.stack([value[:, 0], value[:, 0] + 2.0], axis=1)
    assert doubly_robust(columns, flat).effects(columns)[:, 1] == pytest.approx(2.0)


def test_the_simple_learner_finds_a_large_difference_too():
    columns, gains, value, arm = company(noise=0.1)
    outcome = value[np.arange(len(arm)), arm]
    assert np.corrcoef(by_arm(columns, arm, outcome, 3).effects(columns)[:, 2], gains[:, 2])[0, 1] > 0.95


def test_arms_choose_their_columns_together():
    columns, gains, value, _ = company(n=3_000, noise=6.0)
    both = doubly_robust(columns, value).effects(columns)[:, 1]
    alone = doubly_robust(columns, value[:, :2]).effects(columns)[:, 1]
    wrong = [float(((one - gains[:, 1]) ** 2).mean()) for one in (both, alone)]
    assert wrong[0] < wrong[1]


def test_whom_the_middle_suits_is_found_by_the_square():
    draw = np.random.default_rng(2)
    columns = draw.normal(size=(4_000, 2))
    middle = 1 - columns[:, 0] ** 2
    value = np.stack([np.zeros(4_000), middle], axis=1) + draw.normal(size=(4_000, 2))
    assert np.corrcoef(doubly_robust(columns, value).effects(columns)[:, 1], middle)[0, 1] > 0.9


def test_one_giant_bends_nothing():
    columns, gains, value, _ = company(noise=0.5)
    columns[0, 2] = 1e9
    found = doubly_robust(columns, value).effects(columns)[1:, 2]
    assert np.corrcoef(found, gains[1:, 2])[0, 1] > 0.99


@settings(max_examples=5, deadline=None)
@given(st.floats(0.01, 100.0), st.floats(-50.0, 50.0))
def test_another_unit_of_the_outcome_is_another_unit_of_the_effects(scale: float, shift: float):
    columns, _, value, _ = company(200)
    plain = doubly_robust(columns, value).effects(columns)
    assert doubly_robust(columns, scale * value + shift).effects(columns) == pytest.approx(
        scale * plain, abs=1e-3 * scale
    )


def test_too_few_customers_of_an_arm_are_refused_by_name():
    columns, _, value, _ = company(60)
    arm = np.r_[np.zeros(50, int), np.ones(10, int)]
    with pytest.raises(UsageError, match="10 customers"):
        by_arm(columns, arm, value[:, 0], 2)
