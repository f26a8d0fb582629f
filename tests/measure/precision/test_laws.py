"""The formulas of precision do what they say: effects of the size they name are seen as often as was asked."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure.precision.laws import (
    Sureness,
    fall,
    hazards,
    interval,
    jump,
    ranking,
    shocked,
    slope,
    two_shares,
)
from cslab.measure.precision.quarters import beyond_chance
from cslab.measure.precision.result import Precision
from tests.measure.coverage import holds

SURE = Sureness()
CASES = {
    "an interval": interval(0.1),
    "two shares": two_shares(0.2, 900, 300, SURE),
    "two hazards": hazards(200, 0.3, SURE),
    "a sign": slope(200, 1.0, SURE),
    "a ranking": ranking(0.75, 100, 900),
    "a jump": jump(np.linspace(-1, 1, 4000), 0.0, 1.0, 0.2, SURE),
    "a fall": fall(0.2, 1 / 800, 1 / 800, SURE),
    "a quarter": shocked(0.09, 50, 0.02),
}


@given(st.sampled_from(sorted(CASES)), st.floats(1, 50), st.floats(1.01, 4))
def test_more_customers_never_make_it_less_precise(name, times, more):
    assert CASES[name](times * more) <= CASES[name](times)


def test_four_times_as_many_customers_halve_an_interval():
    assert CASES["an interval"](4) == pytest.approx(CASES["an interval"](1) / 2)


def test_two_plain_means_see_what_two_shares_see():
    assert fall(0.2, 1 / 900, 1 / 900, SURE)(1) == pytest.approx(two_shares(0.2, 900, 900, SURE)(1), rel=0.02)


def test_an_effect_of_the_size_named_is_just_seen_by_who_asks_for_less_power():
    assert two_shares(0.2, 906, 906, Sureness(0.5))(1) < two_shares(0.2, 906, 906, SURE)(1) == pytest.approx(0.05, 0.01)


def test_no_share_falls_below_nothing():
    assert math.isnan(two_shares(0.2, 10, 10, SURE)(1)) and math.isnan(fall(0.02, 1 / 200, 1 / 200, SURE)(1))


def test_without_departures_nothing_is_seen():
    assert math.isnan(hazards(0, 0.5, SURE)(1)) and math.isnan(ranking(0.75, 0, 50)(1))


def test_a_shock_that_all_share_is_not_averaged_away():
    assert shocked(0.09, 1e12, 0.05)(1e6) == pytest.approx(1.96 * 0.05, abs=1e-3)


def test_a_straight_line_on_either_side_errs_as_the_textbook_says():
    """Triangular weights give 4.8 times the variance of one outcome over the customers of a side (uniform places)."""
    plain = fall(0.2, 4.8 / 2000, 4.8 / 2000, SURE)(1)
    assert jump(np.linspace(-1, 1, 4000), 0.0, 1.0, 0.2, SURE)(1) == pytest.approx(plain, rel=0.01)


@pytest.mark.parametrize(("power", "level"), [(0.0, 0.05), (1.2, 0.05), (0.8, 1.0), (0.03, 0.05)])
def test_chances_that_are_none_are_refused(power, level):
    with pytest.raises(UsageError):
        Sureness(power, level)


def logrank(hazard: float, sides: int, draws: np.random.Generator) -> float:
    """The log-rank statistic of two groups of whom everybody leaves, one ``hazard`` times as fast."""
    days = np.concatenate([draws.exponential(1, sides), draws.exponential(1 / hazard, sides)])
    fast = np.repeat([0.0, 1.0], sides)[np.argsort(days)]
    at_risk = np.arange(2 * sides, 0, -1)
    share = np.cumsum(fast[::-1])[::-1] / at_risk
    return float((fast - share).sum() / math.sqrt((share * (1 - share)).sum()))


def test_the_log_rank_test_sees_the_ratio_of_hazards_that_is_named_four_times_in_five():
    draws, ratio = np.random.default_rng(1), hazards(200, 0.5, SURE)(1)
    seen = sum(logrank(ratio, 100, draws) > 1.96 for _ in range(2000))
    assert holds(seen, 2000, 0.8)


def test_the_interval_of_an_auc_is_as_wide_as_its_spread_over_companies():
    draws, left, stayed = np.random.default_rng(2), 60, 540
    ahead = math.sqrt(2) * 0.6744897501960817  # two normal scores so far apart rank 75 in 100 pairs rightly
    found = []
    for _ in range(400):
        scores = np.concatenate([draws.normal(ahead, 1, left), draws.normal(0, 1, stayed)])
        ranks = scores.argsort().argsort()[:left] + 1
        found.append((ranks.sum() - left * (left + 1) / 2) / (left * stayed))
    assert 1.96 * np.std(found) == pytest.approx(ranking(0.75, left, stayed)(1), rel=0.12)


def test_how_much_quarters_move_is_found_again_from_their_renewals():
    draws = np.random.default_rng(3)
    found = []
    for _ in range(200):
        share = np.clip(draws.normal(0.85, 0.05, 40), 0, 1)
        found.append(beyond_chance(draws.binomial(200, share), np.full(40, 200)) ** 2)
    assert math.sqrt(np.mean(found)) == pytest.approx(0.05, rel=0.08)


def test_quarters_that_only_chance_moves_have_almost_no_shock():
    draws = np.random.default_rng(4)
    found = [beyond_chance(draws.binomial(200, 0.85, 40), np.full(40, 200)) for _ in range(200)]
    assert np.mean(np.square(found)) < 0.1 * 0.85 * 0.15 / 200


def one(law, n: int = 100, aim: float = 0.1) -> Precision:
    return Precision("00", "lost", "width", "share", 0.2, n, 0, aim, "own_interval", law)


@given(st.integers(1, 10_000), st.floats(0.001, 0.5))
def test_with_the_customers_it_takes_the_aim_is_reached_and_with_one_less_it_is_not(n, aim):
    found = one(interval(0.1), n, aim)
    takes = found.customers()
    if takes is not None and takes > 1:
        assert found.at(takes / n) <= aim * (1 + 1e-6) and found.at((takes - 1) / n) > aim * (1 - 1e-6)


def test_where_a_shock_is_larger_than_the_aim_no_number_of_customers_is_enough():
    assert one(shocked(0.09, 100, 0.08)).customers() is None


def test_what_is_not_seen_at_all_is_not_enough():
    assert not one(lambda times: math.nan).enough and one(lambda times: math.nan).customers() is None
