"""The questions of lesson 02: names in either language, slips told for what they are, companies of their own ways."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import cslab
from cslab.course.questions import bank, feedback
from cslab.course.questions.case_hours import HOURS, own_rules
from cslab.course.questions.judge import Judgement, judge
from cslab.course.questions.question import Material
from cslab.measure import lifecycle
from cslab.sources.export import export

JA = {
    "purchase": "購買・成約",
    "onboarding": "オンボーディング",
    "adoption": "アダプション",
    "renewal": "更新",
    "churn": "解約",
}
DONE = {"table": "onboarding", "column": "done"}


@cache
def material() -> Material:
    return Material(cslab.load("synthetic:tiny"))


def judged(question: str, answer: Any) -> Judgement:
    """An answer judged on the small company."""
    return judge(bank.find(question), answer, material())


def right() -> dict[str, str]:
    """The phases of the twelve."""
    found: dict[str, str] = bank.find("phases_then").reference(material())
    return found


@pytest.mark.slow
def test_a_phase_may_be_called_by_its_japanese_name():
    assert judged("phases_then", {name: JA[phase] for name, phase in right().items()}).outcome == "correct"
    best = bank.find("best_phase").reference(material())
    assert judged("best_phase", JA[best]).outcome == "correct"


def test_a_name_that_is_none_is_named_once_however_often_it_stands_there():
    found = judged("phases_then", dict.fromkeys(right(), "アダプテーション"))
    said = " ".join(feedback.said(found, bank.find("phases_then"), "ja"))
    assert said.count("アダプテーション") == 1 and "アダプション" in said


def test_a_japanese_name_that_is_nearly_one_is_told_the_nearest():
    found = judged("best_phase", "オンボーディグ")
    assert "オンボーディング" in " ".join(feedback.said(found, bank.find("best_phase"), "ja"))


@pytest.mark.parametrize(
    ("customers", "phase", "mistake"),
    [
        ("FG", "adoption", "ends_covered"),
        ("G", "adoption", "any_decision"),
        ("K", "renewal", "monthly_too"),
        ("L", "purchase", "never_kicked_off"),
        ("L", "onboarding", "never_first_value"),
        ("I", "churn", "gone_for_good"),
    ],
)
def test_a_slip_in_one_row_of_the_twelve_is_told_by_its_name(customers, phase, mistake):
    assert judged("phases_then", right() | dict.fromkeys(customers, phase)).mistakes == (mistake,)


def test_a_milestone_that_there_is_not_is_named_with_those_there_are():
    found = judged("onboarding_exit", {**DONE, "where": {"milestone": "first_valeu"}})
    said = " ".join(feedback.said(found, bank.find("onboarding_exit"), "en"))
    assert "first_valeu" in said and "nearest: first_value" in said and "team_trained" in said and "%" not in said


def test_a_rule_that_nobody_passes_for_its_days_is_told_so():
    found = judged("onboarding_exit", {"table": "accounts", "column": "signed_on", "days": 9999})
    assert "accounts.signed_on" in " ".join(feedback.said(found, bank.find("onboarding_exit"), "en"))


@pytest.mark.parametrize(("column", "mistake"), [("planned", "planned_day"), ("started", "begun_day")])
def test_another_day_of_the_right_milestone_is_told_by_its_name(column, mistake):
    rule = {"table": "onboarding", "column": column, "where": {"milestone": "first_value"}}
    assert judged("onboarding_exit", rule).mistakes == (mistake,)


@pytest.mark.parametrize(
    "reason",
    [
        "I would ask in each phase how much profit each hour of ours brings, and go there.",
        "Many are in adoption, but we should look at what an hour earns in each of the phases.",
        "How many customers stand there does not matter; what counts is what an hour brings.",
        "社数は関係なく、1時間あたりにいくら稼げるかでフェーズを選ぶべきです。",
        "アダプションの人数は多いですが、同じ時間でどれだけ利益が増えるかで比べたいです。",
    ],
)
def test_the_same_reason_in_other_words_is_taken(reason):
    assert judged("focus_reason", reason).outcome == "correct"


@pytest.mark.parametrize(
    "reason",
    [
        "1時間あたりの効果など関係なく、お客様の多いアダプションに時間を使うべきだと思います。",
        "What an hour gains there is not the point, the gain does not matter; we like adoption.",
    ],
)
def test_a_reason_that_pushes_the_hour_aside_is_not_taken(reason):
    assert judged("focus_reason", reason).mistakes == ("dismissed",)


@pytest.mark.slow
def test_companies_work_in_their_own_ways_which_files_keep(tmp_path):
    ways = [cslab.load(f"synthetic:tiny?seed={seed}") for seed in range(12)]
    hours = [own_rules(book).phases["renewal"].hours_per_case for book in ways]
    assert set(hours) == {way["renewal"] for way in HOURS}
    export(ways[0], tmp_path / "files")
    assert own_rules(cslab.load(f"folder:{tmp_path / 'files'}")) == own_rules(ways[0])
    assert own_rules(ways[0]).tells_like(lifecycle.rules())
