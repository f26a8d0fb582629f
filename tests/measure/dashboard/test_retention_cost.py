"""What it costs to keep revenue: two people and three customers whose sums are seen by eye."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.dashboard import retention_cost, success_cost

START, END = "2023-03-31", "2024-03-31"
YEAR = 365.25 / 366
"""The days from one to the other are 366, and a month is a twelfth of 365.25."""


def company(**team: object) -> Book:
    """Three customers of 100 a month; one leaves, one grows to 150: 200 of 300 are kept without growth."""
    rows = [("A", "2022-01-01", 100, "new"), ("B", "2022-01-01", 100, "new"), ("C", "2022-01-01", 100, "new"),
            ("B", "2023-09-01", 50, "expansion"), ("C", "2023-09-01", -100, "churn")]  # fmt: skip
    moves = pd.DataFrame(rows, columns=["account_id", "month", "amount", "type"])
    moves["month"] = pd.to_datetime(moves["month"])
    tables = {"mrr_movements": moves, "accounts": pd.DataFrame({"account_id": ["A", "B", "C"]})}
    if team:
        tables["csm"] = pd.DataFrame(team)
    return Book(tables, pd.Timestamp(END))


def days(*texts: str | None) -> pd.Series:
    """A column of days."""
    return pd.to_datetime(pd.Series(texts))


def test_the_cost_of_a_year_stands_over_the_revenue_that_stayed_without_growth():
    book = company(csm_id=["M1"], cost_amount=[20.0])
    found = retention_cost(book, START, END)
    assert found.estimate == pytest.approx(12 * 20 / YEAR / (12 * 200))
    assert found.n == 3
    assert retention_cost(book, START, END, retained="with_growth").estimate == pytest.approx(
        found.estimate * 200 / 250
    )


def test_somebody_costs_for_the_days_they_were_there_and_both_ends_count():
    book = company(
        csm_id=["M1", "M2", "M3"],
        cost_amount=[30.4375, 30.4375, 30.4375],  # one a day
        joined_on=days("2024-03-31", "2020-01-01", None),
        left_on=days(None, "2023-04-01", "2023-03-31"),
    )
    assert success_cost(book, START, END) == pytest.approx(1 + 1 + 0)


def test_limits_come_from_which_customers_stay_and_a_larger_loss_costs_more():
    found = retention_cost(company(csm_id=["M1"], cost_amount=[20.0]), START, END)
    assert found.low < found.estimate < found.high


def test_contacts_count_after_the_first_day_up_to_the_last():
    touches = pd.DataFrame({"account_id": "A", "touched_on": days(START, "2023-04-01", END), "cost_amount": [1, 2, 4]})
    book = company()
    book = Book({**book.tables, "touches": touches}, book.as_of)
    assert success_cost(book, START, END, "touches") == 6


def test_without_a_cost_or_with_days_in_the_wrong_order_it_says_so():
    with pytest.raises(NotReady, match="csm"):
        success_cost(company(), START, END)
    with pytest.raises(UsageError):
        success_cost(company(csm_id=["M1"], cost_amount=[1.0]), END, START)
    with pytest.raises(UsageError, match="team"):
        success_cost(company(), START, END, "teams")
    with pytest.raises(UsageError, match="kept"):
        retention_cost(company(), START, END, retained="all")


def test_where_everybody_left_there_is_no_number():
    book = company(csm_id=["M1"], cost_amount=[20.0])
    gone = book.mrr_movements.query("type == 'new'").assign(month=pd.Timestamp("2023-10-01"), type="churn")
    moves = pd.concat([book.mrr_movements.query("type == 'new'"), gone.assign(amount=-gone["amount"])])
    book = Book({**book.tables, "mrr_movements": moves}, book.as_of)
    assert math.isnan(retention_cost(book, START, END).estimate)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.01, 1e6), st.floats(1.01, 100))
def test_cost_and_ratio_grow_together(cost, times):
    one, more = (
        retention_cost(company(csm_id=["M1"], cost_amount=[amount]), START, END) for amount in (cost, cost * times)
    )
    assert more.estimate == pytest.approx(times * one.estimate)
