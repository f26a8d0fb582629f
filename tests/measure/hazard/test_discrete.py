"""The discrete-time hazard: equal to R, statsmodels and scikit-learn, and firm where data cannot answer."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cslab.faults import UsageError
from cslab.measure import hazard
from cslab.measure.hazard.sandwich import sandwich

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "reference"

# R 4.2.2, glm(..., binomial("cloglog"), control = glm.control(epsilon = 1e-14)); by default it ends a step early
CLOGLOG = [0.535972212129, 0.644786193177, 0.851532730111, 0.871977922721, 0.805036531734, 0.858121455713,
           1.498645245177, 1.090442085269, 0.009303734576, -0.579949209905, 0.471496310035]  # fmt: skip


def lung(rows):
    """The lung data of R's survival package, a row a person and quarter, as glm was given them."""
    from lifelines.datasets import load_lung

    data = load_lung().dropna(subset="ph.ecog").reset_index(drop=True)
    quarters = np.ceil(data["time"] / 90).astype(int)
    person = np.repeat(np.arange(len(data)), quarters)
    quarter = np.concatenate([np.arange(1, last + 1) for last in quarters])
    event = (quarter == quarters.to_numpy()[person]) & (data["status"].to_numpy()[person] == 1)
    columns = {name: data[name].to_numpy()[person] for name in ("age", "sex", "ph.ecog")}
    return rows(person, event, q=np.minimum(quarter, 9).astype(str), **columns)


@pytest.mark.parametrize("link", ["logit", "cloglog"])
def test_slopes_and_fit_equal_those_of_r(rows, link):
    if not (SHARED / "r_reference.json").exists():
        pytest.skip("needs ../shared/data/reference, which may not be copied into the project")
    asked = json.loads((SHARED / "r_reference.json").read_text(encoding="utf-8"))["lung_discrete_90d"]
    months = lung(rows)
    assert len(months) == asked["n_rows"]
    fitted = hazard.fit(months, ["q", "age", "sex", "ph.ecog"], link=link, baseline="constant")
    wanted = CLOGLOG if link == "cloglog" else [value for name, value in asked[link].items() if name != "(Intercept)"]
    names = [f"factor(pmin(q, 9)){level}" if level else name for name, level in fitted.coding.columns]
    order = [names.index(name) for name in asked[link] if name != "(Intercept)"]
    assert fitted.table["estimate"].to_numpy()[order] == pytest.approx(wanted, abs=1e-7)
    if link == "cloglog":
        deviance = 2 * len(months) * float(fitted.log_loss(months))
        assert deviance == pytest.approx(asked["deviance_cloglog"], abs=1e-6)
        assert deviance <= asked["deviance_cloglog"]


def drawn(size: int, months: int, seed: int = 1) -> dict:
    """Accounts with a number of their own that raises the odds of leaving, and usage that lowers them."""
    draws = np.random.default_rng(seed)
    account = np.repeat(np.arange(size), months)
    steady = draws.normal(size=size)[account]
    usage = draws.uniform(size=size * months)
    due = np.tile(np.arange(1, months + 1) % 12 == 0, size)
    score = np.where(due, -1.0, -4.0) + 0.5 * steady - 1.5 * usage + 0.7 * draws.normal(size=size)[account]
    event = draws.random(size * months) < 1 / (1 + np.exp(-score))
    return {"account": account, "event": event, "due": due, "steady": steady, "usage": usage}


@pytest.mark.slow
@pytest.mark.parametrize("link", ["logit", "cloglog"])
def test_slopes_and_clustered_errors_equal_those_of_statsmodels_on_fifty_thousand_rows(rows, link):
    import statsmodels.api as sm

    data = drawn(2_000, 25)
    assert len(data["event"]) == 50_000
    fitted = hazard.fit(rows(**data), ["steady", "usage"], link=link)
    matrix = np.column_stack([~data["due"], data["due"], data["steady"], data["usage"]]).astype(float)
    family = sm.families.Binomial(sm.families.links.Logit() if link == "logit" else sm.families.links.CLogLog())
    model = sm.GLM(data["event"].astype(float), matrix, family=family)
    with np.errstate(over="ignore"):
        other = model.fit(tol=1e-12, cov_type="cluster", cov_kwds={"groups": data["account"]})
    assert fitted.table["estimate"].to_numpy() == pytest.approx(other.params[2:], abs=1e-7)
    assert fitted.table["std_error"].to_numpy() == pytest.approx(other.bse[2:], rel=1e-6)


@pytest.mark.slow
def test_slopes_equal_those_of_scikit_learn():
    from sklearn.linear_model import LogisticRegression

    from cslab.measure.hazard.links import LINKS
    from cslab.measure.hazard.scoring import scored

    data = drawn(500, 20)
    matrix = np.column_stack([np.ones(10_000), data["steady"], data["usage"]])
    found = scored(matrix, data["event"], LINKS["logit"], np.zeros(3))
    other = LogisticRegression(C=np.inf, solver="newton-cholesky", fit_intercept=False, tol=1e-12)
    assert found.slopes == pytest.approx(other.fit(matrix, data["event"]).coef_[0], abs=1e-8)


def test_one_row_an_account_has_the_errors_of_whites_estimator():
    draws = np.random.default_rng(1)
    matrix, residuals = draws.normal(size=(40, 2)), draws.normal(size=40)
    bread = matrix.T @ matrix
    inverse = np.linalg.inv(bread)
    white = inverse @ (matrix.T * residuals**2 @ matrix) @ inverse
    assert sandwich(bread, matrix, residuals, np.arange(40)) == pytest.approx(white * 40 / 38)


def test_rows_said_twice_leave_clustered_errors_as_they_are(rows):
    data = drawn(60, 12)
    once = hazard.fit(rows(**data), ["usage"]).coefficient("usage")
    twice = {name: np.repeat(values, 2) for name, values in data.items()}
    again = hazard.fit(rows(**twice), ["usage"]).coefficient("usage")
    assert again.estimate == pytest.approx(once.estimate, abs=1e-8)
    assert again.std_error == pytest.approx(once.std_error, rel=2e-3)


def test_without_covariates_that_matter_the_baseline_is_the_share_that_left(rows):
    account = np.arange(60)
    event = np.isin(account, [0, 1, 2, 3, 20, 21, 22, 23, 40, 41])
    due = account < 40
    term = np.where(account < 20, 1, 12)
    flat = np.tile([0.0, 1.0], 30)
    base = hazard.fit(rows(account, event, due=due, term=term, flat=flat), ["flat"]).baseline
    assert base[["due", "term", "n", "events"]].values.tolist() == [
        [False, "", 20, 2], [True, "1", 20, 4], [True, "12", 20, 4],
    ]  # fmt: skip
    assert base["estimate"].tolist() == pytest.approx([0.1, 0.2, 0.2], abs=1e-6)
    assert (base["low"] < base["estimate"]).all()


def test_a_term_of_which_nobody_left_is_joined_with_the_next_shorter_one(rows):
    account = np.arange(30)
    event = np.isin(account, [0, 1, 2, 3])
    term = np.where(account < 20, 12, 36)
    fitted = hazard.fit(rows(account, event, term=term, flat=np.tile([0.0, 1.0], 15)), ["flat"])
    assert fitted.baseline["term"].tolist() == ["12-36"]
    assert "hazard_joined" in [note.key for note in fitted.notes]


def test_months_in_which_nobody_ever_left_have_no_chance_and_do_not_count(rows):
    account = np.arange(30)
    event = np.isin(account, [0, 1, 2, 3])
    due = account < 20
    months = rows(account, event, due=due, flat=np.tile([0.0, 1.0], 15))
    fitted = hazard.fit(months, ["flat"])
    assert (fitted.rows, fitted.n, fitted.events) == (20, 20, 4)
    assert (fitted.chance(months)[20:] == 0).all()
    assert "hazard_only_due" in [note.key for note in fitted.notes]


def test_a_smooth_baseline_smears_the_cliff_and_tells_worse_what_happens(rows):
    data = drawn(300, 24)
    data["tenure"] = np.tile(np.arange(1, 25), 300)
    clock, smooth = (hazard.fit(rows(**data), ["usage"], baseline=one) for one in ("renewal", "tenure"))
    cliff, slope = (one.path(12, 24).set_index("tenure")["estimate"] for one in (clock, smooth))
    assert cliff[12] > 4 * cliff[11]
    assert slope[12] < 2 * slope[11]
    unseen = drawn(300, 24, seed=2)
    unseen["tenure"] = data["tenure"]
    assert float(clock.log_loss(rows(**unseen))) < float(smooth.log_loss(rows(**unseen)))


def test_rows_with_a_missing_covariate_are_counted_and_get_no_chance(rows):
    data = drawn(60, 12)
    data["usage"] = np.where(np.arange(720) % 9 == 0, np.nan, data["usage"])
    months = rows(**data)
    fitted = hazard.fit(months, ["usage"])
    assert fitted.missing == {"usage": 80}
    assert fitted.rows == 640
    assert np.isnan(fitted.chance(months)[::9]).all()
    whole = hazard.fit(months, ["usage"], missing="indicator")
    assert whole.rows == 720
    assert np.isfinite(whole.chance(months)).all()
    assert [note.key for note in whole.notes if "indicated" in note.key] == ["hazard_indicated"]


def refused(*args, **kwargs) -> set[str]:
    """The keys of the faults with which a fit is refused."""
    with pytest.raises(UsageError) as error:
        hazard.fit(*args, **kwargs)
    assert all(len(error.value.text(lang)) > 20 for lang in ("en", "ja"))
    return {fault.key for fault in error.value.faults}


@pytest.mark.parametrize(
    ("leaving", "key"), [([], "hazard.no_events"), ([3], "hazard.one_event"), (range(20), "hazard.everybody")]
)
def test_too_few_departures_or_none_who_stay_are_said_with_all_else_that_is_wrong(rows, leaving, key):
    account = np.arange(20)
    months = rows(account, np.isin(account, leaving), same=np.ones(20))
    assert refused(months, ["same", "nowhere"]) == {key, "design.constant", "design.unknown"}


def test_more_numbers_than_departures_are_refused(rows):
    draws = np.random.default_rng(1)
    columns = {f"c{place}": draws.normal(size=40) for place in range(6)}
    account = np.arange(40)
    assert refused(rows(account, np.isin(account, [1, 5, 9]), **columns), list(columns)) == {"hazard.few_events"}


def test_columns_that_only_together_tell_the_ending_are_named(rows):
    draws = np.random.default_rng(1)
    first, second = draws.normal(size=(2, 400))
    event = first + second > 1.5
    with pytest.raises(UsageError, match="first, second") as error:
        hazard.fit(rows(np.arange(400), event, first=first, second=second), ["first", "second"])
    assert error.value.faults[0].key == "hazard.runaway"


def test_a_covariate_that_repeats_the_baseline_is_refused(rows):
    data = drawn(60, 24)
    data["month_due"] = data["due"].astype(float)
    assert refused(rows(**data), ["usage", "month_due"]) == {"design.implied"}


def test_an_unknown_link_or_baseline_names_the_nearest(rows):
    with pytest.raises(UsageError) as error:
        hazard.fit(rows(**drawn(10, 4)), ["usage"], link="cloglg", baseline="renewals")
    assert [fault.values["near"] for fault in error.value.faults] == ["cloglog", "renewal"]


def test_a_coefficient_that_is_not_there_is_named_with_those_that_are(rows):
    fitted = hazard.fit(rows(**drawn(60, 12)), ["usage"])
    with pytest.raises(UsageError, match="usage"):
        fitted.coefficient("usgae")


def test_limits_of_the_table_hold_the_estimate_and_its_ratio(rows):
    table = hazard.fit(rows(**drawn(60, 12)), ["usage", "steady"]).table
    assert (table["low"] < table["estimate"]).all()
    assert np.log(table["ratio"]).to_numpy() == pytest.approx(table["estimate"].to_numpy())
    assert table.attrs["as_of"] == pd.Timestamp("2024-03-31")


def test_words_that_the_model_never_saw_and_columns_that_are_gone_are_named(rows):
    account = np.arange(40)
    event = np.isin(account, [0, 1, 2, 3, 20, 21])
    fitted = hazard.fit(rows(account, event, plan=np.where(account < 20, "basic", "pro")), ["plan"])
    with pytest.raises(UsageError, match="team"):
        fitted.chance(rows(account, event, plan=np.where(account < 20, "basic", "team")))
    with pytest.raises(UsageError, match="plan"):
        fitted.chance(rows(account, event, size=account))


def test_no_row_at_all_is_said_in_one_line(rows):
    made = rows([0, 0, 1, 1], [False, True, False, True], segment=["smb", "smb", "mid", "mid"])
    with pytest.raises(UsageError) as said:
        hazard.fit(made.where(made.tenure > 1), ["segment"])
    assert [fault.key for fault in said.value.faults] == ["hazard.no_rows"]
