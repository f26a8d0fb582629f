"""Pictures of onboarding: who gets there, of whom it is said, what a first impression leaves, what prevention pays."""

from __future__ import annotations

from cslab.figures.onboarding.comparisons import denominators, event_name, forgiveness, gap, wow_search
from cslab.figures.onboarding.impression import impression
from cslab.figures.onboarding.prevention import prevention
from cslab.figures.onboarding.quadrant import quadrant
from cslab.figures.onboarding.time_to_value import time_to_value

__all__ = [
    "denominators",
    "event_name",
    "forgiveness",
    "gap",
    "impression",
    "prevention",
    "quadrant",
    "time_to_value",
    "wow_search",
]
