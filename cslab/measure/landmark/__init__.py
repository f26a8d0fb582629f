"""Who will leave, asked on a calendar day: everybody at risk then, what was known of them, and what became of them."""

from __future__ import annotations

from cslab.measure.landmark.crossed import crossed
from cslab.measure.landmark.day import NOTICE_MONTHS, at_risk, decisions, outcomes
from cslab.measure.landmark.days import days, latest
from cslab.measure.landmark.features import SETS, features, features_at
from cslab.measure.landmark.foreseen import best_list, share_leaving
from cslab.measure.landmark.held_out import held_out, held_out_decisions
from cslab.measure.landmark.learning import fit, landmarks, leavers, train
from cslab.measure.landmark.model import Model
from cslab.measure.landmark.overfit import fullest, overfit

__all__ = [
    "NOTICE_MONTHS",
    "SETS",
    "Model",
    "at_risk",
    "best_list",
    "crossed",
    "days",
    "decisions",
    "features",
    "features_at",
    "fit",
    "fullest",
    "held_out",
    "held_out_decisions",
    "landmarks",
    "latest",
    "leavers",
    "outcomes",
    "overfit",
    "share_leaving",
    "train",
]
