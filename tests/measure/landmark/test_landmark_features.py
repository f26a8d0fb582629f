"""What was known on a day, and nothing that was learned later."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab import world
from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure import landmark

CONTRACTS = """
account_id  start       end         decided_on  outcome
A           2023-04-01  2024-04-01  2024-02-10  renewed
B           2023-07-01  2024-07-01  2024-05-10  renewed
"""


def test_a_renewal_is_due_until_it_is_decided(tiny):
    book = tiny("2024-12-31", contracts=CONTRACTS)
    before = landmark.features(book, "2024-01-31", ("calendar",), horizon=3).loc["A"]
    after = landmark.features(book, "2024-02-29", ("calendar",), horizon=3).loc["A"]
    assert before["months_to_renewal"] == 2 and before["due"] == 1
    assert after["months_to_renewal"] == 14 and after["due"] == 0  # decided: the next one is a year later


def test_a_renewal_beyond_the_horizon_is_not_due(tiny):
    book = tiny("2024-12-31", contracts=CONTRACTS)
    assert landmark.features(book, "2024-01-31", ("calendar",), horizon=3)["due"].tolist() == [1, 0]
    assert landmark.features(book, "2024-01-31", ("calendar",), horizon=6)["due"].tolist() == [1, 1]


def usage(*values):
    months = pd.date_range("2023-07-01", periods=len(values), freq="MS").strftime("%Y-%m-%d")
    return "account_id month wau_ratio\n" + "\n".join(
        f"A {month} {value}" for month, value in zip(months, values, strict=True)
    )


def test_usage_is_that_of_the_months_finished(tiny):
    book = tiny("2024-12-31", contracts=CONTRACTS, usage_monthly=usage(0.4, 0.4, 0.4, 0.4, 0.2, 0.2, 0.9))
    found = landmark.features(book, "2024-01-15", ("usage",)).loc["A"]
    assert found["wau_last"] == pytest.approx(0.2) and found["wau_ratio"] == pytest.approx((0.4 + 0.2 + 0.2) / 3)
    assert found["usage_to_baseline"] == pytest.approx(0.2 * 3 / (0.4 + 0.4 + 0.2) - 1)


def test_a_jump_against_one_s_own_past_counts_as_twice_above_it_at_most(tiny):
    book = tiny("2024-12-31", contracts=CONTRACTS, usage_monthly=usage(0.1, 0.1, 0.1, 0.1, 0.1, 0.9))
    assert landmark.features(book, "2023-12-31", ("usage",)).loc["A", "usage_to_baseline"] == 2


def test_counts_are_taken_as_logarithms(tiny):
    contracts = tiny("2024-12-31", contracts=CONTRACTS).contracts
    opened = pd.to_datetime(["2023-12-01", "2024-01-15", "2022-01-01"])
    tables = {"contracts": contracts, "tickets": pd.DataFrame({"account_id": "A", "opened_on": opened})}
    found = landmark.features(Book(tables, pd.Timestamp("2024-12-31")), "2024-01-31", ("voice",))["tickets_90d"]
    assert found.to_dict() == pytest.approx({"A": math.log(3), "B": 0.0})


def test_each_kind_of_survey_says_what_was_answered_last(tiny):
    surveys = """
    account_id  type  sent_on     responded_on  score
    A           nps   2023-10-01  2023-10-02    10
    A           csat  2023-11-01  2023-11-02    1
    A           ces   2023-12-01  -             -
    """
    book = tiny("2024-12-31", contracts=CONTRACTS, surveys=surveys)
    frames = {name: book.tables[name] for name in ("contracts", "surveys")}
    days = {name: pd.to_datetime(frames["surveys"][name]) for name in ("sent_on", "responded_on")}
    dated = Book({**frames, "surveys": frames["surveys"].assign(**days)}, book.as_of)
    found = landmark.features(dated, "2024-01-31", ("voice",)).loc["A"]
    assert found[["nps", "csat", "answered"]].tolist() == pytest.approx([10, 1, 2 / 3])
    assert "ces" not in found  # nobody has answered one


def test_what_the_book_does_not_hold_is_told(tiny):
    found = landmark.features(tiny("2024-12-31", contracts=CONTRACTS), "2024-01-31", ("calendar", "usage", "voice"))
    assert found.attrs["sets"] == ("calendar",) and found.attrs["absent"] == ("usage", "voice")


def test_an_unknown_set_is_refused_with_the_nearest(tiny):
    with pytest.raises(UsageError) as said:
        landmark.features(tiny("2024-12-31", contracts=CONTRACTS), "2024-01-31", ("usages",))
    assert "usage" in said.value.text("en")


def test_columns_of_a_dated_export_that_nobody_dates_are_not_used(tiny):
    book = tiny("2024-12-31", contracts=CONTRACTS, accounts="account_id segment x_csat\nA smb 5\nB mid 1")
    assert "x_csat" not in landmark.features(book, "2024-01-31")


def test_columns_of_a_list_without_dates_are_used():
    listed = pd.DataFrame({"account_id": ["A", "B"], "tenure_months": [3.0, 7.0], "ended": [True, False]})
    plan = pd.DataFrame({"account_id": ["A", "B"], "x_plan": pd.Categorical(["s", "m"]), "x_calls": [2, 5]})
    book = Book({"accounts": plan, "contracts": listed}, pd.Timestamp("2024-03-31"), stock_sample=True)
    assert landmark.features(book)[["tenure", "x_plan", "x_calls"]].to_numpy().tolist() == [[3, "s", 2], [7, "m", 5]]


@pytest.fixture(scope="module")
def company():
    return world.company("tiny", accounts=60)


@pytest.mark.slow
@given(st.dates(pd.Timestamp("2021-10-01").date(), pd.Timestamp("2025-02-28").date()))
@settings(max_examples=5, deadline=None)
def test_features_of_a_day_are_those_of_the_book_as_it_stood(company, day):
    pd.testing.assert_frame_equal(landmark.features(company, day), landmark.features(company.at(day)))


def test_rows_of_several_days_are_each_asked_on_their_own(company):
    early, late = pd.Timestamp("2023-03-31"), pd.Timestamp("2024-03-31")
    rows = pd.concat([landmark.at_risk(company, day) for day in (late, early)], ignore_index=True)
    found = landmark.features_at(company, rows, ("usage",))
    alone = landmark.features(company, early, ("usage",))
    assert found["wau_last"].tolist()[-len(alone) :] == alone["wau_last"].tolist()


def test_columns_stand_in_the_order_of_their_sets_whatever_the_first_day_knew(company):
    rows = landmark.at_risk(company, "2024-03-31").iloc[[0, 0]]
    days = pd.to_datetime(["2021-04-15", "2024-03-31"])  # no month of usage was over on the first
    found = landmark.features_at(company, rows.assign(as_of=days).reset_index(drop=True), ("usage", "voice"))
    assert next(iter(found)) == "wau_last" and list(found)[-1] == "answered"
