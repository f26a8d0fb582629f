"""Time in each state: by eye, against R, and as the sum of what the probabilities say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure.multistate import counts_of, cumulative_incidence, expected_time, transition_probabilities


def test_who_leaves_after_two_of_five_months_is_there_for_two(spells):
    found = expected_time(spells((1, "a", "b", 0, 2), (2, "a", None, 0, 5)), 5)
    assert found.estimate[0].tolist() == [2 + 0.5 * 3, 0.5 * 3]


def test_time_is_counted_from_a_later_start(spells):
    found = expected_time(spells((1, "a", "b", 0, 4), (2, "a", None, 0, 5)), 5, start=3)
    assert found.estimate[0].tolist() == [1.5, 0.5]


def test_mean_times_with_competing_ends_equal_those_of_r(mgus2):
    """``summary(survfit(Surv(etime, event) ~ 1), rmean = 240)``, survival 3.5.3."""
    found = expected_time(mgus2, 240, states=("s0", "pcm", "death"))
    np.testing.assert_allclose(found.estimate[0], [110.5888994204, 14.1905481277, 115.2205524519], atol=1e-6)


def test_mean_times_of_an_illness_death_model_equal_those_of_r(ebmt3):
    """``summary(survfit(Surv(start, stop, event) ~ 1, id = id), rmean = 1826)``, survival 3.5.3."""
    found = expected_time(ebmt3, 1826, states=("transplant", "recovery", "relapse"))
    np.testing.assert_allclose(found.estimate[0], [535.880632146, 687.266766600, 602.852601254], atol=1e-6)


def test_with_one_end_it_is_the_restricted_mean_of_r_and_its_error(published, known_to_r):
    raw, known = published("survival__cancer"), known_to_r["lung_rmst_365"]
    to = (raw["status"] == 2).map({True: "dead", False: None})
    rows = pd.DataFrame({"id": raw.index, "from": "alive", "to": to, "start": 0, "stop": raw["time"]})
    found = expected_time(rows, 365, states=("alive", "dead"))
    assert found.estimate[0, 0] == pytest.approx(known["rmean"], abs=1e-6)
    assert found.std_error[0, 0] == pytest.approx(known["se(rmean)"], abs=1e-6)


@pytest.mark.parametrize("horizon", [0, 6, np.nan])
def test_a_horizon_beyond_what_was_watched_is_refused(spells, horizon):
    with pytest.raises(UsageError, match="not after 5"):
        expected_time(spells((1, "a", "b", 0, 2), (2, "a", None, 0, 5)), horizon)


def test_times_read_as_text_are_compared_as_numbers(spells):
    rows = spells((1, "a", "b", "0", "2"), (2, "a", None, "0", "10"))
    assert expected_time(rows, 10).estimate[0].tolist() == [2 + 0.5 * 8, 0.5 * 8]


@st.composite
def histories(draw: st.DrawFn) -> pd.DataFrame:
    """Moves to and fro between two states and out of them, in whole months; somebody is watched for nine."""
    rows = [(-1, "a", None, 0, 9)]
    for customer in range(draw(st.integers(2, 8))):
        state, now = draw(st.sampled_from("ab")), draw(st.integers(0, 3))
        while state in "ab" and now < 9:
            stop = now + draw(st.integers(1, 4))
            to = draw(st.sampled_from([None, *sorted({"a", "b", "c"} - {state})]))
            rows.append((customer, state, to, now, stop))
            state, now = to or "c", stop
    return pd.DataFrame(rows, columns=["id", "from", "to", "start", "stop"])


@settings(max_examples=25)
@given(histories())
def test_time_is_the_sum_of_the_probabilities_of_each_month(rows):
    months = transition_probabilities(rows, range(9), states="abc")
    found = expected_time(rows, 9, states="abc")
    np.testing.assert_allclose(found.estimate, months.probability.sum(axis=0))
    np.testing.assert_allclose(found.estimate.sum(axis=1), 9)


@pytest.mark.slow
@settings(max_examples=25)
@given(histories())
def test_its_error_is_that_of_a_sum_of_months_which_lean_on_one_another(rows):
    """Cov(P(s), P(t)) = Cov(P(s)) carried on by P(s, t): another way than the code's."""
    one, total = np.eye(3), np.zeros((9, 9))
    months = transition_probabilities(rows, range(9), states="abc")
    for early in range(9):
        onward = transition_probabilities(rows, range(early, 9), start=early, states="abc").probability
        for later in range(early, 9):
            shared = months.covariance[early] @ np.kron(one, onward[later - early])
            total += shared if later == early else shared + shared.T
    np.testing.assert_allclose(expected_time(rows, 9, states="abc").covariance, total, atol=1e-12)


def test_the_shares_that_come_to_competing_ends_equal_those_of_r(mgus2, known_to_r):
    known = known_to_r["mgus2_cr"]
    found = cumulative_incidence(mgus2, known["times"], "s0").pivot(index="time", columns="end", values="estimate")
    np.testing.assert_allclose(found[["pcm", "death"]], np.array(known["pstate"])[:, 1:], atol=1e-6)


def test_a_state_that_somebody_leaves_is_no_end(spells):
    rows = spells((1, "a", "b", 0, 1), (1, "b", "c", 1, 2), (2, "a", None, 0, 3))
    found = cumulative_incidence(rows, [2], "a")
    assert found[["end", "estimate"]].values.tolist() == [["c", 0.5]]


def test_ends_are_asked_for_from_a_state_that_somebody_is_in(spells):
    with pytest.raises(UsageError, match="Did you mean trial"):
        cumulative_incidence(spells((1, "trial", "won", 0, 1)), [1], "trail")


def test_shares_of_a_month_add_up_to_one_where_nobody_is_too(spells):
    assert counts_of(spells((1, "a", "b", 0, 2))).shares.tolist() == [[[0, 1], [0, 1]]]
