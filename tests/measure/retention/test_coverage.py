"""Whether the limits of retention hold what is true of all companies alike, as often as they say.

The companies have small customers, who leave often, and large ones, and differ in nothing but who happened to sign and
to leave. The limits of acceptance are those of a two-sided exact binomial test at level .001.
"""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from cslab.book import Book
from cslab.measure.retention import grr, logo_churn, nrr, revenue_churn
from tests.measure.coverage import acceptable

pytestmark = pytest.mark.slow  # a study over many books

START, END = "2023-03-31", "2024-03-31"
COMPANIES, MEASURES = 300, {"nrr": nrr, "grr": grr, "logo_churn": logo_churn, "revenue_churn": revenue_churn}


def amounts(rng: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
    """MRR of customers before and after a year."""
    large = rng.random(size) < 0.3
    before = np.where(large, 300, 30) * rng.lognormal(0, 0.5, size)
    left = rng.random(size) < np.where(large, 0.05, 0.18)
    more = (rng.random(size) < 0.2) * rng.lognormal(-1.5, 0.5, size)
    less = (rng.random(size) < 0.05) * 0.2
    return before, np.where(left, 0, before * (1 + more - less))


def company(rng: np.random.Generator, size: int) -> Book:
    """A book of customers who signed before the year."""
    before, after = amounts(rng, size)
    names = [f"A{number}" for number in range(size)]
    signed = pd.DataFrame({"account_id": names, "month": pd.Timestamp("2023-01-01"), "amount": before})
    changed = pd.DataFrame({"account_id": names, "month": pd.Timestamp("2023-08-01"), "amount": after - before})
    return Book({"mrr_movements": pd.concat([signed, changed])}, pd.Timestamp(END))


@cache
def held(size: int) -> dict[str, int]:
    """How often the limits of each measure hold the truth."""
    rng = np.random.default_rng(20240401)
    before, after = amounts(rng, 2_000_000)
    kept = float(np.minimum(before, after).sum() / before.sum())
    truth = {
        "nrr": after.sum() / before.sum(),
        "grr": kept,
        "revenue_churn": 1 - kept,
        "logo_churn": (after == 0).mean(),
    }
    counts = dict.fromkeys(MEASURES, 0)
    for _ in range(COMPANIES):
        book = company(rng, size)
        for name, measure in MEASURES.items():
            found = measure(book, START, END)
            counts[name] += bool(found.low <= truth[name] <= found.high)
    print(f"{size} customers: covered of {COMPANIES} {counts}")
    return counts


@pytest.mark.parametrize("name", MEASURES)
def test_the_limits_hold_the_truth_of_a_company_of_fifteen_hundred_customers(name):
    low, high = acceptable(COMPANIES)
    assert low <= held(1_500)[name] <= high


def test_in_a_small_company_with_a_few_large_customers_gross_retention_is_less_sure_than_it_says():
    assert held(100)["grr"] < acceptable(COMPANIES)[0]
    assert held(100)["logo_churn"] >= acceptable(COMPANIES)[0]
