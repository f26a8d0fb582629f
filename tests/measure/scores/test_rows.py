"""Outcomes and scores put side by side, lead time before decisions, and what stands beside the ceiling."""

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure import landmark, scores
from cslab.world import company


def test_a_score_meets_the_outcome_of_its_own_day():
    outcomes = pd.DataFrame({"account_id": [*"aa"], "as_of": ["d1", "d2"], "time": [1, 2], "event": [True, False]})
    score = pd.DataFrame({"account_id": [*"aa"], "as_of": ["d2", "d1"], "risk": [0.2, 0.1]})
    assert scores.join(outcomes, score)["risk"].tolist() == [0.1, 0.2]


def test_who_has_no_score_is_left_out_and_counted():
    outcomes = pd.DataFrame({"account_id": [*"abc"], "time": 1, "event": [True, False, False]})
    outcomes.attrs["noticed"] = 4
    joined = scores.join(outcomes, pd.DataFrame({"account_id": [*"abc"], "risk": [0.1, None, 0.3]}))
    assert joined["account_id"].tolist() == ["a", "c"]
    assert joined.attrs == {"noticed": 4, "unscored": 1}


@pytest.mark.parametrize(
    ("score", "key"),
    [
        ({"account_id": ["a", "a"], "risk": [0.1, 0.2]}, "score.twice"),
        ({"account_id": ["z"], "risk": [0.1]}, "score.none_in_common"),
        ({"account_id": ["a"], "points": [3]}, "score.no_column"),
    ],
)
def test_scores_that_cannot_be_told_apart_or_belong_to_nobody_are_refused(score, key):
    outcomes = pd.DataFrame({"account_id": [*"ab"], "time": 1, "event": [True, False]})
    with pytest.raises(UsageError) as raised:
        scores.join(outcomes, pd.DataFrame(score))
    assert [fault.key for fault in raised.value.faults] == [key]


CONTRACTS = """
    account_id  start       end         outcome  decided_on
    a           2022-04-01  2023-04-01  churned  2023-02-10
    b           2022-04-01  2023-04-01  renewed  2023-02-20
    c           2022-04-01  2023-04-01  renewed  2023-02-25
"""


@pytest.fixture
def renewals(tiny) -> Book:
    return tiny("2023-06-30", contracts=CONTRACTS)


def monthly(values: dict[str, list[float]], days: list[str]) -> pd.DataFrame:
    """A score a month."""
    rows = [(who, day, value) for who, row in values.items() for day, value in zip(days, row, strict=True)]
    return pd.DataFrame(rows, columns=["account_id", "as_of", "risk"]).assign(
        as_of=lambda frame: pd.to_datetime(frame["as_of"])
    )


def test_lead_time_takes_the_last_score_of_each_month_before_the_decision(renewals):
    days = ["2022-12-31", "2023-01-31", "2023-02-28"]
    score = monthly({"a": [0.5, 0.9, 1.0], "b": [0.6, 0.2, 0.0], "c": [0.4, 0.3, 0.0]}, days)
    rows = scores.lead_rows(renewals, score, [1, 2])
    assert set(rows["as_of"].dt.strftime("%Y-%m-%d")) == {"2023-01-31", "2022-12-31"}  # none of the month of decision
    table = scores.lead_time(rows)
    assert table[["months_before", "estimate", "events", "n"]].values.tolist() == [[2, 0.5, 1, 3], [1, 1.0, 1, 3]]


def test_a_renewal_without_a_score_at_every_month_is_left_out_of_all_and_counted(renewals):
    score = monthly({"a": [0.5, 0.9], "b": [0.6, 0.2], "c": [0.4, None]}, ["2022-12-31", "2023-01-31"])
    rows = scores.lead_rows(renewals, score, [1, 2])
    assert set(rows["account_id"]) == {"a", "b"}
    assert rows.attrs["unscored"] == 1


def test_a_score_older_than_a_month_is_no_score(renewals):
    score = monthly({"a": [0.5], "b": [0.6]}, ["2022-06-30"])
    with pytest.raises(UsageError, match="None of 3 decided renewals"):
        scores.lead_rows(renewals, score, [1])


def test_lead_time_refuses_the_month_of_the_decision_and_tables_without_a_day(renewals):
    with pytest.raises(UsageError) as raised:
        scores.lead_rows(renewals, pd.DataFrame({"account_id": ["a"], "risk": [1]}), [0, 1])
    assert [fault.key for fault in raised.value.faults] == ["score.no_column", "score.months_before"]


def test_renewals_that_all_ended_alike_have_no_lead_time():
    rows = pd.DataFrame({"account_id": [*"ab"], "months_before": 1, "left": False, "risk": [0.1, 0.2]})
    with pytest.raises(UsageError, match="same outcome \\(stayed\\)"):
        scores.lead_time(rows)


def test_nobody_knows_a_ceiling_without_the_truth():
    book = company("tiny")
    rows = landmark.outcomes(book, "2023-03-31").assign(risk=0.5, calendar=0.5)
    assert scores.beside_ceiling(book, rows, 12, futures=2)["what"].tolist() == ["score", "calendar", "ceiling"]
    hidden = scores.beside_ceiling(book.hide_truth(), rows.drop(columns="calendar"), 12)
    assert hidden["what"].tolist() == ["score"]
    with pytest.raises(UsageError, match="as_of is missing"):
        scores.beside_ceiling(book, rows.drop(columns="as_of"), 12)


def test_the_true_chance_itself_scores_at_the_ceiling_within_its_limits():
    book = company("default_jp", accounts=600)
    rows = landmark.outcomes(book, "2023-12-31", 6)
    risk = book.truth.risk("2023-12-31", 6, futures=8)[["account_id", "risk"]]
    table = scores.beside_ceiling(book, scores.join(rows, risk), 6, futures=8).set_index("what")
    assert table.loc["score", "low"] <= table.loc["ceiling", "estimate"] <= table.loc["score", "high"]
