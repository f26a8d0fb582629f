"""Onboarding and the first value: who gets there and how fast, what a first impression leaves, what prevention pays."""

from __future__ import annotations

from cslab.measure.onboarding.arrivals import DEFINITIONS, arrivals, milestones, starts
from cslab.measure.onboarding.completers import mean_of_completers, median_of_completers
from cslab.measure.onboarding.completion import DENOMINATORS, completion, completions, milestone_counts
from cslab.measure.onboarding.early import early_events
from cslab.measure.onboarding.education import education
from cslab.measure.onboarding.forgiveness import forgiveness
from cslab.measure.onboarding.gap import gap, gap_adjusted, gap_between, gap_truth
from cslab.measure.onboarding.hidden import completion_truth, time_truth
from cslab.measure.onboarding.hours import hours_by_tenure
from cslab.measure.onboarding.impression import impression, impression_truth
from cslab.measure.onboarding.nudge import nudge, nudge_truth
from cslab.measure.onboarding.paying import break_even, prevent_vs_save
from cslab.measure.onboarding.prevention import hour_values, prevention
from cslab.measure.onboarding.quadrant import quadrant
from cslab.measure.onboarding.value_time import median_time, never, success_points, time_quantiles, time_to_value
from cslab.measure.onboarding.wow import best_by_luck, wow_search

__all__ = [
    "DEFINITIONS",
    "DENOMINATORS",
    "arrivals",
    "best_by_luck",
    "break_even",
    "completion",
    "completion_truth",
    "completions",
    "early_events",
    "education",
    "forgiveness",
    "gap",
    "gap_adjusted",
    "gap_between",
    "gap_truth",
    "hour_values",
    "hours_by_tenure",
    "impression",
    "impression_truth",
    "mean_of_completers",
    "median_of_completers",
    "median_time",
    "milestone_counts",
    "milestones",
    "never",
    "nudge",
    "nudge_truth",
    "prevent_vs_save",
    "prevention",
    "quadrant",
    "starts",
    "success_points",
    "time_quantiles",
    "time_to_value",
    "time_truth",
    "wow_search",
]
