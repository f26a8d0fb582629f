"""What a year could be expected to bring: nobody's luck, and so the mean of what happens."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure import expected, retention

pytestmark = pytest.mark.slow  # whole verbs and companies: `make test` runs them

YEAR = ("2024-03-31", "2025-03-31")


@pytest.fixture(scope="module")
def company() -> Book:
    return cslab.load("synthetic:tiny?seed=3")


def test_nobody_knows_it_of_a_company_without_a_truth(company: Book) -> None:
    hidden = company.hide_truth()
    measures = (expected.lost_customers, expected.lost_revenue, expected.kept_revenue)
    assert [measure(hidden, *YEAR) for measure in measures] == [None, None, None]


def test_the_mean_over_customers_counts_each_once_and_the_mean_over_money_by_its_mrr(company: Book) -> None:
    before = retention.mrr(company, YEAR[0])
    before = before[before > 0]
    risk = company.truth.risk(YEAR[0], 12).set_index("account_id")["risk"][before.index]
    assert float(expected.lost_customers(company, *YEAR)) == pytest.approx(risk.mean())
    assert float(expected.lost_revenue(company, *YEAR)) == pytest.approx(np.average(risk, weights=before))


def test_only_the_customers_asked_for_are_looked_at(company: Book) -> None:
    before = retention.mrr(company, YEAR[0])
    some = list(before[before > 0].index[:5])
    found = expected.lost_customers(company, *YEAR, among=some)
    assert found.n == 5
    assert expected.lost_customers(company, *YEAR, among=["nobody"]) is None


def test_a_longer_look_loses_more(company: Book) -> None:
    half, whole = (float(expected.lost_customers(company, YEAR[0], end)) for end in ("2024-09-30", YEAR[1]))
    assert 0 < half < whole < 1


def test_one_may_look_ahead_of_the_data_but_not_begin_there(company: Book) -> None:
    assert 0 < float(expected.lost_customers(company, YEAR[1], "2026-03-31")) < 1
    with pytest.raises(UsageError):
        expected.lost_customers(company, "2025-04-30", "2026-04-30")


def test_a_month_is_the_shortest_look(company: Book) -> None:
    assert 0.9 < float(expected.kept_revenue(company, "2025-02-28", "2025-03-31")) < 1.1
    with pytest.raises(UsageError):
        expected.kept_revenue(company, "2025-03-01", "2025-03-30")


@pytest.mark.slow
def test_what_happens_scatters_about_what_could_be_expected() -> None:
    rows = []
    for seed in range(1, 13):
        book = cslab.load(f"synthetic:default_jp?accounts=600&seed={seed}")
        pairs = {
            "customers": (retention.logo_churn, expected.lost_customers),
            "revenue": (retention.nrr, expected.kept_revenue),
        }
        rows.append({name: float(one(book, *YEAR)) - float(other(book, *YEAR)) for name, (one, other) in pairs.items()})
    luck = pd.DataFrame(rows)
    off = luck.mean() / (luck.std() / len(luck) ** 0.5)
    assert (off.abs() < 4).all() and (luck.abs() > 0).all().all()
