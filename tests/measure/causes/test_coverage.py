"""Shares by cause hold what is true of all customers as often as they say; the usual mistakes do not.

``tests/bench/bench_survival_truth.py`` does the same over 1,000 books.
"""

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.measure import causes
from tests.measure.coverage import holds

pytestmark = pytest.mark.slow  # a hundred books

BOOKS, MONTH = 100, 24
SOURCE = "synthetic:default_jp?addons=none&accounts={accounts}&seed={seed}"


@pytest.fixture(scope="module")
def true_shares() -> dict[str, float]:
    """The true shares of the population that all books come from."""
    book = cslab.load(SOURCE.format(accounts=100_000, seed=999_999))
    return causes.truth_incidence(book, MONTH).query("time == @MONTH").set_index("cause")["estimate"].to_dict()


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], list[pd.Series]]:
    """What a hundred companies of 1,000 customers drawn find, by method and cause: rightly, and by the two mistakes."""
    rows: dict[tuple[str, str], list[pd.Series]] = {}
    for seed in range(1, BOOKS + 1):
        book = cslab.load(SOURCE.format(accounts=1_000, seed=seed))
        seen = causes.spells(book)
        frames = {
            "right": causes.cumulative_incidence(seen, MONTH),
            "apart": causes.one_minus_kaplan_meier(seen, MONTH),
        }
        frames["stated"] = causes.cumulative_incidence(causes.spells(book, "stated_kind"), MONTH)
        for method, frame in frames.items():
            for _, row in frame[frame["time"] == MONTH].iterrows():
                rows.setdefault((method, row["cause"]), []).append(row)
    return rows


def errors(rows: list[pd.Series], true: float) -> np.ndarray:
    """How far each book's estimate lies from the truth."""
    return np.array([row["estimate"] for row in rows]) - true


@pytest.mark.parametrize("cause", ["voluntary", "involuntary"])
def test_the_limits_hold_the_true_share(found, true_shares, cause):
    rows, true = found["right", cause], true_shares[cause]
    covered = sum(row["low"] <= true <= row["high"] for row in rows)
    assert holds(covered, BOOKS), covered
    error = errors(rows, true)
    assert abs(error.mean()) < 3.9 * error.std(ddof=1) / np.sqrt(BOOKS)


def test_one_minus_kaplan_meier_and_stated_reasons_miss_it(found, true_shares):
    over, under = (errors(found[way, "involuntary"], true_shares["involuntary"]) for way in ("apart", "stated"))
    assert over.mean() > 4 * over.std(ddof=1) / np.sqrt(BOOKS)
    assert under.mean() < -10 * under.std(ddof=1) / np.sqrt(BOOKS)
