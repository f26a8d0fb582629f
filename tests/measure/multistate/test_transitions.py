"""The probabilities of states: by eye, against R, and what holds for any spells."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.faults import DataError, UsageError
from cslab.measure.estimate import wilson
from cslab.measure.multistate import counts_of, transition_probabilities


def spells(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", "from", "to", "start", "stop"])


def test_one_of_two_moves_and_half_are_there():
    found = transition_probabilities(spells((1, "a", "b", 0, 2), (2, "a", None, 0, 3)), [1, 2, 9])
    assert found.probability[:, 0].tolist() == [[1, 0], [0.5, 0.5], [0.5, 0.5]]
    assert found.std_error[1, 0].tolist() == pytest.approx([0.125**0.5] * 2)


def test_whoever_enters_late_is_not_at_risk_before():
    rows = spells((1, "a", "b", 0, 2), (2, "a", "b", 2, 4))
    assert counts_of(rows).at_risk.tolist() == [[1, 0], [1, 0]]


def test_whoever_comes_back_is_counted_again():
    rows = spells((1, "a", "b", 0, 1), (1, "b", "a", 1, 2), (1, "a", None, 2, 3), (2, "a", None, 0, 3))
    found = transition_probabilities(rows, [1, 2])
    assert found.probability[:, 0].tolist() == [[0.5, 0.5], [1, 0]]


def test_a_later_start_forgets_what_was_before():
    rows = spells((1, "a", "b", 0, 1), (2, "a", "b", 0, 3), (3, "a", None, 0, 4))
    assert transition_probabilities(rows, [3], start=2).probability[0, 0].tolist() == [0.5, 0.5]


def test_states_begin_as_they_are_spread_at_the_start():
    rows = spells((1, "a", "c", 0, 2), (2, "a", None, 0, 3), (3, "b", "c", 0, 2))
    found = transition_probabilities(rows, [2]).occupation({"a": 0.5, "b": 0.5})
    assert found.set_index("state")["estimate"].to_dict() == {"a": 0.25, "b": 0, "c": 0.75}


def test_competing_risks_equal_those_of_r(mgus2, known_to_r):
    known = known_to_r["mgus2_cr"]
    found = transition_probabilities(mgus2, known["times"], states=("s0", "pcm", "death"))
    np.testing.assert_allclose(found.probability[:, 0], known["pstate"], atol=1e-6)
    np.testing.assert_allclose(found.std_error[:, 0], known["std_err"], atol=1e-6)


def test_an_illness_death_model_equals_that_of_r(ebmt3, known_to_r):
    known = known_to_r["ebmt3_illness_death"]
    found = transition_probabilities(ebmt3, known["times"], states=("transplant", "recovery", "relapse"))
    np.testing.assert_allclose(found.probability[:, 0], known["pstate"], atol=1e-6)
    np.testing.assert_allclose(found.std_error[:, 0], known["std_err"], atol=5e-6)


@st.composite
def histories(draw: st.DrawFn) -> pd.DataFrame:
    rows = []
    for customer in range(draw(st.integers(1, 6))):
        state, now = draw(st.sampled_from("abc")), draw(st.integers(0, 3))
        for _ in range(draw(st.integers(1, 4))):
            stop = now + draw(st.integers(1, 4))
            to = draw(st.sampled_from([None, *sorted({"a", "b", "c"} - {state})]))
            rows.append((customer, state, to, now, stop))
            if to is None:
                break
            state, now = to, stop
    return spells(*rows)


@settings(max_examples=40)
@given(histories())
def test_probabilities_add_up_to_one_and_errors_are_real(rows):
    found = transition_probabilities(rows, [0, 1, 5, 20], states="abc")
    np.testing.assert_allclose(found.probability.sum(axis=2), 1)
    assert (found.probability > -1e-12).all()
    assert np.isfinite(found.std_error).all()


@settings(max_examples=40)
@given(histories(), st.randoms(use_true_random=False))
def test_order_and_names_of_customers_do_not_matter(rows, random):
    shuffled = rows.sample(frac=1, random_state=random.randrange(2**32)).assign(id=lambda frame: -frame["id"])
    before, after = (transition_probabilities(each, [3, 9], states="abc") for each in (rows, shuffled))
    np.testing.assert_allclose(before.probability, after.probability)
    np.testing.assert_allclose(before.covariance, after.covariance)


@settings(max_examples=40)
@given(histories())
def test_two_steps_are_one_step_after_the_other(rows):
    whole = transition_probabilities(rows, [9], states="abc").probability[0]
    first = transition_probabilities(rows, [4], states="abc").probability[0]
    second = transition_probabilities(rows, [9], start=4, states="abc").probability[0]
    np.testing.assert_allclose(whole, first @ second)


def test_everything_that_is_wrong_is_told_at_once():
    rows = spells(
        (1, "a", "b", 0, 2), (1, "b", None, 1, 4), (2, "a", "b", 0, 2), (2, "b", None, 3, 4),
        (3, "a", "x", 0, 2), (4, "a", "a", 0, 2), (5, "a", None, 2, 2), (6, "a", None, None, 2),
    )  # fmt: skip
    with pytest.raises(DataError) as caught:
        counts_of(rows, states=("a", "b"))
    keys = [fault.key.removeprefix("spells.") for fault in caught.value.faults]
    assert keys == ["time", "order", "to", "same", "overlap", "gap"]
    assert "id 3: a → x" in str(caught.value)


def test_overlaps_and_gaps_are_found_between_whole_and_broken_times_alike():
    rows = spells((7, "a", "b", 0, 2), (3, "a", "b", 0, 4), (7, "b", None, 1, 4), (3, "b", None, 5, 6))
    for scale in (1, 0.1):
        with pytest.raises(DataError) as caught:
            counts_of(rows.assign(start=rows["start"] * scale, stop=rows["stop"] * scale))
        assert [(fault.key, fault.values["rows"][:4]) for fault in caught.value.faults] == [
            ("spells.overlap", "id 7"),
            ("spells.gap", "id 3"),
        ]


def test_a_break_in_watching_is_no_fault():
    assert counts_of(spells((1, "a", None, 0, 2), (1, "b", "a", 5, 6))).times.tolist() == [6]


def test_a_missing_column_is_named_with_those_that_are_there():
    with pytest.raises(DataError, match="column from is missing; there are: id, stop"):
        counts_of(pd.DataFrame({"id": [1], "stop": [2]}))


@pytest.mark.parametrize(
    "stops",
    [
        pd.to_datetime(["2024-01-03", "2024-02-01"]),
        pd.to_datetime(["2024-01-03", None]),
        pd.to_datetime(["2024-01-03", "2024-02-01"]).tz_localize("Asia/Tokyo"),
        pd.to_timedelta([2, 3], unit="D"),
        ["2", "soon"],
        [2, np.inf],
    ],
)
def test_times_that_are_no_numbers_are_refused(stops):
    with pytest.raises(DataError, match="that is a number"):
        counts_of(spells((1, "a", "b", 0, 2), (2, "a", None, 0, 3)).assign(stop=stops))


def test_no_stays_without_any_state_and_stays_of_nobody_are_refused():
    with pytest.raises(DataError, match="there are no stays"):
        counts_of(spells())
    with pytest.raises(DataError, match="1 stays have no id"):
        counts_of(spells((None, "a", "b", 0, 2), (1, "a", None, 0, 3)))


def test_states_may_be_numbers_and_are_named_once():
    rows = spells((1, 1, 2, 0, 2), (2, 1, None, 0, 3))
    assert counts_of(rows).states == (1, 2)
    assert counts_of(rows, states=[2, 1, 2]).states == (2, 1)


@pytest.mark.parametrize("weights", [{"a": 2, "b": -1}, {"a": 0.5}, {"A": 1}, {"a": np.nan}])
def test_customers_begin_in_known_states_by_shares_that_add_up_to_one(weights):
    found = transition_probabilities(spells((1, "a", "b", 0, 2)), [2])
    with pytest.raises(UsageError, match="shares of known states"):
        found.occupation(weights)


def test_a_time_before_the_start_is_refused():
    with pytest.raises(UsageError, match="before start"):
        transition_probabilities(spells((1, "a", "b", 0, 2)), [1], start=2)


def test_where_there_are_no_customers_nothing_is_sure():
    found = transition_probabilities(spells(), [1], states=["a", "b"])
    for told in (found.frame(), found.occupation({"a": 1})):
        assert told["n"].eq(0).all() and told[["low", "high"]].isna().all(axis=None)


def test_nobody_moves_and_everybody_stays():
    found = transition_probabilities(spells((1, "a", None, 0, 2)), [1])
    assert found.probability.tolist() == [[[1.0]]]


def test_limits_are_wilsons_where_everybody_was_watched_to_the_end():
    rows = {"id": range(20), "from": "use", "to": ["gone"] * 3 + [None] * 17, "start": 0, "stop": [1, 2, 3] + [5] * 17}
    found = transition_probabilities(pd.DataFrame(rows), [4]).frame().set_index(["from", "to"])
    low, high = wilson(3, 20)
    assert found.loc[("use", "gone"), ["low", "high"]].tolist() == pytest.approx([float(low), float(high)])


@pytest.mark.parametrize("later", [[], [(99, "use", "gone", 0, 5)]])
def test_nobody_has_left_yet_but_some_might_have(later):
    watched = spells(*((name, "use", None, 0, 6) for name in range(20)), *later)
    found = transition_probabilities(watched, [0, 4], states=["use", "gone"]).frame().set_index(["time", "from", "to"])
    assert found.loc[(0, "use", "gone"), "high"] == 0
    assert found.loc[(4, "use", "gone"), "high"] == pytest.approx(float(wilson(0, len(watched))[1]))
    assert found.loc[(4, "gone", "gone"), "low"] == 1
