"""The pipeline is a race between winning and losing: open deals are censored, earlier beginners enter late."""

import numpy as np
import pandas as pd
import pytest

from cslab import world
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import pipeline
from cslab.measure.multistate import transition_probabilities


def deals(text: str) -> pd.DataFrame:
    """Deals from lines of: id, engaged, closed, outcome, product; a dash is a blank."""
    rows = [line.split() for line in text.strip().splitlines()]
    frame = pd.DataFrame(rows, columns=["deal_id", "engaged_on", "closed_on", "outcome", "product"]).replace("-", None)
    return frame.assign(**{day: pd.to_datetime(frame[day]) for day in ("engaged_on", "closed_on")})


def book_of(text: str, as_of: str = "2024-04-30", begins: str | None = "2024-04-01") -> Book:
    begun = pd.Timestamp(begins) if begins else None
    return Book({"deals": deals(text)}, pd.Timestamp(as_of), window_start=begun)


FOUR = """
    D1  2024-04-01  2024-04-11  won   a
    D2  2024-04-01  2024-04-11  lost  a
    D3  2024-04-01  2024-04-21  won   b
    D4  2024-04-01  -           open  b
"""


def test_a_deal_is_a_stay_from_its_first_meeting_to_its_end_or_to_today():
    found = pipeline.spells(book_of(FOUR)).set_index("id")
    assert found["stop"].tolist() == [10, 10, 20, 29]
    assert found["to"].tolist()[:3] == ["purchase", "lost", "purchase"] and pd.isna(found.loc["D4", "to"])


def test_an_open_deal_lowers_the_share_that_is_won_below_that_of_the_closed_ones():
    book = book_of(FOUR)
    assert pipeline.closed_share(book)["estimate"].item() == pytest.approx(2 / 3)
    shares = pipeline.win_share(book, [29]).set_index("state")["estimate"]
    assert shares.round(9).to_dict() == {"purchase": 0.5, "lost": 0.25, "evaluation": 0.25}


def test_a_deal_that_had_begun_before_the_records_counts_only_from_then_on():
    book = book_of("D1 2024-03-22 2024-04-11 won a\nD2 2024-04-01 2024-04-06 lost a\nD3 2024-04-01 2024-04-16 won a")
    assert pipeline.spells(book)["start"].tolist() == [9, 0, 0]
    # on day 5 the first deal was not yet watched: one of two was lost
    assert pipeline.win_share(book, [5]).set_index("state").loc["lost", "estimate"] == 0.5


def test_records_without_a_stated_beginning_begin_with_the_first_closing():
    book = book_of("D1 2024-03-01 2024-04-11 won a\nD2 2024-04-08 2024-04-12 lost a", begins=None)
    assert pipeline.records_begin(book) == pd.Timestamp("2024-04-11")
    assert pipeline.spells(book)["start"].tolist() == [40, 2]


def test_records_in_which_nothing_was_closed_begin_with_the_first_meeting():
    assert pipeline.records_begin(book_of("D1 2024-03-01 - open a", begins=None)) == pd.Timestamp("2024-03-01")


def test_a_deal_closed_on_the_day_of_its_first_meeting_lasts_half_a_day():
    assert pipeline.spells(book_of("D1 2024-04-02 2024-04-02 won a"))["stop"].tolist() == [0.5]


def test_deals_that_cannot_be_followed_are_left_out_and_counted_by_reason():
    book = book_of("""
        D1  -           -           open  a
        D2  2024-04-02  -           won   a
        D3  2024-04-02  2024-04-05  open  a
        D4  2024-03-02  2024-03-05  lost  a
        D5  2024-04-02  2024-04-05  lost  a
    """)
    counts = pipeline.left_out(book).set_index("reason")["count"]
    assert counts.to_dict() == {"no_meeting": 1, "no_day": 1, "no_outcome": 1, "before_records": 1}
    assert pipeline.spells(book)["id"].tolist() == ["D5"]


def test_groups_are_measured_each_for_itself():
    found = pipeline.win_share(book_of(FOUR), [29], by="product").query("state == 'purchase'")
    assert found.set_index("product")["estimate"].to_dict() == {"a": 0.5, "b": 0.5}
    assert pipeline.closed_share(book_of(FOUR), by="product").set_index("product")["n"].to_dict() == {"a": 2, "b": 1}


def test_without_any_deal_to_follow_no_group_has_a_share():
    book = book_of("D1 - - open a")
    assert pipeline.win_share(book, [29], by="product").empty
    assert pipeline.win_share(book, [29])[["low", "high"]].isna().all(axis=None)


def test_an_unknown_column_is_refused_with_the_nearest_one():
    with pytest.raises(UsageError) as told:
        pipeline.win_share(book_of(FOUR), by="prodcut")
    assert told.value.faults[0].values["near"] == "product"


def test_without_deals_the_way_to_get_them_is_said():
    with pytest.raises(NotReady) as told:
        pipeline.win_share(Book({}, pd.Timestamp("2024-04-30")))
    assert told.value.faults[0].values["table"] == "deals"


def test_an_earlier_day_knows_no_later_ends():
    book = book_of(FOUR)
    found = pipeline.spells(book.at("2024-04-15")).set_index("id")
    assert pd.isna(found.loc["D3", "to"]) and found.loc["D3", "stop"] == 14


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_race_finds_the_share_of_deals_that_the_simulator_wins(seed):
    book = world.company("calibration", seed=seed, accounts=4000, months=48)
    won = pipeline.win_share(book, [400]).set_index("state").loc["purchase"]
    error = (won["high"] - won["low"]) / 3.92
    assert abs(won["estimate"] - 1 / 4) < 3.3 * error  # three deals are lost for each that is won


@pytest.mark.slow
def test_ignoring_late_entry_makes_the_first_days_look_too_quiet():
    book = world.company("default_jp", seed=1, accounts=4000)
    fair = pipeline.spells(book)
    ignored = fair.assign(start=0.0)
    early = [
        transition_probabilities(spells, [10], states=pipeline.STATES).probability[0, 0, 1:].sum()
        for spells in (fair, ignored)
    ]
    assert early[0] > early[1] > 0 and np.isfinite(early).all()
