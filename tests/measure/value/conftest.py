"""Companies made by rule: what a customer brings can be counted, from who stays and who leaves after half a year."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from cslab.book import Book

AS_OF = pd.Timestamp("2024-12-31")
LEAVES, STAYS = 6, 12
"""Months after which a customer of the wrong kind leaves, and within which all others stay."""


def customers(count: int, wrong: Callable[[int], bool], mrr: Callable[[int], float] = lambda place: 100.0) -> Book:
    """Customers who sign one a week from January 2022 on, each on a contract of its own; winning one costs 800."""
    signed = pd.date_range("2022-01-03", periods=count, freq="7D")
    bad = [wrong(place) for place in range(count)]
    amounts = [mrr(place) for place in range(count)]
    ids = [f"A{place:03}" for place in range(count)]
    accounts = pd.DataFrame({"account_id": ids, "signed_on": signed, "observed_from": signed})
    accounts = accounts.assign(industry=["other" if one else "it" for one in bad], mrr0_amount=amounts)
    accounts["cac_amount"] = 8 * accounts["mrr0_amount"]
    end = [day + pd.DateOffset(months=LEAVES if one else 36) for day, one in zip(signed, bad, strict=True)]
    contracts = pd.DataFrame({"account_id": ids, "start": signed, "end": end, "term_months": 12})
    contracts["outcome"] = ["churned" if one else "open" for one in bad]
    month = signed.to_period("M")
    moves = pd.DataFrame({"account_id": ids, "month": month.to_timestamp(), "type": "new", "amount": amounts})
    ends = moves[bad].assign(month=(month[bad] + LEAVES).to_timestamp(), type="churn")
    ends["amount"] = -ends["amount"]
    moves = pd.concat([moves, ends[ends["month"] <= AS_OF]], ignore_index=True)
    return Book({"accounts": accounts, "contracts": contracts, "mrr_movements": moves}, AS_OF)


@pytest.fixture
def company() -> Callable[..., Book]:
    """A function that makes a company: how many customers, which of them are of the wrong kind, what they pay."""
    return customers


@pytest.fixture
def with_accounts() -> Callable[..., Book]:
    """A function that gives a book other columns of accounts."""

    def changed(book: Book, **columns: Any) -> Book:
        return replace(book, tables={**book.tables, "accounts": book.accounts.assign(**columns)})

    return changed
