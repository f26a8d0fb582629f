"""The twelve customers: their phases can be told by hand, and only from what was known."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.course.questions.toy_phases import DAY, toy_days, toy_phases
from cslab.measure import lifecycle

BY_HAND = {
    "A": "purchase",
    "B": "onboarding",
    "C": "onboarding",
    "D": "adoption",
    "E": "adoption",
    "F": "renewal",
    "G": "renewal",
    "H": "churn",
    "I": "adoption",
    "J": "adoption",
    "K": "adoption",
    "L": "adoption",
}


def phases(variant: int, day: str = DAY) -> dict[str, str]:
    """The phase of each of the twelve."""
    found = lifecycle.phase_at(toy_phases(variant), day)
    return dict(zip(found["account_id"], found["phase"].astype(str), strict=True))


def test_the_printed_customers_are_in_the_phases_that_can_be_told_by_hand():
    assert phases(0) == BY_HAND


def test_a_table_exported_later_tempts_to_look_ahead_in_at_least_two_rows():
    later = phases(0, "")
    assert later["B"] == "adoption" and later["F"] == "churn"  # whom 31 March still knew as onboarding and as renewal
    assert sum(later[name] != BY_HAND[name] for name in BY_HAND) >= 2


@pytest.mark.parametrize("variant", [0, 1, 7])
def test_what_was_known_on_the_day_is_enough(variant: int):
    book = toy_phases(variant)
    pd.testing.assert_frame_equal(lifecycle.phase_at(book, DAY), lifecycle.phase_at(book.at(DAY), DAY))


def test_another_version_has_the_same_customers_under_other_letters():
    other = phases(1)
    assert other != BY_HAND and sorted(other.values()) == sorted(BY_HAND.values())


def test_the_table_to_read_says_the_same_days_as_the_tables(variant: int = 3):
    shown, book = toy_days(variant), toy_phases(variant)
    ends = book.contracts.set_index("account_id")["end"].dt.strftime("%Y-%m-%d")
    assert shown["ends"].to_dict() == ends.to_dict()
    assert (
        shown.loc[shown["left"] != "", "left"].tolist()
        == book.churn_events["effective_on"].dt.strftime("%Y-%m-%d").tolist()
    )
