"""Touch policies as values: who gets which touch tier. A policy is applied to a whole chunk of accounts at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError, nearest

if TYPE_CHECKING:
    from cslab.world.customers import Customers
    from cslab.world.luck import Ints
    from cslab.world.scenario import Scenario

TIERS = ("tech", "mid", "high")


@dataclass(frozen=True)
class Policy:
    """Who gets which touch tier.

    Parameters
    ----------
    name : str
        What to call it.
    everyone : str
        A tier that all accounts get; empty: by the size of the account.
    thresholds : tuple of float, optional
        MRR at signing from which an account gets mid and high touch; the scenario's where not given.
    override_share : float, optional
        Share of struggling accounts that a CSM moves one tier up; the scenario's where not given.

    >>> Policy("high for all", everyone="high").everyone
    'high'
    """

    name: str
    everyone: str = ""
    thresholds: tuple[float, float] | None = None
    override_share: float | None = None

    def tiers(self, scenario: Scenario, customers: Customers) -> Ints:
        """The tier of each account: 0 tech, 1 mid, 2 high.

        Parameters
        ----------
        scenario : Scenario
            Its thresholds and override share stand in where the policy has none of its own.
        customers : Customers
            Accounts as drawn, of n accounts.

        Returns
        -------
        ndarray of int, shape (n,)

        >>> from cslab.world import customers, scenario
        >>> tiny = scenario.preset("tiny")
        >>> int(policy("all_mid").tiers(tiny, customers.draw(tiny, seed=1, blocks=range(1), accounts=60)).sum())
        60
        """
        if self.everyone:
            return np.full(len(customers.segment), TIERS.index(self.everyone))
        tier = np.searchsorted(self.thresholds or scenario.tier_threshold_amount, customers.mrr0, side="right")
        share = scenario.override_share if self.override_share is None else self.override_share
        struggling = customers.first_impression + customers.fit < scenario.override_below
        moved = struggling & (customers.override_draw < share)
        return np.minimum(tier + moved, len(TIERS) - 1)


POLICIES = {
    known.name: known
    for known in (
        Policy("rule"),
        Policy("pure_rule", override_share=0.0),
        *(Policy(f"all_{tier}", everyone=tier) for tier in TIERS),
    )
}
"""The policies that go by a name: the observed rule, the rule without a CSM's override, one tier for everybody."""


def policy(name: str | Policy) -> Policy:
    """The policy of that name.

    Parameters
    ----------
    name : str or Policy
        One of ``POLICIES``; a ``Policy`` is handed back as it is.

    Raises
    ------
    UsageError
        For an unknown name; it names the nearest.

    >>> policy("pure_rule").override_share
    0.0
    """
    if isinstance(name, Policy):
        return name
    if name not in POLICIES:
        near = nearest(name, POLICIES) or "rule"
        raise UsageError(Fault("unknown_policy", {"name": name, "near": near, "known": ", ".join(POLICIES)}))
    return POLICIES[name]
