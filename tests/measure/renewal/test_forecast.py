"""Forecasts of quarters and how they did, on tables written by hand and on a small company."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import UsageError
from cslab.measure.renewal import WAYS, coverage, forecasts, foreseen, next_quarter

SOURCE = "synthetic:default_jp?accounts=300&seed=2"
DAYS = [*pd.to_datetime(["2023-09-30", "2023-12-31", "2024-03-31"])]


def rows_of(renewed: list[list[float]], chance: float = 0.8, arr: float = 1.0) -> pd.DataFrame:
    """Quarters with one open contract for each outcome; what is missing is still ahead."""
    parts = [
        pd.DataFrame({"day": day, "renewed": one, "known_on": day + pd.Timedelta(days=40)})
        for day, one in zip(DAYS, renewed, strict=True)
    ]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.assign(decided=False, arr_amount=arr, rate=chance, end=rows["day"] + pd.Timedelta(days=60))
    rows.attrs = {"ways": ("rate",), "as_of": DAYS[-1], "currency": "JPY"}
    return rows


def ahead(count: int) -> list[float]:
    """A quarter that nobody knows yet."""
    return [float("nan")] * count


def test_what_was_decided_beforehand_is_counted_for_certain() -> None:
    rows = rows_of([[1.0, 1, 0, 0], [1.0, 1, 0, 0], ahead(4)])
    known = rows.assign(decided=rows["day"] < DAYS[-1])
    first = forecasts(known).iloc[0]
    assert (first["decided"], first["low"], first["estimate"], first["high"]) == (4, 2, 2, 2)


def test_a_forecast_learns_only_from_quarters_that_were_over() -> None:
    table = forecasts(rows_of([[1.0] * 20, [1.0] * 20, ahead(20)]))
    assert table["quarters"].tolist() == [0, 1, 2]


def test_a_way_that_was_too_dark_twice_is_corrected_the_third_time() -> None:
    table = forecasts(rows_of([[1.0] * 40, [1.0] * 40, ahead(40)], chance=0.6))
    assert table["alone"].tolist() == pytest.approx([24, 24, 24])
    assert table["estimate"].iloc[2] > 34


def test_amounts_are_what_the_contracts_are_worth() -> None:
    table = forecasts(rows_of([[1.0, 0], [1.0, 0], ahead(2)], arr=7.0), "arr_amount")
    assert table["observed"].iloc[:2].tolist() == [7.0, 7.0]
    assert table["due"].tolist() == [14.0] * 3


def test_coverage_counts_the_quarters_that_are_over() -> None:
    table = forecasts(rows_of([[1.0] * 8 + [0.0] * 2, [0.0] * 10, ahead(10)]))
    found = coverage(table).set_index("interval")
    assert found["n"].tolist() == [2, 2]
    assert found.loc["alone", "estimate"] == 0.5  # eight of ten lies inside, none of ten does not


def test_ways_are_held_against_what_came_on_the_quarters_that_all_of_them_foretold() -> None:
    table = forecasts(rows_of([[1.0] * 8 + [0.0] * 2, [0.0] * 10, ahead(10)]))
    later = table[table["day"] > table["day"].min()].assign(way="other")
    both = pd.concat([table, later])
    both.attrs = {**table.attrs, "ways": [*table.attrs["ways"], "other"]}
    assert coverage(both)["n"].tolist() == [1, 1, 1, 1]


def test_the_next_quarter_is_the_one_nobody_knows_yet() -> None:
    found = next_quarter(forecasts(rows_of([[1.0, 0], [1.0, 0], ahead(2)])))
    assert found["observed"].isna().all() and found["inside"].isna().all()
    assert found["day"].tolist() == [DAYS[-1]]


def test_limits_that_promise_more_are_wider() -> None:
    rows = rows_of([[1.0] * 16 + [0.0] * 4] * 2 + [ahead(20)])
    wide, narrow = (forecasts(rows, level=level).iloc[2] for level in (0.95, 0.5))
    assert wide["low"] < narrow["low"] and wide["high"] > narrow["high"]


def test_all_that_is_wrong_with_a_question_is_said_at_once() -> None:
    rows = rows_of([[1.0], [0.0], ahead(1)]).assign(arr_amount=np.nan)
    with pytest.raises(UsageError) as caught:
        forecasts(rows, "arr_amount", level=80)
    assert {fault.key for fault in caught.value.faults} == {"not_a_rate", "renewal.no_amount"}


def test_coverage_without_a_quarter_gone_by_is_refused() -> None:
    table = forecasts(rows_of([[1.0], [1.0], ahead(1)]))
    with pytest.raises(UsageError) as caught:
        coverage(table[table["observed"].isna()])
    assert caught.value.faults[0].key == "renewal.no_past"


def test_ways_are_checked_by_name_and_by_what_the_book_holds() -> None:
    book = cslab.load(SOURCE)
    silent = cslab.book.Book({"contracts": book.contracts}, book.as_of, window_start=book.window_start)
    with pytest.raises(UsageError) as caught:
        foreseen(silent, ["modle", "commit"])
    assert [(fault.key, fault.values["near"]) for fault in caught.value.faults] == [
        ("renewal.unknown_way", "model"),
        ("renewal.absent_way", "commit"),
    ]


def test_a_folder_of_contracts_alone_can_still_be_forecast() -> None:
    book = cslab.load(SOURCE)
    alone = cslab.book.Book({"contracts": book.contracts}, book.as_of, window_start=book.window_start)
    rows = foreseen(alone)
    assert rows.attrs["absent"] == ("commit_at_word", "colour_at_word", "commit", "colour")
    assert not next_quarter(forecasts(rows, "arr_amount")).empty


@pytest.mark.slow
def test_what_is_said_of_a_day_does_not_change_with_what_came_later() -> None:
    book = cslab.load(SOURCE)
    day = pd.Timestamp("2024-03-31")
    then, now = foreseen(book.at(day)), foreseen(book)
    columns = ["account_id", "decided", "csm_says", "health_colour", *WAYS]
    parts = [rows[rows["day"] == day].sort_values("account_id")[columns] for rows in (then, now)]
    pd.testing.assert_frame_equal(parts[0].reset_index(drop=True), parts[1].reset_index(drop=True))


@pytest.mark.slow
def test_over_companies_learned_limits_hold_and_the_roll_up_by_colour_does_not() -> None:
    from tests.measure.coverage import acceptable

    hits, n = {"model": 0, "colour_at_word": 0}, {"model": 0, "colour_at_word": 0}
    for seed in range(1, 5):
        rows = foreseen(cslab.load(f"synthetic:default_jp?accounts=500&seed={seed}"), ["model", "colour_at_word"])
        table = forecasts(rows, "arr_amount")
        past = table[table["observed"].notna()]
        for way, column in (("model", "inside"), ("colour_at_word", "alone_inside")):
            part = past[past["way"] == way]
            hits[way], n[way] = hits[way] + int(part[column].astype(bool).sum()), n[way] + len(part)
    assert hits["model"] >= acceptable(n["model"], 0.8)[0]
    assert hits["colour_at_word"] < acceptable(n["colour_at_word"], 0.8)[0]
