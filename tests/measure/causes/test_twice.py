"""A reason counts as confirmed where it was stated and came up again in the talk about it."""

import pandas as pd
import pytest

from cslab.book import Book
from cslab.faults import UsageError
from cslab.measure.causes import confirmed


def company(again: list[str]) -> Book:
    """Ten departures, five of them over the price, of which some were interviewed; others were not asked."""
    day = pd.to_datetime("2024-06-30")
    events = pd.DataFrame({"account_id": [f"A{place}" for place in range(10)], "decided_on": day, "effective_on": day})
    events["reason_stated"] = ["price"] * 5 + ["competitor"] * 5
    events["decided_on"] -= pd.Timedelta(days=60)
    talks = pd.DataFrame({"account_id": [f"A{place}" for place in range(len(again))], "themes": again})
    talks = talks.assign(interview_id=range(len(again)), frame="churned", held_on=day + pd.Timedelta(days=9))
    return Book({"churn_events": events, "interviews": talks}, pd.Timestamp("2024-12-31"))


def test_half_say_price_and_one_of_four_says_it_again() -> None:
    found = confirmed(company(["price", "results", "support", "results"]))
    assert found.estimate == pytest.approx(0.5 * 0.25)
    assert found.n == 4 and 0 == found.low < found.estimate < found.high < 0.5


def test_where_all_say_it_again_only_the_share_who_said_it_is_uncertain() -> None:
    found = confirmed(company(["price"] * 4))
    assert found.estimate == 0.5
    assert found.std_error == pytest.approx((0.25 / 10) ** 0.5)


def test_where_none_of_them_was_interviewed_it_is_said() -> None:
    with pytest.raises(UsageError, match="interview"):
        confirmed(company([]))
