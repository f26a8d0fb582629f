"""What people write about .92 and .58, and which load pays."""

from __future__ import annotations

import pytest

import cslab
from cslab.course.questions import bank
from cslab.course.questions.bank import lesson_07
from cslab.course.questions.judge import judge
from cslab.course.questions.question import Material


def judged(answer: object, question: str = "overfit", source: str = "synthetic:tiny"):
    """The judgement of an answer."""
    return judge(bank.find(question), answer, Material(cslab.load(source)))


@pytest.mark.parametrize(
    "answer",
    [
        "It memorised coincidences of twenty departures, and customers it had not seen do not repeat them.",
        "Too many columns for so few customers: it overfits, so the test set shows what it is really worth.",
        "The .92 is measured on the customers it learned from, noise and all; on other customers it gets .58.",
        "20社の解約に39列では、偶然の並びまで覚えてしまいます。学習に使っていないお客様では通用しません。",
        "過学習です。手元の150社の雑音に合わせすぎたので、新しい顧客では順番がほとんど当たらなくなります。",
    ],
)
def test_an_explanation_in_ones_own_words_is_understood(answer: str) -> None:
    assert judged(answer).outcome == "correct"


@pytest.mark.parametrize(
    "answer",
    [
        "The first number is high and the second number is low, and that is a very large difference for a score.",
        "Customers change all the time, so what was found on some of them need not be found on the next ones.",
        "最初の数字は高く、次の数字は低いので、その差はとても大きいのだと思います。よく調べるべきでしょう。",
    ],
)
def test_a_text_that_does_not_say_what_was_learned_is_not_enough(answer: str) -> None:
    assert judged(answer).outcome == "not_yet"


@pytest.mark.slow
def test_the_load_that_pays_lies_between_the_surest_call_and_all_there_is_time_for() -> None:
    material = Material(cslab.load("synthetic:default_jp?seed=3&accounts=700"))
    question = bank.find("best_load")
    best = question.reference(material)
    assert lesson_07.LOADS[0] < best < lesson_07.LOADS[-1]
    assert judge(question, float(best), material).outcome == "correct"
    assert judge(question, 4, material).outcome == "not_yet"  # none of the loads
