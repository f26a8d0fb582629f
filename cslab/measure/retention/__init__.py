"""How much of a book stays: MRR at a day, the bridge between two days, retention and churn, each definition said.

Every rate can be defined in several ways; which one is an argument, and ``definitions`` shows them side by side.
"""

from __future__ import annotations

from cslab.measure.retention.amounts import look_back, moved, mrr, mrr_by_month, standing_mrr
from cslab.measure.retention.bridge import bridge, quick_ratio
from cslab.measure.retention.counted import GRR_METHODS, LOGO_METHODS, NRR_METHODS
from cslab.measure.retention.definitions import definitions
from cslab.measure.retention.leavers import leavers_mrr
from cslab.measure.retention.rates import grr, logo_churn, monthly_logo_churn, nrr, revenue_churn
from cslab.measure.retention.renewed import renewal_rate
from cslab.measure.retention.yearly import annual_churn

__all__ = [
    "GRR_METHODS",
    "LOGO_METHODS",
    "NRR_METHODS",
    "annual_churn",
    "bridge",
    "definitions",
    "grr",
    "leavers_mrr",
    "logo_churn",
    "look_back",
    "monthly_logo_churn",
    "moved",
    "mrr",
    "mrr_by_month",
    "nrr",
    "quick_ratio",
    "renewal_rate",
    "revenue_churn",
    "standing_mrr",
]
