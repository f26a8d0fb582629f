"""Work is spread evenly over the CSMs, and nobody is passed on without need."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure.allocation import assign

WORK = st.lists(st.sampled_from([0.15, 1.6, 6.5]), min_size=1, max_size=60)


@given(WORK, st.lists(st.floats(10, 130), min_size=1, max_size=6))
def test_every_account_has_one_csm_and_nobody_is_further_above_the_fair_part_than_the_largest_account(work, capacity):
    found = assign(work, [sum(work) * one / 10 for one in capacity])  # each has hours for all of it, or more
    assert found.load.sum() == pytest.approx(sum(work)) and found.accounts.sum() == len(work)
    assert (found.load - found.fair).max() <= max(work) + 1e-9


def test_thirty_csms_with_a_few_hundred_accounts_each_share_the_work_to_two_hundredths():
    luck = np.random.default_rng(1)
    work = luck.choice([0.15, 1.6, 6.5], 6000, p=[0.6, 0.3, 0.1])
    capacity = np.where(np.arange(30) < 4, 140.0, 280.0)  # four part-time
    found = assign(work, capacity)
    assert found.overload < 0.02
    assert found.load[0] == pytest.approx(found.load[29] / 2, rel=0.02)


def test_who_has_room_keeps_the_accounts_and_only_what_is_too_much_moves():
    found = assign([1.0] * 10, [5.0, 5.0], present=[0] * 7 + [1] * 3)
    assert found.moved == 2 and found.accounts.tolist() == [5, 5]


def test_new_accounts_are_not_counted_as_moved():
    assert assign([1.0, 1.0], [5.0, 5.0], present=[-1, -1]).moved == 0


def test_a_csm_who_is_away_gets_nothing_and_loses_what_there_was():
    found = assign([2.0, 1.0, 1.0], [0.0, 100.0], present=[0, 0, 1])
    assert found.csm.tolist() == [1, 1, 1] and found.moved == 2 and found.overload == 0
    assert np.isnan(found.table()["utilisation"][0])


def test_each_pool_is_served_by_its_own_csms():
    found = assign([1.0] * 6, [9.0] * 3, pool=[0, 0, 0, 0, 1, 1], csm_pool=[0, 1, 0])
    assert found.accounts.tolist() == [2, 2, 2]
    assert found.csm[4:].tolist() == [1, 1]


def test_a_pool_with_work_and_nobody_there_is_named():
    with pytest.raises(UsageError, match=r"7.*3\.0"):
        assign([1.0, 3.0], [9.0], pool=[0, 7], csm_pool=[0])


def test_pools_may_have_names_and_the_ones_with_too_few_hours_are_told_with_what_they_lack():
    found = assign([1.0, 1.0, 2.0], [9.0, 9.0], pool=["a", "b", "a"], csm_pool=["b", "a"])
    assert found.csm.tolist() == [1, 0, 1]
    with pytest.raises(UsageError) as caught:
        assign([3.0, 3.0, 2.0], [1.0, 1.0, 9.0], pool=["a", "a", "b"], csm_pool=["a", "a", "b"])
    (fault,) = caught.value.faults
    assert fault.values == {"pool": "a", "hours": "6.0", "there": "2.0", "short": "4.0"}


def test_work_that_just_fits_is_not_refused():
    assert assign([0.1] * 30, [1.0, 1.0, 1.0]).overload == pytest.approx(0)


@pytest.mark.parametrize("present", [[0, 2], [0, -2], [0, np.nan], [0, "Sato"]])
def test_a_present_csm_that_there_is_not_is_named(present):
    with pytest.raises(UsageError, match="from 0 to 1") as caught:
        assign([1.0, 1.0], [9.0, 9.0], present=present)
    assert caught.value.faults[0].values["count"] == 1


def test_columns_of_another_length_are_told_all_at_once():
    with pytest.raises(UsageError) as caught:
        assign([1.0, 1.0], [9.0], present=[0], pool=["a"], csm_pool=["a", "a"])
    assert [fault.values["name"] for fault in caught.value.faults] == ["pool", "csm_pool", "present"]


@pytest.mark.parametrize(("work", "capacity"), [([np.nan], [1.0]), ([1.0], [np.nan]), ([-1.0], [1.0]), ([1.0], [-1.0])])
def test_missing_and_negative_numbers_are_refused(work, capacity):
    with pytest.raises(UsageError):
        assign(work, capacity)
