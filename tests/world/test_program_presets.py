"""Two presets of programmes: one that pays late, and one that only looks as if it paid."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.book import Book
from cslab.world.truth import CompanyTruth

pytestmark = pytest.mark.slow


@cache
def company(name: str, policy: str = "") -> Book:
    """A preset of 4,000 customers."""
    return world.company(world.preset(name).with_(accounts=4000), policy)


def gain(name: str, programme: str, horizon: int) -> pd.Series:
    """What the programme adds to the share expected to be there still, of the customers whose turn came."""
    truth: CompanyTruth = company(name).truth
    asked = company(name, "program_open").program_enrolment["account_id"].unique()
    brings = truth.program(programme, horizon=horizon, futures=16).set_index("account_id")["retained"]
    return brings.reindex(asked)


def test_slow_burn_shows_nothing_at_month_4_and_more_than_four_points_at_month_14():
    early, late = (gain("slow_burn", "onboarding_programme", horizon) for horizon in (4, 14))
    error = late.std() / len(late) ** 0.5
    assert abs(early.mean()) < 0.01
    assert late.mean() - 4 * error > 0.04


def test_slow_burn_an_experiment_tells_the_truth_in_the_end():
    book = company("slow_burn")
    rows = book.program_enrolment.set_index("account_id")
    left = book.churn_events.groupby("account_id")["effective_on"].min().reindex(rows.index)
    old = rows["eligible_on"] + pd.DateOffset(months=14) <= book.as_of
    stays = ~(left <= rows["eligible_on"] + pd.DateOffset(months=14))[old]
    group = stays.groupby(rows["invited_on"].notna()[old])
    error = (group.var() / group.size()).sum() ** 0.5
    truth = gain("slow_burn", "onboarding_programme", 14).mean()
    assert abs(group.mean()[True] - group.mean()[False] - truth) < 4 * error


def test_sugar_high_lifts_usage_by_a_tenth_in_four_months_and_renewals_not_at_all():
    on, off = (usage_after("sugar_high", policy, 4) for policy in ("program_open", "program_none"))
    assert abs(np.mean(on) / np.mean(off) - 1.10) < 0.01
    for horizon in (4, 14, 24):
        assert gain("sugar_high", "usage_campaign", horizon).abs().max() == 0


def usage_after(name: str, policy: str, months: int) -> pd.Series:
    """Weekly active share some months after each customer's turn, had the company offered the programme to all."""
    rows = company(name, "program_open").program_enrolment.set_index("account_id")
    usage = company(name, policy).usage_monthly
    turn = usage["account_id"].map(rows["eligible_on"].dt.to_period("M").dt.to_timestamp())
    return usage.loc[usage["month"] == turn + pd.DateOffset(months=months), "wau_ratio"]
