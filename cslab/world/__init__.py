"""The simulated company whose truth is known: scenario, touch policy, addressed luck, histories, records, truth."""

from __future__ import annotations

from cslab.world.firm import company
from cslab.world.policy import POLICIES, Policy, policy
from cslab.world.scenario import Scenario, preset, presets

__all__ = ["POLICIES", "Policy", "Scenario", "company", "policy", "preset", "presets"]
