"""The phases of customers: told by declared rules from what was known, and what becomes of customers in each."""

from __future__ import annotations

from cslab.measure.lifecycle.durations import time_in_phase
from cslab.measure.lifecycle.exits import passed, true_agreement
from cslab.measure.lifecycle.flow import flow
from cslab.measure.lifecycle.logged import spells_of_log
from cslab.measure.lifecycle.monthly import in_months, moves, panel
from cslab.measure.lifecycle.overview import overview
from cslab.measure.lifecycle.phases import Phase, Rules
from cslab.measure.lifecycle.proficient import past_onboarding, past_onboarding_by_calendar, true_past_onboarding
from cslab.measure.lifecycle.shipped import SHIPPED, read_rules, rules
from cslab.measure.lifecycle.spells import phase_at, spells
from cslab.measure.lifecycle.stuck import stuck_report
from cslab.measure.lifecycle.told import assumed, notes

__all__ = [
    "SHIPPED",
    "Phase",
    "Rules",
    "assumed",
    "flow",
    "in_months",
    "moves",
    "notes",
    "overview",
    "panel",
    "passed",
    "past_onboarding",
    "past_onboarding_by_calendar",
    "phase_at",
    "read_rules",
    "rules",
    "spells",
    "spells_of_log",
    "stuck_report",
    "time_in_phase",
    "true_agreement",
    "true_past_onboarding",
]
