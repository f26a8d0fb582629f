"""A policy gives each account its tier from what it looks at, and nothing else changes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cslab
from cslab.faults import UsageError
from cslab.world import POLICIES, Policy, policy, preset
from cslab.world.customers import draw
from cslab.world.simulate import simulate
from cslab.world.spells import rows_of
from cslab.world.touch import CHANNELS, TIERS, Touch

SCENARIO = preset("default_jp").with_(programs="training,advisory_board", program_start=-30)
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


@pytest.mark.parametrize("name", POLICIES)
def test_tiers_come_as_often_as_the_policy_says(name):
    chances = policy(name).propensities(SCENARIO, PEOPLE)
    assert np.allclose(chances.sum(axis=1), 1) and (chances >= 0).all()
    tier = policy(name).tiers(SCENARIO, PEOPLE)
    for which in range(3):
        expected, spread = chances[:, which].sum(), (chances[:, which] * (1 - chances[:, which])).sum() ** 0.5
        assert abs((tier == which).sum() - expected) <= 4 * spread + 1e-9


@pytest.mark.parametrize("currency", ["JPY", "USD"])
def test_the_soft_rule_leaves_a_twentieth_for_every_tier_however_large_the_account(currency):
    huge = replace(PEOPLE, mrr0=PEOPLE.mrr0 * np.where(np.arange(1000) % 2, 1e6, 1e-6))
    for people in (PEOPLE, huge):
        chances = policy("soft_rule").propensities(SCENARIO.with_(currency=currency), people)
        assert chances.min() >= 0.05 and chances.max() <= 0.9


def test_the_soft_rule_gives_more_touch_to_big_contracts_and_weak_trials_and_sees_nothing_hidden():
    rule = policy("soft_rule")
    bigger = replace(PEOPLE, mrr0=2 * PEOPLE.mrr0)
    weaker = replace(PEOPLE, trial_usage=PEOPLE.trial_usage / 2)
    hidden = replace(PEOPLE, fit=PEOPLE.fit + 1, first_impression=PEOPLE.first_impression - 1)
    chances = rule.propensities(SCENARIO, PEOPLE)
    assert (rule.propensities(SCENARIO, bigger)[:, 2] > chances[:, 2]).all()
    assert (rule.propensities(SCENARIO, weaker)[:, 2] > chances[:, 2]).all()
    assert (rule.propensities(SCENARIO, hidden) == chances).all()


def test_the_lot_looks_at_nothing():
    assert (policy("rct").propensities(SCENARIO, PEOPLE) == 1 / 3).all()


def test_high_touch_onboarding_is_for_everybody_and_the_rule_comes_after_it():
    touch, rule = policy("high_onboarding").touch(SCENARIO, PEOPLE), policy("rule").tiers(SCENARIO, PEOPLE)
    assert (touch.stall == 2).all() and (touch.speed == 2).all()
    assert all((part == rule).all() for part in (touch.tier, touch.lift, touch.exit))


@given(st.sets(st.sampled_from(CHANNELS)))
def test_a_channel_switched_off_gives_what_tech_touch_gives(on):
    touch = Touch.alike(np.array([0, 1, 2]))
    some = touch.only(on)
    assert some.tier.tolist() == [0, 1, 2]
    for channel in CHANNELS:
        assert getattr(some, channel).tolist() == ([0, 1, 2] if channel in on else [0, 0, 0])
    assert some.differs(touch).tolist() == ([False, True, True] if len(on) < 4 else [False] * 3)


@pytest.mark.parametrize("name", POLICIES)
def test_the_same_policy_again_gives_the_same_customers_to_the_byte(name):
    one, other = (simulate(SCENARIO, policy(name), 1, range(1), 300, 30) for _ in range(2))
    assert one.value.tobytes() == other.value.tobytes() and one.notice.tobytes() == other.notice.tobytes()


@pytest.mark.parametrize("name", sorted(name for name in POLICIES if name != "rule" and not policy(name).sharing))
def test_only_customers_whose_touch_differs_live_otherwise(name):
    before, after = (policy(which).touch(SCENARIO, PEOPLE) for which in ("rule", name))
    one, other = (first_spells(simulate(SCENARIO, policy(which), 1, range(1), 1000, 30)) for which in ("rule", name))
    same = ~before.differs(after)
    paths = [history.value[:, history.column] for history in (one, other)]
    assert (paths[0][:, same] == paths[1][:, same]).all() and (paths[0][:, ~same] != paths[1][:, ~same]).any()
    for part in ("notice", "notice_end", "closed", "onboarded", "stalled"):
        assert (getattr(one, part)[same] == getattr(other, part)[same]).all()
    assert (one.customers.mrr0 == other.customers.mrr0).all() and (one.closed == other.closed).all()


def first_spells(history):
    """The history until customers first leave."""
    return rows_of(history, np.flatnonzero(history.first))


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_goes_with_any_preset_by_name(name):
    book = cslab.load(f"synthetic:tiny?policy={name}&accounts=20")
    assert book.truth is not None
    tiers = book.truth.accounts()["tier"]
    one_tier = name.removeprefix("all_")
    assert set(tiers) == {one_tier} if one_tier in TIERS else set(tiers) <= set(TIERS)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"shares": (0.5, 0.2, 0.1)}, "shares"),
        ({"shares": (1.5, -0.5, 0.0)}, "shares"),
        ({"softmax": ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))}, "softmax"),
        ({"thresholds": (400e3, 80e3)}, "thresholds"),
        ({"override_share": 1.2}, "override_share"),
        ({"onboarding": "hihg"}, "onboarding"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(wrong, said):
    with pytest.raises(UsageError, match=said):
        Policy("mine", **wrong)


def test_all_that_is_wrong_with_a_policy_is_said_at_once():
    with pytest.raises(UsageError) as caught:
        Policy("mine", shares=(1, 1, 1), onboarding="none")
    assert {fault.values["name"] for fault in caught.value.faults} == {"shares", "onboarding"}
