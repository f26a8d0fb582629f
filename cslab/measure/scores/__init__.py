"""How good a score is, for everybody who was a customer on a day: who left later, as far as each one was followed.

Whether it ranks well (``harrell``, ``uno``, ``auc``), whether its chances are right (``brier``, ``calibration``), how
long before the decision it tells (``lead_time``), what it finds at a capacity (``flagged``), and how near it comes to
what anybody could know (``beside_ceiling``). Time counts from the day on which the score was asked; on the scale of
tenure, where customers enter late, the weights would be wrong, and such rows are refused.
"""

from __future__ import annotations

from cslab.measure.scores.beside import beside_ceiling
from cslab.measure.scores.brier import brier, brier_by_horizon, integrated_brier
from cslab.measure.scores.calibration import Calibration, calibration
from cslab.measure.scores.concordance import harrell, uno
from cslab.measure.scores.flagged import flagged
from cslab.measure.scores.lead import lead_rows, lead_time
from cslab.measure.scores.rows import join
from cslab.measure.scores.separation import auc, auc_by_horizon, difference

__all__ = [
    "Calibration",
    "auc",
    "auc_by_horizon",
    "beside_ceiling",
    "brier",
    "brier_by_horizon",
    "calibration",
    "difference",
    "flagged",
    "harrell",
    "integrated_brier",
    "join",
    "lead_rows",
    "lead_time",
    "uno",
]
