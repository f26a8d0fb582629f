"""Deals pushed at a quarter's end: what they earned, in which week they came, and what another plan would have won."""

import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure import value


def third(place: int) -> bool:
    """Every third customer."""
    return place % 3 == 0


def test_pushed_customers_who_leave_sooner_earn_less_for_each_unit_booked(company, with_accounts):
    book = company(90, third, lambda place: 100.0 * (1 + place % 2))
    pushed = with_accounts(book, sales_push=[third(place) for place in range(90)])
    found = value.pushed_worth(pushed, 12, gross_margin=1.0, discount=0.0).set_index("pushed")
    # A pushed customer pays six months and the others twelve; winning any costs eight.
    assert found["estimate"].to_dict() == pytest.approx({False: 4.0, True: -2.0})
    assert found["n"].sum() == 90
    assert found["bookings_amount"].tolist() == pytest.approx([150, 150])


def test_where_nobody_was_pushed_there_is_nothing_to_compare(company, with_accounts):
    with pytest.raises(NotReady, match="sales_push"):
        value.pushed_worth(with_accounts(company(40, third), sales_push=False), 12)


def test_a_signing_counts_in_its_week_before_the_quarters_end(company):
    found = value.by_signing_week(company(100, third), months=9).set_index("weeks")
    assert list(found.index) == list(range(12, -1, -1))
    # One a week from 3 January 2022 on: 31 March 2022 was a Thursday, so each week holds a Monday of each quarter.
    assert found["n"].sum() == 100
    assert found["n"].between(7, 8).all()


def test_the_share_gone_is_that_of_those_who_signed_in_the_week(company):
    # The wrong kind signs in the last three weeks of quarters only.
    days = pd.date_range("2022-01-03", periods=100, freq="7D")
    late = (days.to_period("Q").end_time.normalize() - days).days // 7 < 3
    found = value.by_signing_week(company(100, lambda place: bool(late[place])), months=9).set_index("weeks")
    assert found["estimate"].tolist() == pytest.approx([0.0] * 10 + [1.0] * 3)
    assert (found["high"] > found["low"]).all()
    assert found["pushed"].isna().all()


def test_months_that_make_no_sense_are_refused(company):
    with pytest.raises(UsageError, match="months"):
        value.by_signing_week(company(20, third), months=0)


@pytest.mark.slow
def test_paid_on_what_is_retained_sales_wins_fewer_bad_fits_and_nobody_else_is_lost():
    book = cslab.load("synthetic:sales_push?seed=3&accounts=1500")
    found = value.sales_incentive(book, futures=4).set_index("incentive")
    hidden = book.truth.accounts().set_index("account_id")["badfit"]
    rows = value.customer_worth(book)
    pushed = rows["account_id"].map(book.accounts.set_index("account_id")["sales_push"]).astype(bool)
    unfit = rows["account_id"].map(hidden).astype(bool)
    assert found["n"]["bookings"] - found["n"]["retained"] == (pushed & unfit).sum()
    booked = rows.loc[~(pushed & unfit), "mrr0_amount"].sum()
    assert found["bookings_amount"]["retained"] == pytest.approx(booked)


def test_another_plan_is_known_of_simulated_companies_only(company):
    assert value.sales_incentive(company(60, third), 12) is None
