"""The CSMs that customers call for, and what the tiers are called."""

from __future__ import annotations

import pytest

import cslab
from cslab.measure import touch
from cslab.measure.plans import TIER_HOURS


def test_the_csms_called_for_are_the_hours_of_the_tiers_with_a_tenth_kept_free() -> None:
    book = cslab.load("synthetic:default_jp?seed=2&accounts=400")
    there = touch.present_tiers(book)
    assert touch.csms_truth(book) == pytest.approx(there.map(TIER_HOURS).sum() / (0.9 * 130), rel=0.1)


def test_nobody_knows_it_of_a_real_company() -> None:
    assert touch.csms_truth(cslab.load("synthetic:tiny").hide_truth()) is None


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_tier_and_every_mixture_of_two_has_a_name(lang: str) -> None:
    names = touch.called(lang)
    assert {"tech", "mid", "high", "community", "tech+mid", "tech+high", "mid+high"} == set(names)
    assert len(set(names.values())) == len(names) and names["mid"] in names["tech+mid"]
