"""Where an office shares out its hours, what it does not get to is not done; it looks at its records only."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.faults import UsageError
from cslab.world import Policy, luck, policy, preset
from cslab.world.customers import draw
from cslab.world.history import History
from cslab.world.observe import observe
from cslab.world.paths import mrr_at
from cslab.world.rates import onboarding_month, stall_chance
from cslab.world.service import COUPLINGS
from cslab.world.signals import PLAY_MONTHS
from cslab.world.simulate import histories
from cslab.world.team import teams
from cslab.world.touch import Touch

pytestmark = pytest.mark.slow

SHORT = preset("default_jp").with_(accounts=1500, csm_team=0.4)
"""A team of two fifths of what is called for, so that the limit bites."""

WINDOW = 40
"""Months simulated before the records begin."""


@cache
def lived(name: str, months: int = 48, **changes: object) -> History:
    """The company under a policy."""
    (history,) = histories(SHORT.with_(**changes), policy(name), months)
    return history


def the_same(one: History, other: History) -> None:
    """The same customers lived the same lives, to the byte."""
    parts = ("value", "stalled", "onboarded", "notice", "notice_end", "closed", "role_since", "member_since")
    for name in parts:
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), name
    assert one.changes.after.tobytes() == other.changes.after.tobytes()
    assert [part.tobytes() for part in one.climbs] == [part.tobytes() for part in other.climbs]


@pytest.mark.parametrize("addons", ["none", "all"])
def test_with_hours_for_everybody_planned_touch_is_what_the_rule_gives(addons):
    enough = lived("capacity", addons=addons, csm_hours=1e9)
    the_same(enough, lived("rule", addons=addons))
    assert (enough.work.served == 1).all()


@pytest.mark.parametrize("name", COUPLINGS)
def test_where_touch_does_nothing_it_does_not_matter_who_gets_it(name):
    scenario = preset("no_effect").with_(accounts=1000, csm_team=0.4)
    (shared,), (served,) = (histories(scenario, policy(which), 48) for which in (name, "rule"))
    assert shared.work.served.min() < 0.5
    the_same(shared, served)


@pytest.mark.parametrize("name", COUPLINGS)
def test_what_is_done_fits_into_the_hours_and_all_hours_are_used_where_some_is_left_undone(name):
    work = lived(name).work
    done = work.planned * work.served + work.reactive * work.answered
    assert (done <= work.capacity * (1 + 1e-12)).all()
    short = (work.served < 1) | (work.answered < 1)
    assert short.mean() > 0.5
    assert np.allclose(done[short], work.capacity[short])
    assert ((work.answered == 1) | (work.served == 0)).all()


@pytest.mark.parametrize("name", COUPLINGS)
def test_a_larger_team_serves_more_of_its_customers(name):
    served = [lived(name, csm_team=size).work.served[WINDOW:].mean(axis=0) for size in (0.3, 0.5, 0.8, 1.2)]
    assert (np.diff(served, axis=0) > 0).all()


@pytest.mark.parametrize("name", COUPLINGS)
def test_a_shorter_run_is_the_beginning_of_a_longer_one(name):
    short, long = lived(name, months=17), lived(name)
    gone = WINDOW + 17
    assert (short.value[:, short.column[short.first]] == long.value[:gone, long.column[long.first]]).all()
    for part in ("capacity", "planned", "reactive", "served", "answered"):
        assert (getattr(short.work, part) == getattr(long.work, part)[:gone]).all()
    begun = long.work.fired.month < gone
    for part in ("lane", "month", "held", "acted"):
        assert (getattr(short.work.fired, part) == getattr(long.work.fired, part)[begun]).all()
    assert [team.joined.tolist() for team in teams(short)] == [
        team.joined[team.joined < gone].tolist() for team in teams(long)
    ]


@pytest.mark.parametrize("name", COUPLINGS)
def test_an_office_does_the_same_whatever_is_simulated_beside_it(name):
    together, alone = lived(name), list(histories(SHORT, policy(name), 48, chunk=1))
    for office, one in enumerate(alone):
        some = np.flatnonzero(together.first & (together.lane // luck.BLOCK == office))
        path = together.value[:, together.column[some]]
        assert path.tobytes() == np.ascontiguousarray(one.value[:, one.column[one.first]]).tobytes()
        assert (one.work.served[:, 0] == together.work.served[:, office]).all()


@pytest.mark.slow
@pytest.mark.parametrize("name", COUPLINGS)
def test_nothing_changes_with_the_number_of_workers(name):
    books = [world.company(SHORT.with_(accounts=2100), name, months=24, workers=workers, chunk=1) for workers in (1, 2)]
    for table in ("accounts", "contracts", "mrr_movements", "usage_monthly"):
        pd.testing.assert_frame_equal(*(getattr(book, table) for book in books), check_exact=True)


def test_a_play_on_an_account_that_is_held_out_changes_nothing():
    every_one_held = lived("alerts", alert_holdout=1)
    assert every_one_held.work.fired.held.all() and len(every_one_held.work.fired.lane) > 100
    the_same(every_one_held, lived("capacity"))


def test_one_alert_in_ten_is_held_out_and_only_the_others_are_worked_on_for_three_months():
    history = lived("alerts")
    fired, (lane, month) = history.work.fired, history.work.worked
    assert abs(fired.held.mean() - 0.1) < 4 * (0.09 / len(fired.held)) ** 0.5
    assert not (fired.held & fired.acted).any()
    plays = {(one, start + k) for one, start in pairs(fired, fired.acted) for k in range(PLAY_MONTHS)}
    worked = set(zip(lane.tolist(), month.tolist(), strict=True))
    first = np.flatnonzero(history.first)
    left = dict(zip(history.lane[first].tolist(), history.left[first].tolist(), strict=True))
    assert worked == {(one, when) for one, when in plays if when < min(left[one], history.months)}
    for one, start in pairs(fired, ~fired.acted):
        assert not worked & {(one, start + k) for k in range(PLAY_MONTHS)}


def pairs(fired, some) -> list[tuple[int, int]]:
    """Account and month of some alerts."""
    return list(zip(fired.lane[some].tolist(), fired.month[some].tolist(), strict=True))


def test_the_largest_accounts_are_acted_on_first_and_plays_stay_within_their_share_of_the_hours():
    history = lived("alerts")
    work, fired = history.work, history.work.fired
    office, first = fired.lane // luck.BLOCK, np.flatnonzero(history.first)
    cut_off = 0
    for place, month in set(zip(office.tolist(), fired.month.tolist(), strict=True)):
        here = (office == place) & (fired.month == month) & ~fired.held
        mrr = mrr_at(history, month)[first][fired.lane[here]]
        acted = fired.acted[here]
        cut_off += bool(acted.any() and not acted.all())
        assert mrr[acted].min(initial=np.inf) >= mrr[~acted].max(initial=0)
        if acted.any():
            assert work.reactive[month, place] <= 0.25 * work.capacity[month, place] + 1e-9
    assert cut_off > 10


def grid(history: History, lane: np.ndarray, month: np.ndarray) -> np.ndarray:
    """Where something happened: a row a month of the simulation, a column an account."""
    cells = np.zeros((history.months, history.accounts), dtype=bool)
    cells[month, lane] = True
    return cells


def seen(history: History) -> np.ndarray:
    """The WAU ratio that the records show, in the same form; not a number where they show none."""
    usage = observe(history)["usage_monthly"]
    month = (usage["month"].astype("M8[M]") - np.datetime64("2021-04", "M")).astype(int) + WINDOW
    ratio = np.full((history.months, history.accounts), np.nan)
    ratio[month, usage["account_id"]] = usage["wau_ratio"]
    return ratio


def customers(history: History) -> np.ndarray:
    """Who is a customer in which month, in the same form; nobody has come back."""
    month = np.arange(history.months)[:, None]
    return (history.customers.start <= month) & (month < history.left)


ROUNDED = 1e-4
"""How far the records may be from what the office saw: they keep four decimals."""


def test_red_are_those_whose_recorded_usage_was_low_last_month():
    history = lived("firefighting", addons="none")
    ratio, red = seen(history)[WINDOW:-1], grid(history, *history.work.worked)[WINDOW + 1 :]
    clear = customers(history)[WINDOW + 1 :] & (np.abs(ratio - 0.30) > ROUNDED)
    assert (red == (ratio < 0.30))[clear].all()
    assert red[clear].sum() > 1000


def test_an_alert_fires_where_recorded_usage_fell_for_two_months_and_not_while_the_last_one_is_fresh():
    history = lived("alerts", addons="none")
    ratio, fired = seen(history), grid(history, history.work.fired.lane, history.work.fired.month)
    months = slice(WINDOW + 4, history.months)
    last, before, third, fourth = (ratio[WINDOW + 4 - back : history.months - back] for back in range(1, 5))
    above = np.maximum(last, before) - 0.70 * (third + fourth) / 2
    fresh = np.any([fired[WINDOW + 4 - back : history.months - back] for back in range(1, PLAY_MONTHS)], axis=0)
    there = customers(history)[months]
    assert fired[months].sum() > 300
    assert not (fired[months] & fresh).any()
    assert (above[fired[months]] <= ROUNDED).all()
    assert fired[months][there & ~fresh & (above <= -ROUNDED)].all()


@pytest.mark.parametrize("tier", [1, 2])
def test_onboarding_without_any_hours_goes_as_with_tech_touch(tier):
    people = draw(SHORT, seed=1, blocks=range(1), accounts=500)
    tech, high = (Touch.alike(np.full(500, one)) for one in (0, tier))
    alone = stall_chance(SHORT, people, high, np.ones(500))
    assert np.allclose(alone, stall_chance(SHORT, people, tech))
    months = [
        onboarding_month(SHORT, people, *one) for one in ((high, np.zeros(500), np.ones(500)), (tech, np.zeros(500)))
    ]
    assert (months[0] == months[1]).all()
    half = stall_chance(SHORT, people, high, np.full(500, 0.5))
    assert (half < alone).all() and (half > stall_chance(SHORT, people, high)).all()


def test_tiers_are_those_of_the_scenarios_own_policy():
    people = draw(SHORT, seed=1, blocks=range(1), accounts=500)
    for own in ("rule", "rct", "soft_rule", "firefighting"):
        scenario = SHORT.with_(policy=own)
        beneath = policy("rule" if own == "firefighting" else own)
        for name in COUPLINGS:
            assert (policy(name).tiers(scenario, people) == beneath.tiers(scenario, people)).all()
            assert not policy(name).touch(scenario, people).differs(beneath.touch(scenario, people)).any()
    mine = Policy("mine", shares=(0, 1, 0), coupling="capacity")
    assert (mine.touch(SHORT, people).lift == 1).all()


def test_a_way_of_sharing_that_there_is_not_is_refused():
    with pytest.raises(UsageError, match="coupling"):
        Policy("mine", coupling="first_come")
