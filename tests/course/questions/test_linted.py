"""Texts that are judged by what a lint finds in them."""

import re

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


def test_a_sentence_that_does_not_say_whose_it_is_is_not_called_a_heading(material: Material):
    nobodys = {**lesson_03.CUSTOMERS, "accounts": "Everybody in the team has logged in"}
    found = judge(QUESTIONS["customer_steps"], nobodys, material)
    assert found.mistakes == () and found.remarks[0].values["first"].faults[0].key == "customer_step.no_person"


def test_ten_steps_that_are_too_short_are_ten_things_to_mend(material: Material):
    found = judge(QUESTIONS["customer_steps"], dict.fromkeys(toy.TASKS, "できた"), material)
    assert found.remarks[0].values["count"] == len(toy.TASKS) == 10


@pytest.mark.parametrize(
    ("owner", "mistakes"),
    [
        ("everybody", ("everybody",)),
        ("全員", ("everybody",)),
        ("営業", ()),
        ("marketing", ()),
        ("sales, cs", ("two_kept",)),
    ],
)
def test_only_everybody_is_everybody(material: Material, owner: str, mistakes: tuple[str, ...]):
    mended = re.sub(r"owner: \[.*?\]", f"owner: {owner}", toy.draft_map())
    assert judged("one_owner", mended, material) == ("not_yet", mistakes)


def test_a_department_may_be_written_with_a_capital(material: Material):
    mended = re.sub(r"owner: \[.*?\]", "owner: Sales", toy.draft_map())
    assert judged("one_owner", mended, material) == ("correct", ())


@pytest.mark.parametrize(
    "text",
    [
        "離れた会社だけでなく、解約しなかった会社とも、同じ規模どうしで比べましょう。それから話しましょう。",
        "更新してくれたお客様では何割でしたか。値引きで取った商談が、両方の裏にあるかもしれません。",
        "営業が無理に売った案件かもしれません。まだ離れていないお客様で、同じことを数えてみましょう。",
        "Let us count it among customers who are still with us, too, and compare deals with the same discount.",
        "How many who did not leave had a poor hand-off? Deals that were forced through may lie behind both.",
    ],
)
def test_an_answer_that_asks_for_the_others_and_for_another_cause_is_right(material: Material, text: str):
    assert judged("handoff_answer", text, material) == ("correct", ())


def test_those_who_are_leaving_are_not_those_to_compare_with(material: Material):
    text = "解約しているお客様の3分の2で引き継ぎが悪いのですから、規模の大きい案件から順に直していきましょう。"
    assert judged("handoff_answer", text, material)[0] == "not_yet"


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
