"""Months of customers: the phase as each begins, the one that follows, and the spells on each customer's own clock."""

from __future__ import annotations

import pandas as pd
import pytest

import cslab
from cslab.measure import lifecycle, multistate


@pytest.fixture
def months(company) -> pd.DataFrame:
    """The months of the three customers."""
    return lifecycle.panel(company())


def of(months: pd.DataFrame, account: str) -> pd.DataFrame:
    """The months of one customer, by tenure."""
    return months[months["account_id"] == account].set_index("tenure")


def test_a_month_begins_on_the_return_of_the_signing_day_in_the_phase_of_that_day(months):
    a = of(months, "A")
    assert a.loc[[0, 1, 2, 8, 9, 10], "phase"].tolist() == [
        "purchase",  # 1 April 2023
        "onboarding",
        "adoption",  # 1 June: the day of the first value
        "adoption",  # 1 December: two days before the renewal comes near
        "renewal",
        "adoption",
    ]


def test_the_last_month_of_who_leaves_is_followed_by_leaving(months):
    a = of(months, "A")
    assert a.index.max() == 23 and a["next"].iloc[-1] == "churn"  # 24 months: to 1 April 2025


def test_a_month_that_is_not_over_is_followed_by_nothing_yet(months):
    b = of(months, "B")
    assert b.index.max() == 26 and pd.isna(b["next"].iloc[-1]) and b["next"].iloc[:-1].notna().all()


def test_who_entered_late_begins_with_its_first_whole_month_in_the_records(months):
    late = of(months, "L")
    assert late.index.min() == 39  # signed on 15 January 2020, on record from April 2023
    assert str(late["month"].iloc[0].date()) == "2023-04-01"


def test_revenue_is_that_of_the_calendar_month_in_which_the_month_begins(company):
    more = """
        account_id  month       type       amount
        A           2023-04-01  new        100
        A           2023-07-01  expansion  50
        B           2023-04-01  new        300
        L           2023-04-01  opening    500
    """
    months = lifecycle.panel(company(mrr_movements=more))
    assert of(months, "A").loc[[0, 2, 3], "mrr_amount"].tolist() == [100, 100, 150]
    assert of(months, "B")["mrr_amount"].unique().tolist() == [300]


def test_a_signing_on_the_31st_returns_on_the_last_day_of_shorter_months(company):
    accounts = "account_id signed_on observed_from eval_days segment\nA 2023-10-31 2023-10-31 1 smb"
    onboarding = (
        "account_id milestone started done\nA kickoff 2023-10-31 2023-11-30\nA first_value 2023-10-31 2024-03-01"
    )
    columns = "contract_id account_id start end term_months decided_on outcome"
    one = {"contracts": f"{columns}\nA1 A 2023-10-31 2024-10-31 12 - open"}
    mrr = "account_id month type amount\nA 2023-10-01 new 100"
    book = company("2024-04-30", accounts=accounts, onboarding=onboarding, churn_events="", mrr_movements=mrr, **one)
    found = of(lifecycle.panel(book), "A")
    assert found["phase"].tolist() == [
        "purchase",
        *["onboarding"] * 4,
        "adoption",
        "adoption",
    ]  # 30 Nov … 29 Feb, 31 Mar


def test_moves_are_counted_with_those_who_stay_and_only_where_the_end_is_known(months):
    counted = lifecycle.moves(months).set_index(["from", "to"])["count"]
    assert counted["purchase", "onboarding"] == 2  # A, B
    assert counted["renewal", "churn"] == 1
    assert counted["onboarding", "onboarding"] == 26 - 1  # B from its second month on, to the last one that is over
    assert counted.sum() == months["next"].notna().sum()


def test_a_customer_who_comes_back_has_months_again(company):
    churn = "account_id decided_on effective_on winback_on\nA 2025-02-01 2025-03-01 2025-04-10"
    found = of(lifecycle.panel(company(churn_events=churn)), "A")
    assert found.index.tolist()[-3:] == [22, 25, 26] and found.loc[22, "next"] == "churn"


def test_spells_on_the_own_clock_begin_at_zero_and_never_overlap(company):
    timed = lifecycle.in_months(lifecycle.spells(company()))
    a = timed[timed["id"] == "A"]
    assert a["start"].iloc[1] == 0 and (a["start"].iloc[1:].to_numpy() == a["stop"].iloc[:-1].to_numpy()).all()
    assert multistate.counts_of(timed).ids == 3


def test_who_is_still_there_is_watched_to_the_end_of_the_last_day(company):
    timed = lifecycle.in_months(lifecycle.spells(company("2023-04-01")))
    assert timed.loc[timed["id"] == "A", "stop"].iloc[-1] == pytest.approx(1 / 30.4375)


def test_the_months_of_a_company_end_as_its_books_do():
    book = cslab.load("synthetic:tiny")
    months = lifecycle.panel(book)
    last = months[months["next"].isna()]
    there = lifecycle.phase_at(book)
    assert set(last["account_id"]) <= set(there.loc[there["phase"] != "churn", "account_id"])
    assert not months.duplicated(["account_id", "tenure"]).any() and (months["mrr_amount"] > 0).all()
