"""A journey map is read strictly, with lines, all faults at once."""

import pytest

from cslab.faults import DataError, UsageError
from cslab.measure import journey
from cslab.sources import shipped

GOOD = """\
journey: mine
phases:
- phase: onboarding
  steps:
  - step: started
    goal: {en: We have begun, ja: 使い始めた}
    evidence: {table: onboarding, column: done, where: {milestone: kickoff}}
    owner: onboarding
    target_days: 14
"""


def faults_of(text: str) -> list[tuple[int, str]]:
    with pytest.raises(DataError) as refused:
        journey.read_map(text)
    return [
        (fault.values["line"], fault.key.removeprefix("declared.").removeprefix("journey."))
        for fault in refused.value.faults
    ]


def test_a_map_is_read_with_its_lines():
    step = journey.read_map(GOOD).find("started")
    assert (step.owner, step.line, step.where, step.goal("ja")) == (
        "onboarding",
        5,
        (("milestone", "kickoff"),),
        "使い始めた",
    )


def test_what_the_kit_ships_can_be_read_and_the_good_map_has_nothing_to_mend():
    assert journey.lint(journey.read_map(shipped.text("journey"))).empty
    assert not journey.lint(journey.shipped("journey_vendor")).empty


def test_an_unknown_key_two_owners_and_a_missing_table_are_told_at_once():
    text = GOOD.replace("    owner: onboarding\n", "    ower: x\n    owner: [sales, cs]\n").replace(
        "table: onboarding", "table: onbording"
    )
    assert faults_of(text) == [(5, "owner_twice"), (5, "evidence_table"), (8, "unknown_key")]


@pytest.mark.parametrize(
    ("broken", "key"),
    [
        (GOOD.replace("  steps:", "\tsteps:"), "tab"),
        (GOOD + "journey: again\n", "key_twice"),
        (GOOD.replace("owner: onboarding", "owner: &who onboarding"), "alias"),
        (GOOD.replace("target_days: 14", "target_days: soon"), "wanted.number"),
        (GOOD.replace("target_days: 14", "target_days: -1"), "low"),
        (GOOD.replace("owner: onboarding", "owner: []"), "owner_missing"),
        (GOOD.replace("column: done", "column: milestone"), "evidence_day"),
        (GOOD.replace("milestone: kickoff", "milstone: kickoff"), "evidence_where"),
        ("# " + "x" * 1_000_001, "too_large"),
    ],
)
def test_what_is_wrong_with_a_map_is_told(broken: str, key: str):
    with pytest.raises(DataError) as refused:
        journey.read_map(broken)
    assert key in [fault.key.removeprefix("declared.").removeprefix("journey.") for fault in refused.value.faults]


def test_a_draft_may_still_lack_owners_and_goals():
    draft = journey.read_draft("journey: d\nphases:\n- phase: adoption\n  steps:\n  - step: habit\n")
    assert set(journey.lint(draft)["rule"]) == {"owner_missing", "goal_missing", "evidence_missing"}


def test_an_unknown_step_names_the_nearest():
    with pytest.raises(UsageError, match="kickoff"):
        journey.shipped().find("kickof")
