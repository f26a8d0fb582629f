"""Causes of tickets and what it is worth to remove them."""

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure.kpis.causes import ticket_causes
from cslab.measure.kpis.fixes import FIXES, Fix, fix_value
from cslab.words import has_word

YEAR = ("2024-01-01", "2025-01-01")


def desk(rows: list[tuple[str, str, float, float]], **more: pd.DataFrame) -> Book:
    """Tickets: account, cause, messages, rating."""
    tickets = pd.DataFrame(rows, columns=["account_id", "root_cause", "exchanges", "csat"])
    tickets["ticket_id"] = [f"T{number:03d}" for number in range(len(tickets))]
    return Book({"tickets": tickets.assign(closed_on=pd.Timestamp("2024-05-05")), **more}, pd.Timestamp("2024-12-31"))


FEW = [
    *[("A", "guide", 2, 5), ("A", "guide", 2, np.nan), ("B", "guide", 4, 2), ("C", "guide", 2, 4)],
    *[("A", "defect", 9, 1), ("A", "defect", 7, np.nan), ("B", None, 2, 5)],
]


def test_causes_stand_from_the_most_frequent_down():
    found = ticket_causes(desk(FEW), *YEAR, hours_per_message=0.5).set_index("cause")
    assert list(found.index) == ["guide", "defect"]
    assert found["tickets"].tolist() == [4, 2]
    assert found["hours"].tolist() == [5.0, 8.0]
    assert found["accounts"].tolist() == [3, 1]
    assert found["unhappy"].tolist() == [pytest.approx(1 / 3), 1.0]
    assert found["cumulative"].tolist() == [pytest.approx(4 / 6), pytest.approx(1.0)]
    assert found.attrs["tickets"] == 6  # the one without a cause is left out


def test_a_sample_is_the_same_whatever_the_order_of_the_table():
    book = cslab.load("synthetic:default_jp?seed=3&accounts=300")
    mixed = Book({"tickets": book.tickets.sample(frac=1, random_state=5)}, book.as_of)
    one, other = (ticket_causes(some, "2024-04-01", "2025-04-01", sample=200) for some in (book, mixed))
    pd.testing.assert_frame_equal(one, other)
    assert one["tickets"].sum() == 200


def test_a_sample_has_the_shares_of_the_whole_within_its_limits():
    book = cslab.load("synthetic:default_jp?seed=3&accounts=2000")
    whole, some = (
        ticket_causes(book, "2024-04-01", "2025-04-01", sample=size).set_index("cause") for size in (None, 200)
    )
    there = whole.loc[some.index, "share"]
    assert ((some["low"] <= there) & (there <= some["high"])).sum() >= 8  # of nine


def test_a_sample_as_large_as_the_whole_is_the_whole():
    pd.testing.assert_frame_equal(ticket_causes(desk(FEW), *YEAR, sample=99), ticket_causes(desk(FEW), *YEAR))


def test_without_ratings_nobody_is_called_unhappy():
    book = desk(FEW)
    found = ticket_causes(Book({"tickets": book.tickets.drop(columns="csat")}, book.as_of), *YEAR)
    assert found["unhappy"].isna().all()


FIX = (
    Fix("guide", "write_articles", 0.5, 1.0),
    Fix("defect", "hunt_defects", 0.25, 0.1, 0.01),
    Fix("gone", "build_feature", 1.0, 1),
)


def test_a_fix_saves_its_share_of_the_hours_and_costs_its_own():
    found = fix_value(desk(FEW), *YEAR, fixes=FIX, hour_amount=1000).set_index("cause")
    year = 365.25 / 366  # 2024 was a leap year
    assert found["hours_year"].to_dict() == pytest.approx({"guide": 1.5 * year, "defect": 2.4 * year, "gone": 0})
    assert found.loc["defect", "saved_amount"] == pytest.approx(0.25 * 2.4 * year * 1000)
    assert found.loc["defect", "cost_amount"] == pytest.approx(220)
    assert found.loc["guide", "estimate"] == pytest.approx(1000 * (0.5 * 1.5 * year - 1))
    assert list(found.index) == ["defect", "guide", "gone"]


def test_the_largest_bar_need_not_be_the_best_fix():
    book = cslab.load("synthetic:default_jp?seed=3&accounts=2000")
    window = ("2024-04-01", "2025-04-01")
    assert ticket_causes(book, *window)["cause"].iloc[0] != fix_value(book, *window)["cause"].iloc[0]


def test_an_hour_costs_what_the_team_costs_unless_one_says_otherwise():
    csm = pd.DataFrame({"csm_id": ["X", "Y"], "cost_amount": [800_000.0, 400_000.0], "capacity_h": [130.0, 110.0]})
    assert fix_value(desk(FEW, csm=csm), *YEAR, fixes=FIX).attrs["hour_amount"] == 1_200_000 / 240
    with pytest.raises(NotReady, match="csm"):
        fix_value(desk(FEW), *YEAR, fixes=FIX)
    with pytest.raises(UsageError, match="hour_amount"):
        fix_value(desk(FEW, csm=csm.assign(capacity_h=0.0)), *YEAR, fixes=FIX)


def test_our_fixes_are_assumptions_one_for_each_cause_with_words_for_a_reader():
    assert {fix.grade for fix in FIXES} == {"assumption"}
    causes = set(cslab.load("synthetic:tiny").tickets["root_cause"].dropna())
    assert causes <= {fix.cause for fix in FIXES} and len({fix.cause for fix in FIXES}) == len(FIXES)
    assert all(has_word(f"label.{word}") for fix in FIXES for word in (fix.cause, fix.fix, fix.grade))


def test_what_cannot_be_is_named_at_once():
    odd = (Fix("guide", "write_articles", 1.5, -1),)
    with pytest.raises(UsageError) as raised:
        fix_value(desk(FEW), *YEAR, fixes=odd, hour_amount=1)
    assert [fault.key for fault in raised.value.faults] == ["not_a_rate", "below_zero"]
    with pytest.raises(UsageError, match="sample"):
        ticket_causes(desk(FEW), *YEAR, sample=0)
    with pytest.raises(UsageError, match="root_cause"):
        ticket_causes(desk(FEW), "2024-06-01", "2024-07-01")
