"""Hours go where they bring most; how far from the best that may be is known and small."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from cslab.faults import UsageError
from cslab.measure.allocation import allocate

HOURS = np.array([0.15, 1.6, 6.5])


def exact(value: np.ndarray, hours: np.ndarray, capacity: float) -> float:
    """The best there is, by integer programming."""
    n, options = value.shape
    one_each = np.kron(np.eye(n), np.ones(options))
    found = milp(
        -value.ravel(),
        constraints=[LinearConstraint(one_each, 1, 1), LinearConstraint(hours.reshape(1, -1), ub=capacity)],
        integrality=np.ones(value.size),
        bounds=Bounds(0, 1),
    )
    return -float(found.fun)


def books(accounts: int) -> st.SearchStrategy[np.ndarray]:
    """Values of three tiers to some accounts."""
    return st.lists(
        st.tuples(*[st.floats(-10, 100, allow_subnormal=False)] * 3), min_size=accounts, max_size=accounts
    ).map(np.array)


@pytest.mark.slow
@given(books(9), st.floats(0.05, 1.2))
def test_the_best_lies_between_what_is_reached_and_the_bound(value, room):
    hours = np.tile(HOURS, (len(value), 1))
    capacity = 0.15 * 9 + room * 6.35 * 9
    found, best = allocate(value, hours, capacity), exact(value, hours, capacity)
    assert found.hours <= capacity + 1e-6
    assert found.value == pytest.approx(value[np.arange(9), found.choice].sum())
    assert found.value <= best + 1e-6 <= found.bound + 2e-6
    widest = np.ptp(value, axis=1).max()
    assert found.bound - found.value <= widest + 1e-6


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_many_accounts_the_gap_is_small(seed):
    luck = np.random.default_rng(seed)
    value = np.cumsum(luck.lognormal(0, 1, (2000, 3)), axis=1)
    found = allocate(value, np.tile(HOURS, (2000, 1)), capacity=3000)
    assert 0 <= found.gap < 0.001 and 2990 < found.hours <= 3000


def test_with_hours_in_plenty_everybody_gets_what_is_best():
    value = np.array([[1.0, 3.0, 2.0], [1.0, 2.0, 5.0]])
    found = allocate(value, np.tile(HOURS, (2, 1)), capacity=100)
    assert found.choice.tolist() == [1, 2] and found.gap == 0 and found.price == 0


def test_touch_that_does_nothing_gets_no_hours():
    found = allocate(np.ones((5, 3)), np.tile(HOURS, (5, 1)), capacity=20)
    assert found.choice.tolist() == [0] * 5 and found.gap == 0


def test_more_hours_are_never_worth_less():
    value = np.cumsum(np.random.default_rng(4).lognormal(0, 1, (300, 3)), axis=1)
    bounds = [allocate(value, np.tile(HOURS, (300, 1)), capacity).bound for capacity in (60, 120, 240, 480, 960, 1950)]
    assert (np.diff(bounds) >= -1e-9).all()


def test_hours_that_do_not_suffice_for_anybodys_least_are_refused():
    with pytest.raises(UsageError, match=r"1\.5"):
        allocate(np.ones((10, 3)), np.tile(HOURS, (10, 1)), capacity=1)
