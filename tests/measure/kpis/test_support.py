"""Satisfaction and waiting, by hand on a few tickets, and with limits that hold what is true."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.kpis.support import (
    answer_rate,
    contacts_per_resolution,
    csat,
    fcr,
    first_response,
    first_response_mean,
    resolution_time,
    volume,
)

JANUARY = ("2024-01-01", "2024-02-01")


def book(**columns: list[object]) -> Book:
    """A book of tickets closed on the days of January 2024."""
    tickets = pd.DataFrame(columns)
    days = {name: pd.to_datetime(tickets[name]) for name in ("opened_on", "closed_on") if name in tickets}
    return Book({"tickets": tickets.assign(**days)}, pd.Timestamp("2024-12-31"))


FIVE = book(
    account_id=["A", "A", "B", "B", "C"],
    closed_on=["2024-01-05", "2024-01-06", "2024-01-07", "2024-01-31", "2024-02-01"],
    csat=[5, 3, 4, np.nan, 1],
    first_response_h=[1.0, 2.0, 30.0, np.nan, 9.0],
    channel=["chat", "email", "email", "email", "email"],
    opened_on=["2024-01-05", "2024-01-05", "2024-01-06", "2024-01-17", "2024-01-30"],
    answered=[True, True, True, False, True],
    exchanges=[2, 2, 5, np.nan, 3],
    fcr=[True, True, False, np.nan, False],
    resolved_h=[1.0, 3.0, 90.0, np.nan, 40.0],
)
"""Three accounts and five tickets, one of which nobody answered."""


def test_ratings_of_four_and_five_count_among_those_who_replied_in_the_window():
    january = csat(FIVE, "2024-01-01", "2024-02-01")
    assert january.estimate == pytest.approx(2 / 3) and january.n == 2
    assert csat(FIVE, "2024-01-01", "2024-02-02").estimate == pytest.approx(2 / 4)


def test_the_median_wait_leaves_out_what_was_not_answered_and_can_be_had_by_channel():
    assert first_response(FIVE, "2024-01-01", "2024-02-01").estimate == 2.0
    assert first_response(FIVE, "2024-01-01", "2024-02-02", channels=["email"]).estimate == 9.0


def test_the_mean_wait_is_decided_by_the_longest():
    found = first_response_mean(FIVE, *JANUARY)
    assert (found.estimate, found.n) == (11.0, 2)
    assert first_response(FIVE, *JANUARY).estimate == 2.0


def test_tickets_count_by_the_day_they_came_in():
    assert volume(FIVE, *JANUARY).estimate == 5
    assert volume(FIVE, "2024-01-06", "2024-01-30").estimate == 2
    assert np.isnan(volume(FIVE, *JANUARY).low)


def test_a_ticket_is_asked_for_its_answer_two_weeks_after_it_came_in():
    # The fourteen days of the first three end in January; those of the fourth on the last of it, of the fifth later.
    assert answer_rate(FIVE, "2024-01-01", "2024-01-31").estimate == 1.0
    assert answer_rate(FIVE, *JANUARY).estimate == pytest.approx(3 / 4)
    assert answer_rate(FIVE, "2024-01-01", "2024-03-01").estimate == pytest.approx(4 / 5)


def test_a_ticket_still_open_after_two_weeks_has_no_answer():
    late = book(
        account_id=["A", "B"], opened_on=["2024-01-01"] * 2, closed_on=["2024-01-02", None], answered=[True, None]
    )
    assert answer_rate(late, *JANUARY).estimate == pytest.approx(1 / 2)


def test_an_answer_after_two_weeks_comes_too_late_for_every_window_alike():
    late = book(
        account_id=["A", "B"],
        opened_on=["2024-01-01"] * 2,
        closed_on=["2024-01-15", "2024-01-16"],
        answered=[True, True],
    )
    assert answer_rate(late, *JANUARY).estimate == pytest.approx(1 / 2)


def test_messages_are_divided_by_the_tickets_they_solved():
    assert contacts_per_resolution(FIVE, *JANUARY).estimate == pytest.approx((2 + 2 + 5) / 3)


def test_solved_at_once_is_a_share_of_the_solved():
    assert fcr(FIVE, *JANUARY).estimate == pytest.approx(2 / 3)
    assert resolution_time(FIVE, *JANUARY).estimate == 3.0


def test_where_all_are_satisfied_the_limits_know_how_few_were_asked():
    pleased = book(account_id=["A", "A", "B"], closed_on=["2024-01-05"] * 3, csat=[5, 5, 4])
    found = csat(pleased, *JANUARY)
    # Wilson's lower limit for two of two accounts.
    assert (found.estimate, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(0.342, abs=0.001)


def test_where_nobody_replied_nothing_is_said():
    nothing = csat(FIVE, "2024-01-31", "2024-02-01")
    assert np.isnan(nothing.estimate) and nothing.n == 0
    assert np.isnan(first_response(FIVE, "2024-01-31", "2024-02-01").estimate)


def test_a_window_that_ends_before_it_begins_and_a_book_without_ratings_are_refused():
    with pytest.raises(UsageError, match="2024-01-01"):
        csat(FIVE, "2024-01-01", "2024-01-01")
    with pytest.raises(NotReady, match="csat"):
        csat(book(account_id=["A"], closed_on=["2024-01-05"]), "2024-01-01", "2024-02-01")


def test_a_window_that_reaches_beyond_the_data_is_refused():
    assert csat(FIVE, "2024-01-01", "2025-01-01").n == 3  # its last day is the last known one
    with pytest.raises(UsageError, match="2024-12-31"):
        csat(FIVE, "2024-01-01", "2025-01-02")


@pytest.mark.slow
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
