"""What quarters have in common, on drawn quarters whose shock is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.measure.renewal.shock import alone, learned, shifted
from tests.measure.coverage import acceptable

LEVEL = 0.8


def held(spread: float, quarters: int, draws: int) -> dict[str, int]:
    """How often 80 % limits of a drawn quarter hold what comes."""
    rng, hits = np.random.default_rng(3), {"shock": 0, "alone": 0}
    for _ in range(draws):
        chances = [rng.uniform(0.6, 0.95, 60) for _ in range(quarters + 1)]
        came = [int((rng.random(60) < shifted(one, rng.normal(0, spread))).sum()) for one in chances]
        shock, last = learned(chances[:-1], came[:-1]), chances[-1]
        sums = {"shock": shock.sums(last, np.ones(60), 800), "alone": alone(last, np.ones(60), 800)}
        for name, values in sums.items():
            low, high = np.quantile(values, [0.1, 0.9], method="inverted_cdf")
            hits[name] += int(low <= came[-1] <= high)
    return hits


def test_a_way_that_said_four_in_five_where_half_renewed_is_known_to_lean() -> None:
    shock = learned([np.full(200, 0.8)] * 8, [100] * 8)
    assert shock.leaning == pytest.approx(np.log(1) - np.log(4), abs=0.1)


def test_quarters_that_swing_beyond_luck_have_a_spread_and_quarters_that_do_not_have_little() -> None:
    swinging = learned([np.full(400, 0.5)] * 8, [280, 120] * 4)
    steady = learned([np.full(400, 0.5)] * 8, [200] * 8)
    assert swinging.spread > 0.5 > 0.2 > steady.spread


def test_what_is_counted_when_all_are_as_good_as_certain_is_nearly_everything() -> None:
    assert alone(np.ones(10), np.full(10, 5.0)).mean() == pytest.approx(50, abs=0.5)


def test_nothing_open_brings_nothing() -> None:
    assert set(learned([], []).sums(np.array([]), np.array([]), 100)) == {0.0}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.05, 0.95), min_size=1, max_size=12), st.integers(0, 12))
def test_what_a_quarter_may_bring_lies_between_nothing_and_everything(chances: list[float], renewed: int) -> None:
    known = np.array(chances)
    sums = learned([known], [min(renewed, len(known))]).sums(known, np.ones(len(known)), 200)
    assert 0 <= sums[0] <= sums[-1] <= len(known)


@pytest.mark.slow
def test_limits_that_know_of_shocks_hold_as_often_as_they_say_and_independent_ones_do_not() -> None:
    hits = held(0.6, 12, 400)
    low, high = acceptable(400, LEVEL)
    assert low <= hits["shock"] <= high
    assert hits["alone"] < low


@pytest.mark.slow
def test_limits_hold_at_least_as_often_as_they_say_where_there_is_no_shock() -> None:
    assert held(0.0, 8, 400)["shock"] >= acceptable(400, LEVEL)[0]
