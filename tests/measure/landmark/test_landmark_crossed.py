"""Every row judged by a model of other accounts: what a coin, a good column and other names come to."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from cslab.measure import landmark
from cslab.measure.landmark.crossed import LOTS, drawn


def rows(count: int, left: int) -> pd.DataFrame:
    """The first ones leave."""
    return pd.DataFrame({"account_id": [f"A{place}" for place in range(count)], "event": np.arange(count) < left})


def noise(count: int, seed: int) -> pd.DataFrame:
    return pd.DataFrame({"noise": np.random.default_rng(seed).normal(size=count)})


@pytest.mark.slow
def test_a_column_of_pure_chance_is_worth_a_coin():
    few = rows(80, 12)
    areas = [roc_auc_score(few["event"], landmark.crossed(few, noise(80, seed), 3)["place"]) for seed in range(60)]
    error = np.std(areas) / np.sqrt(len(areas))  # .01: pooled log odds would give .47, chances .40
    assert np.mean(areas) == pytest.approx(0.5, abs=3 * error)


def test_a_column_that_tells_everything_tells_it_of_accounts_not_seen_too():
    everybody = rows(60, 30)
    found = landmark.crossed(everybody, pd.DataFrame({"usage": (~everybody["event"]).astype(float)}), 3)
    assert roc_auc_score(everybody["event"], found["place"]) == 1.0
    assert found.loc[everybody["event"], "log_odds"].min() > 0 > found.loc[~everybody["event"], "log_odds"].max()


def test_how_accounts_are_called_changes_nothing():
    few, known = rows(60, 20), noise(60, 1)
    renamed = few.assign(account_id=[f"Z{place * 7919 % 60}" for place in range(60)])
    assert landmark.crossed(few, known, 3).equals(landmark.crossed(renamed, known, 3))


def test_another_order_of_the_rows_moves_the_score_only_by_the_draw():
    many = rows(600, 200)
    known = noise(600, 1) + 2.0 * many[["event"]].to_numpy()
    mixed = np.random.default_rng(2).permutation(600)
    areas = [
        roc_auc_score(many["event"][some], landmark.crossed(many.iloc[some], known.iloc[some], 3)["place"])
        for some in (np.arange(600), mixed)
    ]
    assert areas[0] == pytest.approx(areas[1], abs=0.005)


def test_each_lot_has_its_share_of_those_who_leave():
    some = rows(100, 20)
    assert (some["event"].groupby(drawn(some)).sum() == 20 / LOTS).all()


def test_the_rows_of_an_account_are_in_one_lot():
    twice = pd.concat([rows(40, 10), rows(40, 0)], ignore_index=True)
    lots = pd.Series(drawn(twice))
    assert (lots.groupby(twice["account_id"]).nunique() == 1).all()
    assert (lots[:10].value_counts() == 2).all()


def test_nobody_is_judged_by_a_model_that_saw_it():
    some, known = rows(60, 30), noise(60, 1)
    told = landmark.crossed(some, known, 3)
    other = known.copy()
    inside = (told["lot"] == 0).to_numpy()
    model = landmark.fit(some[~inside], other[~inside], 3)
    assert told.loc[inside, "log_odds"].to_numpy() == pytest.approx(model.log_odds(known[inside]).to_numpy())


def test_where_there_is_nothing_to_learn_from_everybody_stands_in_the_middle():
    assert (landmark.crossed(rows(20, 0), noise(20, 1), 3)["log_odds"] == 0).all()
    assert (landmark.crossed(rows(20, 10), pd.DataFrame({"same": np.ones(20)}), 3)["place"] == 0.5).all()
