"""Those who left beside those who stayed: what a fair look leaves of a difference, seen on companies made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

import cslab
from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure.comparison import FINDINGS, compare_groups

AS_OF = pd.Timestamp("2024-12-31")


def renewing(before: dict[str, float], today: float = 0.9) -> Book:
    """Forty customers of one annual renewal: every other one leaves; usage before the decision by who does."""
    left = np.arange(40) % 2 == 0
    ids = [f"A{number:02d}" for number in range(40)]
    start, end, decided = pd.Timestamp("2023-01-01"), pd.Timestamp("2024-01-01"), pd.Timestamp("2023-11-10")
    contracts = pd.DataFrame({"account_id": ids, "start": start, "end": end, "decided_on": decided})
    contracts["outcome"] = np.where(left, "churned", "renewed")
    going_on = pd.DataFrame({"account_id": np.array(ids)[~left], "start": end, "end": end + pd.DateOffset(years=1)})
    then = np.where(left, before["left"], before["stayed"]) + np.tile([0.0, 0.0, 0.1, 0.1], 10)
    usage = [pd.DataFrame({"account_id": ids, "month": pd.Timestamp("2023-08-01"), "wau_ratio": then})]
    now = {"account_id": np.array(ids)[~left], "month": pd.Timestamp("2024-12-01"), "wau_ratio": today}
    usage.append(pd.DataFrame(now))
    tables = {
        "accounts": pd.DataFrame({"account_id": ids}),
        "contracts": pd.concat([contracts, going_on.assign(outcome="open")], ignore_index=True),
        "usage_monthly": pd.concat(usage, ignore_index=True),
    }
    return Book(tables, AS_OF)


def listed(tenure: np.ndarray, ended: np.ndarray, **columns: np.ndarray) -> Book:
    """A list of tenures with columns of its own."""
    ids = [f"A{number:04d}" for number in range(len(tenure))]
    contracts = pd.DataFrame({"account_id": ids, "tenure_months": tenure.astype(float), "ended": ended})
    own = {f"x_{name}": values for name, values in columns.items()}
    return Book(
        {"accounts": pd.DataFrame({"account_id": ids}), "contracts": contracts.assign(**own)}, AS_OF, stock_sample=True
    )


def test_what_leaving_does_to_usage_vanishes_before_the_decision():
    found = compare_groups(renewing({"left": 0.5, "stayed": 0.5}), 3).set_index("feature").loc["wau_ratio"]
    assert found["estimate"] == pytest.approx(0)
    assert found["naive_high"] < 0 and found["naive_p_holm"] < 0.05
    assert found["finding"] == "vanishes"


def test_a_difference_that_was_there_before_the_decision_stands():
    found = compare_groups(renewing({"left": 0.2, "stayed": 0.6}), 3).set_index("feature").loc["wau_ratio"]
    spread = np.std(np.tile([0.2, 0.6, 0.3, 0.7], 10))
    assert found["estimate"] == pytest.approx(-0.4 / spread)
    assert (found["finding"], found["n"], found["left"]) == ("stands", 40, 20)


def test_a_difference_may_turn_round():
    assert (
        compare_groups(renewing({"left": 0.6, "stayed": 0.2}), 3).set_index("feature")["finding"]["wau_ratio"]
        == "turns"
    )


def test_a_moment_before_the_records_begin_leaves_nothing_to_compare():
    with pytest.raises(UsageError, match="12"):
        compare_groups(renewing({"left": 0.6, "stayed": 0.2}), 30)


def test_what_comes_after_the_decision_moves_no_fair_difference():
    book = renewing({"left": 0.2, "stayed": 0.6})
    later = renewing({"left": 0.2, "stayed": 0.6}, today=0.1)
    fair = ["estimate", "low", "high", "p_value"]
    pd.testing.assert_frame_equal(compare_groups(book, 3)[fair], compare_groups(later, 3)[fair])
    assert compare_groups(book, 3)["naive"].iloc[0] != compare_groups(later, 3)["naive"].iloc[0]


def test_on_a_list_what_grows_with_age_vanishes_among_customers_of_like_age():
    tenure = np.repeat([1, 30], 100)
    ended = np.concatenate([np.arange(100) % 2 == 0, np.arange(100) % 10 == 0])
    found = compare_groups(listed(tenure, ended, paid=100.0 * tenure)).iloc[0]
    assert found["naive_high"] < 0 and found["naive_p_holm"] < 0.05
    assert (found["estimate"], found["finding"], found["method"]) == (0, "vanishes", "same_age")


def test_columns_that_say_the_same_are_compared_once():
    rng = np.random.default_rng(1)
    plan, ended = rng.choice(["a", "b"], 200), rng.random(200) < 0.3
    book = listed(rng.integers(1, 30, 200), ended, plan=plan, same=plan, other=rng.normal(size=200))
    assert sorted(compare_groups(book)["feature"]) == ["x_other", "x_plan = a"]


def test_the_order_of_the_rows_changes_nothing():
    book = cslab.load("synthetic:tiny")
    mixed = {name: frame.sample(frac=1, random_state=3).reset_index(drop=True) for name, frame in book.tables.items()}
    shuffled = replace(book, tables=mixed)
    pd.testing.assert_frame_equal(compare_groups(book, 3), compare_groups(shuffled, 3))


def test_every_finding_is_one_of_those_that_have_a_name():
    assert set(compare_groups(cslab.load("synthetic:tiny"), 3)["finding"]) <= set(FINDINGS)


def test_one_side_alone_cannot_be_compared():
    with pytest.raises(UsageError, match="same outcome"):
        compare_groups(listed(np.arange(1, 21), np.zeros(20, bool), paid=np.arange(20.0)))


def test_a_list_without_a_column_of_its_own_says_what_is_wanted():
    with pytest.raises(UsageError, match="usage_monthly"):
        compare_groups(listed(np.arange(1, 21), np.arange(20) % 2 == 0))


def test_months_before_must_be_more_than_zero():
    with pytest.raises(UsageError, match="months_before = 0"):
        compare_groups(cslab.load("synthetic:tiny"), 0)


@pytest.mark.slow
def test_of_twenty_columns_that_mean_nothing_one_stands_out_in_a_list_of_twenty_at_most():
    books = 200
    rng = np.random.default_rng(20241121)
    alarms = 0
    for _ in range(books):
        tenure = rng.integers(1, 60, 400)
        columns = {f"c{place}": rng.normal(size=400) for place in range(20)}
        found = compare_groups(listed(tenure, rng.random(400) < 0.5 / np.sqrt(tenure), **columns))
        alarms += bool((found["p_holm"] < 0.05).any())
    print(f"false alarms in {alarms} of {books} lists")
    assert alarms <= binom.ppf(0.999, books, 0.05)


def test_a_difference_that_hardly_moves_is_not_said_to_vanish():
    rng = np.random.default_rng(5)
    ended = np.arange(60) % 2 == 0
    tenure = rng.integers(1, 40, 60)
    columns = {f"c{place}": rng.normal(size=60) for place in range(12)}
    found = compare_groups(listed(tenure, ended, mild=ended * 0.9 + rng.normal(size=60), **columns))
    still = (found["naive"] >= found["low"]) & (found["naive"] <= found["high"])
    assert "vanishes" not in set(found.loc[still, "finding"])
