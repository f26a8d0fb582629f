"""The trainee's page helps on and gives nothing away; the page of the class names nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest

import cslab
from cslab.course.grading.class_page import class_page, misconceptions
from cslab.course.grading.feedback_page import feedback_page, told
from cslab.course.grading.rerun import CellRun
from cslab.course.grading.rows import Row, ungraded_rows
from cslab.course.grading.summary import summary_rows
from cslab.course.grading.unseen import Unseen
from cslab.course.questions import answers, bank
from cslab.course.questions.judge import judge
from cslab.course.questions.kinds import Classes, Num, Policy, Rank, Set, Table, Text
from cslab.course.questions.kinds.text import Part
from cslab.course.questions.question import Material, Question
from cslab.course.selfcontained import outside
from cslab.words import LANGUAGES, word
from tests.course import small_exercise

pytestmark = pytest.mark.slow  # whole verbs and companies: `make test` runs them

HEADS, MORE = small_exercise.QUESTIONS
NAMES = ("山田 花子", "Sato", "<script>alert(1)</script>", "鈴木")


@pytest.fixture
def material() -> Material:
    """A tiny company, and the fixed data in their seventh version."""
    return Material(cslab.load("synthetic:tiny"), 7)


@pytest.fixture
def given(material: Material) -> dict[str, Unseen]:
    """The same as what the class was graded on."""
    return {"99": Unseen(Path("given"), 7, material, ("synthetic:tiny",))}


def row(trainee: str, question: Question, answer: Any, material: Material, **fields: Any) -> Row:
    """The row of an answer."""
    found = judge(question, answer, material)
    known = {"outcome": found.outcome, "answer": answers.plain(answer), "judgement": found, **fields}
    return Row(trainee, question, **known)


@pytest.mark.usefixtures("small_bank")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_misconception_is_told_with_the_answer_and_the_next_hint(material: Material, lang: str):
    page = feedback_page("山田", [row("山田", MORE, 3, material)], lang)
    assert word("question.more.mistake.less", lang, answer="3") in page
    assert word("question.more.hint.2", lang) in page
    assert word("grade.outcome.not_yet", lang) in page


@pytest.mark.usefixtures("small_bank")
def test_the_right_answer_is_not_on_the_page_of_one_who_does_not_have_it(material: Material):
    answer = str(len(material.book.accounts))
    rows = [row("山田", HEADS, 1, material), row("山田", HEADS, ..., material)]
    text = re.sub(r"<style>.*?</style>", "", feedback_page("山田", rows, "en"), flags=re.DOTALL)
    assert answer not in re.findall(r"\d+", text)


@pytest.mark.usefixtures("small_bank")
def test_what_a_trainee_wrote_is_shown_as_text_and_nothing_else(material: Material):
    nasty = '</code><img src="x" onerror="alert(1)">'
    failed = CellRun(5, 4, "Exception", nasty)
    rows = [
        row(NAMES[2], HEADS, nasty, material),
        row(NAMES[2], MORE, ..., material, outcome="cell_failed", failed=failed),
    ]
    page = feedback_page(NAMES[2], rows, "en")
    assert "<script>" not in page and "<img" not in page
    assert escape("<img src=") in page
    assert outside(page) == []


@pytest.mark.usefixtures("small_bank")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("fields", "key", "values"),
    [
        ({"outcome": "hard_coded"}, "grade.told.hard_coded", {"question": "more"}),
        ({"outcome": "not_attempted", "gone": True}, "grade.told.gone", {"question": "more"}),
        ({"outcome": "stopped", "ended": "memory", "stopped_at": 5}, "grade.told.stopped", {"cell": 5}),
        ({"outcome": "stopped", "ended": "not_started"}, "grade.ended.not_started", {}),
        ({"outcome": "not_handed_in"}, "grade.told.not_handed_in", {}),
    ],
)
def test_each_way_to_fail_says_how_to_go_on(lang: str, fields: dict[str, Any], key: str, values: dict[str, Any]):
    found = told(Row("山田", MORE, **fields), lang)
    assert (word(key, lang, **values) if values else word(key, lang)) in found


@pytest.mark.usefixtures("small_bank")
def test_a_lesson_that_was_not_handed_in_is_told_once():
    page = feedback_page("Li", ungraded_rows("Li", [HEADS, MORE], None), "en")
    assert page.count(word("grade.told.not_handed_in")) == 1


@pytest.mark.usefixtures("small_bank")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_class_names_nobody_and_does_not_depend_on_who_answered_what(
    given: dict[str, Unseen], material: Material, lang: str
):
    values = [17, 3, 3, 9]
    rows = [row(name, MORE, value, material) for name, value in zip(NAMES, values, strict=True)]
    turned = [row(name, MORE, value, material) for name, value in zip(NAMES, values[::-1], strict=True)]
    page = class_page(rows, given, lang)
    assert page == class_page(turned, given, lang)
    assert not any(name in page or escape(name) in page for name in NAMES)
    assert page.count("<circle") == 4


@pytest.mark.usefixtures("small_bank")
def test_the_right_answer_of_the_class_stands_behind_a_fold_only(given: dict[str, Unseen], material: Material):
    page = class_page([row("Sato", MORE, 3, material)], given, "en")
    fold = re.search(r'<details class="reveal">(?:(?!</details>).)*</details>', page, re.DOTALL)
    assert fold and "<strong>17</strong>" in fold[0] and "open" not in fold[0]
    assert "<strong>17</strong>" not in page.replace(fold[0], "")


@pytest.mark.usefixtures("small_bank")
def test_the_most_frequent_misconception_comes_first(material: Material):
    contracts = len(material.book.contracts)
    rows = [row(name, HEADS, contracts, material) for name in NAMES[:2]]
    rows += [row(name, MORE, 3, material) for name in NAMES[:3]] + [row(NAMES[3], MORE, 17, material)]
    assert [(question.id, name, count) for question, name, count in misconceptions(rows)] == [
        ("more", "less", 3),
        ("heads", "contracts", 2),
    ]


@pytest.mark.usefixtures("small_bank")
def test_outcomes_are_counted_with_a_sign_a_word_and_a_bar(given: dict[str, Unseen], material: Material):
    rows = [row("a", MORE, 17, material), row("b", MORE, 17, material), *ungraded_rows("c", [MORE], None)]
    page = class_page(rows, given, "en")
    bars = re.findall(
        r'<dt><span class="sign" aria-hidden="true">(.)</span> ([^<]+)</dt><dd><i style="width:([\d.]+)%', page
    )
    assert bars == [("✔", "right", "100.0")]
    assert "Graded: 2 of 3, nothing handed in: 1" in page


@pytest.mark.usefixtures("small_bank")
@pytest.mark.parametrize(("lang", "said"), [("en", "2 of 3 who answered"), ("ja", "答えた3人中2人")])
def test_a_mistake_is_counted_among_those_who_answered(
    given: dict[str, Unseen], material: Material, lang: str, said: str
):
    rows = [row(name, MORE, value, material) for name, value in zip("abcd", (3, 3, 17, ...), strict=True)]
    page = class_page([*rows, *ungraded_rows("e", [MORE], None)], given, lang)
    assert f"<strong>{said}</strong>" in page


@pytest.mark.usefixtures("small_bank")
def test_each_lesson_is_a_part_with_its_own_mistakes_first_and_only_the_first_part_is_open(
    given: dict[str, Unseen], material: Material
):
    other = replace(HEADS, lesson="98", mistakes=())
    rows = [row("a", MORE, 3, material), row("a", other, 1, material)]
    first, second = class_page(rows, {**given, "98": given["99"]}, "en").split('<details class="part"')[1:]
    assert first.startswith(" open>") and second.startswith(">")
    assert "of 1 who answered" not in first and "1 of 1 who answered" in second
    assert second.index('class="misconceptions"') < second.index('class="contents"') < second.index('class="asked"')


@pytest.mark.usefixtures("small_bank")
def test_a_lesson_of_which_nothing_could_be_graded_says_so(given: dict[str, Unseen]):
    page = class_page(ungraded_rows("a", [HEADS, MORE], None), given, "en")
    assert "Graded: 0 of 1, nothing handed in: 1" in page and "0/0" in page


def one_of_each_kind() -> list[tuple[Question, Any]]:
    """A question of each kind that is no number, and an answer to it."""
    import pandas as pd

    table = pd.DataFrame({"month": [1, 2], "mrr": [10.0, 20.0]})
    kinds: list[tuple[Any, Any, Any]] = [
        (Set(("FAQ", "Training")), {"FAQ"}, {"training"}),
        (Classes(), {"a": "x"}, {"a": "y"}),
        (Rank(), ["a", "b"], ["b", "a"]),
        (Table(("month",), ("mrr",)), table, table),
        (Text((Part("median", ("median",)),), least=40), f"The median{'!' * 40}", "Hanako wrote this."),
        (Policy(lambda material, answer: {"FAQ": 2.0, "Call": 1.0}[answer], choices=("FAQ", "Call")), "FAQ", "Call"),
        (Policy(lambda material, answer: float(answer)), 3, 2),
    ]
    return [
        (Question("more", "E99", "99", kind, lambda material, reference=reference: reference), answer)
        for kind, reference, answer in kinds
    ]


@pytest.mark.usefixtures("small_bank")
@pytest.mark.parametrize("place", range(7))
def test_every_kind_of_question_has_its_place_on_both_pages(given: dict[str, Unseen], material: Material, place: int):
    question, answer = one_of_each_kind()[place]
    rows = [row("Sato", question, answer, material), row("Kim", question, print, material)]
    page = class_page(rows, given, "en")
    assert '<details class="reveal">' in page and outside(page) == []
    assert "Hanako" not in page
    assert outside(feedback_page("Sato", rows[:1], "ja")) == []


@pytest.mark.usefixtures("small_bank")
def test_what_could_be_picked_is_counted(given: dict[str, Unseen], material: Material):
    question = Question("more", "E99", "99", Set(("FAQ", "Training")), lambda material: {"FAQ"})
    rows = [row(name, question, answer, material) for name, answer in (("a", {"faq"}), ("b", {"FAQ", "Training"}))]
    picked = re.findall(r"<dt>(FAQ|Training)</dt><dd><i [^>]*></i><b>(\d)</b>", class_page(rows, given, "en"))
    assert picked == [("FAQ", "2"), ("Training", "1")]


@pytest.mark.usefixtures("small_bank")
def test_a_question_without_a_right_answer_on_this_company_shows_none(given: dict[str, Unseen], material: Material):
    broken = Question("more", "E99", "99", Num(), lambda material: 1 / 0)
    page = class_page([row("Sato", broken, 1, material)], given, "en")
    assert 'class="reveal"' not in page and word("grade.outcome.cannot_check") in page


@pytest.mark.usefixtures("small_bank")
def test_on_a_terminal_a_trainee_is_a_line(material: Material):
    rows = [row("山田", HEADS, len(material.book.accounts), material), row("山田", MORE, 3, material)]
    assert summary_rows(rows, "en") == [["山田", "99", "1/2", "↻ 1 not yet right"]]


@pytest.mark.parametrize("left", [..., None, 3], ids=["dots", "nothing", "number"])
def test_a_decision_or_set_that_was_left_open_stops_no_page(material: Material, left: Any):
    asked = [question for question in bank.questions() if isinstance(question.kind, Set | Policy)]
    seen = Unseen(Path("given"), 7, material, ("synthetic:tiny",))
    assert {"onboarding_exit", "best_phase", "culprit"} <= {question.id for question in asked}
    for question in asked:
        page = class_page([row("Sato", question, left, material)], {question.lesson: seen}, "en")
        assert f'<h3 id="{question.id}">' in page
