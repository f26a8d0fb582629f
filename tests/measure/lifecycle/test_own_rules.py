"""Phases of one's own in the questions about hours, and files whose every fault is told in one go."""

from __future__ import annotations

import pytest

import cslab
from cslab.faults import DataError
from cslab.measure import lifecycle
from cslab.measure.lifecycle import focus

OWN = """\
name: own
clock: signed
marks:
  signed: {table: accounts, column: signed_on}
  live: {table: onboarding, column: done, where: {milestone: first_value}}
  left: {table: churn_events, column: effective_on, each: true}
  back: {table: churn_events, column: winback_on, each: true}
phases:
  adoption: {since: signed, until: [live], hours_per_case: 8, en: Setting up}
  running: {since: signed, hours_per_case: 3}
  gone: {since: left, until: [back], final: true}
precedence: [gone, adoption, running]
"""


@pytest.fixture(scope="module")
def own() -> lifecycle.Rules:
    """Two phases of customers, each with hours; one has a name that means something else to the kit."""
    return lifecycle.read_rules(OWN, "own.yaml")


def told(text: str) -> list[tuple[int, str]]:
    """Line and kind of every fault of a file."""
    with pytest.raises(DataError) as caught:
        lifecycle.read_rules(text, "own.yaml")
    assert all(fault.text("ja") for fault in caught.value.faults)
    return [(fault.values["line"], fault.key) for fault in caught.value.faults]


def test_hours_are_placed_by_own_rules_whatever_their_phases_are_called(own):
    found = focus.table(cslab.load("synthetic:tiny"), 100, own, futures=2)
    assert found["phase"].tolist() == ["adoption", "running"]
    assert found["per_hour"].notna().all() and found["truth"].isna().all()


def test_no_truth_stands_beside_a_phase_that_only_shares_its_name(own):
    found = focus.entrants(cslab.load("synthetic:tiny"), rules=own, futures=2)
    assert found["remembered"].notna().all() and found[["truth", "true_leaving"]].isna().all().all()


def test_rules_can_place_hours_only_where_every_phase_of_customers_says_what_a_case_takes(own):
    assert own.priced and lifecycle.rules().priced
    assert not lifecycle.rules("sansan").priced
    assert not lifecycle.read_rules(OWN.replace(", hours_per_case: 3", ""), "own.yaml").priced


def test_phases_are_called_what_the_file_calls_them(own):
    assert own.called("en")["adoption"] == "Setting up" and own.called("ja")["running"] == "running"


def test_unknown_keys_do_not_hide_what_else_is_wrong():
    text = (
        OWN.replace("clock: signed", "clock: sigend\nby: me")
        .replace("where:", "wehre:")
        .replace("since: left", "since: lfet")
    )
    kinds = [key for _, key in told(text)]
    assert sorted(kinds) == ["declared.unknown_key", "declared.unknown_key", "lifecycle.unknown", "lifecycle.unknown"]


def test_missing_keys_do_not_hide_what_else_is_wrong_either():
    text = OWN.replace("  running: {since: signed", "  running: {sicne: signed").replace("[gone,", "[goen,")
    kinds = [key for _, key in told(text)]
    assert kinds.count("declared.missing_key") == 1 and kinds.count("declared.unknown_key") == 1
    assert {"lifecycle.unknown", "lifecycle.no_rank"} <= set(kinds)


def test_a_list_in_place_of_one_text_is_told_as_such():
    with pytest.raises(DataError) as caught:
        lifecycle.read_rules(
            OWN.replace("{since: signed, hours", "{since: signed, owner: [cs, sales], hours"), "own.yaml"
        )
    said = str(caught.value)
    assert "one text" in said and "quotation" not in said
