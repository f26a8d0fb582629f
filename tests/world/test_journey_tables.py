"""Renewals and journey events agree with contracts, usage, onboarding and leaving, and see nothing ahead."""

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.book import Book

TABLES = ("renewals", "journey_events")


@pytest.fixture(scope="module")
def book() -> Book:
    return world.company("default_jp", seed=3, accounts=1500)


@pytest.fixture(scope="module")
def renewals(book) -> pd.DataFrame:
    contracts = book.contracts.drop(columns=["account_id", "decided_on", "outcome"])
    return book.renewals.merge(contracts, on="contract_id", validate="one_to_one")


@pytest.mark.parametrize("months", [20, 37])
@pytest.mark.parametrize("table", TABLES)
def test_a_shorter_run_is_the_longer_one_as_it_was_known_then(book, table, months):
    shorter = world.company("default_jp", seed=3, accounts=1500, months=months)
    known = book.at(shorter.as_of).tables[table]
    pd.testing.assert_frame_equal(known, shorter.tables[table], check_dtype=False)


def test_a_renewal_is_listed_sixty_days_before_the_last_day_for_a_notice(book, renewals):
    assert (renewals["due"] == renewals["end"]).all()
    ahead = (renewals["notice_by"] - renewals["listed_on"]).dt.days
    assert (ahead[renewals["listed_on"] > book.window_start] == 60).all() and (ahead <= 60).all()
    assert (renewals["term_months"] > 1).all()


def test_every_contract_that_ran_out_while_its_customer_was_there_had_been_listed(book):
    left = book.churn_events.groupby("account_id")["effective_on"].min()
    due = book.contracts.query("term_months > 1 and end <= @book.as_of")
    stayed = due[~(due["account_id"].map(left) < due["end"])]
    notice_by = stayed["end"] - pd.to_timedelta(stayed["notice_days"], unit="D")
    late = (stayed["start"] + pd.Timedelta(days=90) < notice_by) & (notice_by >= book.window_start)
    assert set(stayed.loc[late, "contract_id"]) <= set(book.renewals["contract_id"])


def test_no_renewal_is_listed_after_the_last_day_for_a_notice(renewals):
    assert (renewals["notice_by"] >= renewals["listed_on"]).all()
    decided = renewals.dropna(subset=["decided_on"]).query("outcome != 'churned'")
    assert (decided["decided_on"] >= decided["listed_on"]).all()


def test_outcome_and_decision_are_those_of_the_contract(book):
    both = book.renewals.merge(book.contracts, on="contract_id", suffixes=("", "_contract"))
    assert (both["outcome"] == both["outcome_contract"]).all()
    assert both["decided_on"].equals(both["decided_on_contract"])


def test_the_amount_due_is_a_year_of_the_mrr_known_when_it_was_listed(book):
    listed = book.renewals[book.renewals["listed_on"] > book.window_start + pd.offsets.MonthEnd()].head(200)
    moves = book.mrr_movements
    for row in listed.itertuples():
        known = moves[
            (moves["account_id"] == row.account_id) & (moves["month"] < row.listed_on.to_period("M").start_time)
        ]
        assert row.arr_due_amount == 12 * known["amount"].sum()


def test_health_is_read_from_the_last_month_of_usage_finished_by_then(book):
    usage = book.usage_monthly.set_index(["account_id", "month"])
    known = book.renewals.dropna(subset=["health_t90"])
    month = (known["due"] - pd.Timedelta(days=90)).dt.to_period("M") - 1
    rows = usage.loc[list(zip(known["account_id"], month.dt.to_timestamp(), strict=True))]
    expected = 0.7 * rows["wau_ratio"] + 0.3 * rows["features_relevant"] / 8
    assert np.abs(known["health_t90"].to_numpy() - expected.to_numpy()).max() < 0.0006


def test_forecasts_are_right_more_often_than_not_and_too_hopeful(book):
    settled = book.renewals[book.renewals["outcome"] != "open"]
    kept = (settled["outcome"] != "churned").groupby(settled["csm_forecast"]).mean()
    assert kept["commit"] > kept["at_risk"]
    assert (settled["csm_forecast"] == "commit").mean() > (settled["csm_forecast"] == "at_risk").mean()


def test_milestones_stand_in_the_journey_on_the_days_on_which_they_were_done(book):
    steps = book.journey_events.query("event == 'reached'")
    for milestone, done in book.onboarding.dropna(subset=["done"]).groupby("milestone"):
        reached = steps[steps["step_id"] == milestone]
        assert set(zip(reached["account_id"], reached["happened_on"], strict=True)) == set(
            zip(done["account_id"], done["done"], strict=True)
        )


def test_nobody_takes_a_step_before_signing_or_after_leaving(book):
    events = book.journey_events
    signed = events["account_id"].map(book.accounts.set_index("account_id")["signed_on"])
    assert (events["happened_on"] >= signed).all() and (events["happened_on"] <= book.as_of).all()
    last = book.churn_events.groupby("account_id")["effective_on"].max()
    back = book.churn_events.dropna(subset=["winback_on"])["account_id"]
    gone = events[~events["account_id"].isin(back)]
    assert not (gone["happened_on"] >= gone["account_id"].map(last)).any()


def test_steps_are_skipped_and_repeated_more_often_after_a_poor_hand_off(book):
    quality = book.handoffs.query("from_dept == 'sales'").set_index("account_id")["quality"]
    rated = book.journey_events.assign(quality=book.journey_events["account_id"].map(quality)).dropna(
        subset=["quality"]
    )
    goals = rated[rated["step_id"] == "goal_agreed"]
    skipped = (goals["event"] == "skipped").groupby(goals["quality"] <= 2).mean()
    assert skipped[True] > skipped[False]
    data = rated[rated["step_id"] == "data_connected"]
    again = (data["event"] == "repeated").groupby(data["quality"] <= 2).mean()
    assert again[True] > again[False]


def test_those_who_feel_well_on_the_way_leave_less_often(book):
    felt = book.journey_events.query("step_id == 'first_value'").set_index("account_id")["sentiment"]
    left = felt.index.isin(book.churn_events["account_id"])
    assert felt[left].mean() < felt[~left].mean()
