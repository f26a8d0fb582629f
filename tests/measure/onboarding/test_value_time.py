"""Time to value: a time to an event that some never see."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure.onboarding import (
    arrivals,
    completion,
    mean_of_completers,
    median_of_completers,
    median_time,
    never,
    success_points,
    time_quantiles,
    time_to_value,
    time_truth,
)
from cslab.measure.spells import DAYS_A_MONTH


def days(curve: pd.DataFrame) -> dict[int, float]:
    """A curve by days."""
    return dict(zip((curve["time"] * DAYS_A_MONTH).round().astype(int), curve["estimate"].round(6), strict=True))


def test_the_curve_counts_those_who_never_get_there(four: Book) -> None:
    # D is there after 5 days; of A, B, C, followed for 181, A after 60 and B after 120
    assert days(time_to_value(four)) == {0: 0.0, 5: 0.25, 60: 0.5, 120: 0.75, 181: 0.75}


def test_one_who_began_lately_is_not_counted_as_one_who_never_gets_there(four: Book) -> None:
    late = four.onboarding.assign(done=lambda rows: rows["done"].where(rows["account_id"] != "D"))
    found = days(time_to_value(Book({"onboarding": late}, four.as_of)))
    assert found == {0: 0.0, 60: pytest.approx(1 / 3, abs=1e-6), 120: pytest.approx(2 / 3, abs=1e-6),
                     181: pytest.approx(2 / 3, abs=1e-6)}  # fmt: skip


def test_quantiles_are_those_of_everybody_and_missing_where_so_many_never_get_there(four: Book) -> None:
    found = time_quantiles(four, shares=[0.25, 0.5, 0.9]).set_index("share")["estimate"] * DAYS_A_MONTH
    assert found[0.25] == pytest.approx(5) and found[0.5] == pytest.approx(60) and np.isnan(found[0.9])


def test_the_figures_of_completers_forget_the_others(four: Book) -> None:
    assert float(mean_of_completers(four)) * DAYS_A_MONTH == pytest.approx((5 + 60 + 120) / 3)
    assert float(median_of_completers(four)) * DAYS_A_MONTH == pytest.approx(60)
    slow = four.onboarding.assign(done=lambda rows: rows["done"].where(rows["account_id"] != "A"))
    book = Book({"onboarding": slow}, four.as_of)
    assert float(median_of_completers(book)) * DAYS_A_MONTH == pytest.approx((5 + 120) / 2)
    assert float(median_time(book)) * DAYS_A_MONTH == pytest.approx(120)


def test_the_share_that_is_never_there_is_what_is_left_at_a_horizon(four: Book) -> None:
    assert never(four, 4).estimate == pytest.approx(0.25)
    by_segment = never(four, 3, "segment").set_index("segment")["estimate"]
    assert by_segment.to_dict() == {"large": pytest.approx(0.5), "small": pytest.approx(0.5)}
    with pytest.raises(UsageError, match="no value there"):
        never(four, 30)


def test_success_points_come_in_the_order_in_which_they_are_reached(four: Book) -> None:
    found = success_points(four)
    assert found["point"].unique().tolist() == ["kickoff", "first_value"]
    assert days(found[found["point"] == "kickoff"]) == {0: 0.0, 1: 0.25, 4: 0.5, 8: 0.75, 181: 0.75}


def test_a_customer_who_left_stays_among_those_who_are_not_there() -> None:
    book = cslab.load("synthetic:tiny?accounts=300")
    found, left = arrivals(book).set_index("account_id"), set(book.churn_events["account_id"])
    waiting = found[~found["event"] & found.index.isin(left)]
    assert len(waiting) and (waiting["duration"] == (book.as_of - waiting["started"]).dt.days).all()


@pytest.mark.slow
@given(st.integers(30, 1400))
@settings(max_examples=8, deadline=None)
def test_nothing_that_came_later_is_known_on_an_earlier_day(back: int) -> None:
    book = cslab.load("synthetic:tiny")
    earlier = book.at(book.as_of - pd.Timedelta(days=back))
    if earlier.onboarding["started"].min() >= earlier.as_of or not len(earlier.onboarding):
        return
    then, now = (arrivals(one).set_index("account_id") for one in (earlier, book))
    reached = then[then["event"]]
    assert (reached["started"] + pd.to_timedelta(reached["duration"], "D") <= earlier.as_of).all()
    assert now.loc[reached.index, "event"].all()
    assert (now.loc[reached.index, "duration"] == reached["duration"]).all()


def test_where_all_are_followed_so_far_the_curve_is_the_plain_share() -> None:
    book = cslab.load("synthetic:tiny?accounts=300")
    steps = book.onboarding[book.onboarding["started"] <= "2024-06-30"]
    old = Book({"onboarding": steps}, book.as_of)
    curve = time_to_value(old)
    assert curve[curve["time"] <= 90 / DAYS_A_MONTH]["estimate"].iloc[-1] == pytest.approx(completion(old, 90).estimate)


def test_the_truth_is_within_the_limits_of_the_curve() -> None:
    book = cslab.load("synthetic:tiny?accounts=900&seed=4")
    curve, truth = time_to_value(book), time_truth(book, horizon=6)
    assert truth is not None
    for month in (2, 3, 6):
        row = curve[curve["time"] <= month].iloc[-1]
        assert row["low"] - 0.01 < truth["estimate"][month] < row["high"] + 0.01


def test_the_truth_can_be_split_and_is_nobodys_without_one(four: Book) -> None:
    book = cslab.load("synthetic:tiny")
    by_tier = time_truth(book, "touch_tier", 3)
    assert by_tier is not None and set(by_tier["touch_tier"]) <= {"tech", "mid", "high"}
    assert time_truth(four) is None
    with pytest.raises(UsageError, match="segment"):
        time_truth(book, "segmnt")
    with pytest.raises(UsageError, match="share between 0 and 1"):
        time_quantiles(four, shares=[1.5])
