"""Effects: ways beside the truth, who can be compared, a jump at a threshold, a programme month by month, power."""

from __future__ import annotations

from cslab.figures.effect.balance import balance
from cslab.figures.effect.discontinuity import jump
from cslab.figures.effect.estimators import estimators, said_number
from cslab.figures.effect.event_study import event_study
from cslab.figures.effect.overlap import overlap
from cslab.figures.effect.power import power

__all__ = ["balance", "estimators", "event_study", "jump", "overlap", "power", "said_number"]
