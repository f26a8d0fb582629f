"""Ratios, shares and medians of groups: the same as those of one group alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.measure.clusters import Rows, medians, ratios, shares, shares_by_account
from cslab.measure.estimate import ratio, wilson

ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, 9), st.integers(1, 3)), min_size=1, max_size=30
)


def made(rows: list[tuple[int, int, int, int]]) -> Rows:
    """Rows of (account, group, part, base)."""
    account, group, part, base = (np.array(column) for column in zip(*rows, strict=True))
    return Rows(account, group, part.astype(float), base.astype(float), 3)


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_each_group_has_the_ratio_and_limits_that_it_has_alone(written):
    rows = made(written)
    found = ratios(rows, high=2.0)
    for group in range(3):
        inside = rows.within(rows.group == group)
        accounts = np.unique(inside.account)
        part, base = (
            np.array([one[inside.account == account].sum() for account in accounts])
            for one in (inside.part, inside.base)
        )
        alone = ratio(part.astype(float), base.astype(float), "mean", high=2.0)
        names = ("estimate", "low", "high", "std_error", "n")
        one = [getattr(found, name)[group] for name in names]
        assert one == pytest.approx([getattr(alone, name) for name in names], nan_ok=True)


def test_a_share_of_accounts_has_wilsons_limits():
    found = shares(Rows(np.arange(10), np.zeros(10, int), np.r_[1.0, np.zeros(9)], np.ones(10), 2))
    assert (found.low[0], found.high[0]) == wilson(1, 10)
    assert np.isnan(found.estimate[1]) and found.n[1] == 0


def test_rows_of_one_account_count_as_little_more_than_one():
    alike = Rows(
        np.repeat(np.arange(20), 10),
        np.zeros(200, int),
        np.repeat(np.arange(20) % 2, 10).astype(float),
        np.ones(200),
        1,
    )
    apart = Rows(np.arange(20), np.zeros(20, int), (np.arange(20) % 2).astype(float), np.ones(20), 1)
    width = [float(found.high[0] - found.low[0]) for found in (shares_by_account(alike), shares(apart))]
    assert width[0] == pytest.approx(width[1], rel=0.05)


def test_medians_go_by_their_own_group():
    rows = Rows(np.arange(7), np.array([0, 0, 0, 2, 2, 2, 2]), np.array([5.0, 1, 3, 8, 2, 6, 4]), np.ones(7), 3)
    found = medians(rows)
    assert found.estimate[[0, 2]].tolist() == [3.0, 5.0]
    assert np.isnan(found.estimate[1])
    assert (found.low[[0, 2]] <= found.estimate[[0, 2]]).all() and (found.estimate[[0, 2]] <= found.high[[0, 2]]).all()
