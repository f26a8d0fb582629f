"""Touch policies as values: who gets which touch tier. A policy is applied to a whole chunk of accounts at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.world.programmes import CHAINS, DESIGN_NAMES, PROGRAMMES
from cslab.world.service import COUPLINGS, Sharing
from cslab.world.touch import DECIDERS, TIERS, Touch

if TYPE_CHECKING:
    from cslab.world.customers import Customers
    from cslab.world.luck import Floats, Ints
    from cslab.world.scenario import Scenario

_TAKES = {
    "shares": "0.5, 0.3, 0.2",
    "softmax": "(a, b, c) × 3",
    "thresholds": "80000, 400000",
    "override_share": "0..1",
    "onboarding": ", ".join(TIERS),
    "coupling": ", ".join(COUPLINGS),
    "enrolment": ", ".join(DESIGN_NAMES),
}
"""What each value of a policy may be, as shown where it is something else."""

_OF_TIERS = ("shares", "softmax", "thresholds", "override_share", "onboarding")
"""The values of a policy that say who gets which tier."""

LEAST_CHANCE = 0.05
"""What a soft policy leaves to every tier at least: without it nobody could compare the tiers."""


@dataclass(frozen=True)
class Policy:
    """Who gets which touch tier: by chance, or by the size of the account with a CSM's override.

    Parameters
    ----------
    name : str
        What to call it.
    shares : tuple of float, optional
        Chance of tech, mid and high touch, the same for everybody.
    softmax : tuple of tuple of float, optional
        For each tier ``(a, b, c)`` of the logit ``a + b·log(MRR / threshold of mid touch) + c·trial_usage``.
    thresholds : tuple of float, optional
        MRR at signing from which an account gets mid and high touch; the scenario's where not given.
    override_share : float, optional
        Share of struggling accounts that a CSM moves one tier up; the scenario's where not given.
    onboarding : str
        A tier that everybody gets until onboarded, whatever comes later; empty: the same as later.
    coupling : str
        How an office shares out its hours, one of ``COUPLINGS``; empty: everybody is served. Where nothing is said of
        tiers, they are those of the scenario's own policy.
    enrolment : str or tuple of (str, str)
        How all programmes take customers on, or some by name, of ``DESIGN_NAMES``; the others have their own way.

    Raises
    ------
    UsageError
        For chances that do not sum to 1, thresholds in the wrong order, a tier that there is not.

    >>> Policy("one in ten high", shares=(0.9, 0, 0.1)).shares
    (0.9, 0, 0.1)
    """

    name: str
    shares: tuple[float, float, float] | None = None
    softmax: tuple[tuple[float, float, float], ...] | None = None
    thresholds: tuple[float, float] | None = None
    override_share: float | None = None
    onboarding: str = ""
    coupling: str = ""
    enrolment: str | tuple[tuple[str, str], ...] = ""

    def __post_init__(self) -> None:
        """Refuse chances that are none and tiers that there are not, all at once."""
        shares, override = self.shares or (1.0, 0.0, 0.0), self.override_share or 0.0
        wrong = {
            "shares": len(shares) != 3 or min(shares) < 0 or abs(sum(shares) - 1) > 1e-9,
            "softmax": self.softmax is not None and [len(row) for row in self.softmax] != [3, 3, 3],
            "thresholds": self.thresholds is not None and not self.thresholds[0] <= self.thresholds[1],
            "override_share": not 0 <= override <= 1,
            "onboarding": self.onboarding not in ("", *TIERS),
            "coupling": self.coupling not in ("", *COUPLINGS),
            "enrolment": not all(on in PROGRAMMES and how in DESIGN_NAMES for on, how in self._enrolment()),
        }
        faults = [
            Fault("policy_value", {"name": name, "value": getattr(self, name), "takes": _TAKES[name]})
            for name in wrong
            if wrong[name]
        ]
        if faults:
            raise UsageError(*faults, subject=f"policy {self.name}")

    @property
    def sharing(self) -> Sharing | None:
        """How an office shares out its hours; none where everybody is served."""
        return Sharing(self.coupling) if self.coupling else None

    def propensities(self, scenario: Scenario, customers: Customers) -> Floats:
        """The chance of each account to get each tier, given all that the policy looks at.

        Parameters
        ----------
        scenario : Scenario
            Its thresholds and override share stand in where the policy has none of its own.
        customers : Customers
            Accounts as drawn, of n accounts.

        Returns
        -------
        ndarray of float, shape (n, 3)
            Tech, mid, high; each row sums to 1.

        >>> from cslab.world import customers, scenario
        >>> tiny = scenario.preset("tiny")
        >>> chances = policy("soft_rule").propensities(tiny, customers.draw(tiny, 1, blocks=range(1), accounts=60))
        >>> bool((chances >= 0.05).all())
        True
        """
        if (own := self._with_tiers(scenario)) != self:
            return own.propensities(scenario, customers)
        if self.shares:
            return np.tile(self.shares, (len(customers.segment), 1))
        return self._soft(scenario, customers) if self.softmax else self._by_rule(scenario, customers)

    def tiers(self, scenario: Scenario, customers: Customers) -> Ints:
        """The tier of each account once it is onboarded: 0 tech, 1 mid, 2 high.

        One draw an account decides, the same under every policy, from the highest tier down.

        Parameters
        ----------
        scenario, customers
            As for ``propensities``.

        Returns
        -------
        ndarray of int, shape (n,)

        >>> from cslab.world import customers, scenario
        >>> tiny = scenario.preset("tiny")
        >>> int(policy("all_mid").tiers(tiny, customers.draw(tiny, seed=1, blocks=range(1), accounts=60)).sum())
        60
        """
        _, mid, high = self.propensities(scenario, customers).T
        draw = customers.override_draw
        return np.asarray((draw < high).astype(np.int64) + (draw < high + mid))

    def touch(self, scenario: Scenario, customers: Customers) -> Touch:
        """The tier of each account through each channel.

        Parameters
        ----------
        scenario, customers
            As for ``propensities``.

        Returns
        -------
        Touch

        >>> from cslab.world import customers, scenario
        >>> tiny = scenario.preset("tiny")
        >>> drawn = customers.draw(tiny, seed=1, blocks=range(1), accounts=60)
        >>> int(policy("high_onboarding").touch(tiny, drawn).speed.min())
        2
        """
        if (own := self._with_tiers(scenario)) != self:
            return own.touch(scenario, customers)
        tier = self.tiers(scenario, customers)
        said = np.full_like(tier, TIERS.index(self.onboarding) if self.onboarding else -1)
        first = np.where(said < 0, tier, said)
        decided = self._deciders(scenario, customers, tier)
        designs = [DESIGN_NAMES.index(design) for design in self.designs(scenario)]
        enrolment = np.tile(np.array(designs, dtype=np.int64), (len(tier), 1))
        channels = {"stall": first, "speed": first, "lift": tier, "exit": tier}
        return Touch(tier, **channels, decided=decided, enrolment=enrolment, first=said)

    def designs(self, scenario: Scenario) -> tuple[str, ...]:
        """How each programme of a company takes its customers on.

        >>> from cslab.world import preset
        >>> Policy("lot", enrolment="rct").designs(preset("tiny")), policy("rule").designs(preset("tiny"))
        (('rct',), ('open',))
        """
        said = dict(self._enrolment())
        return tuple(said.get(name, CHAINS[name].assignment) for name in scenario.programs)

    def lines(self, scenario: Scenario) -> tuple[float, float] | None:
        """MRR at signing from which an account gets mid touch, and high touch; none of a policy that goes by no lines.

        >>> from cslab.world import preset
        >>> policy("firefighting").lines(preset("tiny")), policy("rct").lines(preset("tiny"))
        ((80000.0, 400000.0), None)
        """
        own = self._with_tiers(scenario)
        mid, high = own.thresholds or scenario.tier_threshold_amount
        return None if own.shares or own.softmax else (mid, high)

    def _enrolment(self) -> tuple[tuple[str, str], ...]:
        """The designs that the policy names, by programme."""
        if isinstance(self.enrolment, tuple):
            return self.enrolment
        return tuple((name, self.enrolment) for name in PROGRAMMES) if self.enrolment else ()

    def _deciders(self, scenario: Scenario, customers: Customers, tier: Ints) -> Ints:
        """What decided each tier: the rule, a CSM, or the lot where every account has the same chances of several."""
        if self.shares or self.softmax:
            lot = max(self.shares or (1.0,)) < 1
            return np.full_like(tier, DECIDERS.index("rct" if lot else "rule"))
        moved = tier > self._by_size(scenario, customers)
        return np.where(moved, DECIDERS.index("csm"), DECIDERS.index("rule"))

    def _with_tiers(self, scenario: Scenario) -> Policy:
        """The same policy, with the tiers of the scenario's where it only says how hours are shared out."""
        said = {name: getattr(self, name) for name in _OF_TIERS}
        if not self.coupling or any(said.values()) or self.override_share is not None:
            return self
        return replace(self, **{name: getattr(policy(scenario.policy), name) for name in _OF_TIERS})

    def _by_size(self, scenario: Scenario, customers: Customers) -> Ints:
        """The tier that the size of the account calls for."""
        return np.searchsorted(self.thresholds or scenario.tier_threshold_amount, customers.mrr0, side="right")

    def _by_rule(self, scenario: Scenario, customers: Customers) -> Floats:
        """By the size of the account; a struggling one may be moved up."""
        tier = self._by_size(scenario, customers)
        share = scenario.override_share if self.override_share is None else self.override_share
        moved = np.where(customers.first_impression + customers.fit < scenario.override_below, share, 0.0)
        chances = np.eye(3)[tier] * (1 - moved)[:, None]
        chances += np.eye(3)[np.minimum(tier + 1, 2)] * moved[:, None]
        return np.asarray(chances)

    def _soft(self, scenario: Scenario, customers: Customers) -> Floats:
        """By what the company sees at signing, softly: the least chance for each tier, the rest by the softmax."""
        size = np.log(customers.mrr0 / max(scenario.tier_threshold_amount[0], scenario.smallest_amount))
        seen = np.stack([np.ones_like(size), size, customers.trial_usage], axis=1)
        logits = seen @ np.array(self.softmax).T
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(LEAST_CHANCE + (1 - 3 * LEAST_CHANCE) * weights / weights.sum(axis=1, keepdims=True))


POLICIES = {
    known.name: known
    for known in (
        Policy("rule"),
        Policy("pure_rule", override_share=0.0),
        Policy("all_tech", shares=(1, 0, 0)),
        Policy("all_mid", shares=(0, 1, 0)),
        Policy("all_high", shares=(0, 0, 1)),
        Policy("soft_rule", softmax=((0.0, 0.0, 0.0), (1.0, 0.7, -1.2), (0.9, 1.3, -2.4))),
        Policy("rct", shares=(1 / 3, 1 / 3, 1 / 3)),
        Policy("high_onboarding", onboarding="high"),
        *(Policy(coupling, coupling=coupling) for coupling in COUPLINGS),
        Policy("program_none", enrolment="none"),
        Policy("program_open", enrolment="open"),
        Policy("program_rule", enrolment="rule"),
        Policy("program_csm", enrolment="csm_choice"),
        Policy("program_encouragement", enrolment="encouragement"),
        Policy("program_rct", enrolment="rct"),
        Policy("program_staggered", enrolment="staggered"),
    )
}
"""The policies that go by a name: the observed rule, the rule without a CSM's override, one tier for everybody, tiers
drawn from what is seen at signing (big contracts and weak trials get more touch), tiers drawn by lot, high-touch
onboarding for all with the rule from then on, and the scenario's own tiers by CSMs whose hours are limited: all of them
for planned touch, first for red accounts, first for alerts. ``program_...`` has the tiers of the rule, and takes
customers on in that way in every programme."""


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
