"""Whether states over time find what is true of the simulator's customers."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.measure import lifecycle, oracle
from cslab.measure.multistate import transition_probabilities
from tests.measure.coverage import acceptable

pytestmark = pytest.mark.slow  # a study over many companies

COMPANIES, MONTH = 60, 24


@cache
def companies() -> list[Book]:
    """Companies that differ in luck alone."""
    return [cslab.load(f"synthetic:default_jp?seed={seed}&accounts=500") for seed in range(1, COMPANIES + 1)]


def left_by(book: Book, late: bool) -> pd.Series:
    """The share that has left by the month, whichever phases they came through; those who return stay gone."""
    stays = lifecycle.spells(book)
    entered_late = stays.loc[stays["entered_late"], "account_id"]
    stays = lifecycle.in_months(stays)
    gone = stays["from"].eq("churn").groupby(stays["id"]).cummax() | (stays["id"].isin(entered_late) & (not late))
    a_day = 0.1  # anniversaries fall a day or two beside whole months of 30.4 days
    found = transition_probabilities(stays[~gone], [MONTH + a_day], states=list(lifecycle.rules().phases))
    return found.occupation({"purchase": 1.0}).set_index("state").loc["churn"]


def errors(late: bool) -> tuple[int, float]:
    """How often the limits hold the truth, and the mean miss in Monte-Carlo errors."""
    found = pd.DataFrame([left_by(book, late) for book in companies()])
    truth = np.array([1 - oracle.survival(book.truth, MONTH)["estimate"][MONTH] for book in companies()])
    covered = int(((found["low"] <= truth) & (truth <= found["high"])).sum())
    missed = (found["estimate"] - truth).astype(float)
    bias = missed.mean() / (missed.std(ddof=1) / np.sqrt(COMPANIES))
    print(f"truth {truth.mean():.3f}, bias {missed.mean():+.4f} ({bias:+.1f} errors), covered {covered} of {COMPANIES}")
    return covered, bias


def test_of_customers_seen_signing_the_share_that_has_left_is_that_of_the_truth():
    covered, bias = errors(late=False)
    low, high = acceptable(COMPANIES)
    assert low <= covered <= high
    assert abs(bias) < 3.3


def test_customers_seen_late_tilt_it_for_nobody_knows_how_long_they_have_been_in_their_phase():
    """Two per cent of a share, within the limits of one company, seen over many."""
    assert errors(late=True)[1] > errors(late=False)[1] + 1
