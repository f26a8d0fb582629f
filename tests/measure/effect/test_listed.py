"""A list of one's own: what cannot be a number, a name or a condition is refused, in words that help."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure import effect

SEEN = pd.DataFrame({"arm": [*"abab"], "y": [1, 0, 1, 1], "x": [1, 2, 3, None], "plan": ["s", None, "m", "m"]})


def trial(frame: pd.DataFrame = SEEN, *covariates: str) -> effect.Trial:
    return effect.of_frame(frame, "arm", "y", list(covariates) or ["x"])


@pytest.mark.parametrize(("cell", "said"), [("yes", "yes"), (np.inf, "inf")])
def test_an_outcome_that_is_no_number_is_refused_with_the_cell(cell: object, said: str) -> None:
    with pytest.raises(UsageError, match=f"1 rows.*{said}"):
        trial(SEEN.assign(y=[cell, 0, 1, 1]))


@pytest.mark.parametrize("name", ["account_id", "outcome"])
def test_a_covariate_called_like_a_column_of_every_trial_is_to_be_renamed(name: str) -> None:
    with pytest.raises(UsageError, match="Rename it"):
        trial(SEEN.assign(**{name: 1.0}), name)


def test_a_condition_that_cannot_be_read_names_the_columns() -> None:
    with pytest.raises(UsageError, match="Columns: account_id, arm, outcome, x"):
        trial().among("zzz > 1")


@pytest.mark.parametrize(("name", "left"), [("x", 3), ("plan", 3)])
def test_what_a_gap_is_answered_with_works(name: str, left: int) -> None:
    with pytest.raises(UsageError) as refused:
        effect.support(trial(SEEN, name))
    assert f'trial.among("{name} == {name}")' in refused.value.text("en")
    assert len(trial(SEEN, name).among(f"{name} == {name}").rows) == left


def test_covariates_that_are_the_same_for_all_tell_nobody_apart() -> None:
    rows = pd.DataFrame({"arm": [*"ab"] * 50, "y": np.arange(100) // 2 % 2, "segment": "smb"})
    for way in (effect.ipw, effect.aipw):
        with pytest.raises(UsageError, match=r"segment.*same for all 100"):
            way(trial(rows, "segment"))


def test_where_everybody_is_in_one_arm_that_is_said() -> None:
    with pytest.raises(UsageError, match="All 4 customers are in arm a"):
        effect.naive(trial(SEEN.assign(arm="a")))


def test_rows_of_a_third_arm_are_left_out_as_such() -> None:
    found = effect.naive(trial(pd.concat([SEEN, SEEN.tail(1).assign(arm="c")], ignore_index=True)), ("b", "a"))
    assert {reason: count for reason, count in found.left_out.items() if count} == {"other_arm": 1}


def test_amounts_that_do_not_vary_within_an_arm_have_no_limits_and_are_refused() -> None:
    with pytest.raises(UsageError, match="same outcome"):
        effect.naive(trial(SEEN.assign(y=[5, 7, 5, 7])))


def test_a_table_of_strata_by_what_is_no_covariate_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Nearest: plan"):
        effect.support(trial(SEEN.dropna(), "plan"), "plans")


def test_a_typo_is_refused_even_where_a_page_would_go_on_without_an_answer() -> None:
    assert effect.tried(effect.aipw, trial()) is None  # a handful of customers
    with pytest.raises(UsageError, match="on"):
        effect.tried(effect.aipw, trial(), on="treatd")
