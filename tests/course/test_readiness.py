"""What a source can carry is said before anybody runs a lesson on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

import cslab
from cslab.course.lessons import find
from cslab.course.listing import ready_rows
from cslab.course.readiness import facts, readiness


@pytest.fixture
def book():
    return cslab.load("synthetic:tiny")


def without(book, *tables: str):
    return replace(book, tables={name: frame for name, frame in book.tables.items() if name not in tables})


def test_a_lesson_whose_cells_find_everything_runs(course, book):
    course(("%%needs contracts.tenure_months", "%%needs contracts.end"))
    assert readiness(book, find("99")).state == "whole"


def test_a_lesson_with_a_cell_that_finds_nothing_runs_in_part_and_names_the_section(course, book):
    course()
    found = readiness(book, find("99"), "ja")
    assert found.state == "part"
    assert [(part.section, [fault.key for fault in part.faults]) for part in found.parts] == [
        ("はじめに", ["no_column"])
    ]


def test_a_lesson_that_lacks_a_whole_table_does_not_run_and_names_it(course, book):
    course(("needs: [accounts]", "needs: [accounts, usage_monthly.wau]"))
    found = readiness(without(book, "usage_monthly"), find("99"))
    assert (found.state, [fault.values["table"] for fault in found.lacks]) == ("not", ["usage_monthly"])


def test_the_truth_is_never_counted_as_a_lack(course, book):
    course(("%%needs contracts.tenure_months", "%%needs truth"))
    assert readiness(book.hide_truth(), find("99")).state == "whole"


def test_the_same_lack_is_told_once_with_its_sections(course, book):
    twice = 'book.contracts["tenure_months"].sum()\n# %%\n# %%needs contracts.tenure_months\n1'
    course(('book.contracts["tenure_months"].sum()', twice))
    lacks = ready_rows([readiness(book, find("99"))], "en")[0][3]
    assert lacks.count("contracts.tenure_months") == 1
    assert lacks.count("The first part") == 1


def test_counts_period_and_late_entry_are_told(book):
    told = dict(facts(book))
    late = (book.accounts["observed_from"] > book.accounts["signed_on"]).sum()
    assert told["Records cover"] == "2021-04-01 to 2025-03-31"
    assert f"({late} accounts" in told["Entered late"]
    assert f"accounts {len(book.accounts)}" in told["Tables (rows)"]


def test_late_entry_is_not_made_up_where_signing_dates_are_missing(book):
    accounts = book.accounts.drop(columns="signed_on")
    assert "not known" in dict(facts(replace(book, tables={**book.tables, "accounts": accounts})))["Entered late"]
