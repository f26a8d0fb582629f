"""What a link truly brings: a company twice, with the same customers and the same luck."""

from dataclasses import replace
from functools import cache

import pytest

import cslab
from cslab.measure.impact import Chain, shipped
from cslab.measure.impact.truth import Worlds, true_effects, worlds

FAQ = "synthetic:tiny?accounts=1500&addons=none&programs=faq"
ASKED = "count(tickets where category in [how_to, setup, account])"


@cache
def answered() -> Worlds:
    """A company with and without an FAQ."""
    both = worlds(cslab.load(FAQ), shipped("faq"), accounts=0)
    assert both is not None
    return both


def about(programme: str, **changes: str) -> Chain:
    """The shipped chain of the FAQ, said of another programme."""
    return replace(shipped("faq"), programme=programme, **changes)


def test_answers_take_a_quarter_of_the_enquiries_that_they_answer():
    asked = answered().without.frame(ASKED)
    turns = answered().exposure.rows["turn"].min()
    usual = float(asked.loc[:, asked.columns >= turns].mean(axis=None))
    assert answered().change(ASKED, due=3, months=48).estimate / usual == pytest.approx(-0.25, abs=0.02)


def test_what_articles_are_not_about_stays_as_it_is_for_every_single_customer():
    change = answered().change("count(tickets where category in [billing, bug])", due=3)
    assert (change.estimate, change.std_error) == (0.0, 0.0)


def test_nothing_differs_before_the_turn():
    assert float(answered().change(ASKED, due=-6, months=6)) == 0.0


def test_the_luck_that_is_left_is_far_smaller_than_that_of_two_groups_of_customers():
    change = answered().change(ASKED, due=3)
    assert change.low <= change.estimate <= change.high < 0
    assert change.method == "truth_paired" and change.n > 400


@pytest.mark.parametrize("effect", [0, -1])
def test_without_an_effect_there_is_none_and_turned_round_it_has_the_other_sign(effect):
    source = f"synthetic:tiny?accounts=400&programs=training&program_effect={effect}"
    both = worlds(cslab.load(source), about("training"), accounts=0)
    used = both.change("mean(usage_monthly.features_adv)", due=5).estimate
    assert used == 0 if effect == 0 else used < -0.1


def test_every_link_from_the_activity_on_has_its_row_and_a_node_without_indicator_no_number():
    chain = shipped("faq")
    nodes = tuple(replace(node, indicator=None) if node.id == "lifetime_value" else node for node in chain.nodes)
    found = true_effects(cslab.load(FAQ), replace(chain, nodes=nodes), accounts=0).set_index("to")
    assert found.index.tolist() == ["tickets", "ease", "use", "retention", "lifetime_value"]
    assert found["estimate"].isna().tolist() == [False, False, False, False, True]


def test_who_joins_by_themselves_are_held_against_the_others():
    source = "synthetic:default_jp?accounts=600&community_active=1&community_lift=2&community_join=0.05"
    found = true_effects(cslab.load(source), shipped("community"), accounts=0).set_index("to")
    assert found["estimate"]["use"] > 0.05


def test_nobody_knows_the_truth_of_a_company_that_exists():
    assert true_effects(cslab.load(FAQ).hide_truth(), shipped("faq")) is None
