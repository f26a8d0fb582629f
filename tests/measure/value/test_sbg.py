"""The shifted beta-geometric model: published cohorts, its formulas, and whether it finds what it was drawn from."""

import math

import numpy as np
import pytest

from cslab.faults import UsageError
from cslab.measure.value.sbg import fit_counts, fit_survivors
from tests.measure.coverage import acceptable

# Fader and Hardie (2007), table 1 and section 3: customers of each year, and the parameters they print.
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]


@pytest.mark.parametrize(("survivors", "alpha", "beta"), [(REGULAR, 0.704, 1.182), (HIGH_END, 0.668, 3.806)])
def test_the_published_cohorts_give_the_published_parameters(survivors, alpha, beta):
    fit = fit_survivors(survivors)
    assert (round(fit.alpha, 3), round(fit.beta, 3)) == (alpha, beta)


def test_regular_customers_are_seventeen_per_cent_after_twelve_years():
    assert fit_survivors(REGULAR).survival(12) == pytest.approx(0.170, abs=0.0005)


def test_survival_is_the_product_of_retention_rates_that_rise():
    fit = fit_survivors(HIGH_END)
    rates = fit.retention(np.arange(1, 20))
    assert (np.diff(rates) > 0).all()
    assert fit.survival(np.arange(1, 20)) == pytest.approx(np.cumprod(rates))


def test_the_lifetime_is_the_sum_of_the_survival():
    fit = fit_survivors(REGULAR)
    assert fit.lifetime(1).estimate == 1
    assert fit.lifetime(4).estimate == pytest.approx(fit.survival(np.arange(4)).sum())


def test_the_value_weighs_each_period_by_its_amount():
    fit = fit_survivors(REGULAR)
    assert fit.value([100, 50]).estimate == pytest.approx(100 + 50 * fit.survival(1))


def test_the_limits_of_a_value_are_those_of_small_steps_along_both_parameters():
    fit = fit_survivors(HIGH_END)
    found, step = fit.value(np.ones(10)), 1e-6

    def moved(alpha: float, beta: float) -> float:
        other = type(fit)(fit.alpha * math.exp(alpha), fit.beta * math.exp(beta), fit.covariance, fit.n)
        return other.value(np.ones(10)).estimate

    slope = np.array([moved(step, 0) - moved(-step, 0), moved(0, step) - moved(0, -step)]) / (2 * step)
    assert found.std_error == pytest.approx(math.sqrt(slope @ fit.covariance @ slope), rel=1e-5)


def test_customers_seen_late_count_from_then_on():
    # 1,000 from the start, and 500 who had stayed two periods when they came under observation.
    risk, left = np.array([1000, 631, 468, 382]), np.array([369, 163, 86, 56])
    later = fit_counts(risk + np.array([0, 0, 500, 408]), left + np.array([0, 0, 92, 60]))
    assert later.n == 1000
    assert later.survival(4) == pytest.approx(fit_counts(risk, left).survival(4), abs=0.01)


def test_where_the_older_leave_no_less_all_are_alike():
    fit = fit_counts([1000, 800, 640], [200, 160, 128])
    assert fit.alike
    assert fit.retention(np.array([1, 9])) == pytest.approx([0.8, 0.8], abs=1e-4)
    assert math.isnan(fit.limits("alpha")[0])


def test_where_all_are_alike_the_error_is_that_of_one_rate():
    fit = fit_counts([1000, 800, 640], [200, 160, 128])
    # S(1) = 1 - p: its error is that of a share of 2,440 trials.
    assert fit.value([0, 1]).std_error == pytest.approx(math.sqrt(0.2 * 0.8 / 2440), rel=1e-3)


@pytest.mark.parametrize("survivors", [[1000, 631], [1000, 1100, 900], [1000, 800, -1]])
def test_what_are_no_survivors_is_refused(survivors):
    with pytest.raises(UsageError, match="survivors"):
        fit_survivors(survivors)


@pytest.mark.parametrize(("risk", "left"), [([100, 90], [0, 0]), ([100], [10]), ([100, 90], [10, 0]), ([9, 0], [9, 0])])
def test_counts_that_fix_no_model_are_refused(risk, left):
    with pytest.raises(UsageError, match="sBG"):
        fit_counts(risk, left)


@pytest.mark.slow
def test_the_limits_hold_what_cohorts_were_drawn_from_as_often_as_they_say():
    rng, held = np.random.default_rng(20240401), np.zeros(3, int)
    alpha, beta, periods = 0.9, 3.0, 6
    survival = np.cumprod(np.r_[1, (beta + np.arange(11)) / (alpha + beta + np.arange(11))])
    for _ in range(1000):
        rate = rng.beta(alpha, beta, 1500)
        life = rng.geometric(rate)
        fit = fit_survivors([(life > t).sum() for t in range(periods + 1)])
        worth = fit.lifetime(12)
        found = fit.limits("alpha"), fit.limits("beta"), (worth.low, worth.high)
        held += [low <= value <= high for (low, high), value in zip(found, (alpha, beta, survival.sum()), strict=True)]
    low, high = acceptable(1000)
    print(held, low, high)
    assert all(low <= count <= high for count in held)
