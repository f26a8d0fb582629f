"""The pipeline agrees with customers won and deals lost, knows only the past, and still runs on at the last day."""

import pandas as pd
import pytest

from cslab import world
from cslab.book import Book

SURE = 3.3
"""Standard errors that chance hardly ever goes beyond."""


@pytest.fixture(scope="module")
def book() -> Book:
    return world.company("default_jp", seed=2, accounts=300)


def test_a_deal_that_was_won_ends_on_the_day_the_customer_signed(book):
    won = book.deals[book.deals["outcome"] == "won"].merge(book.accounts, on="account_id", suffixes=("", "_account"))
    assert (won["closed_on"] == won["signed_on"]).all()
    assert ((won["closed_on"] - won["engaged_on"]).dt.days == won["eval_days"]).all()
    assert (won["mrr_amount"] == won["mrr0_amount"]).all()
    assert (won["sales_rep_id"] == won["sales_rep_id_account"]).all()
    assert (won["segment"] == won["segment_account"]).all()


def test_every_customer_who_signed_within_the_records_is_in_the_pipeline_and_no_other(book):
    signed = book.accounts[book.accounts["signed_on"] >= book.window_start]
    assert set(book.deals["account_id"].dropna()) == set(signed["account_id"])


def test_a_deal_that_was_lost_is_the_one_in_the_list_of_lost_deals(book):
    pairs = book.deals.merge(book.lost_deals, left_on="lost_deal_id", right_on="deal_id", suffixes=("", "_lost"))
    assert len(pairs) == len(book.lost_deals) == (book.deals["outcome"] == "lost").sum()
    assert (pairs["closed_on"] == pairs["lost_on"]).all()
    assert ((pairs["closed_on"] - pairs["engaged_on"]).dt.days == pairs["eval_days"]).all()
    assert (pairs["mrr_amount"] == pairs["mrr_amount_lost"]).all()


def test_an_open_deal_does_not_tell_how_it_will_end(book):
    still = book.deals[book.deals["outcome"] == "open"]
    assert len(still) > 0
    assert still[["account_id", "closed_on", "lost_deal_id"]].isna().all(axis=None)
    assert (still["engaged_on"] <= book.as_of).all()


def test_the_number_of_a_deal_follows_the_day_on_which_it_began(book):
    assert book.deals["deal_id"].is_unique and book.deals["engaged_on"].is_monotonic_increasing


@pytest.mark.parametrize("months", [30, 47, 54])
def test_a_longer_run_begins_with_the_pipeline_of_the_shorter_one(months):
    longer, shorter = (world.company("tiny", accounts=200, months=many) for many in (54, months))
    pd.testing.assert_frame_equal(longer.at(shorter.as_of).deals, shorter.deals)


def test_as_many_deals_begin_at_the_end_of_the_records_as_a_year_before():
    begun = world.company("calibration", accounts=2000, months=48).deals["engaged_on"]
    last, before = (begun.between(f"{year}-01-01", f"{year}-03-31").sum() for year in (2025, 2024))
    assert before > 300 and abs(last - before) < SURE * (last + before) ** 0.5


def test_the_pipeline_of_a_company_without_representatives_names_none():
    assert "sales_rep_id" not in world.company("calibration", accounts=100, months=48).deals


@pytest.mark.slow
def test_deals_are_the_same_however_the_offices_are_grouped():
    one, other = (world.company("default_jp", accounts=2100, months=24, chunk=size) for size in (16, 1))
    pd.testing.assert_frame_equal(one.deals, other.deals)
