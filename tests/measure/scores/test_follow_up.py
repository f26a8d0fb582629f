"""What happens where follow-up ends before the horizon: weights by hand, their error, and how often limits hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.measure import scores, survival
from cslab.measure.scores.censoring import Censoring
from tests.measure.coverage import holds


def frame(time: list[float], event: list[bool], risk: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"account_id": np.arange(len(time)), "time": time, "event": event, "risk": risk})


def test_each_known_account_stands_for_those_no_longer_followed():
    # Of four, one is lost after month 1, so that each of the others counts 4/3, whether it left or stayed.
    seen = Censoring(np.array([1.0, 2.0, 3.0, 3.0]), np.array([False, True, True, False]))
    known = seen.known(2)
    assert known.weight.tolist() == pytest.approx([0, 4 / 3, 4 / 3, 4 / 3])
    assert (known.left.tolist(), known.stayed.tolist()) == ([False, True, False, False], [False, False, True, True])


def test_who_is_lost_at_the_horizon_is_known_to_be_there():
    seen = Censoring(np.array([2.0, 2.0]), np.array([True, False]))
    assert seen.known(2).stayed.tolist() == [False, True]
    assert seen.known(2).weight.tolist() == [1.0, 1.0]


def test_who_leaves_in_a_month_is_weighted_before_that_months_losses():
    # Two are lost in the month in which one leaves: it was followed for certain. Those still there count for the lost.
    seen = Censoring(np.array([1.0, 1.0, 1.0, 2.0]), np.array([True, False, False, False]))
    assert seen.known(1).weight.tolist() == [1.0, 1.0, 1.0, 1.0]
    assert seen.known(1.5).weight.tolist() == pytest.approx([1, 0, 0, 3])


histories = st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=3, max_size=40).filter(
    lambda rows: any(event and time <= 4 for time, event in rows) and any(time > 4 for time, _ in rows)
)


@settings(max_examples=25)
@given(histories)
def test_the_weights_stand_for_everybody_and_the_share_that_left_is_kaplan_meiers(rows):
    time, event = (np.array(column) for column in zip(*rows, strict=True))
    known = Censoring(time.astype(float), event).known(4)
    assert known.weight.sum() == pytest.approx(len(time))
    curve = survival.kaplan_meier(pd.DataFrame({"duration": time, "event": event}))
    assert known.weight[known.left].sum() / len(time) == pytest.approx(1 - survival.at(curve, 4).estimate)


def drawn(size: int, seed: int, rise: float = 1.0) -> pd.DataFrame:
    """Months to departure by a score, lost at random on the way, and all that are left after twelve months."""
    draws = np.random.default_rng(seed)
    score = draws.standard_normal(size)
    months = np.ceil(draws.exponential(12 * np.exp(-rise * score)))
    lost = np.minimum(draws.integers(1, 25, size), 14)
    chance = 1 - np.exp(-12 / 12 * np.exp(rise * score))
    found = frame(np.minimum(months, lost).tolist(), (months <= lost).tolist(), chance.tolist())
    return found.assign(score=score, months=months)


@pytest.mark.slow
@pytest.mark.parametrize(
    "measure",
    [
        lambda rows: scores.auc(rows, 12, "score"),
        lambda rows: scores.brier(rows, 12),
        lambda rows: scores.harrell(rows, "score"),
        lambda rows: scores.uno(rows, 12, "score"),
        lambda rows: scores.calibration(rows, 12).slope,
        lambda rows: scores.calibration(rows, 12).ratio,
    ],
    ids=["auc", "brier", "harrell", "uno", "slope", "ratio"],
)
def test_the_error_is_that_of_leaving_out_one_account_after_another(measure):
    rows = drawn(160, seed=5)
    without = np.array([measure(rows.drop(index=place)).estimate for place in rows.index])
    jackknife = np.sqrt(((without - without.mean()) ** 2).sum() * (len(rows) - 1) / len(rows))
    assert measure(rows).std_error == pytest.approx(jackknife, rel=0.06)


@pytest.mark.slow
@pytest.mark.parametrize(
    "measure",
    [
        lambda rows: scores.auc(rows, 12, "score"),
        lambda rows: scores.brier(rows, 12),
        lambda rows: scores.uno(rows, 12, "score"),
        lambda rows: scores.calibration(rows, 12).slope,
        lambda rows: scores.calibration(rows, 12).intercept,
        lambda rows: scores.calibration(rows, 12).ratio,
    ],
    ids=["auc", "brier", "uno", "slope", "intercept", "ratio"],
)
def test_the_limits_hold_the_truth_in_nineteen_companies_of_twenty(measure):
    # The truth: the same number where nobody is lost, of 200,000 accounts.
    whole = drawn(200_000, seed=0)
    seen = whole.assign(time=whole["months"].clip(upper=13), event=whole["months"] <= 12)
    truth = measure(seen).estimate
    found = [measure(drawn(500, seed)) for seed in range(1, 301)]
    held = sum(one.low <= truth <= one.high for one in found)
    assert holds(held, 300), held


def test_ending_the_records_early_moves_harrells_c_and_not_unos():
    # A score that tells the first months only: who is followed longer adds pairs that it cannot tell.
    draws = np.random.default_rng(2)
    early = draws.random(4000) < 0.5
    months = np.where(early & (draws.random(4000) < 0.5), draws.integers(1, 7, 4000), draws.integers(7, 40, 4000))
    lost = draws.integers(1, 60, 4000)
    whole = frame(months.tolist(), [True] * 4000, early.astype(float).tolist())
    cut = frame(np.minimum(months, lost).tolist(), (months <= lost).tolist(), early.astype(float).tolist())
    truth = scores.uno(whole, 30).estimate
    assert abs(scores.uno(cut, 30).estimate - truth) < 0.02 < scores.harrell(cut).estimate - truth
