"""Texts that are judged by what a lint finds in them."""

import pandas as pd
import pytest

from cslab.book import Book
from cslab.course.questions import toy_journey as toy
from cslab.course.questions.bank import lesson_03
from cslab.course.questions.judge import judge
from cslab.course.questions.kinds import Linted, Slip
from cslab.course.questions.question import Material
from cslab.faults import Fault
from cslab.measure import journey

LOUD = Linted(lambda material, text: [Fault("customer_step.short")] if text.isupper() else [])
BOTH = Linted(lambda material, texts: [], ("first", "second"))
QUESTIONS = {question.id: question for question in lesson_03.QUESTIONS}


@pytest.fixture
def material() -> Material:
    """Questions about fixed things ask nothing of the company."""
    return Material(Book({}, pd.Timestamp("2024-03-31")))


def judged(question: str, answer: object, material: Material) -> tuple[str, tuple[str, ...]]:
    found = judge(QUESTIONS[question], answer, material)
    return found.outcome, found.mistakes


def test_any_text_without_a_fault_is_right():
    assert LOUD.agrees("mine", "theirs", None)
    assert not LOUD.agrees("MINE", "theirs", None)


@pytest.mark.parametrize(
    "answer", ["one text", {"first": "a"}, {"first": "a", "second": "b", "third": "c"}, {"first": 1, "second": "b"}]
)
def test_each_thing_wants_one_text_and_nothing_else_does(answer: object):
    with pytest.raises(Slip):
        BOTH.read(answer, None)


def test_what_is_left_is_counted_and_the_first_is_told():
    (remark,) = LOUD.differences("MINE", "", None)
    assert remark.key == "lint_left" and remark.values["count"] == 1


def test_steps_in_the_customers_words_are_right_in_either_language(material: Material):
    japanese = {task: f"{place}番目のことができた" for place, task in enumerate(toy.TASKS)}
    assert judged("customer_steps", japanese, material) == ("correct", ())
    assert judged("customer_steps", {**lesson_03.CUSTOMERS, "order": "導入を決めた"}, material) == ("correct", ())


def test_a_step_of_our_own_is_told_by_the_way_it_is_ours(material: Material):
    ours = {**lesson_03.CUSTOMERS, "qbr": "We held the QBR"}
    assert judged("customer_steps", ours, material) == ("not_yet", ("we_sent_it",))
    assert (
        judged(
            "customer_steps",
            {**lesson_03.CUSTOMERS, "qbr": "定例報告会の実施", "quote": "a topic to talk of"},
            material,
        )[0]
        == "not_yet"
    )


def test_a_map_with_one_owner_for_each_step_is_right_whoever_it_is(material: Material):
    text = toy.draft_map()
    for step in journey.read_draft(text).steps:
        listed = f"owner: [{', '.join(step.owners)}]"
        text = text.replace(listed, f"owner: {step.owners[-1] if step.owners else 'sales'}")
    assert judged("one_owner", text, material) == ("correct", ())


def test_a_map_that_cannot_be_read_is_told_with_its_line(material: Material):
    found = judge(QUESTIONS["one_owner"], "journey: a\njourney: b\n", material)
    assert found.outcome == "not_yet"
    assert "line 2" in found.remarks[0].values["first"].text("en")


def test_every_version_of_the_draft_has_two_owners_twice_and_none_twice():
    for variant in range(4):
        rules = journey.lint(journey.read_draft(toy.draft_map(variant)))["rule"]
        assert (rules == "owner_twice").sum() == (rules == "owner_missing").sum() == 2
