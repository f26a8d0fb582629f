"""The syllabus holds every lesson once, in its part, with links that lead somewhere and minutes that add up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cslab.course.homework.declared import HOMEWORK
from cslab.course.lessons import Lesson, lessons
from cslab.course.sheets.exercises import exercises
from cslab.course.syllabus import PARTS, found_in, markdown, parts, syllabus, times, to_come

ROOT = Path(__file__).resolve().parents[2]


def lesson(number: str, core: int = 45, further: int = 30) -> Lesson:
    return Lesson(number, f"{number}_x", "", "", "", "", core, further, (), ())


def test_every_number_belongs_to_one_part() -> None:
    numbers = [f"{number:02}" for number in range(100)]
    assert [number for number in numbers if sum(part.holds(number) for part in PARTS) != 1] == []


def test_lessons_are_divided_in_their_order_whatever_order_they_come_in() -> None:
    divided = parts([lesson("11"), lesson("00"), lesson("09")])
    assert [(part.name, [one.number for one in held]) for part, held in divided] == [
        ("start", ["00"]),
        ("touch", ["09", "11"]),
    ]


def test_every_homework_belongs_to_a_part() -> None:
    assert {one.name for part in PARTS for one in part.homework} == {one.name for one in HOMEWORK}


def test_minutes_add_up_and_are_said_in_hours() -> None:
    assert times([lesson("98", 45, 60), lesson("99", 30, 0)], "en") == "core 1 h 15 min · further 1 h"
    assert times([lesson("98", 45, 60), lesson("99", 30, 0)], "ja") == "必修 1時間15分 · 発展 1時間"


def test_a_gap_in_the_numbers_is_said_and_the_end_of_the_course_is_none() -> None:
    assert to_come([lesson("00"), lesson("02"), lesson("04")], "en") == "Still to come: lesson 01 · 03."
    assert to_come([lesson("00"), lesson("01")], "en") == ""


def test_exercises_count_where_there_are_any() -> None:
    sheet = exercises()[0]
    assert times([lesson(sheet.number, 30, 0)], "en") == f"core 30 min · exercises {sheet.minutes} min"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_syllabus_holds_every_lesson_and_every_verdict_once(lang: str) -> None:
    rows = re.findall(r"^\| (\d\d) \| (.*) \|$", syllabus(lang), flags=re.MULTILINE)
    linked = [number for number, rest in rows if ".ipynb" in rest]
    assert linked == [one.number for one in lessons()]
    found = [one.number for one in lessons() for _ in found_in(one, lang)]
    assert [number for number, rest in rows if ".ipynb" not in rest] == found


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_link_of_the_syllabus_leads_somewhere(lang: str) -> None:
    places = re.findall(r"\]\((.*?)\)", syllabus(lang))
    assert [place for place in places if not (ROOT / "notebooks" / place).is_file()] == []


def test_a_table_has_a_line_below_its_head_as_wide_as_the_head() -> None:
    assert markdown([["a", "b", "c"], ["1", "2", "3"]]).splitlines()[1] == "|---|---|---|"
