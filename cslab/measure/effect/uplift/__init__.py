"""Whom touch changes, which is not who is at risk: learned from others, judged on those held out, in Qini curves."""

from __future__ import annotations

from cslab.measure.effect.uplift.foreseen import Uplift, uplift
from cslab.measure.effect.uplift.learner import Learner, by_arm, doubly_robust
from cslab.measure.effect.uplift.qini import Qini, deciles, qini, targets
from cslab.measure.effect.uplift.ranked import Ranked
from cslab.measure.effect.uplift.ready import in_months

__all__ = [
    "Learner",
    "Qini",
    "Ranked",
    "Uplift",
    "by_arm",
    "deciles",
    "doubly_robust",
    "in_months",
    "qini",
    "targets",
    "uplift",
]
