"""Who gets which tier, and which CSM, when hours are short: the best plan, other rules beside it, how sure it is."""

from __future__ import annotations

from cslab.measure.allocation.comparison import compare, frontier
from cslab.measure.allocation.knowable import knowable
from cslab.measure.allocation.lagrange import Allocation, allocate, in_pools
from cslab.measure.allocation.options import TIER_HOURS, Options, of_truth, options
from cslab.measure.allocation.robust import Robust, robust
from cslab.measure.allocation.rules import best_lines, ranked
from cslab.measure.allocation.team import Assignment, assign
from cslab.measure.allocation.worth import Worth, by_effect

__all__ = [
    "TIER_HOURS",
    "Allocation",
    "Assignment",
    "Options",
    "Robust",
    "Worth",
    "allocate",
    "assign",
    "best_lines",
    "by_effect",
    "compare",
    "frontier",
    "in_pools",
    "knowable",
    "of_truth",
    "options",
    "ranked",
    "robust",
]
