"""The customer's journey: the map as drawn, the way as walked, who hands over to whom, and whom it depends on."""

from __future__ import annotations

from cslab.measure.journey.agreement import agreement
from cslab.measure.journey.conformance import Conformance, completed, conformance
from cslab.measure.journey.effect import handoff_cohort, handoff_effect, handoff_truth
from cslab.measure.journey.emotion import emotion
from cslab.measure.journey.entropy import touch_entropy
from cslab.measure.journey.handoffs import handoff_report, handoff_scores
from cslab.measure.journey.lint import findings, lint, read_map
from cslab.measure.journey.map import PHASES, Map, Step, read_draft, shipped
from cslab.measure.journey.observed import observed
from cslab.measure.journey.progress import ageing, progress, standing
from cslab.measure.journey.variability import variability
from cslab.measure.journey.voice import is_customers, vendor_words

__all__ = [
    "PHASES",
    "Conformance",
    "Map",
    "Step",
    "ageing",
    "agreement",
    "completed",
    "conformance",
    "emotion",
    "findings",
    "handoff_cohort",
    "handoff_effect",
    "handoff_report",
    "handoff_scores",
    "handoff_truth",
    "is_customers",
    "lint",
    "observed",
    "progress",
    "read_draft",
    "read_map",
    "shipped",
    "standing",
    "touch_entropy",
    "variability",
    "vendor_words",
]
