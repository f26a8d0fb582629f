"""The statistics by which a company is imitated, on companies whose numbers are seen by eye."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.book import Book
from cslab.measure.fit import Reading, features
from cslab.measure.fit.feature import number

DAY = pd.Timestamp


@pytest.fixture
def book() -> Book:
    """Two monthly customers of whom one left after four months; two yearly ones: one left after one term, one in its
    ninth month of the second."""
    rows = [
        ("A", "2023-04-01", "2023-08-01", 1, "churned", 100.0),
        ("B", "2023-04-01", "2024-04-01", 1, "renewed", 100.0),
        ("C", "2022-04-01", "2023-04-01", 12, "churned", 400.0),
        ("D", "2022-04-01", "2023-12-20", 12, "churned", 900.0),
    ]
    contracts = pd.DataFrame(rows, columns=["account_id", "start", "end", "term_months", "outcome", "mrr_amount"])
    contracts[["start", "end"]] = contracts[["start", "end"]].apply(pd.to_datetime)
    moves = [
        ("B", "2023-04-01", "new", 100.0),
        ("B", "2023-10-01", "expansion", 50.0),
        ("B", "2024-01-01", "contraction", -30.0),
    ]
    movements = pd.DataFrame(moves, columns=["account_id", "month", "type", "amount"])
    movements["month"] = pd.to_datetime(movements["month"])
    usage = pd.DataFrame({"account_id": ["B", "B", "D"], "month": DAY("2024-03-01"), "wau_ratio": [0.2, 0.4, 0.5]})
    usage.loc[2, "month"] = DAY("2022-05-01")  # too long ago
    accounts = pd.DataFrame({"account_id": list("ABCD"), "segment": ["smb", "smb", "mid", "mid"]})
    tables = {"accounts": accounts, "contracts": contracts, "mrr_movements": movements, "usage_monthly": usage}
    return Book(tables, DAY("2024-03-31"))


@pytest.fixture
def how(book) -> Reading:
    groups = book.accounts.set_index("account_id")["segment"]
    return Reading(24, (1, 12, 24, 36), True, "segment", False, groups)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("customers", "all", 0), 4),
        (("signed_late", "all", 0), 13 / 24),  # eleven whole months old, of 24 on record
        (("group_share", "smb", 0), 0.5),
        (("term_share", "mid", 12), 1.0),
        (("term_share", "mid", 1), 0.0),
        (("amount_median", "mid", 0), 600.0),  # of the logarithms
        (("leave_monthly", "smb", 0), 1 / (4 + 11)),
        (("leave_term", "mid", 0), 2 / (12 + 21)),
        (("leave_midterm", "mid", 0), 1 / (12 + 21)),
        (("expand", "smb", 0), 1 / 15),
        (("expand", "mid", 0), 0.0),
        (("contract", "smb", 0), 1 / 15),
    ],
)
def test_each_statistic_is_what_is_counted_by_hand(book, how, place, value):
    assert number(features(book, how), place) == pytest.approx(value)


def test_what_never_happened_may_still_happen(book, how):
    row = features(book, how).loc[("expand", "mid", 0)]
    assert (row["estimate"], row["low"]) == (0, 0)
    assert row["high"] == pytest.approx(3.689 / 33, rel=1e-3)


def test_usage_is_that_of_the_last_year(book, how):
    usage = pd.concat([book.usage_monthly, book.usage_monthly.assign(account_id="A")])
    again = Book({**book.tables, "usage_monthly": usage}, book.as_of)
    assert number(features(again, how), ("usage", "all", 0)) == pytest.approx(0.3)


def test_a_book_of_contracts_alone_tells_what_it_can(book, how):
    bare = Book({name: book.tables[name] for name in ("accounts", "contracts")}, book.as_of)
    told = set(features(bare, how).index.get_level_values("statistic"))
    assert {"leave_term", "amount_median"} <= told
    assert told.isdisjoint({"expand", "usage", "seat_price"})


def test_movements_made_of_fees_are_counted_in_the_same_way_whatever_else_is_there(book, how):
    from dataclasses import replace

    found = features(book, replace(how, fees_only=True))
    assert number(found, ("expand", "all", 0)) == 0  # no second contract of anybody is dearer


def test_one_price_for_everybody_has_a_middle_and_no_spread(book, how):
    same = Book({**book.tables, "contracts": book.contracts.assign(mrr_amount=500.0)}, book.as_of)
    found = features(same, how)
    assert number(found, ("amount_median", "all", 0)) == pytest.approx(500)
    assert number(found, ("amount_spread", "all", 0)) == 0
