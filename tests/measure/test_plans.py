"""A plan is judged by what it can be expected to bring, against the best under the same hours."""

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.book import Truth
from cslab.faults import UsageError
from cslab.measure.oracle import TIER_HOURS, best_plan

FUTURES = 8


@pytest.fixture(scope="module")
def truth() -> Truth:
    return world.company("default_jp", accounts=800).truth


def hours(tiers: pd.Series) -> float:
    """Hours that a plan takes."""
    return float(tiers.map(TIER_HOURS).sum())


def test_the_best_plan_takes_no_more_hours_and_is_worth_at_least_as_much(truth):
    plan = best_plan(truth, futures=FUTURES)
    accounts = plan.accounts
    assert hours(accounts["best"]) <= plan.hours + 1e-6 == hours(accounts["tier"]) + 1e-6
    assert plan.regret.estimate > 0 and plan.regret.low < plan.regret.estimate < plan.regret.high
    assert 0 < plan.kept < 1 and 0 <= plan.gap < 0.001


def test_the_companys_own_plan_is_valued_as_its_policy(truth):
    own = truth.expected(futures=FUTURES).set_index("account_id")["value_amount"]
    plan = best_plan(truth, futures=FUTURES).accounts.set_index("account_id")["value_amount"]
    np.testing.assert_allclose(plan, own.reindex(plan.index))


def test_the_best_plan_itself_has_nothing_to_regret(truth):
    best = best_plan(truth, since="2024-03-31", futures=FUTURES).accounts.set_index("account_id")["best"]
    again = best_plan(truth, best, since="2024-03-31", futures=FUTURES)
    assert again.regret.estimate <= again.gap * again.accounts["best_amount"].sum() + 1e-6
    assert again.kept == pytest.approx(1, abs=0.01)


def test_touch_for_nobody_gains_nothing_and_with_no_hours_nothing_could_be_gained(truth):
    nobody = pd.Series("tech", index=truth.accounts()["account_id"])
    plan = best_plan(truth, nobody, futures=FUTURES)
    assert plan.regret.estimate == 0 and np.isnan(plan.kept)


def test_where_touch_does_nothing_there_is_nothing_to_regret():
    null = world.company("no_effect", accounts=200).truth
    assert best_plan(null, futures=2).regret.estimate == pytest.approx(0, abs=1e-3)


def test_without_a_truth_nobody_knows_and_an_unknown_tier_is_refused(truth):
    assert best_plan(None) is None
    with pytest.raises(UsageError, match="Nearest: high"):
        best_plan(truth, pd.Series({"A000001": "hihg"}), futures=FUTURES)
