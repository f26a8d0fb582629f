"""The table ``usage_monthly``: what the product logs of an account in a month. One that has left is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.counts import negative_binomial, poisson
from cslab.world.observe.calendar import days, working_days
from cslab.world.rates import logistic

if TYPE_CHECKING:
    from cslab.world.history import History
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.steps import Steps
    from cslab.world.observe.vocabulary import Columns

_FEATURES = {"features_basic": (12, 0.9, 0.5), "features_adv": (10, -1.3, 0.7)}
"""How many features there are, and level and slope on latent value of the logit of using one."""


def usage_columns(history: History, seen: Flags, seats: Steps) -> Columns:
    """The columns of ``usage_monthly``, of latent value v, fit and months of tenure t; e and f are noise.

    - ``wau_ratio = σ(-0.1 + 0.9·(v + 0.35·e))`` (the scenario's numbers), ``wau`` that share of the seats
    - ``logins`` ~ negative binomial, mean ``wau_ratio · seats · working days``, which dip at Obon and New Year, shape 8
    - ``core_actions = logins · 4·exp(0.25·v + 0.2·e')``
    - features used, of 12 basic, 10 advanced, 8 that fit the use case: ``σ(0.9 + 0.5·v + f)``, ``σ(-1.3 + 0.7·v + f)``,
      ``σ(0.6·v + 0.4·fit + f)``, f of sd 0.3
    - ``integrations``, of 6: ``σ(-2 + 0.4·v + min(t, 36)/24 + f)``
    - ``training_views`` ~ Poisson, mean ``0.15·seats^0.6·exp(-t/6)``
    - ``community_logins`` ~ Poisson, mean ``0.4·exp(0.5·v)``

    Parameters
    ----------
    history : History
    seen : ndarray of bool
        Which accounts are exported.
    seats : Steps

    Returns
    -------
    dict of str to ndarray

    Source: ``wau_ratio`` and the means of ``logins`` as in the domain specification; the rest simulation convention.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> usage = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))["usage_monthly"]
    >>> bool((usage["wau"] <= usage["seats"]).all())
    True
    """
    who, month = _there(history, seen)
    cells = _Cells(history, who, month)
    s, paid, value = history.scenario, seats.at(who, month), history.value_at(who, month)
    ratio = logistic(s.usage_base + s.usage_value * (value + s.usage_noise * cells.normal("wau")))
    worked = working_days(s, history.months + s.first_month)[month + s.first_month]
    logins = negative_binomial(cells.uniform("logins"), ratio * paid * worked, shape=8.0)
    tenure = (month - history.customers.start[who]).astype(np.float64)
    return {
        "account_id": history.customers.number[who],
        "month": days(s, month),
        "seats": paid.astype(np.int64),
        "wau": np.round(ratio * paid).astype(np.int64),
        "wau_ratio": np.round(ratio, 4),
        "logins": logins,
        "core_actions": np.round(logins * 4 * np.exp(0.25 * value + 0.2 * cells.normal("actions"))).astype(np.int64),
        **_features(value, history.customers.fit[who], tenure, 0.3 * cells.normal("features")),
        "training_views": poisson(cells.uniform("training"), 0.15 * paid**0.6 * np.exp(-tenure / 6)),
        "community_logins": poisson(cells.uniform("community"), 0.4 * np.exp(0.5 * value)),
    }


def _there(history: History, seen: Flags) -> tuple[Ints, Ints]:
    """Account and month of every month of the records in which an account was a customer to its end."""
    first = np.maximum(history.customers.start, -history.scenario.first_month)
    count = np.where(seen, np.clip(np.minimum(history.left, history.months) - first, 0, None), 0)
    who = np.repeat(np.arange(len(count)), count)
    return who, np.arange(len(who)) - np.repeat(np.cumsum(count) - count - first, count)


class _Cells:
    """Draws of account-months, one each; the months count from the start of the records."""

    def __init__(self, history: History, who: Ints, month: Ints) -> None:
        self.seed, self.blocks = history.seed, history.blocks
        self.months = history.months + history.scenario.first_month
        row = (who // luck.BLOCK) * self.months + month + history.scenario.first_month
        self.place = row * luck.BLOCK + who % luck.BLOCK

    def uniform(self, stream: str) -> Floats:
        """Uniform draws of the cells."""
        return np.take(luck.uniforms(self.seed, f"usage.{stream}", self.blocks, self.months), self.place)

    def normal(self, stream: str) -> Floats:
        """Standard normal draws of the cells."""
        return np.take(luck.normals(self.seed, f"usage.{stream}", self.blocks, self.months), self.place)


def _features(value: Floats, fit: Floats, tenure: Floats, noise: Floats) -> Columns:
    """Features and integrations in use."""
    parts: Columns = {
        name: _used(total, level + slope * value + noise) for name, (total, level, slope) in _FEATURES.items()
    }
    parts["features_relevant"] = _used(8, 0.6 * value + 0.4 * fit + noise)
    parts["integrations"] = _used(6, -2 + 0.4 * value + np.minimum(tenure, 36) / 24 + noise)
    return parts


def _used(total: int, logit: Floats) -> Ints:
    """How many of a number of things are in use."""
    return np.round(total * logistic(logit)).astype(np.int64)
