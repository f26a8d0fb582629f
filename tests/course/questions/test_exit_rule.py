"""What is taken for an exit rule of onboarding, and what is not, in both languages."""

from __future__ import annotations

import pytest

import cslab
from cslab.course.questions import bank
from cslab.course.questions.judge import Judgement, judge
from cslab.course.questions.question import Material


def judged(text: str) -> Judgement:
    """An exit rule as the exercise judges it."""
    return judge(bank.find("exit_rule", "04"), text, Material(cslab.load("synthetic:tiny?accounts=10")))


@pytest.mark.parametrize(
    "text",
    [
        "お店が紙の台帳を捨てたことを、電話で確かめられたら完了とする。",
        "店が3日連続で予約を全件入力したことが利用データで分かる",
        "研修を受けた店が、紙の台帳を使うのをやめたことが写真で分かる",
        "お店の方が予約を自分で登録したとログで分かる",
        "The restaurant has stopped using its paper reservation book, checked by phone.",
        "The staff take every booking in the app for two weeks; the log shows it.",
        "The shop enters all its reservations itself for a week, as the usage table shows.",
        "Those who attended the training no longer write on paper: we called and asked.",
        "The shop has stopped its manual list of bookings; a photograph shows the empty desk.",
    ],
)
def test_an_act_of_the_customer_that_can_be_checked_is_an_exit_rule(text: str) -> None:
    assert judged(text).outcome == "correct"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("キックオフと研修が終わり、アカウントを発行したら完了とする。", "tasks_ticked"),
        ("Onboarding is over when the training is done and the manual is handed over.", "tasks_ticked"),
        ("契約から60日たったら、立ち上がったとみなします。", "time_passed"),
        ("店長さんがとても喜んで、気に入ってくださったら完了です。", "likes_it"),
    ],
)
def test_tasks_of_ours_days_and_moods_are_none_and_are_named(text: str, mistake: str) -> None:
    assert judged(text).mistakes == (mistake,)


@pytest.mark.parametrize(
    "text",
    [
        "We enter all their reservations for them, and the log shows every booking.",
        "研修が終わり、店が紙の台帳を使うのをやめたと電話で確かめた。",
        "お店が紙の台帳を使わなくなったら、立ち上がりとする。",
    ],
)
def test_an_act_of_ours_beside_it_or_nothing_to_see_it_by_is_not_yet_one(text: str) -> None:
    assert judged(text).outcome == "not_yet"


def test_a_rule_in_one_short_sentence_is_long_enough() -> None:
    assert judged("お店が紙の台帳を捨てたと、電話で確かめた。").outcome == "correct"
    assert judged("紙を捨てた。").outcome == "not_yet"
