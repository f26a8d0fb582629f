"""What a judgement names is written as the trainee and the task write it."""

from __future__ import annotations

import pytest

import cslab
from cslab.course.questions import bank
from cslab.course.questions.feedback import measured, said
from cslab.course.questions.judge import judge
from cslab.course.questions.kinds import Classes, Num, Policy
from cslab.course.questions.question import Material, Question
from cslab.words import LANGUAGES


@pytest.fixture(scope="module")
def material() -> Material:
    return Material(cslab.load("synthetic:tiny"))


def told(kind, right, answer, material: Material, lang: str = "en") -> str:
    question = Question("onboarding_exit", "E0", "02", kind, lambda material: right)
    return " ".join(said(judge(question, answer, Material(material.book)), question, lang))


def test_things_that_are_missing_or_unknown_keep_their_capitals(material):
    right = {"A": "renewal", "Ben Ltd": "churn"}
    assert "Ben Ltd" in told(Classes(), right, {"A": "renewal"}, material)
    assert "Zoe" in told(Classes(), right, {"A": "renewal", "Zoe": "churn"}, material)


@pytest.mark.parametrize("given", [1.4, -0.2])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chance_beyond_what_a_chance_can_be_is_called_impossible(material, given, lang):
    impossible = {"en": "impossible", "ja": "ありえません"}[lang]
    assert impossible in told(Num(chance=True), 0.02, given, material, lang)
    assert impossible not in told(Num(), 0.98, given, material, lang)


def test_a_decision_of_another_form_is_shown_the_form(material):
    kind = Policy(lambda material, rule: float(rule["days"]), form="{'days': 90}")
    assert "{'days': 90}" in told(kind, {"days": 60}, "sixty", material)


def test_the_exit_rule_shows_its_form_without_the_answer():
    form = bank.find("onboarding_exit").kind.form
    assert "'table': 'onboarding'" in form and "first_value" not in form


def test_a_time_has_its_unit_and_a_share_has_none():
    months, share = (Question("a", "E0", "00", kind, lambda material: 1) for kind in (Num(0.1, "months"), Num()))
    assert (measured(months, "1.708", "ja"), measured(share, "0.25", "ja")) == ("1.708か月", "0.25")
