"""Kaplan-Meier, hazard, Nelson-Aalen and the restricted mean: by eye, against R, and against lifelines."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure import survival

# R 4.2.2, survival 3.5-3: survfit(Surv(time, status) ~ 1, data = lung), limits on the log scale (R's default).
LUNG_DAYS = (100, 365, 500)
LUNG_KM = (0.8639689676452, 0.4092416244601, 0.2932691937116)
LUNG_KM_ERROR = (0.02271023043416, 0.03582363817204, 0.03507781849862)
LUNG_KM_LOW = (0.8205848920813, 0.3447215817958, 0.2319821382624)
LUNG_KM_HIGH = (0.9096467461895, 0.4858376035473, 0.3707475955884)
LUNG_NA = (0.145654228634, 0.8883245743682, 1.217999547257)
LUNG_NA_ERROR = (0.02618446436889, 0.08696538765693, 0.1186003249761)
LUNG_MEAN_365, LUNG_MEAN_365_ERROR = 263.221866482007, 7.798859086314


@pytest.fixture(scope="module")
def lung() -> pd.DataFrame:
    """The lung cancer data that lifelines ships (status 1 = dead there)."""
    from lifelines.datasets import load_lung

    data = load_lung()
    return pd.DataFrame({"duration": data["time"], "event": data["status"] == 1, "sex": data["sex"]})


def frame(*rows: tuple[float, float, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["entry", "duration", "event"])


def test_each_month_multiplies_by_the_share_that_stayed():
    curve = survival.kaplan_meier(frame((0, 1, True), (0, 2, True), (0, 2, False), (0, 4, False)))
    assert curve["time"].tolist() == [0, 1, 2, 3, 4]
    assert curve["at_risk"].tolist() == [4, 4, 3, 1, 1]
    assert curve["estimate"].tolist() == pytest.approx([1, 3 / 4, 1 / 2, 1 / 2, 1 / 2])


def test_who_enters_late_is_not_at_risk_in_the_month_of_entry():
    curve = survival.kaplan_meier(frame((0, 1, True), (0, 3, True), (1, 3, False), (2, 3, True)))
    assert curve["at_risk"].tolist() == [2, 2, 2, 3]
    assert curve["estimate"].tolist() == pytest.approx([1, 1 / 2, 1 / 2, 1 / 6])


def test_the_curve_is_not_known_beyond_a_month_in_which_nobody_was_watched():
    curve = survival.kaplan_meier(frame((0, 1, False), (3, 5, True), (3, 5, False)))
    assert curve["estimate"].isna().tolist() == [False, False, True, True, True, True]
    with pytest.raises(UsageError) as raised:
        survival.restricted_mean(frame((0, 1, False), (3, 5, True), (3, 5, False)), 4)
    assert raised.value.faults[0].key == "risk_gap"


def test_times_that_are_not_whole_get_a_row_where_they_occur():
    curve = survival.kaplan_meier(frame((0, 0.5, True), (0, 1.25, False), (0.5, 2.5, True)))
    assert curve["time"].tolist() == [0, 0.5, 1.25, 2.5]
    assert curve["at_risk"].tolist() == [2, 2, 2, 1]


def test_a_group_ends_with_its_own_follow_up_and_missing_values_are_a_group():
    seen = frame((0, 1, True), (0, 3, False), (0, 2, True)).assign(plan=["a", "a", None])
    curve = survival.kaplan_meier(seen, by="plan")
    assert curve.columns[0] == "plan"
    assert curve["time"].tolist() == [0, 1, 2, 3, 0, 1, 2]
    assert curve["n"].tolist() == [2, 2, 2, 2, 1, 1, 1]
    assert curve["plan"].isna().sum() == 3


def test_groups_may_be_flags_or_ordered_categories():
    seen = frame((0, 1, True), (0, 3, False)).assign(legacy=[True, False], size=pd.Categorical(["b", "a"], ["b", "a"]))
    assert survival.kaplan_meier(seen, by="legacy")["legacy"].unique().tolist() == [False, True]
    assert survival.kaplan_meier(seen, by="size")["size"].unique().tolist() == ["b", "a"]


def test_grouping_gives_each_group_the_curve_it_has_alone():
    seen = frame((0, 1, True), (0, 3, False), (1, 4, True), (0, 2, True)).assign(term=[1, 12, 12, 1])
    for function in (survival.kaplan_meier, survival.hazard, survival.nelson_aalen):
        together = function(seen, by="term").query("term == 12").drop(columns="term").reset_index(drop=True)
        pd.testing.assert_frame_equal(together, function(seen[seen["term"] == 12]))


def test_once_everybody_has_left_there_is_no_limit_to_state():
    last = survival.kaplan_meier(frame((0, 1, True), (0, 2, True))).iloc[-1]
    assert last["estimate"] == 0
    assert np.isnan([last["low"], last["high"]]).all()


def test_the_results_carry_what_the_durations_say_about_themselves():
    seen = frame((0, 2, True), (0, 3, False))
    seen.attrs["as_of"] = pd.Timestamp("2024-03-31")
    assert survival.hazard(seen).attrs == survival.kaplan_meier(seen).attrs == seen.attrs


@pytest.mark.parametrize("place", range(3))
def test_kaplan_meier_with_log_limits_equals_r_on_the_lung_data(lung, place):
    found = survival.at(survival.kaplan_meier(lung, limits="log"), LUNG_DAYS[place])
    numbers = (found.estimate, found.std_error, found.low, found.high)
    expected = (LUNG_KM[place], LUNG_KM_ERROR[place], LUNG_KM_LOW[place], LUNG_KM_HIGH[place])
    assert numbers == pytest.approx(expected, abs=1e-6)
    assert (found.n, found.method) == (228, "kaplan_meier_log")


@pytest.mark.parametrize("place", range(3))
def test_nelson_aalen_equals_r_on_the_lung_data(lung, place):
    found = survival.at(survival.nelson_aalen(lung), LUNG_DAYS[place])
    assert (found.estimate, found.std_error) == pytest.approx((LUNG_NA[place], LUNG_NA_ERROR[place]), abs=1e-6)


def test_the_restricted_mean_and_its_error_equal_r_on_the_lung_data(lung):
    found = survival.restricted_mean(lung, 365)
    assert (found.estimate, found.std_error) == pytest.approx((LUNG_MEAN_365, LUNG_MEAN_365_ERROR), abs=1e-6)


def test_log_log_limits_equal_those_of_lifelines(lung):
    from lifelines import KaplanMeierFitter

    fitted = KaplanMeierFitter().fit(lung["duration"], lung["event"])
    ours = survival.kaplan_meier(lung).set_index("time").loc[fitted.survival_function_.index]
    assert ours["estimate"].to_numpy() == pytest.approx(fitted.survival_function_.to_numpy()[:, 0], abs=1e-12)
    theirs = fitted.confidence_interval_.to_numpy()
    assert ours[["low", "high"]].to_numpy() == pytest.approx(theirs, abs=1e-9)


def test_with_late_entry_the_curve_equals_that_of_lifelines():
    from lifelines import KaplanMeierFitter

    draws = np.random.default_rng(1)
    entry = draws.integers(0, 12, 400) * (draws.random(400) < 0.4)
    duration = entry + draws.integers(1, 30, 400)
    event = draws.random(400) < 0.5
    fitted = KaplanMeierFitter().fit(duration, event, entry=entry).survival_function_["KM_estimate"]
    ours = survival.kaplan_meier(pd.DataFrame({"entry": entry, "duration": duration, "event": event}))
    assert ours["estimate"].to_numpy() == pytest.approx(
        fitted.reindex(ours["time"], method="ffill").to_numpy(), abs=1e-12
    )


def test_the_hazard_is_the_share_that_left_with_the_limits_of_a_share():
    comb = survival.hazard(pd.DataFrame({"duration": [1] + [2] * 9, "event": [True] + [False] * 9}))
    first = survival.at(comb, 1).round(4)
    # Wilson's limits of 1 in 10: (.0179, .4042) in Brown, Cai and DasGupta (2001).
    assert (first.estimate, first.low, first.high) == (0.1, 0.0179, 0.4042)
    assert survival.at(comb, 2).low == 0


def test_the_restricted_mean_by_group_is_that_of_each_group():
    seen = frame((0, 1, True), (0, 3, False), (1, 4, True), (0, 3, True)).assign(term=[1, 12, 12, 1])
    means = survival.restricted_mean(seen, 3, by="term")
    assert means["estimate"].tolist() == pytest.approx([2.0, 3.0])
    assert list(means) == ["term", "estimate", "std_error", "low", "high", "n", "method"]


def test_a_horizon_beyond_the_follow_up_is_refused_unless_everybody_has_left():
    with pytest.raises(UsageError) as raised:
        survival.restricted_mean(frame((0, 2, True), (0, 3, False)), 4)
    assert raised.value.faults[0].values["last"] == 3
    assert float(survival.restricted_mean(frame((0, 2, True), (0, 3, True)), 60)) == 2.5


def test_every_group_that_was_not_followed_to_the_horizon_is_named():
    seen = frame((0, 2, False), (0, 9, False), (0, 3, False)).assign(plan=["a", "b", "c"])
    with pytest.raises(UsageError) as raised:
        survival.restricted_mean(seen, 5, by="plan")
    assert [fault.values["group"] for fault in raised.value.faults] == ["a", "c"]
    assert "group c" in str(raised.value)


def test_a_curve_is_read_at_its_last_step_and_not_beyond_its_end():
    curve = survival.kaplan_meier(frame((0, 1, True), (0, 2.5, True), (0, 4.5, False)))
    assert survival.at(curve, 3).estimate == pytest.approx(1 / 3)
    with pytest.raises(UsageError):
        survival.at(curve, 5)


def test_a_curve_of_several_groups_cannot_be_read_at_once():
    seen = frame((0, 1, True), (0, 3, False)).assign(plan=["a", "b"])
    with pytest.raises(UsageError) as raised:
        survival.at(survival.kaplan_meier(seen, by="plan"), 1)
    assert "plan" in str(raised.value)


@pytest.mark.parametrize(
    ("seen", "by", "key"),
    [
        (frame((0, 1, True)), "segmnt", "unknown_group"),
        (frame((0, 1, True)).rename(columns={"event": "evnt"}), None, "not_durations"),
        (frame((0, 1, True)).iloc[:0], None, "nobody_at_risk"),
        (frame((2, 2, True), (0, 1, False)), None, "never_at_risk"),
        (frame((0, np.nan, True)), None, "empty_durations"),
        (pd.concat([frame((0, 1, True))] * 60).assign(employees=range(60)), "employees", "too_many_groups"),
    ],
)
def test_what_cannot_be_counted_is_refused_and_said_how_to_mend(seen, by, key):
    with pytest.raises(UsageError) as raised:
        survival.kaplan_meier(seen.assign(segment="smb"), by=by)
    assert [fault.key for fault in raised.value.faults] == [key]
    assert raised.value.text("ja") != raised.value.text("en")


def test_the_nearest_column_is_named():
    with pytest.raises(UsageError, match="Nearest: segment"):
        survival.kaplan_meier(frame((0, 1, True)).assign(segment="smb"), by="segmnt")


def test_unknown_limits_are_refused():
    with pytest.raises(UsageError, match="log-log"):
        survival.kaplan_meier(frame((0, 1, True)), limits="loglog")


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 8), st.booleans()), min_size=1, max_size=30))
def test_the_curve_falls_from_one_within_its_limits_and_ends_below_the_cumulative_hazard(rows):
    seen = frame(*((entry, entry + stay, event) for entry, stay, event in rows))
    curve, cumulative = survival.kaplan_meier(seen), survival.nelson_aalen(seen)
    known = curve["estimate"].dropna()
    assert known.iloc[0] == 1
    assert (known.diff().dropna() <= 1e-12).all()
    inside = curve.dropna()
    assert ((inside["low"] <= inside["estimate"] + 1e-9) & (inside["estimate"] <= inside["high"] + 1e-9)).all()
    assert (known <= np.exp(-cumulative["estimate"][: len(known)]) + 1e-9).all()


def test_a_wanted_horizon_within_the_records_is_kept():
    assert survival.watched_horizon(pd.DataFrame({"duration": [40] * 20, "event": False}), 36) == 36


def test_a_wanted_horizon_beyond_the_records_ends_where_enough_are_watched():
    seen = pd.DataFrame({"duration": [16] * 12 + [20] * 3, "event": False})
    assert survival.watched_horizon(seen, 36) == 16
    assert float(survival.restricted_mean(seen, 16)) == 16


def test_a_handful_of_customers_is_followed_as_far_as_most_of_them_go():
    seen = pd.DataFrame({"entry": [0, 0, 2], "duration": [4, 5, 6], "event": False})
    assert survival.watched_horizon(seen, 36) == 4


def test_a_horizon_stops_before_a_month_that_nobody_was_watched_in():
    seen = pd.DataFrame({"entry": [0, 9], "duration": [5, 30], "event": [False, True]})
    assert survival.watched_horizon(seen, 36) == 5


def test_nobody_watched_has_no_horizon():
    with pytest.raises(UsageError):
        survival.watched_horizon(pd.DataFrame({"duration": [0], "event": [False]}), 36)
