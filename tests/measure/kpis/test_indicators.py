"""The indicators as tables: complete, in words, and the same as their measures alone."""

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.kpis import KPIS, SUCCESS_KPIS, SUPPORT_KPIS, effort, success, success_kpis, support, support_kpis
from cslab.words import has_word

YEAR = ("2024-04-01", "2025-04-01")
ALONE = {
    "csat": support.csat,
    "ticket_volume": support.volume,
    "first_response_mean": support.first_response_mean,
    "first_response_median": support.first_response,
    "answer_rate": support.answer_rate,
    "contacts_per_resolution": support.contacts_per_resolution,
    "fcr": support.fcr,
    "resolution_time": support.resolution_time,
    "onboarding_completion": success.onboarding_completion,
    "effort_reduction": effort.effort_reduction,
    "cross_upsell_rate": success.cross_upsell_rate,
}


@pytest.fixture(scope="module")
def book() -> Book:
    return cslab.load("synthetic:default_jp?seed=3&accounts=300")


@pytest.fixture(scope="module")
def year(book) -> pd.DataFrame:
    return pd.concat([support_kpis(book, *YEAR), success_kpis(book, *YEAR)]).set_index("kpi")


def test_there_are_the_usual_five_and_four_with_waiting_in_two_ways_and_two_more(year):
    assert list(year.index) == [kpi.name for kpi in (*SUPPORT_KPIS, *SUCCESS_KPIS)]
    assert len(SUPPORT_KPIS) == 5 + 1 + 2 and len(SUCCESS_KPIS) == 4


@pytest.mark.parametrize("name", ALONE)
def test_each_is_its_measure(book, year, name):
    alone = ALONE[name](book, *YEAR)
    row = year.loc[name]
    assert [row[field] for field in ("estimate", "low", "high", "n")] == pytest.approx(
        [alone.estimate, alone.low, alone.high, alone.n], nan_ok=True
    )
    assert row["method"] == alone.method == KPIS[name].method


def test_every_word_of_an_indicator_is_one_that_a_reader_has():
    words = {
        word
        for kpi in KPIS.values()
        for word in (kpi.name, kpi.unit, kpi.numerator, kpi.denominator, kpi.window, kpi.method)
    }
    assert [word for word in sorted(words) if not has_word(f"label.{word}")] == []


def test_the_parts_of_the_volume_add_up_by_month_and_by_segment(book, year):
    for by in ("month", "segment"):
        parts = support_kpis(book, *YEAR, by=by).query("kpi == 'ticket_volume'")
        assert parts["estimate"].sum() == year.loc["ticket_volume", "estimate"]
    assert len(support_kpis(book, *YEAR, by="month")) == 12 * len(SUPPORT_KPIS)


def test_a_segment_has_the_numbers_of_a_book_of_its_own(book):
    chosen = book.accounts.loc[book.accounts["segment"] == "smb", "account_id"]
    tables = {name: book.tables[name] for name in ("accounts", "tickets", "mrr_movements", "onboarding")}
    alone = Book({name: table[table["account_id"].isin(chosen)] for name, table in tables.items()}, book.as_of)
    names = ["kpi", "estimate", "low", "high", "n"]
    for made in (support_kpis, success_kpis):
        parts = made(book, *YEAR, by="segment").query("segment == 'smb'")[names].reset_index(drop=True)
        pd.testing.assert_frame_equal(parts, made(alone, *YEAR)[names])


def test_a_month_has_the_numbers_of_a_window_of_its_own(book):
    for made, names in ((support_kpis, list(KPIS)), (success_kpis, ["onboarding_completion", "logo_churn"])):
        months = made(book, *YEAR, by="month")
        months = months[(months["month"] == pd.Timestamp("2024-10-01")) & months["kpi"].isin(names)]
        alone = made(book, "2024-10-01", "2024-11-01")
        alone = alone[alone["kpi"].isin(names)]
        assert np.allclose(months["estimate"], alone["estimate"])
        assert months["n"].tolist() == alone["n"].tolist()


def test_nothing_looks_past_the_day_as_of_which_the_book_is_read(book):
    early, window = book.at("2024-09-30"), ("2024-07-01", "2024-10-01")
    now = support_kpis(book, *window).set_index("kpi")
    then = support_kpis(early, *window).set_index("kpi")
    settled = ["ticket_volume", "answer_rate", "first_response_median", "contacts_per_resolution", "fcr"]
    pd.testing.assert_frame_equal(then.loc[settled], now.loc[settled])
    with pytest.raises(UsageError, match="2024-09-30"):
        support_kpis(early, "2024-07-01", "2024-11-01")


def test_order_of_rows_changes_nothing(book, year):
    mixed = {
        name: book.tables[name].sample(frac=1, random_state=1) for name in ("tickets", "mrr_movements", "onboarding")
    }
    other = Book(mixed, book.as_of)
    found = pd.concat([support_kpis(other, *YEAR), success_kpis(other, *YEAR)]).set_index("kpi")
    names = ["estimate", "low", "high", "n"]
    pd.testing.assert_frame_equal(found[names], year[names])


def test_what_the_book_does_not_hold_has_no_number(book):
    bare = Book({"tickets": book.tickets.drop(columns="csat")}, book.as_of)
    found = support_kpis(bare, *YEAR).set_index("kpi")
    assert np.isnan(found.loc["csat", "estimate"]) and found.loc["csat", "method"] == "unknown"
    assert found.loc["fcr", "estimate"] > 0
    with pytest.raises(NotReady, match="tickets"):
        support_kpis(Book({"accounts": book.accounts}, book.as_of), *YEAR)


def test_a_split_that_is_not_there_names_the_nearest(book):
    with pytest.raises(UsageError, match="segment"):
        support_kpis(book, *YEAR, by="segmnt")
