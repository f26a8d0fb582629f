"""Contacts, hand-offs, onboarding and incidents agree with what happened and with each other."""

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.book import Book
from tests.world.adding_up import inside, stays_of


@pytest.fixture(scope="module")
def book() -> Book:
    return world.company("default_jp", seed=2, accounts=3000)


@pytest.fixture(scope="module")
def stays(book) -> pd.DataFrame:
    """The time that each account was a customer; twice for those who came back."""
    return stays_of(book)


@pytest.mark.parametrize(
    ("table", "day"),
    [
        ("onboarding", "done"),
        ("handoffs", "handed_on"),
        ("contacts", "active_from"),
        ("incidents", "started"),
        ("maturity", "assessed_on"),
    ],
)
def test_a_customer_who_has_left_is_silent_until_it_comes_back(book, stays, table, day):
    frame = book.tables[table].dropna(subset=[day])
    signed = frame["account_id"].map(book.accounts.set_index("account_id")["signed_on"])
    assert len(frame) and (frame[day] >= signed).all() and (frame[day] <= book.as_of).all()
    assert inside(stays, frame[frame[day] >= book.window_start], day).all()


def test_one_champion_at_a_time_is_in_charge_and_nobody_stays_after_the_account(book, stays):
    champions = book.contacts[book.contacts["is_champion"]]
    assert (champions["role"] == "in_charge").all()
    until = champions.groupby("account_id")["active_to"].shift()
    follows = champions["account_id"].duplicated()
    assert follows.any() and (champions["active_from"][follows] > until[follows]).all()
    returns = set(zip(*(stays.loc[stays["again"], name] for name in ("account_id", "begins")), strict=True))
    new = [pair in returns for pair in zip(champions["account_id"], champions["active_from"], strict=True)]
    assert (champions["active_from"].dt.day == 1)[follows & ~np.array(new)].all() and sum(new) == len(returns)
    until = ends_of(book.contacts, stays)
    assert (book.contacts["active_to"].fillna(pd.Timestamp.max) <= until.fillna(pd.Timestamp.max)).all()
    assert book.contacts.loc[until.notna(), "active_to"].notna().all()


def ends_of(contacts: pd.DataFrame, stays: pd.DataFrame) -> pd.Series:
    """The day on which the account of each contact left, after the contact was first known."""
    rows = contacts.reset_index().sort_values("active_from", kind="stable")
    first = stays["begins"].where(stays["again"], pd.Timestamp("1990-01-01"))
    known = stays.assign(begins=first).sort_values("begins")
    found = pd.merge_asof(rows, known, left_on="active_from", right_on="begins", by="account_id")
    return found.set_index("index")["ends"].sort_index()


def test_a_champion_in_eight_leaves_in_a_year(book, stays):
    champions = book.contacts[book.contacts["is_champion"]]
    ended = champions["active_to"].fillna(book.as_of)
    years = (ended - champions["active_from"].clip(lower=book.window_start)).dt.days.sum() / 365.25
    departures = (champions["active_to"] < ends_of(champions, stays).fillna(pd.Timestamp.max)).sum()
    assert abs(departures / years - 0.128) < 0.02


def test_milestones_come_in_order_and_first_value_is_the_month_of_onboarding(book):
    done = book.onboarding.pivot(index="account_id", columns="milestone", values="done")
    steps = done[["kickoff", "data_connected", "team_trained", "first_value"]]
    late = steps["first_value"].notna()
    assert late.any() and (steps[late].diff(axis=1).iloc[:, 1:] >= pd.Timedelta(0)).all(axis=None)
    truth = book.truth.accounts().set_index("account_id")
    signed = book.accounts.set_index("account_id")["signed_on"]
    for account in steps.index[late][:300]:
        months = int(truth.at[account, "onboarded_month"])
        value = steps.at[account, "first_value"]
        assert (
            signed[account] + pd.DateOffset(months=months - 1) < value <= signed[account] + pd.DateOffset(months=months)
        )
    assert steps.loc[truth["stalled"].reindex(steps.index), "first_value"].isna().all()


def test_customers_are_asked_at_the_first_value_and_only_then(book):
    asked = book.onboarding["used_properly"].notna()
    reached = (book.onboarding["milestone"] == "first_value") & book.onboarding["done"].notna()
    assert (asked == reached).all() and (book.onboarding["felt_benefit"].notna() == reached).all()


def test_the_second_hand_off_follows_the_first_value(book):
    first_value = book.onboarding[book.onboarding["milestone"] == "first_value"].set_index("account_id")["done"]
    second = book.handoffs[book.handoffs["from_dept"] == "onboarding"]
    day = second["account_id"].map(first_value)
    seen = day.notna()
    gap = (second["handed_on"] - day)[seen].dt.days
    assert seen.any() and (gap == second["days_gap"][seen]).all()
    first = book.handoffs[book.handoffs["from_dept"] == "sales"]
    signed = first["account_id"].map(book.accounts.set_index("account_id")["signed_on"])
    assert ((first["handed_on"] - signed).dt.days == first["days_gap"]).all()


def test_pushed_deals_are_cheaper_and_handed_over_in_haste(book):
    accounts = book.accounts
    push = accounts["sales_push"]
    assert set(accounts["signed_on"].dt.month[push]) == {3, 6, 9, 12}
    assert accounts["discount_pct"][push].mean() > accounts["discount_pct"][~push].mean() + 0.08
    first = book.handoffs[book.handoffs["from_dept"] == "sales"].set_index("account_id")
    pushed = first.index.isin(accounts["account_id"][push])
    assert first["info_complete"][pushed].mean() < first["info_complete"][~pushed].mean()


def test_an_incident_is_one_day_for_a_whole_office_and_hits_half_of_it(book):
    incidents = book.incidents
    same = incidents.groupby("incident_id")[["started", "minutes", "severity"]].nunique()
    assert (same == 1).all(axis=None)
    assert abs(incidents["hit"].mean() - 0.5) < 0.02
    offices = incidents["account_id"].str[1:].astype(int) // 1024
    assert (offices.groupby(incidents["incident_id"]).nunique() == 1).all()


def test_usage_falls_where_an_incident_hit_and_not_beside_it(book):
    incidents = book.incidents.assign(month=book.incidents["started"].dt.to_period("M").dt.to_timestamp())
    usage = book.usage_monthly[["account_id", "month", "wau_ratio"]].copy()
    usage["before"] = usage.groupby("account_id")["wau_ratio"].shift()
    cells = incidents.merge(usage, on=["account_id", "month"])
    change = (cells["wau_ratio"] - cells["before"]).groupby(cells["hit"]).mean()
    assert change[True] < change[False] - 0.02


def test_an_account_is_assessed_once_a_quarter_and_two_persons_mostly_agree(book, stays):
    first, second = (book.maturity[book.maturity["assessor"] == name] for name in ("first", "second"))
    months = first["assessed_on"].dt.to_period("M").astype("int64")
    apart = months.groupby(first["account_id"]).diff().dropna()
    returned = first["account_id"].isin(stays.loc[stays["again"], "account_id"])
    assert (apart[~returned] == 3).all() and returned.any()
    pairs = first.merge(second, on=["account_id", "assessed_on"])
    assert len(pairs) == len(second) and abs(len(second) / len(first) - 0.1) < 0.02
    assert 0.5 < (pairs["level_x"] == pairs["level_y"]).mean() < 0.95


def test_without_add_ons_nobody_is_hit_no_champion_leaves_and_deals_are_plain():
    book = world.company(world.preset("default_jp").with_(addons="none"), accounts=500)
    assert not book.has("incidents") and not book.has("accounts.sales_push")
    assert not book.contacts.loc[book.contacts["is_champion"], "account_id"].duplicated().any()
    assert np.isclose(book.truth.accounts()["badfit"].mean(), 0.15, atol=0.06)
