"""Whether the estimators find a truth that is known, and whether their 95 % limits hold it as often as they say.

Many small companies are drawn from one discrete hazard with a renewal spike, 40 % of the customers seen late. The
limits of coverage are those of a two-sided exact binomial test at level .001.
"""

from functools import cache

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.measure import survival
from tests.measure.coverage import acceptable, holds

pytestmark = pytest.mark.slow  # a study over many futures or books

COMPANIES, CUSTOMERS, HORIZON = 1_000, 400, 24
HAZARD = np.where(np.arange(1, 61) % 12 == 0, 0.15, 0.01)
TRUE_CURVE = np.concatenate([[1.0], np.cumprod(1 - HAZARD)])


@cache
def companies() -> list[pd.DataFrame]:
    """Durations of many companies; who left before the records began is not in them."""
    draws = np.random.default_rng(20240401)
    size = COMPANIES * CUSTOMERS
    left = np.searchsorted(-TRUE_CURVE, -draws.random(size))
    entry = np.where(draws.random(size) < 0.4, draws.integers(1, 24, size), 0)
    followed = entry + draws.integers(12, 37, size)
    seen = pd.DataFrame({"entry": entry, "duration": np.minimum(left, followed), "event": left <= followed})
    seen = seen.assign(company=np.arange(size) // CUSTOMERS, plan=draws.integers(0, 2, size))
    seen = seen[seen["entry"] < seen["duration"]]
    return [company for _, company in seen.groupby("company")]


def judged(found: list[survival.Estimate], truth: float) -> None:
    """Print bias, coverage and width; fail where coverage of the truth is not that of 95 % limits."""
    estimates = np.array([one.estimate for one in found])
    covered = int(sum(one.low <= truth <= one.high for one in found))
    bias = (estimates.mean() - truth) / (estimates.std(ddof=1) / np.sqrt(len(found)))
    width = np.mean([one.high - one.low for one in found])
    print(f"truth {truth:.4f}, bias {bias:+.1f} Monte-Carlo errors, covered {covered}, mean width {width:.4f}")
    assert holds(covered, len(found)), f"covered {covered}, acceptable {acceptable(len(found))}"
    assert abs(bias) < 3.9


def test_the_limits_of_acceptance_are_those_of_the_exact_test():
    assert acceptable(1_000) == (926, 971)


@cache
def curves(limits: str) -> list[pd.DataFrame]:
    """The Kaplan-Meier curve of every company."""
    return [survival.kaplan_meier(one, limits=limits) for one in companies()]


@pytest.mark.parametrize("month", [6, 12, 24])
def test_kaplan_meier_with_late_entry_finds_the_true_curve(month):
    judged([survival.at(curve, month) for curve in curves("log-log")], TRUE_CURVE[month])


def test_log_limits_hold_where_many_have_left_and_fall_short_of_log_log_ones_where_few_have():
    judged([survival.at(curve, 24) for curve in curves("log")], TRUE_CURVE[24])
    early = {limits: [survival.at(curve, 6) for curve in curves(limits)] for limits in ("log", "log-log")}
    hits = {limits: sum(one.low <= TRUE_CURVE[6] <= one.high for one in found) for limits, found in early.items()}
    assert hits["log"] < hits["log-log"]


def test_the_hazard_of_the_renewal_month_is_found():
    judged([survival.at(survival.hazard(one), 12) for one in companies()], HAZARD[11])


def test_the_cumulative_hazard_is_found():
    judged([survival.at(survival.nelson_aalen(one), HORIZON) for one in companies()], HAZARD[:HORIZON].sum())


def test_the_restricted_mean_is_found():
    judged([survival.restricted_mean(one, HORIZON) for one in companies()], TRUE_CURVE[:HORIZON].sum())


def test_the_log_rank_test_cries_wolf_no_more_often_than_it_says():
    false_alarms = sum(survival.compare(one, "plan").p_value < 0.05 for one in companies())
    assert holds(false_alarms, COMPANIES, 0.05)


def test_ignoring_late_entry_flatters_the_curve_by_more_than_chance_can():
    flattered = [survival.kaplan_meier(survival.ignore_entry(one)) for one in companies()[:100]]
    over = np.array([survival.at(curve, HORIZON).estimate for curve in flattered]) - TRUE_CURVE[HORIZON]
    assert over.mean() > 10 * over.std(ddof=1) / np.sqrt(len(over))


@pytest.mark.parametrize("months", [16, 47])
def test_a_short_history_is_read_as_far_as_it_reaches(months):
    seen = survival.durations(cslab.load(f"synthetic:default_jp?accounts=300&months={months}"))
    recent = seen[seen["entry"] == 0]
    horizon = survival.watched_horizon(recent, 60)
    assert 0 < horizon < months
    assert 0 < float(survival.restricted_mean(recent, horizon)) <= horizon
