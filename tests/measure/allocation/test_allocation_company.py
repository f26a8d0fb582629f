"""A company's options valued by the truth, and a plan followed with the company's own luck."""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import UsageError
from cslab.measure import touch
from cslab.measure.allocation import by_effect, compare, of_truth

SINCE = "2024-03-31"


@pytest.fixture(scope="module")
def truth():
    return cslab.load("synthetic:default_jp?accounts=300").truth


def test_nobody_knows_what_an_export_does_not_tell():
    assert of_truth(None) is None


def test_the_companys_own_tiers_stand_in_where_a_plan_leaves_accounts_out(truth):
    own = of_truth(truth, horizon=6, futures=2)
    one = own.account_id[own.present == 0][0]
    other = of_truth(truth, pd.Series({one: "high"}), horizon=6, futures=2)
    assert (own.present != other.present).sum() == 1
    assert other.capacity == pytest.approx(own.capacity + 6.5 - 0.15)


def test_a_plan_is_judged_in_expectation_and_the_oracle_gains_on_the_present(truth):
    posed = of_truth(truth, since=SINCE, horizon=12, futures=4)
    size = np.ones(len(posed.account_id))
    table = compare(posed, size).set_index("rule")
    assert table.loc["oracle", "estimate"] > 0 and table.loc["oracle", "hours"] <= posed.capacity + 1e-6
    assert table.loc["oracle", "low"] < table.loc["oracle", "estimate"] < table.loc["oracle", "high"]


def test_a_plan_can_be_followed_with_the_companys_own_luck():
    book = cslab.load("synthetic:default_jp?accounts=300")
    posed = of_truth(book.truth, since=SINCE, horizon=12, futures=2)
    plans = {"present": posed.plan(posed.present), "best": posed.plan(posed.best().choice)}
    found = touch.came_of(book, {"as it is": pd.Series(dtype=object), **plans}, SINCE, months=12).set_index("plan")
    assert (found["customers"] == len(posed.account_id)).all()
    assert found.loc["present"].equals(found.loc["as it is"])
    assert found.loc["best", "value_amount"] != found.loc["present", "value_amount"]


def test_accounts_that_are_named_twice_are_refused(truth):
    twice = pd.Series(["high", "mid"], index=[truth.accounts()["account_id"][0]] * 2)
    with pytest.raises(UsageError, match="twice"):
        of_truth(truth, twice, horizon=6, futures=2)


def test_accounts_that_the_company_never_had_are_refused(truth):
    with pytest.raises(UsageError, match="nix"):
        of_truth(truth, pd.Series({"nix": "high"}), horizon=6, futures=2)


def test_a_day_after_the_records_is_refused_with_their_last_one(truth):
    with pytest.raises(UsageError, match="2025-03-31"):
        of_truth(truth, since="2031-01-01", horizon=6, futures=2)


@pytest.mark.slow
def test_the_estimated_uplift_keeps_most_of_what_can_be_known_and_beats_lines_of_mrr():
    place = Path(__file__).resolve().parents[2] / "bench" / "bench_allocation_truth.py"
    spec = importlib.util.spec_from_file_location("bench_allocation_truth", place)
    study = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(study)
    gain = study.compared(seed=1, accounts=20_000, futures=4)["estimate"]
    assert gain["uplift_allocated"] > gain["mrr_lines"] > 0 > gain["risk_ranked"]
    assert gain["uplift_allocated"] > study.BAR * gain["knowable_allocated"]


def test_a_book_in_the_place_of_sizes_or_truth_is_told_what_to_pass():
    book = cslab.load("synthetic:tiny")
    with pytest.raises(UsageError, match="mrr0_amount"):
        by_effect(book, {})
    with pytest.raises(UsageError, match=r"Pass book\.truth"):
        of_truth(book)
