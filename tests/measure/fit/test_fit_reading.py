"""How a book is read for a fit: groups, terms, length of the records."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.book import Book, Note
from cslab.measure.fit import reading_of


def of(contracts: dict[str, object], accounts: dict[str, object] | None = None, **others: object) -> Book:
    """A book of contracts that begin in 2022, known until the end of March 2024."""
    frame = pd.DataFrame({"start": pd.Timestamp("2022-04-01"), "outcome": "open", **contracts})
    people = pd.DataFrame({"account_id": frame["account_id"].unique(), **(accounts or {})})
    return Book({"accounts": people, "contracts": frame}, pd.Timestamp("2024-03-31"), **others)


def customers(count: int) -> list[str]:
    return [f"A{place:03d}" for place in range(count)]


def test_our_segments_are_the_groups():
    book = of({"account_id": customers(2), "end": pd.Timestamp("2025-04-01")}, {"segment": ["mid", "smb"]})
    how = reading_of(book)
    assert (how.grouped, how.groups.tolist()) == ("segment", ["mid", "smb"])


def test_customers_with_other_segments_are_parted_by_what_they_pay():
    ends = {"end": pd.Timestamp("2025-04-01"), "mrr_amount": [float(amount) for amount in range(1, 101)]}
    how = reading_of(of({"account_id": customers(100), **ends}, {"segment": ["gold", "silver"] * 50}))
    assert how.grouped == "amount"
    assert how.groups.value_counts().to_dict() == {"smb": 70, "mid": 22, "enterprise": 8}


@pytest.mark.parametrize("amounts", [{}, {"mrr_amount": 50.0}])
def test_without_segments_and_amounts_that_differ_all_are_one_group(amounts):
    book = of({"account_id": customers(100), "end": pd.Timestamp("2025-04-01"), **amounts})
    assert reading_of(book).grouped == "one"


def test_terms_are_the_commonest_of_the_book_filled_up_with_usual_ones():
    terms = [6] * 5 + [12] * 3 + [60] * 2
    how = reading_of(of({"account_id": customers(10), "end": pd.Timestamp("2025-04-01"), "term_months": terms}))
    assert (how.terms_known, how.terms) == (True, (1, 6, 12, 60))


def test_contracts_that_last_as_long_as_somebody_stays_have_no_term():
    ends = pd.to_datetime(["2022-09-02", "2023-06-20", "2023-12-05", "2024-01-11"])
    how = reading_of(of({"account_id": customers(4), "end": ends, "outcome": "churned"}))
    assert (how.terms_known, how.terms[0]) == (False, 1)


def test_records_run_from_the_day_from_which_everybody_is_on_record():
    ends = {"account_id": customers(2), "end": pd.Timestamp("2025-04-01")}
    watched = {"observed_from": pd.to_datetime(["2023-04-01", "2023-10-01"])}
    assert reading_of(of(ends)).months == 24  # the first contract
    assert reading_of(of(ends, watched)).months == 12
    assert reading_of(of(ends, watched, window_start=pd.Timestamp("2023-01-01"))).months == 15


def test_records_of_a_list_without_dates_are_as_long_as_the_longest_tenure():
    listed = {"account_id": customers(3), "tenure_months": [5.0, 20.0, 9.0], "ended": [True, False, True]}
    frame = pd.DataFrame(listed)
    book = Book({"accounts": frame[["account_id"]], "contracts": frame}, pd.Timestamp("2024-03-31"), stock_sample=True)
    assert reading_of(book).months == 21


def test_movements_read_off_fees_are_known_by_their_note():
    ends = {"account_id": customers(2), "end": pd.Timestamp("2025-04-01")}
    assert not reading_of(of(ends)).fees_only
    assert reading_of(of(ends, notes=(Note("movements_made", {"count": 2, "contracts": 2}),))).fees_only
