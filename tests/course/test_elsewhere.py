"""Where too few have left a company, a lesson about scores says wherever it matters whose numbers it shows."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import cslab
from cslab.course import lesson
from cslab.course.elsewhere import about_ones_own, from_here, shown_on_their_own, whose, yours
from cslab.course.lessons import find
from cslab.course.listing import lack_lines
from cslab.course.reach import reach
from cslab.course.readiness import readiness
from cslab.course.table import table
from cslab.course.verdicts import Verdict
from cslab.words import word

OTHER = "synthetic:tiny?seed=8"


@pytest.fixture
def shown_elsewhere(course, capsys):
    """The miniature lesson, begun on a company that has lost too few, with what it has shown so far."""
    course(("%%needs contracts.tenure_months", "%%needs contracts.end"))
    lesson.begin("99", "synthetic:tiny", "", "en", True, OTHER, 6)
    return capsys.readouterr().out


def test_the_box_on_top_claims_no_section_for_the_readers_own_company(shown_elsewhere):
    assert "All there: none" in shown_elsewhere
    assert "Shown on another company: The first part" in shown_elsewhere
    assert "too few departures for numbers such as these" in shown_elsewhere


def test_each_part_table_and_verdict_says_that_it_is_not_the_readers_own(shown_elsewhere, capsys):
    company = lesson.reading().company
    assert company.source == OTHER
    whose()
    table(pd.DataFrame({"n": [3]}))
    lesson.verdict("M01", naive=0.5, better=0.2, truth=0.1, of=company)
    said = capsys.readouterr().out
    assert "Not your company: too few customers have left it" in said
    assert f"are those of {OTHER}." in said
    assert "Not your own customers." in said
    assert "Shown on another company, not on yours." in said


def test_a_part_about_the_readers_own_company_says_so_until_the_next_that_is_not(shown_elsewhere, capsys):
    yours()
    table(pd.DataFrame({"n": [3]}))
    said = capsys.readouterr().out
    assert "Your own company again" in said and "Not your own customers." not in said
    whose()
    table(pd.DataFrame({"n": [3]}))
    assert "Not your own customers." in capsys.readouterr().out


def test_in_a_lesson_about_the_readers_own_company_there_is_nothing_to_come_back_to(course, capsys):
    course(("%%needs contracts.tenure_months", "%%needs contracts.end"))
    lesson.begin("99", "synthetic:tiny", lang="en")
    capsys.readouterr()
    yours()
    assert capsys.readouterr().out == ""


def test_a_section_is_ones_own_only_where_no_other_company_is_shown_in_it():
    cells = [
        {"cell_type": "markdown", "source": "## 1. Own"},
        {"cell_type": "code", "source": "yours()"},
        {"cell_type": "markdown", "source": "## 2. Both"},
        {"cell_type": "code", "source": "whose()"},
        {"cell_type": "code", "source": "yours()"},
    ]
    assert about_ones_own({"cells": cells}) == {"1. Own"}


@pytest.mark.parametrize("real", [True, False])
def test_from_the_middle_of_a_part_on_only_a_reader_with_data_of_his_own_is_told(course, capsys, monkeypatch, real):
    course(("%%needs contracts.tenure_months", "%%needs contracts.end"))
    book = lesson.begin("99", "synthetic:tiny", lang="en")
    monkeypatch.setattr(lesson, "_readings", [replace(lesson.reading(), book=replace(book, synthetic=not real))])
    capsys.readouterr()
    from_here(cslab.load(OTHER))
    said = capsys.readouterr().out
    assert said == f"{word('lesson.elsewhere.from_here', 'en', source=OTHER)}\n" if real else said == ""


def test_nothing_is_said_where_the_company_is_the_readers_own(course, capsys):
    course(("%%needs contracts.tenure_months", "%%needs contracts.end"))
    book = lesson.begin("99", "synthetic:tiny", lang="en")
    whose()
    table(pd.DataFrame({"n": [3]}))
    lesson.verdict("M01", naive=0.5, better=0.2, truth=0.1, of=book)
    said = capsys.readouterr().out
    assert "Not your" not in said
    assert "another company" not in said


def test_parts_are_left_out_for_what_the_company_that_is_shown_lacks(course, monkeypatch):
    course(("%%needs contracts.tenure_months", "%%needs csm.joined_on"))
    own = lesson.start("99", "synthetic:tiny", "", "en", reveal_truth=True)
    poor = replace(own, tables={name: frame for name, frame in own.tables.items() if name != "csm"})
    monkeypatch.setattr(lesson, "start", lambda *given: lesson.about(poor))
    lesson.begin("99", "folder:poor", "", "en", True, OTHER, 6)
    assert not lesson.reading().company.lacks("csm.joined_on")
    assert reach(lesson.reading().company, "99", "en", elsewhere=True).left_out == ()


def test_a_record_keeps_whose_number_it_was():
    verdict = replace(Verdict.of("M01", 0.5, 0.2, 0.1, synthetic=True), elsewhere=True)
    assert Verdict.of_record(verdict.record()).elsewhere


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "elsewhere"), [("synthetic:tiny", True), ("synthetic:default_jp?accounts=2000", False)]
)
def test_readiness_says_beforehand_that_a_lesson_is_shown_on_another_company(source, elsewhere):
    found = readiness(cslab.load(source), find("07"))
    assert (found.few is not None, found.state) == (elsewhere, "part" if elsewhere else "whole")
    assert any("another company" in line for line in lack_lines([found], "en")) is elsewhere


def test_a_part_on_a_company_of_its_own_says_so_to_a_reader_with_real_data_alone(course, capsys, monkeypatch):
    course(("%%needs contracts.tenure_months", "%%needs contracts.end"))
    drawn, made = cslab.load(OTHER), cslab.load("synthetic:tiny")
    real = replace(made, synthetic=False, truth=None)
    for book, said in ((made, 0), (real, 1)):
        monkeypatch.setattr("cslab.load", lambda *_, book=book: book)
        lesson.begin("99", "synthetic:tiny", lang="en")
        whose(drawn)
        assert capsys.readouterr().out.count(f"are those of {OTHER}.") == said


def test_a_verdict_on_any_other_company_is_marked(course, capsys):
    course(("%%needs contracts.tenure_months", "%%needs contracts.end"))
    lesson.begin("99", "synthetic:tiny", lang="en")
    lesson.verdict("M01", naive=0.5, better=0.2, truth=0.1, of=cslab.load(OTHER))
    assert "Shown on another company, not on yours." in capsys.readouterr().out


def test_sections_that_have_a_company_of_their_own_are_none_of_the_readers():
    cells = [
        {"cell_type": "markdown", "source": "## One"},
        {"cell_type": "code", "source": "whose(drawn)\nshow(1)"},
        {"cell_type": "markdown", "source": "## Two"},
        {"cell_type": "code", "source": "whose(drawn)\nshow(1)"},
        {"cell_type": "code", "source": "whose()\nshow(2)"},
    ]
    assert shown_on_their_own({"cells": cells}) == {"One"}
