"""Holm's p-values: those of statsmodels, whatever the order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from cslab.measure.holm import holm


@pytest.mark.slow
def test_they_are_those_of_statsmodels():
    for size in (1, 2, 7, 20):
        p_values = np.random.default_rng(size).random(size) ** 3
        np.testing.assert_allclose(holm(p_values), multipletests(p_values, method="holm")[1], rtol=1e-12)


@given(st.lists(st.floats(0, 1), max_size=20), st.randoms())
def test_their_order_does_not_matter_and_none_is_below_its_own(p_values: list[float], chance):
    order = chance.sample(range(len(p_values)), len(p_values))
    adjusted = holm(p_values)
    assert holm([p_values[place] for place in order]).tolist() == [adjusted[place] for place in order]
    assert (adjusted >= p_values).all() and (adjusted <= 1).all()
