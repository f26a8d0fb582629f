"""Effort at a fixed mix of tickets, on a few tickets whose mix changes."""

import numpy as np
import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import NotReady
from cslab.measure.kpis.effort import effort_index, effort_reduction, reductions
from cslab.measure.split import split
from tests.measure.coverage import acceptable

OLD, NEW = ("2024-01-01", "2024-02-01"), ("2024-02-01", "2024-03-01")


def desk(rows: list[tuple[str, str, str, float]]) -> Book:
    """Answered tickets: account, day of closing, category, messages."""
    tickets = pd.DataFrame(rows, columns=["account_id", "closed_on", "category", "exchanges"])
    tickets = tickets.assign(closed_on=pd.to_datetime(tickets["closed_on"]), answered=True)
    accounts = pd.DataFrame({"account_id": ["A", "B"], "segment": ["small", "large"]})
    return Book({"tickets": tickets, "accounts": accounts}, pd.Timestamp("2024-03-31"))


SHIFTED = desk(
    [
        *[("A", "2024-01-05", "easy", 2.0), ("B", "2024-01-05", "easy", 2.0)],
        *[("A", "2024-01-06", "hard", 6.0), ("B", "2024-01-06", "hard", 6.0)],
        *[("A", "2024-02-05", "easy", 2.0), ("B", "2024-02-06", "hard", 6.0)],
        *[("A", "2024-02-07", "hard", 6.0), ("B", "2024-02-07", "hard", 6.0)],
    ]
)
"""In February more tickets are hard; none takes more than such a ticket took in January."""


def test_more_hard_tickets_are_no_more_effort_at_the_same_mix():
    assert effort_index(SHIFTED, *NEW).estimate == pytest.approx(5.0)
    assert effort_index(SHIFTED, *OLD).estimate == pytest.approx(4.0)
    assert effort_index(SHIFTED, *NEW, mix_of=OLD).estimate == pytest.approx(4.0)
    assert effort_reduction(SHIFTED, *NEW).estimate == pytest.approx(0.0)


def test_a_quarter_fewer_messages_for_each_kind_is_a_reduction_of_a_quarter():
    rows = [
        (who, day, kind, much)
        for who in "AB"
        for day, kind, much in (
            ("2024-01-05", "easy", 4.0),
            ("2024-01-06", "hard", 8.0),
            ("2024-02-05", "easy", 3.0),
            ("2024-02-06", "hard", 6.0),
        )
    ]
    assert effort_reduction(desk(rows), *NEW).estimate == pytest.approx(0.25)


def test_a_kind_that_one_window_does_not_hold_is_left_out_of_both():
    rows = [
        ("A", "2024-01-05", "easy", 2.0),
        ("B", "2024-01-05", "gone", 9.0),
        ("A", "2024-02-05", "easy", 1.0),
        ("B", "2024-02-05", "easy", 1.0),
    ]
    assert effort_reduction(desk(rows), *NEW).estimate == pytest.approx(0.5)


def test_without_an_earlier_window_there_is_no_reduction():
    found = effort_reduction(SHIFTED, *OLD)
    assert np.isnan(found.estimate)


def test_each_group_is_compared_with_itself_and_each_month_with_the_one_before():
    rows = [
        ("A", "2024-01-05", "easy", 2.0),
        ("A", "2024-02-05", "easy", 1.0),
        ("B", "2024-01-05", "easy", 2.0),
        ("B", "2024-02-05", "easy", 4.0),
    ]
    book = desk(rows)
    by_segment = reductions(book, split(book, *NEW, "segment")).estimate
    assert by_segment.tolist() == [-1.0, 0.5]  # large: B, small: A
    by_month = reductions(book, split(book, "2024-01-01", "2024-04-01", "month")).estimate
    assert by_month == pytest.approx([np.nan, -0.25, np.nan], nan_ok=True)


def test_a_table_without_messages_is_not_ready():
    with pytest.raises(NotReady, match="exchanges"):
        effort_index(Book({"tickets": SHIFTED.tickets.drop(columns="exchanges")}, SHIFTED.as_of), *NEW)


@pytest.mark.slow
def test_its_limits_hold_no_change_nineteen_times_in_twenty_although_an_accounts_tickets_are_alike():
    rng, held = np.random.default_rng(1), 0
    for _ in range(300):
        who = np.tile(np.repeat(np.arange(60), 1 + rng.poisson(4, 60)), 2)
        habit = rng.gamma(2, 1, 60)[who]
        late = np.repeat([0, 1], len(who) // 2)
        hard = rng.random(len(who)) < np.where(late, 0.6, 0.3)
        messages = 2 + rng.poisson(habit * np.where(hard, 2, 1))
        rows = pd.DataFrame(
            {
                "account_id": who.astype(str),
                "closed_on": np.where(late, np.datetime64("2024-02-05"), np.datetime64("2024-01-05")),
                "category": np.where(hard, "hard", "easy"),
                "exchanges": messages,
                "answered": True,
            }
        )
        book = Book(
            {"tickets": rows.assign(closed_on=rows["closed_on"].astype("datetime64[ns]"))}, pd.Timestamp("2024-03-31")
        )
        found = effort_reduction(book, *NEW)
        held += found.low <= 0 <= found.high
    low, high = acceptable(300)
    print(held, low, high)
    assert low <= held <= high
