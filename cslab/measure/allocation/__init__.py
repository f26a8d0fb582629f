"""Who gets which tier, and which CSM, when hours are short: the best plan, other rules beside it, how sure it is.

From a book to a plan, with effects as months of MRR (``touch.months_of``):

>>> import cslab
>>> from cslab.measure import touch
>>> from cslab.measure.estimate import Estimate
>>> book = cslab.load("synthetic:tiny")
>>> present = touch.present_tiers(book)
>>> size = book.accounts.set_index("account_id")["mrr0_amount"].reindex(present.index)
>>> effects = {"mid": Estimate(1.0, 0.4, 1.6, 60, "mean"), "high": Estimate(2.0, 0.8, 3.2, 60, "mean")}
>>> posed = options(by_effect(size, effects).value, present)
>>> plan = posed.plan(posed.best().choice)
>>> len(plan) == len(present)
True
"""

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
