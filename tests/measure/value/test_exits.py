"""Ways out, easy and hard: by hand on six customers who left, and against what is true."""

import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import value

EVENTS = """
account_id  decided_on  effective_on  reason_stated    offboarding_days  exit_csat  winback_on
A           2023-01-05  2023-03-01    price                           4          4           -
B           2023-01-05  2023-03-01    not_used                       12          5  2023-06-15
C           2023-02-05  2023-04-01    price                          45          1           -
D           2023-02-05  2023-04-01    competitor                     31          2  2023-12-01
E           2023-05-05  2023-05-05    business_closed                 2          -           -
F           2024-11-05  2025-01-01    price                           -          -           -
"""


@pytest.fixture
def six(tiny) -> Book:
    """A and B left easily, C and D hardly; B and D came back; E closed; F is still on its way out."""
    book = tiny("2024-12-31", churn_events=EVENTS)
    events = book.churn_events.assign(winback_on=pd.to_datetime(book.churn_events["winback_on"]))
    return Book({"churn_events": events}, book.as_of)


def test_a_way_out_that_took_more_than_a_month_was_hard_and_one_that_is_not_over_is_counted(six):
    found = value.exits(six)
    assert found.set_index("account_id")["exit"].to_dict() == dict(A="easy", B="easy", C="hard", D="hard", E="easy")
    assert found.attrs["open"] == 1


def test_a_longer_line_makes_all_exits_easy(six):
    assert set(value.exits(six, hard_days=60)["exit"]) == {"easy"}


def test_who_closed_cannot_come_back_and_counts_among_all_who_left_only(six):
    found = value.winback(six, 12).set_index(["exit", "time"])["estimate"]
    # B back in its fourth month, D in its eighth; one of two each, two of five in all.
    assert found["easy"].loc[[3, 4, 12]].tolist() == [0.0, 0.5, 0.5]
    assert found["hard"].loc[[7, 8, 9]].tolist() == [0.0, 0.5, 0.5]
    assert found["all"].loc[[4, 12]].tolist() == pytest.approx([0.2, 0.4])


def test_what_was_said_at_the_exit_stands_with_how_many_said_anything(six):
    found = value.exit_voice(six).set_index(["exit", "asked"])
    assert found["estimate"]["easy", "csat"] == 4.5
    assert found["estimate"]["easy", "content"] == 1.0
    assert found["estimate"]["hard", "content"] == 0.0
    assert found["n"].tolist() == [2, 2, 2, 2]


def test_exits_recorded_late_fall_into_the_next_quarter_once(six):
    found = value.recorded_quarters(six, delay_days=40, since="2023-01-01", quarters=2)
    # A and B left in the first quarter and are written down in the second; of C, D and E of the second, all are.
    assert found["left"].tolist() == [2, 3]
    assert found["recorded"].tolist() == [0, 5]
    assert found["waiting"].tolist() == [2, 0]
    assert found["hidden"].tolist() == pytest.approx([1.0, 1 - 5 / 3])


def test_without_delay_the_record_is_what_happened(six):
    found = value.recorded_quarters(six, delay_days=0, since="2023-01-01")
    assert found["recorded"].tolist() == found["left"].tolist()


def test_quarters_that_are_not_over_and_numbers_below_nothing_are_refused(six):
    with pytest.raises(UsageError, match="2024-12-31"):
        value.recorded_quarters(six, since="2024-07-01", quarters=3)
    with pytest.raises(UsageError, match="delay_days"):
        value.recorded_quarters(six, delay_days=-1)


def test_without_days_of_the_way_out_the_column_is_named(six):
    events = six.churn_events
    with pytest.raises(NotReady, match="offboarding_days"):
        value.exits(Book({"churn_events": events.drop(columns="offboarding_days")}, six.as_of))
    with pytest.raises(NotReady, match="offboarding_days"):
        value.exits(Book({"churn_events": events.assign(offboarding_days=float("nan"))}, six.as_of))


def test_nothing_after_the_day_of_the_book_is_seen():
    book = cslab.load("synthetic:default_jp?seed=4&accounts=400")
    found = value.exits(book.at("2023-12-31"))
    assert found["effective_on"].max() <= pd.Timestamp("2023-12-31")
    assert not (found["back_on"] > "2023-12-31").any()


@pytest.mark.slow
def test_on_a_large_company_those_who_come_back_are_as_many_as_its_scenario_says():
    book = cslab.load("synthetic:default_jp?seed=1&accounts=40000")
    found = value.winback(book, 24).query("time == 24").set_index("exit")
    # winback_share: 6 % after easy exits and 2 % after hard ones, but for those who close meanwhile.
    for kind, share in (("easy", 0.06), ("hard", 0.02)):
        assert found["low"][kind] < share < found["high"][kind] + 0.003


def test_numbers_are_named_as_they_were_given(six):
    with pytest.raises(UsageError) as said:
        value.recorded_quarters(six, delay_days=-1, quarters=0)
    assert [fault.values["name"] for fault in said.value.faults] == ["delay_days", "quarters"]
    assert "quarters = 0" in said.value.text("en")
    with pytest.raises(UsageError, match="hard_days = -1"):
        value.exits(six, hard_days=-1)


def test_the_last_day_of_a_short_month_completes_it():
    table = pd.DataFrame({"account_id": ["A", "B"], "reason_stated": "price", "offboarding_days": 3.0})
    days = pd.to_datetime(["2024-01-31", "2024-01-31"])
    events = table.assign(decided_on=days, effective_on=days, winback_on=pd.to_datetime([None, "2024-02-29"]))
    book = Book({"churn_events": events.assign(decided_on=pd.Timestamp("2023-12-01"))}, pd.Timestamp("2024-02-29"))
    found = value.winback(book, 2).query("exit == 'all'")
    assert found["time"].tolist() == [0, 1] and found["estimate"].iloc[-1] == pytest.approx(0.5)
