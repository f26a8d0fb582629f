"""Pictures of staying and leaving: the hazard comb, survival curves, the renewal map, usage before a renewal."""

from __future__ import annotations

from cslab.figures.survival.curves import curves
from cslab.figures.survival.hazard import hazard_comb
from cslab.figures.survival.renewals import renewal_map
from cslab.figures.survival.usage import usage_before_renewal, usage_gap

__all__ = ["curves", "hazard_comb", "renewal_map", "usage_before_renewal", "usage_gap"]
