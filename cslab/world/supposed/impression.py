"""What the first impression does to value and usage later on, and what an incident costs those whom it hits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cslab.world.addons.incidents import damage, incident_chance
from cslab.world.rates import logistic
from cslab.world.supposed.begun import Impressed
from cslab.world.supposed.walk import SupposedPaths

if TYPE_CHECKING:
    import pandas as pd

    from cslab.world.expectation import Outlook
    from cslab.world.futures import Ahead
    from cslab.world.luck import Floats
    from cslab.world.scenario import Scenario

NODES = 15
"""At how many points the noise of usage is averaged over."""


def impression_effect(outlook: Outlook, months: Sequence[int]) -> pd.DataFrame:
    """What one sd more of first impression adds, some months after signing.

    Every customer drawn, in the same futures with and without it, whether it is still a customer by then or not.
    Touch stays as it is: no CSM reacts.

    Parameters
    ----------
    outlook : Outlook
        From signing, its horizon not before the last of the months.
    months : sequence of int
        Of tenure.

    Returns
    -------
    DataFrame
        ``month``, ``latent``, ``latent_error``, ``usage`` (expected ``wau_ratio``, 0-1), ``usage_error``.

    >>> from cslab.world import policy, preset
    >>> from cslab.world.expectation import Outlook
    >>> outlook = Outlook(preset("calibration").with_(accounts=60), policy("rule"), horizon=6, futures=2)
    >>> impression_effect(outlook, [0, 6])["latent"].round(2).tolist()
    [0.3, 0.34]
    """
    import pandas as pd

    def walk(ahead: Ahead) -> Floats:
        """Latent value in both worlds at each of the months."""
        past, policy = ahead.past, outlook.factual
        touch = policy.touch(past.scenario, past.customers).at(ahead.place)
        worlds = [SupposedPaths(ahead, touch, policy.sharing, [one]) for one in (None, Impressed(1.0))]
        return np.stack([_at_tenure(one, months) for one in worlds]).reshape(2, len(months), ahead.count, -1)

    sums, accounts = np.zeros((2, len(months), outlook.futures)), 0
    for number, found in outlook.walks(walk):
        sums[0] += (found[1] - found[0]).sum(axis=-1)
        sums[1] += np.subtract(*(expected_usage(outlook.scenario, value) for value in found[::-1])).sum(axis=-1)
        accounts += len(number)
    columns = {"month": list(months)}
    for name, each in zip(("latent", "usage"), sums / max(accounts, 1), strict=True):
        spread = each.std(axis=1, ddof=1) if outlook.futures > 1 else np.full(len(months), np.nan)
        columns |= {name: each.mean(axis=1), f"{name}_error": spread / outlook.futures**0.5}
    return pd.DataFrame(columns)


def _at_tenure(paths: SupposedPaths, months: Sequence[int]) -> Floats:
    """Latent value some months after signing, in the order of futures and accounts."""
    paths.walked()
    found, everyone = np.zeros((len(months), len(paths.order))), np.arange(len(paths.order))
    signs = paths.start < paths.months
    for place, month in enumerate(months):
        when = np.minimum(paths.start + month, paths.months - 1)
        found[place, paths.order] = np.where(signs, paths.value[when, everyone], 0.0)
    return found


def incident_damage(scenario: Scenario, latent: Floats, impression: Floats, months: int) -> pd.DataFrame:
    """What an incident costs those whom it hits, by whether their first impression was good.

    Parameters
    ----------
    scenario : Scenario
    latent, impression : ndarray of float
        Of recorded account-months: latent value, and the account's first impression.
    months : int
        How many to follow it; latent value forgets a part of it each month.

    Returns
    -------
    DataFrame
        ``impression`` (``poor``, ``good``), ``month`` (0: that of the incident), ``latent``, ``usage`` (expected
        ``wau_ratio``): losses, so positive. No row where there are no incidents.

    >>> from cslab.world import preset
    >>> world = preset("default_jp")
    >>> incident_damage(world, np.zeros(2), np.array([-1.0, 1.0]), 1)["latent"].tolist()
    [0.3, 0.15]
    """
    import pandas as pd

    rows = []
    for word, sign in (("poor", -1.0), ("good", 1.0)) if incident_chance(scenario) else ():
        value = latent[(impression > 0) == (sign > 0)]
        for month in range(months):
            lost = float(damage(scenario, np.array(sign))) * scenario.value_persistence**month
            usage = expected_usage(scenario, value) - expected_usage(scenario, value - lost)
            rows.append((word, month, lost, float(usage.mean()) if len(usage) else np.nan))
    return pd.DataFrame(rows, columns=["impression", "month", "latent", "usage"])


def expected_usage(scenario: Scenario, value: Floats) -> Floats:
    """The share of paid users active in a week that a latent value makes one expect, its noise averaged out.

    Parameters
    ----------
    scenario : Scenario
    value : ndarray of float

    Returns
    -------
    ndarray of float
        0-1, of the same shape.

    >>> from cslab.world import preset
    >>> expected_usage(preset("tiny").with_(usage_base=0), np.zeros(1)).round(3).tolist()
    [0.5]
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    found = np.zeros(np.shape(value))
    for node, weight in zip(nodes, weights / weights.sum(), strict=True):
        found += weight * logistic(scenario.usage_base + scenario.usage_value * (value + scenario.usage_noise * node))
    return found
