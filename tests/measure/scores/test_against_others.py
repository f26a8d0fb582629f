"""Scores held to R's survival and riskRegression and to scikit-survival, where those are right.

R 4.2.2, survival 3.5-3, riskRegression 2022.11.28; ``score`` and the chances as in ``conftest.lung``::

    Score(list(m = chances), Surv(time, status) ~ 1, data, times, metrics = c("auc", "brier"), se.fit = TRUE,
          cens.model = "km", conservative = FALSE)
    concordance(Surv(time, status) ~ score, data, reverse = TRUE, timewt = "n" or "n/G2", ymax = NULL or horizon)

For R, whoever is censored at a horizon is not known at it; the months were therefore given to R with censoring half a
month later than here. riskRegression divides the variance by n - 1.
"""

import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest

from cslab.measure import scores

AUC_DAYS = {180: 0.6915444681722, 365: 0.6361720621116, 540: 0.6574764912817}
AUC_DAYS_ERROR = {180: 0.03831224356273, 365: 0.04204236829545, 540: 0.05260301638381}
BRIER_DAYS = {180: 0.1851906365960, 365: 0.2534921621151, 540: 0.1864234315369}
BRIER_DAYS_ERROR = {180: 0.015747071076955, 365: 0.010584509115450, 540: 0.012101907045664}
NULL_DAYS = [0.1994425587680, 0.2420869103020, 0.1907441421187]
AUC_MONTHS = {6: 0.6761716938680, 12: 0.6358781382315, 18: 0.6463367221431}
BRIER_MONTHS = {6: 0.1946916267809, 12: 0.2546496910838, 18: 0.1864275019242}

R = """
suppressMessages({library(survival); library(riskRegression)})
d <- read.csv(file("stdin"))
chances <- as.matrix(d[, c("chance_180", "chance_365", "chance_540")])
s <- Score(list(m = chances), Surv(time, event) ~ 1, data = d, times = c(180, 365, 540), metrics = c("auc", "brier"),
           se.fit = TRUE, cens.model = "km", conservative = FALSE)
b <- s$Brier$score[s$Brier$score$model == "m", ]
k <- concordance(Surv(time, event) ~ score, d, reverse = TRUE, timewt = "n/G2")$concordance
cat(format(c(s$AUC$score$AUC, b$Brier, s$AUC$score$se, b$se, k), digits = 13))
"""


def columns(months: dict[int, float]) -> dict[float, str]:
    return dict(zip(months, ("chance_180", "chance_365", "chance_540"), strict=True))


def larger(error: float, n: int) -> float:
    """The error with n - 1 below the line."""
    return error * (n / (n - 1)) ** 0.5


def test_the_auc_and_its_error_are_those_of_riskregression(days):
    found = {horizon: scores.auc(days, horizon, "score") for horizon in AUC_DAYS}
    assert {horizon: value.estimate for horizon, value in found.items()} == pytest.approx(AUC_DAYS, abs=1e-12)
    errors = {horizon: larger(value.std_error, 227) for horizon, value in found.items()}
    assert errors == pytest.approx(AUC_DAYS_ERROR, rel=1e-4)


def test_the_brier_score_its_error_and_that_of_one_chance_for_all_are_those_of_riskregression(days):
    found = {horizon: scores.brier(days, horizon, f"chance_{horizon}") for horizon in BRIER_DAYS}
    assert {horizon: value.estimate for horizon, value in found.items()} == pytest.approx(BRIER_DAYS, abs=1e-12)
    errors = {horizon: larger(value.std_error, 227) for horizon, value in found.items()}
    assert errors == pytest.approx(BRIER_DAYS_ERROR, rel=2e-3)
    table = scores.brier_by_horizon(days, columns(BRIER_DAYS))
    assert table["reference"].tolist() == pytest.approx(NULL_DAYS, abs=1e-12)


def test_on_months_auc_and_brier_score_are_those_of_riskregression_too(months):
    auc = scores.auc_by_horizon(months, list(AUC_MONTHS), "score")
    brier = scores.brier_by_horizon(months, columns(BRIER_MONTHS))
    assert auc["estimate"].tolist() == pytest.approx(list(AUC_MONTHS.values()), abs=1e-12)
    assert brier["estimate"].tolist() == pytest.approx(list(BRIER_MONTHS.values()), abs=1e-12)


def test_harrells_c_and_its_error_are_those_of_r(days, months):
    in_days, in_months = scores.harrell(days, "score"), scores.harrell(months, "score")
    assert (in_days.estimate, in_days.std_error) == pytest.approx((0.6318542477384, 0.02470896384664), abs=1e-12)
    assert (in_months.estimate, in_months.std_error) == pytest.approx((0.6362649006623, 0.02554380174454), abs=1e-12)


def test_unos_c_is_that_of_r_with_and_without_a_last_time(days, months):
    found = [scores.uno(days, tau, "score").estimate for tau in (None, 365)]
    assert found == pytest.approx([0.6216055543093, 0.6266078649905], abs=1e-12)
    found = [scores.uno(months, tau, "score").estimate for tau in (None, 12)]
    assert found == pytest.approx([0.6263680671418, 0.6312084300249], abs=1e-12)


def test_on_the_score_of_a_cox_model_both_are_those_of_r(days):
    # R: concordance(Surv(time, status) ~ lp, reverse = TRUE), lp of coxph(Surv(time, status) ~ age + sex + ph.ecog)
    from lifelines.datasets import load_lung

    data = load_lung().dropna(subset=["time", "status", "age", "sex", "ph.ecog"])
    score = 0.01106676456007 * data["age"] - 0.5526123957036 * data["sex"] + 0.4637284753704 * data["ph.ecog"]
    rows = days.assign(score=score.to_numpy())
    found = scores.harrell(rows, "score")
    assert (found.estimate, found.std_error) == pytest.approx((0.6371354930005, 0.02506797385308), abs=1e-10)
    assert scores.uno(rows, column="score").estimate == pytest.approx(0.6261482952143, abs=1e-10)


# scikit-survival 0.28.0, times made distinct by adding i / 1000 to row i (it reads weights at the time itself, which is
# only right without ties): concordance_index_ipcw, cumulative_dynamic_auc, brier_score, integrated_brier_score.
UNTIED = {180.5: 0.6915444681722, 365.5: 0.6361922973390, 540.5: 0.6574925778635}
UNTIED_BRIER = {180.5: 0.185190636596, 365.5: 0.2534921778663, 540.5: 0.1864144522652}


def untied(days: pd.DataFrame) -> pd.DataFrame:
    return days.assign(time=days["time"] + np.arange(len(days)) / 1000)


def test_without_ties_all_are_those_of_scikit_survival(days):
    rows = untied(days)
    auc = scores.auc_by_horizon(rows, list(UNTIED), "score")["estimate"].tolist()
    assert auc == pytest.approx(list(UNTIED.values()), abs=1e-12)
    brier = scores.brier_by_horizon(rows, columns(UNTIED_BRIER))["estimate"].tolist()
    assert brier == pytest.approx(list(UNTIED_BRIER.values()), abs=1e-12)
    mean = scores.integrated_brier(rows, columns(UNTIED_BRIER)).estimate
    assert mean == pytest.approx(0.21963886242854583, abs=1e-12)
    uno = [scores.uno(rows, tau, "score").estimate for tau in (None, 365.5)]
    assert uno == pytest.approx([0.6212806841635816, 0.6263082033844544], abs=1e-12)


def test_scikit_survival_still_says_so(days):
    pytest.importorskip("sksurv", reason="scikit-survival is for development only: pip install scikit-survival")
    from sksurv.metrics import brier_score, cumulative_dynamic_auc
    from sksurv.util import Surv

    rows = untied(days)
    seen = Surv.from_arrays(rows["event"], rows["time"])
    auc = cumulative_dynamic_auc(seen, seen, rows["score"], list(UNTIED))[0]
    stays = 1 - rows[list(columns(UNTIED).values())].to_numpy()
    brier = brier_score(seen, seen, stays, list(UNTIED))[1]
    assert auc.tolist() == pytest.approx(list(UNTIED.values()), abs=1e-12)
    assert brier.tolist() == pytest.approx(list(UNTIED_BRIER.values()), abs=1e-12)


@pytest.mark.slow
def test_riskregression_still_says_so(days):
    asked = ["Rscript", "-e", 'library("riskRegression")']
    if not shutil.which("Rscript") or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("R with riskRegression is for development only: apt-get install r-cran-riskregression")
    given = days.assign(event=days["event"].astype(int)).to_csv(index=False)
    said = subprocess.run(["Rscript", "-e", R], input=given, capture_output=True, text=True, check=True).stdout
    values = [float(value) for value in said.split()]
    published = (AUC_DAYS, BRIER_DAYS, AUC_DAYS_ERROR, BRIER_DAYS_ERROR)
    assert values == pytest.approx(
        [value for part in published for value in part.values()] + [0.6216055543093], rel=1e-7
    )
