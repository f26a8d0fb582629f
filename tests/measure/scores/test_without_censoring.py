"""Where everybody is followed to the horizon, scores are the plain ones of scikit-learn."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, precision_score, recall_score, roc_auc_score

from cslab.measure import scores
from cslab.measure.leaks import separation

HORIZON = 6


def rows_of(left: list[bool], chance: list[float]) -> pd.DataFrame:
    """Everybody followed for six months; who left did so in one of them."""
    time = [1 + place % HORIZON if gone else HORIZON for place, gone in enumerate(left)]
    return pd.DataFrame({"account_id": np.arange(len(left)), "time": time, "event": left, "risk": chance})


def drawn(size: int = 400, seed: int = 1) -> pd.DataFrame:
    draws = np.random.default_rng(seed)
    chance = draws.beta(2, 5, size)
    return rows_of((draws.random(size) < chance**1.3).tolist(), chance.tolist())


pairs = st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0])), min_size=2, max_size=40).filter(
    lambda pairs: 0 < sum(left for left, _ in pairs) < len(pairs)
)


@settings(max_examples=25)
@given(pairs)
def test_auc_and_brier_score_are_those_of_scikit_learn_ties_or_not(pairs):
    left, chance = map(list, zip(*pairs, strict=True))
    rows = rows_of(left, chance)
    assert scores.auc(rows, HORIZON).estimate == pytest.approx(roc_auc_score(left, chance))
    assert scores.brier(rows, HORIZON).estimate == pytest.approx(brier_score_loss(left, chance))


def test_the_error_of_the_auc_is_delongs_but_for_the_divisor():
    rows = drawn()
    theirs = separation(rows["risk"].to_numpy(), rows["event"].to_numpy())
    ours = scores.auc(rows, HORIZON)
    assert ours.estimate == pytest.approx(theirs.estimate)
    assert ours.std_error == pytest.approx(theirs.std_error, rel=0.01)


def test_the_groups_are_those_of_scikit_learns_calibration_curve():
    rows = drawn()
    observed, expected = calibration_curve(rows["event"], rows["risk"], n_bins=10, strategy="quantile")
    table = scores.calibration(rows, HORIZON).table
    assert table["estimate"].tolist() == pytest.approx(observed.tolist())
    assert table["expected"].tolist() == pytest.approx(expected.tolist())
    assert (table["low"] <= table["estimate"]).all() and (table["estimate"] <= table["high"]).all()


def test_the_slope_is_that_of_a_logistic_regression_on_the_log_odds():
    rows = drawn()
    odds = np.log(rows["risk"] / (1 - rows["risk"])).to_numpy()[:, None]
    theirs = LogisticRegression(C=np.inf, tol=1e-10).fit(odds, rows["event"]).coef_[0, 0]
    assert scores.calibration(rows, HORIZON).slope.estimate == pytest.approx(theirs, abs=1e-5)


def test_the_errors_of_slope_and_intercept_are_the_robust_ones_of_statsmodels():
    import statsmodels.api as sm

    rows = drawn()
    odds = np.log(rows["risk"] / (1 - rows["risk"])).to_numpy()
    left, found = rows["event"].astype(float), scores.calibration(rows, HORIZON)
    slope = sm.Logit(left, sm.add_constant(odds)).fit(disp=0, cov_type="HC0")
    level = sm.GLM(left, np.ones(len(left)), sm.families.Binomial(), offset=odds).fit(cov_type="HC0")
    assert found.slope.std_error == pytest.approx(slope.bse.iloc[1], rel=1e-6)
    assert (found.intercept.estimate, found.intercept.std_error) == pytest.approx(
        (level.params.iloc[0], level.bse.iloc[0]), rel=1e-6
    )


def test_the_riskiest_tenth_has_the_precision_and_recall_of_scikit_learn():
    rows = drawn()
    chosen = rows["risk"] >= rows["risk"].nlargest(40).min()
    table = scores.flagged(rows, HORIZON, [0.1])
    assert table["flagged"].tolist() == [40]
    assert table["precision"].iloc[0] == pytest.approx(precision_score(rows["event"], chosen))
    assert table["recall"].iloc[0] == pytest.approx(recall_score(rows["event"], chosen))


def clustered(accounts: int, days: int, draws: np.random.Generator) -> pd.DataFrame:
    """Accounts asked about on several days, each with a risk of its own that the score tells with noise."""
    own = np.repeat(draws.normal(size=accounts), days)
    size = accounts * days
    left = draws.random(size) < 1 / (1 + np.exp(2.4 - 1.3 * own))
    rows = rows_of(left.tolist(), (own + 0.5 * draws.normal(size=size)).tolist())
    return rows.assign(account_id=np.repeat(np.arange(accounts), days))


def test_where_accounts_are_asked_about_often_the_limits_count_accounts():
    rows = clustered(200, 1, np.random.default_rng(4))
    thrice = pd.concat([rows] * 3, ignore_index=True)
    one, three = (scores.flagged(frame, HORIZON, [0.1]).iloc[0] for frame in (rows, thrice))
    assert three["precision"] == pytest.approx(one["precision"])
    assert three["precision_high"] - three["precision_low"] == pytest.approx(
        one["precision_high"] - one["precision_low"], rel=1e-6
    )


@pytest.mark.slow
def test_the_limits_of_precision_and_recall_hold_the_truth_as_often_as_they_say():
    draws = np.random.default_rng(0)
    truth = scores.flagged(clustered(200_000, 3, draws), HORIZON, [0.1]).iloc[0]
    inside = {"precision": 0, "recall": 0}
    for _ in range(400):
        found = scores.flagged(clustered(250, 3, draws), HORIZON, [0.1]).iloc[0]
        for name in inside:
            inside[name] += found[f"{name}_low"] <= truth[name] <= found[f"{name}_high"]
    assert min(inside.values()) >= 368  # of 400: limits of 95 % hold fewer once in 200 tries


def test_flagging_everybody_finds_everybody_and_gains_nothing():
    line = scores.flagged(drawn(), HORIZON, [1.0]).iloc[0]
    assert (line["recall"], line["lift"]) == pytest.approx((1.0, 1.0))


def test_chances_that_are_right_on_average_expect_as_many_as_left():
    rows = drawn()
    right = rows.assign(risk=rows["risk"] * rows["event"].mean() / rows["risk"].mean())
    assert scores.calibration(right, HORIZON).ratio.estimate == pytest.approx(1.0)


def test_a_score_turned_round_has_the_rest_of_the_auc():
    rows = drawn()
    turned = rows.assign(risk=1 - rows["risk"])
    assert scores.auc(turned, HORIZON).estimate == pytest.approx(1 - scores.auc(rows, HORIZON).estimate)
    assert scores.harrell(turned).estimate == pytest.approx(1 - scores.harrell(rows).estimate)


def test_the_gain_of_a_score_over_itself_is_nothing_and_certain():
    rows = drawn().assign(same=lambda rows: 2 * rows["risk"])
    found = scores.difference(rows, HORIZON, "risk", "same")
    assert (found.estimate, found.low, found.high) == (0.0, 0.0, 0.0)


def test_the_gain_is_known_better_than_two_scores_apart():
    draws = np.random.default_rng(3)
    rows = drawn().assign(noisy=lambda rows: rows["risk"] + 0.02 * draws.standard_normal(len(rows)))
    found = scores.difference(rows, HORIZON, "risk", "noisy")
    one, other = (scores.auc(rows, HORIZON, name) for name in ("risk", "noisy"))
    assert found.estimate == pytest.approx(one.estimate - other.estimate)
    assert found.std_error < 0.5 * one.std_error


def test_asking_about_the_same_accounts_twice_makes_nothing_more_certain():
    once = drawn()
    twice = pd.concat([once, once], ignore_index=True)
    for found in (lambda rows: scores.auc(rows, HORIZON), scores.harrell, lambda rows: scores.brier(rows, HORIZON)):
        assert (found(twice).std_error, found(twice).n) == pytest.approx((found(once).std_error, 400))
