"""Least squares against statsmodels, and pseudo-values against leaving each customer out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.book import Book
from cslab.measure.onboarding.adjustment import known_at_signing, least_squares
from cslab.measure.onboarding.gap import pseudo_values
from cslab.measure.survival import at, kaplan_meier


@pytest.mark.slow
@pytest.mark.parametrize("clustered", [False, True])
def test_slopes_and_robust_errors_are_those_of_statsmodels(clustered: bool) -> None:
    import statsmodels.api as sm

    draws = np.random.default_rng(1)
    columns, cluster = draws.normal(size=(90, 3)), np.repeat(np.arange(30), 3)
    outcome = (
        columns @ [1.0, -2.0, 0.0]
        + draws.normal(size=90) * (1 + np.abs(columns[:, 0]))
        + draws.normal(size=30)[cluster]
    )
    how = {"cov_type": "cluster", "cov_kwds": {"groups": cluster}} if clustered else {"cov_type": "HC1"}
    reference = sm.OLS(outcome, sm.add_constant(columns)).fit(**how)
    fit = least_squares(outcome, columns, cluster if clustered else None)
    assert fit.slopes == pytest.approx(reference.params[1:], abs=1e-9)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(reference.bse[1:], abs=1e-9)
    assert fit.n == (30 if clustered else 90)


def test_a_column_that_follows_from_others_changes_nothing() -> None:
    draws = np.random.default_rng(2)
    column = draws.normal(size=(50, 1))
    outcome = column[:, 0] + draws.normal(size=50)
    alone, twice = least_squares(outcome, column), least_squares(outcome, np.hstack([column, column]))
    assert twice.slopes.sum() == pytest.approx(alone.slopes[0])
    assert float(twice.sum_of([1.0, 1.0], "x").std_error) == pytest.approx(float(alone.slope(0, "x").std_error))


lives = st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=2, max_size=12)


@pytest.mark.slow
@given(lives, st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_a_pseudo_value_is_what_the_estimate_loses_without_the_customer(
    rows: list[tuple[int, bool]], horizon: int
) -> None:
    seen = pd.DataFrame(rows, columns=["duration", "event"])
    n = len(seen)
    longest = seen["duration"].nlargest(2).iloc[-1]  # also without the longest, somebody is followed so far
    horizon = min(horizon, int(longest))
    whole = at(kaplan_meier(seen), horizon).estimate
    expected = []
    for place in range(n):
        others = kaplan_meier(seen.drop(index=place))
        expected.append(n * whole - (n - 1) * others[others["time"] <= horizon]["estimate"].iloc[-1])
    assert pseudo_values(seen, horizon) == pytest.approx(np.array(expected), abs=1e-9)


def test_what_was_known_at_signing_is_numbers_without_gaps() -> None:
    book = cslab.load("synthetic:tiny")
    ids = book.accounts["account_id"]
    all_, fewer = known_at_signing(book, ids), known_at_signing(book, ids, without=["pre_sale_education"])
    assert np.isfinite(all_).all() and all_.shape[1] == fewer.shape[1] + 1
    holed = book.accounts.assign(trial_usage=book.accounts["trial_usage"].mask(ids == ids.iloc[0]))
    found = known_at_signing(Book({"accounts": holed}, book.as_of), ids)
    assert np.isfinite(found).all()
