"""Skips, loops, order, waiting, variants: counted on customers whose ways are seen by eye."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cslab
from cslab.book import Book
from cslab.faults import NotReady
from cslab.measure.journey import completed, conformance, observed
from cslab.measure.journey.waiting import median

STRAIGHT = """
A signed 2024-01-01
A trained 2024-01-11
A result 2024-01-31
"""
SKIPPED = """
B signed 2024-01-01
B result 2024-02-10
"""
LOOP = """
C signed 2024-01-01
C trained 2024-01-05
C trained 2024-01-15 repeated
"""


def step(found, name: str) -> pd.Series:
    return found.steps.set_index("step").loc[name]


def test_who_reaches_every_step_conforms(company, three):
    found = conformance(company(STRAIGHT), three)
    assert found.steps["estimate"].tolist() == [1, 1, 1]
    assert found.steps["skipped"].tolist() == [0, 0, 0]
    assert found.variants["path"].tolist() == ["signed › trained › result"]


def test_a_step_is_skipped_when_a_later_one_is_reached_without_it(company, three):
    found = conformance(company(STRAIGHT + SKIPPED), three)
    assert step(found, "trained")["skipped"] == 1
    assert step(found, "trained")["skipped_share"] == 0.5


def test_a_step_that_was_noted_as_skipped_is_skipped(company, three):
    found = conformance(company(STRAIGHT + "D signed 2024-01-01\nD trained 2024-01-09 skipped\n"), three)
    assert step(found, "trained")["skipped"] == 1


def test_a_step_taken_again_is_a_loop_and_not_a_second_reaching(company, three):
    found = conformance(company(STRAIGHT + LOOP), three)
    assert (step(found, "trained")["repeated"], step(found, "trained")["reached"]) == (1, 2)
    assert ("trained", "trained", 1) in found.follows[["from", "to", "count"]].itertuples(index=False)


def test_a_step_that_is_reached_twice_is_a_loop_too(company, three):
    found = conformance(company(STRAIGHT + "A trained 2024-02-15\n"), three)
    assert (step(found, "trained")["repeated"], step(found, "trained")["waiting_median"]) == (1, 10)


def test_a_step_before_an_earlier_one_is_out_of_order(company, three):
    found = conformance(company("A signed 2024-01-01\nA trained 2024-03-01\nA result 2024-02-01\n"), three)
    assert found.steps["early"].tolist() == [0, 0, 1]


def test_waiting_counts_from_the_last_step_before(company, three):
    found = conformance(company(STRAIGHT), three)
    assert step(found, "trained")["waiting_median"] == 10
    assert step(found, "result")["waiting_median"] == 20


def test_those_who_still_wait_lengthen_the_median(company, three):
    waiting = "".join(f"{name} signed 2024-01-01\n" for name in "XYZ")
    found = conformance(company(STRAIGHT + waiting), three)
    assert pd.isna(step(found, "trained")["waiting_median"])  # one of four


def test_those_who_left_waiting_never_arrive_and_lengthen_the_median_too(company, three):
    steps = STRAIGHT + "X signed 2024-01-01\nY signed 2024-01-01\n"
    found = conformance(company(steps, left={"X": "2024-01-05", "Y": "2024-01-06"}), three)
    assert pd.isna(step(found, "trained")["waiting_median"])  # one of three


def test_who_signed_lately_is_not_yet_due(company, three):
    book = company(STRAIGHT + "D signed 2024-06-25\n")
    accounts = book.accounts.assign(signed_on=pd.to_datetime(["2024-01-01", "2024-06-25"]))
    found = conformance(Book({**book.tables, "accounts": accounts}, book.as_of), three)
    assert found.steps["accounts"].tolist() == [2, 1, 1]


def test_who_was_signed_before_the_records_is_left_out_and_counted(company, three):
    book = company(STRAIGHT + "D signed 2024-01-01\n")
    accounts = book.accounts.assign(observed_from=pd.to_datetime(["2024-01-01", "2024-03-01"]))
    found = conformance(Book({**book.tables, "accounts": accounts}, book.as_of), three)
    assert (found.n, found.entered_late) == (1, 1)


def test_what_follows_directly_is_counted_with_its_days(company, three):
    found = conformance(company(STRAIGHT), three)
    assert found.follows.set_index(["from", "to"])["median_days"].to_dict() == {
        ("signed", "trained"): 10,
        ("trained", "result"): 20,
    }


def test_a_log_without_a_step_of_the_main_way_is_refused_with_the_step_and_its_phase(company, three):
    with pytest.raises(NotReady, match=r"trained \(onboarding\)"):
        conformance(company(SKIPPED), three)


def test_evidence_that_is_not_there_is_told_all_at_once(company, three):
    book = company(STRAIGHT)
    bare = Book({name: book.tables[name] for name in ("accounts", "contracts")}, book.as_of)
    with pytest.raises(NotReady, match="journey_events"):
        observed(bare, three)


def test_all_of_our_tasks_done_counts_only_who_signed_long_enough_ago(company, three):
    found = completed(company(STRAIGHT + SKIPPED), three, 30)
    assert (found.estimate, found.n) == (0.5, 2)
    assert completed(company(STRAIGHT), three, 29).estimate == 0


def test_where_nobody_signed_long_enough_ago_there_is_no_share_of_tasks_done(company, three):
    found = completed(company(STRAIGHT), three, 3650)
    assert pd.isna(found.estimate) and found.n == 0


@pytest.fixture(scope="module")
def small() -> Book:
    """A simulated company, with no more than a map needs."""
    book = cslab.load("synthetic:tiny")
    needed = ("accounts", "contracts", "churn_events", "journey_events")
    return Book({name: book.tables[name] for name in needed}, book.as_of, window_start=book.window_start)


@pytest.mark.slow
@given(order=st.permutations(range(8)))
@settings(max_examples=5, deadline=None)
def test_the_order_of_rows_does_not_matter(small, order):
    parts = np.array_split(np.arange(len(small.journey_events)), len(order))
    rows = np.concatenate([parts[place][::-1] for place in order])
    shuffled = replace(small, tables={**small.tables, "journey_events": small.journey_events.iloc[rows]})
    again, found = conformance(shuffled), conformance(small)
    pd.testing.assert_frame_equal(again.steps, found.steps)
    pd.testing.assert_frame_equal(again.follows, found.follows)
    pd.testing.assert_frame_equal(again.variants, found.variants)


def test_nobody_waits_where_nobody_came():
    assert pd.isna(median(pd.DataFrame({"duration": [], "event": []}))[0])


def test_nothing_of_the_future_is_seen(small):
    day = pd.Timestamp("2023-12-31")
    later = small.journey_events.assign(
        happened_on=small.journey_events["happened_on"].clip(lower=day + pd.Timedelta(days=1))
    )
    events = small.journey_events
    changed = pd.concat([events[events["happened_on"] <= day], later[events["happened_on"] > day]])
    other = replace(small, tables={**small.tables, "journey_events": changed})
    pd.testing.assert_frame_equal(conformance(other.at(day)).steps, conformance(small.at(day)).steps)
