"""Whether the hazard model finds the coefficient of the world that made the data, and what noise makes of it.

In the months in which a longer term runs out, the generator's chance of not renewing is a logit of the latent value two
months before, −1.10 a unit, with a constant of its own for each segment. The large study is
``tests/bench/bench_hazard_truth.py``.
"""

from functools import cache

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.measure import hazard
from tests.measure.coverage import holds

pytestmark = pytest.mark.slow  # a study over many companies

COMPANIES, NOTICE, SLOPE = 30, 2, -1.10


def hidden(book) -> pd.DataFrame:
    """The latent value of each account, said of the month that follows its decision."""
    truth = book.truth.hazard().query("spell == 1")
    later = truth["month"].to_numpy().astype("datetime64[M]") + NOTICE
    return truth[["account_id", "latent"]].assign(month=later.astype("datetime64[ns]"))


@cache
def found() -> list[tuple[hazard.Fitted, hazard.Fitted]]:
    """Of each company the model of the latent value and that of observed usage, on one scale."""
    models = []
    for seed in range(1, COMPANIES + 1):
        book = cslab.load(f"synthetic:calibration?accounts=1500&seed={seed}")
        extra = hidden(book)
        usage = book.usage_monthly[["account_id", "month", "wau_ratio"]]
        share = usage["wau_ratio"].clip(1e-4, 1 - 1e-4)
        known = usage["month"].to_numpy().astype("datetime64[M]") + NOTICE + 1
        usage = usage.assign(usage=(np.log(share / (1 - share)) + 0.1) / 0.9, month=known.astype("datetime64[ns]"))
        extra = extra.merge(usage[["account_id", "month", "usage"]], on=["account_id", "month"], how="left")
        months = hazard.person_months(book, extra=extra)
        closed = book.truth.accounts().set_index("account_id")["cause_true"] == "uncontrollable"
        decided = months.due & (months.term >= 12)
        decided &= ~(months.event & months.frame()["account_id"].map(closed).to_numpy())
        rows = months.where(decided)
        models.append((hazard.fit(rows, ["latent", "segment"]), hazard.fit(rows, ["usage", "segment"])))
    return models


def test_the_limits_hold_the_generators_slope_as_often_as_they_say():
    slopes = [by_value.coefficient("latent") for by_value, _ in found()]
    hits = sum(one.low <= SLOPE <= one.high for one in slopes)
    assert holds(hits, COMPANIES), hits
    values = np.array([one.estimate for one in slopes])
    assert abs(values.mean() - SLOPE) < 3.9 * values.std(ddof=1) / np.sqrt(COMPANIES)


def test_usage_which_tells_the_value_with_noise_has_a_slope_nearer_to_nothing():
    gaps = [by_usage.coefficient("usage").estimate - by_value.coefficient("latent").estimate
            for by_value, by_usage in found()]  # fmt: skip
    assert np.mean(gaps) > 5 * np.std(gaps, ddof=1) / np.sqrt(COMPANIES)
    assert np.mean([by_usage.coefficient("usage").high for _, by_usage in found()]) < 0
