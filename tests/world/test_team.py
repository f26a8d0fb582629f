"""An office's CSMs are hired by what its customers called for, start slowly, keep their accounts until they leave."""

import tracemalloc
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.world import luck, policy, preset
from cslab.world.care import Care, _picked, anybody, care
from cslab.world.history import NEVER, History
from cslab.world.simulate import histories, simulate
from cslab.world.team import Staff, Team, pace, share_served, teams, wanted_hours

STAYING = preset("tiny").with_(csm_leaves_per_year=0)
HEAD = 0.9 * 130
"""Hours a month for which an office has one CSM."""


@cache
def company(months: int = 48, accounts: int = 1500) -> History:
    """Two offices of the default company, the second one half full."""
    scenario = preset("default_jp").with_(accounts=accounts)
    return simulate(scenario, policy("rule"), 3, range(2), accounts, months)


@cache
def cared() -> tuple[list[Team], Care]:
    """Its CSMs, and who looks after whom."""
    return teams(company()), care(company(), teams(company()))


def test_a_new_csm_does_a_quarter_then_half_then_three_quarters_of_a_months_work():
    assert pace(np.arange(9, 16), np.array(10), np.array(15)).tolist() == [0, 0.25, 0.5, 0.75, 1, 1, 0]


def test_an_office_hires_for_the_load_of_the_month_before_and_not_of_this_one():
    staff = Staff(STAYING, 1, [0])
    for month, load in ((1, HEAD), (2, 2 * HEAD), (3, 5.5 * HEAD)):
        staff.turn(month, np.array([load]))
    assert staff.joined[0, :6].tolist() == [-3, 2, 3, 3, 3, 3]
    assert staff.hours(3).tolist() == [130 * (1 + 0.5 + 4 * 0.25)]


def test_a_team_of_half_the_size_that_is_called_for_has_half_the_heads():
    staff = Staff(STAYING.with_(csm_team=0.5), 1, range(2))
    staff.turn(1, np.array([8 * HEAD, 0.0]))
    assert staff.count.tolist() == [4, 1]


def test_nobody_is_let_go_when_the_load_falls():
    staff = Staff(STAYING, 1, [0])
    staff.turn(1, np.array([4 * HEAD]))
    staff.turn(2, np.array([0.0]))
    assert staff.count.tolist() == [4] and (staff.left[0, :4] == NEVER).all()


def test_one_in_seven_leaves_in_a_year_and_is_replaced():
    staff = Staff(preset("tiny"), 1, range(400))
    for month in range(1, 13):
        staff.turn(month, np.full(400, 5 * HEAD))
    first = staff.left[:, 0] <= 12
    assert abs(first.mean() - 0.15) < 4 * (0.15 * 0.85 / 400) ** 0.5
    there = (staff.joined <= 12) & (staff.left > 12)
    assert (there.sum(axis=1) == 5).all()


@given(st.floats(0, 1e4), st.floats(0, 1e4), st.floats(0, 1e4))
def test_more_hours_never_lower_the_share_that_is_served(hours, more, wanted):
    less, enough = share_served(np.array([hours, hours + more]), np.array([wanted, wanted]))
    assert 0 <= less <= enough <= 1


def test_the_hours_wanted_are_those_of_the_customers_there_by_tier():
    history = company()
    for month in (0, 39, 80):
        there = (history.customers.start <= month) & (history.left > month)
        hours = np.array([0.15, 1.6, 6.5])[history.tier] * there
        by_office = np.bincount(history.lane // luck.BLOCK, hours)
        assert np.allclose(wanted_hours(history)[month], by_office)


@pytest.mark.parametrize("months", [1, 20, 47])
def test_the_team_of_a_shorter_run_is_the_beginning_of_the_longer_ones(months):
    for short, long in zip(teams(company(months)), teams(company()), strict=True):
        hired = long.joined < months + 40
        assert short.number.tolist() == long.number[hired].tolist()
        assert (short.left == np.where(long.left < months + 40, long.left, NEVER)[hired]).all()
        assert (short.wanted == long.wanted[: months + 40]).all()
        assert (short.specialty == long.specialty[hired]).all()


def test_an_office_has_the_same_team_whatever_is_simulated_beside_it():
    scenario = preset("default_jp").with_(accounts=1500)
    alone = [team for history in histories(scenario, policy("rule"), 24, chunk=1) for team in teams(history)]
    for one, other in zip(alone, teams(next(histories(scenario, policy("rule"), 24))), strict=True):
        assert (one.office, one.joined.tolist(), one.left.tolist()) == (
            other.office,
            other.joined.tolist(),
            other.left.tolist(),
        )


def test_every_account_above_tech_touch_has_one_csm_who_is_there_as_long_as_it_is_there():
    history, (found, stints) = company(), cared()
    columns = [(team.number, team.joined, team.left) for team in found]
    spans = {int(number): span for one in columns for number, *span in zip(*one, strict=True)}
    for month in (0, 45, 87):
        csm = stints.at(np.arange(len(history.tier)), np.full(len(history.tier), month))
        there = (history.customers.start <= month) & (history.left > month)
        assert ((csm >= 0) == (there & (history.tier > 0))).all()
        assert all(spans[number][0] <= month < spans[number][1] for number in csm[csm >= 0].tolist())
        assert (csm[csm >= 0] // 1000 == history.lane[csm >= 0] // luck.BLOCK).all()


def test_an_account_changes_hands_only_when_its_csm_leaves():
    history, (found, stints) = company(), cared()
    left = {int(number): int(month) for team in found for number, month in zip(team.number, team.left, strict=True)}
    gone = np.minimum(history.left, history.months)[stints.who]
    handed_on = stints.until < gone
    assert handed_on.any()
    assert stints.until[handed_on].tolist() == [left[number] for number in stints.csm[handed_on].tolist()]
    again = stints.who[1:] == stints.who[:-1]
    assert (stints.since[1:][again] == stints.until[:-1][again]).all()


def test_who_looks_after_whom_in_a_shorter_run_is_the_beginning_of_the_longer_one():
    short, (_, long) = care(company(20), teams(company(20))), cared()
    begun = long.since < 60
    # rows of second spells may be missing in the shorter run, so accounts are compared by their number
    number = [history.customers.number[stints.who] for history, stints in ((company(20), short), (company(), long))]
    assert number[0].tolist() == number[1][begun].tolist()
    assert short.csm.tolist() == long.csm[begun].tolist() and short.since.tolist() == long.since[begun].tolist()


@given(st.lists(st.lists(st.sampled_from([0.0, 0.1, 32.5, 130.0]), min_size=5, max_size=5), min_size=1), st.data())
def test_a_draw_falls_on_the_share_that_holds_it(hours, data):
    row = data.draw(st.lists(st.integers(0, len(hours) - 1), min_size=1))
    draws = np.array(data.draw(st.lists(st.floats(0, 1, exclude_max=True), min_size=len(row), max_size=len(row))))
    ends = np.cumsum(hours, axis=1)
    whole = ends[row]
    expected = np.where(whole[:, -1] > 0, (draws[:, None] * whole[:, -1:] >= whole).sum(axis=1), -1)
    assert _picked(ends, np.array(row), draws).tolist() == expected.tolist()


def test_sharing_out_contacts_among_a_large_team_takes_little_memory():
    history = simulate(preset("tiny"), policy("all_tech"), 1, range(1), accounts=60, months=2)
    contacts = np.zeros(20_000, dtype=np.int64)
    team = [SimpleNamespace(number=np.arange(2000), hours=lambda months: np.ones((len(months), 2000)))]
    tracemalloc.start()
    found = anybody(history, team, contacts, contacts, np.arange(20_000))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20_000 * 2000 and len(np.unique(found)) > 1900


def test_what_anybody_may_do_is_done_by_those_there_in_proportion_to_their_hours():
    history, (found, _) = company(), cared()
    who = np.flatnonzero(history.lane < luck.BLOCK)
    draws = [anybody(history, found, who, np.full(len(who), 87), np.full(len(who), turn)) for turn in range(5)]
    counts = np.bincount(np.concatenate(draws), minlength=len(found[0].number))
    share, n = found[0].hours(87) / found[0].capacity(87), 5 * len(who)
    assert (counts[share == 0] == 0).all()
    assert (np.abs(counts / n - share) <= 4.5 * np.sqrt(share * (1 - share) / n)).all()
