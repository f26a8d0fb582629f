"""Sizes of tests, held to published tables and to what is counted out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure.effect.planned import plan_test
from cslab.measure.effect.power import Needed, curve, design_effect, detectable, power, sample_size
from cslab.measure.effect.sequential import false_alarms, inflation, stopping_lines
from cslab.measure.effect.small import small_trial
from cslab.measure.effect.two_shares import difference, newcombe


def test_five_points_less_than_twenty_per_cent_take_906_customers_on_each_side():
    assert sample_size(0.20, -0.05) == Needed(906, 906)  # R: power.prop.test(p1=.2, p2=.15, power=.8)$n is 905.3
    assert sample_size(0.80, 0.05) == Needed(906, 906)
    assert sample_size(0.20, 0.05).treated == 1094  # R: 1093.7, since larger shares vary more


@given(st.floats(0.1, 0.9), st.floats(0.02, 0.09), st.floats(0.5, 0.95), st.floats(0.3, 3.0))
def test_a_test_of_the_size_needed_has_the_power_asked_for(base, effect, wanted, ratio):
    needed = sample_size(base, effect, wanted, control_per_treated=ratio)
    assert wanted - 1e-9 <= power(base, effect, needed.treated, needed.control) < wanted + 0.02


@given(st.floats(0.1, 0.9), st.floats(200, 5_000), st.booleans())
def test_the_smallest_effect_seen_is_the_one_seen_with_that_power(base, size, rises):
    least = detectable(base, size, rises=rises)
    assert math.isnan(least) or power(base, least, size) == pytest.approx(0.8, abs=1e-4)


def test_without_an_effect_a_test_sees_one_as_often_as_its_level_says():
    assert power(0.2, 0.0, 400) == pytest.approx(0.05)


def test_thirty_customers_see_no_fall_from_twenty_per_cent_at_all():
    assert math.isnan(detectable(0.20, 15))


def test_groups_of_one_cost_nothing_and_groups_all_alike_count_as_one_customer():
    assert design_effect(1, 0.3) == 1
    assert design_effect(20, 1.0) == 20
    assert sample_size(0.2, -0.05, design_effect=2.0).treated == 1811


def test_a_curve_has_a_row_for_each_effect_and_size():
    found = curve(0.2, [-0.05, -0.1], [100, 1_000])
    assert found.groupby("effect")["power"].is_monotonic_increasing.all() and len(found) == 4


@pytest.mark.parametrize(("looks", "share"), [(2, 0.083), (3, 0.107), (4, 0.126), (5, 0.142), (10, 0.193)])
def test_peeking_raises_false_alarms_as_published(looks, share):
    assert false_alarms(looks) == pytest.approx(share, abs=0.0006)  # Armitage, McPherson and Rowe (1969), table 2


@pytest.mark.parametrize(
    ("looks", "late", "even", "late_more", "even_more"),
    [(2, 1.977, 2.178, 1.008, 1.110), (3, 2.004, 2.289, 1.017, 1.166), (5, 2.040, 2.413, 1.028, 1.229)],
)
def test_stopping_lines_and_sizes_are_the_published_ones(looks, late, even, late_more, even_more):
    """Jennison and Turnbull (2000), tables 2.1-2.4, two-sided 5 %, power 80 %."""
    assert stopping_lines(looks)[-1] == pytest.approx(late, abs=0.001)
    assert stopping_lines(looks, "even")[0] == pytest.approx(even, abs=0.001)
    assert inflation(looks) == pytest.approx(late_more, abs=0.001)
    assert inflation(looks, "even") == pytest.approx(even_more, abs=0.0015)


def test_a_plan_ends_when_the_last_customer_has_a_result():
    plan = plan_test(0.20, -0.05, a_week=100, follow_up_weeks=52)
    assert (plan.needed.total, plan.fill_weeks, plan.weeks) == (1812, 19, 71)
    assert plan.looks["line"].round(2).tolist() == [1.96]


def test_looking_more_often_takes_more_customers_and_stricter_lines():
    once, often = (plan_test(0.2, -0.05, 100, 26, looks=looks) for looks in (1, 4))
    assert often.needed.total > once.needed.total
    assert often.looks["line"].is_monotonic_decreasing and often.looks["line"].min() > 1.96


def test_limits_of_a_difference_are_the_published_ones():
    assert np.round(newcombe(56, 70, 48, 80), 4).tolist() == [0.0524, 0.3339]  # Newcombe (1998), table II, (a)
    assert np.round(newcombe(9, 10, 3, 10), 4).tolist() == [0.1705, 0.8090]  # (b)
    assert difference(0, 10, 0, 20).std_error > 0


def test_a_small_trial_that_sees_anything_sees_it_much_too_large():
    found = small_trial(0.30, -0.10, 15)
    assert found.seen < 0.12 and found.exaggeration > 3 and found.wrong_sign > 0.02


def test_a_small_trial_counted_out_agrees_with_drawing_it():
    draw = np.random.default_rng(1)
    hits, others = draw.binomial(15, 0.2, 40_000), draw.binomial(15, 0.3, 40_000)
    low, high = newcombe(hits, 15, others, 15)
    told = (low > 0) | (high < 0)
    found = small_trial(0.30, -0.10, 15)
    assert found.seen == pytest.approx(told.mean(), abs=0.006)
    assert found.exaggeration == pytest.approx(np.abs(hits - others)[told].mean() / 15 / 0.1, rel=0.03)


@pytest.mark.parametrize(
    ("call", "key"),
    [
        (lambda: sample_size(0.0, -0.05), "not_a_rate"),
        (lambda: sample_size(0.2, 0.0), "effect.no_size"),
        (lambda: sample_size(0.2, -0.3), "effect.beyond_share"),
        (lambda: sample_size(0.2, -0.05, control_per_treated=0), "not_positive"),
        (lambda: power(0.2, -0.05, 0), "not_positive"),
        (lambda: stopping_lines(0), "effect.looks"),
        (lambda: stopping_lines(3, "early"), "unknown_choice"),
        (lambda: design_effect(20, 2), "not_a_rate"),
        (lambda: small_trial(0.2, -0.05, 3_000), "effect.not_small"),
        (lambda: plan_test(0.2, -0.05, 0, 52), "not_positive"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(call, key):
    with pytest.raises(UsageError) as refused:
        call()
    assert key in {fault.key for fault in refused.value.faults}


def test_a_power_below_the_chance_of_a_false_alarm_is_no_power():
    with pytest.raises(UsageError, match="above level"):
        detectable(0.2, 100, power=0.04)
