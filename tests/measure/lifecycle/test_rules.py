"""Rules of phases: those that come with the kit, and those that people write."""

from __future__ import annotations

import pytest

from cslab.faults import DataError, UsageError
from cslab.measure import lifecycle

OWN = """
name: own
clock: signed
marks:
  signed: {table: accounts, column: signed_on}
  value: {table: onboarding, column: done, where: {milestone: first_value}}
phases:
  start: {since: signed, until: [value], ja: 立ち上げ, aliases: [Kick Off]}
  use: {since: signed}
precedence: [start, use]
"""


def told(text: str) -> list[str]:
    """What is said of rules that are wrong."""
    with pytest.raises(DataError) as caught:
        lifecycle.read_rules(text, "own.yaml")
    assert "own.yaml" in caught.value.text("ja")
    return [fault.text("en") for fault in caught.value.faults]


@pytest.mark.parametrize("name", lifecycle.SHIPPED)
def test_every_phase_that_comes_with_the_kit_has_a_name_in_both_languages(name: str):
    rules = lifecycle.rules(name)
    assert rules.name == name
    assert all(rules.label(phase, "ja") != phase for phase in rules.phases)
    assert set(rules.precedence) == set(rules.phases)


@pytest.mark.parametrize(
    ("rules", "alias", "phase"),
    [
        ("default", "オンボーディング", "onboarding"),
        ("default", "契約更新・拡販", "renewal"),
        ("default", "導入", "onboarding"),
        ("sansan", "定着期", "establishment"),
        ("totango", "Nurture", "nurture"),
        ("default", "ＣＨＵＲＮＥＤ", "churn"),
    ],
)
def test_a_phase_is_known_by_its_other_names(rules: str, alias: str, phase: str):
    assert lifecycle.rules(rules).phase_of(alias) == phase


def test_a_name_that_no_phase_has_is_told_with_the_nearest():
    with pytest.raises(UsageError, match="nearest: onboarding"):
        lifecycle.rules().phase_of("onbording")


def test_rules_that_do_not_exist_are_told_with_those_that_do():
    with pytest.raises(UsageError, match="nearest: sansan"):
        lifecycle.rules("sanson")


def test_own_rules_are_read_with_their_own_names():
    rules = lifecycle.read_rules(OWN, "own.yaml")
    assert rules.label("start", "ja") == "立ち上げ" and rules.phase_of("kick off") == "start"


def test_a_mark_may_stand_in_one_of_several_places():
    text = OWN.replace(
        "signed: {table: accounts, column: signed_on}",
        "signed: [{table: accounts, column: signed_on}, {table: contracts, column: start}]",
    )
    assert [way.table for way in lifecycle.read_rules(text, "own.yaml").marks["signed"].ways] == [
        "accounts",
        "contracts",
    ]


def test_slips_of_form_are_told_all_at_once_with_their_lines():
    text = OWN.replace("clock: signed", "clok: signed").replace("until: [value]", "until: value")
    assert [said.split(":")[0] for said in told(text)] == ["line 1", "line 3", "line 8"]


def test_names_that_nobody_declared_are_told_all_at_once_with_the_nearest():
    text = OWN.replace("until: [value]", "until: [vaule]").replace("column: done", "column: don")
    text = text.replace("milestone: first", "mile_stone: first").replace("[start, use]", "[start, start]")
    said = told(text)
    assert [line.split(":")[0] for line in said] == ["line 6", "line 6", "line 8", "line 10", "line 10"]
    assert "nearest: done" in said[0] and "nearest: milestone" in said[1] and "nearest: value" in said[2]
    assert "start is there twice" in said[3] and "use is missing" in said[4]


def test_a_column_that_holds_no_days_is_no_mark():
    (said,) = told(OWN.replace("column: signed_on", "column: segment"))
    assert said.startswith("line 5: accounts.segment") and "signed_on" in said


def test_a_limit_is_asked_of_numbers_alone():
    (said,) = told(OWN.replace("where: {milestone: first_value}", 'where: {milestone: "> 3"}'))
    assert said.startswith("line 6: onboarding.milestone holds no numbers")


def test_a_key_that_is_left_empty_is_as_if_it_were_not_there():
    rules = lifecycle.read_rules(OWN.replace("where: {milestone: first_value}", "where: , days: "), "own.yaml")
    assert rules.marks["value"].ways[0].needs == ("onboarding.done",)


@pytest.mark.parametrize("other", ["aliases: [ＫＩＣＫ off]", "en: Start", "aliases: [立ち上げ]"])
def test_a_name_that_two_phases_go_by_is_refused(other: str):
    (said,) = told(OWN.replace("use: {since: signed}", f"use: {{since: signed, {other}}}"))
    assert said.startswith("line 9:") and "start and use" in said


def test_a_table_that_does_not_exist_is_told_with_the_nearest():
    (said,) = told(OWN.replace("table: accounts", "table: acounts"))
    assert "nearest: accounts" in said


def test_a_section_without_a_mark_says_which_key_is_missing():
    said = told(OWN.replace("  use: {since: signed}", "  use: {owner: cs}"))
    assert said == ["line 9: phases.use: the key since is missing."]
