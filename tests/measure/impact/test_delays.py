"""Lags of a chain's links in small companies: beside what is expected, and beside the truth."""

from __future__ import annotations

import numpy as np
import pytest

import cslab
from cslab.faults import UsageError
from cslab.measure import impact
from cslab.measure.impact.delays import NOT_DUE


@pytest.fixture(scope="module")
def onboarding():
    return cslab.load("synthetic:default_jp?accounts=400&programs=onboarding_programme&policy=program_rct&seed=3")


@pytest.fixture(scope="module")
def found(onboarding):
    return impact.delays(onboarding, impact.shipped("onboarding_programme"))


@pytest.mark.slow
def test_a_lag_stands_beside_the_one_that_is_expected(found) -> None:
    first = found.iloc[0]
    assert (first["from"], first["to"], first["reason"]) == ("guided_sessions", "sessions_held", "")
    assert first["declared"] == pytest.approx((0 + 1 + 2) / 3)
    assert first["low"] < first["estimate"] < first["high"]
    assert first["high"] - first["low"] < 0.6  # sessions are counted, not guessed


def test_no_lag_is_said_before_one_and_a_half_times_the_largest(onboarding, found) -> None:
    early = impact.delays(onboarding.at("2023-06-30"), impact.shipped("onboarding_programme"))
    late = early[early["reason"] == NOT_DUE]
    assert {"retention", "revenue"} <= {*late["to"]}
    assert late["estimate"].isna().all() and late["high"].isna().all()


def test_every_link_has_a_lag_or_a_reason(found) -> None:
    assert (found["estimate"].notna() == (found["reason"] == "")).all()


def test_estimates_lie_within_what_is_possible(found) -> None:
    known = found[found["reason"] == ""]
    assert (known["low"] >= 0).all() and (known["low"] <= known["high"]).all()


def test_the_true_lag_of_sessions_is_about_a_month(onboarding) -> None:
    true = impact.true_delays(onboarding, impact.shipped("onboarding_programme"), accounts=0)
    assert true["estimate"][0] == pytest.approx(1.2, abs=0.1)  # six sessions, evenly over the first months


def test_nobody_knows_true_lags_of_a_real_company(onboarding) -> None:
    assert impact.true_delays(onboarding.hide_truth(), impact.shipped("onboarding_programme")) is None


def test_a_path_starts_before_the_turn_and_rises_after_it(onboarding) -> None:
    path = impact.effect_path(onboarding, impact.shipped("onboarding_programme"), "sessions_held").set_index("month")
    assert path["estimate"][0] < path["estimate"][1] < path["estimate"][2]
    assert (np.diff(path.index) == 1).all()


def test_a_path_of_a_node_that_there_is_not_is_refused(onboarding) -> None:
    with pytest.raises(UsageError, match="onboarded"):
        impact.effect_path(onboarding, impact.shipped("onboarding_programme"), "onbaorded")


@pytest.mark.slow
def test_limits_of_strong_links_hold_the_true_lag() -> None:
    """Ten companies (`make bench` runs twenty): all but what luck takes away hold it."""
    from tests.measure.coverage import holds

    source = "synthetic:default_jp?accounts=4000&programs=training&policy=program_encouragement&seed={}"
    chain = impact.shipped("training")
    true = impact.true_delays(cslab.load(source.format(901)), chain, 40_000)["estimate"][1]
    rows = [impact.delays(cslab.load(source.format(seed)), chain).iloc[1] for seed in range(1, 11)]
    assert holds(sum(row["low"] <= true <= row["high"] for row in rows), len(rows), 0.9)
