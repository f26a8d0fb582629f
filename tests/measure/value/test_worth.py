"""What a customer brought and what winning it cost: by hand on four customers."""

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.value import customer_worth

ACCOUNTS = """
account_id  signed_on   observed_from  mrr0_amount  cac_amount
A           2023-01-01  2023-01-01             100         500
B           2023-02-01  2023-02-01             100         500
C           2023-09-01  2023-09-01             100         500
L           2022-01-01  2023-01-01             900         500
"""
CONTRACTS = """
account_id  start       end         outcome
A           2023-01-01  2024-01-01  open
B           2023-02-01  2023-06-01  churned
C           2023-09-01  2024-09-01  open
L           2022-01-01  2024-01-01  open
"""
MOVES = """
account_id  month       type          amount
A           2023-01-01  new              100
A           2023-04-01  expansion        100
B           2023-02-01  new              100
B           2023-06-01  churn           -100
B           2023-07-01  reactivation     700
C           2023-09-01  new              100
L           2023-01-01  opening          900
"""


@pytest.fixture
def four(tiny) -> Book:
    """A grows in its fourth month, B leaves after four and comes back larger, C is new, L was there before."""
    return tiny("2023-12-31", accounts=ACCOUNTS, contracts=CONTRACTS, mrr_movements=MOVES)


def worths(book: Book, **terms: float) -> dict[str, float]:
    """Worth by account."""
    found = customer_worth(book, 6, **terms)
    return found.set_index("account_id")["worth_amount"].to_dict()


def test_it_is_the_margin_of_the_first_stay_less_the_cost_of_winning_the_customer(four):
    found = worths(four, gross_margin=1.0, discount=0.0)
    # A: 3 × 100 + 3 × 200 − 500; B: 4 × 100 − 500, whatever it paid after it came back.
    assert (found["A"], found["B"]) == pytest.approx((400, -100))


def test_who_was_not_followed_so_long_has_no_worth_yet_and_who_was_there_before_is_no_row(four):
    found = customer_worth(four, 6)
    assert found["account_id"].tolist() == ["A", "B", "C"]
    assert found["followed"].tolist() == [True, True, False]
    assert found.set_index("account_id").loc["C", ["value_amount", "worth_amount"]].isna().all()


def test_where_all_have_left_before_the_horizon_each_has_brought_what_it_paid_till_then(company):
    found = customer_worth(company(30, lambda place: True), 12, gross_margin=1.0, discount=0.0)
    # Six months of 100, and 800 to win it.
    assert found["worth_amount"].tolist() == pytest.approx([-200.0] * 30)


def test_later_months_count_less(four):
    discount = 1.01**12 - 1
    brought = customer_worth(four, 6, gross_margin=0.5, discount=discount).set_index("account_id")["value_amount"]
    by_hand = 0.5 * sum(amount / 1.01**month for month, amount in enumerate([100, 100, 100, 200, 200, 200]))
    assert brought["A"] == pytest.approx(by_hand)


def test_a_customer_without_a_price_or_a_cost_is_set_aside_and_counted(four):
    accounts = four.accounts.assign(cac_amount=[500.0, None, 0.0, 500.0])
    found = customer_worth(Book({**four.tables, "accounts": accounts}, four.as_of), 6)
    assert found["account_id"].tolist() == ["A"]
    assert found.attrs["set_aside"] == 2


def test_a_horizon_nobody_has_reached_says_so(four):
    with pytest.raises(NotReady, match="24 months"):
        customer_worth(four, 24)


def test_what_is_missing_and_what_makes_no_sense_is_named(four, tiny):
    with pytest.raises(NotReady, match="cac_amount"):
        customer_worth(Book({**four.tables, "accounts": four.accounts.drop(columns="cac_amount")}, four.as_of), 6)
    with pytest.raises(UsageError, match="gross_margin"):
        customer_worth(four, 6, gross_margin=80)


def test_the_frame_remembers_on_which_terms_it_was_made(four):
    attrs = customer_worth(four, 6, 0.7, 0.05).attrs
    assert (attrs["horizon"], attrs["gross_margin"], attrs["discount"]) == (6, 0.7, 0.05)
    assert attrs["as_of"] == pd.Timestamp("2023-12-31")
