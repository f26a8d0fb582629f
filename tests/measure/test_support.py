"""Satisfaction and waiting, by hand on a few tickets, and with limits that hold what is true."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.support import csat, first_response

pytestmark = pytest.mark.slow


def book(**columns: list[object]) -> Book:
    """A book of tickets closed on the days of January 2024."""
    tickets = pd.DataFrame(columns)
    return Book({"tickets": tickets.assign(closed_on=pd.to_datetime(tickets["closed_on"]))}, pd.Timestamp("2024-12-31"))


FIVE = book(
    account_id=["A", "A", "B", "B", "C"],
    closed_on=["2024-01-05", "2024-01-06", "2024-01-07", "2024-01-31", "2024-02-01"],
    csat=[5, 3, 4, np.nan, 1],
    first_response_h=[1.0, 2.0, 30.0, np.nan, 9.0],
    channel=["chat", "email", "email", "email", "email"],
)


def test_ratings_of_four_and_five_count_among_those_who_replied_in_the_window():
    january = csat(FIVE, "2024-01-01", "2024-02-01")
    assert january.estimate == pytest.approx(2 / 3) and january.n == 2
    assert csat(FIVE, "2024-01-01", "2024-02-02").estimate == pytest.approx(2 / 4)


def test_the_median_wait_leaves_out_what_was_not_answered_and_can_be_had_by_channel():
    assert first_response(FIVE, "2024-01-01", "2024-02-01").estimate == 2.0
    assert first_response(FIVE, "2024-01-01", "2024-02-02", channels=["email"]).estimate == 9.0


def test_where_nobody_replied_nothing_is_said():
    nothing = csat(FIVE, "2024-01-31", "2024-02-01")
    assert np.isnan(nothing.estimate) and nothing.n == 0
    assert np.isnan(first_response(FIVE, "2024-01-31", "2024-02-01").estimate)


def test_a_window_that_ends_before_it_begins_and_a_book_without_ratings_are_refused():
    with pytest.raises(UsageError, match="2024-01-01"):
        csat(FIVE, "2024-01-01", "2024-01-01")
    with pytest.raises(NotReady, match="csat"):
        csat(book(account_id=["A"], closed_on=["2024-01-05"]), "2024-01-01", "2024-02-01")


def test_limits_hold_the_truth_nineteen_times_in_twenty_although_tickets_of_an_account_are_alike():
    rng, held = np.random.default_rng(1), np.zeros(2, int)
    for _ in range(200):
        who = np.repeat(np.arange(80), 1 + rng.poisson(4, 80))
        mood = rng.normal(0, 1, 80)[who]
        hours = np.exp(mood + rng.normal(0, 1, len(who)))
        rating = np.where(mood + rng.normal(0, 1, len(who)) > 0, 5.0, 2.0)
        made = book(
            account_id=list(who), closed_on=["2024-01-05"] * len(who), csat=list(rating), first_response_h=list(hours)
        )
        found = (csat(made, "2024-01-01", "2024-02-01"), 0.5), (first_response(made, "2024-01-01", "2024-02-01"), 1.0)
        held += [estimate.low <= truth <= estimate.high for estimate, truth in found]
    assert all(stats.binomtest(int(count), 200, 0.95).pvalue > 0.001 for count in held)
