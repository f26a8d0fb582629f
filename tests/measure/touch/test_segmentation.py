"""Whether a segmentation tells who leaves, lasts, and has groups large enough."""

from __future__ import annotations

import pandas as pd
import pytest

import cslab
from cslab.book import Book
from cslab.faults import NotReady, UsageError
from cslab.measure import touch
from cslab.measure.touch import TierRule


@pytest.fixture
def half_leaves() -> Book:
    """A hundred customers, the small ones leave after half a year; a lot and a number of one's own tell nothing."""
    ids = [f"A{place:03d}" for place in range(100)]
    small = [place % 4 < 2 for place in range(100)]
    start = pd.Timestamp("2023-01-01")
    ends = [pd.Timestamp("2023-09-30") if one else pd.Timestamp("2025-01-01") for one in small]
    accounts = pd.DataFrame({"account_id": ids, "segment": ["smb" if one else "mid" for one in small]})
    accounts = accounts.assign(industry=[f"i{place // 2 % 7}" for place in range(100)], region=ids, signed_on=start)
    contracts = pd.DataFrame({"account_id": ids, "start": start, "end": ends, "mrr_amount": 100.0})
    return Book({"accounts": accounts.assign(observed_from=start), "contracts": contracts}, pd.Timestamp("2024-03-31"))


def test_the_segmentation_that_decides_is_always_right_and_others_are_no_use(half_leaves: Book) -> None:
    ways = {"size": "segment", "each alone": "region"}
    found = touch.segmentations(half_leaves, ways, horizon=12).set_index("segmentation")
    assert found.loc["size", "estimate"] == pytest.approx(1.0)
    assert found.loc["each alone", "estimate"] == pytest.approx(0.5)
    assert found["groups"].tolist() == [2, 100] and found["smallest"].tolist() == [50, 1]


def test_a_rule_by_todays_mrr_moves_customers_and_one_by_signing_does_not() -> None:
    book = cslab.load("synthetic:tiny?accounts=400")
    ways = {name: TierRule(name, 80e3, 400e3, amount=name) for name in ("signing", "now")}
    moved = touch.segmentations(book, ways).set_index("segmentation")["moved"]
    assert moved["signing"] == 0 < moved["now"]


@pytest.mark.slow
def test_the_size_of_customers_tells_who_leaves_and_the_region_does_not() -> None:
    book = cslab.load("synthetic:default_jp?seed=2&accounts=1500")
    found = touch.segmentations(book, {"size": "segment", "region": "region"}).set_index("segmentation")
    assert found.loc["size", "low"] > 0.5 and found.loc["region", "low"] < 0.5 < found.loc["region", "high"] + 0.03


def test_columns_that_are_not_there_and_no_way_at_all_are_refused(half_leaves: Book) -> None:
    with pytest.raises(NotReady, match="plan"):
        touch.segmentations(half_leaves, {"plan": "plan"})
    with pytest.raises(UsageError, match="at least one segmentation"):
        touch.segmentations(half_leaves, {})
