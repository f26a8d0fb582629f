"""A policy gives each account its tier from what it looks at, and nothing else changes."""

import numpy as np
import pytest

from cslab.world import Policy, policy, preset
from cslab.world.customers import draw

SCENARIO = preset("default_jp")
PEOPLE = draw(SCENARIO, seed=1, blocks=range(1), accounts=1000)


@pytest.mark.parametrize(("name", "tier"), [("all_tech", 0), ("all_mid", 1), ("all_high", 2)])
def test_a_fixed_policy_gives_everybody_one_tier(name, tier):
    assert (policy(name).tiers(SCENARIO, PEOPLE) == tier).all()


def test_the_pure_rule_is_the_size_of_the_contract():
    tier = policy("pure_rule").tiers(SCENARIO, PEOPLE)
    assert (tier == (PEOPLE.mrr0 >= 80_000).astype(int) + (PEOPLE.mrr0 >= 400_000)).all()


def test_a_csm_moves_only_struggling_accounts_and_one_tier_up():
    moved = policy("rule").tiers(SCENARIO, PEOPLE) - policy("pure_rule").tiers(SCENARIO, PEOPLE)
    struggling = PEOPLE.fit + PEOPLE.first_impression < -1
    assert set(moved) == {0, 1} and struggling[moved == 1].all()
    below_top = struggling & (PEOPLE.mrr0 < 400_000)
    assert abs(moved[below_top].mean() - 0.6) < 4 * np.sqrt(0.24 / below_top.sum())


def test_a_policy_of_ones_own_has_its_own_thresholds():
    everybody_high = Policy("mine", thresholds=(0.0, 1.0), override_share=0.0)
    assert (everybody_high.tiers(SCENARIO, PEOPLE) == 2).all()
