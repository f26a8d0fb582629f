"""Questions of lesson 06: the published cohort, versions of it, and who gets a text wrong."""

from __future__ import annotations

import math

import pytest

import cslab
from cslab.course.questions import bank
from cslab.course.questions.judge import judge
from cslab.course.questions.question import Material
from cslab.course.questions.toy_cohort import toy_cohort
from cslab.measure import hazard
from cslab.measure.value.sbg import fit_survivors

BOOK = cslab.load("synthetic:tiny")


def judged(name: str, answer: object, variant: int = 0) -> tuple[str, tuple[str, ...]]:
    """How an answer is judged, and which mistakes are told."""
    found = judge(bank.find(name), answer, Material(BOOK, variant))
    return found.outcome, found.mistakes


def test_of_the_published_cohort_seventeen_in_a_hundred_are_there_after_year_twelve():
    # Fader and Hardie (2007): alpha .704, beta 1.182.
    fit = fit_survivors(toy_cohort().tolist())
    assert (fit.alpha, fit.beta) == pytest.approx((0.704, 1.182), abs=0.0005)
    assert judged("year_twelve", 0.170) == ("correct", ())
    assert judged("year_twelve", 0.241) == ("not_yet", ("last_year_seen",))


def test_another_version_has_another_answer_and_the_same_shape():
    versions = [toy_cohort(variant) for variant in range(1, 30)]
    assert all(there.is_monotonic_decreasing and there[0] == 1000 and len(there) == 8 for there in versions)
    assert judged("year_twelve", 0.170, 1)[0] == "not_yet"
    assert toy_cohort(7).equals(toy_cohort(7))


@pytest.mark.parametrize(
    "text",
    [
        "The customers most likely to leave are gone after two years. The others were always going to stay; "
        "nobody changed, so compare cohorts at the same age.",
        "It is selection: weak fits drop out early and those who remain stay the same as they were from day one.",
        "1年目に離れやすい会社が抜けて、残ったお客様ばかりになるから。お客様自身は何も変わっていない。",
        "解約しそうなお客様が先にいなくなっただけで、改善したわけではない。次のコホートと同じ年目で比べるべき。",
    ],
)
def test_who_has_seen_the_sorting_is_right_in_other_words_too(text):
    assert judged("why_rising", text) == ("correct", ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The rate goes up year after year thanks to our onboarding programme and our great team.", "our_doing"),
        ("Customers become more loyal over the years since they know the product better and better.", "they_grow"),
        ("毎年のユーザー会や研修などの施策が効いて、お客様の満足度が上がっているからです。", "our_doing"),
    ],
)
def test_who_takes_the_credit_or_sees_loyalty_grow_is_told_so(text, told):
    assert judged("why_rising", text) == ("not_yet", (told,))


def test_a_harder_way_out_that_keeps_customers_is_a_wish():
    right = {"first_quarter": "falls", "departures": "stays", "come_back": "falls"}
    assert judged("hard_exit", right)[0] == "correct"
    assert judged("hard_exit", {**right, "come_back": "stays"}) == ("not_yet", ("at_no_cost",))


@pytest.mark.slow
def test_a_cut_off_near_the_right_one_will_do_and_the_rule_of_three_loses():
    material = Material(cslab.load("synthetic:default_jp?seed=3&accounts=2000"))
    question = bank.find("right_cutoff")
    assert judge(question, 0.8, material).outcome == "correct"
    lost = judge(question, 2.5, material)
    assert (lost.outcome, lost.remarks[0].key) == ("not_yet", "worth_lost")
    assert judge(question, "0.8 times", material).remarks[0].key == "odd_decision_form"


@pytest.mark.parametrize(
    "text",
    [
        "個々の顧客の継続確率が一定でも、離れやすい会社が先に抜けるので平均は上がる。",
        "解約しやすい顧客から先にいなくなるため。残った会社は前と同じ行動をしているだけです。",
        "Those most likely to leave are gone first, so even at a constant chance for each customer the mean goes up.",
    ],
)
def test_a_chance_that_stays_the_same_for_each_customer_is_seen_through_too(text):
    assert judged("why_rising", text) == ("correct", ())


def test_how_the_numbers_move_may_be_said_in_japanese():
    assert (
        judged("hard_exit", {"first_quarter": "減る", "departures": "変わらない", "come_back": "減る"})[0] == "correct"
    )


def test_a_share_of_the_cohort_that_can_be_one_is_not_taken_for_per_cent():
    # The first rate for good gives 0.631 ** 12 = 0.004, which is 0.4 in per cent; yet 0.4 is a share as it stands.
    found = judge(bank.find("year_twelve"), 0.4, Material(BOOK))
    assert (found.mistakes, [remark.key for remark in found.remarks]) == ((), ["no_known_way"])


@pytest.mark.parametrize(
    ("given", "told"),
    [(lambda slope: slope, "raw_log_odds"), (lambda slope: 100 * math.exp(slope / 10), "in_percent")],
)
def test_a_coefficient_taken_as_it_stands_and_a_factor_in_per_cent_are_known(given, told):
    slope = hazard.fit(hazard.person_months(BOOK, lag=4), ["wau_ratio", "log(mrr0_amount)"]).coefficient("wau_ratio")
    assert judged("usage_odds", given(float(slope))) == ("not_yet", (told,))
