"""The numbers everybody computes first are computed as everybody does."""

import math

import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure import naive, survival


@pytest.fixture
def cliff() -> pd.DataFrame:
    """Ten yearly customers: nobody leaves before month 12, half leave at it, the rest stay to month 24."""
    return pd.DataFrame({"entry": 0, "duration": [12] * 5 + [24] * 5, "event": [True] * 5 + [False] * 5})


def test_churn_is_leavers_per_customer_month(cliff):
    assert naive.monthly_churn(cliff).estimate == pytest.approx(5 / (5 * 12 + 5 * 24))
    assert naive.monthly_churn(cliff, first=12).estimate == pytest.approx(5 / 120)


def test_one_over_churn_is_a_lifetime_longer_than_anybody_was_seen(cliff):
    lifetime = naive.lifetime_from_monthly_churn(cliff)
    assert lifetime.estimate == pytest.approx(36)
    assert lifetime.low < 36 < lifetime.high


def test_by_the_first_months_of_yearly_contracts_nobody_would_ever_leave(cliff):
    within = naive.restricted_lifetime_from_churn(cliff, first=6, horizon=36)
    assert (within.estimate, within.high) == (36, 36)
    assert within.low < 36
    endless = naive.lifetime_from_monthly_churn(cliff, first=6)
    assert (endless.estimate, endless.high) == (math.inf, math.inf)
    assert endless.low < math.inf


def test_a_constant_churn_is_carried_to_the_horizon():
    seen = pd.DataFrame({"duration": [1, 1, 2, 2], "event": [True, True, False, False]})
    # churn of the first month 1/2: 1 + 1/2 + 1/4 months within three
    found = naive.restricted_lifetime_from_churn(seen, first=1, horizon=3)
    assert found.estimate == pytest.approx(1.75)
    assert found.low < found.estimate < found.high


def test_with_a_constant_hazard_the_naive_lifetime_agrees_with_the_restricted_mean():
    left = [1] * 512 + [2] * 256 + [3] * 128
    seen = pd.DataFrame({"duration": left + [3] * 128, "event": [True] * len(left) + [False] * 128})
    naive_mean = naive.restricted_lifetime_from_churn(seen, first=3, horizon=3).estimate
    assert naive_mean == pytest.approx(survival.restricted_mean(seen, 3).estimate)


def test_who_is_still_there_does_not_count_in_the_tenure_of_leavers(cliff):
    found = naive.mean_tenure_of_leavers(cliff)
    assert (found.estimate, found.n) == (12, 5)
    assert naive.mean_tenure_of_leavers(cliff, horizon=9).estimate == 9


def test_who_has_just_come_counts_as_retained():
    seen = pd.DataFrame({"duration": [1, 1, 30, 40], "event": [False, False, True, True]})
    assert naive.counted_as_retained(seen, 36).estimate == 0.75
    assert survival.at(survival.kaplan_meier(seen), 36).estimate == 0.5


def test_ignoring_entry_makes_survivors_describe_everybody():
    seen = pd.DataFrame({"entry": [0, 0, 20], "duration": [10, 30, 30], "event": [True, False, False]})
    with_entry = survival.at(survival.kaplan_meier(seen), 30).estimate
    without = survival.at(survival.kaplan_meier(naive.ignore_entry(seen)), 30).estimate
    assert (with_entry, without) == pytest.approx((1 / 2, 2 / 3))


def test_there_is_no_mean_tenure_of_no_leavers():
    with pytest.raises(UsageError) as raised:
        naive.mean_tenure_of_leavers(pd.DataFrame({"duration": [5], "event": [False]}))
    assert raised.value.faults[0].key == "nobody_left"


def test_where_nobody_left_the_rule_says_that_it_divides_by_zero():
    lifetime = survival.lifetime_from_monthly_churn(pd.DataFrame({"duration": [5, 6], "event": False}), first=5)
    assert (lifetime.method, lifetime.estimate) == ("one_over_zero", float("inf"))
