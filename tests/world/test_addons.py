"""Add-ons make customers differ, leave the core's luck and the level alone, and know only the past."""

from hashlib import sha256

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.world import policy, preset
from cslab.world.addons import ADDONS
from cslab.world.addons.incidents import damage
from cslab.world.addons.people import leaving_hazard
from cslab.world.simulate import simulate
from cslab.world.spells import rows_of

pytestmark = pytest.mark.slow

CORE_TABLES = {
    "accounts": "7768d0af9af8fe9b",
    "contracts": "2a5ba035960e0788",
    "mrr_movements": "a2f792dbaa9fd8de",
    "usage_monthly": "6c625583962e6dd2",
    "churn_events": "ccc0531d91b15c3f",
}
"""Of the tables of 700 customers, seed 7, as they were before there were add-ons."""


def lived(addons, accounts=4096, months=60, rule="rule", **changes):
    """The history of a calibration world with some add-ons: its first spells."""
    scenario = preset("calibration").with_(addons=addons, **changes)
    history = simulate(scenario, policy(rule), 1, range(-(-accounts // 1024)), accounts, months)
    return rows_of(history, np.flatnonzero(history.first))


def test_without_add_ons_the_tables_of_the_core_keep_every_byte():
    book = world.company(preset("default_jp").with_(addons="none"), seed=7, accounts=700)
    for name, digest in CORE_TABLES.items():
        assert sha256(book.tables[name].to_csv(index=False).encode()).hexdigest()[:16] == digest, name


def test_the_seats_of_an_account_depend_on_its_own_changes_alone_where_they_are_halved_over_and_over():
    halving = {"contraction_size": 0.5, "contraction_chance": "1,1,1", "contraction_value_effect": 0}
    scenario = preset("default_jp").with_(addons="none", accounts=3000, **halving)
    book = world.company(scenario)
    pd.testing.assert_frame_equal(book.usage_monthly, world.company(scenario, chunk=1).usage_monthly)
    shorter = world.company(scenario.with_(months=30))
    pd.testing.assert_frame_equal(book.at(shorter.as_of).usage_monthly, shorter.usage_monthly, check_dtype=False)


@pytest.mark.parametrize("addon", ADDONS)
def test_an_add_on_leaves_the_draws_of_the_core_alone(addon):
    core, other = lived("none", accounts=1000), lived(addon, accounts=1000)
    for name in ("number", "segment", "day", "mrr0", "term", "first_impression", "stall_draw", "override_draw"):
        assert (getattr(core.customers, name) == getattr(other.customers, name)).all()
    if addon not in ("seasonality", "push_deals"):
        assert (core.customers.start == other.customers.start).all()
        assert (core.customers.fit == other.customers.fit).all()


@pytest.mark.parametrize("addon", [*ADDONS, "all"])
def test_an_add_on_does_not_move_the_level(addon):
    core, other = lived("none", 8192), lived(addon, 8192)
    level = [np.array([history.value[12:].mean(), history.stalled.mean()]) for history in (core, other)]
    assert np.abs(level[0] - level[1]).max() < 0.03
    gone = [(history.left - history.customers.start <= 24).mean() for history in (core, other)]
    assert abs(gone[0] - gone[1]) < 0.015


def test_a_longer_history_with_all_add_ons_begins_with_the_shorter():
    short, long = lived("all", 1000, 20), lived("all", 1000, 60)
    assert (short.value == long.value[:20]).all()
    known = long.role_since < 20
    assert (short.role_since[known] == long.role_since[known]).all() and (short.role_since[~known] >= 20).all()


def test_a_larger_company_with_all_add_ons_begins_with_the_smaller():
    small, large = lived("all", 700, 30), lived("all", 2500, 30)
    for name in ("notice", "notice_end", "closed", "onboarded"):
        assert (getattr(small, name) == getattr(large, name)[:700]).all()


def test_another_policy_with_all_add_ons_changes_those_it_treats_otherwise_and_nobody_else():
    rule, high = lived("all", 1000), lived("all", 1000, rule="all_high")
    same = rule.tier == 2
    assert 0 < same.sum() < 1000
    assert (rule.value[:, rule.column[same]] == high.value[:, high.column[same]]).all()
    assert (rule.notice[same] == high.notice[same]).all()


def test_more_deals_are_signed_in_march_and_september():
    start = lived("seasonality", 12 * 1024).customers.start
    by_month = np.bincount((start + 3) % 12, minlength=12) / len(start) * 12.9
    assert np.abs(by_month - np.array(preset("calibration").season_deals)).max() < 0.15


def test_expansions_come_in_april_when_customers_have_budget():
    history = lived("seasonality", months=60, growth_per_year=0)
    grown = history.changes.month[history.changes.kind == 0]
    april = (grown >= 48) & (grown % 12 == 0)
    assert april.sum() > 1.2 * (grown >= 48).sum() / 12


def test_pushed_deals_are_a_bad_fit_more_often_and_the_share_of_all_stays():
    customers = lived("push_deals", 12 * 1024).customers
    pushed = customers.beginnings.sales_push
    assert set((customers.start[pushed] + 3) % 12) == {2, 5, 8, 11}
    assert abs(customers.badfit[pushed].mean() - 0.30) < 0.05
    assert abs(customers.badfit.mean() - 0.15) < 0.013


def test_a_good_hand_off_and_teaching_before_signing_speed_onboarding():
    begun = (history := lived("handoff,presale", 12 * 1024)).customers.beginnings
    fit, done = history.customers.fit, ~history.stalled
    columns = np.stack([np.ones(len(fit)), fit, begun.handoff, begun.education], axis=1)[done]
    effects = np.linalg.lstsq(columns, np.log(history.onboarded[done]), rcond=None)[0]
    assert effects[2] < -0.04 and effects[3] < -0.08
    assert history.stalled[begun.handoff > 1].mean() < history.stalled[begun.handoff < -1].mean() - 0.05


def test_an_incident_hurts_half_of_an_office_and_is_forgiven_after_a_good_first_impression():
    history, core = lived("incidents", 1024, 2, incidents_per_year=12), lived("none", 1024, 2)
    there = np.flatnonzero(history.customers.start == 0)
    lost = core.value_at(there, 0 * there + 1) - history.value_at(there, 0 * there + 1)
    hit = lost > 0
    given_back = 0.5 * 0.30 * 0.75
    impression = history.customers.first_impression[there]
    assert np.allclose(lost[hit], damage(history.scenario, impression[hit]) - given_back)
    assert np.allclose(lost[~hit], -given_back) and 0 < hit.sum() < len(hit)


def test_a_champion_who_leaves_disengages_the_account_unless_both_other_roles_are_known():
    known = lived("champion", 1024, 2, champion_leaves_per_year=1, role_share="1,1", disengage_hazard="0,0,0")
    alone = lived("champion", 1024, 2, champion_leaves_per_year=1, role_share="0,0", disengage_hazard="0,0,0")
    assert leaving_hazard(known.scenario) == 1
    there = np.flatnonzero(known.customers.start == 0)
    drop = known.value_at(there, 0 * there + 1) - alone.value_at(there, 0 * there + 1)
    assert np.allclose(drop, 0.20 * 1.7)


def test_notice_is_given_one_two_or_three_months_ahead_by_segment():
    history = lived("notice")
    gone = history.notice < history.months
    ahead = (history.notice_end - history.notice)[gone]
    segment, term = history.customers.segment[gone], history.customers.term[gone]
    assert (ahead == np.where(term == 1, 1, segment + 1)).all() and set(ahead) == {1, 2, 3}


def test_active_members_gain_and_lurkers_do_not():
    with_lift, without = (lived("community", 2048, community_lift=lift) for lift in (0.10, 0.0))
    gain = (with_lift.value - without.value)[59, with_lift.column]
    active = with_lift.customers.beginnings.community_active
    member = with_lift.member_since < 40
    assert (gain[active & member] > 0.05).all()
    assert (gain[~active] <= 0).all() and (gain[~active] > -0.03).all()


def test_mature_accounts_expand_more_often_and_levels_only_rise():
    history = lived("maturity", maturity_expansion=0.5, months=60)
    first = history.customers.beginnings.maturity
    steps = np.bincount(history.climbs[0], minlength=len(first))
    assert (first + steps <= 5).all() and 0.2 < steps.mean() < 1.5
    tenure = history.climbs[1] - history.customers.start[history.climbs[0]]
    assert (tenure % 3 == 0).all() and (tenure > 0).all()
    grown = np.bincount(history.changes.who[history.changes.kind == 0], minlength=len(first))
    assert grown[first >= 3].mean() > 1.5 * grown[first == 1].mean()


def test_high_effort_disengages_more_often_and_all_together_as_often():
    history = lived("effort", effort_share=0.5, effort_disengage=3)
    high = history.customers.beginnings.high_effort
    value = history.value[59, history.column]
    assert value[high].mean() < value[~high].mean() - 0.1


@pytest.mark.parametrize("months", [1, 30])
def test_a_book_with_all_add_ons_as_of_a_month_is_that_of_a_shorter_simulation(months):
    book = world.company("default_jp", seed=5, accounts=400)
    shorter = world.company("default_jp", seed=5, accounts=400, months=months)
    cut = book.at(shorter.as_of)
    assert set(cut.tables) == set(shorter.tables)
    for name, frame in shorter.tables.items():
        pd.testing.assert_frame_equal(cut.tables[name], frame, check_exact=True)


def test_workers_and_chunks_change_nothing_with_all_add_ons():
    books = [world.company("default_jp", accounts=2100, months=12, chunk=1, workers=workers) for workers in (1, 2)]
    for name, frame in world.company("default_jp", accounts=2100, months=12).tables.items():
        for book in books:
            pd.testing.assert_frame_equal(book.tables[name], frame, check_exact=True)
