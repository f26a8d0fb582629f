"""A book never knows more than its day, says what it lacks, and cannot be poisoned."""

import datetime
import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cslab.book import Book, read_day, read_days
from cslab.faults import NotReady, UsageError
from cslab.tables import EVENTS, TABLES, Lazy


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


@pytest.fixture
def book() -> Book:
    accounts = pd.DataFrame(
        {"account_id": ["A", "B"], "observed_from": [day("2023-04-01"), day("2024-02-10")], "segment": ["smb", "mid"]}
    )
    contracts = pd.DataFrame(
        {
            "account_id": ["A", "A"],
            "start": [day("2023-04-01"), day("2024-04-01")],
            "end": [day("2024-04-01"), day("2025-04-01")],
            "decided_on": [day("2024-02-01"), pd.NaT],
            "outcome": ["renewed", "open"],
        }
    )
    usage = pd.DataFrame(
        {"account_id": "A", "month": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"]), "logins": [5, 6, 7]}
    )
    return Book({"accounts": accounts, "contracts": contracts, "usage_monthly": usage}, day("2024-04-30"))


def test_a_row_is_there_from_the_day_it_became_known(book):
    assert list(book.at("2024-02-09").accounts["account_id"]) == ["A"]
    assert list(book.at("2024-02-10").accounts["account_id"]) == ["A", "B"]
    assert len(book.at("2024-03-31").contracts) == 1


def test_a_renewal_is_open_until_the_day_it_was_decided(book):
    before, after = book.at("2024-01-31").contracts, book.at("2024-02-01").contracts
    assert (before["outcome"].item(), before["decided_on"].isna().item()) == ("open", True)
    assert (after["outcome"].item(), after["decided_on"].item()) == ("renewed", day("2024-02-01"))


def test_without_a_day_of_decision_an_outcome_is_known_when_the_term_has_run_out(book):
    tables = {**book.tables, "contracts": book.contracts.drop(columns="decided_on")}
    undated = Book(tables, book.as_of)
    assert undated.at("2024-03-31").contracts["outcome"].item() == "open"
    assert list(undated.at("2024-04-29").contracts["outcome"]) == ["renewed", "open"]


def test_a_month_is_known_when_it_is_over(book):
    assert list(book.at("2024-02-28").usage_monthly["logins"]) == [5]
    assert list(book.at("2024-02-29").usage_monthly["logins"]) == [5, 6]


def test_the_past_of_the_past_is_the_past(book):
    once, twice = book.at("2024-01-31"), book.at("2024-03-15").at("2024-01-31")
    for name in book.tables:
        pd.testing.assert_frame_equal(once.tables[name], twice.tables[name])


def test_a_day_after_the_data_is_refused_with_the_last_day(book):
    with pytest.raises(UsageError, match="2024-04-30"):
        book.at("2024-05-01")


def test_a_stock_sample_has_no_earlier_day(book):
    with pytest.raises(NotReady, match="stock sample"):
        Book(book.tables, book.as_of, stock_sample=True).at("2024-01-01")


def test_an_absent_table_says_how_to_get_it_and_an_unknown_one_lists_the_tables(book):
    with pytest.raises(NotReady, match=r"churn_events\.csv"):
        _ = book.churn_events
    with pytest.raises(AttributeError, match="usage_monthly"):
        _ = book.usage


def test_all_lacks_are_named_at_once_with_what_each_column_means(book):
    with pytest.raises(NotReady) as caught:
        book.require("contracts.term_months", "churn_events", "truth", "accounts.segment")
    assert [fault.key for fault in caught.value.faults] == ["no_term_months", "no_table", "no_truth"]
    assert "契約期間" in caught.value.text("ja")


def test_a_misspelt_need_names_the_nearest(book):
    (fault,) = book.lacks("contracts.term_month")
    assert fault.values["near"] == "contracts.term_months"


def test_what_one_cell_does_to_a_frame_does_not_reach_the_next(book):
    mine = book.usage_monthly
    mine.loc[0, "logins"] = 999
    mine["extra"] = 1
    assert list(book.usage_monthly["logins"]) == [5, 6, 7]
    assert "extra" not in book.usage_monthly


def test_a_column_that_an_export_overwrites_is_left_out_of_an_earlier_day_and_the_notes_say_so(book, monkeypatch):
    declared = TABLES["accounts"]
    snapshot = replace(
        declared,
        columns=tuple(replace(c, known_from=("snapshot",)) if c.name == "segment" else c for c in declared.columns),
    )
    monkeypatch.setitem(TABLES, "accounts", snapshot)
    earlier = book.at("2024-03-31")
    assert "segment" in book.accounts and "segment" not in earlier.accounts
    assert [note.text("en").split(":")[0] for note in earlier.notes] == ["accounts.segment"]


def test_an_account_without_a_date_of_its_own_is_known_from_its_first_row_elsewhere(book):
    accounts = pd.DataFrame({"account_id": ["A", "B", "C"], "signed_on": [pd.NaT, day("2024-02-10"), pd.NaT]})
    undated = replace(book, tables={**book.tables, "accounts": accounts})
    assert list(undated.at("2023-03-31").accounts["account_id"]) == ["C"], "nothing says when C became known"
    assert list(undated.at("2023-04-01").accounts["account_id"]) == ["A", "C"]
    bare = replace(book, tables={**book.tables, "accounts": accounts[["account_id"]]})
    assert list(bare.at("2023-03-31").accounts["account_id"]) == ["B", "C"]


def test_no_row_is_left_without_its_account_on_an_earlier_day(book):
    accounts = pd.DataFrame({"account_id": ["A"]})
    usage = pd.DataFrame({"account_id": ["A"], "month": [day("2023-02-01")], "logins": [3]})  # a trial, then a contract
    trial = replace(book, tables={"accounts": accounts, "contracts": book.contracts, "usage_monthly": usage})
    assert [len(frame) for frame in trial.at("2023-02-28").tables.values()] == [1, 0, 1]
    assert [len(frame) for frame in trial.at("2023-02-27").tables.values()] == [0, 0, 0]


@pytest.mark.parametrize(
    "nothing", [pd.NaT, None, "", "soon", 2023, 20230401, True, "2023", "01/02/2023", "31.3.2023", "2024-02-30"]
)
def test_what_is_no_day_or_could_be_two_is_refused(book, nothing):
    with warnings.catch_warnings(), pytest.raises(UsageError, match="2024-03-31"):
        warnings.simplefilter("error")
        book.at(nothing)


def test_clock_and_zone_of_a_day_do_not_matter(book):
    assert book.at(pd.Timestamp("2024-02-10 23:30", tz="Asia/Tokyo")).as_of == day("2024-02-10")


@pytest.mark.parametrize(
    "given",
    [
        *("2024-02-10", "2024/2/10", "2024年2月10日", "２０２４年２月１０日"),
        *(datetime.date(2024, 2, 10), datetime.datetime(2024, 2, 10, 9), np.datetime64("2024-02-10")),
    ],
)
def test_a_day_is_read_in_the_ways_that_leave_no_doubt(given):
    assert read_day(given) == day("2024-02-10")


@pytest.mark.parametrize("far", [datetime.date(1500, 1, 1), "9999-12-31"])
def test_a_day_that_no_table_can_hold_is_refused(far):
    with pytest.raises(UsageError):
        read_day(far)


def test_a_book_shows_itself_in_a_few_lines_and_makes_no_table_for_it(book):
    lazy = replace(book, tables=Lazy({"accounts": lambda: book.accounts, "contracts": lambda: 1 / 0}), source="here")
    assert "'here', as of 2024-04-30, 2 tables: accounts, contracts)" in repr(lazy)
    _ = lazy.accounts
    assert "accounts 2, contracts)" in repr(lazy)


def test_the_tables_of_a_book_are_completed_by_tab_and_named_where_one_is_misspelt(book):
    assert {"accounts", "usage_monthly", EVENTS.name, "at", "has"} <= set(dir(book))
    assert "churn_events" not in dir(book)
    with pytest.raises(AttributeError, match=EVENTS.name):
        _ = book.usage


def test_a_table_that_is_missing_is_named_once():
    assert len(Book({}, pd.Timestamp("2024-03-31")).lacks("contracts.start", "contracts.end")) == 1


def test_days_that_could_be_two_are_not_guessed_in_a_column():
    days = read_days(pd.Series(["2024-03-31", "03/04/2024", None, "2024年4月1日"]))
    assert days.isna().tolist() == [False, True, True, False]


def test_departures_are_a_need_and_who_renewed_or_is_on_an_open_contract_is_none(book):
    assert book.has("contracts.end") and not book.has("departures")
    (fault,) = book.lacks("departures")
    assert (fault.key, fault.values["n"], fault.values["least"]) == ("few_departures", 0, 1)
    later = replace(book, as_of=day("2025-04-01"))
    assert later.has("departures") and not later.has("many_departures")
    endless = book.contracts.assign(end=[day("2024-04-01"), pd.NaT])
    assert not Book({"contracts": endless}, day("2025-04-01")).has("departures")


def test_where_no_contract_says_when_it_ends_departures_are_not_asked_for():
    assert Book({}, day("2024-03-31")).has("departures")
