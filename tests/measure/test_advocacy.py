"""Who recommends us, and how much business that brings."""

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure import advocacy

CONTRACTS = """
    account_id  start       end         outcome
    A           2023-01-01  2025-01-01  open
    B           2023-01-01  2025-01-01  open
    C           2023-01-01  2025-01-01  open
    D           2023-01-01  2024-01-01  churned
"""
ONBOARDING = """
    account_id  milestone    started     done
    A           first_value  2023-01-01  2023-03-01
    B           first_value  2023-01-01  2023-03-01
    C           first_value  2023-01-01  -
    D           first_value  2023-01-01  2023-03-01
"""
CONTACTS = """
    contact_id  account_id  active_from  active_to   advocate_on
    1           A           2023-01-01   -           2023-08-01
    2           B           2023-01-01   2023-09-01  2023-08-01
    3           C           2023-01-01   -           -
    4           D           2023-01-01   -           2023-08-01
"""
ACCOUNTS = """
    account_id  signed_on   lead_source  mrr0_amount
    A           2023-01-01  inbound      300
    B           2023-01-01  referral     100
    C           2023-01-01  partner      100
    D           2024-01-01  referral     900
"""


def company(tiny) -> Book:
    """Four customers; one advocate is still there, one left the company it worked for, one with its company."""
    book = tiny("2024-06-30", contracts=CONTRACTS, onboarding=ONBOARDING, contacts=CONTACTS, accounts=ACCOUNTS)
    dated = {"onboarding": ("started", "done"), "contacts": ("active_from", "active_to", "advocate_on")}
    tables = {name: getattr(book, name) for name in ("contracts", "onboarding", "contacts", "accounts")}
    for name, columns in dated.items():
        tables[name] = tables[name].assign(**{one: pd.to_datetime(tables[name][one]) for one in columns})
    return Book(tables, book.as_of)


def test_only_people_who_are_still_there_recommend_us_for_customers_who_are_still_there(tiny):
    found = advocacy.advocates(company(tiny)).set_index("first_value")
    assert found.loc[True, ["estimate", "n"]].tolist() == [0.5, 2]
    assert found.loc[False, ["estimate", "n"]].tolist() == [0.0, 1]


def test_one_of_three_new_customers_came_by_recommendation_with_a_fifth_of_the_revenue(tiny):
    window = "2023-01-01", "2023-12-31"
    assert advocacy.referred(company(tiny), *window).estimate == pytest.approx(1 / 3)
    assert advocacy.referred(company(tiny), *window, of="mrr").estimate == pytest.approx(0.2)


def test_a_window_in_which_nobody_signed_is_refused(tiny):
    with pytest.raises(UsageError, match="2020"):
        advocacy.referred(company(tiny), "2020-01-01", "2020-12-31")


def test_what_cannot_be_counted_is_named_with_what_can(tiny):
    with pytest.raises(UsageError, match="customers, mrr"):
        advocacy.referred(company(tiny), "2023-01-01", "2023-12-31", of="money")
