"""Jumps at a threshold: held to the field's package, to truths seen by eye, and refused where nobody is near."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cslab.faults import UsageError
from cslab.measure.effect.density import density_jump
from cslab.measure.effect.discontinuity import regression_discontinuity
from cslab.measure.effect.jump import jump
from cslab.measure.effect.trial import of_frame

PLACE = np.linspace(-1, 1, 301)


def rows(step=0.5, **more) -> pd.DataFrame:
    """Customers along a line, with a step at 0; every other one a little higher."""
    frame = pd.DataFrame({"size": PLACE, "arm": np.where(PLACE < 0, "tech", "mid")})
    return frame.assign(y=step * (PLACE >= 0) + PLACE + 0.1 * (np.arange(301) % 2), **more)


def test_the_jump_its_limits_and_bandwidths_are_those_of_rdrobust():
    """Of rdrobust 2.1.1 (Python) with its defaults: estimate by lines, corrected one, robust error, h and b."""
    i = np.arange(400)
    place = np.sin(i * 1.7) + 0.3 * np.cos(i * 0.9) + 0.1
    outcome = 0.5 * place + place**2 - 0.3 * place**3 + 0.7 * (place >= 0) + 0.4 * np.sin(i * i * 0.37)
    found = jump(place, outcome)
    ours = [found.plain, found.estimate, found.std_error, found.bandwidth, found.bias_bandwidth]
    theirs = [0.7495444148256108, 0.7578192651767994, 0.12453134810804434, 0.3795794506565676, 0.5694399555179948]
    assert ours == pytest.approx(theirs, rel=1e-6)
    assert [found.low, found.high] == pytest.approx([0.5137423079388124, 1.0018962224147865], rel=1e-4)


def test_a_straight_line_with_a_step_is_found_exactly():
    assert jump(PLACE, 2 * PLACE + 0.3 * (PLACE >= 0)).estimate == pytest.approx(0.3)


@settings(max_examples=10)
@given(st.floats(-5, 5), st.floats(0.1, 10))
def test_another_level_moves_nothing_and_another_unit_only_the_unit(level, unit):
    place = np.sin(np.arange(200) * 1.7)  # no two customers as far from a third
    outcome = place**2 + 0.5 * (place >= 0) + 0.1 * np.cos(np.arange(200) * 0.9)
    plain, moved = jump(place, outcome), jump(unit * place, unit * outcome + level)
    assert moved.estimate == pytest.approx(unit * plain.estimate, rel=1e-5)
    assert moved.bandwidth == pytest.approx(unit * plain.bandwidth, rel=1e-5)


def test_a_design_says_arms_sides_and_what_has_to_be_true():
    found = regression_discontinuity(of_frame(rows(), "arm", "y", ["size"]), "size", 0.0)
    assert found.effect.arms == ("mid", "tech") and found.sharp
    assert found.effect.identification.key == "identification.line"
    assert found.arms_at.set_index("arm")["above"].to_dict() == {"mid": 1.0, "tech": 0.0}
    assert found.effect.n == found.jump.below + found.jump.above
    assert found.detectable == pytest.approx(2.8016 * found.effect.std_error, rel=1e-4)


def test_a_threshold_that_does_not_decide_alone_is_said_to_mix():
    mixed = rows()
    mixed.loc[(mixed["size"] > 0) & (mixed.index % 4 == 0), "arm"] = "high"
    found = regression_discontinuity(of_frame(mixed, "arm", "y", ["size"]), "size", 0.0)
    assert not found.sharp and found.effect.identification.key == "identification.mixed_line"


@pytest.mark.slow
def test_what_was_known_before_has_no_jump_unless_customers_were_sorted():
    known = rows(fair=0.1 * (np.arange(301) % 3), sorted_in=(PLACE >= 0) + 0.1 * (np.arange(301) % 3))
    trial = of_frame(known, "arm", "y", ["size", "fair", "sorted_in"])
    placebo = regression_discontinuity(trial, "size", 0.0).placebo.set_index("covariate")["p_holm"]
    assert placebo["sorted_in"] < 0.001 < 0.2 < placebo["fair"]


def test_customers_moved_over_the_line_show_in_how_many_lie_there():
    even = np.linspace(-1, 1, 2_000)
    near = (even < 0) & (even > -0.1)
    moved = np.where(near & (np.arange(2_000) % 2 == 0), -even, even)
    assert density_jump(even).low < 0 < density_jump(even).high
    assert density_jump(moved).low > 0.3


def test_the_density_is_right_as_often_as_it_says_where_it_slopes():
    draw = np.random.default_rng(7)
    found = [density_jump(draw.normal(-0.6, 1.1, 1_000)) for _ in range(200)]
    assert sum(one.low <= 0 <= one.high for one in found) >= 179


def test_a_threshold_beyond_everybody_is_refused_with_the_counts():
    with pytest.raises(UsageError) as refused:
        regression_discontinuity(of_frame(rows(), "arm", "y", ["size"]), "size", 2.0)
    (fault,) = refused.value.faults
    assert (fault.key, fault.values["all_below"], fault.values["all_above"]) == ("effect.no_mass", 301, 0)


def test_a_threshold_inside_a_gap_is_refused():
    gap = rows()[lambda frame: frame["size"].abs() > 0.6]
    with pytest.raises(UsageError, match="near the threshold"):
        regression_discontinuity(of_frame(gap, "arm", "y", ["size"]), "size", 0.0)


def test_where_the_same_became_of_everybody_there_is_nothing_to_compare():
    with pytest.raises(UsageError, match="same became of all"):
        regression_discontinuity(of_frame(rows().assign(y=1.0), "arm", "y", ["size"]), "size", 0.0)


def test_a_column_that_nobody_knows_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="Nearest: size"):
        regression_discontinuity(of_frame(rows(), "arm", "y", ["size"]), "siz", 0.0)


def test_a_line_is_drawn_on_numbers_and_on_known_ones():
    known = of_frame(
        rows(plan="basic", use=np.where(np.arange(301) < 15, np.nan, PLACE)), "arm", "y", ["size", "plan", "use"]
    )
    with pytest.raises(UsageError, match="words such as basic"):
        regression_discontinuity(known, "plan", 0.0)
    with pytest.raises(UsageError, match="use is missing for 15 of 301"):
        regression_discontinuity(known, "use", 0.0)


def test_a_line_that_parts_nobody_is_refused_with_the_shares():
    with pytest.raises(UsageError, match="parts nobody"):
        regression_discontinuity(of_frame(rows().assign(arm="tech"), "arm", "y", ["size"]), "size", 0.0)


def test_months_that_are_not_over_count_as_what_they_come_to_on_average():
    watched = np.where(np.arange(301) % 2, 24, 6)  # every other one joined late; nobody has left
    frame = rows().assign(y=watched, duration_seen=watched)
    trial = of_frame(frame, "arm", "y", ["size"])
    left = np.arange(301) % 7 == 0
    timed = trial.rows.assign(duration=np.where(left, 3, watched), event=left)
    found = regression_discontinuity(replace(trial, rows=timed, outcome="survival", horizon=24), "size", 0.0)
    assert (found.effect.counts["mean"] > 19).all()  # one in seven leaves after 3 of 24 months


def test_list_prices_in_coarse_steps_do_not_tell_whether_anybody_was_moved():
    prices = np.repeat(np.arange(20_000, 200_000, 10_000), 80)
    assert np.isnan(density_jump(np.log(prices / 80_000)).estimate)
