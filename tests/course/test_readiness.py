"""What a source can carry is said before anybody runs a lesson on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

import cslab
from cslab.course.lessons import find
from cslab.course.listing import lack_lines, ready_rows
from cslab.course.questions import bank
from cslab.course.readiness import facts, readiness
from cslab.course.sheets import exercises


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


def test_a_section_is_left_out_only_when_none_of_its_cells_runs(course, book):
    heading = '# %% [markdown] lang="en"\n# ## Apart\n# %% [markdown] lang="ja"\n# ## 別の節\n# %%\n'
    own = f"1\n{heading}# %%needs contracts.tenure_months\n"
    last = "# %%\n# %%needs usage_monthly.x_no\ntruth ="
    course(("# %%needs contracts.tenure_months\n", own), ("# %%\ntruth =", last))
    found = readiness(book, find("99"))
    assert [(part.section, part.whole) for part in found.parts] == [("Apart", True)]
    assert lack_lines([found], "en")[1:3] == ["    left out:", "      Apart"]


def test_a_section_of_which_some_cells_run_is_left_out_in_part(course, book):
    course()
    found = readiness(book, find("99"))
    assert [part.whole for part in found.parts] == [False]
    assert "    in part (some cells are left out):" in lack_lines([found], "en")


def test_a_guess_and_a_box_keep_no_section_that_shows_nothing_else(course, book):
    heading = '1\n# %% [markdown] lang="en"\n# ## Apart\n# %% [markdown] lang="ja"\n# ## 別の節\n# %%\n'
    guess = f'{heading}predict("M01", ...)\n# %%\nmonths = 12\n# %%\n# %%needs contracts.tenure_months\n'
    last = "# %%\n# %%needs accounts.x_no\ntruth ="
    course(("# %%needs contracts.tenure_months\n", guess), ("# %%\ntruth =", last))
    assert [(part.section, part.whole) for part in readiness(book, find("99")).parts] == [("Apart", True)]


def test_a_section_about_stock_samples_is_not_left_out_for_a_stock_sample(course, book):
    about_stock = "# %%needs calendar\n1\n# %%\n# %%needs stock_sample\n"
    course(("# %%needs contracts.tenure_months\n", about_stock))
    assert readiness(replace(book, stock_sample=True), find("99")).parts == ()
    assert readiness(book, find("99")).parts == ()


def test_the_same_lack_is_told_once_with_its_sections_and_its_cure(course, book):
    twice = 'book.contracts["tenure_months"].sum()\n# %%\n# %%needs contracts.tenure_months accounts.x_no\n1'
    course(('book.contracts["tenure_months"].sum()', twice))
    lines = lack_lines([readiness(book, find("99"))] * 2, "en")
    assert lines[0] == "99  missing: contracts.tenure_months, accounts.x_no"
    assert sum(line.startswith("      contracts.tenure_months: ") for line in lines) == 1
    assert sum("map yours to it in mapping.toml" in line for line in lines) == 1


def test_an_exercise_is_listed_with_the_questions_that_cannot_be_answered(sheets, book, monkeypatch):
    sheets()
    heads, more = bank.questions()
    monkeypatch.setattr(bank, "questions", lambda: (replace(heads, needs=("tickets",)), more))
    found = readiness(without(book, "tickets"), exercises.find("99"), "en")
    assert (found.state, [part.section for part in found.parts]) == ("part", ["Number of customers"])
    assert ready_rows([found], "en") == [["runs in part", "99", "Exercises: A small exercise"]]
    lines = ["99 exercises  missing: tickets", "    cannot be answered:", "      Number of customers"]
    assert lack_lines([found], "en")[:3] == lines
    assert readiness(without(book, "contracts"), exercises.find("99")).state == "not"
    assert readiness(book, exercises.find("99")).state == "whole"


def test_whether_a_lesson_runs_stands_first(course, book):
    course()
    assert ready_rows([readiness(book, find("99"))], "en") == [["runs in part", "99", "A miniature"]]


def test_the_longest_follow_up_is_told(book):
    stayed = ~book.accounts["account_id"].isin(book.churn_events["account_id"])
    oldest = book.accounts.loc[stayed, "signed_on"].min()
    months = (book.as_of.year - oldest.year) * 12 + book.as_of.month - oldest.month
    told = int(dict(facts(book))["Observable months"].partition(" ")[0])
    assert told - months in (0, 1)  # the last month begins or is full, by the day


def test_a_term_that_can_be_counted_is_said_so(book):
    contracts = book.contracts.drop(columns="term_months")
    short = replace(book, tables={**book.tables, "contracts": contracts})
    assert 'term_months = { months_between = ["start", "end"] }' in short.lacks("contracts.term_months")[0].text("en")


def test_counts_period_and_late_entry_are_told(book):
    told = dict(facts(book))
    late = (book.accounts["observed_from"] > book.accounts["signed_on"]).sum()
    assert told["Records cover"] == "2021-04-01 to 2025-03-31"
    assert f"({late} accounts" in told["Entered late"]
    assert f"accounts {len(book.accounts)}" in told["Tables (rows)"]


def test_late_entry_is_not_made_up_where_signing_dates_are_missing(book):
    accounts = book.accounts.drop(columns="signed_on")
    said = dict(facts(replace(book, tables={**book.tables, "accounts": accounts})))["Entered late"]
    assert said == "not known: the source has no accounts.signed_on"


def test_where_nobody_says_since_when_the_records_reach_the_line_to_write_is_told(book):
    accounts = book.accounts.drop(columns="observed_from")
    said = dict(facts(replace(book, tables={**book.tables, "accounts": accounts})))["Entered late"]
    assert said.startswith("not known") and 'observed_from = { constant = "2021-04-01" }' in said
