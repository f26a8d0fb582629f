"""Maps of one's own: every fault in one go, phases by the company's own names, evidence from many tables."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.faults import DataError, UsageError
from cslab.measure import journey

OWN = """\
journey: own
phases:
- phase: 導入期
  steps:
  - step: begun
    goal: {en: We have begun, ja: 使い始めた}
    evidence: {table: onboarding, column: started}
    owner: onboarding
- phase: 見守り
  steps:
  - step: harvest
    goal: {en: We have got our first result, ja: 最初の成果を自社で出せた}
    evidence: {table: onboarding, column: done, where: {milestone: first_value}}
    owner: cs
    target_days: 30
"""


def test_aliases_of_the_shipped_rules_are_phases_and_an_own_name_does_no_harm():
    found = journey.lint(journey.read_map(OWN))
    (row,) = found[found["rule"] == "phase_unknown"].to_dict("records")
    assert row["phase"] == "見守り" and not row["serious"]
    assert "the map works all the same" in row["says"]


def test_a_fault_of_form_does_not_hide_what_the_other_steps_lack():
    wrong = OWN.replace("target_days: 30", "target_days: soon").replace("    owner: onboarding\n", "")
    for read in (journey.read_map, journey.read_draft):
        with pytest.raises(DataError) as caught:
            read(wrong)
        assert [fault.key for fault in caught.value.faults] == ["journey.owner_missing", "declared.wanted.number"]


def test_an_unknown_map_is_told_with_the_nearest_and_with_the_way_to_ones_own():
    with pytest.raises(UsageError, match=r"nearest: journey.*\.yaml file of your own"):
        journey.chosen("jorney")


def test_evidence_from_many_tables_becomes_one_log_and_no_number_changes(company):
    onboarding = pd.DataFrame({"account_id": ["A", "B", "A"], "milestone": ["kickoff", "kickoff", "first_value"]})
    onboarding["started"] = pd.Timestamp("2024-01-02")
    onboarding["done"] = pd.to_datetime(["2024-01-05", "2024-01-08", "2024-01-20"])
    book = company("A signed 2024-01-01\nB signed 2024-01-01", onboarding=onboarding)
    map_ = journey.read_map(OWN)
    logged, drawn = journey.noted(book, map_)
    assert sorted(logged.journey_events["step_id"].unique()) == ["begun", "harvest"]
    assert {step.table for step in drawn.steps} == {"journey_events"}
    before, after = journey.conformance(book, map_).steps, journey.conformance(logged, drawn).steps
    pd.testing.assert_frame_equal(before, after)
    assert after.set_index("step")["estimate"].to_dict() == {"begun": 1.0, "harvest": 0.5}


def test_a_map_of_the_log_alone_is_left_as_it_is(company, three):
    book = company("A signed 2024-01-01")
    assert journey.noted(book, three) == (book, three)
