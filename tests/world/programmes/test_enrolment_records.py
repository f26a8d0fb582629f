"""What the records say of enrolment: known no sooner than it was, and of everybody who takes part."""

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.world import company, policy
from cslab.world.observe import observe
from cslab.world.programmes import PROGRAMMES
from cslab.world.simulate import simulate


@pytest.mark.parametrize("seed", [672785, 1, 2, 3])
def test_sessions_cut_short_by_a_leaving_on_the_first_are_known_of_on_that_day(seed):
    scenario = world.preset("default_jp").with_(
        accounts=300, seed=seed, programs="faq,qbr,user_meeting", program_start=5
    )
    long = company(scenario, policy("rct"))
    for months in (8, 20):
        short = company(scenario.with_(months=months), policy("rct"))
        known = long.at(short.as_of).program_enrolment
        pd.testing.assert_frame_equal(known, short.program_enrolment, check_dtype=False)


@pytest.mark.parametrize("seed", range(4))
def test_whoever_takes_part_stands_in_the_records_also_when_its_turn_came_while_it_was_gone(seed):
    scenario = world.preset("default_jp").with_(
        programs="training,qbr,faq", program_start=10, winback_share="1,1", winback_months=12
    )
    history = simulate(scenario, policy("program_open"), seed, range(1), 600, 84)
    since, until = history.enrolled.since, np.minimum(history.left, history.months)
    who, place = np.nonzero(since < until[:, None])
    later = ~history.first[who] & (since[who, place] == history.customers.start[who])
    programs = np.array([PROGRAMMES.index(name) for name in scenario.programs])
    records = observe(history)
    table, shown = records["program_enrolment"], records.seen[who]
    rows = set(zip(table["account_id"], table["program_id"], strict=True))
    assert later.any()
    assert set(zip(history.customers.number[who[shown]], programs[place[shown]], strict=True)) <= rows
