"""Questions of lesson 12: statements in an order by lot, verdicts that significance gets wrong, a draft to mend."""

from __future__ import annotations

from collections import Counter

import pytest

import cslab
from cslab.course.questions import bank, chained
from cslab.course.questions.judge import judge
from cslab.course.questions.question import Material
from cslab.faults import UsageError
from cslab.measure.impact import LEVELS

BOOK = cslab.load("synthetic:tiny")
VERSIONS = pytest.mark.parametrize("variant", [0, 1])


def judged(name: str, answer: object, variant: int = 0) -> tuple[str, tuple[str, ...]]:
    """How an answer is judged, and which mistakes are told."""
    found = judge(bank.find(name), answer, Material(BOOK, variant))
    return found.outcome, found.mistakes


def levels(variant: int = 0) -> dict[int, str]:
    """The right level of each statement."""
    return {place: one.level for place, one in enumerate(chained.statements_to_sort(variant), start=1)}


@VERSIONS
def test_there_are_thirty_different_statements_six_of_each_level_and_not_in_their_order(variant):
    given = chained.statements_to_sort(variant)
    assert len({one.id for one in given}) == 30
    assert Counter(one.level for one in given) == dict.fromkeys(LEVELS, 6)
    order = [LEVELS.index(one.level) for one in given]
    assert order != sorted(order)


def test_every_version_of_the_data_has_another_order():
    assert chained.numbered(0) != chained.numbered(1) != chained.numbered(2)


@pytest.mark.parametrize(("wrong", "outcome"), [(3, "correct"), (4, "not_yet")])
def test_twenty_seven_right_ones_are_enough_and_twenty_six_are_not(wrong, outcome):
    others = {number: LEVELS[LEVELS.index(level) - 1] for number, level in list(levels().items())[:wrong]}
    assert judged("sort_statements", {**levels(), **others})[0] == outcome


def test_numbers_by_level_give_the_level_of_each_number():
    sorted_ = {level: [number for number, own in levels().items() if own == level] for level in LEVELS}
    assert judged("sort_statements", chained.by_level(**sorted_)) == ("correct", ())


def test_a_number_in_two_levels_and_a_level_that_there_is_not_are_both_told():
    with pytest.raises(UsageError) as caught:
        chained.by_level(outcom=[1], output=[2, 3], impact=[3])
    assert [fault.key for fault in caught.value.faults] == ["chained.level", "chained.twice"]
    assert "outcome" in caught.value.text("en") and "3" in caught.value.text("ja")


@pytest.mark.slow
@VERSIONS
def test_the_links_of_the_faq_hold_every_verdict_but_one(variant):
    verdicts = {link.target: link.verdict for link in chained.faq_test(variant).links}
    assert [*verdicts.values()] == ["supported", *["unidentifiable"] * 2, *["not_yet_due"] * 2]
    assert judged("faq_verdicts", verdicts, variant) == ("correct", ())


@pytest.mark.slow
def test_a_link_that_so_many_customers_cannot_show_may_leave_0_out_all_the_same():
    rows = chained.faq_links(0).drop(index="tickets")
    assert (rows["low"] * rows["high"] > 0).any()


@pytest.mark.slow
@VERSIONS
def test_in_month_four_one_link_of_the_campaign_has_failed_and_nothing_else_of_the_onboarding_is_due(variant):
    campaign, onboarding = (chained.at_month_four(name, variant) for name in chained.BEGUN)
    assert campaign.find("campaign", "use").verdict == "supported"
    assert campaign.find("use", "depth").verdict == "contradicted"
    assert {link.verdict for link in onboarding.links[1:]} == {"not_yet_due"}


@pytest.mark.slow
@VERSIONS
def test_what_is_right_in_month_four_is_what_the_programmes_bring(variant):
    assert [chained.pays(name, variant) for name in chained.BEGUN] == [False, True]


def test_the_draft_has_three_places_to_mend_and_what_is_no_chain_says_what_is_wrong_with_it():
    assert {fault.values["place"] for fault in chained.left_to_mend(chained.DRAFT)} == {
        "held",
        "held>skills",
        "skills>renewals",
    }
    assert chained.left_to_mend("name: x\n")
    assert judged("mended_chain", chained.DRAFT) == ("not_yet", ("as_given",))


@VERSIONS
def test_with_use_held_equal_the_effect_is_gone_though_more_participants_stay(variant):
    rows = chained.use_held_equal(variant)
    sums = rows.groupby("takes_part")[["customers", "stayed"]].sum()
    shares = sums["stayed"] / sums["customers"]
    assert judged("held_equal", shares[True] - shares[False], variant) == ("correct", ())
    by_use = rows.set_index(["uses_much", "takes_part"]).eval("stayed / customers").unstack()
    assert by_use[True][True] < by_use[False][True]


@VERSIONS
def test_no_slip_with_use_held_equal_is_met_by_the_right_number_rounded(variant):
    sums = chained.use_held_equal(variant).groupby("takes_part")[["customers", "stayed"]].sum()
    shares = sums["stayed"] / sums["customers"]
    for digits in (2, 3):
        mistakes = judged("held_equal", round(shares[True] - shares[False], digits), variant)[1]
        assert "among_others" not in mistakes
