"""No score tells better than the true chances; the ceiling is their AUC on the same rows and horizon."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from cslab import world
from cslab.measure.ceiling import ceiling, expected_auc

pytestmark = pytest.mark.slow


@given(st.lists(st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0]), min_size=2, max_size=9))
def test_the_expected_auc_is_the_share_of_pairs_in_order(risk):
    won = pairs = 0.0
    for one, other in itertools.permutations(risk, 2):
        weight = one * (1 - other)
        pairs += weight
        won += weight * (1.0 if one > other else 0.5 if one == other else 0.0)
    if pairs > 0:
        assert expected_auc(np.array(risk)) == pytest.approx(won / pairs)
    else:
        assert np.isnan(expected_auc(np.array(risk)))


@pytest.fixture(scope="module")
def book():
    return world.company("default_jp", accounts=6000)


def deciding(book) -> pd.DataFrame:
    """Yearly contracts that run out three months after a day: nothing about them is decided yet."""
    terms = book.contracts[book.contracts["term_months"] == 12]
    ends = terms[(terms["end"] >= "2023-07-01") & (terms["end"] < "2023-08-01")]
    return ends[["account_id"]].assign(as_of=pd.Timestamp("2023-04-30"))


def test_before_a_decision_even_the_truth_ranks_about_three_pairs_in_four(book):
    found = ceiling(book.truth, deciding(book), horizon=3, futures=16)
    assert 0.70 < found.estimate < 0.85 and found.n > 75


def test_the_calendar_lifts_the_ceiling_where_all_customers_are_asked(book):
    rows = book.accounts[["account_id"]].assign(as_of=pd.Timestamp("2023-04-30"))
    everybody = ceiling(book.truth, rows, horizon=3, futures=16)
    assert everybody.estimate > ceiling(book.truth, deciding(book), horizon=3, futures=16).estimate + 0.05


def test_the_ceiling_is_what_the_true_risk_reaches_when_it_is_tried(book):
    day, accounts = pd.Timestamp("2023-04-30"), book.accounts[["account_id"]]
    risk = book.truth.risk(day, horizon=6, futures=16)
    lost = book.churn_events.set_index("account_id")["effective_on"].groupby(level=0).min()
    left = risk["account_id"].map(lost) <= day + pd.DateOffset(months=6)
    reached = roc_auc_score(left, risk["risk"])
    found = ceiling(book.truth, accounts.assign(as_of=day), horizon=6, futures=16)
    worst = ((1 - found.estimate) * found.estimate / min(left.sum(), (~left).sum())) ** 0.5
    assert abs(reached - found.estimate) < 4 * worst


def test_without_a_truth_there_is_no_ceiling(book):
    assert ceiling(None, deciding(book), horizon=3) is None
