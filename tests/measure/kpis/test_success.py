"""Onboarding, buying more and leaving: on customers who can be counted by eye."""

import pytest

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.kpis import success_kpis
from cslab.measure.kpis.success import cross_upsell_rate, onboarding_completion
from cslab.measure.retention import logo_churn

ONBOARDING = """
account_id  milestone    kind   started     done
A           kickoff      setup  2024-01-01  2024-01-02
A           first_value  value  2024-01-01  2024-03-30
B           kickoff      setup  2024-01-01  2024-01-02
B           first_value  value  2024-01-01  2024-04-15
C           kickoff      setup  2024-01-10  2024-01-12
C           first_value  value  2024-01-10  -
D           first_value  value  2024-03-01  2024-03-05
"""
"""A reached its value within 90 days, B after them, C not; D began lately. B's 90 days end on 31 March 2024."""

MOVES = """
account_id  month       type         kind        amount
A           2024-01-01  new          none           100
B           2024-01-01  new          none           100
C           2024-01-01  new          none           100
D           2024-01-01  new          none           100
A           2024-04-01  expansion    upsell          20
A           2024-05-01  expansion    cross_sell      30
B           2024-04-01  expansion    seat            50
C           2024-05-01  churn        none          -100
E           2024-05-01  new          none           100
E           2024-06-01  expansion    upsell         100
"""
QUARTER = ("2024-04-01", "2024-07-01")


@pytest.fixture
def book(tiny) -> Book:
    accounts = """
    account_id  segment
    A           small
    B           small
    C           large
    D           large
    E           large
    """
    made = tiny("2024-06-30", mrr_movements=MOVES, accounts=accounts, onboarding=ONBOARDING)
    steps = made.tables["onboarding"]
    days = {name: steps[name].astype("datetime64[ns]") for name in ("started", "done")}
    return Book({**made.tables, "onboarding": steps.assign(**days)}, made.as_of)


def test_who_never_completes_stays_in_the_denominator(book):
    found = onboarding_completion(book, "2024-03-01", "2024-05-01")
    assert (found.estimate, found.n) == (pytest.approx(1 / 3), 3)


def test_only_those_are_asked_whose_time_is_up(book):
    assert onboarding_completion(book, "2024-03-01", "2024-05-01").n == 3
    assert onboarding_completion(book, "2024-03-01", "2024-06-01").n == 4
    assert onboarding_completion(book, "2024-01-01", "2024-01-30", days=20).n == 2  # C's time ends on the 30th


def test_more_days_complete_more(book):
    assert onboarding_completion(book, "2024-03-01", "2024-07-01", days=106).estimate == pytest.approx(3 / 4)


def test_where_nobodys_time_was_up_nothing_is_said(book):
    assert onboarding_completion(book, "2024-06-15", "2024-07-01").n == 0


def test_only_larger_plans_and_further_products_count_and_only_of_those_there_at_the_start(book):
    found = cross_upsell_rate(book, *QUARTER)
    assert (found.estimate, found.n) == (1 / 4, 4)
    assert cross_upsell_rate(book, *QUARTER, kinds=("upsell", "cross_sell", "seat")).estimate == 2 / 4


def test_it_can_be_measured_by_the_mrr_bought(book):
    assert cross_upsell_rate(book, *QUARTER, of="mrr").estimate == pytest.approx(50 / 400)


def test_by_month_each_months_own_customers_are_asked(book):
    months = success_kpis(book, *QUARTER, by="month").set_index(["kpi", "month"])
    bought, left = (months.loc[name] for name in ("cross_upsell_rate", "logo_churn"))
    assert bought["n"].tolist() == [4, 4, 4]
    assert bought["estimate"].tolist() == [1 / 4, 1 / 4, 1 / 4]  # A, A, E
    assert left["estimate"].tolist() == [0, 1 / 4, 0]


def test_by_segment_the_parts_are_those_of_the_whole(book):
    parts = success_kpis(book, *QUARTER, by="segment").set_index(["kpi", "segment"])["estimate"]
    assert parts["cross_upsell_rate"].to_dict() == {"large": 0, "small": 1 / 2}
    assert parts["logo_churn"].to_dict() == {"large": 1 / 2, "small": 0}


def test_churn_is_the_customer_churn_of_the_same_days(book):
    (churn,) = success_kpis(book, *QUARTER).query("kpi == 'logo_churn'").itertuples()
    whole = logo_churn(book, "2024-03-31", "2024-06-30")
    assert (churn.estimate, churn.low, churn.high, churn.n) == (whole.estimate, whole.low, whole.high, whole.n)


def test_what_is_not_there_is_said(book):
    with pytest.raises(UsageError, match="accounts"):
        cross_upsell_rate(book, *QUARTER, of="customers")
    with pytest.raises(UsageError, match="2024-06-30"):
        onboarding_completion(book, "2024-04-01", "2024-07-02")
    with pytest.raises(NotReady, match="onboarding"):
        onboarding_completion(Book({"accounts": book.accounts}, book.as_of), *QUARTER)
