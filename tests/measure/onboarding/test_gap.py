"""The gap of onboarding: between two groups, for one customer, for the whole company."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.onboarding import gap, gap_adjusted, gap_between, gap_truth

Make = Callable[..., Book]


@pytest.fixture
def ten(company: Make) -> Book:
    """Ten customers who signed in January 2023: six on board after ten days, one of whom left after twelve months; four
    never, two of whom left after six."""
    ids = [f"A{number}" for number in range(10)]
    begun = pd.DataFrame({"account_id": ids, "milestone": "first_value", "kind": "value"})
    begun = begun.assign(started=pd.Timestamp("2023-01-01"), done=pd.Timestamp("2023-01-11"))
    begun["done"] = begun["done"].where(begun.index < 6)
    ends = ["2024-01-01", *["2026-01-01"] * 5, "2023-07-01", "2023-07-01", *["2026-01-01"] * 2]
    contracts = pd.DataFrame({"account_id": ids, "start": pd.Timestamp("2023-01-01"), "end": pd.to_datetime(ends)})
    outcome = contracts["end"].map(lambda end: "open" if end.year == 2026 else "churned")
    return company("2025-06-30", onboarding=begun, contracts=contracts.assign(outcome=outcome))


def test_the_gap_is_the_difference_of_both_groups_churn(ten: Book) -> None:
    assert gap_between(ten, 3, 24).estimate == pytest.approx(2 / 4 - 1 / 6)
    assert gap_between(ten, 3, 8).estimate == pytest.approx(2 / 4)


def test_of_the_company_it_is_the_gap_times_the_share_that_is_late(ten: Book) -> None:
    found = gap(ten, 3, 24).set_index(["scope", "way"])["estimate"]
    assert found["company", "naive"] == pytest.approx(0.4 * (2 / 4 - 1 / 6))
    assert gap(ten, 3, 24).attrs["share"] == pytest.approx(0.4)


def test_where_nothing_else_is_known_of_them_adjusting_changes_nothing(ten: Book) -> None:
    found = gap(ten, 3, 24).set_index(["scope", "way"])["estimate"]
    assert found["customer", "adjusted"] == pytest.approx(found["customer", "naive"])
    assert gap_adjusted(ten, 3, 24).estimate == pytest.approx(found["company", "adjusted"])


def test_what_happens_after_the_groups_are_told_apart_puts_nobody_into_one(ten: Book) -> None:
    # three of the six begin two months late: on board 104 days after signing, though 45 after the beginning
    late = ten.onboarding.index < 3
    begun = ten.onboarding.assign(
        started=ten.onboarding["started"].mask(late, pd.Timestamp("2023-03-01")),
        done=ten.onboarding["done"].mask(late, pd.Timestamp("2023-04-15")),
    )
    assert gap(Book({**ten.tables, "onboarding": begun}, ten.as_of), 3, 24).attrs["share"] == pytest.approx(0.7)


def test_whoever_left_before_the_groups_are_told_apart_is_in_neither(ten: Book) -> None:
    assert gap(ten, 3, 24)["n"].unique().tolist() == [10]
    assert gap(ten, 7, 24)["n"].unique().tolist() == [8]


def test_what_differs_at_signing_is_taken_out(ten: Book) -> None:
    # everybody late is of the segment in which two of four leave, so the segment may as well be what makes them leave
    accounts = pd.DataFrame({"account_id": [f"A{number}" for number in range(10)]})
    accounts["segment"] = ["small"] * 6 + ["large"] * 4
    book = Book({**ten.tables, "accounts": accounts}, ten.as_of)
    found = gap(book, 3, 24).set_index(["scope", "way"])["estimate"]
    assert found["customer", "adjusted"] == pytest.approx(found["customer", "naive"] / 2)  # nobody can tell them apart


def test_what_cannot_be_compared_is_said(ten: Book) -> None:
    with pytest.raises(UsageError):
        gap(ten, 24, 3)
    on_board = ten.onboarding.assign(done=pd.Timestamp("2023-01-11"))
    with pytest.raises(NotReady, match="late"):
        gap(Book({**ten.tables, "onboarding": on_board}, ten.as_of))


@pytest.mark.slow
def test_the_truth_is_that_of_a_world_in_which_nobody_stalls() -> None:
    book = cslab.load("synthetic:tiny?accounts=200")
    company, customer = (gap_truth(book, 12, scope) for scope in ("company", "customer"))
    assert company is not None and customer is not None
    stalled = book.truth.accounts()["stalled"].mean()  # type: ignore[union-attr]
    assert 0 < float(company) < float(customer) and float(customer) == pytest.approx(float(company) / stalled)
    assert gap_truth(book.hide_truth(), 12) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_company_gains_less_than_the_gap_and_adjusting_comes_near(seed: int) -> None:
    book = cslab.load(f"synthetic:default_jp?accounts=4000&seed={seed}")
    between, adjusted, truth = gap_between(book), gap_adjusted(book), gap_truth(book)
    assert truth is not None and float(between) > 2 * float(truth)
    assert abs(float(adjusted) - float(truth)) < 0.025
    customer = gap_truth(book, scope="customer")
    assert customer is not None and abs(float(customer) - float(between)) < 0.06  # for one customer it is no illusion
