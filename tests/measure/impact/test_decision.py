"""Go on, stop or wait: in small companies whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import UsageError
from cslab.measure import impact
from cslab.measure.impact.belief import Seen, believed
from cslab.measure.impact.decision import decide, weighed
from cslab.measure.impact.evidence import seen
from cslab.measure.impact.month import at_month
from cslab.measure.impact.outlook import Stakes
from cslab.measure.impact.scored import scored

CAMPAIGN = "usage_campaign"


@pytest.fixture(scope="module")
def sugar():
    return cslab.load("synthetic:sugar_high?accounts=1500&seed=2")


@pytest.fixture(scope="module")
def tested(sugar):
    return impact.test_links(at_month(sugar, impact.shipped(CAMPAIGN), 4), impact.shipped(CAMPAIGN))


def test_only_what_is_due_is_evidence(tested) -> None:
    assert seen(tested).nodes == ("use", "depth")


def test_what_nobody_drew_lots_for_and_records_cannot_tell_is_no_evidence(tested) -> None:
    chosen = tuple(replace(link, identified="") for link in tested.links)
    assert seen(replace(tested, exposure=replace(tested.exposure, how="choice"), links=chosen)) is None


def test_a_comparison_that_was_off_is_no_evidence(tested) -> None:
    off = tuple(replace(link, lead_p=0.001) if link.target == "use" else link for link in tested.links)
    assert seen(replace(tested, links=off)).nodes == ("depth",)


def test_what_costs_nothing_is_gone_on_with_and_what_brings_nothing_is_stopped(tested) -> None:
    belief = believed(tested.chain)
    free, dear = Stakes({"revenue": 100.0}, 0.0, 10.0), Stakes({"revenue": 100.0}, 101.0, 10.0)
    assert (
        weighed(tested, belief, belief, free, 1_500).of("stop")
        > 0
        == weighed(tested, belief, belief, free, 1_500).of("go_on")
    )
    assert weighed(tested, belief, belief, dear, 1_500).action == "stop"


def test_a_link_that_is_ruled_out_stops_what_it_was_to_bring(tested) -> None:
    before = believed(tested.chain)
    after = before.learn(Seen(("use", "depth"), np.array([0.045, -0.05]), np.diag([0.01**2, 0.05**2])))
    stakes = Stakes({"revenue": 50_000.0}, 6_000.0, 1_000.0)
    found = weighed(tested, before, after, stakes, 4_000)
    assert found.action == "stop"
    assert (
        found.links.set_index("to")["bayes_factor"]["depth"]
        < 0.01
        < 1
        < found.links.set_index("to")["bayes_factor"]["use"]
    )


def test_while_nothing_is_due_one_waits(sugar) -> None:
    found = decide(sugar, impact.shipped(CAMPAIGN), month=1)
    assert found.action == "not_yet_due"
    assert found.next_on > found.as_of
    assert found.links["bayes_factor"].tolist() == pytest.approx([1.0] * 4)


def test_the_decision_says_itself_in_both_languages(sugar) -> None:
    found = decide(sugar, impact.shipped(CAMPAIGN), month=1)
    for lang, word in (("en", "not yet due"), ("ja", "まだ判断の時期ではありません")):
        text = found.text(lang)
        assert word in text and impact.shipped(CAMPAIGN).title(lang) in text and str(found.next_on.date()) in text


def test_going_on_against_a_contradicted_link_says_so_and_stopping_does_not(tested) -> None:
    refuted = tuple(replace(link, verdict="contradicted") if link.target == "depth" else link for link in tested.links)
    belief, cheap, dear = (
        believed(tested.chain),
        Stakes({"revenue": 100.0}, 1.0, 10.0),
        Stakes({"revenue": 100.0}, 101.0, 10.0),
    )
    for lang, told in (("en", "which contradict"), ("ja", "記録に反証")):
        against = weighed(replace(tested, links=refuted), belief, belief, cheap, 1_500)
        assert against.action != "stop" and told in against.text(lang)
        stopped = weighed(replace(tested, links=refuted), belief, belief, dear, 1_500)
        assert stopped.action == "stop" and told not in stopped.text(lang)
    due = tuple(
        replace(link, verdict="supported") if link.target in ("use", "depth") else link for link in tested.links
    )
    assert "contradict" not in weighed(replace(tested, links=due), belief, belief, cheap, 1_500).text("en")


def test_chances_can_be_ones_own(sugar) -> None:
    sure = dict.fromkeys(["A", "B", "C", "S", ""], 1.0)
    found = decide(sugar, impact.shipped(CAMPAIGN), month=1, priors=sure)
    assert found.chance == 1.0 and found.of("go_on") == 0.0


def test_a_decision_looks_at_nothing_later(sugar) -> None:
    chain = impact.shipped(CAMPAIGN)
    whole, cut = decide(sugar, chain, month=2), decide(sugar.at(at_month(sugar, chain, 2).as_of), chain)
    pd.testing.assert_frame_equal(whole.regret, cut.regret)


@pytest.mark.parametrize("month", [-1, 500])
def test_a_month_outside_the_records_is_refused(sugar, month: int) -> None:
    with pytest.raises(UsageError, match=f"month = {month}"):
        at_month(sugar, impact.shipped(CAMPAIGN), month)


def test_a_programme_that_never_began_is_refused(sugar) -> None:
    with pytest.raises(UsageError, match="faq"):
        at_month(sugar, impact.shipped("faq"), 4)


def test_nobody_scores_where_nobody_knows_the_truth(sugar) -> None:
    assert scored(sugar.hide_truth(), impact.shipped(CAMPAIGN), months=[4]) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_at_month_four_the_chain_goes_on_with_what_pays_late_and_stops_what_only_looks_good(seed: int) -> None:
    for preset, name, right in (("slow_burn", "onboarding_thorough", "not_yet_due"), ("sugar_high", CAMPAIGN, "stop")):
        book = cslab.load(f"synthetic:{preset}?accounts=4000&seed={seed}")
        table = scored(book, impact.shipped(name), months=[4]).set_index("rule")
        assert table["action"]["by_chain"] == right
        assert table["right"]["by_chain"]
        blind = "always_stop" if right == "not_yet_due" else "always_go"
        assert not table["right"][blind] and table["lost_amount"][blind] > 1e6
        assert table["action"]["by_renewals"] == "stop"  # of either
