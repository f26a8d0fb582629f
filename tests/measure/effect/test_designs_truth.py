"""Designs find what is true of simulated companies, and nothing where there is nothing. Full study: tests/bench."""

from __future__ import annotations

import pytest

from tests.bench.bench_designs_truth import groups, invitation, lot, threshold
from tests.measure.coverage import holds

pytestmark = pytest.mark.slow

SEEDS = range(1, 21)
PURE, DRAWN = "no_effect?policy=pure_rule", "no_effect?policy=rct"


def covered(found) -> int:
    """How often the limits hold the truth."""
    return sum(one.low <= true <= one.high for one, true in found)


@pytest.mark.parametrize("adjusted", [False, True])
def test_a_lot_finds_what_mid_touch_brings(adjusted):
    assert holds(covered(lot(SEEDS, adjusted=adjusted)), len(SEEDS))


def test_each_group_against_those_still_waiting_finds_what_a_campaign_brought_them():
    assert holds(covered(groups(SEEDS)), len(SEEDS))


def test_two_way_fixed_effects_miss_views_that_come_and_go_and_the_right_way_does_not():
    right, wrong = (groups(range(1, 11), "training", "training_views", wrong=how) for how in (False, True))
    assert covered(right) >= 7 and covered(wrong) == 0


def test_an_invitation_finds_what_guided_onboarding_brings():
    assert holds(covered(invitation(SEEDS)), len(SEEDS))


@pytest.mark.parametrize(
    "found",
    [
        lambda: threshold(SEEDS, PURE, 0.0),
        lambda: lot(SEEDS, DRAWN, true=False),
        lambda: lot(SEEDS, DRAWN, adjusted=True, true=False),
        lambda: groups(SEEDS, effect=0.0),
        lambda: invitation(SEEDS, effect=0.0),
    ],
    ids=["threshold", "lot", "lot, adjusted", "groups", "invitation"],
)
def test_without_an_effect_no_design_sees_one_more_often_than_it_says(found):
    assert len(SEEDS) - covered(found()) <= 5  # the most that a chance of 5 % brings in twenty, at .001
