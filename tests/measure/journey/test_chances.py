"""The logistic model of cases agrees with statsmodels where its light pull to 0 hardly counts."""

import numpy as np
import pandas as pd
import pytest

from cslab.measure.journey.chances import Chances


@pytest.fixture
def cases() -> pd.DataFrame:
    """Four thousand cases: small companies say yes more often, large amounts less."""
    luck = np.random.default_rng(1)
    segment = luck.choice(["mid", "smb"], 4000)
    amount = luck.lognormal(10, 1, 4000)
    chance = 1 / (1 + np.exp(1 - 0.8 * (segment == "smb") + 0.5 * (np.log1p(amount) - 10)))
    return pd.DataFrame({"segment": segment, "mrr0_amount": amount, "left": (luck.random(4000) < chance).astype(float)})


@pytest.mark.slow
def test_its_chances_are_those_of_a_logistic_regression(cases):
    import statsmodels.api as sm

    columns = np.column_stack([np.ones(4000), cases["segment"] == "smb", np.log1p(cases["mrr0_amount"])]).astype(float)
    wanted = sm.Logit(cases["left"], columns).fit(disp=0).predict(columns)
    assert Chances(cases, "left", ["segment", "mrr0_amount"]).chance() == pytest.approx(wanted, abs=2e-3)


def test_a_draw_of_cases_is_nearly_the_model_of_those_cases(cases):
    weights = np.random.default_rng(2).poisson(1, 4000).astype(float)
    drawn = cases.loc[cases.index.repeat(weights.astype(int))].reset_index(drop=True)
    alone = Chances(drawn, "left", ["segment"]).slopes
    assert Chances(cases, "left", ["segment"]).again(weights) == pytest.approx(alone, abs=0.01)


def test_with_nothing_to_go_by_everybody_has_the_mean_chance(cases):
    assert Chances(cases, "left", []).chance() == pytest.approx(np.full(4000, cases["left"].mean()))


def test_where_one_group_never_says_yes_the_slopes_stay_finite():
    rows = pd.DataFrame({"left": [0.0] * 20 + [1.0] * 5, "segment": ["mid"] * 20 + ["smb"] * 5})
    chance = Chances(rows, "left", ["segment"]).chance()
    assert np.isfinite(chance).all() and chance[0] < 0.2 < 0.7 < chance[-1]


def test_a_missing_number_counts_as_the_mean(cases):
    some = cases.assign(mrr0_amount=cases["mrr0_amount"].where(cases.index > 5))
    assert np.isfinite(Chances(some, "left", ["mrr0_amount"]).chance()).all()
