"""The index leads through the course part by part, and holds all that the lessons found in one table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from cslab.course import index
from cslab.course.index import file_of, index_page
from cslab.course.lessons import Lesson
from cslab.course.run import Outcome

EXACT, ESTIMATED = {"estimate": 0.5, "low": None, "high": None}, {"estimate": 0.2, "low": 0.1, "high": 0.3}
RECORD = {"misconception": "M02", "naive": EXACT, "better": ESTIMATED, "truth": None, "synthetic": True}
FOLDER = Path("demo")


@pytest.fixture(autouse=True)
def without_notebooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """No run of these tests has written a notebook, so none has a picture."""
    monkeypatch.setattr(index, "notebook_data", lambda path: {"cells": []})


def lesson(number: str) -> Lesson:
    return Lesson(number, f"{number}_x", f"Title {number}", f"第{number}章の題", "Why?", "なぜか。", 45, 30, (), ())


def outcome(number: str, lang: str, records: Sequence[dict[str, object]] = (), error: str = "") -> Outcome:
    folder = FOLDER / f"{number}-{lang}"
    page = None if error else folder / "x.html"
    return Outcome(lesson(number), lang, folder, folder / "x.ipynb", page, error=error, record={"verdicts": [*records]})


def ids(html: str) -> list[str]:
    return re.findall(r'<section id="(.*?)"', html)


def rows(html: str) -> list[list[str]]:
    """The texts of the rows of the table."""
    found = re.findall(r"<tr.*?</tr>", html, flags=re.DOTALL)
    return [[re.sub(r"<.*?>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in found]


def test_parts_follow_the_course_and_a_part_without_a_lesson_is_left_out() -> None:
    outcomes = [outcome(number, "en", [RECORD]) for number in ("00", "05", "12")]
    html = index_page(FOLDER, outcomes, "en")
    assert ids(html) == ["start", "leaving", "chains", "truths"]
    assert all(f'href="#{name}"' in html for name in ids(html))


def test_all_verdicts_stand_in_one_table_below_their_lessons() -> None:
    true = {**RECORD, "truth": {"estimate": 0.21, "low": None, "high": None}}
    html = index_page(FOLDER, [outcome("01", "en", [true]), outcome("02", "en", [RECORD])], "en")
    assert rows(html)[1:] == [
        ["01 Title 01"],
        ["NRR is one number.", "50.0%", "20.0%", "21.0%", "✔"],
        ["02 Title 02"],
        ["NRR is one number.", "50.0%", "20.0%", "—", "–"],
    ]
    assert "Out of 2 numbers that everybody computes, the lesson comes nearer to the truth in 1." in html


def test_a_number_of_another_company_is_marked() -> None:
    html = index_page(FOLDER, [outcome("01", "en", [{**RECORD, "elsewhere": True}])], "en")
    assert rows(html)[2][0] == "NRR is one number.*"


def test_headline_numbers_stand_on_the_index_in_the_readers_language() -> None:
    html = index_page(FOLDER, [outcome("01", "en", [RECORD]), outcome("01", "ja", [RECORD])], "ja", "index.html")
    assert '<html lang="ja">' in html and "よくある計算" in html and "第01章の題" in html
    assert html.index("01-ja/x.html") < html.index("01-en/x.html")
    assert '<a lang="en" href="index.html">English</a>' in html


def test_where_one_language_broke_off_the_numbers_are_those_of_the_other() -> None:
    html = index_page(FOLDER, [outcome("01", "en", error="no such <table>"), outcome("01", "ja", [RECORD])], "en")
    assert "no such &lt;table&gt;" in html and rows(html)[2][1] == "50.0%"


def test_a_demo_in_which_nothing_went_well_has_no_table() -> None:
    html = index_page(FOLDER, [outcome("01", "en", error="no")], "en")
    assert ids(html) == ["start"] and "truths" not in ids(html)


def test_the_index_opened_first_has_the_plain_name() -> None:
    assert [file_of(lang, "ja") for lang in ("ja", "en")] == ["index.html", "index.en.html"]
