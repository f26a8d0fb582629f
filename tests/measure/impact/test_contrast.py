"""The one comparison of a chain: held to the field's regression, and to data whose truth is seen by eye."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure.effect.encouragement import late
from cslab.measure.effect.two_way import month_effects
from cslab.measure.impact.contrast import contrast, covariance, per_unit, placebo
from cslab.measure.impact.exposure import Exposure, of_frame
from cslab.measure.impact.window import means
from tests.measure.coverage import holds

MONTHS = pd.date_range("2023-01-01", periods=24, freq="MS")


def company(seed: int = 1, n: int = 80, effect: float = 1.0, how: str = "lot") -> tuple[pd.DataFrame, Exposure]:
    """Customers whose turn comes in two months; an own level, and an effect from the turn on; some are new then."""
    draw = np.random.default_rng(seed)
    turn, arm = np.where(np.arange(n) % 2, 12, 15), draw.permutation(np.arange(n) % 4 < 2)
    months = np.arange(24)
    values = draw.normal(size=(n, 1)) + draw.normal(size=(n, 24)) + 0.1 * months
    values += effect * arm[:, None] * (months >= turn[:, None])
    values[: n // 10, :14] = np.nan  # seen from March of the second year on
    accounts = [f"A{place:03}" for place in range(n)]
    rows = pd.DataFrame({"account_id": accounts, "turn": MONTHS[turn], "arm": arm})
    return pd.DataFrame(values, pd.Index(accounts, name="account_id"), MONTHS), of_frame(rows, how)


@pytest.mark.parametrize("due", [0, 3])
def test_by_lot_it_is_the_fields_regression_on_the_arm_and_what_was_before_within_months(due):
    import statsmodels.api as sm

    series, exposure = company()
    taken = exposure.rows["arm"].to_numpy()[:, None] & (MONTHS.to_numpy() >= exposure.rows["turn"].to_numpy()[:, None])
    series = series - month_effects(series.to_numpy(), series.notna().to_numpy() & ~taken)
    rows = exposure.rows.assign(after=means(series, exposure, due, due + 12), before=means(series, exposure, -12, 0))
    known = rows["before"].notna()
    columns = pd.DataFrame({"arm": rows["arm"], "before": rows["before"].fillna(0.0), "new": ~known})
    columns = columns.assign(late=rows["turn"] == MONTHS[15], one=1.0).astype(float)
    theirs = sm.OLS(rows["after"], columns).fit(cov_type="cluster", cov_kwds={"groups": np.arange(len(rows))})
    found = contrast(series, exposure, due)
    assert found.estimate == pytest.approx(theirs.params["arm"])
    assert found.std_error == pytest.approx(theirs.bse["arm"], rel=1e-6)
    assert found.p == pytest.approx(theirs.pvalues["arm"], rel=1e-6)


def test_without_a_lot_each_customers_own_mean_before_is_taken_away_and_who_has_none_is_left_out():
    months = MONTHS[:4]
    turns = pd.DataFrame({"account_id": [*"abcdef"], "turn": months[2], "arm": [True, True, True, False, False, False]})
    rows = [[1, 1, 4, 4], [9, 9, 14, 14], [np.nan, np.nan, 99, 99], [2, 2, 3, 3], [7, 7, 8, 8], [np.nan, np.nan, 5, 5]]
    found = contrast(pd.DataFrame(rows, [*"abcdef"], months, dtype=float), of_frame(turns, "choice"))
    assert found.estimate == pytest.approx((3 + 5) / 2 - 1)
    assert (found.participants, found.others, found.n) == (2, 2, 4)


def test_by_invitation_it_is_what_taking_part_brings_those_whom_the_invitation_moves():
    series, exposure = company(n=200)
    invited = exposure.rows["arm"].to_numpy()
    came = invited & (np.arange(200) % 5 > 0)
    one_month = exposure.rows.assign(turn=MONTHS[15], took=came, stratum=0)
    late_turns = Exposure(one_month, "invitation")
    outcome = series.to_numpy()[:, 15:].mean(axis=1)
    blind = series.mask(np.broadcast_to(np.arange(24) < 15, series.shape))  # nothing is known before
    theirs, found = late(outcome, came.astype(float), invited), contrast(blind, late_turns)
    assert found.estimate == pytest.approx(theirs.estimate)
    assert [found.low, found.high] == pytest.approx([theirs.low, theirs.high], rel=0.02)
    assert found.rise == pytest.approx(came[invited].mean())
    assert found.mde == pytest.approx(2.80 * found.intention.std_error / found.rise, rel=1e-3)


def test_an_invitation_that_moves_nobody_leaves_every_effect_possible():
    series, exposure = company()
    idle = Exposure(exposure.rows.assign(took=np.arange(80) % 3 == 0), "invitation")
    found = contrast(series, idle)
    assert (found.low, found.high) == (-math.inf, math.inf)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 5), st.floats(-5, 5), st.sampled_from(["lot", "choice"]))
def test_what_moves_all_customers_of_a_month_alike_changes_nothing(seed, shift, how):
    series, exposure = company(seed, how=how)
    moved = series + shift * np.arange(24) ** 1.5
    assert contrast(moved, exposure, 2).estimate == pytest.approx(contrast(series, exposure, 2).estimate, abs=1e-9)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 5), st.integers(0, 5))
def test_without_a_lot_a_customers_own_level_changes_nothing(seed, other):
    series, exposure = company(seed, how="choice")
    levels = np.random.default_rng(other).normal(0, 9, len(series))
    moved = series.add(levels, axis=0)
    assert contrast(moved, exposure).estimate == pytest.approx(contrast(series, exposure).estimate, abs=1e-9)


def test_months_between_the_turn_and_the_lag_do_not_count():
    series, exposure = company()
    series, one_month = series.iloc[8:], of_frame(exposure.rows.iloc[8:].assign(turn=MONTHS[15], stratum=0))
    shaken = series.copy()
    shaken.iloc[:, 15:18] = np.random.default_rng(4).normal(0, 1e6, (72, 3))
    assert contrast(shaken, one_month, due=3).estimate == pytest.approx(contrast(series, one_month, due=3).estimate)


def test_who_begins_later_serves_as_a_comparison_until_then():
    months = MONTHS[:6]
    turns = pd.DataFrame({"account_id": ["a"], "turn": months[1], "arm": False, "until": [months[3]]})
    series = pd.DataFrame([[0, 1, 2, 99, 99, 99]], ["a"], months, dtype=float)
    assert means(series, of_frame(turns), 0, 12).tolist() == [1.5]


def test_comparisons_that_come_in_sooner_are_not_taken_for_younger_ones():
    """Everybody grows by one a month; half of the comparisons come in after two months, and all are alike."""
    months, n = MONTHS[:10], 40
    place = np.arange(n)
    turns = pd.DataFrame({"account_id": place, "turn": months[4], "arm": place % 2 == 0})
    turns["until"] = pd.Series(np.where(place % 4 == 1, months[6].to_datetime64(), np.datetime64("NaT")))
    young = pd.DataFrame(np.arange(10.0) + np.random.default_rng(1).normal(0, 0.01, (n, 10)), place, months)
    old = pd.DataFrame(np.zeros((n, 10)), place + n, months)  # grows no more: growth is not the month's doing
    found = contrast(pd.concat([young, old]), of_frame(turns, "groups"))
    assert abs(found.estimate) < 0.01


def test_the_pull_of_every_account_adds_up_to_nothing_and_its_squares_to_the_error():
    series, exposure = company()
    found = contrast(series, exposure, 2)
    assert found.influence.sum() == pytest.approx(0.0, abs=1e-12)
    assert (found.influence**2).sum() == pytest.approx(found.std_error**2)
    assert found.influence.index.tolist() == exposure.rows["account_id"].tolist()


def test_contrasts_of_several_series_add_up_with_their_common_error():
    series, exposure = company()
    other = company(seed=2)[0]
    series, other = (x.mask(np.broadcast_to(np.arange(24) < 15, x.shape)) for x in (series, other))  # nothing before
    one, two, both = (contrast(x, exposure, 3) for x in (series, other, series + other))
    assert both.estimate == pytest.approx(one.estimate + two.estimate)
    error = one.std_error**2 + two.std_error**2 + 2 * covariance(one, two)
    assert both.std_error == pytest.approx(math.sqrt(error))


def test_an_account_whose_turn_comes_twice_counts_once():
    series, exposure = company(n=40)
    twice = Exposure(pd.concat([exposure.rows, exposure.rows], ignore_index=True), "lot")
    once, doubled = contrast(series, exposure), contrast(series, twice)
    assert doubled.n == once.n == 40
    assert doubled.std_error == pytest.approx(once.std_error, rel=0.05)


def test_what_one_unit_of_the_source_brings_is_the_ratio_of_both_changes():
    series, exposure = company(effect=3.0)
    source = contrast(series, exposure, 2)
    found = per_unit(contrast(2.0 * series, exposure, 2), source)
    assert (found.estimate, found.low, found.high) == pytest.approx((2.0, 2.0, 2.0))


def test_a_source_that_does_not_move_tells_nothing_of_its_unit():
    series, exposure = company(effect=0.0)
    still = contrast(series, exposure)
    moved = contrast(company(effect=2.0)[0], exposure)
    assert math.isinf(per_unit(moved, still).high)


def test_controls_take_out_what_they_explain():
    series, exposure = company(how="choice", effect=0.0)
    drawn_in = pd.DataFrame(np.outer(exposure.rows["arm"], np.ones(24)), series.index, MONTHS)
    drawn_in += np.random.default_rng(3).normal(0, 0.3, (80, 1))
    driven = series + np.outer(drawn_in.iloc[:, 0], np.arange(24) >= 12)
    wrong, right = contrast(driven, exposure), contrast(driven, exposure, controls=[drawn_in])
    assert wrong.low > 0.4
    assert right.low < 0 < right.high


def test_a_placebo_sees_arms_that_had_parted_before():
    series, exposure = company()
    ahead = np.arange(24) - MONTHS.get_indexer(exposure.rows["turn"])[:, None]
    parted = series + 3.0 * exposure.rows["arm"].to_numpy()[:, None] * ((ahead >= -3) & (ahead < 0))
    assert placebo(parted, exposure).p < 0.001
    assert placebo(series, exposure).p > 0.01
    assert placebo(series.iloc[:, 12:], of_frame(exposure.rows.assign(turn=MONTHS[12]))) is None


@pytest.mark.parametrize(
    "arms",
    [
        pytest.param([True] * 4, id="everybody"),
        pytest.param([True, True, True, False], id="one other"),
    ],
)
def test_it_is_refused_where_nobody_is_to_compare_with(arms):
    turns = pd.DataFrame({"account_id": [*"abcd"], "turn": MONTHS[2], "arm": arms})
    with pytest.raises(UsageError, match="nobody to compare"):
        contrast(pd.DataFrame(1.0, [*"abcd"], MONTHS), of_frame(turns, name="faq"))


def test_months_are_learnt_from_who_is_not_in_it_yet():
    """Quarters begin at 12, 18, 24 or never, each beside who is not in it yet, and everybody gains exactly 1."""
    months, begins = pd.date_range("2022-01-01", periods=36, freq="MS"), np.repeat([12, 18, 24, 99], 10)
    accounts = [f"A{place:02}" for place in range(40)]
    values = np.arange(40)[:, None] + 0.3 * np.arange(36) + (np.arange(36) >= begins[:, None])
    rows = []
    for begin in (12, 18, 24):
        for account, own in zip(accounts, begins, strict=True):
            if own >= begin:
                until = months[own] if begin < own < 36 else pd.NaT
                rows.append({"account_id": account, "turn": months[begin], "arm": own == begin, "until": until})
    turns = of_frame(pd.DataFrame(rows), "groups")
    for due in (0, 3):
        assert contrast(pd.DataFrame(values, accounts, months), turns, due).estimate == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("how", ["lot", "choice"])
def test_where_all_are_alike_up_to_their_turn_there_is_no_placebo(how):
    """Whoever is a customer is one: all that is left is who signed when."""
    draw = np.random.default_rng(5)
    turn, since = draw.integers(6, 18, 200), draw.integers(0, 6, 200)
    leaves = np.maximum(draw.integers(6, 40, 200), turn + 1)
    there = np.where(np.arange(24) < since[:, None], np.nan, np.arange(24) < leaves[:, None]).astype(float)
    rows = pd.DataFrame({"account_id": range(200), "turn": MONTHS[turn], "arm": draw.random(200) < 0.5})
    series = pd.DataFrame(there, range(200), MONTHS)
    assert placebo(series, of_frame(rows, how)) is None
    assert placebo(series * draw.normal(100, 9, (200, 24)), of_frame(rows, how)) is not None


def test_customers_of_different_months_are_not_compared():
    turns = pd.DataFrame({"account_id": [*"abcd"], "turn": MONTHS[[2, 2, 3, 3]], "arm": [True, True, False, False]})
    with pytest.raises(UsageError):
        contrast(pd.DataFrame(np.arange(96.0).reshape(4, 24), [*"abcd"], MONTHS), of_frame(turns))


def test_a_series_that_is_the_same_for_all_has_no_error_and_no_p():
    turns = pd.DataFrame({"account_id": [*"abcd"], "turn": MONTHS[2], "arm": [True, True, False, False]})
    found = contrast(pd.DataFrame(1.0, [*"abcd"], MONTHS), of_frame(turns))
    assert (found.estimate, found.std_error) == (0.0, 0.0) and math.isnan(found.p)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["lot", "choice"])
def test_limits_hold_the_truth_as_often_as_they_say(how):
    found = [contrast(*company(seed, 120, 1.0, how), due=1) for seed in range(1_000)]
    assert holds(sum(one.low <= 1.0 <= one.high for one in found), 1_000)
