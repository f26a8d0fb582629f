"""Easy and hard exits keep the same customers; they differ in when they are on record and in who comes back."""

import numpy as np
import pytest

from cslab import world
from cslab.faults import UsageError
from cslab.world.simulate import histories
from cslab.world.supposed.exits import exits
from cslab.world.truth import CompanyTruth
from tests.world.supposed.test_supposing import ALIKE

BACK = {"addons": "offboarding", "winback_share": "0.5,0.2", "winback_months": 3, "winback_price": 0.8}


def truth(name: str = "tiny", **changes: object) -> CompanyTruth:
    """The truth of a company, whose tables nobody needs here."""
    return CompanyTruth(world.preset(name).with_(**changes), world.policy("rule"), 16)


def test_who_comes_back_is_the_chance_times_those_left_on_notice_and_not_closed_since():
    found = truth(**ALIKE | BACK).exits([12, 13, 14, 15, 16], futures=2).set_index(["exit", "month"])
    closes, refuses = 0.01, 1 / (1 + np.exp(2.05))
    noticed = (1 - closes) ** 12 * refuses
    left = 1 - (1 - closes) ** 12 * (1 - refuses)
    for exit_, share in (("easy", 0.5), ("hard", 0.2)):
        back = noticed * share / 2 * np.array([0, 0, (1 - closes) ** 2, (1 - closes) ** 2 + (1 - closes) ** 3])
        assert found.loc[exit_, "returned"][:4].to_numpy() == pytest.approx(back)
        assert found.loc[(exit_, 12), "left"] == pytest.approx(left)
    assert found.loc[("easy", 12), "recorded"] == pytest.approx(left)
    assert found.loc[("hard", 12), "recorded"] == pytest.approx(1 - (1 - closes) ** 11)
    assert found.loc[("hard", 13), "recorded"] == pytest.approx(left)
    mrr = found.loc[("easy", 12), "value_amount"] / sum((1 - closes) ** month for month in range(12))
    first, second = (noticed * 0.5 / 2 * (1 - closes) ** wait * 0.8 * mrr for wait in (2, 3))
    later = [0, 0, 0, first, first + first * (1 - closes) + second]
    assert found.loc["easy", "returned_amount"].to_numpy() == pytest.approx(later)


@pytest.mark.parametrize("since", ["", "2024-03-31"])
def test_where_nobody_comes_back_the_value_is_that_of_the_company_as_it_is(since):
    one = truth("default_jp", accounts=150, winback_share="0,0")
    expected = one.expected(since=since, horizon=14, futures=3)
    found = one.exits([14], since=since, futures=3)
    assert found["value_amount"].to_numpy() == pytest.approx(expected["value_amount"].mean())
    assert found["left"].to_numpy() == pytest.approx(1 - expected["retained"].mean())
    assert (found[["returned", "returned_amount"]] == 0).all(axis=None)


@pytest.mark.slow
def test_what_is_expected_of_second_spells_is_what_happens_on_average():
    scenario = world.preset("default_jp").with_(
        accounts=12_000, addons="offboarding,notice", winback_share="0.9,0.9", winback_months=10, last_arrival=24
    )
    horizon, back, brought = 24, 0, 0.0
    for history in histories(scenario, world.policy("rule"), 48):
        again = np.flatnonzero(~history.first)
        since = history.customers.start[again - 1]
        back += (history.customers.start[again] - since <= horizon).sum()
        for month in range(horizon):
            row, when = again, since + month
            there = (history.customers.start[row] <= when) & (history.left[row] > when)
            changes = history.changes
            mrr = history.customers.mrr0.copy()
            early = changes.month <= _month_of(history, again, since, month)[changes.who]
            mrr[changes.who[early]] = changes.after[early]
            brought += mrr[again][there].sum()
    found = CompanyTruth(scenario, world.policy("rule"), 16).exits([horizon], futures=8).iloc[0]
    assert back / 12_000 == pytest.approx(found["returned"], abs=4 * (found["returned"] / 12_000) ** 0.5)
    assert brought / 12_000 == pytest.approx(found["returned_amount"], rel=0.25)


def _month_of(history, again, since, month):
    """The calendar month of each row's tenure since the first signing; never for rows that are no second spell."""
    found = np.full(len(history.lane), -1)
    found[again] = since + month
    return found


def test_a_company_without_such_exits_has_no_row():
    assert truth("calibration", accounts=50, months=12).exits(futures=1).empty
    assert list(truth("calibration", accounts=50).exits(futures=1).columns)[:2] == ["month", "exit"]


@pytest.mark.parametrize("months", [[], [0, 12], [-1]])
def test_no_month_or_one_below_the_first_is_refused(months):
    with pytest.raises(UsageError):
        truth().exits(months)


def test_with_luck_of_their_own_more_futures_are_more_exact():
    outlook = truth(accounts=200)._outlook("", 12, 8)
    assert 0 < exits(outlook, [12])["value_error"].max() < exits(outlook, [12])["value_amount"].min() / 10
