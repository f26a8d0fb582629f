"""Published claims: each has its words in both languages, a source, a grade, and what is missing."""

from __future__ import annotations

import re

import pytest

from cslab.course import claims
from cslab.faults import UsageError
from cslab.words import LANGUAGES, has_word

TOPICS = ("contracts", "definitions", "six", "handoff")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_claim_is_said_in_both_languages_with_a_source_and_a_grade(topic: str) -> None:
    english, japanese = (claims.claims(topic, lang) for lang in LANGUAGES)
    assert english["claim"].tolist() == japanese["claim"].tolist()
    assert all(re.search("[ぁ-んァ-ヶ一-龠]", text) for text in japanese["says"])
    assert not any(re.search("[ぁ-んァ-ヶ一-龠]", text) for text in english["says"])
    assert english["source"].str.len().min() > 10 and set(english["grade"]) <= set(claims.GRADES)


def test_everything_that_can_be_missing_has_a_name_and_nothing_else_is_missing() -> None:
    assert all(has_word(f"label.missing_{name}") for name in claims.MISSING)
    assert {name for topic in TOPICS for name in claims.answers(topic, "missing").values()} <= set(claims.MISSING)


def test_the_six_of_the_exercise_ask_for_every_grade_and_every_gap_once() -> None:
    grades = claims.answers("six", "grade")
    assert {name: list(grades.values()).count(name) for name in claims.GRADES} == {"A": 1, "B": 3, "C": 2}
    assert sorted(claims.answers("six", "missing").values()) == sorted(claims.MISSING)


def test_a_claim_that_is_to_be_graded_does_not_tell_its_grade() -> None:
    shown = claims.claims("six", graded=False)
    assert list(shown) == ["claim", "says", "source"]


def test_an_unknown_topic_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="contracts"):
        claims.claims("contract")
