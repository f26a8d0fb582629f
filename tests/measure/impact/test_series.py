"""From an indicator to numbers by customer and month: nothing before it was known, nothing lost, nothing twice."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.book import Book
from cslab.faults import NotReady
from cslab.measure.impact import Records

CONTRACTS = """
account_id  start       end         outcome
leaves      2023-04-01  2023-07-15  churned
stays       2023-05-10  2024-05-10  open
"""
ACCOUNTS = """
account_id  signed_on   observed_from
leaves      2023-04-01  2023-04-01
stays       2023-05-10  2023-05-10
"""
"""Months: April to September 2023."""


def made(tickets: str = "", as_of: str = "2023-09-30", **tables: str) -> Book:
    """Two customers and their tickets, days read."""
    texts = {"contracts": CONTRACTS, "accounts": ACCOUNTS, **({"tickets": tickets} if tickets else {}), **tables}
    frames = {}
    for name, text in texts.items():
        rows = [line.split() for line in text.strip().splitlines()]
        frame = pd.DataFrame(rows[1:], columns=rows[0]).replace("-", None)
        for column in frame:
            if column.endswith(("_on", "_from")) or column in ("start", "end", "month", "done", "started"):
                frame[column] = pd.to_datetime(frame[column])
            elif column in ("csat", "amount", "level", "mrr_amount"):
                frame[column] = frame[column].astype(float)
        frames[name] = frame
    return Book(frames, pd.Timestamp(as_of))


def rows(book: Book, indicator: str) -> dict[str, list[float | None]]:
    """The values of each customer, None where they are missing."""
    frame = Records(book).frame(indicator)
    return {
        name: [None if np.isnan(one) else float(one) for one in row]
        for name, row in zip(frame.index, frame.to_numpy(), strict=True)
    }


TICKETS = """
account_id  opened_on   closed_on   category  csat
leaves      2023-03-20  2023-03-21  bug       1
leaves      2023-04-02  2023-04-02  setup     5
leaves      2023-04-20  2023-05-01  setup     3
leaves      2023-06-20  2023-06-20  bug       4
stays       2023-08-30  2023-08-31  setup     2
nobody      2023-08-30  2023-08-31  setup     2
"""


def test_a_count_is_zero_in_a_quiet_month_and_missing_when_nobody_is_there():
    assert rows(made(TICKETS), "count(tickets)") == {
        "leaves": [2, 0, 1, None, None, None],
        "stays": [None, 0, 0, 0, 1, 0],
    }


def test_what_has_happened_stays_with_a_customer_that_has_left_and_counts_what_came_before_the_records():
    assert rows(made(TICKETS), "so_far(tickets)")["leaves"] == [3, 3, 4, 4, 4, 4]
    assert rows(made(TICKETS), "ever(tickets where category = setup)") == {
        "leaves": [1, 1, 1, 1, 1, 1],
        "stays": [None, 0, 0, 0, 1, 1],
    }


def test_a_running_sum_adds_a_column_up():
    assert rows(made(TICKETS), "so_far(tickets.csat where category = setup)")["leaves"] == [5, 5 + 3, 8, 8, 8, 8]


def test_a_cell_counts_in_the_month_in_which_it_became_known():
    assert rows(made(TICKETS), "sum(tickets.csat)")["leaves"] == [5 + 0, 3, 4, None, None, None]
    assert rows(made(TICKETS), "count(tickets where csat <= 3)")["leaves"] == [0, 1, 0, None, None, None]


def test_a_score_given_at_the_end_of_august_is_known_in_september():
    assert rows(made(TICKETS), "mean(tickets.csat)")["stays"] == [None, None, None, None, None, 2]


def test_a_mean_is_missing_in_a_month_without_any():
    assert rows(made(TICKETS), "mean(tickets.csat)")["leaves"] == [5, 3, 4, None, None, None]


def test_the_last_known_value_is_carried_on_until_the_customer_leaves():
    maturity = """
    account_id  assessed_on  level
    leaves      2023-03-01   1
    leaves      2023-05-30   3
    leaves      2023-05-02   2
    stays       2023-07-01   2
    """
    assert rows(made(maturity=maturity), "last(maturity.level)") == {
        "leaves": [1, 3, 3, None, None, None],
        "stays": [None, None, None, 2, 2, 2],
    }


def test_retained_is_one_until_the_month_in_which_a_customer_leaves():
    assert rows(made(), "retained") == {"leaves": [1, 1, 1, 0, 0, 0], "stays": [None, 1, 1, 1, 1, 1]}


def test_who_leaves_in_the_very_month_of_signing_was_there_and_is_not_retained():
    contracts = CONTRACTS + "short 2023-06-05 2023-06-20 churned"
    accounts = ACCOUNTS + "short 2023-06-05 2023-06-05"
    assert rows(made(contracts=contracts, accounts=accounts), "retained")["short"] == [None, None, 0, 0, 0, 0]


def test_a_renewal_that_is_open_says_neither_that_the_customer_stays_nor_that_it_left():
    contracts = CONTRACTS + "open 2023-04-01 2023-08-20 open"
    accounts = ACCOUNTS + "open 2023-04-01 2023-04-01"
    assert rows(made(contracts=contracts, accounts=accounts), "retained")["open"] == [1, 1, 1, 1, None, None]


def test_revenue_follows_the_movements_and_is_zero_after_leaving():
    moves = """
    account_id  month       amount
    leaves      2023-04-01  100
    leaves      2023-06-01  20
    leaves      2023-07-01  -120
    stays       2023-05-01  50
    """
    assert rows(made(mrr_movements=moves), "mrr") == {
        "leaves": [100, 100, 120, 0, 0, 0],
        "stays": [None, 50, 50, 50, 50, 50],
    }


def test_a_day_can_be_named_and_what_is_only_planned_has_not_happened():
    onboarding = """
    account_id  started     done        milestone
    leaves      2023-04-01  2023-06-10  first_value
    stays       2023-05-10  -           first_value
    """
    book = made(onboarding=onboarding)
    by_start = rows(book, "ever(onboarding where milestone = first_value)")
    by_done = rows(book, "ever(onboarding on done where milestone = first_value)")
    assert by_start == {"leaves": [1, 1, 1, 1, 1, 1], "stays": [None, 1, 1, 1, 1, 1]}
    assert by_done == {"leaves": [0, 0, 1, 1, 1, 1], "stays": [None, 0, 0, 0, 0, 0]}


def test_an_empty_cell_meets_no_condition():
    tickets = "account_id opened_on category\nleaves 2023-04-02 -\nleaves 2023-04-03 bug"
    assert rows(made(tickets), "count(tickets where category != setup)")["leaves"][0] == 1


def test_a_month_that_is_not_over_is_no_month_yet():
    assert len(Records(made(as_of="2023-09-29")).months) == 5
    with pytest.raises(NotReady, match="month by month"):
        Records(made(as_of="2023-04-20")).values("retained")


def test_a_customer_from_before_the_records_is_seen_from_their_beginning():
    accounts = ACCOUNTS.replace("2023-05-10  2023-05-10", "2023-05-10  2023-07-03")
    records = Records(made(accounts=accounts))
    assert rows(records.book, "retained")["stays"] == [None, None, None, 1, 1, 1]
    assert records.stay.from_signing.tolist() == [True, False]


def test_values_are_made_once_and_cannot_be_written_to():
    records = Records(made(TICKETS))
    first = records.values("count(tickets)")
    assert records.values("count(tickets)") is first
    with pytest.raises(ValueError, match="read-only"):
        first[0, 0] = 7


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["leaves", "stays"]), st.integers(0, 180)), max_size=20))
def test_a_running_count_grows_by_the_count_of_each_month_while_a_customer_is_there(tickets):
    day = pd.Timestamp("2023-04-01")
    written = [f"{who} {(day + pd.Timedelta(days=days)).date()}" for who, days in tickets]
    records = Records(made("\n".join(["account_id opened_on", *written])))
    grown, count = np.diff(records.values("so_far(tickets)"), axis=1), records.values("count(tickets)")[:, 1:]
    known = np.isfinite(grown) & np.isfinite(count)
    assert known.sum() == 6
    assert (grown[known] == count[known]).all()


INDICATORS = [
    "count(tickets where category in [how_to, setup])",
    "mean(tickets.csat)",
    "last(maturity.level)",
    "ever(onboarding on done where milestone = first_value)",
    "so_far(contacts on advocate_on where is_advocate = true)",
    "mean(usage_monthly.wau_ratio)",
    "count(contracts where outcome = churned)",
    "ever(community_members where role in [star, active])",
    "mean(surveys.score where type = ces)",
]


@pytest.mark.parametrize("indicator", INDICATORS)
def test_what_was_known_at_a_months_end_is_what_a_book_of_that_day_says(indicator: str):
    book = cslab.load("synthetic:tiny?accounts=200")
    now, then = Records(book), Records(book.at("2024-03-31"))
    frame, earlier = now.frame(indicator), then.frame(indicator)
    both = frame.reindex(earlier.index)[earlier.columns]
    assert earlier.notna().to_numpy().sum() > 15
    pd.testing.assert_frame_equal(both, earlier)


@pytest.mark.slow
def test_an_indicator_over_four_thousand_customers_and_four_years_takes_a_moment():
    import time

    book = cslab.load("synthetic:default_jp?accounts=4000&seed=7")
    assert len(book.touches) > len(book.tickets) > 10_000
    records = Records(book)
    begin = time.perf_counter()
    records.values("sum(touches.minutes where type in [call, qbr] and reactive = false)")
    assert time.perf_counter() - begin < 0.6  # half of it the stays, once for all indicators
