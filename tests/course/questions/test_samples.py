"""The sample texts of the questions that are answered in words: each is judged alike in both languages."""

from __future__ import annotations

import pytest

import cslab
from cslab.course.questions import bank
from cslab.course.questions.judge import judge
from cslab.course.questions.kinds import Text
from cslab.course.questions.question import Material, Question, Sample
from cslab.words import LANGUAGES

IN_WORDS = [question for question in bank.questions() if isinstance(question.kind, Text)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("question", IN_WORDS, ids=lambda question: question.id)
def test_a_sample_is_right_or_the_mistake_it_stands_for_in_both_languages(question: Question, lang: str):
    material = Material(cslab.load("synthetic:tiny"))
    samples = {"": question.reference, **{mistake.name: mistake.answer for mistake in question.mistakes}}
    for name, sample in samples.items():
        assert isinstance(sample, Sample)
        judged = judge(question, getattr(sample, lang), material)
        assert (judged.outcome, judged.mistakes) == (("not_yet", (name,)) if name else ("correct", ()))
