"""A policy with a tier for new customers takes the hours of that tier until they are onboarded."""

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.world.care import care
from cslab.world.following import followed_columns
from cslab.world.history import History
from cslab.world.policy import Policy
from cslab.world.simulate import simulate
from cslab.world.team import teams, wanted_hours

SCENARIO = world.preset("default_jp").with_(accounts=400)
HOURS = np.array(SCENARIO.touch_hours)


def lived(policy: Policy) -> History:
    return simulate(SCENARIO, policy, 1, range(1), accounts=400, months=90)


ALL_TECH_AT_FIRST = lived(Policy("high first", shares=(1, 0, 0), onboarding="high"))


def months_there(history: History) -> tuple[np.ndarray, np.ndarray]:
    """Which accounts are there, and which of them are new, by month and account: straight from the equations."""
    month, start = np.arange(history.months)[:, None], history.customers.start
    there = (start <= month) & (month < history.left)
    longest = np.ceil(2 * np.array(SCENARIO.onboarding_median_months))[history.customers.segment]
    return there, there & (month - start < np.minimum(history.onboarded, longest))


def test_until_onboarded_customers_call_for_the_hours_of_the_tier_for_new_ones():
    there, new = months_there(ALL_TECH_AT_FIRST)
    expected = (HOURS[2] * new + HOURS[0] * (there & ~new)).sum(axis=1)
    assert new.any() and np.allclose(wanted_hours(ALL_TECH_AT_FIRST)[:, 0], expected)


def test_a_stalled_onboarding_takes_the_hours_of_new_customers_for_twice_the_usual_time_and_no_longer():
    history = ALL_TECH_AT_FIRST
    stalled = np.flatnonzero(history.stalled & history.first)
    segment = history.customers.segment[stalled]
    waits = history.retiered[stalled] - history.customers.start[stalled]
    assert len(stalled) > 5
    assert (waits == np.ceil(2 * np.array(SCENARIO.onboarding_median_months))[segment]).all()


def test_the_hours_that_are_followed_are_those_of_the_tier_of_each_month():
    history = ALL_TECH_AT_FIRST
    found = followed_columns(history, horizon=12, gone=history.months)
    there, new = months_there(history)
    for place in (0, 7, 33):
        rows = np.flatnonzero(history.customers.number == found["account_id"][place])
        first = history.customers.start[rows[0]]
        span = slice(first, first + 12)
        hours = (HOURS[2] * new + HOURS[0] * (there & ~new))[span][:, rows].sum()
        assert np.isclose(found["hours"][place], hours)


def test_high_onboarding_costs_more_than_the_rule():
    book = world.company("tiny")
    hours = {
        name: book.truth.rerun(name).truth.followed(12, "2025-03-31")["hours"].sum()
        for name in ("rule", "high_onboarding")
    }
    assert hours["high_onboarding"] > 1.2 * hours["rule"]


def test_new_customers_have_a_csm_by_name_until_onboarded_and_those_of_later_tech_touch_none_from_then_on():
    history = ALL_TECH_AT_FIRST
    _, new = months_there(history)
    stints = care(history, teams(history))
    everyone = np.arange(len(history.lane))
    for month in (30, 60, 89):
        has = stints.at(everyone, np.full(len(everyone), month)) >= 0
        assert (has == new[month]).all()


def test_where_only_later_touch_has_a_csm_it_begins_when_onboarding_is_over():
    history = lived(Policy("tech first", shares=(0, 1, 0), onboarding="tech"))
    there, new = months_there(history)
    stints = care(history, teams(history))
    everyone = np.arange(len(history.lane))
    for month in (30, 60, 89):
        has = stints.at(everyone, np.full(len(everyone), month)) >= 0
        assert (has == (there & ~new)[month]).all()


@pytest.fixture(scope="module")
def book():
    return world.company("default_jp", policy="high_onboarding", accounts=300)


def test_the_tier_history_shows_high_touch_first_and_the_tier_of_the_rule_from_then_on(book):
    first = book.tier_history.sort_values("valid_from").drop_duplicates("account_id").set_index("account_id")
    signed = book.accounts.set_index("account_id")["signed_on"]
    seen = signed[signed >= book.window_start].index
    assert len(seen) > 50 and (first.loc[seen, "touch_tier"] == "high").all()
    assert (first.loc[seen, "assigned_by"] == "rule").all()
    later = book.tier_history[~book.tier_history["account_id"].isin(seen)]
    assert (later["touch_tier"] != "high").any()


def test_periods_of_tiers_follow_one_another_without_a_gap(book):
    rows = book.tier_history.sort_values(["account_id", "valid_from"])
    after = rows["valid_to"] + pd.Timedelta(days=1)
    followed = rows["account_id"].eq(rows["account_id"].shift(-1)) & rows["valid_to"].notna()
    gaps = (rows["valid_from"].shift(-1) - after)[followed].dt.days
    assert (gaps >= 0).all() and (gaps == 0).mean() > 0.9


def test_customers_are_visited_while_their_tier_is_high_and_in_no_other(book):
    visits = book.touches.loc[book.touches["type"] == "f2f", ["account_id", "touched_on"]]
    rows = visits.sort_values("touched_on").reset_index(drop=True)
    periods = book.tier_history.sort_values("valid_from")
    by = {"left_on": "touched_on", "right_on": "valid_from", "by": "account_id"}
    assert len(rows) > 100 and (pd.merge_asof(rows, periods, **by)["touch_tier"] == "high").all()
