"""The mean lag of an effect, on series whose lag is seen by eye."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.measure.effect.tried import NotComparable
from cslab.measure.impact.delay import between, delay
from cslab.measure.impact.exposure import of_frame

MONTHS = pd.date_range("2024-01-01", periods=20, freq="MS")
TURN = 2


def turns(n: int):
    """So many customers, every other one by lot in the programme, all in the third month."""
    rows = pd.DataFrame({"account_id": [f"a{k}" for k in range(n)], "turn": MONTHS[TURN], "arm": np.arange(n) % 2 == 0})
    return of_frame(rows)


def series(arrived, n: int = 40, noise: float = 0.0, seed: int = 0, size: float = 1.0) -> pd.DataFrame:
    """A number that is ``size`` higher for participants once all has arrived, and by these shares of it before."""
    shares = np.ones(len(MONTHS))
    shares[:TURN] = 0
    shares[TURN : TURN + len(arrived)] = arrived
    values = 5 + size * np.outer(np.arange(n) % 2 == 0, shares)
    values = values + noise * np.random.default_rng(seed).standard_normal(values.shape)
    return pd.DataFrame(values, [f"a{k}" for k in range(n)], MONTHS)


@pytest.mark.parametrize(
    ("arrived", "lag"),
    [
        ([1, 1, 1, 1], 0.0),  # at once
        ([0, 0, 1, 1], 1.5),  # between the first and the second month
        ([0, 0.5, 1, 1], 1.0),  # evenly over the first two months
        ([0, 0, 0.5, 1], 2.0),  # evenly between one month and three
        ([0, 0, 0, 0], 3.5),
    ],
)
def test_the_lag_is_when_the_effect_arrives_on_average(arrived, lag) -> None:
    found = delay(series(arrived), turns(40), due=4)
    assert found.lag.estimate == pytest.approx(lag)


def test_an_effect_that_goes_down_has_the_same_lag_as_one_that_goes_up() -> None:
    found = delay(series([0, 0, 0.5, 1], size=-3.0), turns(40), due=4)
    assert found.lag.estimate == pytest.approx(2.0)


def test_what_is_largest_at_first_and_fades_has_come_at_once() -> None:
    lag = delay(series([3, 2, 2, 1], noise=0.1), turns(40), due=4).lag
    assert (lag.estimate, lag.low, lag.high) == (0.0, 0.0, 0.25)  # records are by the month


def test_lags_along_a_road_add_up() -> None:
    first, second = delay(series([0, 1]), turns(40), due=2), delay(series([0, 0, 0, 0.5, 1]), turns(40), due=5)
    link, seen = between(first, second)
    assert seen
    assert first.lag.estimate + link.estimate == pytest.approx(second.lag.estimate)


@pytest.mark.slow
def test_the_limits_hold_the_truth_nine_times_in_ten() -> None:
    shares, who = [0, 0, 0.5, 1], turns(120)
    found = [delay(series(shares, 120, 1.0, seed), who, due=4).lag for seed in range(60)]
    assert 46 <= sum(one.low <= 2.0 <= one.high for one in found) <= 60


def test_without_an_effect_nothing_is_said_of_its_lag() -> None:
    luck = pd.DataFrame(np.tile([0.0, 0, 1, 1], 5)[:, None] + np.zeros((20, 20)), [f"a{k}" for k in range(20)], MONTHS)
    luck.iloc[:, TURN:] += np.random.default_rng(0).standard_normal((20, 18))
    found = delay(luck, turns(20), due=4)
    assert not found.seen
    assert (found.lag.low, found.lag.high) == (0.0, 4.0)
    assert not between(found, delay(series([0, 1], 20), turns(20), due=2))[1]


def test_more_customers_make_the_limits_narrower() -> None:
    few, many = (delay(series([0, 0, 0.5, 1], n, 1.0), turns(n), due=4).lag for n in (60, 960))
    assert many.high - many.low < 0.5 * (few.high - few.low)


def test_who_is_alone_has_no_lag() -> None:
    with pytest.raises(NotComparable):
        delay(series([0, 1], 2), turns(2), due=2)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.floats(0.1, 100), st.floats(-50, 50))
def test_units_do_not_matter(scale: float, shift: float) -> None:
    rows, who = series([0, 0.3, 0.9, 1], noise=0.2), turns(40)
    one, other = delay(rows, who, due=4).lag, delay(scale * rows + shift, who, due=4).lag
    assert other.estimate == pytest.approx(one.estimate, rel=1e-6)
    assert math.isclose(other.high, one.high, rel_tol=1e-6)
