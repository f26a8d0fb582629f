"""What each CSM truly brings: the skill behind the accounts that were in its hands, month by month."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cslab.world.addons.skill import skill_added
from cslab.world.care import care
from cslab.world.hazard import leaving_chance
from cslab.world.spells import origins
from cslab.world.supposed.impression import expected_usage
from cslab.world.team import teams

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.vocabulary import Columns


def skill_columns(history: History) -> Columns:
    """What the CSMs of a chunk bring to the accounts that they hold within the records, on average a month of one.

    Parameters
    ----------
    history : History

    Returns
    -------
    dict of str to ndarray
        By CSM, of those who held any: ``csm_id`` (number), ``skill`` (added to the level that latent value is pulled
        to), ``latent`` (added to latent value by then), ``usage`` (to the expected ``wau_ratio``), ``leaving`` (to the
        monthly chance of leaving), ``accounts`` (how many it held), ``account_months``.

    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> alike = preset("tiny").with_(csm_skill=0)
    >>> skill_columns(simulate(alike, policy("rule"), 1, range(1), accounts=60, months=48))["usage"].tolist()
    [0.0]
    """
    who, month, csm = _held(history)
    plain = replace(history, value=history.value - _gained(history))
    tenure = month - history.customers.start[who]
    seen, usual = (one.value_at(who, month) for one in (history, plain))
    brings = {
        "skill": _skill(history)[who],
        "latent": seen - usual,
        "usage": expected_usage(history.scenario, seen) - expected_usage(history.scenario, usual),
        "leaving": leaving_chance(history, who, tenure) - leaving_chance(plain, who, tenure),
    }
    found, place, months = np.unique(csm, return_inverse=True, return_counts=True)
    pairs = np.unique(np.stack([place, history.lane[who]]), axis=1)[0]
    means = {name: np.bincount(place, values, len(found)) / months for name, values in brings.items()}
    return {"csm_id": found, **means, "accounts": np.bincount(pairs, minlength=len(found)), "account_months": months}


def _held(history: History) -> tuple[Ints, Ints, Ints]:
    """Row, month and CSM of every month within the records in which an account was in a CSM's hands."""
    stints = care(history, teams(history))
    since = np.maximum(stints.since, -history.scenario.first_month)
    count = np.maximum(stints.until - since, 0)
    stint = np.repeat(np.arange(len(count)), count)
    month = since[stint] + np.arange(len(stint)) - np.repeat(np.cumsum(count) - count, count)
    return stints.who[stint], month, stints.csm[stint]


def _skill(history: History) -> Floats:
    """What the level of its CSM adds for each row."""
    return skill_added(history.scenario, history.customers.beginnings.csm_level, history.touch.lift)


def _gained(history: History) -> Floats:
    """What that has added to latent value by each month, since the account signed first."""
    first, persists = np.flatnonzero(history.first), history.scenario.value_persistence
    months = np.clip(np.arange(history.months)[:, None] - origins(history).start, 0, None)
    gained = np.zeros_like(history.value)
    gained[:, history.column[first]] = _skill(history)[first] * (1 - persists**months)
    return gained
