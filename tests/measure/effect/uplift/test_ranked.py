"""Qini curves: tiny ones by eye, and limits that hold what they should."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cslab.measure.effect.uplift import Ranked
from tests.measure.coverage import holds

numbers = arrays(float, st.integers(2, 40), elements=st.integers(-5, 5).map(float))


def test_a_curve_is_read_by_eye():
    ranked = Ranked(np.array([1.0, 4.0, 3.0, 2.0]), np.array([-8.0, 8.0, 4.0, 0.0]))
    assert [ranked.reached(share).estimate for share in (0, 0.25, 0.5, 0.75, 1)] == pytest.approx([0, 2, 3, 3, 1])


def test_of_customers_who_share_a_place_a_lot_takes_some():
    ranked = Ranked(np.zeros(4), np.array([8.0, 0.0, 0.0, 0.0]))
    assert ranked.reached(0.5).estimate == pytest.approx(1.0)
    assert ranked.area().estimate == pytest.approx(0.0)


def test_the_area_is_that_between_the_curve_and_the_line():
    ranked = Ranked(np.array([2.0, 1.0]), np.array([4.0, 0.0]))
    heights = np.array([ranked.reached(share).estimate for share in np.linspace(0, 1, 2_001)])
    line = np.linspace(0, heights[-1], 2_001)
    assert ranked.area().estimate == pytest.approx((heights - line).mean(), abs=1e-3)


@given(numbers)
def test_the_order_of_the_gains_themselves_is_the_best_and_turned_round_the_worst(gain: np.ndarray):
    best = Ranked(gain, gain).area().estimate
    other = Ranked(np.arange(len(gain), dtype=float), gain).area().estimate
    assert -best - 1e-9 <= other <= best + 1e-9
    assert Ranked(-gain, gain).area().estimate == pytest.approx(-best)


@given(numbers)
def test_a_gain_that_all_have_alike_makes_no_order_worth_anything(order: np.ndarray):
    area = Ranked(order, np.full(len(order), 3.0)).area()
    assert (area.estimate, area.std_error) == pytest.approx((0.0, 0.0), abs=1e-9)


@given(numbers)
def test_treating_everybody_brings_the_mean_in_whatever_order(order: np.ndarray):
    gain = np.arange(len(order), dtype=float)
    assert Ranked(order, gain).reached(1.0).estimate == pytest.approx(gain.mean())


def test_limits_for_an_order_learned_from_these_customers_are_wider_even_where_it_puts_all_alike():
    draw = np.random.default_rng(1)
    order, gain = draw.normal(size=500), draw.normal(size=500)
    own, other = Ranked(order, gain).area(learned=True), Ranked(order, gain).area()
    assert own.estimate == other.estimate
    assert own.std_error == pytest.approx(2**0.5 * other.std_error, rel=0.05)
    assert Ranked(np.zeros(500), gain).area(learned=True).std_error == pytest.approx(own.std_error, rel=0.05)


def test_limits_of_the_area_hold_it_in_nineteen_of_twenty_samples():
    draw, hits, trials = np.random.default_rng(1), 0, 500
    for _ in range(trials):
        order = draw.normal(size=300)
        area = Ranked(order, 1.0 + 0.5 * order + 2.0 * draw.normal(size=300)).area()
        hits += area.low <= 0.5 / (2 * np.sqrt(np.pi)) <= area.high  # cov(F(S), S) of a normal is 1/(2√π)
    assert holds(hits, trials)
