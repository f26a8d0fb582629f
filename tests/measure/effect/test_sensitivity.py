"""How strong something unseen would have to be."""

import pytest

from cslab.measure.effect import sensitivity
from cslab.measure.estimate import Estimate


def test_the_published_example_of_breast_feeding_needs_a_confounder_of_seven_times() -> None:
    # VanderWeele and Ding (2017): risk ratio 3.9 has the E-value 7.26, its limit 1.8 the E-value 3.0
    found = sensitivity(Estimate(0.029, 0.008, 0.077, 900, "x"), base=0.01)
    assert found.estimate == pytest.approx(7.26, abs=0.01)
    assert found.limit == pytest.approx(3.0, abs=0.01)


def test_where_the_limits_hold_zero_nothing_is_needed_for_the_limit() -> None:
    assert sensitivity(Estimate(0.02, -0.01, 0.05, 900, "x"), base=0.2).limit == 1.0
    assert sensitivity(Estimate(20.0, -10.0, 50.0, 900, "x")).limit == 0.0


def test_of_a_frequent_outcome_the_ratio_is_that_of_its_opposite() -> None:
    often, seldom = Estimate(0.05, 0.01, 0.09, 900, "x"), Estimate(-0.05, -0.09, -0.01, 900, "x")
    assert sensitivity(often, base=0.9).estimate == pytest.approx(sensitivity(seldom, base=0.1).estimate)


def test_of_money_it_is_the_bias_itself() -> None:
    assert sensitivity(Estimate(-300.0, -500.0, -100.0, 900, "x")).limit == 100.0
