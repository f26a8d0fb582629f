"""Each preset is the world its story tells: one difference from the default company, with a margin."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.measure.retention import grr, nrr
from cslab.world.customers import draw
from cslab.world.simulate import histories, simulate
from cslab.world.team import teams
from cslab.world.truth import CompanyTruth

pytestmark = pytest.mark.slow

ACCOUNTS = 4000


@cache
def truth(name: str) -> CompanyTruth:
    """The truth of a preset under its own policy."""
    scenario = world.preset(name).with_(accounts=ACCOUNTS)
    return CompanyTruth(scenario, world.policy(scenario.policy), 16)


@cache
def gain(name: str) -> pd.Series:
    """How much more each account is retained under high than under tech touch, 24 months from signing."""
    return truth(name).effect("all_high", "all_tech", futures=8).set_index("account_id")["retained"]


def naive_gap(name: str) -> float:
    """How much more those with high touch are retained than those with tech touch."""
    retained = truth(name).expected(futures=8).set_index("account_id")["retained"]
    means = retained.groupby(truth(name).accounts().set_index("account_id")["tier"]).mean()
    return float(means["high"] - means["tech"])


def last_year(name: str) -> dict[str, float]:
    """GRR and NRR of the last year of records."""
    book = world.company(name, accounts=ACCOUNTS)
    year_ago = book.as_of - pd.DateOffset(years=1)
    return {"grr": float(grr(book, year_ago, book.as_of)), "nrr": float(nrr(book, year_ago, book.as_of))}


def by_fifths_of_risk(risk: pd.Series, gains: pd.Series) -> np.ndarray:
    """Mean gain in each fifth of the accounts, from the safest to the riskiest."""
    fifth = (risk.rank(method="first") - 1) * 5 // len(risk)
    return gains.groupby(fifth).mean().to_numpy()


def test_no_effect_every_effect_is_nothing_and_still_high_touch_looks_like_a_success():
    assert (gain("no_effect") == 0).all() and gain("default_jp").mean() > 0.05
    assert naive_gap("no_effect") > 0.05


def test_smb_heavy_loses_at_least_three_points_more_of_its_revenue_a_year():
    assert last_year("smb_heavy")["grr"] < last_year("default_jp")["grr"] - 0.03


def test_enterprise_keeps_ten_points_more_of_its_customers_over_two_years():
    kept = [truth(name).survival(24)["survival"].iloc[-1] for name in ("enterprise", "default_jp")]
    assert kept[0] > kept[1] + 0.10


def test_default_us_is_the_default_company_in_dollars_at_150():
    here, there = (simulate(world.preset(name), world.policy("rule"), 1, range(1), 1000, 48) for name in US)
    assert abs(np.median(here.customers.mrr0 / there.customers.mrr0) - 150) < 1.5
    assert (here.tier == there.tier).mean() > 0.995
    same = here.tier == there.tier
    assert (here.customers.start == there.customers.start).all()
    assert (here.closed == there.closed).all() and (here.onboarded[same] == there.onboarded[same]).all()


US = ("default_jp", "default_us")


def test_futility_the_riskiest_fifth_gains_least_at_signing_and_of_those_there_today():
    company = truth("futility")
    risk = 1 - company.expected("all_tech", futures=8).set_index("account_id")["retained"]
    signing = by_fifths_of_risk(risk, gain("futility"))
    today = "2025-03-31"
    later = company.effect("all_high", "all_tech", since=today, futures=8).set_index("account_id")["retained"]
    now = by_fifths_of_risk(company.risk(today, horizon=24, futures=8).set_index("account_id")["risk"], later)
    assert signing[4] < signing[:4].min() - 0.03
    assert now[4] < now[:4].min() - 0.01


def test_in_the_default_company_the_riskiest_fifth_of_today_gains_most():
    company, today = truth("default_jp"), "2025-03-31"
    gains = company.effect("all_high", "all_tech", since=today, futures=8).set_index("account_id")["retained"]
    now = by_fifths_of_risk(company.risk(today, horizon=24, futures=8).set_index("account_id")["risk"], gains)
    assert now[4] > now[:4].max() + 0.02


def test_rct_a_plain_comparison_tells_the_truth_which_it_does_not_under_the_rule():
    assert abs(naive_gap("rct") - gain("rct").mean()) < 0.025
    assert naive_gap("default_jp") > gain("default_jp").mean() + 0.04


def test_soft_rule_a_comparison_misleads_until_it_is_weighted_by_the_known_chances():
    company = truth("soft_rule")
    people = draw(company.scenario, company.scenario.seed, range(4), ACCOUNTS)
    chances = company.policy.propensities(company.scenario, people)
    tier = company.policy.tiers(company.scenario, people)
    retained = company.expected(futures=8)["retained"].to_numpy()
    weighted = [np.average(retained[tier == k], weights=1 / chances[tier == k, k]) for k in (0, 2)]
    assert chances.min() >= 0.05
    assert abs(weighted[1] - weighted[0] - gain("soft_rule").mean()) < 0.02
    assert all(0.15 < (tier == k).mean() < 0.5 for k in range(3))


def test_firefighting_takes_most_of_the_hours_and_keeps_less_revenue_than_the_same_tiers_with_enough_hands():
    scenario = world.preset("firefighting").with_(accounts=ACCOUNTS)
    work = next(histories(scenario, world.policy(scenario.policy), scenario.months)).work
    records = slice(-scenario.months, None)
    rescues, planned = (work.reactive * work.answered)[records], (work.planned * work.served)[records]
    assert rescues.sum() >= 0.60 * (rescues.sum() + planned.sum())
    assert work.served[records].max() < 1
    with_enough = world.company(scenario, "rule")
    year_ago = with_enough.as_of - pd.DateOffset(years=1)
    kept = float(grr(with_enough, year_ago, with_enough.as_of))
    assert last_year("firefighting")["grr"] < kept - 0.005


def test_jp_60_people_has_six_csms_at_the_end():
    scenario = world.preset("jp_60_people")
    offices = [team for history in histories(scenario, world.policy("rule"), 48) for team in teams(history)]
    assert sum((team.hours(len(team.wanted) - 1) > 0).sum() for team in offices) == 6


def test_jp_60_people_has_about_eight_hundred_customers_at_the_end():
    book = world.company("jp_60_people")
    balance = book.mrr_movements.groupby("account_id")["amount"].sum()
    assert 740 < (balance > 0).sum() < 860
