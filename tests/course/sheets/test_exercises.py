"""Exercises are found by the number or name of their lesson, copied and put back like lessons."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cslab.course import lessons
from cslab.course.copies import make_copy, reset
from cslab.course.listing import lesson_rows
from cslab.course.sheets import exercises
from cslab.faults import UsageError


@pytest.mark.parametrize("wish", ["99", " 99 ", "99_small", "99_small.ipynb"])
def test_a_sheet_is_found_by_number_or_name(sheets, wish):
    sheets()
    sheet = exercises.find(wish)
    assert (sheet.title("ja"), sheet.questions) == ("小さな演習", ("heads", "more"))


def test_a_lesson_without_exercises_is_refused_with_those_there_are(sheets):
    sheets()
    with pytest.raises(UsageError, match=r"05: no exercises of that lesson \(there are: 99 \(A small exercise\)\)"):
        exercises.find("05")
    with pytest.raises(UsageError, match="Did you mean 99"):
        exercises.find("99_smal")


def test_before_the_first_build_the_way_to_build_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(exercises, "library", lambda: tmp_path)
    with pytest.raises(UsageError, match="cslab build"):
        exercises.find("05")


def test_an_installed_package_carries_its_exercises_beside_its_lessons(monkeypatch):
    monkeypatch.setattr(lessons, "project", lambda: None)
    assert exercises.library() == lessons.library() / "exercises"


def test_the_copy_of_an_exercise_stands_below_those_of_the_lessons_and_is_left_alone(sheets):
    sheets()
    sheet = exercises.find("99")
    copy, fresh = make_copy(sheet, "ja")
    assert (copy, fresh) == (Path("work/ja/exercises/99_small.ipynb"), True)
    copy.write_text("my answers", encoding="utf-8")
    assert make_copy(sheet, "ja") == (copy, False)
    again, kept = reset(sheet, "ja", today=date(2025, 4, 1))
    assert (again, kept) == (copy, copy.with_name("99_small.2025-04-01.ipynb"))
    assert kept.read_text(encoding="utf-8") == "my answers"
    assert again.read_bytes() == sheet.notebook("ja").read_bytes()


def test_a_lesson_is_listed_with_the_questions_of_its_exercises_and_their_own_minutes(course):
    course()
    sheets_there = [exercises.ExerciseSheet("99", "99_miniature", "", "", 5, (), ("heads", "more"))]
    assert lesson_rows(lessons.lessons(), sheets_there, "en")[0][3] == "2 questions, 5 min"
    assert lesson_rows(lessons.lessons(), [], "en")[0][3] == "–"
