"""Rows whose scores were also judged by R and scikit-survival: 227 patients of the lung data, in days and in months."""

import numpy as np
import pandas as pd
import pytest

HORIZONS = {180: 3, 365: 2, 540: 1}
MONTH = 30.4375


def lung() -> pd.DataFrame:
    """The complete rows, with a score of whole numbers and a chance of it for each horizon."""
    from lifelines.datasets import load_lung

    data = load_lung().dropna(subset=["time", "status", "age", "sex", "ph.ecog"])
    score = 3 * data["age"] + 50 * data["ph.ecog"] - 50 * data["sex"]
    chances = {f"chance_{days}": 1 / (1 + np.exp(shift - score / 100)) for days, shift in HORIZONS.items()}
    rows = {"account_id": np.arange(len(data)), "time": data["time"], "event": data["status"] == 1, "score": score}
    return pd.DataFrame({**rows, **chances}).reset_index(drop=True)


@pytest.fixture(scope="session")
def days() -> pd.DataFrame:
    """Time in days."""
    return lung()


@pytest.fixture(scope="session")
def months(days: pd.DataFrame) -> pd.DataFrame:
    """Time in whole months: deaths counted up, follow-up counted down."""
    up, down = np.ceil(days["time"] / MONTH), np.floor(days["time"] / MONTH)
    return days.assign(time=np.where(days["event"], up, down))
