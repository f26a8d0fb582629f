"""Whether a company's records can serve a chain."""

from dataclasses import replace

import pandas as pd
import pytest

import cslab
from cslab.faults import DataError
from cslab.measure.impact import Chain, Records, checked, faults, shipped, shipped_names
from cslab.measure.impact import test_links as held_against

CHAIN = """\
name: faq
programme: faq
nodes:
  articles: {level: activity}
  tickets: {level: outcome, indicator: count(tickets where category = how_to)}
links: [{from: articles, to: tickets, lag_months: [1, 2, 3]}]
"""


def chain(old: str = "", new: str = "") -> Chain:
    assert old in CHAIN
    return Chain.from_yaml(CHAIN.replace(old, new), "mine.yaml")


@pytest.fixture(scope="module")
def records() -> Records:
    return Records(cslab.load("synthetic:tiny?accounts=120&programs=faq"))


def test_records_that_can_serve_a_chain_have_no_fault(records: Records):
    assert checked(chain(), records) is records


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "said"),
    [
        ("programme: faq", "programme: faqs", 2, "chain.no_programme", "nearest: faq"),
        ("category = how_to", "category = howto", 5, "chain.no_word", "nearest: how_to"),
        ("count(tickets where category = how_to)", "ever(accounts)", 5, "chain.flat", "never varies"),
        (
            "programme: faq",
            "starts: so_far(tickets where exchanges > 500)",
            2,
            "chain.nobody_starts",
            "above 0 for nobody",
        ),
    ],
)
def test_what_the_records_lack_is_told_with_file_and_line(records: Records, old, new, line, key, said):
    with pytest.raises(DataError) as refused:
        checked(chain(old, new), records)
    found = refused.value
    assert found.subject == "mine.yaml"
    assert [(fault.values["line"], fault.key) for fault in found.faults] == [(line, key)]
    assert said in found.text("en")


@pytest.mark.parametrize("name", ["qbr", "onboarding_programme", "training"])
def test_what_has_not_happened_yet_is_no_fault_of_the_records_before_it_is_due(name):
    book = cslab.load(f"synthetic:default_jp?accounts=800&programs={name}&policy=program_rct")
    start = book.programs["started_on"].min()
    early = book.at(str((start + pd.offsets.MonthEnd(2)).date()))
    found = held_against(early, shipped(name))
    seen = [one for one in found.links if not one.unseen]
    assert seen and {one.verdict for one in seen} == {"not_yet_due"}


def test_a_programme_that_nobody_joined_is_told():
    book = cslab.load("synthetic:tiny?accounts=120&programs=faq")
    turns = book.program_enrolment.assign(enrolled_on=pd.NaT)
    found = faults(chain(), replace(book, tables={**book.tables, "program_enrolment": turns}))
    assert [(fault.key, fault.values["count"]) for fault in found] == [("chain.nobody_joined", len(turns))]


def test_a_programme_that_has_only_been_planned_has_nobody_either():
    book = cslab.load("synthetic:tiny?accounts=120&programs=faq")
    found = faults(chain(), replace(book, tables={**book.tables, "program_enrolment": book.program_enrolment[:0]}))
    assert [(fault.key, fault.values["count"]) for fault in found] == [("chain.nobody_joined", 0)]


def test_records_without_a_register_say_what_is_missing(tiny):
    contracts = "account_id start end outcome\nA 2023-04-01 2024-04-01 open"
    keys = [fault.key for fault in faults(chain(), tiny("2023-12-31", contracts=contracts))]
    assert keys == ["no_table", "chain.table_absent"]


def test_everything_missing_is_told_at_once(records: Records):
    both = chain("programme: faq", "programme: faqs\ncontrol: count(tickets where category = bgu)")
    assert sorted(fault.key for fault in faults(both, records)) == ["chain.no_programme", "chain.no_word"]


@pytest.mark.parametrize("name", shipped_names())
def test_a_made_company_that_runs_a_programme_serves_its_chain(name: str):
    run = shipped(name).programme
    book = cslab.load(f"synthetic:tiny?accounts=300&programs={run}" if run else "synthetic:tiny?accounts=300")
    assert faults(shipped(name), book) == []
