"""What happens to customers beyond the calibrated core: modules that a scenario switches on by name.

Each draws from streams of its own, looks at the past alone, and is made so that it does not move the level of churn or
growth. Equations, defaults, grades and expected effects stand in ``scenarios/README.md``.
"""

from __future__ import annotations

ADDONS = (
    "seasonality",
    "push_deals",
    "presale",
    "handoff",
    "effort",
    "champion",
    "incidents",
    "notice",
    "community",
    "content",
    "maturity",
    "offboarding",
    "csm_skill",
)
"""The names of all add-ons, in the order in which they act."""

__all__ = ["ADDONS"]
