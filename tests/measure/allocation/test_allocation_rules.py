"""Rules at the same hours: their plans, what they bring, and what cannot be compared."""

import numpy as np
import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure.allocation import best_lines, by_effect, compare, frontier, knowable, options, ranked, robust
from cslab.measure.estimate import Estimate

HOURS = {"tech": 0.0, "mid": 1.0, "high": 3.0}
IDS = list("abcdef")
SIZE = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
PRESENT = pd.Series(["tech", "tech", "tech", "mid", "mid", "high"], index=IDS)


def posed(mid: list[float], high: list[float], **more):
    """Six accounts, tech worth nothing to any."""
    value = pd.DataFrame({"tech": 0.0, "mid": mid, "high": high}, index=IDS)
    return options(value, PRESENT, HOURS, **more)


def test_the_hours_there_are_are_what_the_present_tiers_take():
    assert posed([1.0] * 6, [2.0] * 6).capacity == 5


def test_a_ranking_hands_the_same_tiers_out_anew():
    found = ranked(np.array([9, 8, 7, 1, 1, 1]), posed([1.0] * 6, [2.0] * 6))
    assert found.tolist() == [2, 1, 1, 0, 0, 0]


def test_lines_of_size_find_the_rule_that_made_the_values():
    posed_ = posed([-1, -1, 4, 4, 4, 4], [-1, -1, -1, -1, 9, 9])
    lines, choice = best_lines(SIZE, options(pd.DataFrame(posed_.value, IDS, posed_.tiers), PRESENT, HOURS, 8))
    assert lines == (3.0, 5.0) and choice.tolist() == [0, 0, 1, 1, 2, 2]


def test_lines_keep_within_the_hours():
    found = posed([1.0] * 6, [9.0] * 6)
    _, choice = best_lines(SIZE, found)
    assert found.hours[np.arange(6), choice].sum() <= 5


def test_accounts_of_the_same_size_are_on_the_same_side_of_a_line():
    same = np.array([1.0, 5.0, 5.0, 5.0, 5.0, 5.0])
    _, choice = best_lines(same, posed([1.0] * 6, [0.0] * 6))
    assert choice.tolist() == [0, 1, 1, 1, 1, 1]


def test_where_nobody_gains_no_line_is_ever_reached():
    lines, choice = best_lines(SIZE, posed([-1.0] * 6, [-2.0] * 6))
    assert lines == (np.inf, np.inf) and choice.sum() == 0


def test_no_rule_gains_more_than_the_oracle_and_the_lot_is_the_mean_of_all_draws():
    found = posed([1, 2, 0, 0, 0, 0], [2, 9, 0, 1, 0, 0])
    table = compare(found, SIZE, risk=SIZE[::-1], estimated={"uplift": found.value}).set_index("rule")
    draws = np.random.default_rng(0)
    lots = [found.value[np.arange(6), draws.permutation(found.present)].sum() for _ in range(4000)]
    assert table["regret_amount"].min() == 0 == table.loc["oracle", "regret_amount"]
    assert table.loc["by_lot", "value_amount"] == pytest.approx(np.mean(lots), abs=0.1)
    assert table.loc["uplift_allocated", "value_amount"] == table.loc["oracle", "value_amount"] == 10
    assert table.loc["present", "estimate"] == 0 and table.loc["risk_ranked", "value_amount"] == 4
    assert (table["hours"] <= 5 + 1e-9).all() and table.loc["oracle", "of_best"] == 1


def test_errors_of_the_values_give_limits_only_to_what_differs_from_today():
    error = pd.DataFrame(0.5, index=IDS, columns=list(HOURS))
    table = compare(posed([3, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 9], error=error), SIZE).set_index("rule")
    gain = table.loc["oracle"]  # one account up, one down: four values differ
    assert gain["estimate"] == 3 and gain["high"] - 3 == pytest.approx(1.96 * 0.5 * 2, rel=1e-3) == 3 - gain["low"]
    assert table.loc["present", "low"] == table.loc["present", "high"] == 0


def test_gaps_and_columns_of_another_length_are_named():
    found = posed([1.0] * 6, [2.0] * 6)
    with pytest.raises(UsageError) as caught:
        compare(found, SIZE[:5], risk=np.full(6, np.nan), estimated={"mine": np.zeros((6, 2))})
    assert [fault.values["name"] for fault in caught.value.faults] == ["size", "risk", "mine"]


def test_more_hours_bring_more_and_each_further_hour_less():
    found = frontier(posed([4, 3, 2, 1, 1, 1], [5, 5, 5, 5, 5, 9]), (0.2, 1.0, 2.0, 9.0))
    assert found["value_amount"].is_monotonic_increasing and found["hour_worth_amount"].is_monotonic_decreasing
    assert found["hour_worth_amount"].iloc[-1] == 0


def test_what_is_knowable_sees_what_covariates_tell_and_nothing_else():
    luck = np.random.default_rng(3)
    seen, unseen = luck.normal(size=400), luck.normal(size=400)
    value = pd.DataFrame({"tech": 0.0, "mid": seen + unseen}, index=[f"a{one}" for one in range(400)])
    found = knowable(options(value, pd.Series("tech", index=value.index)), np.ones(400), pd.DataFrame({"seen": seen}))
    assert np.corrcoef(found[:, 1], seen)[0, 1] > 0.9 and abs(np.corrcoef(found[:, 1], unseen)[0, 1]) < 0.2


def test_what_is_knowable_needs_a_hundred_accounts_with_sizes_above_nothing():
    with pytest.raises(UsageError) as caught:
        knowable(posed([1.0] * 6, [2.0] * 6), np.zeros(6), pd.DataFrame({"x": SIZE}))
    assert [fault.key for fault in caught.value.faults] == ["allocation.sizes", "allocation.few"]


def test_accounts_that_stand_twice_unknown_tiers_and_missing_ones_are_told_at_once():
    value = pd.DataFrame({"tech": 0.0, "golden": 1.0}, index=["a", "a", "b"])
    with pytest.raises(UsageError) as caught:
        options(value, pd.Series({"a": "tech"}), HOURS)
    assert [fault.key for fault in caught.value.faults] == ["unknown_tier", "allocation.twice", "allocation.no_tier"]


def test_an_account_that_stands_twice_counts_once():
    value = pd.DataFrame({"tech": 0.0, "mid": 1.0}, index=["a", "a", "a", "b"])
    with pytest.raises(UsageError) as caught:
        options(value, pd.Series(["tech"] * 4, index=["a", "a", "b", "b"]), HOURS)
    assert caught.value.faults[0].values == {"count": 2, "account": "a"}


def test_values_that_are_missing_or_no_numbers_are_named_with_the_account_and_tier():
    value = pd.DataFrame({"tech": 0.0, "mid": [1.0, np.nan, "much"], "high": [1.0, np.inf, 2.0]}, index=list("abc"))
    with pytest.raises(UsageError) as caught:
        options(value, pd.Series("tech", index=list("abc")), HOURS)
    told = [fault.values for fault in caught.value.faults]
    assert told == [{"tier": "mid", "count": 2, "account": "b"}, {"tier": "high", "count": 1, "account": "b"}]


def test_a_lower_limit_above_the_upper_one_is_refused_with_the_account():
    found = posed([1.0] * 6, [2.0] * 6)
    low, high = found.value.copy(), found.value.copy()
    low[3, 2] = 2.5
    with pytest.raises(UsageError) as caught:
        robust(found, low, high)
    assert (caught.value.faults[0].values["account"], caught.value.faults[0].values["tier"]) == ("d", "high")


def test_limits_of_another_shape_or_with_gaps_are_refused():
    found = posed([1.0] * 6, [2.0] * 6)
    with pytest.raises(UsageError) as caught:
        robust(found, found.value[:3], found.value * np.nan)
    assert [fault.values["name"] for fault in caught.value.faults] == ["low", "high"]


@pytest.mark.parametrize("growth", [(), (0.0,), (0.01, 0.02)])
def test_steps_that_do_not_suffice_for_the_least_tier_are_refused(growth):
    value = pd.DataFrame({"tech": 0.0, "mid": 1.0}, index=IDS)
    with pytest.raises(UsageError, match="growth"):
        frontier(options(value, PRESENT.replace("high", "mid"), {"tech": 0.5, "mid": 1.0}), growth)


def test_a_tier_that_is_like_none_is_refused_without_an_empty_nearest_name():
    value = pd.DataFrame({"tech": 0.0, "zzz": 1.0}, index=["a"])
    with pytest.raises(UsageError) as caught:
        options(value, pd.Series({"a": "tech"}), HOURS)
    assert "Nearest" not in caught.value.text("en") and "近い名前" not in caught.value.text("ja")


def test_a_plan_that_is_best_at_both_ends_is_not_regretted():
    found = posed([1, 2, 3, 4, 5, 6], [0.0] * 6)
    assert robust(found, found.value / 2, found.value * 2).regret_amount == 0


def test_the_robust_plan_is_regretted_less_at_worst_than_the_best_by_the_estimate():
    luck = np.random.default_rng(2)
    ids = [str(one) for one in range(200)]
    gain, doubt = luck.lognormal(0, 1, 200), luck.uniform(0, 3, 200)
    low, high = (
        np.column_stack([np.zeros(200), gain - doubt]),
        np.column_stack([np.zeros(200), gain + 5 * doubt * (gain < 1)]),
    )
    value = pd.DataFrame((low + high) / 2, ids, ["tech", "mid"])
    found = options(value, pd.Series(["mid", "tech"] * 100, index=ids), HOURS)
    plans = robust(found, low, high).plans.set_index("plan")["regret_amount"]
    assert plans["least_regret"] < min(plans["estimate"], plans["cautious"])


def test_one_effect_for_everybody_makes_lines_of_size_the_best_plan():
    size = pd.Series(SIZE, index=IDS)
    worth = by_effect(size, {"mid": Estimate(1.0, 0.5, 1.5, 90, "mean"), "high": Estimate(1.5, -1.0, 4.0, 90, "mean")})
    found = options(worth.value, PRESENT, HOURS)
    assert found.best().choice.tolist() == [0, 1, 1, 1, 1, 1]
    assert best_lines(SIZE, found)[1].tolist() == found.best().choice.tolist()
    plans = robust(found, found.aligned(worth.low), found.aligned(worth.high)).plans.set_index("plan")
    assert plans.loc["cautious", "at_low_amount"] == 0 < plans.loc["cautious", "at_high_amount"]


def test_an_effect_on_accounts_without_mrr_is_refused():
    with pytest.raises(UsageError, match="2 accounts"):
        by_effect(pd.Series([1.0, 0.0, np.nan], index=list("abc")), {"mid": Estimate(1.0, 0.5, 1.5, 90, "mean")})


def test_between_the_ends_nothing_is_regretted_more_than_at_the_worse_end():
    low = np.array([[0.0, 2.0, 1.0]] * 3 + [[0.0, -1.0, -2.0]] * 3)
    high = np.array([[0.0, 2.0, 2.0]] * 3 + [[0.0, 6.0, 9.0]] * 3)
    found = options(pd.DataFrame((low + high) / 2, IDS, list(HOURS)), PRESENT, HOURS)
    plan, rows = robust(found, low, high), np.arange(6)
    for weight in np.linspace(0, 1, 9):
        value = (1 - weight) * low + weight * high
        best = options(pd.DataFrame(value, IDS, list(HOURS)), PRESENT, HOURS).best().value
        assert best - value[rows, plan.choice].sum() <= plan.regret_amount + 1e-9
