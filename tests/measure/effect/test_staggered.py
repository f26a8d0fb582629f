"""Programmes that come to one group after the other: the right way held to the field's package, the usual one wrong."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cslab
from cslab.faults import NotReady, UsageError
from cslab.measure.effect.group_time import group_time
from cslab.measure.effect.panel import NEVER, Panel, of_frame, panel
from cslab.measure.effect.staggered import difference_in_differences, two_way_fixed_effects
from cslab.measure.effect.two_way import two_way

MONTHS = np.arange("2024-01", "2024-09", dtype="datetime64[M]")


def made(values, since) -> Panel:
    """A panel of given values."""
    return Panel(np.arange(len(since)), MONTHS[: values.shape[1]], values, np.array(since), "training", "wau_ratio")


@pytest.fixture(scope="module")
def waves() -> Panel:
    """Sixty customers: twenty begin in April, twenty-five in June, fifteen never; effects grow by .25 a month."""
    i, t = np.arange(60)[:, None], np.arange(8)[None, :]
    since = np.where(i < 20, 3, np.where(i < 45, 5, NEVER))
    noise = np.sin(i * 1.3) + 0.2 * t + 0.3 * np.cos(i * 0.7 + t * 1.9)
    return made(noise + np.where(t >= since, 0.5 + 0.25 * (t - since), 0.0), since[:, 0])


def test_group_time_effects_are_those_of_the_fields_package(waves):
    """ATT of ``differences`` 0.3.0 (not yet treated, universal base): groups 3 and 5, months without the base."""
    theirs = [0.080975, 0.024443, 0.572336, 0.800008, 1.012066, 1.286031, 1.610401]
    theirs += [-0.060080, 0.002570, -0.083076, -0.090349, 0.448855, 0.641575, 0.979756]
    found = difference_in_differences(waves)
    assert found.groups["estimate"].tolist() == pytest.approx(theirs, abs=1e-6)
    assert found.effect.estimate == pytest.approx(0.899266, abs=1e-6)
    errors = (found.groups["high"] - found.groups["low"]) / 2 / 1.959964
    assert errors.tolist()[2] == pytest.approx(0.095637, rel=0.04)  # ours counts that means are estimates, too


def test_two_way_fixed_effects_are_those_of_pyfixest(waves):
    found = two_way(waves)
    assert found.estimate.estimate == pytest.approx(0.6855698465180471, abs=1e-8)  # pyfixest 0.60
    assert found.estimate.std_error == pytest.approx(0.03944160983447236, rel=0.02)


def test_weights_of_the_usual_way_add_up_to_one_and_some_are_negative(waves):
    everybody = made(waves.values[:45], waves.since[:45])  # nobody is left who never begins
    found = two_way(everybody)
    assert found.weights.sum() == pytest.approx(1.0) and found.negative > 0
    assert found.weights[~everybody.treated].tolist() == pytest.approx([0.0] * int((~everybody.treated).sum()))


def test_where_effects_grow_the_usual_way_finds_too_little_and_the_right_way_all(waves):
    quiet = np.zeros((40, 8))
    since = np.repeat([2, 5], 20)
    ahead = np.arange(8) - since[:, None]
    grows = made(quiet + np.maximum(ahead + 1, 0), since)  # one at once, one more each month: 1, 2, 3 until June
    assert difference_in_differences(grows).effect.estimate == pytest.approx(2.0)
    assert two_way_fixed_effects(grows).estimate < 1.0


def test_an_effect_that_comes_at_once_and_stays_is_found_by_both(waves):
    step = made(1.0 * (np.arange(8) >= np.repeat([2, 5], 20)[:, None]), np.repeat([2, 5], 20))
    assert difference_in_differences(step).effect.estimate == pytest.approx(1.0)
    assert two_way_fixed_effects(step).estimate == pytest.approx(1.0)


def test_before_the_beginning_there_is_nothing_and_it_stands_as_balance(waves):
    found = difference_in_differences(waves)
    before = found.effect.balance
    assert (before["ahead"] < -1).all() and ((before["low"] < 0) & (before["high"] > 0)).all()


def test_months_by_which_everybody_has_begun_tell_nothing():
    values = np.zeros((40, 8))
    found = difference_in_differences(made(values, np.repeat([2, 5], 20)))
    assert found.groups.loc[found.groups["ahead"] >= 0, "month"].max() == pd.Timestamp("2024-05-01")


def test_who_leaves_before_its_turn_does_not_make_a_group_look_good():
    """Both groups fall alike before they leave; those of the later one who leave have no turn on record."""
    since = np.array([2] * 20 + [5] * 12 + [NEVER] * 8)
    leaves = np.array([8] * 12 + [4] * 8 + [8] * 12 + [4] * 8)
    fall = np.where(leaves < 8, -1.0, 0.0)[:, None] * np.arange(8)
    values = np.where(np.arange(8) < leaves[:, None], fall, np.nan)
    found = difference_in_differences(made(values, since))
    after = found.groups[found.groups["ahead"] >= 0]
    assert after["estimate"].abs().max() == pytest.approx(0.0)
    assert found.groups["group"].nunique() == 1  # nobody waits for the last group's sake but those about to leave


def test_a_list_of_ones_own_makes_the_same_panel(waves):
    rows = pd.DataFrame(
        {"who": np.repeat(np.arange(60), 8), "month": np.tile(np.arange(8), 60), "y": waves.values.ravel()}
    )
    rows["begun"] = np.repeat(np.where(waves.since == NEVER, np.nan, waves.since), 8)
    found = of_frame(rows, "who", "month", "y", "begun")
    assert difference_in_differences(found).effect.estimate == difference_in_differences(waves).effect.estimate


def test_groups_too_small_and_customers_who_had_begun_before_are_left_out_and_counted():
    rows = pd.DataFrame({"who": np.repeat(range(60), 4), "month": np.tile(range(4), 60), "y": 1.0})
    rows["begun"] = np.repeat([0] * 5 + [1] * 25 + [2] * 3 + [3] * 27, 4)
    assert of_frame(rows, "who", "month", "y", "begun").left_out == {"begun_before": 5, "small_group": 3}


def test_one_group_alone_is_refused():
    rows = pd.DataFrame({"who": np.repeat(range(30), 4), "month": np.tile(range(4), 30), "y": 1.0, "begun": 2})
    with pytest.raises(NotReady, match="groups of ten or more"):
        of_frame(rows, "who", "month", "y", "begun")


def test_a_customer_with_two_rows_in_a_month_is_refused():
    rows = pd.DataFrame({"who": [1, 1], "month": [0, 0], "y": 1.0, "begun": 2})
    with pytest.raises(UsageError, match="more than once"):
        of_frame(rows, "who", "month", "y", "begun")


def test_a_column_that_usage_does_not_have_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="Nearest: wau_ratio"):
        panel(cslab.load("synthetic:tiny"), value="wau_rati")


def test_a_list_without_groups_is_refused_by_the_name_of_its_column():
    rows = pd.DataFrame({"who": np.repeat(range(40), 3), "t": np.tile([0, 1, 2], 40), "y": 1.0, "begun": 1})
    with pytest.raises(NotReady, match=r"^begun: "):
        of_frame(rows, "who", "t", "y", "begun")


def test_fewer_than_five_who_wait_are_too_few_to_compare_with():
    values = np.zeros((14, 8))
    assert len(group_time(made(values, [3] * 10 + [NEVER] * 4)).effect) == 0
    assert len(group_time(made(np.zeros((15, 8)), [3] * 10 + [NEVER] * 5)).effect) == 7
