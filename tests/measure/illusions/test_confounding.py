"""Confounding by size and by trouble: tiers as they are against tiers by lot, on the same customers."""

from __future__ import annotations

import numpy as np
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure.illusions import override_flip, tier_gap
from tests.measure.coverage import holds

SOURCE = "synthetic:default_jp?seed=7&accounts=1500"


@pytest.fixture(scope="module")
def book() -> cslab.Book:
    return cslab.load(SOURCE)


@pytest.mark.slow
def test_by_the_rule_no_large_customer_has_its_like_in_tech_touch(book: cslab.Book):
    found = tier_gap(book)
    assert found.better is None
    assert "no_overlap" in found.counts["refused"]


def test_the_gap_between_tiers_flatters_touch(book: cslab.Book):
    found = tier_gap(book)
    assert found.naive.estimate < found.truth < -0.07


@pytest.mark.slow
def test_inside_one_segment_more_touch_looks_harmful_and_is_not(book: cslab.Book):
    found = override_flip(book)
    assert found.counts["group"] == "smb"
    assert found.naive.low > 0 > found.truth
    assert found.counts["left_mid"].estimate > found.counts["left_tech"].estimate


def test_the_group_is_compared_in_the_range_of_mrr_that_both_tiers_have(book: cslab.Book):
    sizes = book.accounts.query("segment == 'smb'")
    assert override_flip(book).counts["customers"] < len(sizes)


@pytest.mark.slow
def test_without_an_override_the_flip_is_gone():
    found = override_flip(cslab.load(f"{SOURCE}&policy=rct"))
    assert found.naive.estimate < 0


@pytest.mark.slow
def test_where_a_lot_decides_there_is_a_better_number_too():
    found = tier_gap(cslab.load(f"{SOURCE}&policy=rct"))
    assert found.better is not None
    assert found.better.low <= found.truth <= found.better.high


def test_an_unknown_column_is_answered_with_the_nearest(book: cslab.Book):
    with pytest.raises(UsageError, match="segment"):
        override_flip(book, within="segmnt")


def test_a_tier_that_nobody_has_is_refused(book: cslab.Book):
    with pytest.raises(NotReady, match="vip"):
        tier_gap(book, ("vip", "tech"))
    with pytest.raises(NotReady, match="vip"):
        override_flip(book, arms=("vip", "tech"))


def test_a_horizon_beyond_the_records_is_refused(book: cslab.Book):
    with pytest.raises(NotReady, match="shorter horizon"):
        tier_gap(book, horizon=300)


@pytest.mark.slow
def test_by_lot_the_gap_covers_the_truth_and_by_rule_it_does_not_on_the_mean():
    lot = [tier_gap(cslab.load(f"synthetic:default_jp?seed={seed}&accounts=2000&policy=rct")) for seed in range(1, 21)]
    assert holds(sum(one.naive.low <= one.truth <= one.naive.high for one in lot), len(lot))
    rule = [tier_gap(cslab.load(f"synthetic:default_jp?seed={seed}&accounts=2000")) for seed in range(1, 21)]
    error = np.std([one.bias for one in rule], ddof=1) / np.sqrt(len(rule))
    assert np.mean([one.bias for one in rule]) < -2 * error
