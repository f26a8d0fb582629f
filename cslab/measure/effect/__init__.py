"""What touch and programmes bring: target trials, what was adjusted for, designs that work, and how sure one can be."""

from __future__ import annotations

from cslab.measure.effect.discontinuity import regression_discontinuity
from cslab.measure.effect.dose import dose_response
from cslab.measure.effect.doubly_robust import aipw
from cslab.measure.effect.encouragement import attended, encouragement
from cslab.measure.effect.experiment import experiment
from cslab.measure.effect.hidden import months_truly, struggling, truly
from cslab.measure.effect.naive import naive
from cslab.measure.effect.outcomes import Money
from cslab.measure.effect.overlap import comparable, support
from cslab.measure.effect.programme import programme_report
from cslab.measure.effect.result import Effect, Said, left_out_table, table
from cslab.measure.effect.sensitivity import Sensitivity, sensitivity
from cslab.measure.effect.staggered import difference_in_differences, two_way_fixed_effects
from cslab.measure.effect.stratified import stratified
from cslab.measure.effect.trial import GRACE, Trial, of_frame, trial
from cslab.measure.effect.tried import tried
from cslab.measure.effect.weighting import ipw

__all__ = [
    "GRACE",
    "Effect",
    "Money",
    "Said",
    "Sensitivity",
    "Trial",
    "aipw",
    "attended",
    "comparable",
    "difference_in_differences",
    "dose_response",
    "encouragement",
    "experiment",
    "ipw",
    "left_out_table",
    "months_truly",
    "naive",
    "of_frame",
    "programme_report",
    "regression_discontinuity",
    "sensitivity",
    "stratified",
    "struggling",
    "support",
    "table",
    "trial",
    "tried",
    "truly",
    "two_way_fixed_effects",
]
