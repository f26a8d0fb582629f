"""Presets of what customers say and how they are sold to: each has the one thing its story tells, for certain."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cslab import world
from cslab.measure.kpis.support import csat, first_response
from cslab.measure.retention import grr

pytestmark = pytest.mark.slow

SURE = stats.norm.ppf(0.9995)


def book(name: str, accounts: int):
    return world.company(world.preset(name).with_(accounts=accounts))


def last_year(company) -> tuple[pd.Timestamp, pd.Timestamp]:
    return company.as_of - pd.DateOffset(years=1), company.as_of


def test_green_support_red_success_support_is_green_and_a_fifth_of_the_revenue_goes():
    company = book("green_support_red_success", 8000)
    assert csat(company, *last_year(company)).low >= 0.90
    assert first_response(company, *last_year(company)).high <= 5
    assert first_response(company, *last_year(company), channels=("email", "form")).high <= 5
    assert grr(company, *last_year(company)).high <= 0.80
    usual = book("default_jp", 8000)
    assert csat(usual, *last_year(usual)).high < 0.90 and grr(usual, *last_year(usual)).low > 0.80


def test_sales_push_pushed_deals_leave_at_the_first_renewal_a_third_more_often():
    company = book("sales_push", 8000)
    accounts = company.accounts[~company.accounts["is_legacy"]].set_index("account_id")
    badfit = company.truth.accounts().set_index("account_id")["badfit"].reindex(accounts.index)
    pushed = accounts["sales_push"].astype(bool)
    assert abs(pushed.mean() - 0.40) < SURE * (0.24 / len(pushed)) ** 0.5
    assert abs(badfit[pushed].mean() - 0.80) < SURE * (0.16 / pushed.sum()) ** 0.5
    term = company.contracts.drop_duplicates("account_id").set_index("account_id")["term_months"]
    hazard = company.truth.hazard().query("spell == 1")
    terms = hazard["account_id"].map(term)
    first = hazard[(hazard["tenure"] == terms) & (terms > 1) & hazard["account_id"].isin(accounts.index)]
    churn = first.groupby(first["account_id"].map(pushed))["hazard"].agg(["mean", "sem"])
    ratio = churn.loc[True, "mean"] / churn.loc[False, "mean"]
    error = ((churn["sem"] / churn["mean"]) ** 2).sum() ** 0.5
    assert ratio * np.exp(-SURE * error) >= 1.3


def test_handoff_chaos_nobody_is_in_charge_for_three_times_as_long():
    chaos, usual = (book(name, 4000).handoffs for name in ("handoff_chaos", "default_jp"))
    for dept in ("sales", "onboarding"):
        gaps = [table.loc[table["from_dept"] == dept, "days_gap"].median() for table in (chaos, usual)]
        assert gaps[0] >= 3 * gaps[1]
    assert chaos["info_complete"].mean() < usual["info_complete"].mean() - 0.15


def test_handoff_chaos_makes_onboarding_fail_more_often():
    stalled = [book(name, 8000).truth.accounts()["stalled"] for name in ("handoff_chaos", "default_jp")]
    more = stalled[0].mean() - stalled[1].mean()
    assert more > SURE * (stalled[0].var() / 8000 + stalled[1].var() / 8000) ** 0.5


def test_default_us_scores_higher_than_japan_on_the_same_customers():
    answers = book("default_us", 6000).surveys.query("type == 'nps'")["score"].dropna()
    points = (answers >= 9).astype(float) - (answers <= 6)
    assert abs(points.mean() - 0.36) < SURE * points.std() / len(points) ** 0.5
    ratings = book("default_us", 6000).tickets["csat"].dropna()
    pleased = (ratings >= 4).mean()
    assert abs(pleased - 0.86) < SURE * (0.86 * 0.14 / len(ratings)) ** 0.5


def test_every_story_is_told_in_both_languages():
    for name in ("green_support_red_success", "sales_push", "handoff_chaos"):
        assert all(len(world.preset(name).story(lang)) > 80 for lang in ("en", "ja"))
