"""How long customers can be expected to stay, and of which days that can be asked."""

import numpy as np
import pytest

from cslab import world
from cslab.faults import UsageError

TRUTH = world.company("tiny").truth


@pytest.mark.slow
@pytest.mark.parametrize("since", ["2024-03-31", "2025-03-31"])
def test_expected_months_are_the_chances_of_being_there_month_by_month(since):
    there = sum(TRUTH.expected("all_mid", since, horizon, futures=2)["retained"] for horizon in range(1, 8))
    assert np.allclose(TRUTH.expected("all_mid", since, 7, futures=2)["months"], there)


def test_from_signing_on_the_first_month_counts_in_full():
    assert (TRUTH.expected("all_mid", horizon=1, futures=2)["months"] == 1).all()
    assert TRUTH.expected("all_mid", horizon=24, futures=2)["months"].between(1, 24).all()


@pytest.mark.parametrize("ask", ["expected", "supposing", "later"])
def test_a_day_after_the_records_is_refused_with_their_last_one(ask):
    asked = {"expected": "all_mid", "supposing": (), "later": {"mid": "all_mid"}}
    with pytest.raises(UsageError, match="2025-03-31"):
        getattr(TRUTH, ask)(asked[ask], "2031-01-01")
