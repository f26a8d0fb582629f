"""A reason counts as confirmed where it was stated and came up again in the talk about it."""

import numpy as np
import pandas as pd
import pytest

from cslab.book import Book
from cslab.measure.causes import confirmed
from cslab.measure.estimate import proportion


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
    assert found.n == 4 and 0 <= found.low < found.estimate < found.high < 0.5


def test_where_all_say_it_again_only_the_share_who_said_it_could_be_higher() -> None:
    found, said = confirmed(company(["price"] * 4)), proportion(5, 10, 10, "wilson")
    assert found.estimate == 0.5
    assert found.high == pytest.approx(said.high) and found.low < said.low


def test_where_nobody_says_it_again_it_may_still_hold_for_some() -> None:
    found = confirmed(company(["results"] * 3))
    assert found.estimate == found.low == 0
    assert found.high == pytest.approx(0.5 * proportion(0, 3, 3, "wilson").high)


def test_where_none_of_them_was_interviewed_there_is_no_number() -> None:
    found = confirmed(company([]))
    assert np.isnan(found.estimate) and found.n == 0
