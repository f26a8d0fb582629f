"""What cannot be scored is said: which column, how many rows, and how to go on."""

import numpy as np
import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure import scores


def rows(**columns: object) -> pd.DataFrame:
    """Four accounts, two of which leave, with a score; some columns otherwise."""
    seen = {"account_id": [*"abcd"], "time": [1, 2, 3, 3], "event": [True, True, False, False]}
    return pd.DataFrame({**seen, "risk": [0.9, 0.4, 0.5, 0.1], **columns})


def faults_of(work: object, *given: object, **named: object) -> dict[str, dict[str, object]]:
    """The faults that a call raises, by key."""
    with pytest.raises(UsageError) as raised:
        work(*given, **named)  # type: ignore[operator]
    assert str(raised.value)
    return {fault.key.removeprefix("score."): fault.values for fault in raised.value.faults}


EVERY = [
    scores.harrell,
    scores.uno,
    lambda rows: scores.auc(rows, 2),
    lambda rows: scores.auc_by_horizon(rows, [2]),
    lambda rows: scores.brier(rows, 2),
    lambda rows: scores.calibration(rows, 2),
    lambda rows: scores.flagged(rows, 2),
]


@pytest.mark.parametrize("measure", EVERY)
def test_late_entry_on_the_scale_of_tenure_is_refused_by_name_wherever_it_is_tried(measure):
    found = faults_of(measure, rows(entry=[0, 0, 5, 7]))
    assert found == {"late_entry": {"count": 2}}


@pytest.mark.parametrize("measure", EVERY)
def test_a_column_of_entry_in_which_nobody_is_late_changes_nothing(measure):
    assert str(measure(rows(entry=0))) == str(measure(rows()))


def test_absent_columns_are_all_named_with_the_nearest():
    found = faults_of(scores.auc, rows().rename(columns={"time": "times", "event": "left"}), 2)
    assert found["no_column"]["column"] == "event"
    with pytest.raises(UsageError, match="column time is missing \\(nearest: times"):
        scores.auc(rows().rename(columns={"time": "times"}), 2)


def test_everything_that_is_wrong_with_the_rows_is_said_at_once():
    found = faults_of(scores.brier, rows(time=[0, -1, 3, 3], risk=[1.2, 0.3, None, -3]), 2)
    assert found["no_time"] == {"count": 2}
    assert found["gaps"] == {"column": "risk", "count": 1}
    assert found["no_chance"] == {"column": "risk", "count": 2, "value": 1.2}


def test_words_and_infinities_are_no_scores():
    assert faults_of(scores.auc, rows(risk=["red", "green", "1", "2"]), 2)["no_number"]["count"] == 2
    assert faults_of(scores.auc, rows(risk=[np.inf, 1, 2, 3]), 2)["no_number"]["column"] == "risk"


def test_points_may_be_ranked_but_are_no_chances():
    points = rows(risk=[90, 40, 50, 10])
    assert scores.auc(points, 2).estimate == 0.75
    assert faults_of(scores.calibration, points, 2) == {"no_chance": {"column": "risk", "count": 4, "value": 90.0}}


def test_no_row_at_all_is_said():
    assert "no_rows" in faults_of(scores.harrell, rows().iloc[:0])


@pytest.mark.parametrize(("horizon", "key"), [(0, "horizon"), (-3, "horizon"), (float("nan"), "horizon")])
def test_a_horizon_is_a_number_of_months_ahead(horizon, key):
    assert [*faults_of(scores.auc, rows(), horizon)] == [key]


def test_nobody_gone_everybody_gone_and_nobody_followed_so_far_are_three_messages():
    assert [*faults_of(scores.brier, rows(), 0.5)] == ["nobody_left"]
    assert [*faults_of(scores.brier, rows(event=True), 3)] == ["everybody_left"]
    assert [*faults_of(scores.brier, rows(), 4)] == ["beyond_follow_up"]
    assert [*faults_of(scores.uno, rows(), 4)] == ["beyond_follow_up"]


def test_all_censored_is_said_by_every_measure():
    lost = rows(event=False)
    assert [*faults_of(scores.harrell, lost)] == ["no_pair"]
    assert [*faults_of(scores.auc, lost, 2)] == ["nobody_left"]
    assert {*faults_of(scores.auc, lost, 9)} == {"nobody_left", "beyond_follow_up"}


def test_one_departure_is_enough_to_rank():
    one = rows(event=[True, False, False, False])
    found = scores.auc(one, 1)
    assert (found.estimate, found.high) == (1.0, 1.0)
    assert found.low < 0.5  # one departure says next to nothing


def test_the_last_month_of_all_is_a_horizon_like_any_other():
    # Everybody left is lost at month 3: weights at it or beyond would be infinite.
    assert scores.auc(rows(), 3).estimate == 0.75


def test_a_score_that_says_the_same_of_all_ranks_like_a_coin_and_has_no_calibration():
    flat = rows(risk=0.5)
    assert scores.auc(flat, 2).estimate == scores.harrell(flat).estimate == 0.5
    assert [*faults_of(scores.calibration, flat, 2)] == ["one_chance"]


def test_departures_that_nothing_overlaps_have_no_slope():
    assert faults_of(scores.calibration, rows(risk=[0.9, 0.8, 0.2, 0.1]), 2) == {"no_slope": {"count": 2}}


def test_a_group_nobody_of_which_was_followed_is_said():
    lost = rows(time=[1, 3, 1, 3], event=[False, True, False, False], risk=[0.1, 0.6, 0.1, 0.9])
    assert [*faults_of(scores.calibration, lost, 3, groups=2)] == ["thin_group"]


def test_groups_shares_and_horizons_that_make_no_sense_are_refused():
    assert [*faults_of(scores.calibration, rows(), 2, groups=0)] == ["groups"]
    assert faults_of(scores.flagged, rows(), 2, [0.1, 0, 1.5]) == {"shares": {"shares": "0, 1.5"}}
    assert [*faults_of(scores.integrated_brier, rows(), {2: "risk"})] == ["two_horizons"]


def test_chances_of_nought_and_one_are_counted_and_judged_as_nearly_so():
    found = scores.calibration(rows(risk=[1.0, 0.0, 0.5, 0.4]), 2)
    assert found.pulled == 2
    assert np.isfinite([found.slope.estimate, found.intercept.estimate]).all()


def test_no_library_warns_of_any_of_it(recwarn):
    for measure in EVERY:
        measure(rows())
    faults_of(scores.calibration, rows(risk=[0.9, 0.8, 0.2, 0.1]), 2)
    assert [*recwarn] == []


@pytest.mark.parametrize("said", [["yes", "yes", "no", "no"], [1, 2, 0, 0]])
def test_an_event_that_is_neither_true_nor_false_is_not_taken_for_a_departure(said):
    found = faults_of(scores.auc, rows(event=said), 2)
    assert set(found) == {"event_words"} and found["event_words"]["value"] in ("yes", 2)


def test_events_of_0_and_1_count_as_those_of_false_and_true():
    assert str(scores.auc(rows(event=[1, 1, 0, 0]), 2)) == str(scores.auc(rows(), 2))


def test_a_time_in_words_and_an_event_in_words_are_told_together():
    found = faults_of(scores.auc, rows(time=["one", "2", "3", "3"], event=["yes", True, False, False]), 2)
    assert set(found) == {"time_words", "event_words"} and found["time_words"] == {"count": 1, "value": "one"}
