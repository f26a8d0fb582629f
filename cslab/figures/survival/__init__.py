"""Pictures of staying and leaving: hazard comb, curves, renewal map, usage before a renewal, forest of differences."""

from __future__ import annotations

from cslab.figures.survival.curves import curves
from cslab.figures.survival.forest import forest
from cslab.figures.survival.hazard import hazard_comb
from cslab.figures.survival.renewals import renewal_map
from cslab.figures.survival.usage import usage_before_renewal, usage_gap

__all__ = ["curves", "forest", "hazard_comb", "renewal_map", "usage_before_renewal", "usage_gap"]
