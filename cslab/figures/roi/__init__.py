"""What touch is worth: to whom, when it begins, under which policy, and against what only looks like it."""

from __future__ import annotations

from cslab.figures.roi.spent import before_renewal, influenced, policies
from cslab.figures.roi.worth import bands, parties

__all__ = ["bands", "before_renewal", "influenced", "parties", "policies"]
