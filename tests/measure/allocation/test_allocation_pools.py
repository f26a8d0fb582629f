"""Hours of several pools: each keeps its own, what is left out is known, and what cannot be done is named."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from cslab.faults import UsageError
from cslab.measure.allocation import allocate, in_pools

HOURS = np.array([0.05, 0.15, 1.6, 6.5])


def exact(value: np.ndarray, hours: np.ndarray, capacity: np.ndarray, gap: float = 0.0) -> float:
    """The best there is, by integer programming."""
    from scipy.sparse import csr_matrix, kron, vstack

    n, options = value.shape
    one_each = kron(csr_matrix(np.eye(n)), np.ones((1, options)))
    pools = csr_matrix(hours.reshape(n * options, -1).T)
    found = milp(
        -value.ravel(),
        constraints=LinearConstraint(
            vstack([one_each, pools]), np.r_[np.ones(n), np.full(len(capacity), -np.inf)], np.r_[np.ones(n), capacity]
        ),
        integrality=np.ones(value.size),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": gap},
    )
    return -float(found.fun)


def book(n: int, pools: int, seed: int, apart: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, hours and capacities: each account in one pool, or every option taking something of each."""
    luck = np.random.default_rng(seed)
    value = np.cumsum(luck.lognormal(0, 1, (n, 4)), axis=1) * luck.lognormal(0, 1, (n, 1))
    if apart:
        hours = in_pools(np.tile(HOURS, (n, 1)), luck.integers(0, pools, n), pools)
    else:
        hours = luck.dirichlet(np.ones(pools), (n, 4)) * HOURS[None, :, None]
    least = hours.min(axis=1).sum(axis=0)
    return value, hours, least + luck.uniform(0.05, 0.6, pools) * (hours.max(axis=1).sum(axis=0) - least)


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_best_of_a_hundred_accounts_lies_between_what_is_reached_and_the_bound(seed, apart):
    value, hours, capacity = book(100, 3, seed, apart)
    found = allocate(value, hours, capacity)
    best = exact(value, hours, capacity, 1e-3)  # what it finds may be better still by a thousandth
    assert (found.used <= capacity + 1e-6).all()
    assert found.value <= best * 1.001 + 1e-6
    assert best <= found.bound + 1e-6
    assert found.gap < 0.02


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("apart", [True, False])
def test_five_hundred_accounts_come_within_half_a_hundredth_of_the_integer_programme(seed, apart):
    value, hours, capacity = book(500, 6, seed, apart)
    found, best = allocate(value, hours, capacity), exact(value, hours, capacity, 1e-3)
    assert 0.995 * best <= found.value <= best * 1.001 and best <= found.bound + 1e-6


@given(st.integers(1, 10_000), st.integers(2, 40), st.integers(1, 4))
@settings(max_examples=25)
def test_no_pool_gives_more_than_it_has_and_nothing_beats_the_bound(seed, n, pools):
    value, hours, capacity = book(n, pools, seed, apart=True)
    found = allocate(value, hours, capacity)
    assert (found.used <= capacity * (1 + 1e-8) + 1e-8).all() and found.value <= found.bound + 1e-6


def test_pools_that_share_no_account_are_as_good_as_one_problem_each():
    value, hours, capacity = book(60, 2, 5, apart=True)
    together = allocate(value, hours, capacity)
    for pool in range(2):
        mine = hours[:, 3, pool] > 0
        alone = allocate(value[mine], hours[mine, :, pool], float(capacity[pool]))
        assert value[mine, together.choice[mine]].sum() == pytest.approx(alone.value, rel=0.02)
        assert together.used[pool] <= capacity[pool] + 1e-9


def test_a_pool_without_hours_leaves_its_accounts_with_what_takes_none_and_the_others_alone():
    value = np.array([[0.0, 5.0], [0.0, 5.0]])
    hours = in_pools(np.array([[0.0, 2.0], [0.0, 2.0]]), np.array([0, 1]), 2)
    found = allocate(value, hours, [0.0, 2.0], pools=("east", "west"))
    assert found.choice.tolist() == [0, 1]
    table = found.table().set_index("pool")
    assert table["hours"].to_dict() == {"east": 0.0, "west": 2.0}
    assert table.loc["east", "hour_worth_amount"] == pytest.approx(2.5, rel=1e-4)


def test_hours_nobody_wants_cost_nothing():
    found = allocate(np.array([[1.0, 2.0]] * 3), np.array([[[1.0, 0.0], [0.0, 1.0]]] * 3), [9.0, 1.0])
    assert found.choice.sum() == 1 and found.prices[0] == 0 and found.prices[1] == pytest.approx(1, rel=1e-4)


def test_every_pool_that_is_too_small_is_named_with_what_it_lacks():
    hours = in_pools(np.tile([1.0, 4.0], (5, 1)), np.array([0, 0, 0, 1, 2]), 3)
    with pytest.raises(UsageError) as caught:
        allocate(np.ones((5, 2)), hours, [2.0, 0.0, 9.0], pools=("east", "north", "west"))
    text = str(caught.value)
    assert "east" in text and "north" in text and "west" not in text
    assert {fault.values["pool"]: fault.values["short"] for fault in caught.value.faults} == {
        "east": "1.0",
        "north": "1.0",
    }


def test_pools_that_suffice_one_by_one_but_not_together_are_refused():
    either = np.array([[[1.0, 0.0], [0.0, 1.0]]] * 4)  # each account takes an hour of the one or of the other
    with pytest.raises(UsageError) as caught:
        allocate(np.ones((4, 2)), either, [1.0, 1.0])
    assert caught.value.faults[0].key == "allocation.no_plan"


def test_where_one_pool_is_full_the_work_goes_to_the_other():
    either = np.array([[[1.0, 0.0], [0.0, 1.0]]] * 4)
    found = allocate(np.tile([5.0, 1.0], (4, 1)), either, [3.0, 1.0])
    assert found.used.tolist() == [3.0, 1.0] and found.value == 16


@pytest.mark.parametrize(
    ("value", "hours", "capacity", "key"),
    [
        (np.zeros((0, 2)), np.zeros((0, 2)), 1.0, "allocation.empty"),
        (np.zeros((2, 2)), np.zeros((2, 3)), 1.0, "allocation.shapes"),
        (np.zeros((2, 2)), np.zeros((2, 2)), [1.0, 2.0], "allocation.shapes"),
        (np.array([[np.nan, 1.0]]), np.zeros((1, 2)), 1.0, "allocation.missing"),
        (np.zeros((1, 2)), np.array([[-1.0, 1.0]]), 1.0, "allocation.negative"),
        (np.zeros((1, 2)), np.zeros((1, 2)), -1.0, "allocation.negative"),
        (np.zeros((1, 2)), np.zeros((1, 2)), np.inf, "allocation.missing"),
    ],
)
def test_numbers_that_make_no_sense_are_refused_by_name(value, hours, capacity, key):
    with pytest.raises(UsageError) as caught:
        allocate(value, hours, capacity)
    assert [fault.key for fault in caught.value.faults] == [key]


def test_several_faults_are_told_at_once():
    with pytest.raises(UsageError) as caught:
        allocate(np.array([[np.nan, 1.0]]), np.array([[-1.0, 1.0]]), -2.0)
    assert len(caught.value.faults) == 3
