"""What is still wrong with a chain: each rule on a chain of a few lines, and no alarm about what is sound."""

from __future__ import annotations

import pytest

from cslab.measure.impact import findings, lint, made_out, serious, shipped, shipped_names
from cslab.measure.impact.lint import rule

SOUND = """name: faq
programme: faq
nodes:
  articles: {level: activity, en: articles, ja: 記事}
  tickets: {level: outcome, en: enquiries fall, ja: 問い合わせが減る, indicator: count(tickets)}
  stay: {level: impact, en: customers renew, ja: 更新する, indicator: retained}
links:
- {from: articles, to: tickets, sign: "-", effect: 1, lag_months: [1, 2, 3], owner: support, assumption: {en: read}}
- {from: tickets, to: stay, sign: "+", effect: 1, lag_months: [1, 4, 11], owner: cs, assumption: {en: effort matters}}
"""
CONTRACTS = """
contract_id account_id start      end        term_months notice_days
C1          A1         2024-04-01 2025-04-01 12          60
C2          A2         2024-07-01 2025-07-01 12          60
"""


def rules(text: str) -> list[str]:
    """The rules that a chain breaks."""
    return [rule(fault) for fault in findings(made_out(text, "chain.yaml")[0])]


def test_a_sound_chain_has_nothing_to_mend():
    assert rules(SOUND) == []


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_chain_has_nothing_to_mend(name):
    assert lint(shipped(name)).empty


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("en: enquiries fall", "en: 40 webinars held", ["poses"]),
        ("ja: 問い合わせが減る", "ja: ウェビナー40回開催", ["poses"]),
        ("ja: 更新する", "ja: 研修の参加者300名", ["poses"]),
        ("en: customers renew", "en: a budget of 3 million yen", ["poses"]),
        ("count(tickets)", "count(touches where type = webinar)", ["counts_ours"]),
        ("count(tickets)", "so_far(content_exposure)", ["counts_ours"]),
        (", indicator: count(tickets)", "", ["unseen"]),
        ('sign: "-", ', "", ["no_sign"]),
        ("effect: 1, lag_months: [1, 2, 3]", "lag_months: [1, 2, 3]", ["no_effect"]),
        ("effect: 1, lag_months: [1, 2, 3]", "effect: 0, lag_months: [1, 2, 3]", ["no_effect"]),
        ("owner: cs, ", "", ["no_owner"]),
        (", assumption: {en: read}", "", ["no_assumption"]),
        ("level: impact", "level: outcome", ["no_impact"]),
        ("level: outcome", "level: output", ["unfelt"]),
        ("level: outcome", "level: impact", ["unfelt", "unfelt"]),
        ("from: tickets, to: stay", "from: articles, to: stay", ["unfelt"]),
        ("level: impact", "level: output", ["no_impact", "backwards"]),
    ],
)
def test_each_slip_is_told_by_its_own_rule(old, new, wanted):
    assert rules(SOUND.replace(old, new)) == wanted


def test_a_finding_says_its_line_its_words_and_what_would_be_said_in_japanese():
    chain = made_out(SOUND.replace("en: enquiries fall", "en: 40 webinars held"), "chain.yaml")[0]
    english, japanese = lint(chain).iloc[0], lint(chain, lang="ja").iloc[0]
    assert (english["line"], english["place"], english["serious"]) == (5, "tickets", True)
    assert "“held”" in english["says"]
    assert japanese["says"].startswith("5行目 tickets")


@pytest.mark.parametrize(("lang", "told"), [("en", "40 webinars held"), ("ja", "ウェビナー40回開催")])
def test_a_name_that_is_off_in_both_languages_is_told_once_in_the_readers(lang, told):
    both = SOUND.replace("en: enquiries fall", "en: 40 webinars held").replace("問い合わせが減る", "ウェビナー40回開催")
    found = lint(made_out(both, "chain.yaml")[0], lang=lang)
    assert found["rule"].tolist() == ["poses"] and told in found["says"].item()


def test_what_goes_in_needs_neither_sign_nor_effect():
    text = SOUND.replace("nodes:\n", "nodes:\n  hours: {level: input, en: hours}\n")
    text += "- {from: hours, to: articles, lag_months: [0, 0, 1], owner: cs, assumption: {en: there is time}}\n"
    assert rules(text) == []


def test_a_circle_over_a_node_that_is_not_there_is_told_with_its_line():
    text = SOUND.replace("to: stay,", "to: stat,") + "- {from: stat, to: tickets, lag_months: [1, 2, 3]}\n"
    found = findings(made_out(text, "chain.yaml")[0])
    assert [fault.values["line"] for fault in found if rule(fault) == "cycle"] == [9]


def test_a_circle_is_told_and_does_not_keep_the_rest_from_being_told():
    text = SOUND.replace("owner: cs, ", "")
    text += '- {from: stay, to: tickets, sign: "+", effect: 1, lag_months: [0, 0, 0], owner: cs, assumption: {en: x}}\n'
    assert sorted(rules(text)) == ["cycle", "no_owner"]


def test_a_draft_without_an_activity_is_looked_at_as_far_as_it_goes():
    assert "no_owner" in rules(SOUND.replace("level: activity", "level: output").replace("owner: cs, ", ""))


@pytest.mark.parametrize(("largest", "wanted"), [(9, ["lag_short"]), (10, ["lag_short"]), (11, [])])
def test_a_lag_shorter_than_the_renewal_it_waits_for_is_told(tiny, largest, wanted):
    chain = made_out(SOUND.replace("[1, 4, 11]", f"[1, 4, {largest}]"), "chain.yaml")[0]
    book = tiny("2024-12-31", contracts=CONTRACTS)  # a year and two months: due after 3 + 11 = 14 months, and no sooner
    found = findings(chain, book)
    assert [rule(fault) for fault in found] == wanted
    assert all(fault.values["place"] == "tickets>stay" and serious(fault) for fault in found)


def test_a_programme_that_begins_with_the_contract_waits_for_its_end_alone(tiny):
    programs = "program_id eligibility started_on\nfaq new 2024-04-01\n"
    chain = made_out(SOUND.replace("[1, 4, 11]", "[1, 4, 9]"), "chain.yaml")[0]
    book = tiny("2024-12-31", contracts=CONTRACTS, programs=programs)  # begins with the contract: due after 3 + 9 = 12
    assert findings(chain, book) == []
