"""A target trial: who is in it, in which arm, from when, and what became of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import effect

FOUR = """
account_id start       end         outcome
stays      2021-01-01  2024-01-01  open
leaves     2021-01-01  2022-01-01  churned
at_once    2021-01-01  2021-01-21  churned
late       2022-06-01  2024-06-01  open
"""
TIERS = """
account_id touch_tier valid_from valid_to
stays      tech       2021-01-01 2021-01-30
stays      high       2021-01-31 -
leaves     mid        2021-01-01 2022-01-01
at_once    mid        2021-01-01 2021-01-21
late       mid        2022-06-01 -
"""
ACCOUNTS = """
account_id signed_on  observed_from mrr0_amount segment trial_usage
stays      2021-01-01 2021-01-01    100000      smb     0.5
leaves     2021-01-01 2021-01-01    20000       smb     0.1
at_once    2021-01-01 2021-01-01    20000       mid     0.2
late       2022-06-01 2022-06-01    20000       mid     0.3
"""


@pytest.fixture
def book(tiny: Callable[..., Book]) -> Book:
    made = tiny("2022-12-31", contracts=FOUR, tier_history=TIERS, accounts=ACCOUNTS)
    history = made.tables["tier_history"]
    days = {name: pd.to_datetime(history[name]) for name in ("valid_from", "valid_to")}
    return Book({**made.tables, "tier_history": history.assign(**days)}, made.as_of)


def arms(trial: effect.Trial) -> dict[str, str]:
    return dict(zip(trial.rows["account_id"], trial.rows["arm"], strict=True))


def outcomes(trial: effect.Trial) -> dict[str, float]:
    return dict(zip(trial.rows["account_id"], trial.rows["outcome"], strict=True))


def test_the_arm_is_read_at_the_end_of_the_grace_and_who_left_within_it_is_in_none(book: Book) -> None:
    found = effect.trial(book, horizon=12, covariates=["segment"])
    assert arms(found) == {"stays": "high", "leaves": "mid"}
    assert found.left_out["left_in_grace"] == 1


def test_without_grace_the_arm_is_that_of_the_first_day_and_nobody_has_left_yet(book: Book) -> None:
    found = effect.trial(book, horizon=12, grace=0, covariates=["segment"])
    assert arms(found) == {"stays": "tech", "leaves": "mid", "at_once": "mid"}


def test_who_leaves_on_the_last_day_of_the_horizon_has_not_stayed(book: Book) -> None:
    assert outcomes(effect.trial(book, horizon=12, covariates=["segment"])) == {"stays": 1.0, "leaves": 0.0}
    assert outcomes(effect.trial(book, horizon=11, covariates=["segment"])) == {"stays": 1.0, "leaves": 1.0}


def test_a_late_starter_is_left_out_until_the_horizon_is_over_and_counted(book: Book) -> None:
    found = effect.trial(book, horizon=12, covariates=["segment"])
    assert "late" not in arms(found)
    assert found.left_out["not_observed_yet"] == 1
    assert "late" in arms(effect.trial(book, horizon=6, covariates=["segment"]))


def test_months_as_a_customer_keep_the_late_starter_as_far_as_it_was_watched(book: Book) -> None:
    found = effect.trial(book, horizon=24, outcome="survival", covariates=["segment"]).rows.set_index("account_id")
    assert found.loc["late", ["duration", "event"]].tolist() == [6, False]
    assert found.loc["leaves", ["duration", "event"]].tolist() == [12, True]
    assert found.loc["stays", ["duration", "event"]].tolist() == [23, False]


def test_a_condition_may_ask_for_what_was_known_at_the_start_and_for_nothing_later(book: Book) -> None:
    found = effect.trial(book, eligible="mrr0_amount < 80000", horizon=12, covariates=["segment"])
    assert arms(found) == {"leaves": "mid"}
    with pytest.raises(UsageError, match="outcome"):
        effect.trial(book, eligible="outcome == 'churned'", horizon=12)


def test_a_condition_on_a_column_that_is_not_on_record_is_no_slip_of_the_reader(book: Book) -> None:
    with pytest.raises(NotReady, match="industry"):
        effect.trial(book, eligible="industry == 'x'", horizon=12, covariates=["segment"])


def test_a_frame_of_ones_own_says_who_is_in_which_arm_and_names_may_not_stand_twice(book: Book) -> None:
    mine = pd.DataFrame({"account_id": ["stays", "leaves"], "arm": ["called", "not_called"]})
    found = effect.trial(book, mine, horizon=12, covariates=["segment"])
    assert found.arms == ("not_called", "called")
    with pytest.raises(UsageError, match="1 accounts"):
        effect.trial(book, pd.concat([mine, mine.head(1)]), horizon=12)


def test_customers_of_a_day_count_from_it_whenever_they_signed(book: Book) -> None:
    found = effect.trial(book, time_zero="2021-06-30", grace=0, horizon=12, covariates=["tenure"])
    assert outcomes(found) == {"stays": 1.0, "leaves": 0.0}
    assert found.rows["tenure"].round(1).tolist() == [5.9, 5.9]


def test_all_that_is_wrong_with_the_arguments_is_told_at_once(book: Book) -> None:
    with pytest.raises(UsageError) as refused:
        effect.trial(book, time_zero="eligible", grace=-1, horizon=0, outcome="retain")
    assert [fault.key for fault in refused.value.faults] == [
        "unknown_choice",
        "not_positive",
        "effect.negative_grace",
        "effect.no_turn",
    ]


def test_an_unknown_covariate_names_the_nearest(book: Book) -> None:
    with pytest.raises(UsageError, match="Nearest: segment"):
        effect.trial(book, horizon=12, covariates=["segmnt"])


def test_where_nobody_is_left_the_reasons_are_counted(book: Book) -> None:
    with pytest.raises(NotReady, match="outcome not known yet: 3"):
        effect.trial(book, horizon=36, covariates=["segment"])


def test_of_two_arms_nobody_is_in_the_empty_one_is_named(book: Book) -> None:
    found = effect.trial(book, horizon=12, covariates=["segment"])
    with pytest.raises(UsageError, match="Nobody is in arm tech"):
        effect.naive(found, ("tech", "mid"))


def test_a_list_with_a_name_that_stands_twice_is_refused_and_gaps_are_counted() -> None:
    rows = pd.DataFrame({"id": ["a", "a", "b"], "arm": [1, 0, None], "y": [1.0, 2.0, 3.0], "x": [1, 2, 3]})
    with pytest.raises(UsageError, match="such as a"):
        effect.of_frame(rows, "arm", "y", ["x"], account="id")
    assert effect.of_frame(rows.tail(2), "arm", "y", ["x"]).left_out["no_arm"] == 1


def test_arms_of_a_list_may_be_asked_for_as_the_list_has_them() -> None:
    seen = pd.DataFrame({"treated": [1, 1, 0, 0], "stayed": [1, 1, 0, 1], "size": [1.0, 2.0, 3.0, 4.0]})
    for arms_asked in [(1, 0), (True, False), ("1", "0"), (seen["treated"][0], seen["treated"][3])]:
        found = effect.of_frame(seen, "treated", "stayed", ["size"])
        assert effect.naive(found, arms_asked).estimate == pytest.approx(0.5)
    flags = effect.of_frame(seen.assign(treated=seen["treated"] == 1), "treated", "stayed", ["size"])
    assert effect.naive(flags, (True, False)).arms == ("1", "0")


def test_strata_that_cannot_be_compared_are_told_in_money_and_not_in_logarithms() -> None:
    amounts = [10_000.0, 20_000, 30_000, 40_000, 50_000, 60_000] * 4
    rows = pd.DataFrame({"account_id": [f"A{place}" for place in range(24)], "mrr0_amount": np.log(amounts)})
    rows = rows.assign(arm=["high" if one > 30_000 else "tech" for one in amounts], outcome=1.0)
    said = effect.Said("estimand.retained", {"horizon": 12}), effect.Said("population.frame", {"n": 24})
    posed = effect.Trial(rows, ("tech", "high"), ("mrr0_amount",), "retained", *said, horizon=12)
    with pytest.raises(UsageError, match=r"mrr0_amount \(\d+\.0, 60000\.0\]"):
        effect.stratified(posed)


def test_a_condition_with_a_slip_names_the_nearest_column(book: Book) -> None:
    with pytest.raises(UsageError, match=r"Nearest: segment\."):
        effect.trial(book, horizon=12, eligible="segmant == 'smb'", covariates=["segment"])
    with pytest.raises(UsageError, match="cannot be read") as caught:
        effect.trial(book, horizon=12, eligible="segment ==", covariates=["segment"])
    assert "Nearest" not in str(caught.value)
