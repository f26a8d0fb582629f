"""How good a score is: whether its chances are right, how well it tells, how early, and what it finds at a capacity."""

from __future__ import annotations

from cslab.figures.scores.calibration import calibration
from cslab.figures.scores.flagged import precision_recall
from cslab.figures.scores.separation import auc_by_horizon, beside_ceiling, lead_time

__all__ = ["auc_by_horizon", "beside_ceiling", "calibration", "lead_time", "precision_recall"]
