"""Two churn exports that others published: the plain curve, and why it describes no group of customers."""

from pathlib import Path

import pandas as pd
import pytest

from cslab.book import Book
from cslab.measure import survival

SHARED = Path(__file__).parents[3] / "shared" / "data"

# R 4.2.2, survival 3.5-3: survfit(Surv(tenure, Churn == "Yes") ~ 1), tenure > 0.
TELCO = {1: 0.946, 6: 0.885, 12: 0.843, 24: 0.789, 36: 0.749, 48: 0.709, 60: 0.664, 72: 0.593}
TELCO_AT_RISK = {1: 7032, 6: 5672, 12: 4974, 24: 3927, 36: 3051, 48: 2303, 60: 1483, 72: 362}
SAAS = [0.9285, 0.7810, 0.6133, 0.5275, 0.5024, 0.4778, 0.4600, 0.4508, 0.4122, 0.3935, 0.3935, 0.2436]


def stock(name: str, tenure: str, ended: str, yes: object) -> pd.DataFrame:
    """Durations of a published export; skipped where the file is not beside the project."""
    if not (path := SHARED / name).exists():
        pytest.skip(f"needs ../shared/data/{name}, which may not be copied into the project")
    data = pd.read_csv(path, encoding="utf-8")
    contracts = pd.DataFrame({"tenure_months": data[tenure], "ended": data[ended] == yes})
    contracts["account_id"] = contracts.index.astype(str)
    return survival.durations(Book({"contracts": contracts}, pd.Timestamp("2024-03-31"), stock_sample=True))


@pytest.fixture(scope="module")
def telco() -> pd.DataFrame:
    return stock("telco/WA_Fn-UseC_-Telco-Customer-Churn.csv", "tenure", "Churn", "Yes")


@pytest.fixture(scope="module")
def saas() -> pd.DataFrame:
    return stock("saas_churn/churn.csv", "months_active", "churned", 1)


def test_the_telco_curve_equals_that_of_r(telco):
    curve = survival.kaplan_meier(telco).set_index("time")
    assert (len(telco), telco.attrs["set_aside"]) == (7032, 11)
    assert curve.loc[list(TELCO), "estimate"].tolist() == pytest.approx(list(TELCO.values()), abs=5e-4)
    assert curve.loc[list(TELCO_AT_RISK), "at_risk"].to_dict() == TELCO_AT_RISK


def test_the_saas_curve_has_the_published_values(saas):
    curve = survival.kaplan_meier(saas).set_index("time")
    assert (len(saas), saas.attrs["set_aside"]) == (1958, 42)
    assert curve.loc[range(1, 13), "estimate"].tolist() == pytest.approx(SAAS, abs=5e-5)


def test_read_as_who_left_last_month_the_same_customers_give_another_curve(telco):
    plain, period = survival.kaplan_meier(telco), survival.kaplan_meier(survival.period_reading(telco))
    # In the first month 380 of the 613 customers of tenure 1 left; the plain curve divides them by all 7,032.
    assert period.set_index("time").loc[1, ["at_risk", "events"]].tolist() == [613, 380]
    assert survival.at(period, 12).estimate < 0.1 < 0.8 < survival.at(plain, 12).estimate
