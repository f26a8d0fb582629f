"""Regression to the mean: a pilot in which nothing is done has winners all the same."""

from __future__ import annotations

import numpy as np
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure.illusions import pilot, pilot_winners, top_mean


@pytest.fixture(scope="module")
def book() -> cslab.Book:
    return cslab.load("synthetic:default_jp?seed=1&accounts=800")


def test_the_mean_of_the_largest_is_that_of_the_largest():
    assert top_mean(np.array([5.0, 1.0, 4.0, 2.0, 3.0]), 2, "mean").estimate == 4.5


def test_a_lot_splits_all_who_can_be_read_into_halves(book: cslab.Book):
    rows = pilot(book).rows
    assert rows["pilot"].sum() == len(rows) // 2
    assert rows["account_id"].is_unique


def test_winners_are_those_who_rose_most_in_the_pilot(book: cslab.Book):
    run = pilot(book, top=5)
    rise = (run.rows["during"] - run.rows["before"])[run.rows["pilot"]]
    assert len(run.winners) == 5
    assert (run.winners["during"] - run.winners["before"]).min() >= rise.nlargest(6).min()


def test_nothing_was_done_and_yet_the_winners_rose(book: cslab.Book):
    found = pilot_winners(book)
    assert found.naive.low > 0.1
    assert found.better.low <= 0 <= found.better.high
    assert found.counts["kept"].estimate < found.naive.estimate


def test_more_winners_rose_less(book: cslab.Book):
    rises = [pilot_winners(book, top=top).naive.estimate for top in (5, 10, 20)]
    assert rises == sorted(rises, reverse=True)


@pytest.mark.slow
def test_winners_against_winners_cover_nothing_over_many_lots(book: cslab.Book):
    found = [pilot_winners(book, seed=seed).better for seed in range(60)]
    assert 51 <= sum(one.low <= 0 <= one.high for one in found) <= 60


def test_too_few_customers_for_so_many_winners_are_refused(book: cslab.Book):
    with pytest.raises(NotReady, match="smaller top"):
        pilot_winners(cslab.load("synthetic:tiny"), top=20)
    with pytest.raises(UsageError):
        pilot_winners(book, top=0)
