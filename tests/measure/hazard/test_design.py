"""The matrix of covariates: what each column means, and every reason why it would tell nothing, all at once."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure.hazard.design import design
from cslab.measure.hazard.identified import dependent


def refused(*args, **kwargs):
    """The faults with which a design is refused, as (key, column)."""
    with pytest.raises(UsageError) as error:
        design(*args, **kwargs)
    assert all(len(error.value.text(lang)) > 20 for lang in ("en", "ja"))
    return {(fault.key.removeprefix("design."), fault.values.get("name")) for fault in error.value.faults}


def test_words_are_held_against_the_most_frequent_one_and_numbers_are_centred():
    frame = pd.DataFrame({"plan": ["pro", "basic", "pro", "team"], "mrr": [1.0, 3.0, 3.0, 1.0]})
    made = design(frame, ["plan", "mrr"])
    assert made.coding.columns == [("plan", "basic"), ("plan", "team"), ("mrr", "")]
    assert made.matrix.tolist() == [[0, 0, -1], [1, 0, 1], [0, 0, 1], [0, 1, -1]]


def test_everything_that_is_wrong_is_said_at_once():
    frame = pd.DataFrame(
        {
            "same": 7,
            "empty": [np.nan] * 4,
            "word": ["one"] * 4,
            "day": pd.Timestamp("2024-01-01"),
            "amount": [0.0, 1.0, 2.0, 5.0],
            "name": ["a", "b", "c", "d"],
        }
    )
    asked = ["same", "empty", "word", "day", "log(amount)", "log(name)", "nmae"]
    assert refused(frame, asked) == {
        ("constant", "same"),
        ("empty", "empty"),
        ("constant", "word"),
        ("dates", "day"),
        ("log", "amount"),
        ("log_words", "name"),
        ("unknown", "nmae"),
    }


def test_names_are_no_groups():
    assert refused(pd.DataFrame({"name": [f"c{place}" for place in range(60)]}), ["name"]) == {("levels", "name")}


def test_columns_that_follow_from_one_another_are_named_together():
    frame = pd.DataFrame({"seats": [1.0, 2.0, 3.0, 9.0], "users": [4.0, 1.0, 2.0, 2.0]})
    frame["both"] = frame["seats"] + frame["users"]
    with pytest.raises(UsageError) as error:
        design(frame, ["seats", "users", "both"])
    assert error.value.faults[0].values == {"name": "both", "others": "seats, users"}


def test_a_column_of_groups_of_another_column_follows_from_it():
    frame = pd.DataFrame({"plan": list("aabbcc"), "size": list("xxyyyy")})
    assert refused(frame, ["plan", "size"]) == {("collinear", "size")}


def test_a_level_of_which_nobody_left_or_everybody_is_named():
    frame = pd.DataFrame({"plan": ["a", "a", "b", "b", "c", "c"]})
    with pytest.raises(UsageError) as error:
        design(frame, ["plan"], event=[True, False, False, False, True, True])
    told = {(fault.key, fault.values["value"], fault.values["count"]) for fault in error.value.faults}
    assert told == {("design.separates_none", "b", 2), ("design.separates_all", "c", 2)}


def test_a_flag_separates_by_either_of_its_values():
    frame = pd.DataFrame({"pushed": [True, True, False, False]})
    assert refused(frame, ["pushed"], event=[True, False, False, False]) == {("separates_none", "pushed")}


def test_numbers_that_lie_apart_are_refused_and_numbers_that_overlap_are_not():
    event = np.array([True, True, False, False, True, False])
    frame = pd.DataFrame({"days": [1.0, 2.0, 7.0, 8.0, 3.0, 9.0], "logins": [1.0, 5.0, 3.0, 4.0, 2.0, 6.0]})
    assert refused(frame, ["days", "logins"], event=event) == {("separates_number", "days")}


def test_rows_with_a_missing_cell_are_left_out_and_counted():
    frame = pd.DataFrame({"usage": [0.1, None, 0.3, 0.5], "plan": ["a", "b", "a", None]})
    frame.loc[4] = [0.2, "b"]
    made = design(frame, ["usage", "plan"])
    assert made.kept.tolist() == [True, False, True, False, True]
    assert made.missing == {"usage": 1, "plan": 1}


def test_missing_cells_get_a_column_of_their_own_when_asked_for():
    frame = pd.DataFrame({"usage": [0.0, None, 2.0, 0.0, 2.0, None], "plan": ["a", "b", None, "a", "a", "a"]})
    made = design(frame, ["usage", "plan"], missing="indicator")
    assert made.kept.all()
    assert made.coding.columns == [("usage", ""), ("usage", "not_known"), ("plan", "b"), ("plan", "not_known")]
    assert made.matrix[:3].tolist() == [[-1, 0, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]]


def test_covariates_that_are_missing_in_the_same_rows_share_the_column_that_says_so():
    frame = pd.DataFrame({"usage": [0.0, None, 2.0, 1.0], "logins": [3.0, None, 1.0, 5.0]})
    made = design(frame, ["usage", "logins"], missing="indicator")
    assert made.coding.columns == [("usage", ""), ("usage", "not_known"), ("logins", "")]
    assert made.matrix[1].tolist() == [0, 1, 0]


def test_no_row_that_has_everything_is_told_with_the_counts():
    frame = pd.DataFrame({"usage": [0.1, 0.2, None, None], "csat": [None, None, 4.0, 5.0]})
    with pytest.raises(UsageError, match="usage 2, csat 2"):
        design(frame, ["usage", "csat"])


def test_words_that_were_not_there_in_training_are_named_and_missing_ones_stay_missing():
    coding = design(pd.DataFrame({"plan": ["a", "a", "b"], "mrr": [1.0, 2.0, 9.0]}), ["plan", "mrr"]).coding
    with pytest.raises(UsageError) as error:
        coding.matrix(pd.DataFrame({"plan": ["a", "c"], "mrr": ["x", "y"]}))
    assert [fault.key for fault in error.value.faults] == ["design.unseen", "design.was_numbers"]
    again = coding.matrix(pd.DataFrame({"plan": ["b", None], "mrr": [4.0, 4.0]}))
    assert again[0].tolist() == [1.0, 0.0]
    assert np.isnan(again[1, 0])


def test_flags_with_gaps_are_numbers_whatever_type_they_came_in():
    frame = pd.DataFrame({"pushed": [True, None, False, True]})
    assert frame["pushed"].dtype == object
    assert design(frame, ["pushed"]).coding.covariates[0].levels == ()


def test_slopes_come_back_in_the_units_of_the_covariate():
    frame = pd.DataFrame({"mrr": [0.0, 10.0, 20.0, 30.0]})
    coding = design(frame, ["mrr"]).coding
    spread = float(np.std([0, 10, 20, 30]))
    row = coding.table(np.array([2.0]), np.array([[1.0]]), n=4).iloc[0]
    assert row["estimate"] == pytest.approx(2.0 / spread)
    assert row["high"] - row["estimate"] == pytest.approx(1.959964 / spread, rel=1e-6)
    assert row["ratio"] == pytest.approx(np.exp(2.0 / spread))


@given(st.permutations(range(4)), st.lists(st.integers(-5, 5), min_size=3, max_size=3))
def test_a_sum_of_columns_is_found_in_any_order(order, weights):
    base = np.random.default_rng(1).normal(size=(50, 3))
    matrix = np.column_stack([base, base @ weights])[:, order]
    sets = dependent(matrix.T @ matrix, [str(place) for place in order])
    used = {str(place) for place, weight in enumerate(weights) if weight} | {"3"}
    assert [set(one) for one in sets] == [used]
