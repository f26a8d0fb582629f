"""Who is at risk on a day, and what became of them: told by what was known then, counted in months of the calendar."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab import world
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import landmark

YEARS = """
account_id  start       end         decided_on  outcome
A           2023-04-01  2024-04-01  2024-02-10  renewed
A           2024-04-01  2025-04-01  NaT         open
B           2023-04-01  2024-04-01  2024-02-10  churned
C           2023-06-01  2024-06-01  2024-04-20  churned
D           2024-05-01  2025-05-01  NaT         open
"""
EXITS = """
account_id  decided_on  effective_on
B           2024-02-10  2024-04-01
C           2024-04-20  2024-06-01
"""


@pytest.fixture
def years(tiny):
    return tiny("2024-12-31", contracts=YEARS, churn_events=EXITS)


def test_who_is_not_there_yet_or_has_given_notice_is_not_at_risk(years):
    found = landmark.at_risk(years, "2024-03-31")
    assert found["account_id"].tolist() == ["A", "C"] and found.attrs["noticed"] == 1


def test_before_the_notice_the_same_customer_is_at_risk(years):
    assert landmark.at_risk(years, "2024-02-09")["account_id"].tolist() == ["A", "B", "C"]


def test_a_refusal_that_only_the_contract_tells_is_a_notice_too(tiny):
    book = tiny("2024-12-31", contracts=YEARS)
    assert landmark.at_risk(book, "2024-03-31")["account_id"].tolist() == ["A", "C"]


def test_a_contract_that_ends_on_the_first_of_june_is_lost_in_june(years):
    found = landmark.outcomes(years, "2024-03-31").set_index("account_id")
    assert found.loc["C", ["time", "event"]].tolist() == [3, True]  # April, May, June


def test_who_is_still_there_was_followed_for_whole_months(years):
    assert landmark.outcomes(years, "2024-03-31").set_index("account_id").loc["A", "time"] == 9
    later = landmark.outcomes(years, "2024-04-15").set_index("account_id")
    assert later.loc["A", ["time", "event"]].tolist() == [8, False]  # 16 April to 15 December, and some days


def test_a_horizon_cuts_later_exits_off(years):
    found = landmark.outcomes(years, "2024-03-31", horizon=2).set_index("account_id")
    assert found.loc["C", ["time", "event"]].tolist() == [2, False]


def test_a_landmark_too_late_for_its_horizon_is_refused_with_the_last_possible_day(years):
    with pytest.raises(UsageError) as said:
        landmark.outcomes(years, "2024-10-31", horizon=3)
    assert "2024-09-30" in said.value.text("en") and "2024-09-30" in said.value.text("ja")


def test_a_day_on_which_the_horizon_is_just_over_will_do(years):
    assert len(landmark.outcomes(years, "2024-09-30", horizon=3)) == 2


def test_an_exit_decided_and_not_yet_in_effect_has_not_happened(tiny):
    book = tiny("2024-04-30", contracts=YEARS, churn_events=EXITS)
    found = landmark.outcomes(book, "2024-03-31").set_index("account_id")
    assert found.loc["C", ["time", "event"]].tolist() == [1, False]


def test_who_came_back_is_at_risk_again_and_leaves_for_a_second_time(tiny):
    contracts = """
    account_id  start       end         outcome
    A           2022-01-01  2023-01-01  churned
    A           2023-09-01  2024-09-01  churned
    """
    exits = """
    account_id  decided_on  effective_on
    A           2022-11-20  2023-01-01
    A           2024-07-20  2024-09-01
    """
    book = tiny("2024-12-31", contracts=contracts, churn_events=exits)
    assert landmark.at_risk(book, "2023-03-31").empty
    found = landmark.outcomes(book, "2024-06-30")
    assert found[["time", "event"]].to_numpy().tolist() == [[3, True]]


def test_who_leaves_in_mid_term_is_gone_from_the_day_of_the_exit(tiny):
    exits = "account_id decided_on effective_on\nA 2023-08-05 2023-09-01"
    book = tiny(
        "2024-12-31", contracts=YEARS.splitlines()[1] + "\nA 2023-04-01 2024-04-01 NaT open", churn_events=exits
    )
    assert landmark.at_risk(book, "2023-08-31").empty and landmark.at_risk(book, "2023-10-31").empty
    assert landmark.outcomes(book, "2023-07-31")[["time", "event"]].to_numpy().tolist() == [[2, True]]


def test_of_a_list_without_dates_only_the_last_month_is_known():
    listed = pd.DataFrame(
        {"account_id": ["A", "B", "C"], "tenure_months": [3.0, 7.0, 0.0], "ended": [True, False, False]}
    )
    book = Book({"contracts": listed}, pd.Timestamp("2024-03-31"), stock_sample=True)
    found = landmark.outcomes(book)
    assert found[["account_id", "time", "event"]].to_numpy().tolist() == [["A", 1, True], ["B", 1, False]]
    with pytest.raises(NotReady):
        landmark.at_risk(book, "2024-01-31")


def test_a_decision_is_looked_at_from_the_end_of_the_month_that_lies_so_long_before(years):
    rows = landmark.decisions(years, months_before=3).set_index("account_id")
    assert rows.loc["C", "as_of"] == pd.Timestamp("2024-01-31") and bool(rows.loc["C", "event"])
    assert rows.loc["A", "as_of"] == pd.Timestamp("2023-11-30") and not rows.loc["A", "event"]


def test_days_lie_a_horizon_apart_and_the_last_one_is_over(years):
    found = landmark.days(years, horizon=4)
    assert [day.date().isoformat() for day in found] == ["2023-08-31", "2023-12-31", "2024-04-30", "2024-08-31"]


def test_records_too_short_for_one_day_are_said_to_be(years):
    with pytest.raises(UsageError) as said:
        landmark.days(years, horizon=24)
    assert "2023-07-01" in said.value.text("en")


@pytest.fixture(scope="module")
def company():
    return world.company("tiny", accounts=60)


@given(st.dates(pd.Timestamp("2021-07-01").date(), pd.Timestamp("2025-02-28").date()))
@settings(max_examples=6, deadline=None)
def test_who_is_at_risk_was_known_on_that_day(company, day):
    assert landmark.at_risk(company, day).equals(landmark.at_risk(company.at(day)))


@given(st.dates(pd.Timestamp("2021-07-01").date(), pd.Timestamp("2024-02-28").date()))
@settings(max_examples=6, deadline=None)
def test_whoever_is_at_risk_is_followed_for_at_least_a_month(company, day):
    found = landmark.outcomes(company, day)
    assert len(found) == len(landmark.at_risk(company, day)) and (found["time"] >= 1).all()


@pytest.mark.slow
def test_the_truth_knows_the_same_customers_less_those_who_gave_notice(company):
    there = landmark.at_risk(company, "2024-06-30")
    risk = company.truth.risk("2024-06-30", 3, futures=2)
    assert {*there["account_id"]} <= {*risk["account_id"]} and len(there) + there.attrs["noticed"] == len(risk)


@pytest.mark.slow
def test_the_months_are_those_of_the_truth():
    book = world.company("default_jp", accounts=3000)
    left = landmark.outcomes(book, "2024-03-31").query("event & time <= 6")
    hazard = book.truth.hazard()
    gone = hazard[hazard["month"] >= "2024-04-01"].groupby("account_id")["month"].max().reindex(left["account_id"])
    months = gone.dt.year * 12 + gone.dt.month - (2024 * 12 + 3)
    assert (months.to_numpy() == left["time"].to_numpy()).mean() > 0.95  # the rest came back


def test_a_day_before_the_records_is_refused_and_not_answered_by_nobody(years):
    with pytest.raises(UsageError, match="2023-04-01"):
        landmark.outcomes(years, "2019-03-01")


def test_a_list_without_dates_is_asked_for_one_month_only():
    listed = pd.DataFrame({"account_id": ["A"], "tenure_months": 2.0, "ended": True})
    book = Book({"contracts": listed}, pd.Timestamp("2024-03-31"), stock_sample=True)
    assert landmark.outcomes(book, horizon=1).equals(landmark.outcomes(book))
    with pytest.raises(UsageError, match="horizon = 6"):
        landmark.outcomes(book, horizon=6)
