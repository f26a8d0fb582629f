"""CSMs who differ in skill: what a good one adds beyond an average one, and which CSM is how good.

An account draws the level of skill of its CSM at its own address, and is handed to a CSM of that level: so what it gets
depends on nobody else, and no policy changes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats, Ints, Lanes
    from cslab.world.scenario import Scenario

LEVELS = (-1, 0, 1)
"""Below average, average, above: as many of each, so that the mean is 0."""

_MIDDLE = len(LEVELS) // 2
_FULL, _ABSENT = 10, 100


def wanted_levels(scenario: Scenario, lanes: Lanes) -> Ints:
    """The level of skill of the CSM that each account is to have.

    Parameters
    ----------
    scenario : Scenario
    lanes : Lanes
        Of these accounts.

    Returns
    -------
    ndarray of int
        Of ``LEVELS``; 0 where the add-on is off.

    >>> from cslab.world.luck import Lanes
    >>> from cslab.world.scenario import preset
    >>> levels = wanted_levels(preset("default_jp"), Lanes(1, range(9), 9000))
    >>> (np.bincount(levels + 1) / 9000).round(1).tolist()
    [0.3, 0.3, 0.3]
    """
    if not scenario.on("csm_skill"):
        return np.zeros(lanes.accounts, dtype=np.int64)
    return np.floor(len(LEVELS) * lanes.uniform("addon.csm_skill.wanted")).astype(np.int64) - _MIDDLE


def csm_levels(scenario: Scenario, seed: int, office: Ints, ordinal: Ints) -> Ints:
    """The level of skill of some CSMs: of three whom an office hires one after the other, each level once.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    office, ordinal : ndarray of int, of shapes that broadcast
        Blocks of accounts, and which of the office's CSMs in the order of hiring.

    Returns
    -------
    ndarray of int
        Of ``LEVELS``; 0 where the add-on is off.

    >>> from cslab.world.scenario import preset
    >>> sorted(csm_levels(preset("tiny"), 1, np.array(0), np.arange(3)).tolist())
    [-1, 0, 1]
    """
    office, ordinal = np.broadcast_arrays(office, ordinal)
    if not scenario.on("csm_skill"):
        return np.zeros(ordinal.shape, dtype=np.int64)
    round_, turn = np.divmod(ordinal, len(LEVELS))
    draws = luck.hashed(seed, "addon.csm_skill.csm", office[..., None], round_[..., None], np.arange(len(LEVELS)))
    own = np.take_along_axis(draws, turn[..., None], axis=-1)
    return np.asarray((draws < own).sum(axis=-1) - _MIDDLE)


def skill_added(scenario: Scenario, level: Ints, lift: Ints) -> Floats:
    """What a CSM's skill adds to the level that latent value is pulled to; nothing with tech touch.

    Parameters
    ----------
    scenario : Scenario
    level : ndarray of int
        Of ``LEVELS``.
    lift : ndarray of int
        The tier that lifts value: 0 tech, 1 mid, 2 high.

    Returns
    -------
    ndarray of float

    >>> from cslab.world.scenario import preset
    >>> skill_added(preset("tiny"), np.array([1, 1, -1]), np.array([0, 1, 2])).tolist()
    [0.0, 0.18, -0.18]
    """
    return np.where(lift > 0, scenario.csm_skill * level, 0.0)


def suitable(levels: Ints, hours: Floats, free: Floats) -> Flags:
    """Which CSMs may take an account, for each level that it may want.

    Those of its level; where none of them has an hour free, those of the nearest level where somebody has; where nobody
    has, the nearest who are there.

    Parameters
    ----------
    levels : ndarray of int, shape (offices, CSMs)
    hours : ndarray of float, shape (offices, CSMs)
        That each has in all; 0 of those who are not there.
    free : ndarray of float, shape (offices, CSMs)
        That each has free, not below 0.

    Returns
    -------
    ndarray of bool, shape (3, offices, CSMs)
        In the order of ``LEVELS``.

    >>> hours = np.array([[130.0, 130.0, 0.0]])
    >>> suitable(np.array([[-1, 0, 1]]), hours, np.array([[9.0, 0.0, 0.0]])).astype(int).tolist()
    [[[1, 0, 0]], [[1, 0, 0]], [[1, 0, 0]]]
    """
    away = np.abs(np.array(LEVELS)[:, None, None] - levels)
    cost = away + _FULL * (free <= 0) + _ABSENT * (hours <= 0)
    nearest = np.min(cost, axis=2, keepdims=True) % _FULL
    return np.asarray((away == nearest) & (hours > 0))
