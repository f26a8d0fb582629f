"""Illusions of a handful of customers, and lists that are none: refused, with what is missing."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure import illusions
from cslab.measure.illusions.confounding import TIER, _gap


def lives(high: int, tech: int, left: int) -> pd.DataFrame:
    """Customers in two tiers, followed for 30 months; some of the tech ones left in month 5."""
    event = [False] * high + [True] * left + [False] * (tech - left)
    months = [5 if one else 30 for one in event]
    return pd.DataFrame({TIER: ["high"] * high + ["tech"] * tech, "duration": months, "event": event, "entry": 0})


def test_a_tier_of_two_customers_is_no_side_of_a_comparison() -> None:
    with pytest.raises(NotReady, match=r"2 customers on one side \(high\)"):
        _gap(lives(2, 23, 8), ("high", "tech"), 24)


def test_of_ten_customers_of_whom_none_left_it_is_not_certain_that_none_would() -> None:
    gap, counts = _gap(lives(10, 40, 10), ("high", "tech"), 24)
    assert counts["left_high"].estimate == 0 and counts["left_high"].high == pytest.approx(0.278, abs=0.001)  # Wilson
    assert gap.std_error > math.sqrt(0.25 * 0.75 / 40)


def test_a_tier_that_nobody_has_had_is_said_to_be_none() -> None:
    with pytest.raises(NotReady, match="vip: no customer has had this tier"):
        _gap(lives(10, 40, 10), ("vip", "tech"), 24)


def test_as_many_columns_as_customers_hold_nothing_equal() -> None:
    found = illusions.self_selection(cslab.load("synthetic:tiny"), months=6)
    assert found.better is None and found.counts["refused"] == "effect.many_columns"


def test_lists_of_different_lengths_are_no_lives() -> None:
    with pytest.raises(UsageError, match="2 values, event 1 and began 2"):
        illusions.Exposure.of([9, 5], [True], [3, math.inf])


@pytest.mark.parametrize("months", [[-1.0], [math.nan]])
def test_months_that_are_missing_or_below_nothing_are_counted(months: list[float]) -> None:
    with pytest.raises(UsageError, match="duration: 1 values"):
        illusions.Exposure.of(months, [True], [3])
    with pytest.raises(UsageError, match="began: 1 values"):
        illusions.Exposure.of([9], [True], months)


def test_where_joining_changes_something_months_of_the_same_age_are_the_fair_ones() -> None:
    book = cslab.load("synthetic:default_jp?seed=1&accounts=600")
    ways = illusions.phantom(book, effect=0.3), illusions.phantom(book)
    assert [illusions.immortal_time(one).better.method for one in ways] == ["tenure_split", "landmark_ratio"]
