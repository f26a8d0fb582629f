"""The answers for the instructor can be read on paper, whatever stands in them."""

from __future__ import annotations

import re

import pytest

import cslab
from cslab.course.outputs import text_html
from cslab.course.pack.answers import answers_markdown, written
from cslab.course.questions import bank
from cslab.course.questions.question import Material
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.words import LANGUAGES, word


def page(number: str, *questions: str, lang: str = "en") -> str:
    sheet = ExerciseSheet(number, number, "", "", 1, (), questions)
    return answers_markdown(sheet, "synthetic:tiny", "Answers", lang)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_of_many_lines_stands_as_it_was_written(lang):
    text = page("03", "one_owner", lang=lang)
    right = bank.find("one_owner").reference(Material(cslab.load("synthetic:tiny")))
    assert right.rstrip() in text and "**" not in text
    html = text_html(text)
    assert "<li>" not in html and "<table" not in html and "    owner: sales\n" in html


@pytest.mark.slow
def test_of_a_wrong_answer_of_many_lines_only_what_differs_is_shown():
    blocks = re.findall(r"````text\n(.*?)\n````", page("03", "one_owner"), re.DOTALL)[1:]
    assert len(blocks) == len(bank.find("one_owner").mistakes)
    assert "+    owner: [sales, cs]" in blocks[0] and "renewal_decided" not in blocks[0]


@pytest.mark.slow
def test_a_time_stands_with_its_unit():
    found = re.search(r"\*\*[\d.]+ (.*?)\*\*", page("04", "ttv_median"))
    assert found and found[1] == word("check.unit.months", "en")


def test_few_short_texts_stand_in_a_line_and_long_ones_a_line_each():
    assert written({"rep": "chance", "csm": "chance"}) == "rep: chance, csm: chance"
    assert written({"a": "x" * 80, "b": "y" * 80}).count("\n") == 1
