"""Health scores that somebody checked: declared, held against who left, and compared with what nobody can beat."""

from __future__ import annotations

from cslab.measure.health.actions import action_table
from cslab.measure.health.answers import nonresponse
from cslab.measure.health.compare import compare
from cslab.measure.health.declared import COLOURS, Declaration
from cslab.measure.health.expansion import expansion_rule, expansion_signal
from cslab.measure.health.lead import Lead, lead_time
from cslab.measure.health.portfolio import portfolio_score
from cslab.measure.health.race import cx_horse_race
from cslab.measure.health.score import of, parts, score, score_rows
from cslab.measure.health.shipped import SHIPPED, declared, read_score
from cslab.measure.health.study import signal_paths, signal_study
from cslab.measure.health.traps import hindsight, overlap, traps
from cslab.measure.health.validation import Validation, three, validate

__all__ = [
    "COLOURS",
    "SHIPPED",
    "Declaration",
    "Lead",
    "Validation",
    "action_table",
    "compare",
    "cx_horse_race",
    "declared",
    "expansion_rule",
    "expansion_signal",
    "hindsight",
    "lead_time",
    "nonresponse",
    "of",
    "overlap",
    "parts",
    "portfolio_score",
    "read_score",
    "score",
    "score_rows",
    "signal_paths",
    "signal_study",
    "three",
    "traps",
    "validate",
]
