"""Tiers, touches, CSMs, their hours and alerts agree with each other and with the hours that there are."""

from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab import world
from cslab.book import Book
from cslab.tables import check_tables
from cslab.world.observe import MAKERS, Records
from cslab.world.observe.presence import row_of

pytestmark = pytest.mark.slow

WORK = ("tier_history", "touches", "csm", "csm_time", "alerts")
PROMISED = {"tech": 0.15, "mid": 1.6, "high": 6.5}


@pytest.fixture(scope="module")
def book() -> Book:
    return world.company("default_jp", seed=3, accounts=1100)


@pytest.fixture(scope="module")
def ample() -> Book:
    """A company whose team has time for everything."""
    return world.company(world.preset("default_jp").with_(csm_team=6, seed=3, accounts=2048))


def left(book: Book) -> pd.Series:
    """The day on which each account left; far away for those who have not. Nobody comes back in these companies."""
    gone = book.churn_events.groupby("account_id")["effective_on"].min()
    return gone.reindex(book.accounts["account_id"]).fillna(pd.Timestamp("2100-01-01"))


def stays(book: Book) -> pd.DataFrame:
    """Who was a customer from when to when: one line a spell."""
    contracts = book.contracts.sort_values(["account_id", "start"])
    new = contracts["start"] != contracts.groupby("account_id")["end"].shift()
    contracts = contracts.assign(spell=new.groupby(contracts["account_id"]).cumsum())
    found = contracts.groupby(["account_id", "spell"], as_index=False).agg(start=("start", "min"), end=("end", "max"))
    gone = book.churn_events.groupby("account_id")["effective_on"].apply(list)
    found["end"] = [
        min([day for day in gone.get(account, []) if day > start], default=pd.Timestamp("2100-01-01"))
        for account, start in zip(found["account_id"], found["start"], strict=True)
    ]
    return found


def in_a_stay(book: Book, frame: pd.DataFrame, day: str) -> pd.Series:
    """Whether each row's day lies within a spell of its account."""
    spells = stays(book)
    signed = book.accounts.set_index("account_id")["signed_on"]
    pairs = frame.reset_index()[["index", "account_id", day]].merge(spells, on="account_id")
    earliest = pairs[["start"]].assign(signed=pairs["account_id"].map(signed)).min(axis=1)
    first = pairs.groupby("account_id")["start"].transform("min") == pairs["start"]
    begins = pairs["start"].where(~first, earliest)
    inside = (pairs[day] >= begins) & (pairs[day] < pairs["end"])
    return inside.groupby(pairs["index"]).any().reindex(frame.index, fill_value=False)


def tier_of(book: Book, frame: pd.DataFrame, day: str) -> pd.DataFrame:
    """The period of ``tier_history`` in which each row's day lies."""
    rows = frame.reset_index()[["index", "account_id", day]].sort_values(day)
    periods = book.tier_history.sort_values("valid_from")
    found = pd.merge_asof(rows, periods, left_on=day, right_on="valid_from", by="account_id")
    assert not (found["valid_to"] < found[day]).any()
    return found.set_index("index").sort_index()


def test_the_tables_of_the_teams_work_keep_the_contract(book):
    assert [fault.text("en") for fault in check_tables(book.tables)] == []


def test_periods_of_a_tier_follow_one_another_from_signing_until_the_account_leaves(book):
    periods = book.tier_history
    again = periods["account_id"] == periods["account_id"].shift()
    before = periods["valid_to"].shift()
    next_day = periods["valid_from"] == before + pd.Timedelta(days=1)
    returned = again & (periods["valid_from"] > before + pd.Timedelta(days=31))
    assert (next_day | returned)[again].all()
    ends = periods["account_id"] != periods["account_id"].shift(-1)
    there = periods.loc[ends, "valid_to"].isna()
    spells = stays(book).groupby("account_id")["end"].max()
    gone = periods.loc[ends, "account_id"].map(spells)
    assert (there == (gone > book.as_of)).all()
    assert (periods.loc[ends, "valid_to"][~there] + pd.Timedelta(days=1) == gone[~there]).all()
    assert set(periods["account_id"]) == set(book.accounts["account_id"])


def test_an_override_moves_an_account_one_tier_up_thirty_days_after_signing(book):
    order = ["tech", "mid", "high"]
    periods = book.tier_history.assign(place=book.tier_history["touch_tier"].map(order.index))
    moved = periods[(periods["assigned_by"] == "csm") & (periods["assigned_by"].shift() == "rule")]
    moved = moved[moved["account_id"] == periods["account_id"].shift()[moved.index]]
    was = periods.loc[moved.index - 1]
    assert len(moved) > 50 and (moved["place"].to_numpy() == was["place"].to_numpy() + 1).all()
    signed = moved["account_id"].map(book.accounts.set_index("account_id")["signed_on"])
    first = ~moved["account_id"].isin(book.churn_events["account_id"])
    assert (moved["valid_from"] - signed)[first].dt.days.eq(30).all()


@pytest.mark.parametrize(("policy", "by"), [("rct", {"rct"}), ("pure_rule", {"rule"}), ("all_mid", {"rule"})])
def test_who_decided_the_tier_is_the_policys_own_way(policy, by):
    periods = world.company("tiny", policy).tier_history
    assert set(periods["assigned_by"]) == by


def test_mid_and_high_touch_have_a_csm_who_is_there_all_the_while_and_tech_touch_none(book):
    periods = book.tier_history
    assert (periods["csm_id"].isna() == (periods["touch_tier"] == "tech")).all()
    named = periods.dropna(subset="csm_id").merge(book.csm, on="csm_id", how="left")
    assert (named["joined_on"] <= named["valid_from"]).all()
    assert not (named["left_on"] < named["valid_to"].fillna(book.as_of)).any()


def test_a_touch_is_with_a_customer_and_done_by_somebody_who_works_there_that_day(book):
    touches = book.touches
    assert in_a_stay(book, touches, "touched_on").all()
    done = touches[touches["minutes"] > 0].merge(book.csm, on="csm_id", how="left")
    assert touches.loc[touches["minutes"] == 0, "program_id"].notna().all()
    assert (done["joined_on"] <= done["touched_on"]).all() and not (done["left_on"] < done["touched_on"]).any()
    signed = pd.MultiIndex.from_frame(stays(book)[["account_id", "start"]])
    weekend = touches[touches["touched_on"].dt.weekday > 4]
    assert pd.MultiIndex.from_frame(weekend[["account_id", "touched_on"]]).isin(signed).all()


def test_a_review_or_any_talk_with_a_customer_of_mid_or_high_touch_is_with_the_csm_in_charge(book):
    talks = book.touches[book.touches["type"].isin(["qbr", "f2f", "call", "email"])]
    period = tier_of(book, talks, "touched_on")
    named = period["csm_id"].notna()
    assert (talks["csm_id"] == period["csm_id"])[named].all()
    assert named[talks["type"].isin(["qbr", "f2f"])].all()


def test_a_newsletter_reaches_an_office_on_one_day_of_the_month(book):
    letters = book.touches[book.touches["type"] == "newsletter"]
    office = letters["account_id"].str[1:].astype(int) // 1024
    days = letters.groupby([office, letters["touched_on"].dt.to_period("M")])["touched_on"].nunique()
    assert (days == 1).all() and len(days) == 2 * 48


def test_what_a_touch_costs_is_its_minutes_at_the_price_of_an_hour(book):
    hour = 10e6 / 12 / 130
    assert ((book.touches["cost_amount"] - book.touches["minutes"] / 60 * hour).abs() <= 0.5).all()


def weekly(book: Book) -> pd.Series:
    """Hours of the touches by CSM, week and whether they answered a problem, of the weeks that are over."""
    touches = book.touches
    week = touches["touched_on"] - pd.to_timedelta(touches["touched_on"].dt.weekday, unit="D")
    done = touches[week + pd.Timedelta(days=6) <= book.as_of]
    return done.groupby(["csm_id", week.rename("week"), "reactive"])["minutes"].sum() / 60


def hours_add_up(book: Book) -> None:
    """The time that CSMs wrote down is that of the touches, and there is not more of it than they have."""
    time = book.csm_time
    served = time[time["category"] != "admin"].groupby(["csm_id", "week", "reactive"])["hours"].sum()
    pd.testing.assert_series_equal(served, weekly(book), check_names=False, rtol=1e-12, atol=1e-9)
    month = book.touches["touched_on"].dt.to_period("M")
    done = (
        (book.touches.groupby(["csm_id", month])["minutes"].sum() / 60).rename_axis(["csm_id", "month"]).reset_index()
    )
    team = book.csm.set_index("csm_id")
    new = done["month"].astype("int64") - done["csm_id"].map(team["joined_on"]).dt.to_period("M").astype("int64")
    has = done["csm_id"].map(team["capacity_h"]) * ((new + 1) / 4).clip(upper=1)
    assert (done["minutes"] <= has + 1e-9).all()


def test_hours_are_those_of_the_touches_and_fit_into_the_month(book):
    hours_add_up(book)


def test_with_administration_a_csm_works_no_more_than_the_hours_of_the_months(book):
    time, team = book.csm_time, book.csm.set_index("csm_id")
    total = time.groupby("csm_id")["hours"].sum()
    begins = team["joined_on"].clip(lower=book.window_start)
    months = (team["left_on"].fillna(book.as_of) + pd.Timedelta(days=1) - begins) / pd.Timedelta(days=30)
    assert (total <= (months * team["capacity_h"]).reindex(total.index)).all()
    assert not time.loc[time["category"] == "admin", "reactive"].any()


def test_nobody_writes_down_time_before_joining_or_after_leaving(book):
    time = book.csm_time.merge(book.csm, on="csm_id", how="left")
    assert (time["week"] + pd.Timedelta(days=6) >= time["joined_on"]).all() and not (
        time["left_on"] < time["week"]
    ).any()
    assert (time["week"].dt.weekday == 0).all()


def hours_by_account(book: Book) -> pd.DataFrame:
    """Hours and months of each account by the tier it ended in."""
    usage = book.usage_monthly.groupby("account_id").size().rename("months")
    hours = (book.touches.groupby("account_id")["minutes"].sum() / 60).rename("hours")
    tier = book.tier_history.groupby("account_id")["touch_tier"].last()
    return pd.concat([usage, hours, tier], axis=1).dropna(subset="months").fillna({"hours": 0.0})


def test_a_month_of_an_account_takes_the_hours_that_its_tier_is_promised(ample):
    for tier, people in hours_by_account(ample).groupby("touch_tier"):
        mean = people["hours"].sum() / people["months"].sum()
        errors = people["hours"] - mean * people["months"]
        margin = 4 * sqrt((errors**2).sum()) / people["months"].sum()
        assert abs(mean - PROMISED[tier]) < margin + 0.01 * PROMISED[tier]


def test_a_team_hired_by_load_does_nearly_all_of_it_and_half_a_team_does_half(book):
    few = world.company(world.preset("default_jp").with_(csm_team=0.5, seed=3, accounts=1100))
    shares = []
    for company in (book, few):
        people = hours_by_account(company)
        promised = people["touch_tier"].map(PROMISED) * people["months"]
        shares.append(people["hours"].sum() / promised.sum())
    assert 0.9 < shares[0] <= 1.02 and 0.5 < shares[1] < 0.75
    kept = [len(company.touches[company.touches["reactive"]]) for company in (book, few)]
    mails = [len(company.touches.query("type == 'email' and not reactive")) for company in (book, few)]
    assert kept[1] > 0.8 * kept[0] and mails[1] < 0.5 * mails[0]
    hours_add_up(few)


def test_there_are_two_and_a_half_touches_a_month(book):
    assert 2.2 < len(book.touches) / len(book.usage_monthly) < 2.8


@pytest.fixture(scope="module")
def alerts(book) -> pd.DataFrame:
    return book.alerts.set_index("alert_id")


def test_an_alert_fires_while_somebody_is_a_customer_and_is_acted_on_after_that(book, alerts):
    assert in_a_stay(book, alerts.reset_index(), "fired_on").all()
    acted = alerts.dropna(subset="acted_on")
    assert len(acted) > 500 and (acted["acted_on"] > acted["fired_on"]).all()
    assert ((acted["acted_on"] - acted["fired_on"]).dt.days <= 16).all()
    assert (alerts["play_id"].notna() == alerts["acted_on"].notna()).all()
    assert alerts["rule_id"].nunique() == 9


def test_what_is_done_about_an_alert_is_a_touch_on_that_day(book, alerts):
    acted = alerts.dropna(subset="acted_on")
    touches = book.touches[book.touches["reactive"]]
    days = pd.MultiIndex.from_frame(touches[["account_id", "touched_on"]])
    assert pd.MultiIndex.from_frame(acted[["account_id", "acted_on"]]).isin(days).all()


def test_one_alert_in_ten_is_left_alone(alerts):
    held = alerts["held_out"]
    assert alerts.loc[held, "acted_on"].isna().all()
    assert abs(held.mean() - 0.1) < 4 * sqrt(0.1 * 0.9 / len(alerts))
    assert 0.3 < alerts.loc[~held, "acted_on"].notna().mean() < 0.8


def test_an_alert_is_closed_within_ninety_days_or_when_the_customer_is_lost(book, alerts):
    closed = alerts.dropna(subset="closed_on")
    waited = (closed["closed_on"] - closed["fired_on"]).dt.days
    lost = closed["outcome"] == "lost"
    assert waited[~lost].between(60, 90).all() and (waited[lost] <= 90).all()
    assert (alerts["closed_on"].isna() == (alerts["outcome"] == "open")).all()
    assert (alerts.loc[alerts["closed_on"].isna(), "fired_on"] > book.as_of - pd.Timedelta(days=91)).all()
    notices = book.churn_events[["account_id", "decided_on", "effective_on"]]
    known = closed.reset_index().merge(notices, on="account_id")
    given_up = (known["decided_on"] <= known["closed_on"]) & (known["effective_on"] > known["fired_on"])
    assert set(known.loc[given_up, "alert_id"]) == set(closed.index[lost])


def test_usage_has_dropped_for_two_months_where_that_rule_fires(book):
    usage = book.usage_monthly
    ratio = usage["wau_ratio"]
    ago = {lag: ratio.groupby(usage["account_id"]).shift(lag) for lag in (1, 2, 3)}
    limit = 0.7 * (ago[2] + ago[3]) / 2
    low = (ratio <= limit) & (ago[1] <= limit)
    lately = sum(low.groupby(usage["account_id"]).shift(lag, fill_value=False).astype(int) for lag in (1, 2, 3))
    fires = usage[low & (lately == 0)]
    expected = set(zip(fires["account_id"], fires["month"] + pd.DateOffset(months=1), strict=True))
    drops = book.alerts[book.alerts["rule_id"] == "usage_drop"]
    found = set(zip(drops["account_id"], drops["fired_on"], strict=True))
    inside = {pair for pair in expected if pair[1] <= book.as_of}
    spells = stays(book).groupby("account_id").size()
    once = set(spells.index[spells == 1])
    gone = left(book)
    assert {pair for pair in found if pair[0] in once} == {
        (account, day) for account, day in inside if account in once and day < gone[account]
    }


def test_a_champion_who_has_left_is_an_alert_the_next_day(book):
    champions = book.contacts[book.contacts["is_champion"]].dropna(subset="active_to")
    champions = champions.assign(fired_on=champions["active_to"] + pd.Timedelta(days=1))
    gone = champions[in_a_stay(book, champions, "active_to") & in_a_stay(book, champions, "fired_on")]
    gone = gone[gone["fired_on"].between(book.window_start, book.as_of)]
    alerts = book.alerts[book.alerts["rule_id"] == "champion_left"]
    assert len(alerts) > 100
    assert set(zip(alerts["account_id"], alerts["fired_on"], strict=True)) == set(
        zip(gone["account_id"], gone["fired_on"], strict=True)
    )


def test_a_renewal_is_looked_at_120_days_ahead_and_an_alert_where_usage_is_low(book):
    alerts = book.alerts[book.alerts["rule_id"] == "renewal_at_risk"]
    ends = book.contracts.loc[book.contracts["term_months"] >= 12, ["account_id", "end"]]
    due = alerts.merge(ends.assign(fired_on=ends["end"] - pd.Timedelta(days=120)), on=["account_id", "fired_on"])
    assert len(due) == len(alerts) > 100
    month = (due["fired_on"] - pd.DateOffset(months=1)).dt.to_period("M").dt.to_timestamp()
    used = due.assign(month=month).merge(book.usage_monthly, on=["account_id", "month"])
    assert len(used) == len(due) and (used["wau_ratio"] < 0.4).all()


def test_a_burst_is_three_tickets_in_a_month_or_more(book):
    bursts = book.alerts[book.alerts["rule_id"] == "ticket_burst"]
    month = book.tickets["opened_on"].dt.to_period("M")
    count = book.tickets.groupby(["account_id", month]).size()
    before = pd.MultiIndex.from_arrays([bursts["account_id"], bursts["fired_on"].dt.to_period("M") - 1])
    assert len(bursts) > 100 and (count.reindex(before) >= 3).all()


def test_sessions_of_a_programme_are_touches_of_those_who_take_part():
    scenario = world.preset("default_jp").with_(programs="training", csm_team=6, accounts=600)
    book = world.company(scenario, "program_rct")
    sessions = book.touches.dropna(subset="program_id")
    parts = book.program_enrolment.dropna(subset="enrolled_on").set_index("account_id")
    assert len(sessions) > 100 and set(sessions["type"]) == {"training"}
    assert (sessions["touched_on"] > sessions["account_id"].map(parts["enrolled_on"])).all()
    over = parts.dropna(subset="ended_on")
    held = sessions.groupby("account_id").size().reindex(over.index, fill_value=0)
    assert (held <= over["sessions_held"]).all() and held.sum() > 0.95 * over["sessions_held"].sum()


@pytest.mark.parametrize(("months", "policy"), [(1, "rule"), (14, "alerts"), (29, "firefighting"), (41, "rule")])
def test_work_as_of_a_month_is_that_of_a_shorter_simulation(months, policy):
    scenario = world.preset("default_jp").with_(seed=8, accounts=250)
    shorter = world.company(scenario, policy, months=months)
    cut = world.company(scenario, policy).at(shorter.as_of)
    for name in WORK:
        pd.testing.assert_frame_equal(cut.tables[name], shorter.tables[name], check_exact=True)


def test_work_does_not_change_with_the_chunks():
    one, other = (world.company("default_jp", accounts=2100, months=9, chunk=size) for size in (1, 16))
    for name in WORK:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name], check_exact=True)


@pytest.mark.slow
def test_work_does_not_change_with_the_number_of_workers():
    one, other = (world.company("default_jp", accounts=2100, workers=workers, chunk=1) for workers in (1, 2))
    for name in WORK:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name], check_exact=True)


def test_what_is_planned_does_not_change_where_customers_ask_answer_or_suffer_less():
    scenario = world.preset("default_jp").with_(csm_team=6, accounts=400)
    history = world.simulate.simulate(scenario, world.policy("rule"), 1, range(1), 400, 48)
    fewer = {name: make for name, make in MAKERS.items() if name not in ("tickets", "surveys", "incidents")}
    planned = []
    for makers in (MAKERS, fewer):
        touches = Records(history, makers)["touches"]
        kept = (touches["direction"] == 0) & ~touches["reactive"]
        planned.append([touches[name][kept] for name in ("account_id", "touched_on", "type", "csm_id", "minutes")])
    assert all((one == other).all() for one, other in zip(*planned, strict=True)) and len(planned[0][0]) > 5000


def test_plays_that_act_are_the_alerts_of_the_table():
    scenario = world.preset("default_jp").with_(accounts=900)
    history = world.simulate.simulate(scenario, world.policy("alerts"), 1, range(1), 900, 48)
    alerts, fired = Records(history, MAKERS)["alerts"], history.work.fired
    drops = alerts["rule_id"] == 0
    who = row_of(history, alerts["account_id"][drops], alerts["fired_on"][drops])
    month = alerts["fired_on"][drops].astype("M8[M]").astype(int) - (scenario.window_start.year - 1970) * 12
    month += 1 - scenario.window_start.month - scenario.first_month
    known = dict(zip(zip(fired.lane, fired.month, strict=True), zip(fired.held, fired.acted, strict=True), strict=True))
    said = zip(alerts["held_out"][drops], ~np.isnat(alerts["acted_on"][drops]), strict=True)
    found = dict(zip(zip(history.lane[who], month, strict=True), said, strict=True))
    assert len(found) > 300 and found == {key: known[key] for key in found}
    assert len(found) == (fired.month > -scenario.first_month).sum()


def test_offices_that_share_out_their_hours_do_what_they_share_out():
    scenario = world.preset("default_jp").with_(accounts=1024, csm_team=0.6)
    for policy in ("capacity", "firefighting"):
        history = world.simulate.simulate(scenario, world.policy(policy), 1, range(1), 1024, 48)
        work, touches = history.work, Records(history, MAKERS)["touches"]
        inside = slice(-scenario.first_month, None)
        shared = (work.planned * work.served + work.reactive * work.answered)[inside].sum()
        assert 0.9 < touches["minutes"].sum() / 60 / shared < 1.02
        reactive = (touches["minutes"] * touches["reactive"]).sum() / 60
        assert reactive >= 0.95 * (work.reactive * work.answered)[inside].sum()


@settings(max_examples=5)
@given(st.data())
def test_hours_add_up_in_any_company(data):
    three = st.tuples(*[st.floats(0, 12)] * 3)
    scenario = world.preset("tiny").with_(
        seed=data.draw(st.integers(0, 2**40)),
        accounts=data.draw(st.integers(1, 40)),
        months=data.draw(st.integers(1, 20)),
        touch_hours=data.draw(three),
        csm_hours=data.draw(st.floats(1, 200)),
        csm_team=data.draw(st.floats(0, 2)),
        csm_leaves_per_year=data.draw(st.floats(0, 1)),
        notice_months=data.draw(st.integers(1, 5)),
        currency=data.draw(st.sampled_from(["JPY", "USD"])),
    )
    book = world.company(scenario, data.draw(st.sampled_from(["rule", "capacity", "firefighting", "alerts", "rct"])))
    assert [fault.text("en") for fault in check_tables(book.tables)] == []
    hours_add_up(book)
    named = book.tier_history["csm_id"].dropna()
    assert set(named) | set(book.touches["csm_id"].dropna()) <= set(book.csm["csm_id"])
