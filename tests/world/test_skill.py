"""CSMs differ modestly in skill: the account draws the level, a CSM of that level gets it, no policy changes it."""

from functools import cache

import numpy as np
import pytest

from cslab import world
from cslab.world import policy, preset
from cslab.world.addons.skill import csm_levels, suitable
from cslab.world.care import care
from cslab.world.history import History
from cslab.world.simulate import simulate
from cslab.world.skills import skill_columns
from cslab.world.team import teams

SKILL = 0.18


@cache
def lived(rule: str = "rule", accounts: int = 1500, **changes: object) -> History:
    """A default company, two offices of it."""
    scenario = preset("default_jp").with_(accounts=accounts, **changes)
    return simulate(scenario, policy(rule), 3, range(-(-accounts // 1024)), accounts, 48)


def test_of_three_csms_hired_one_after_the_other_each_has_another_level():
    levels = csm_levels(preset("default_jp"), 1, np.arange(50)[:, None], np.arange(30))
    assert (np.sort(levels.reshape(50, 10, 3), axis=2) == [-1, 0, 1]).all()
    assert np.abs(levels.mean(axis=0)).max() < 4 * (2 / 3 / 50) ** 0.5


def test_an_account_goes_to_a_csm_of_its_level_then_to_the_nearest_who_has_time_then_to_the_nearest():
    levels, full = np.array([[-1, 0, 1, 1]]), np.full((1, 4), 130.0)
    free = np.array([[5.0, 5.0, 5.0, 0.0]])
    assert suitable(levels, full, free)[2].tolist() == [[False, False, True, True]]
    assert suitable(levels, full, free * [1, 1, 0, 0])[2].tolist() == [[False, True, False, False]]
    assert suitable(levels, full, free * [1, 0, 0, 0])[2].tolist() == [[True, False, False, False]]
    assert suitable(levels, full, free * 0)[2].tolist() == [[False, False, True, True]]
    assert suitable(levels, full * [1, 1, 0, 0], free * 0)[2].tolist() == [[False, True, False, False]]


def test_most_accounts_are_held_by_a_csm_of_their_level():
    history = lived()
    stints = care(history, teams(history))
    level = csm_levels(history.scenario, history.seed, stints.csm // 1000, stints.csm % 1000)
    right = level == history.customers.beginnings.csm_level[stints.who]
    assert np.average(right, weights=stints.until - stints.since) > 0.6


def test_no_policy_changes_an_accounts_level_and_tech_touch_gets_nothing_of_it():
    plain, skilled = (lived("all_tech", csm_skill=skill) for skill in (0, SKILL))
    assert (plain.value == skilled.value).all()
    levels = [lived(rule).customers.beginnings.csm_level for rule in ("rule", "all_tech", "rct")]
    first = [level[: len(np.unique(lived().customers.number))] for level in levels]
    assert set(first[0]) == {-1, 0, 1}
    numbers = [lived(rule).customers.number for rule in ("rule", "all_tech", "rct")]
    drawn = [dict(zip(number, level, strict=True)) for number, level in zip(numbers, levels, strict=True)]
    assert drawn[0] == drawn[1] == drawn[2]


def test_the_levels_move_latent_value_as_far_as_they_say_and_not_on_average():
    core = {"addons": "csm_skill", "community_join": 0}
    plain, skilled = (lived("all_high", csm_skill=skill, **core) for skill in (0, SKILL))
    first = np.flatnonzero(skilled.first)
    old = first[skilled.customers.start[first] < 40]
    moved = skilled.value_at(old, np.full(len(old), 87)) - plain.value_at(old, np.full(len(old), 87))
    assert np.allclose(moved, SKILL * skilled.customers.beginnings.csm_level[old], atol=1e-4)
    assert abs(moved.mean()) < 4 * moved.std() / len(moved) ** 0.5


def test_what_a_csm_brings_is_the_mean_of_the_accounts_in_its_hands():
    history = lived()
    found = skill_columns(history)
    stints = care(history, teams(history))
    one = int(found["csm_id"][np.argmax(found["account_months"])])
    cells = [
        (who, month)
        for who, since, until, csm in zip(stints.who, stints.since, stints.until, stints.csm, strict=True)
        for month in range(max(since, 40), until)
        if csm == one
    ]
    place = found["csm_id"].tolist().index(one)
    level = history.customers.beginnings.csm_level
    assert found["account_months"][place] == len(cells)
    assert found["skill"][place] == pytest.approx(SKILL * np.mean([level[who] for who, _ in cells]))
    assert found["accounts"][place] == len({int(history.lane[who]) for who, _ in cells})
    assert abs(found["latent"][place]) <= abs(SKILL)


def test_good_csms_raise_usage_and_keep_more_and_the_truth_says_by_how_much():
    found = skill_columns(lived(csm_skill=0.6))
    many = found["account_months"] > 200
    good, poor = many & (found["skill"] > 0.15), many & (found["skill"] < -0.15)
    assert good.any() and poor.any()
    assert (found["usage"][good] > 0).all() and (found["leaving"][good] < 0).all()
    assert (found["usage"][poor] < 0).all() and (found["leaving"][poor] > 0).all()


@pytest.mark.parametrize("name", ["default_jp", "smb_heavy", "enterprise", "soft_rule", "rct", "tiny"])
def test_csms_differ_in_every_company_with_all_add_ons(name):
    assert preset(name).on("csm_skill") and preset(name).csm_skill > 0


def test_nobody_differs_where_touch_does_nothing_or_nothing_is_added():
    assert preset("no_effect").csm_skill == 0 and not preset("calibration").on("csm_skill")
    book = world.company("no_effect", accounts=300)
    assert (book.truth.csms()["usage"] == 0).all()


def test_the_ids_of_the_truth_are_those_of_the_records():
    book = world.company("default_jp", seed=3, accounts=600)
    assert set(book.tier_history["csm_id"].dropna()) == set(book.truth.csms()["csm_id"])
