"""The first impression fades as the equations say; an incident costs more where it was poor, and is forgotten alike."""

import numpy as np
import pytest

from cslab import world
from cslab.faults import UsageError
from cslab.world.rates import logistic
from cslab.world.supposed.impression import expected_usage


def test_without_add_ons_the_effect_on_value_is_the_closed_form_of_the_equations():
    found = world.company("calibration", accounts=50).truth.impression_effect([0, 3, 12, 24], futures=2)
    effect, by_month = 0.30, [0.30]
    for month in range(1, 25):
        effect = 0.8 * effect + 0.2 * 0.45 * np.exp(-month / 18)
        by_month.append(effect)
    assert found["latent"].to_numpy() == pytest.approx([by_month[month] for month in found["month"]])
    assert found["latent_error"].to_numpy() == pytest.approx(0, abs=1e-12)


def test_the_effect_on_usage_is_less_than_the_slope_of_usage_at_its_steepest_allows():
    found = world.company("calibration", accounts=50).truth.impression_effect(futures=2)
    assert (found["usage"] < found["latent"] * 0.9 / 4).all()
    assert (found["usage"] > 0.5 * found["latent"] * 0.9 / 4).all()


def test_an_incident_costs_half_where_the_first_impression_was_good_and_is_forgotten_by_a_fifth_a_month():
    found = world.company("default_jp", accounts=200).truth.incident_damage(months=3)
    latent = found.pivot(index="month", columns="impression", values="latent")
    assert latent["poor"].to_numpy() == pytest.approx([0.3, 0.24, 0.192])
    assert latent["good"].to_numpy() == pytest.approx([0.15, 0.12, 0.096])
    assert (found["usage"] > 0).all()


def test_where_there_are_no_incidents_they_cost_nothing():
    assert world.company("calibration", accounts=50, months=12).truth.incident_damage().empty


def test_expected_usage_is_the_mean_over_its_noise():
    scenario = world.preset("calibration")
    noise = np.random.default_rng(1).normal(size=200_000)
    for value in (-1.0, 0.4):
        drawn = logistic(scenario.usage_base + scenario.usage_value * (value + scenario.usage_noise * noise))
        assert expected_usage(scenario, np.array([value]))[0] == pytest.approx(drawn.mean(), abs=4 * drawn.std() / 447)


def test_no_month_or_one_before_signing_is_refused():
    truth = world.company("tiny").truth
    for months in ([], [-1, 3]):
        with pytest.raises(UsageError):
            truth.impression_effect(months)
