"""The touch model: who gets which touch, what it takes, what it has to bring.

Tiers by rule (``tier_rule``, ``assign``), the hours of a tier from unit hours and times (``cadence``, ``costs``), the
matrix of lifecycle and touch (``matrix_of``, ``lint``, ``counts``, ``matrix_load``, ``occasions``, ``raci``,
``role_coverage``), whether groups are of any use (``segmentations``); whether the team holds (``load``,
``hiring_plan``, ``Outsourced``, ``specialised``, ``quarter_later``); from which MRR on touch pays (``break_even``,
``by_mrr``, ``early``) and which model fits price and headcount (``engagement_map``); who of the team does better than
anybody would with the same customers (``fair``), and how much of the time puts out fires (``firefighting``).
"""

from __future__ import annotations

from cslab.measure.touch.bilingual import Bilingual
from cslab.measure.touch.break_even import break_even, months_of
from cslab.measure.touch.cadence import Cadence, Touch, cadence, read_cadence
from cslab.measure.touch.costs import costs
from cslab.measure.touch.early import early
from cslab.measure.touch.fair import agreement, fair, fair_truth
from cslab.measure.touch.feasible import Economy, engagement_map
from cslab.measure.touch.firefighting import firefighting
from cslab.measure.touch.hiring import Staffing, growing, hiring_plan
from cslab.measure.touch.later import came_of, quarter_later
from cslab.measure.touch.lint import lint, matrix_of, read_matrix, read_matrix_draft
from cslab.measure.touch.load import PLANNED, capacity, load
from cslab.measure.touch.matrix import Cell, Matrix, Occasion
from cslab.measure.touch.matrix_load import counts, matrix_load
from cslab.measure.touch.needed import csms_truth
from cslab.measure.touch.occasions import occasions
from cslab.measure.touch.outsourcing import Outsourced
from cslab.measure.touch.pays import break_even_truth, by_mrr, months_more
from cslab.measure.touch.roles import raci, role_coverage
from cslab.measure.touch.rule import Exemption, TierRule, assign
from cslab.measure.touch.rule_file import read_tier_rule, tier_rule
from cslab.measure.touch.segmentation import segmentations
from cslab.measure.touch.specialists import Work, specialised
from cslab.measure.touch.tiers import called, present_tiers, tier_of
from cslab.measure.touch.trajectories import trajectories

__all__ = [
    "PLANNED",
    "Bilingual",
    "Cadence",
    "Cell",
    "Economy",
    "Exemption",
    "Matrix",
    "Occasion",
    "Outsourced",
    "Staffing",
    "TierRule",
    "Touch",
    "Work",
    "agreement",
    "assign",
    "break_even",
    "break_even_truth",
    "by_mrr",
    "cadence",
    "called",
    "came_of",
    "capacity",
    "costs",
    "counts",
    "csms_truth",
    "early",
    "engagement_map",
    "fair",
    "fair_truth",
    "firefighting",
    "growing",
    "hiring_plan",
    "lint",
    "load",
    "matrix_load",
    "matrix_of",
    "months_more",
    "months_of",
    "occasions",
    "present_tiers",
    "quarter_later",
    "raci",
    "read_cadence",
    "read_matrix",
    "read_matrix_draft",
    "read_tier_rule",
    "role_coverage",
    "segmentations",
    "specialised",
    "tier_of",
    "tier_rule",
    "trajectories",
]
