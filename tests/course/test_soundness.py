"""Only what is amiss in the data is worth a line; that nothing is, is said too."""

from __future__ import annotations

from dataclasses import replace

import pytest

import cslab
from cslab.course.soundness import amiss, soundness


@pytest.fixture(scope="module")
def book():
    return cslab.load("synthetic:default_jp?accounts=300")


def spoilt(book, table: str, **columns):
    return replace(book, tables={**book.tables, table: getattr(book, table).assign(**columns)})


def lines(book, lang: str = "en") -> list[str]:
    return amiss(soundness(book), lang)


def test_a_column_that_is_filled_only_now_and_then_is_named(book):
    industry = book.accounts["industry"].where(book.accounts.index % 2 == 0)
    assert any(
        line.startswith("accounts.industry: 50% of the") for line in lines(spoilt(book, "accounts", industry=industry))
    )


def test_a_table_to_which_nothing_was_added_for_half_a_year_is_named_in_both_languages(book):
    tickets = book.tickets
    old = replace(book, tables={**book.tables, "tickets": tickets[tickets["opened_on"] < "2024-09-01"]})
    assert any(line.startswith("tickets: nothing new since 2024-08-") for line in lines(old))
    assert any(line.startswith("tickets:2024-08-") for line in lines(old, "ja"))


def test_gaps_that_go_with_leaving_are_warned_of_with_what_follows_from_it(book):
    leavers = set(book.churn_events.query("decided_on > '2024-03-31'")["account_id"])
    gap = book.accounts["account_id"].isin(leavers) | (book.accounts.index % 20 == 0)
    found = lines(spoilt(book, "accounts", industry=book.accounts["industry"].where(~gap)))
    assert any(line.startswith("accounts.industry: of") and "biases" in line for line in found)


def test_a_list_without_days_says_that_gaps_cannot_be_tested(book):
    import pandas as pd

    contracts = pd.DataFrame({"account_id": ["A", "B"], "tenure_months": [3.0, 9.0], "ended": [True, False]})
    stock = cslab.book.Book({"accounts": contracts[["account_id"]], "contracts": contracts}, book.as_of,
                            stock_sample=True)  # fmt: skip
    assert lines(stock) == [
        "No gaps, stale tables or loose ends worth a line.",
        "Whether gaps go with leaving cannot be tested: it takes contracts with dates, and records that reach back more"
        " than a year.",
    ]
