"""Early warnings: playbooks as rules, alerts as of each morning, and what they would have been worth."""

from __future__ import annotations

from cslab.measure.alerts.backtest import backtest, decisions
from cslab.measure.alerts.effect import holdout_effect, true_worth
from cslab.measure.alerts.everybody import base_rate, everybody
from cslab.measure.alerts.firing import fire, notes
from cslab.measure.alerts.held_out import HOLDOUT, is_held_out
from cslab.measure.alerts.judged import judged, lead_times
from cslab.measure.alerts.load import PER_WEEK, csms_on, in_charge, load
from cslab.measure.alerts.playbooks import Playbook, Playbooks
from cslab.measure.alerts.presence import departures
from cslab.measure.alerts.ranking import LOADS, Threshold, capacity_curve, scored, threshold_at
from cslab.measure.alerts.saves import saves_curve
from cslab.measure.alerts.shipped import SHIPPED, playbooks, read_playbooks
from cslab.measure.alerts.stages import STAGES, ageing, ends, stages, time_in_stage
from cslab.measure.alerts.worth import SAVED, Saved, worth

__all__ = [
    "HOLDOUT",
    "LOADS",
    "PER_WEEK",
    "SAVED",
    "SHIPPED",
    "STAGES",
    "Playbook",
    "Playbooks",
    "Saved",
    "Threshold",
    "ageing",
    "backtest",
    "base_rate",
    "capacity_curve",
    "csms_on",
    "decisions",
    "departures",
    "ends",
    "everybody",
    "fire",
    "holdout_effect",
    "in_charge",
    "is_held_out",
    "judged",
    "lead_times",
    "load",
    "notes",
    "playbooks",
    "read_playbooks",
    "saves_curve",
    "scored",
    "stages",
    "threshold_at",
    "time_in_stage",
    "true_worth",
    "worth",
]
