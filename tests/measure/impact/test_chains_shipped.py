"""The chains that the kit carries: whole in both languages, and seen in the records of a company that runs them."""

from __future__ import annotations

import pytest

import cslab
from cslab.measure.impact import Records, faults, findings, shipped, shipped_names
from cslab.measure.impact.graph import tested

ALL = ",".join(name for name in shipped_names() if name not in ("community", "onboarding_thorough"))


@pytest.fixture(scope="module")
def records() -> Records:
    """A company that runs every programme for which the kit has a chain."""
    return Records(cslab.load(f"synthetic:default_jp?accounts=1000&programs={ALL}&policy=program_rct"))


@pytest.mark.parametrize("name", shipped_names())
def test_a_chain_is_whole_in_both_languages(name):
    chain = shipped(name)
    assert chain.en and chain.ja and chain.control and chain.causes
    assert all(one.en and one.ja for one in (*chain.nodes, *chain.causes))
    assert all(link.assumption_en and link.assumption_ja and link.owner for link in chain.links)
    assert all(node.unit_en and node.unit_ja for node in chain.nodes if node.indicator)


@pytest.mark.parametrize("name", shipped_names())
def test_a_chain_goes_from_input_to_impact_and_says_everything_that_a_verdict_needs(name):
    chain = shipped(name)
    levels = {node.level for node in chain.nodes}
    assert {"input", "activity", "outcome", "impact"} <= levels
    assert all(link.sign and link.effect > 0 and link.grade and link.power for link in tested(chain))


@pytest.mark.parametrize("name", shipped_names())
def test_the_records_of_a_company_that_runs_it_show_every_indicator(name, records):
    assert faults(shipped(name), records) == []


@pytest.mark.parametrize("name", shipped_names())
def test_no_lag_is_shorter_than_the_contracts_of_the_default_company(name, records):
    assert findings(shipped(name), records.book) == []


def test_the_three_benefits_of_less_effort_are_links_of_their_own():
    chain = shipped("faq")
    ends = [link.target for link in tested(chain)]
    assert [name for name in ends if name in ("tickets", "retention", "lifetime_value")] == [
        "tickets",
        "retention",
        "lifetime_value",
    ]


def test_advertising_keeps_what_is_seen_apart_from_what_people_do():
    levels = {node.id: node.level for node in shipped("advertising").nodes}
    assert levels["budget"] == "input" and levels["prepared"] == "output" and levels["use"] == "outcome"


def test_the_advisory_board_says_that_its_members_are_a_biased_sample():
    link = shipped("advisory_board").link("board_hours>roadmap")
    assert "larger" in link.assumption("en") and "偏り" in link.assumption("ja")
