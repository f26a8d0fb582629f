"""What comes due in a quarter, on five contracts whose story is told here."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.renewal.due import due, every, later, origins

DAY = pd.Timestamp("2023-12-31")


def told(**columns: list[str]) -> pd.DataFrame:
    """A table of days and words."""
    frame = pd.DataFrame(columns)
    days = [name for name in frame if name in ("start", "end", "decided_on", "listed_on", "due", "notice_by")]
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in days})


@pytest.fixture
def book() -> Book:
    """Five contracts: decided beforehand, decided in the quarter, lost in it, of one month, due a year later."""
    contracts = told(
        contract_id=["C1", "C2", "C3", "C4", "C5"],
        account_id=["A1", "A2", "A3", "A4", "A5"],
        start=["2023-02-01", "2023-02-10", "2023-03-15", "2023-12-20", "2023-06-01"],
        end=["2024-02-01", "2024-02-10", "2024-03-15", "2024-01-20", "2025-06-01"],
        decided_on=["2023-12-20", "2024-01-10", "2024-02-15", "2024-01-01", ""],
        outcome=["churned", "contracted", "churned", "renewed", "open"],
    ).assign(mrr_amount=[10.0, 20.0, 30.0, 40.0, 50.0], notice_days=30)
    renewals = told(
        contract_id=["C2", "C3"],
        account_id=["A2", "A3"],
        listed_on=["2023-11-15", "2024-01-05"],
        due=["2024-02-10", "2024-03-15"],
        csm_forecast=["at_risk", "commit"],
    ).assign(arr_due_amount=[250.0, 400.0])
    return Book({"contracts": contracts, "renewals": renewals}, pd.Timestamp("2024-06-30"))


def test_only_contracts_of_more_than_a_month_that_end_in_the_quarter_come_due(book: Book) -> None:
    assert due(book, DAY)["account_id"].tolist() == ["A1", "A2", "A3"]


def test_what_was_decided_by_the_day_is_told_from_what_was_still_open(book: Book) -> None:
    assert due(book, DAY)["decided"].tolist() == [True, False, False]


def test_a_renewal_at_a_lower_price_is_one_and_a_departure_is_none(book: Book) -> None:
    assert due(book, DAY)["renewed"].tolist() == [0.0, 1.0, 0.0]


def test_the_csm_has_said_nothing_before_the_renewal_is_listed(book: Book) -> None:
    assert due(book, DAY)["csm_says"].tolist() == ["unlisted", "at_risk", "unlisted"]


def test_a_word_of_which_nobody_knows_when_it_was_said_is_not_used(book: Book) -> None:
    undated = book.renewals.drop(columns="listed_on")
    found = due(Book({**book.tables, "renewals": undated}, book.as_of), DAY)
    assert set(found["csm_says"]) == {"unlisted"}


def test_amounts_are_those_of_the_list_or_twelve_times_the_mrr(book: Book) -> None:
    assert due(book, DAY)["arr_amount"].tolist() == [120.0, 250.0, 360.0]


def test_the_notice_period_gives_the_last_day_for_a_notice_where_no_list_does(book: Book) -> None:
    assert due(book, DAY)["notice_by"].tolist() == [*pd.to_datetime(["2024-01-02", "2024-01-11", "2024-02-14"])]


def test_a_contract_that_is_still_open_on_the_last_day_has_no_outcome(book: Book) -> None:
    found = due(book, pd.Timestamp("2024-06-30"), months=12)
    assert found["account_id"].tolist() == ["A5"]
    assert found["renewed"].isna().all()


def test_the_same_rows_are_found_in_the_book_of_the_day_without_what_came_later(book: Book) -> None:
    hindsight = ["renewed", "known_on"]
    then, now = due(book.at(DAY), DAY), due(book, DAY)
    pd.testing.assert_frame_equal(then.drop(columns=hindsight), now.drop(columns=hindsight))
    assert then["renewed"].isna().tolist() == [False, True, True]


def test_a_customer_who_has_left_by_the_day_comes_due_no_more(book: Book) -> None:
    gone = told(account_id=["A2"], decided_on=["2023-11-01"]).assign(effective_on=pd.Timestamp("2023-12-01"))
    assert "A2" not in due(Book({**book.tables, "churn_events": gone}, book.as_of), DAY)["account_id"].tolist()


def test_quarters_go_back_from_the_last_day_by_the_ends_of_months(book: Book) -> None:
    days = [day.date().isoformat() for day in origins(book)]
    assert days[-1] == "2024-06-30"
    assert days[-3:] == ["2023-12-31", "2024-03-31", "2024-06-30"]


def test_a_day_within_a_month_keeps_its_number() -> None:
    assert later(pd.Timestamp("2024-05-15"), -3) == pd.Timestamp("2024-02-15")


def test_a_company_with_monthly_terms_alone_is_refused_by_name(book: Book) -> None:
    monthly = book.contracts.query("contract_id == 'C4'")
    with pytest.raises(UsageError) as caught:
        every(Book({"contracts": monthly}, book.as_of))
    assert caught.value.faults[0].key == "renewal.none_due"


def test_without_outcomes_nothing_can_be_said(book: Book) -> None:
    with pytest.raises(NotReady):
        due(Book({"contracts": book.contracts.drop(columns="outcome")}, book.as_of), DAY)
