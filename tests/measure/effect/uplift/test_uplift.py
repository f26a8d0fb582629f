"""Uplift on a trial: held out by account, judged by scores, held against the truth."""

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import DataError, UsageError
from cslab.measure import effect
from cslab.measure.effect import uplift as learning


def drawn(n: int = 1_200, seed: int = 1, gain: float = 1.0) -> pd.DataFrame:
    """Touch by lot; the suited gain, the others lose."""
    draw = np.random.default_rng(seed)
    suited, arm = draw.integers(0, 2, n), draw.integers(0, 2, n)
    outcome = gain * arm * (2 * suited - 1) + draw.normal(size=n)
    return pd.DataFrame({"arm": arm, "suited": suited, "size": draw.normal(size=n), "brought": outcome})


def of(frame: pd.DataFrame, learner: str = "doubly_robust"):
    return learning.uplift(effect.of_frame(frame, "arm", "brought", ["suited", "size"]), learner)


@pytest.fixture(scope="module")
def found():
    return of(drawn())


@pytest.mark.parametrize("learner", ["doubly_robust", "by_arm"])
def test_the_suited_are_told_from_the_others(learner: str):
    found = of(drawn(), learner)
    suited = found.trial.rows["suited"] == 1
    assert found.effects[suited, 1].mean() == pytest.approx(1.0, abs=0.25)
    assert found.effects[~suited, 1].mean() == pytest.approx(-1.0, abs=0.25)


def test_what_came_of_a_customer_hardly_tells_what_is_foreseen_for_it():
    frame = drawn()
    other = frame.assign(brought=frame["brought"].where(frame.index != 7, frame["brought"] + 1e6))
    moved = abs(of(other).effects[:, 1] - of(frame).effects[:, 1])
    assert moved[7] < 1e-4 * 1e6
    assert moved.max() > 20 * moved[7]


def test_others_are_foreseen_by_what_is_known_of_them(found):
    told = found.effects_of(pd.DataFrame({"suited": [0, 1], "size": [0.0, 0.0]}))
    assert told[:, 1].tolist() == pytest.approx([-1.0, 1.0], abs=0.25)
    with pytest.raises(DataError, match="size"):
        found.effects_of(pd.DataFrame({"suited": [0]}))


def test_the_table_names_the_better_arm(found):
    table = found.table().merge(found.trial.rows[["account_id", "suited"]])
    assert (table["best"] == table["suited"].map({0: "0", 1: "1"})).mean() > 0.95


def test_the_curve_ends_at_the_mean_effect_and_its_truth_is_in_the_same_order(found):
    truth = pd.Series(2.0 * found.trial.rows["suited"].to_numpy() - 1, index=found.trial.rows["account_id"])
    curve = learning.qini(found, ("1", "0"), truth=truth)
    ends = curve.curve.iloc[-1]
    assert ends["estimate"] == pytest.approx(ends["lot"])
    assert (curve.curve["best"] >= curve.curve["truth"] - 1e-9).all()
    assert curve.area.low > 0 and curve.area.estimate == pytest.approx(0.25, abs=0.08)


def test_the_riskiest_first_is_worse_than_a_lot_where_they_gain_least(found):
    risk = pd.Series(-found.trial.rows["suited"].to_numpy(float), index=found.trial.rows["account_id"])
    table = learning.targets(found, ("1", "0"), {"risk": risk}).set_index("rule")
    assert table.loc["risk", "area_high"] < 0 < table.loc["by_uplift", "area_low"]
    assert table.loc["by_lot", "area"] == 0


def test_groups_are_ordered_by_what_was_foreseen_and_judged_by_what_came(found):
    table = learning.deciles(found, ("1", "0"), groups=2)
    assert table["n"].tolist() == [600, 600]
    assert table["foreseen"].is_monotonic_decreasing
    assert table["low"][0] < 1.0 < table["high"][0]
    assert table["low"][1] < -1.0 < table["high"][1]


@pytest.mark.parametrize("groups", [1, 5_000])
def test_groups_that_cannot_be_made_are_refused(found, groups: int):
    with pytest.raises(UsageError, match="groups"):
        learning.deciles(found, ("1", "0"), groups=groups)


def test_an_order_that_leaves_customers_out_is_refused_with_their_number(found):
    with pytest.raises(UsageError, match="missing for 3 of 1200"):
        learning.qini(found, ("1", "0"), found.trial.rows.set_index("account_id")["size"].iloc[3:])


def test_an_arm_too_small_one_arm_alone_and_an_unknown_learner_are_refused():
    frame = drawn(100)
    few = frame.assign(arm=[1] * 9 + [0] * 91)
    with pytest.raises(UsageError, match=r'"1".*9 customers'):
        of(few)
    with pytest.raises(UsageError):
        of(frame.assign(arm=0))
    with pytest.raises(UsageError, match="doubly_robust"):
        of(frame, "doubly_robus")


def test_arms_without_common_customers_are_refused():
    frame = drawn()
    with pytest.raises(UsageError, match="suited"):
        of(frame.assign(arm=frame["suited"]))


def test_money_in_months_of_mrr_is_money_over_what_was_paid_at_signing():
    book = cslab.load("synthetic:rct?accounts=300")
    seen = effect.trial(book, outcome="value", horizon=12, covariates=["mrr0_amount"])
    paid = seen.rows["account_id"].map(book.accounts.set_index("account_id")["mrr0_amount"])
    assert learning.in_months(seen).rows["outcome"].to_numpy() == pytest.approx(seen.rows["outcome"] / paid)
    with pytest.raises(UsageError, match="mrr0_amount"):
        learning.in_months(effect.trial(book, outcome="value", horizon=12, covariates=["segment"]))


@pytest.mark.slow
def test_where_the_riskiest_gain_least_uplift_beats_risk():
    book = cslab.load("synthetic:futility?policy=rct&accounts=12000&seed=1")
    found = learning.uplift(learning.in_months(effect.trial(book, outcome="value")))
    more = book.truth.effect("all_high", "all_tech", futures=16).set_index("account_id")["value_amount"]
    truth = 0.8 * more / book.accounts.set_index("account_id")["mrr0_amount"]
    risk = -book.truth.expected("all_tech", futures=16).set_index("account_id")["retained"]
    table = learning.targets(found, ("high", "tech"), {"risk": risk}, truth).set_index("rule")
    assert table.loc["by_uplift", "area_low"] > 0 > table.loc["risk", "area_high"]
    assert table.loc["by_uplift", "truth"] > table.loc["by_lot", "truth"] > table.loc["risk", "truth"]
