"""What a customer is given: the own goals and where one stands, and nothing that is ours alone."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from cslab.course.journey import Stand, customer_page
from cslab.course.selfcontained import outside
from cslab.measure import journey
from cslab.words import LANGUAGES, word

MAP = journey.read_draft("""
journey: mine
phases:
- phase: onboarding
  steps:
  - {step: begun, goal: {en: We know who does what, ja: 役割が分かった}, owner: onboarding, target_days: 14}
  - {step: agreed, goal: {en: We have set a goal, ja: 目標を決めた}, owner: cs, emotion: -2}
  - {step: seen, goal: {en: We see a result, ja: 成果が見えた}, owner: customer, hand_off: cs}
  - {step: shown, goal: {en: We have shown it, ja: 報告できた}, owner: cs}
- phase: churn
  steps:
  - {step: left, goal: {en: We could leave, ja: やめられた}, owner: cs, optional: true}
""")
ROWS = {
    "step": ["begun", "agreed", "seen", "shown", "left"],
    "status": ["reached", "skipped", "here", "ahead", "not_taken"],
    "day": [pd.Timestamp("2024-04-09"), *[pd.NaT] * 4],
}


def stand(private: bool = False) -> Stand:
    return Stand("A0012", "2024-06-30", pd.DataFrame(ROWS), private)


def text_of(html: str) -> str:
    """What a reader sees."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("</style>")[2]).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_needs_nothing_but_itself(lang):
    assert outside(customer_page(MAP, lang, stand())) == []


@pytest.mark.parametrize(("lang", "goal"), [("en", "We see a result"), ("ja", "成果が見えた")])
def test_the_goals_are_in_the_language_of_the_reader(lang, goal):
    assert goal in text_of(customer_page(MAP, lang))


def test_no_customer_is_shown_the_way_out_nor_what_we_note_about_feelings():
    seen = text_of(customer_page(MAP, "en", stand()))
    assert "We could leave" not in seen and "-2" not in seen


def test_the_step_at_which_the_customer_stands_is_marked_once():
    html = customer_page(MAP, "en", stand())
    assert html.count('class="here"') == 1 and html.count(word("journey.page.here", "en")) == 1
    assert "We see a result" in html.partition('class="now"')[2].partition("</div>")[0]


def test_only_what_was_reached_counts_as_done():
    assert "1 of 4 steps" in text_of(customer_page(MAP, "en", stand()))


def test_a_step_before_the_records_is_neither_done_nor_still_to_come():
    rows = {**ROWS, "status": ["unseen", "unseen", "here", "ahead", "not_taken"]}
    seen = text_of(customer_page(MAP, "en", Stand("A1", "2024-06-30", pd.DataFrame(rows))))
    assert "0 of 2 steps" in seen and seen.count(word("journey.page.unseen", "en")) == 2


def test_a_step_that_was_reached_says_when_and_one_that_was_left_out_says_so():
    seen = text_of(customer_page(MAP, "en", stand()))
    assert "reached on 2024-04-09" in seen and word("journey.page.skipped", "en") in seen


def test_a_hand_off_says_who_is_there_from_then_on():
    assert "from here on: Customer Success" in text_of(customer_page(MAP, "en"))


def test_what_the_customer_does_is_said_to_be_in_the_customer_s_hands():
    assert "with you: you, in your own hands" in text_of(customer_page(MAP, "en"))


def test_a_page_for_everybody_says_nothing_of_anybody_s_progress():
    html = customer_page(MAP, "en")
    assert 'class="where"' not in html and 'class="here"' not in html


def test_a_page_of_real_data_says_for_whose_eyes_it_is():
    assert "for A0012 only" in text_of(customer_page(MAP, "en", stand(private=True)))
    assert "for A0012 only" not in text_of(customer_page(MAP, "en", stand()))


def test_whoever_has_come_the_whole_way_is_told():
    done = pd.DataFrame({**ROWS, "status": ["reached"] * 5, "day": [pd.Timestamp("2024-04-09")] * 5})
    assert "4 of 4 steps" in text_of(customer_page(MAP, "en", Stand("A1", "2024-06-30", done)))


def test_words_of_a_map_cannot_become_html():
    drawn = journey.read_draft("journey: m\nphases: [{phase: adoption, steps: [{step: a, goal: {en: '<b>We</b>'}}]}]\n")
    assert "&lt;b&gt;We&lt;/b&gt;" in customer_page(drawn, "en")
