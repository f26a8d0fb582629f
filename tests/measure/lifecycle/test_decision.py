"""What can be said on Monday: spend the hours, try first, or that nobody can tell yet."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from cslab.measure.lifecycle import focus


def phases(low: float = 600.0, hour: float = 5.0) -> pd.DataFrame:
    """Two phases under a hundred hours: one in which an hour brings 10, and the crowded one, in which it brings 4."""
    one = {"phase": "renewal", "customers": 5, "needed_hours": 200.0, "per_hour": 10.0, "truth_per_hour": 3.0}
    other = {"phase": "adoption", "customers": 50, "needed_hours": 300.0, "per_hour": 4.0, "truth_per_hour": 6.0}
    limits = [{"per_hour_low": low / 100, "per_hour_high": 14.0}, {"per_hour_low": 1.0, "per_hour_high": 7.0}]
    table = pd.DataFrame([row | limit for row, limit in zip((one, other), limits, strict=True)])
    table.attrs.update(effect=0.2, hour_amount=hour)
    found = focus.spent(table, 100.0)
    found.attrs = table.attrs
    return found


def test_hours_that_bring_twice_what_they_cost_are_spent_and_need_half_the_effect():
    found = focus.decide(phases())
    assert (found.kind, found.best, found.second, found.crowded) == ("spend", "renewal", "adoption", "adoption")
    assert (found.gain_low, found.gain_high, found.cost_amount, found.ratio) == (600.0, 1400.0, 500.0, 2.0)
    assert found.break_even == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("low", "hour", "kind"),
    [
        (600.0, 10.0, "spend"),
        (600.0, 20.0, "try_first"),
        (-1.0, 5.0, "unknown"),
        (0.0, 5.0, "unknown"),
        (math.nan, 5.0, "unknown"),
        (600.0, math.nan, "unpriced"),
    ],
)
def test_what_costs_more_than_it_brings_is_tried_first_and_what_may_bring_nothing_is_not_known(low, hour, kind):
    assert focus.decide(phases(low, hour)).kind == kind in focus.DECISIONS


def test_a_regret_is_told_by_the_estimate_where_it_is_asked_for_and_else_by_the_truth():
    table = phases()
    estimated, true = focus.regret(table, "adoption", truth=False), focus.regret(table, "adoption")
    assert (estimated.share, estimated.amount, estimated.by_truth) == (0.6, 600.0, False)
    assert (true.share, true.best, true.by_truth) == (0.0, "adoption", True)
