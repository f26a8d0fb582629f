"""Statements to sort, and the rule by words with its error rate."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.measure.impact import LEVELS, classified, classify, error_rate, statements


def test_there_are_more_than_thirty_statements_of_all_levels_in_both_languages():
    count = Counter(one.level for one in statements())
    assert len(statements()) > 30
    assert set(count) == set(LEVELS) and min(count.values()) >= 6
    assert all(one.en and one.ja and one.why_en and one.why_ja for one in statements())
    assert len({one.id for one in statements()}) == len(statements())


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("80 webinars held", "output"),
        ("Number of articles", "output"),
        ("1,200 page views", "output"),
        ("セミナーを12回開催", "output"),
        ("動画の再生1,200回", "output"),
        ("アンケートの参加者50名", "output"),
        ("A budget of ¥5M", "input"),
        ("工数を80時間確保", "input"),
        ("We call every new customer", "activity"),
        ("Running a monthly workshop", "activity"),
        ("ワークショップを開催する", "activity"),
        ("Users need fewer steps", "outcome"),
        ("顧客が自分で設定できる", "outcome"),
        ("More customers renew", "impact"),
        ("解約率が下がる", "impact"),
    ],
)
def test_plain_cases_are_told_by_their_words(text, level):
    assert classify(text).level == level


def test_customers_who_read_and_then_act_are_an_outcome():
    assert classify("Users watched the video and now solve it themselves").level == "outcome"


def test_the_words_that_it_rests_on_are_told():
    assert classify("40 webinars held").words == ("held",)
    assert classify("").words == () and classify("").level == ""


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_error_rate_is_told_on_statements_that_the_rules_were_not_made_with(lang):
    table = classified(lang)
    asked = table[table["held_out"]]
    found = error_rate(lang)
    assert found.n == len(asked) >= 15
    assert found.estimate == pytest.approx(1 - asked["right"].mean())
    assert found.low < found.estimate < found.high
    assert 0 < found.estimate < 0.5  # far from reliable, far better than one in five right


@given(st.text(max_size=80))
def test_any_text_has_a_level_or_none(text):
    assert classify(text).level in {*LEVELS, ""}
