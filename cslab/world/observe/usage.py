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
    from cslab.world.luck import Floats, Ints
    from cslab.world.observe.records import Records
    from cslab.world.observe.vocabulary import Columns

FEATURES_OF = {"features_basic": 12, "features_adv": 10, "features_relevant": 8, "integrations": 6}
"""How many features, or systems to connect, there are of what a column counts."""


def usage_columns(records: Records) -> Columns:
    """The columns of ``usage_monthly``, of latent value v, fit and months of tenure t; e and f are noise.

    - ``wau_ratio = σ(-0.1 + 0.9·(v + 0.35·e))`` (the scenario's numbers), ``wau`` that share of the seats
    - ``logins`` ~ negative binomial, mean ``wau_ratio · seats · working days``, which dip at Obon and New Year, shape 8
    - ``core_actions = logins · 4·exp(0.25·v + 0.2·e')``
    - features used, of 12 basic, 10 advanced, 8 that fit the use case: ``σ(0.9 + 0.5·v + f)``, ``σ(-1.3 + 0.7·v + f)``,
      ``σ(0.6·v + 0.4·fit + f)``, f of sd 0.3
    - ``integrations``, of 6: ``σ(-2 + 0.4·v + min(t, 36)/24 + f)``
    - ``training_views`` ~ Poisson, mean ``0.15·seats^0.6·exp(-t/6)``
    - ``community_logins`` ~ Poisson, mean ``0.4·exp(0.5·v)``

    Programmes add to the logits of ``wau_ratio`` and of features, and to the mean of ``training_views``.

    Parameters
    ----------
    records : Records

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
    history = records.history
    who, month = records.there.who, records.there.month
    cells = _Cells(history, who, month)
    s, paid, value = history.scenario, records.seats.at(who, month), history.value_at(who, month)
    used = s.usage_base + s.usage_value * (value + s.usage_noise * cells.normal("wau"))
    ratio = logistic(used + history.programmes.shift("usage", month, who))
    worked = working_days(s, history.months + s.first_month)[month + s.first_month]
    logins = negative_binomial(cells.uniform("logins"), ratio * paid * worked, shape=8.0)
    tenure = (month - history.customers.start[who]).astype(np.float64)
    viewed = history.programmes.shift("training_views", month, who)
    return {
        "account_id": history.customers.number[who],
        "month": days(s, month),
        "seats": paid.astype(np.int64),
        "wau": np.round(ratio * paid).astype(np.int64),
        "wau_ratio": np.round(ratio, 4),
        "logins": logins,
        "core_actions": np.round(logins * 4 * np.exp(0.25 * value + 0.2 * cells.normal("actions"))).astype(np.int64),
        **_features(history, who, month, 0.3 * cells.normal("features")),
        "training_views": poisson(cells.uniform("training"), 0.15 * paid**0.6 * np.exp(-tenure / 6) + viewed),
        "community_logins": poisson(cells.uniform("community"), 0.4 * np.exp(0.5 * value)),
    }


class _Cells:
    """Draws of account-months, one each; the months count from the start of the records."""

    def __init__(self, history: History, who: Ints, month: Ints) -> None:
        self.seed, self.blocks = history.seed, history.blocks
        self.months = history.months + history.scenario.first_month
        office, lane = np.divmod(history.lane[who], luck.BLOCK)
        self.place = (office * self.months + month + history.scenario.first_month) * luck.BLOCK + lane

    def uniform(self, stream: str) -> Floats:
        """Uniform draws of the cells."""
        return np.take(luck.uniforms(self.seed, f"usage.{stream}", self.blocks, self.months), self.place)

    def normal(self, stream: str) -> Floats:
        """Standard normal draws of the cells."""
        return np.take(luck.normals(self.seed, f"usage.{stream}", self.blocks, self.months), self.place)


def _features(history: History, who: Ints, month: Ints, noise: Floats) -> Columns:
    """Features and integrations in use."""
    value, fit, tenure = history.value_at(who, month), history.customers.fit[who], month - history.customers.start[who]
    logits = {
        "features_basic": 0.9 + 0.5 * value,
        "features_adv": -1.3 + 0.7 * value,
        "features_relevant": 0.6 * value + 0.4 * fit,
        "integrations": -2 + 0.4 * value + np.minimum(tenure, 36) / 24,
    }
    return {
        name: _used(FEATURES_OF[name], logit + noise + history.programmes.shift(name, month, who))
        for name, logit in logits.items()
    }


def _used(total: int, logit: Floats) -> Ints:
    """How many of a number of things are in use."""
    return np.round(total * logistic(logit)).astype(np.int64)
