"""From which MRR on touch pays, and which model fits price and headcount."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure import touch
from cslab.measure.effect.result import Effect, Said
from cslab.measure.estimate import Estimate
from cslab.measure.touch import Economy

TWO = Economy({"mid": 2.0, "high": 4.0}, {"tech": 0.0, "mid": 1.0, "high": 5.0}, 10.0, 1000.0, 1.0, 100.0)


def test_break_even_is_cost_over_what_a_unit_of_mrr_brings() -> None:
    found = touch.break_even(Estimate(2.0, 1.0, 4.0, 50, "mean"), 1.5, 6400, margin=0.8, served=30)
    assert found.estimate == pytest.approx(1.5 * 30 * 6400 / (0.8 * 2))
    assert (found.low, found.high) == pytest.approx((found.estimate / 2, 2 * found.estimate)) and found.n == 50


def test_an_effect_that_may_be_nothing_leaves_the_upper_limit_open() -> None:
    found = touch.break_even(Estimate(2.0, -0.1, 4.0, 50, "mean"), 1.5, 6400)
    assert found.high == math.inf and found.low < found.estimate < math.inf


def test_an_effect_that_harms_never_pays() -> None:
    assert touch.break_even(Estimate(-1.0, -2.0, -0.5, 50, "mean"), 1.5, 6400).low == math.inf


def test_a_bare_number_has_no_limits() -> None:
    assert math.isnan(touch.break_even(2.0, 1.5, 6400).low)


@settings(deadline=None, max_examples=50)
@given(st.floats(0.1, 20), st.floats(0.01, 5), st.floats(0.01, 5))
def test_the_limits_stand_around_the_break_even(middle: float, below: float, above: float) -> None:
    found = touch.break_even(Estimate(middle, middle - below, middle + above, 9, "mean"), 1.0, 1.0)
    assert found.low < found.estimate < found.high


def test_a_share_retained_is_worth_half_the_horizon() -> None:
    found = touch.months_of(Estimate(0.1, 0.05, 0.15, 9, "mean"), 24)
    assert (found.estimate, found.low, found.high) == pytest.approx((1.2, 0.6, 1.8)) and found.n == 9
    with pytest.raises(UsageError, match="horizon"):
        touch.months_of(Estimate(0.1, 0.05, 0.15, 9, "mean"), 0)


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        touch.break_even(2.0, 0.0, -1.0, margin=80, served=0)
    assert len(caught.value.faults) == 4


def test_an_effect_that_is_no_number_is_refused() -> None:
    with pytest.raises(UsageError, match="effect is not known"):
        touch.break_even(Estimate(math.nan, math.nan, math.nan, 0, "mean"), 1.5, 6400)


@pytest.mark.parametrize("measure", [touch.break_even_truth, touch.by_mrr, touch.months_more])
def test_a_tier_against_itself_is_refused_by_whatever_name(measure) -> None:
    with pytest.raises(UsageError, match="mid against mid"):
        measure(cslab.load("synthetic:tiny"), "low", "mid", 12, futures=2)


def test_nobody_knows_it_of_a_real_company() -> None:
    book = cslab.load("synthetic:tiny").hide_truth()
    assert touch.break_even_truth(book) is touch.by_mrr(book) is touch.months_more(book) is touch.early(book) is None


@pytest.mark.slow
def test_where_touch_does_nothing_it_never_pays() -> None:
    book = cslab.load("synthetic:no_effect?accounts=120")
    found = touch.break_even_truth(book, futures=2)
    assert found.estimate == found.low == found.high == math.inf
    assert touch.months_more(book, futures=2).round(9).estimate == 0


def test_the_break_even_lies_where_gain_and_cost_meet() -> None:
    book = cslab.load("synthetic:default_jp?seed=3&accounts=600")
    at = touch.break_even_truth(book, futures=4)
    there = touch.by_mrr(book, futures=4, amounts=np.array([at.estimate])).iloc[0]
    assert there["gain_amount"] == pytest.approx(there["cost_amount"], rel=0.02)
    assert at.low <= at.estimate <= at.high


def test_a_horizon_that_nobody_has_lived_is_refused() -> None:
    with pytest.raises(NotReady, match="900 months"):
        touch.by_mrr(cslab.load("synthetic:tiny"), horizon=900)


@pytest.mark.slow
def test_early_high_touch_costs_what_the_hours_cost_and_nothing_where_it_is_the_rule() -> None:
    found = touch.early(cslab.load("synthetic:default_jp?seed=3&accounts=600"), futures=2)
    hour = found.attrs["hour_amount"]
    assert found["cost_amount"].tolist() == pytest.approx((hour * found["hours"].astype(float)).tolist())
    assert found.loc[found["from_amount"] == 400e3, ["hours", "gain_amount"]].to_numpy().tolist() == [[0.0, 0.0]]
    with pytest.raises(UsageError, match="bands"):
        touch.early(cslab.load("synthetic:tiny"), [5, 1])


def test_the_worth_of_a_tier_is_its_months_less_its_hours() -> None:
    assert TWO.worth("mid", 100_000) == 2 * 100_000 - 10 * 1000
    assert TWO.worth("tech", 100_000) == 0


def test_what_does_not_fit_is_not_chosen_and_what_does_not_pay_neither() -> None:
    found = touch.engagement_map(90, [1000.0, 1e6], [1, 5, 10], TWO).set_index(["price_amount", "heads"])["model"]
    assert found.to_dict() == {
        (1000.0, 1): "tech", (1000.0, 5): "tech", (1000.0, 10): "tech",
        (1e6, 1): "mid", (1e6, 5): "high", (1e6, 10): "high",
    }  # fmt: skip


def test_half_the_hours_for_all_high_make_a_mixture() -> None:
    found = touch.engagement_map(90, [1e6], [3], TWO).iloc[0]
    assert found["model"] == "mid+high" and found[["mid", "high"]].tolist() == pytest.approx([0.5, 0.5])
    assert found["utilisation"] == pytest.approx(1.0)


def test_where_not_even_the_least_fits_nothing_does() -> None:
    economy = Economy({"mid": 2.0, "high": 4.0})
    found = touch.engagement_map(10_000, [1e5], [1], economy).iloc[0]
    assert found["model"] == "none" and math.isnan(found["net_amount"])


@settings(deadline=None, max_examples=60)
@given(st.floats(1, 1e4), st.floats(1e3, 1e7), st.floats(0.1, 200), st.floats(-2, 6), st.floats(-2, 8))
def test_shares_fill_up_and_hours_suffice(price: float, n: float, heads: float, mid: float, high: float) -> None:
    found = touch.engagement_map(n, [price], [heads], Economy({"mid": mid, "high": high})).iloc[0]
    if found["model"] != "none":
        assert found[["tech", "mid", "high"]].sum() == pytest.approx(1.0)
        assert found["utilisation"] <= 1 + 1e-9


def test_an_economy_without_an_effect_of_each_tier_is_refused() -> None:
    with pytest.raises(UsageError, match="high"):
        Economy({"mid": 2.0})
    with pytest.raises(UsageError, match="at least one price"):
        touch.engagement_map(10, [], [1], TWO)


def test_the_companies_on_the_map_say_where_it_is_known_from_and_that_prices_are_ours() -> None:
    found = touch.trajectories("ja")
    assert (found["price_grade"] == "S").all() and found["grade"].isin(["B", "C"]).all()
    assert (found["source"] != "").all() and found["says"].str.contains("名").all()


def test_an_effect_on_a_share_is_no_months_and_the_way_there_is_told() -> None:
    nothing = Said("identification.lot")
    said = {"population": nothing, "identification": nothing, "arms": ("mid", "tech")}
    stayed = Effect(0.07, 0.02, 0.12, 900, "adjusted", estimand=Said("estimand.retained", {"horizon": 24}), **said)
    with pytest.raises(UsageError, match=r"touch\.months_of\(effect, 24\)"):
        touch.break_even(stayed, 1.5, 6400)
    lives = Effect(0.07, 0.02, 0.12, 900, "adjusted", estimand=Said("estimand.survival", {"horizon": 24}), **said)
    assert touch.break_even(lives, 1.5, 6400) == touch.break_even(Estimate(0.07, 0.02, 0.12, 900, "x"), 1.5, 6400)
    assert touch.break_even(touch.months_of(stayed, 24), 1.5, 6400).estimate < math.inf
