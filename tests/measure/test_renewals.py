"""What comes due in each month, and what became of it."""

from dataclasses import replace

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.renewals import renewal_map, still_in_time

CONTRACTS = """
account_id  start       end         mrr_amount  outcome
A           2023-04-01  2024-04-01  100         renewed
B           2023-04-20  2024-04-20  200         churned
C           2023-04-05  2024-04-05  300         renewed
D           2023-05-01  2024-05-01  400         open
E           2022-04-01  2025-04-01  900         open
"""


def rows(frame: pd.DataFrame) -> list[tuple[str, str, int, float]]:
    return [(f"{row.month:%Y-%m}", row.status, row.contracts, row.mrr_amount) for row in frame.itertuples()]


def test_contracts_are_counted_and_summed_in_the_month_they_come_due(tiny):
    due = renewal_map(tiny("2024-04-30", contracts=CONTRACTS))
    assert rows(due) == [
        ("2024-04", "renewed", 2, 400),
        ("2024-04", "churned", 1, 200),
        ("2024-05", "open", 1, 400),
        ("2025-04", "open", 1, 900),
    ]
    assert due.attrs == {"as_of": pd.Timestamp("2024-04-30"), "currency": "JPY"}


def test_an_account_in_mid_term_is_not_due(tiny):
    due = renewal_map(tiny("2024-04-30", contracts=CONTRACTS), "2024-04-01", "2024-05-01")
    assert due["contracts"].sum() == 3


def test_the_window_includes_its_first_day_and_not_its_last(tiny):
    book = tiny("2024-04-30", contracts=CONTRACTS)
    assert renewal_map(book, "2024-04-20", "2024-05-01")["contracts"].sum() == 1
    assert renewal_map(book, "2024-04-21", "2024-05-02")["status"].tolist() == ["open"]


def test_short_contracts_that_renew_all_the_time_can_be_left_out(tiny):
    book = tiny("2024-04-30", contracts=CONTRACTS)
    months = book.contracts.assign(term_months=[1, 12, 12, 12, 36])
    due = renewal_map(replace(book, tables={"contracts": months}), shortest_term=12)
    assert rows(due)[:2] == [("2024-04", "renewed", 1, 300), ("2024-04", "churned", 1, 200)]
    with pytest.raises(NotReady, match="term_months"):
        renewal_map(book, shortest_term=2)


def test_without_amounts_the_contracts_are_still_counted(tiny):
    book = tiny("2024-04-30", contracts=CONTRACTS)
    plain = Book({"contracts": book.contracts.drop(columns="mrr_amount")}, book.as_of)
    due = renewal_map(plain)
    assert due["contracts"].tolist() == [2, 1, 1, 1]
    assert due["mrr_amount"].isna().all()


def test_a_window_that_ends_before_it_begins_is_refused(tiny):
    with pytest.raises(UsageError) as raised:
        renewal_map(tiny("2024-04-30", contracts=CONTRACTS), "2024-05-01", "2024-04-01")
    assert raised.value.faults[0].key == "window_order"


def test_a_stock_sample_has_no_calendar_to_draw_a_map_on():
    contracts = pd.DataFrame({"account_id": ["A"], "tenure_months": [3], "ended": [False]})
    book = Book({"contracts": contracts}, pd.Timestamp("2024-03-31"), stock_sample=True)
    with pytest.raises(NotReady) as raised:
        renewal_map(book)
    assert raised.value.faults[0].key == "no_calendar"


OPEN = """
account_id  start       end         mrr_amount  outcome  term_months
A           2023-06-05  2024-06-05  100         open     12
B           2023-07-01  2024-07-01  200         open     12
C           2023-07-20  2024-07-20  300         open     12
D           2023-07-20  2024-07-20  400         renewed  12
E           2024-06-20  2024-07-20  500         open     1
"""


def test_the_next_month_that_is_still_in_time_is_listed_by_value_without_decided_and_monthly_contracts(tiny):
    listed = still_in_time(tiny("2024-05-10", contracts=OPEN), 40)
    assert listed["account_id"].tolist() == ["C", "B"]
    assert listed["start_by"].tolist() == [pd.Timestamp("2024-06-10"), pd.Timestamp("2024-05-22")]


def test_where_it_is_too_late_for_all_the_next_month_is_listed(tiny):
    assert still_in_time(tiny("2024-05-10", contracts=OPEN), 400)["account_id"].tolist() == ["A"]
