"""The test of a chain, in companies whose truth is known."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import DataError, UsageError
from cslab.measure import impact
from cslab.measure.impact.indicator import Indicator
from cslab.measure.impact.looked import Looked
from cslab.measure.impact.verdict import Reason
from cslab.measure.impact.ways import way

WORLD = "synthetic:default_jp?accounts=1000&programs=faq&policy=program_"
FEW = WORLD.replace("1000", "300")
HEAD = """
name: small
en: small
programme: faq
nodes:
  articles: {level: activity, en: articles}
  tickets: {level: outcome, en: enquiries, indicator: "count(tickets where category in [how_to, setup, account])"}
"""
NODES = {
    "views": "  views: {level: output, en: views}\n",
    "logins": "  logins: {level: outcome, en: logins, indicator: sum(usage_monthly.logins)}\n",
}
FIRST = '- {from: articles, to: tickets, sign: "-", effect: 0.11, lag_months: [1, 2, 3]}\n'


def small(*links: str, rest: str = "") -> str:
    """A small chain with more links, and what else its file says."""
    more = "".join(f"- {{{link}, sign: '+', effect: 1, lag_months: [0, 1, 2]}}\n" for link in links)
    nodes = "".join(text for name, text in NODES.items() if f"to: {name}" in more)
    return f"{HEAD}{nodes}links:\n{FIRST}{more}{rest}"


def chain(*links: str, rest: str = "") -> impact.Chain:
    """The same, read."""
    return impact.Chain.from_yaml(small(*links, rest=rest))


@pytest.fixture(scope="module")
def book() -> Book:
    """A company with a FAQ for half of its customers, by lot."""
    return cslab.load(WORLD + "rct")


@pytest.fixture(scope="module")
def few() -> Book:
    """A smaller one."""
    return cslab.load(FEW + "rct")


@pytest.fixture(scope="module")
def tested(book) -> impact.Tested:
    """Its FAQ chain."""
    return impact.test_links(book, impact.shipped("faq"))


def test_a_strong_link_is_supported_once_its_lag_has_passed(tested):
    one = tested.find("articles", "tickets")
    assert (one.verdict, one.identified) == ("supported", "lot")
    assert one.effect.high < 0 and one.mde < abs(one.declared)
    assert one.per_unit.estimate == one.effect.estimate  # of one participant


def test_it_is_not_yet_due_before_and_says_from_which_day_on(book):
    early = impact.test_links(book.at("2022-06-30"), impact.shipped("faq")).find("articles", "tickets")
    assert early.verdict == "not_yet_due" and early.due_on == pd.Timestamp("2022-07-31")
    later = impact.test_links(book.at("2022-07-31"), impact.shipped("faq")).find("articles", "tickets")
    assert later.verdict != "not_yet_due"


def test_before_it_is_due_no_table_shows_a_number(few):
    early = impact.test_links(few.at("2023-09-30"), impact.shipped("faq"))
    waiting = early.table()[lambda table: table["verdict"] == "not_yet_due"]
    assert len(waiting) and waiting[["estimate", "low", "high", "per_unit"]].isna().all(axis=None)
    assert early.find("use", "retention").effect is not None  # the number is there for who plans with it


def test_a_fraction_of_a_month_waits_for_its_end(few):
    late = chain()
    late = replace(late, links=(replace(late.links[0], lag=(1.0, 2.0, 2.5)),))
    whole = replace(late, links=(replace(late.links[0], lag=(1.0, 2.0, 3.0)),))
    one, other = (impact.test_links(few, each).links[0] for each in (late, whole))
    assert (one.due, one.effect.estimate) == (other.due, other.effect.estimate) == (3, other.effect.estimate)
    told = [impact.true_effects(few, each, accounts=0)["estimate"][0] for each in (late, whole)]
    assert told[0] == told[1]


def test_links_whose_change_is_too_small_to_be_seen_are_unidentifiable(tested):
    for target in ("use", "retention", "lifetime_value"):
        one = next(link for link in tested.links if link.target == target)
        assert (one.verdict, one.reason.key) == ("unidentifiable", "reason.mde")
        assert one.mde > abs(one.declared)


@pytest.mark.slow
def test_where_the_programme_does_nothing_a_declared_change_is_contradicted_and_the_next_link_says_so():
    idle = cslab.load(WORLD.replace("1000", "4000") + "rct&program_effect=0&seed=3")
    found = impact.test_links(idle, impact.shipped("faq"))
    assert found.find("articles", "tickets").verdict == "contradicted"
    assert [note.key for note in found.find("tickets", "ease").notes] == ["note.source_still"]


def test_a_target_without_an_indicator_is_unidentifiable_and_named(few):
    found = impact.test_links(few, chain("from: articles, to: views")).find("articles", "views")
    assert (found.verdict, found.reason.key) == ("unidentifiable", "reason.no_indicator")
    assert "views" in found.reason.text("en")


def test_where_the_programme_gets_there_by_another_road_records_have_to_do(few):
    both = chain("from: articles, to: logins", "from: tickets, to: logins")
    found = impact.test_links(few, both)
    past_it = found.find("articles", "logins")
    assert (past_it.verdict, past_it.reason.key) == ("unidentifiable", "reason.other_road")
    assert "articles → enquiries → logins" in past_it.reason.text("en")
    by_records = found.find("tickets", "logins")
    assert by_records.identified == "lagged"
    assert by_records.effect.estimate == pytest.approx(-0.11 * by_records.lagged.estimate)  # for one participant
    hidden = chain("from: articles, to: views", "from: views, to: logins", "from: tickets, to: logins")
    one = impact.test_links(few, hidden).find("views", "logins")
    assert one.reason.key == "reason.no_indicator"


def test_without_a_lot_a_common_cause_in_no_table_is_named():
    chosen = cslab.load(FEW + "csm")
    cause = "causes: {health: {en: health of the customer, ja: 顧客の健全度, acts_on: [articles, tickets]}}\n"
    one = impact.test_links(chosen, chain(rest=cause)).find("articles", "tickets")
    assert (one.verdict, one.reason.key) == ("unidentifiable", "reason.back_door")
    assert "health of the customer" in one.reason.text("en") and "顧客の健全度" in one.reason.text("ja")


@pytest.mark.parametrize("design", ["csm", "rule"])
def test_without_a_lot_a_chain_that_does_not_say_what_decided_is_refused_and_says_so(design):
    found = impact.test_links(cslab.load(FEW + design), chain("from: tickets, to: logins"))
    for one in found.links:
        assert (one.verdict, one.reason.key, one.identified) == ("unidentifiable", "reason.unsaid", "")


def stays(acts_on: str, seen: str = ", indicator: mrr") -> impact.Chain:
    """A chain straight to staying, with what decides who takes part."""
    text = small(rest=f"causes: {{size: {{en: size, acts_on: [{acts_on}]{seen}}}}}\n")
    text = text.replace("links:\n", "  stay: {level: impact, en: stay, indicator: retained}\nlinks:\n", 1)
    text = "\n".join(line for line in text.split("\n") if not line.startswith("  tickets:"))
    return impact.Chain.from_yaml(text.replace("to: tickets, sign", "to: stay, sign"))


@pytest.mark.parametrize(("acts_on", "key"), [("articles", "reason.unlike"), ("articles, stay", "")])
def test_staying_needs_something_to_be_held_equal_where_no_lot_decides(acts_on, key):
    chosen = cslab.load(FEW + "csm")
    one = impact.test_links(chosen, stays(acts_on)).find("articles", "stay")
    assert (one.obstacle.key if one.obstacle else "") == key
    assert bool(one.effect) == (not key)


def test_what_goes_on_after_leaving_is_not_compared_where_comparisons_come_in_later(few):
    begins = replace(stays("articles, stay"), programme="", starts=Indicator("count(tickets)", "count", "tickets"))
    one = impact.test_links(few, begins).find("articles", "stay")
    assert (one.obstacle.key, one.effect, one.whole) == ("reason.stayed", None, None)


@pytest.mark.slow
@pytest.mark.parametrize("design", ["csm", "rule"])
def test_a_programme_that_does_nothing_keeps_no_customer_however_chosen_its_participants_are(design):
    faq = impact.shipped("faq")
    hoped = replace(faq, links=tuple(replace(link, effect=0.1) for link in faq.links if link.target != "tickets"))
    hoped = replace(hoped, links=(*(link for link in faq.links if link.target == "tickets"), *hoped.links))
    for causes in (faq.causes, ()):
        book = cslab.load(WORLD.replace("1000", "4000") + f"{design}&program_effect=0&seed=1")
        found = impact.test_links(book, replace(hoped, causes=causes))
        assert {one.verdict for one in found.links if one.target in ("use", "retention")} == {"unidentifiable"}


def test_taking_part_does_not_close_the_back_door_of_what_moved_a_customer_to_it():
    chosen = cslab.load(FEW + "csm")
    hidden = "causes: {health: {en: health, acts_on: [articles, logins]}}\n"
    found = impact.test_links(chosen, chain("from: tickets, to: logins", rest=hidden)).find("tickets", "logins")
    assert (found.identified, found.reason.key) == ("", "reason.back_door")


def test_a_common_cause_with_data_is_held_equal():
    chosen = cslab.load(FEW + "csm")
    cause = 'causes: {size: {en: size, acts_on: [articles, tickets], indicator: "mrr"}}\n'
    known = chain(rest=cause)
    one = impact.test_links(chosen, known).find("articles", "tickets")
    assert one.identified == "before_after" and one.effect is not None
    plain = Looked(chain(), impact.Records(chosen)).change("tickets", 3)
    assert one.effect.estimate != plain.estimate


def test_by_lot_common_causes_need_no_data(few):
    cause = "causes: {health: {en: health, acts_on: [articles, tickets]}}\n"
    known = chain(rest=cause)
    turns = impact.test_links(few, known).exposure
    assert way(known, known.links[0], turns).by == "lot"


def test_where_everybody_takes_part_there_is_nobody_to_compare_with():
    everybody = cslab.load(FEW + "open")
    one = impact.test_links(everybody, chain()).find("articles", "tickets")
    assert (one.verdict, one.reason.key) == ("unidentifiable", "reason.nobody")
    assert one.reason.text("en").startswith("small:") and "small" in one.reason.text("ja")


def test_a_negative_control_that_moves_takes_every_verdict_back(book):
    touched = chain(rest='control: "count(tickets where category in [how_to, setup])"\n')
    one = impact.test_links(book, touched).find("articles", "tickets")
    assert (one.verdict, one.reason.key) == ("unidentifiable", "reason.control") and one.control_p < 0.01


def test_a_chain_without_a_register_starts_where_its_indicator_does(few):
    cause = "causes: {size: {en: size, acts_on: [articles], indicator: mrr}}\n"
    own = small(rest=cause).replace("programme: faq", 'starts: "ever(tickets where category = how_to)"')
    found = impact.test_links(few, impact.Chain.from_yaml(own))
    assert found.dose is None and found.exposure.how == "open"
    assert found.find("articles", "tickets").identified == "before_after"


def test_nothing_of_the_truth_is_looked_at(few):
    blind = impact.test_links(few.hide_truth(), chain())
    pd.testing.assert_frame_equal(blind.table(), impact.test_links(few, chain()).table())


def test_nothing_after_the_day_is_looked_at(few):
    shorter = cslab.load(
        FEW + "rct&months=30"
    )  # the same company, its records end two and a half years after they began
    day = str(shorter.as_of.date())
    cut = impact.test_links(few.at(day), chain("from: tickets, to: logins"))
    assert cut.table().equals(impact.test_links(shorter, chain("from: tickets, to: logins")).table())


def test_records_that_lack_what_a_chain_names_are_refused_all_at_once(few):
    wrong = small("from: tickets, to: logins").replace("usage_monthly.logins", "usage_monthly.logons")
    wrong = wrong.replace("count(tickets where", "count(tikets where")
    with pytest.raises(DataError) as error:
        impact.test_links(few, impact.Chain.from_yaml(wrong))
    assert "logins" in str(error.value) and "tickets" in str(error.value)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_table_says_every_verdict_in_words(tested, lang):
    table = tested.table(lang)
    assert len(table) == len(tested.links) == sum(tested.counts.values())
    assert table["says"].str.len().gt(10).all() and not table["says"].str.contains("impact|nan|{").any()
    assert {"estimate", "low", "high", "n", "participants", "mde", "declared", "due_on"} <= {*table}


@pytest.mark.slow
@pytest.mark.parametrize("design", ["open", "rule", "csm", "encouragement", "rct", "staggered"])
@pytest.mark.parametrize("name", sorted({*impact.shipped_names()} - {"onboarding_thorough", "community"}))
def test_every_chain_of_the_kit_is_said_in_words_however_its_programme_takes_customers_on(name, design):
    """And where the programme does nothing, no link that a lot does not carry is supported."""
    world = f"synthetic:tiny?accounts=200&program_effect=0&programs={name}&policy=program_{design}"
    found = impact.test_links(cslab.load(world), impact.shipped(name))
    for lang in ("en", "ja"):
        says = found.table(lang)["says"]
        assert says.str.len().gt(10).all() and not says.str.contains("impact\\.|nan|{").any()
    if not found.exposure.by_lot:
        assert not any(one.verdict == "supported" and one.target in ("retention", "revenue") for one in found.links)


def test_an_unknown_link_is_answered_with_the_nearest(tested):
    with pytest.raises(UsageError, match="articles>tickets"):
        tested.find("article", "tickets")


def test_reasons_are_told_apart_by_their_key_and_values():
    assert Reason("reason.flat") == Reason("reason.flat", {}) != Reason("reason.few")


def test_a_link_that_declares_nothing_is_unidentifiable(few):
    silent = chain()
    silent = replace(silent, links=tuple(replace(link, effect=math.nan) for link in silent.links))
    assert impact.test_links(few, silent).links[0].reason.key == "reason.undeclared"
