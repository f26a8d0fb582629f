"""Content that reaches an account in the right phase, in the wrong one, or not at all, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cslab.world import luck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cslab.world.luck import Floats
    from cslab.world.scenario import Scenario

EXPOSURES = ("none", "right", "wrong")
"""What an account sees in a month: nothing, what its phase calls for, or what belongs to another phase."""


def exposed(seed: int, scenario: Scenario, blocks: Sequence[int], months: int) -> NDArray[np.int8]:
    """What each account of some blocks sees in each month, as a place in ``EXPOSURES``.

    Made from the addressed draws, so the same wherever it is asked for. It acts on latent value from the month after
    signing on; what a month's cell says of an account that is no customer then is void.

    Parameters
    ----------
    seed : int
    scenario : Scenario
    blocks : sequence of int
    months : int
        From the scenario's first.

    Returns
    -------
    ndarray of int8, shape (blocks, months, 1024)
        The account in lane ``n`` of a chunk stands at ``[n // 1024, month, n % 1024]``.

    >>> from cslab.world.scenario import preset
    >>> seen = exposed(1, preset("tiny"), range(1), 60)
    >>> (np.bincount(seen.ravel()) / seen.size).round(2).tolist()
    [0.75, 0.2, 0.05]
    """
    right, either = _limits(scenario)
    draws = luck.uniforms(seed, "addon.content.exposed", blocks, months)
    return ((draws < either).astype(np.int8) * np.int8(2) - (draws < right)).astype(np.int8)


def content_lift(scenario: Scenario) -> Floats:
    """What content adds to the level that latent value is pulled to, less what it adds on average.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    ndarray of float, shape (3,)
        In the order of ``EXPOSURES``.

    >>> from cslab.world.scenario import preset
    >>> content_lift(preset("tiny")).round(3).tolist()
    [-0.015, 0.085, -0.115]
    """
    (right, either), (helps, harms) = _limits(scenario), scenario.content_effect
    return np.array([0.0, helps, harms]) - (helps * right + harms * (either - right))


def _limits(scenario: Scenario) -> tuple[float, float]:
    """Chance of content for the right phase, and of any."""
    right, wrong = scenario.content_share
    return right, min(right + wrong, 1.0)
