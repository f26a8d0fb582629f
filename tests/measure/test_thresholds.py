"""Other lines between the touch tiers, the same customers, the same luck: what must differ, and what must not."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab import load
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.thresholds import own_lines, tried, under_lines

pytestmark = pytest.mark.slow

OWN = (80_000.0, 400_000.0)


@pytest.fixture(scope="module")
def book() -> Book:
    """A company of four hundred customers."""
    return load("synthetic:default_jp?seed=3&accounts=400")


def test_its_own_lines_give_the_company_its_own_numbers_exactly(book: Book) -> None:
    (row,) = under_lines(book, [OWN]).to_dict("records")
    own = book.truth.followed(36, book.as_of)
    assert own_lines(book) == OWN and row["own"]
    assert row["hours"] == own["hours"].sum() / 36
    assert row["mrr_amount"] == own["value_amount"].sum() / 36
    assert (row["more_amount"], row["more_low"], row["more_high"], row["moved"]) == (0, 0, 0, 0)


def test_lines_a_hair_beside_its_own_change_nothing_that_happens(book: Book) -> None:
    beside, own = under_lines(book, [(80_000.001, 400_000.001), OWN]).to_dict("records")
    assert not beside.pop("own") and own.pop("own")
    assert {name: beside[name] for name in beside if name[:4] not in ("mid_", "high")} == {
        name: own[name] for name in own if name[:4] not in ("mid_", "high")
    }


@settings(max_examples=12)
@given(st.lists(st.floats(1e3, 5e6), min_size=4, max_size=4))
def test_lower_lines_never_take_fewer_hours(book: Book, amounts: list[float]) -> None:
    low_mid, mid, low_high, high = sorted(amounts)
    lower, higher = under_lines(book, [(low_mid, low_high), (mid, high)], horizon=24)["hours"]
    assert lower >= higher


def test_where_touch_does_nothing_other_lines_cost_hours_and_change_nothing_else() -> None:
    null = load("synthetic:no_effect?accounts=300")
    found = tried(null, [0.5, 2.0])
    assert found["grr"].nunique() == 1 and found["mrr_amount"].nunique() == 1
    assert found["hours"].is_monotonic_decreasing and found["hours"].is_unique
    own = found.loc[found["own"], "cost_amount"].item()
    pd.testing.assert_series_equal(found["more_amount"], own - found["cost_amount"], check_names=False)


def test_lines_out_of_reach_are_tech_touch_for_everybody() -> None:
    pure = load("synthetic:default_jp?accounts=300&policy=pure_rule")
    everybody = load("synthetic:default_jp?accounts=300&policy=all_tech").truth.followed(36, pure.as_of)
    nobody = under_lines(pure, [(1e12, 1e12)])
    assert nobody["hours"].item() == pytest.approx(everybody["hours"].sum() / 36)
    assert nobody["mrr_amount"].item() == pytest.approx(everybody["value_amount"].sum() / 36)


def test_more_is_what_is_left_less_what_is_left_under_its_own(book: Book) -> None:
    found = tried(book, [0.5, 2.0, 4.0])
    own = found.loc[found["own"], "left_amount"].item()
    assert (found["left_amount"] - own).tolist() == pytest.approx(found["more_amount"].tolist())
    assert (found["left_amount"] - found["mrr_amount"] + found["cost_amount"]).abs().max() < 1e-3
    others = found[~found["own"]]
    assert ((others["more_low"] < others["more_amount"]) & (others["more_amount"] < others["more_high"])).all()


def test_steps_are_multiples_in_order_and_its_own_are_always_among_them(book: Book) -> None:
    assert tried(book, [2.0, 0.5])["mid_amount"].tolist() == [40_000, 80_000, 160_000]
    assert tried(book, [2.0, 0.5])["own"].tolist() == [False, True, False]


@pytest.mark.parametrize("company", ["rct", "soft_rule", "tiny?policy=all_high", "rct?policy=firefighting"])
def test_a_company_that_draws_no_lines_has_none_to_move(company: str) -> None:
    without = load(f"synthetic:{company}")
    assert not without.has("touch_lines")
    with pytest.raises(NotReady, match="no lines to move"):
        own_lines(without)


@pytest.mark.parametrize("policy", ["rule", "pure_rule", "high_onboarding", "firefighting", "program_rct"])
def test_a_company_that_goes_by_size_has_its_lines_whatever_else_its_policy_says(policy: str) -> None:
    assert own_lines(load(f"synthetic:tiny?policy={policy}")) == OWN


def test_an_hour_costs_what_a_month_of_a_csm_costs_by_the_hour(book: Book) -> None:
    assert tried(book, []).attrs["hour_amount"] == pytest.approx(10_000_000 / 12 / 130)
    dollars = tried(load("synthetic:default_us?accounts=200"), [])
    assert dollars.attrs["hour_amount"] == pytest.approx(150_000 / 12 / 130)
    assert dollars.attrs["currency"] == "USD"


def test_only_what_is_known_by_the_books_last_day_counts() -> None:
    early = load("synthetic:default_jp?accounts=300", "2024-03-31")
    late = load("synthetic:default_jp?accounts=300")
    assert tried(early, [])["n"].item() < tried(late, [])["n"].item()


def test_what_cannot_be_answered_is_refused(book: Book) -> None:
    with pytest.raises(NotReady, match="120 months"):
        tried(book, horizon=120)
    with pytest.raises(NotReady, match="synthetic"):
        tried(book.hide_truth())
    with pytest.raises(UsageError, match="steps = 0"):
        tried(book, [0.0, 2.0])
    with pytest.raises(UsageError, match="thresholds"):
        under_lines(book, [(400_000.0, 80_000.0)])
