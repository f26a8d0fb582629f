"""Incidents: bad days of the product, shared by an office, and forgiven where the first impression was good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cslab.world.luck import Floats
    from cslab.world.scenario import Scenario


def incident_draws(seed: int, blocks: Sequence[int], months: int) -> Floats:
    """The draws that decide in which months an office has an incident.

    Returns
    -------
    ndarray of float, shape (blocks, months)

    >>> incident_draws(1, [0, 1], 3).shape
    (2, 3)
    """
    return luck.hashed(seed, "addon.incidents.office", np.array(blocks)[:, None], np.arange(months)[None, :])


def incident_chance(scenario: Scenario) -> float:
    """Chance of an incident in an office and month; 0 where the add-on is off.

    >>> from cslab.world.scenario import preset
    >>> incident_chance(preset("tiny").with_(addons="incidents,effort", incidents_per_year=3))
    0.25
    """
    return min(scenario.incidents_per_year / 12, 1.0) if scenario.on("incidents") else 0.0


def damage(scenario: Scenario, first_impression: Floats) -> Floats:
    """What latent value loses where an incident hits: less where the first impression was good.

    Parameters
    ----------
    scenario : Scenario
    first_impression : ndarray of float

    Returns
    -------
    ndarray of float

    Source: direction, Bolton 1998 (grade A); size, simulation convention.

    >>> from cslab.world.scenario import preset
    >>> damage(preset("tiny"), np.array([-1.0, 1.0])).tolist()
    [0.3, 0.15]
    """
    return np.asarray(scenario.incident_drop * (1 - scenario.incident_forgiveness * (first_impression > 0)))


def mean_damage(scenario: Scenario) -> float:
    """What incidents cost an account a month on average; given back to all, so that the level stays.

    >>> from cslab.world.scenario import preset
    >>> mean_damage(preset("tiny").with_(addons="none"))
    0.0
    """
    mean = scenario.incident_drop * (1 - scenario.incident_forgiveness / 2)
    return incident_chance(scenario) * scenario.incident_reach * mean
