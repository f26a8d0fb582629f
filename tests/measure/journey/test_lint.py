"""Lint: the customer's voice, one owner, evidence that exists."""

from dataclasses import replace

import pandas as pd
import pytest

from cslab.book import Book
from cslab.measure import journey
from cslab.measure.journey import Map, read_draft


def rules(map_: Map, book: Book | None = None) -> list[tuple[str, str]]:
    found = journey.lint(map_, book)
    return list(zip(found["step"], found["rule"], strict=True))


def with_step(map_: Map, place: int, **changes: object) -> Map:
    steps = list(map_.steps)
    steps[place] = replace(steps[place], **changes)
    return replace(map_, steps=tuple(steps))


@pytest.mark.parametrize("text", ["自社でレポートを出せた", "毎週使うようになった。", "誰に聞けばよいか分かる"])
def test_what_a_customer_says_in_japanese_ends_with_a_verb(text: str):
    assert journey.is_customers(text, "ja")


@pytest.mark.parametrize(
    "text", ["キックオフ実施", "お客様に資料を送付した", "レポート作成", "弊社の報告を聞いていただけた"]
)
def test_our_own_tasks_are_seen_in_japanese(text: str):
    assert not journey.is_customers(text, "ja")


@pytest.mark.parametrize("text", ["We can make the report ourselves", "Our team uses it every week"])
def test_what_a_customer_says_in_english_is_in_the_first_person(text: str):
    assert journey.is_customers(text, "en")


@pytest.mark.parametrize("text", ["Kick-off held", "We sent the welcome mail", "Customer onboarded", "Training"])
def test_our_own_tasks_are_seen_in_english(text: str):
    assert not journey.is_customers(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        *("We received the welcome mail", "We attended the kick-off meeting", "Our team took part in the training"),
        *("We were sent a link to our accounts", "担当者から説明を受けた", "キックオフに出席した", "見積書が届いた"),
    ],
)
def test_what_the_customer_only_undergoes_is_still_our_task(text: str):
    assert not journey.is_customers(text, "en" if text.isascii() else "ja")


@pytest.mark.parametrize(
    "text",
    [
        *("We received our first order through it", "We got the answer we needed", "We have got our first result"),
        *("2つ目の部署も参加した", "経営層に報告できた", "自分たちで会議の資料を作れた"),
    ],
)
def test_what_the_customer_got_out_of_it_is_its_own(text: str):
    assert journey.is_customers(text, "en" if text.isascii() else "ja")


def test_a_word_within_another_is_not_our_task():
    assert journey.vendor_words("We have withheld nothing and resented no one", "en") == ()


def test_a_sound_map_has_no_findings(three: Map):
    assert rules(three) == []


def test_nobody_and_two_are_both_no_owner(three: Map):
    assert rules(with_step(three, 1, owners=())) == [("trained", "owner_missing")]
    assert rules(with_step(three, 1, owners=("cs", "sales"))) == [("trained", "owner_twice")]


@pytest.mark.parametrize("owner", ["sales, cs", "営業・CS", "sales/cs", '["sales; cs"]'])
def test_two_owners_in_one_text_are_two(owner: str):
    map_ = read_draft(f"journey: x\nphases: [{{phase: adoption, steps: [{{step: habit, owner: '{owner}'}}]}}]\n"
                      .replace("'[", "[").replace("]'", "]"))  # fmt: skip
    assert ("habit", "owner_twice") in rules(map_)


def test_a_table_that_knows_no_accounts_shows_no_step(three: Map):
    assert rules(with_step(three, 1, table="programs", column="started_on", where=())) == [
        ("trained", "evidence_column")
    ]


def test_each_language_is_looked_at(three: Map):
    assert rules(with_step(three, 1, goal_en="Training held", goal_ja="研修実施")) == [
        ("trained", "goal_ours_en"),
        ("trained", "goal_ours_ja"),
    ]
    assert rules(with_step(three, 1, goal_ja="")) == [("trained", "goal_missing_ja")]


def test_a_name_that_is_there_twice_and_a_phase_that_begins_twice_are_told(three: Map):
    again = replace(three, steps=(*three.steps, replace(three.steps[1], line=9)))
    assert rules(again) == [("trained", "step_twice"), ("trained", "phase_twice")]


def test_a_hand_off_to_somebody_without_a_later_step_is_told(three: Map):
    assert rules(with_step(three, 0, hand_off="cs")) == []
    assert rules(with_step(three, 2, hand_off="sales")) == [("result", "hand_off_nowhere")]


def test_evidence_that_this_company_lacks_is_told_only_with_its_book(three: Map, company):
    book = company("A signed 2024-01-01")
    assert rules(three) == []
    assert rules(three, book) == [("trained", "evidence_value"), ("result", "evidence_value")]
    nothing = Book({"accounts": pd.DataFrame({"account_id": ["A"]})}, pd.Timestamp("2024-01-31"))
    assert {rule for _, rule in rules(three, nothing)} == {"evidence_absent"}


def test_findings_speak_the_readers_language(three: Map):
    found = journey.lint(with_step(three, 1, owners=()), lang="ja")
    assert "責任部署" in found["says"].iloc[0]
