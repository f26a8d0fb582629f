"""Parameters move towards a book: the right one, the right way, and no farther than they may."""

from __future__ import annotations

import pandas as pd
import pytest

from cslab.measure.fit.feature import Place
from cslab.measure.fit.start import normalised
from cslab.measure.fit.steps import STEPS, fitted_places, looked_at, moved
from cslab.world import preset

TINY = preset("tiny")


def found(values: dict[Place, float], events: int = 50) -> pd.DataFrame:
    return pd.DataFrame({"estimate": values, "events": events})


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.parameter)
def test_a_parameter_rises_where_the_book_has_more_of_what_it_makes(step):
    place = (step.statistic, "all", 0)
    scenario = moved(TINY, found({place: 0.3}), found({place: 0.2}))
    old, new = (getattr(one, step.parameter) for one in (TINY, scenario))
    pairs = zip(old, new, strict=True) if isinstance(old, tuple) else [(old, new)]
    assert all(after > before for before, after in pairs)


def test_a_book_that_agrees_moves_nothing():
    rows = found({(step.statistic, "all", 0): 0.25 for step in STEPS})
    assert moved(TINY, rows, rows) == TINY


def test_a_group_moves_by_its_own_number_and_a_small_one_with_everybody():
    place = {("expand", "all", 0): 0.02, ("expand", "smb", 0): 0.04, ("expand", "mid", 0): 0.9}
    wanted = found(place).assign(events=[50, 50, 3])
    got = found(dict.fromkeys(place, 0.02))
    expansion = moved(TINY, wanted, got).expansion_hazard
    assert expansion[0] == pytest.approx(2 * TINY.expansion_hazard[0])
    assert expansion[1:] == TINY.expansion_hazard[1:]


def test_a_step_that_looks_at_a_rare_thing_looks_at_nothing():
    step = next(one for one in STEPS if one.statistic == "expand")
    assert looked_at(step, "smb", found({("expand", "all", 0): 0.02}, events=3)) is None


def test_no_parameter_leaves_its_limits():
    rows = [found({("contract", "all", 0): share}) for share in (0.9, 0.01)]
    scenario = TINY
    for _ in range(5):
        scenario = moved(scenario, *rows)
    assert scenario.contraction_chance == (1.0, 1.0, 1.0)


def test_shares_move_in_proportion_and_add_up():
    wanted = {("group_share", name, 0): share for name, share in (("smb", 0.5), ("mid", 0.5))}
    got = {("group_share", name, 0): share for name, share in (("smb", 0.7), ("mid", 0.2), ("enterprise", 0.1))}
    shares = moved(TINY, found(wanted), found(got)).segment_share
    assert (round(sum(shares), 9), shares[2]) == (1, 0)
    assert shares[0] / shares[1] == pytest.approx(
        TINY.segment_share[0] / TINY.segment_share[1] * (5 / 7) / 2.5, rel=1e-3
    )


def test_growth_rises_where_customers_signed_later():
    late, early = (found({("signed_late", "all", 0): share}) for share in (0.6, 0.55))
    assert moved(TINY, late, early).growth_per_year > TINY.growth_per_year > moved(TINY, early, late).growth_per_year


def test_only_rows_that_moved_something_are_called_fitted():
    rows = found({("expand", "all", 0): 0.02, ("expand", "smb", 0): 0.02, ("usage", "all", 0): 0.5})
    alone = TINY.with_(segment_share="1,0,0")
    assert fitted_places(alone, rows) == {("expand", "smb", 0), ("usage", "all", 0)}


def test_normalised_shares_add_up_in_four_decimals():
    import numpy as np

    for parts in ([1, 1, 1], [7, 0, 0], [1e-9, 3, 2, 9]):
        assert sum(normalised(np.array(parts, float))) == pytest.approx(1, abs=1e-12)
