"""What was due and what was renewed, on contracts that can be counted by eye."""

import pytest

from cslab.faults import NotReady, UsageError
from cslab.measure.retention import renewal_rate

START, END = "2023-03-31", "2024-03-31"
WORDS = """
account_id  contract_id  start       end         term_months  outcome
A           A1           2023-04-01  2024-01-31  12           renewed
B           B1           2023-04-01  2026-04-01  36           open
C           C1           2023-12-01  2024-01-01  1            renewed
C           C2           2024-01-01  2024-02-01  1            churned
"""
MOVES = """
account_id  month       type       amount
A           2023-04-01  new           100
A           2024-01-01  expansion      50
B           2023-04-01  new           900
C           2023-12-01  new            10
C           2024-02-01  churn         -10
"""


@pytest.fixture
def book(tiny):
    return tiny("2024-03-31", contracts=WORDS, mrr_movements=MOVES)


def test_an_account_in_mid_term_is_not_in_the_denominator_and_growth_earns_no_credit(book):
    assert renewal_rate(book, START, END, shortest_term=12).estimate == 1.0
    assert renewal_rate(book, START, END).estimate == pytest.approx(110 / 120)


def test_contracts_can_be_counted_instead_of_their_value(book):
    found = renewal_rate(book, START, END, weight="count")
    assert found.estimate == pytest.approx(2 / 3)
    assert found.n == 2  # accounts, of which C had two contracts due


def test_the_day_of_the_start_is_not_in_the_window_and_that_of_the_end_is(book):
    assert renewal_rate(book, "2024-01-01", "2024-01-31", "count").estimate == 1.0
    assert renewal_rate(book, "2023-12-31", "2024-01-01", "count").n == 1
    with pytest.raises(UsageError, match="no decided"):
        renewal_rate(book, "2024-02-01", "2024-03-31")


def test_what_grew_within_the_term_is_due_as_well(tiny):
    moves = """
    account_id  month       type          amount
    A           2023-01-01  new              100
    A           2023-06-01  expansion        100
    A           2024-01-01  contraction      -50
    """
    due = """
    account_id  contract_id  start       end         outcome
    A           A1           2023-01-10  2024-01-10  contracted
    """
    book = tiny("2024-03-31", mrr_movements=moves, contracts=due)
    assert renewal_rate(book, START, END).estimate == pytest.approx(150 / 200)


def test_each_product_is_due_for_itself(tiny):
    moves = """
    account_id  month       type   product  amount
    A           2023-01-01  new    core        100
    A           2023-01-01  new    extra        50
    A           2024-01-01  churn  extra       -50
    """
    due = """
    account_id  contract_id  product  start       end         outcome
    A           A1           extra    2023-01-10  2024-01-10  churned
    """
    book = tiny("2024-03-31", mrr_movements=moves, contracts=due)
    assert renewal_rate(book, START, END).estimate == 0


def test_contracts_not_yet_decided_say_nothing(tiny):
    moves = """
    account_id  month       type  amount
    A           2023-01-01  new      100
    B           2023-01-01  new      100
    """
    due = """
    account_id  contract_id  start       end         outcome
    A           A1           2023-01-10  2024-01-10  renewed
    B           B1           2023-01-10  2024-03-30  open
    """
    found = renewal_rate(tiny("2024-03-31", mrr_movements=moves, contracts=due), START, END)
    assert (found.estimate, found.n) == (1.0, 1)


def test_what_cannot_be_asked_is_refused(book, tiny):
    with pytest.raises(UsageError, match="value"):
        renewal_rate(book, START, END, weight="values")
    with pytest.raises(UsageError, match="2024-04-30"):
        renewal_rate(book, START, "2024-04-30")
    with pytest.raises(NotReady, match="contracts"):
        renewal_rate(tiny("2024-03-31", mrr_movements=MOVES), START, END)
