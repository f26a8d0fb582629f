"""A model that can be read, refuses what it has not seen, and is tried on what it did not learn from."""

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.faults import DataError, UsageError
from cslab.measure import landmark
from cslab.measure.landmark.encoding import encoding

ROWS = pd.DataFrame({"account_id": [f"C{number}" for number in range(40)], "event": [True, False] * 20})


def known(**columns):
    return pd.DataFrame(columns, index=ROWS.index)


def test_more_of_what_leavers_lack_lowers_the_chance():
    usage = known(usage=np.where(ROWS["event"], 0.2, 0.8) + np.linspace(0, 0.1, 40))
    model = landmark.fit(ROWS, usage, horizon=3)
    assert model.weights()["estimate"].item() < 0
    assert model.chance(usage)[ROWS["event"]].min() > model.chance(usage)[~ROWS["event"]].max()


def test_without_a_penalty_the_mean_chance_is_the_share_that_left():
    chance = landmark.fit(ROWS, known(noise=np.sin(np.arange(40))), horizon=3, penalty=0).chance(
        known(noise=np.sin(np.arange(40)))
    )
    assert chance.mean() == pytest.approx(0.5, abs=1e-6)


@pytest.mark.slow
def test_the_errors_are_those_of_statsmodels_clustered_by_account():
    import statsmodels.api as sm

    rng = np.random.default_rng(3)
    usage = rng.normal(size=200)
    account = np.repeat(np.arange(50), 4)
    event = rng.random(200) < 1 / (1 + np.exp(usage))
    rows = pd.DataFrame({"account_id": account, "event": event})
    model = landmark.fit(rows, pd.DataFrame({"usage": usage}), horizon=3, penalty=0)
    columns = sm.add_constant((usage - usage.mean()) / usage.std())
    reference = sm.GLM(event.astype(float), columns, family=sm.families.Binomial()).fit(
        cov_type="cluster", cov_kwds={"groups": account, "use_correction": False}
    )
    assert model.slopes[0] == pytest.approx(reference.params[1], abs=1e-5)
    assert np.sqrt(model.covariance[0, 0] * 49 / 50) == pytest.approx(reference.bse[1], rel=1e-4)


def test_a_gap_counts_as_the_median_and_is_marked():
    features = known(score=[1.0, 2.0, 3.0, np.nan] * 10)
    encoded = encoding(features)
    assert encoded.fill == {"score": 2.0} and encoded.names == [("score", ""), ("score", "missing")]
    assert encoded.matrix(features)[3, 0] == pytest.approx(encoded.matrix(features)[1, 0])


def test_a_column_that_is_the_same_for_all_is_left_out_and_told():
    model = landmark.fit(ROWS, known(usage=np.arange(40.0), region="north"), horizon=3)
    assert [note.key for note in model.notes] == ["landmark_constant"] and "region" in model.notes[0].text("ja")


def test_a_word_that_was_not_there_to_learn_from_is_named_with_its_column():
    model = landmark.fit(ROWS, known(plan=["basic", "pro"] * 20), horizon=3)
    with pytest.raises(DataError) as said:
        model.chance(known(plan=["basic", "prp"] * 20))
    assert all(word in said.value.text("en") for word in ("plan", "prp", "nearest: pro"))


def test_a_column_that_is_gone_is_named():
    model = landmark.fit(ROWS, known(usage=np.arange(40.0)), horizon=3)
    with pytest.raises(DataError) as said:
        model.chance(known(logins=1.0))
    assert "usage" in said.value.text("en") and "logins" in said.value.text("en")


def test_where_nobody_left_or_nothing_differs_there_is_nothing_to_learn():
    with pytest.raises(UsageError):
        landmark.fit(ROWS.assign(event=False), known(usage=np.arange(40.0)), horizon=3)
    with pytest.raises(UsageError) as said:
        landmark.fit(ROWS, known(region="north"), horizon=3)
    assert "region" in said.value.text("en")


@pytest.fixture(scope="module")
def company():
    return world.company("default_jp", accounts=500)


@pytest.fixture(scope="module")
def tried(company):
    return landmark.held_out(company, horizon=3, sets=("calendar", "usage"))


@pytest.mark.slow
def test_no_day_learned_from_has_its_horizon_in_the_days_it_is_tried_on(tried):
    before, after = tried.attrs["train_days"], tried.attrs["test_days"]
    assert max(before) + pd.DateOffset(months=3) <= min(after) and {*tried["as_of"]} == {*after}


@pytest.mark.slow
def test_the_book_cut_at_the_last_day_learned_from_gives_the_same_model(company, tried):
    before = tried.attrs["train_days"]
    model = landmark.train(company, 3, before, sets=("calendar", "usage"))
    alone = landmark.train(company.at(tried.attrs["test_days"][0]), 3, before, sets=("calendar", "usage"))
    assert np.allclose(model.slopes, alone.slopes) and model.n == alone.n == tried.attrs["n_train"]


@pytest.mark.slow
def test_the_model_of_the_book_tells_everybody_at_risk_today(company):
    risk = landmark.train(company, 3, sets=("calendar", "usage")).predict(company)
    assert risk["account_id"].tolist() == landmark.at_risk(company)["account_id"].tolist()
    assert risk["risk"].between(0, 1).all()


@pytest.mark.slow
def test_renewals_are_tried_on_a_model_of_earlier_renewals():
    tried = landmark.held_out_decisions(world.company("default_jp", accounts=1500), sets=("usage",))
    assert tried["event"].sum() > 20 and tried["as_of"].min() > max(tried.attrs["train_days"])


def listed(ids, **columns):
    from cslab.book import Book

    frame = pd.DataFrame({"account_id": ids, "tenure_months": 6.0, **columns})
    return Book({"contracts": frame}, pd.Timestamp("2024-03-31"), stock_sample=True)


def test_of_a_list_without_dates_everybody_is_judged_once_by_a_model_of_the_others():
    ids = [f"C{number:03}" for number in range(100)]
    book = listed(ids, ended=[True, False] * 50, x_calls=[5, 1] * 50)
    tried = landmark.held_out(book, 1)
    assert tried["account_id"].tolist() == ids and tried.attrs["n_train"] == 80
    assert tried.loc[tried["event"], "risk"].min() > tried.loc[~tried["event"], "risk"].max()


def test_a_word_seen_only_by_those_it_is_tried_on_counts_as_the_most_frequent_one():
    ids = [f"C{number:03}" for number in range(100)]
    plan = pd.Categorical(["rare", *["common", "other"] * 49, "common"])
    tried = landmark.held_out(listed(ids, ended=[True, False] * 50, x_plan=plan), 1)
    assert tried.attrs["unseen"] == 1 and len(tried) == 100


def test_too_few_leavers_to_learn_from_are_counted_in_the_message():
    ids = [f"C{number:03}" for number in range(100)]
    with pytest.raises(UsageError) as said:
        landmark.held_out(listed(ids, ended=[True] * 5 + [False] * 95, x_calls=range(100)), 1)
    assert "at least 10" in said.value.text("en")


def test_columns_of_pure_chance_shine_only_on_those_they_learned_from():
    ids = [f"C{number:03}" for number in range(400)]
    book = listed(ids, ended=[True, False] * 200, x_calls=range(400))
    table = landmark.overfit(book, n=60, columns=(1, 40), draws=5).set_index("columns")
    assert table.loc[40, "train"] > 0.9 and table.loc[40, "test"] < 0.6 and table.loc[40, "known"] == 1


def test_somebody_with_no_more_rows_sees_it_by_judging_each_by_the_others():
    ids = [f"C{number:03}" for number in range(400)]
    row = landmark.overfit(
        listed(ids, ended=[True, False] * 200, x_calls=range(400)), n=60, columns=(40,), draws=5
    ).iloc[0]
    assert abs(row["crossed"] - row["test"]) < 0.15 < row["train"] - row["crossed"]


def test_without_contracts_there_is_nobody_to_learn_from(tiny):
    assert landmark.leavers(tiny("2024-03-31", accounts="account_id segment\nA smb"), 6) == 0


def test_more_rows_to_learn_from_than_half_of_all_are_refused():
    ids = [f"C{number:03}" for number in range(100)]
    with pytest.raises(UsageError) as said:
        landmark.overfit(listed(ids, ended=[True, False] * 50, x_calls=range(100)), n=60)
    assert "100" in said.value.text("en") and "60" in said.value.text("en")


@pytest.mark.parametrize("ask", [landmark.train, landmark.held_out, landmark.landmarks])
def test_a_list_without_dates_is_not_asked_for_more_than_its_last_month(ask):
    book = listed([f"C{number:03}" for number in range(100)], ended=[True, False] * 50, x_calls=[5, 1] * 50)
    with pytest.raises(UsageError) as said:
        ask(book, 12)
    assert "horizon = 12" in said.value.text("en") and "horizon = 1 " in said.value.text("ja")
    assert landmark.leavers(book, 12) == 50


def test_the_leavers_of_a_list_are_those_of_its_last_month_whatever_the_horizon():
    assert landmark.leavers(listed(["A", "B"], ended=[True, False]), 6) == 1


def test_no_day_to_learn_on_is_said(company):
    with pytest.raises(UsageError, match="at least one"):
        landmark.train(company, 3, days=[])


@pytest.mark.parametrize("ask", [landmark.held_out, landmark.held_out_decisions])
def test_months_to_be_tried_on_below_one_are_refused(company, ask):
    with pytest.raises(UsageError, match="test_months = 0"):
        ask(company, test_months=0)


def test_an_infinite_number_counts_as_a_gap():
    without, infinite = known(score=[1.0, 2.0, 3.0, np.nan] * 10), known(score=[1.0, 2.0, 3.0, np.inf] * 10)
    assert np.array_equal(encoding(infinite).matrix(infinite), encoding(without).matrix(without))
    assert encoding(without).matrix(infinite)[3].tolist() == encoding(without).matrix(without)[3].tolist()
