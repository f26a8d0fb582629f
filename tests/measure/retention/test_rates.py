"""Retention on a book of eight customers whose every number is worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.retention import (
    grr,
    logo_churn,
    look_back,
    monthly_logo_churn,
    mrr,
    mrr_by_month,
    nrr,
    revenue_churn,
)

START, END = "2023-03-31", "2024-03-31"


def test_the_book_of_the_start_is_650(toy):
    assert mrr(toy, START).sum() == 650_000
    assert mrr(toy, START)[["A", "F", "G", "E", "H"]].tolist() == [100_000, 50_000, 200_000, 0, 0]


def test_net_retention_counts_the_start_s_customers_only_and_those_who_left_with_nothing(toy):
    found = nrr(toy, START, END)
    assert found.estimate == pytest.approx(560 / 650)
    assert (found.n, found.method) == (6, "point_to_point")


def test_gross_retention_gives_no_credit_for_growth(toy):
    assert grr(toy, START, END).estimate == pytest.approx(520 / 650)


def test_one_of_six_logos_is_lost_and_who_came_back_is_not(toy):
    found = logo_churn(toy, START, END)
    assert found.estimate == pytest.approx(1 / 6)
    assert 0 < found.low < 1 / 6 < found.high < 1


@pytest.mark.parametrize(
    ("method", "part", "base"),
    [
        ("movement", 510, 650),
        ("movement_with_returns", 560, 650),
        ("survivors_only", 560, 550),
        ("including_new", 700, 650),
    ],
)
def test_other_definitions_of_net_retention_give_other_numbers(toy, method, part, base):
    assert nrr(toy, START, END, method).estimate == pytest.approx(part / base)


@pytest.mark.parametrize(
    ("method", "part", "base"),
    [("movement", 430, 650), ("movement_with_returns", 480, 650), ("survivors_only", 520, 550)],
)
def test_other_definitions_of_gross_retention_give_other_numbers(toy, method, part, base):
    assert grr(toy, START, END, method).estimate == pytest.approx(part / base)


def test_by_the_movements_two_of_six_logos_are_lost(toy):
    assert logo_churn(toy, START, END, method="movement").estimate == pytest.approx(2 / 6)


def test_revenue_churn_is_what_retention_lacks_to_one(toy):
    assert revenue_churn(toy, START, END).estimate == pytest.approx(1 - 520 / 650)
    assert revenue_churn(toy, START, END, method="movement").estimate == pytest.approx(220 / 650)
    assert revenue_churn(toy, START, END, kind="net").estimate == pytest.approx(1 - 560 / 650)


def test_what_was_won_and_lost_again_counts_as_lost_by_the_movements(tiny):
    moves = """
    account_id  month       type         amount
    A           2023-01-01  new             100
    A           2023-06-01  expansion       200
    A           2023-09-01  churn          -300
    B           2023-01-01  new             100
    """
    book = tiny("2024-03-31", mrr_movements=moves)
    assert grr(book, START, END).estimate == pytest.approx(0.5)
    assert grr(book, START, END, "movement").estimate == pytest.approx((200 - 300) / 200)


def test_who_comes_back_larger_earns_credit_for_no_more_than_was_lost(tiny):
    moves = """
    account_id  month       type          amount
    A           2023-01-01  new              100
    A           2023-06-01  churn           -100
    A           2023-09-01  reactivation     900
    """
    book = tiny("2024-03-31", mrr_movements=moves)
    assert grr(book, START, END, "movement_with_returns").estimate == 1
    assert nrr(book, START, END, "movement_with_returns").estimate == 9


def test_who_leaves_twice_is_lost_once_where_returns_earn_no_credit(tiny):
    moves = """
    account_id  month       type          amount
    A           2023-01-01  new              100
    A           2023-05-01  churn           -100
    A           2023-07-01  reactivation     100
    A           2023-09-01  churn           -100
    B           2023-01-01  new              100
    """
    book = tiny("2024-03-31", mrr_movements=moves)
    assert grr(book, START, END, "movement").estimate == 0.5
    assert nrr(book, START, END, "movement").estimate == 0.5


def test_a_product_dropped_is_no_customer_lost(tiny):
    moves = """
    account_id  month       type   product  amount
    A           2023-01-01  new    core        100
    A           2023-01-01  new    extra        50
    A           2023-06-01  churn  extra       -50
    """
    book = tiny("2024-03-31", mrr_movements=moves)
    assert logo_churn(book, START, END, "movement").estimate == 0
    assert grr(book, START, END, "movement").estimate == pytest.approx(100 / 150)


def test_monthly_churn_divides_the_leavings_by_the_months_that_customers_paid_for(tiny):
    moves = """
    account_id  month       type   amount
    A           2023-01-01  new       100
    B           2023-01-01  new       100
    B           2023-05-01  churn    -100
    C           2023-06-01  new       100
    C           2023-08-01  churn    -100
    """
    book = tiny("2024-03-31", mrr_movements=moves)
    # Between the ends of March and September A pays at the start of six months, B of two, C of two.
    found = monthly_logo_churn(book, "2023-03-31", "2023-09-30")
    assert (found.estimate, found.n) == (pytest.approx(2 / 10), 3)


def test_where_nobody_of_the_start_is_left_the_survivors_have_no_retention(tiny):
    moves = """
    account_id  month       type   amount
    A           2023-01-01  new       100
    A           2023-05-01  churn    -100
    """
    found = nrr(tiny("2024-03-31", mrr_movements=moves), START, END, "survivors_only")
    assert np.isnan(found.estimate) and found.n == 0


def test_the_delta_method_error_is_the_one_worked_out_by_hand(toy):
    # NRR = 56/65. kept − NRR·base over A, B, C, D, F, G in thousands; squares summed, times 6/5, over the base of 650.
    kept, base = np.array([100, 130, 70, 0, 50, 210]), np.array([100, 100, 100, 100, 50, 200])
    error = np.sqrt(((kept - 56 / 65 * base) ** 2).sum() * 6 / 5) / 650
    found = nrr(toy, START, END)
    assert found.std_error == pytest.approx(error)
    assert (found.low, found.high) == pytest.approx((56 / 65 - 1.96 * error, 56 / 65 + 1.96 * error), abs=1e-4)


def test_a_month_counts_from_its_last_day_on(toy):
    assert mrr(toy, "2023-06-29")["E"] == 0
    assert mrr(toy, "2023-06-30")["E"] == 80_000
    assert mrr(toy, "2023-07-01").equals(mrr(toy, "2023-06-30"))


def test_every_month_has_its_mrr_and_customers(toy):
    months = mrr_by_month(toy).set_index("month")
    assert len(months) == 23
    assert months.loc["2023-03-01"].tolist() == [650_000, 6]
    assert months.loc["2024-03-01"].tolist() == [700_000, 7]
    assert months.loc["2022-12-01"].tolist() == [0, 0]


def test_a_relabelled_and_reordered_book_gives_the_same_numbers(toy):
    moves = toy.mrr_movements.sample(frac=1, random_state=1)
    other = Book({"mrr_movements": moves.assign(account_id="Z" + moves["account_id"])}, toy.as_of)
    for measure in (nrr, grr, logo_churn):
        assert measure(other, START, END).estimate == pytest.approx(measure(toy, START, END).estimate)


books = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 900)), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(books)
def test_gross_retention_never_exceeds_one_or_net_retention(amounts):
    if not any(before for before, _ in amounts):
        return
    rows = [
        row
        for number, (before, after) in enumerate(amounts)
        for row in ((f"A{number}", "2023-03-01", before), (f"A{number}", "2023-08-01", after - before))
    ]
    moves = pd.DataFrame(rows, columns=["account_id", "month", "amount"])
    book = Book({"mrr_movements": moves.assign(month=pd.to_datetime(moves["month"]))}, pd.Timestamp(END))
    gross, net = grr(book, START, END), nrr(book, START, END)
    assert gross.estimate <= 1 + 1e-12
    assert gross.estimate <= net.estimate + 1e-12
    assert 0 <= logo_churn(book, START, END).estimate <= 1


def test_cents_that_do_not_add_up_exactly_are_no_customer():
    months, amounts = pd.date_range("2023-01-01", periods=4, freq="MS"), [83.76, 55.65, 64.23, -203.64]
    cents = pd.DataFrame({"account_id": "A", "month": months, "amount": amounts})
    assert mrr(Book({"mrr_movements": cents}, pd.Timestamp(END)), END)["A"] == 0


@pytest.mark.parametrize(
    ("start", "end", "key"),
    [
        ("2023-03-31", "2024-04-30", "after_the_data"),
        ("2023-03-31", "2023-03-31", "window_order"),
        ("2022-01-31", "2023-03-31", "nobody_at_start"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused(toy, start, end, key):
    with pytest.raises(UsageError) as raised:
        nrr(toy, start, end)
    assert [fault.key for fault in raised.value.faults] == [key]
    assert raised.value.text("ja")


def test_an_unknown_definition_is_refused_with_those_that_are_known(toy):
    with pytest.raises(UsageError, match="survivors_only"):
        grr(toy, START, END, method="survivors")
    with pytest.raises(UsageError, match="movement"):
        logo_churn(toy, START, END, method="including_new")
    with pytest.raises(UsageError, match="gross"):
        revenue_churn(toy, START, END, kind="grosss")


def test_without_movements_the_book_says_so():
    with pytest.raises(NotReady, match="mrr_movements"):
        nrr(Book({}, pd.Timestamp(END)), START, END)


def test_one_looks_back_no_further_than_the_records_hold_customers(tiny):
    moves = """
    account_id  month       type  amount
    A           2024-01-01  new   100
    """
    book = tiny("2024-04-30", mrr_movements=moves)
    assert look_back(book, 12) == (pd.Timestamp("2024-01-31"), 3)
    assert look_back(book, 2) == (pd.Timestamp("2024-02-29"), 2)
