"""Lessons are found by number or name."""

from __future__ import annotations

import pytest

from cslab.course import lessons
from cslab.faults import UsageError


@pytest.mark.parametrize("wish", ["99", " 99 ", "９９", "９９　", "99_miniature", "99_miniature.ipynb"])
def test_a_lesson_is_found_by_number_or_name(course, wish):
    course()
    assert lessons.find(wish).title("ja") == "小さな章"


def test_a_number_may_lack_its_zero(course, monkeypatch):
    lesson = lessons.Lesson("05", "05_x", "", "", "", "", 1, 1, (), ())
    monkeypatch.setattr(lessons, "lessons", lambda: [lesson])
    assert lessons.find("5") is lesson


def a_lesson(number: str, en: str, ja: str) -> lessons.Lesson:
    return lessons.Lesson(number, f"{number}_x", en, ja, "", "", 1, 1, (), ())


BOTH = [
    a_lesson("05", "When do customers leave?", "いつ離れるか"),
    a_lesson("06", "Why do they leave?", "なぜ離れるか"),
]


@pytest.mark.parametrize(
    ("wish", "number"), [("いつ", "05"), ("なぜ離れるか", "06"), ("WHY", "06"), ("ｗｈｅｎ", "05")]
)
def test_words_of_one_title_alone_are_enough_in_either_language(wish, number):
    assert lessons.picked(wish, BOTH).number == number


def test_words_of_several_titles_are_refused_with_those_titles():
    with pytest.raises(UsageError) as error:
        lessons.picked("離れる", BOTH)
    assert "05 (いつ離れるか)、06 (なぜ離れるか)" in error.value.text("ja")
    assert "05 (When do customers leave?), 06" in error.value.text("en")


def test_a_title_with_a_slip_of_the_keyboard_is_offered():
    with pytest.raises(UsageError, match="Did you mean 05"):
        lessons.picked("When do custmers leave", BOTH)


@pytest.mark.parametrize(
    ("wish", "key"), [("08", "unknown_lesson"), ("4", "lesson_to_come"), ("０４", "lesson_to_come")]
)
def test_a_number_that_is_not_there_is_no_slip_of_another_and_a_gap_is_a_lesson_to_come(wish, key):
    with pytest.raises(UsageError) as error:
        lessons.picked(wish, BOTH)
    assert error.value.faults[0].key == key


def test_an_unknown_lesson_is_refused_with_those_there_are(course):
    course()
    with pytest.raises(UsageError, match="Did you mean 99"):
        lessons.find("minature")
    with pytest.raises(UsageError, match=r"zzzz: no such lesson .*99 \(A miniature\)"):
        lessons.find("zzzz")


def test_before_the_first_build_the_way_to_build_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(lessons, "library", lambda: tmp_path)
    with pytest.raises(UsageError, match="cslab build"):
        lessons.find("05")


@pytest.mark.parametrize("text", ["", "not json", "{}", '{"metadata": {}, "cells": []}', '{"metadata": 3, "cells": 4}'])
def test_a_file_that_is_no_lesson_is_refused(tmp_path, text):
    path = tmp_path / "05_x.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="not a lesson"):
        lessons.head(path)


def test_an_installed_package_carries_its_lessons_beside_the_course(monkeypatch, tmp_path):
    course = tmp_path.resolve() / "site-packages" / "cslab" / "course"
    (course / "notebooks").mkdir(parents=True)
    monkeypatch.setattr(lessons, "__file__", str(course / "lessons.py"))
    assert lessons.library() == course / "notebooks"


def test_without_the_sources_the_lessons_of_a_clone_are_found_all_the_same(monkeypatch, tmp_path):
    (tmp_path / "cslab" / "course").mkdir(parents=True)
    (tmp_path / "notebooks" / "en").mkdir(parents=True)
    monkeypatch.setattr(lessons, "__file__", str(tmp_path / "cslab" / "course" / "lessons.py"))
    assert lessons.library() == tmp_path.resolve() / "notebooks"
