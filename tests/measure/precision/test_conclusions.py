"""Every main conclusion has a precision on a book that can carry it, and its lack is named on one that cannot."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

import cslab
from cslab.course.lessons import lessons
from cslab.faults import UsageError
from cslab.measure import precision
from cslab.measure.precision.declared import CONCLUSIONS
from cslab.measure.survival import at, kaplan_meier


@pytest.fixture(scope="module")
def book():
    return cslab.load("synthetic:default_jp?accounts=300")


@pytest.fixture(scope="module")
def found(book):
    return {one.name: one for one in precision.conclusions(book)}


def without(book, *tables: str):
    return replace(book, tables={name: frame for name, frame in book.tables.items() if name not in tables})


def test_every_conclusion_has_a_precision_on_a_book_that_holds_everything(found):
    assert list(found) == [one.name for one in CONCLUSIONS]


def test_every_lesson_about_a_company_has_conclusions():
    told = {one.lesson for one in CONCLUSIONS}
    assert {one.number for one in lessons() if one.number <= "12"} <= told


def test_a_book_without_a_table_loses_only_the_conclusions_that_need_it(book, found):
    kept, lacking = precision.with_lacking(without(book, "touches", "handoffs"))
    assert {*found} - {one.name for one in kept} == {"hours", "handed_over"} == {*lacking}
    assert [fault.key for fault in lacking["hours"]] == ["no_table"]


def test_nothing_is_looked_up_in_the_truth(book, found):
    hidden = {one.name: one.at(9) for one in precision.conclusions(book.hide_truth(), "11")}
    assert hidden == {name: found[name].at(9) for name in hidden}


def test_the_width_is_that_of_the_interval_which_the_lesson_shows(book, found):
    shown = at(kaplan_meier(cslab.measure.durations.durations(book)), 12)
    assert found["still_there"].value == pytest.approx((shown.high - shown.low) / 2)


def test_a_line_sees_less_than_a_lot_and_a_lot_more_than_a_small_group(found):
    assert found["line"].at(40) > found["lot"].at(40)
    assert found["tiers"].at(40) > found["two_years"].at(40)


def test_a_longer_window_needs_longer_records(book):
    lacking = precision.with_lacking(book, "00", months=60)[1]
    assert [fault.key for fault in lacking["lost"]] == ["precision.short_records"]


def test_more_power_takes_more_customers(book):
    least, most = (precision.conclusions(book, "12", power=power)[0] for power in (0.5, 0.95))
    assert least.customers() < most.customers()


def test_an_unknown_lesson_is_refused_with_those_there_are(book):
    with pytest.raises(UsageError, match="Known: 00, 01"):
        precision.conclusions(book, "13")


def test_a_stock_sample_tells_what_needs_no_calendar(book):
    import pandas as pd

    accounts = pd.DataFrame({"account_id": [f"A{place}" for place in range(200)]})
    contracts = accounts.assign(tenure_months=[1.0 + place % 40 for place in range(200)])
    contracts["ended"] = [place % 4 == 0 for place in range(200)]
    stock = cslab.book.Book({"accounts": accounts, "contracts": contracts}, book.as_of, stock_sample=True)
    told = [one.name for one in precision.conclusions(stock)]
    assert told == ["still_there", "one_sign", "score"]


def test_a_company_that_nobody_has_left_is_told_so_without_a_number(book):
    gone = set(book.churn_events["account_id"])
    stays = {
        name: frame[~frame["account_id"].isin(gone)].reset_index(drop=True)
        for name, frame in ((name, getattr(book, name)) for name in ("accounts", "contracts", "mrr_movements"))
    }
    faithful = replace(book, tables=stays)
    told = {one.name: one for one in precision.conclusions(faithful)}
    assert math.isnan(told["two_years"].value) and math.isnan(told["one_sign"].value)
    assert told["lost"].base == 0 and told["lost"].value > 0


def test_the_table_says_for_every_row_whether_there_are_enough_customers(found):
    table = precision.table(list(found.values()))
    known = table[table["customers"].notna()]
    assert (known["enough"] == (known["customers"] <= known["n"])).all()
