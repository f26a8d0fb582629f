"""The customer's journey: the map as drawn, the way as walked, who hands over to whom, and whom it depends on."""

from __future__ import annotations

from cslab.measure.journey.agreement import agreement
from cslab.measure.journey.conformance import Conformance, completed, conformance
from cslab.measure.journey.effect import handoff_cohort, handoff_effect, handoff_truth
from cslab.measure.journey.emotion import emotion
from cslab.measure.journey.entropy import touch_entropy
from cslab.measure.journey.handoffs import handoff_report, handoff_scores
from cslab.measure.journey.lint import chosen, findings, lint, read_draft, read_map, unshown
from cslab.measure.journey.map import Map, Step, shipped
from cslab.measure.journey.noted import noted
from cslab.measure.journey.observed import observed
from cslab.measure.journey.ownership import ownership, same_customers
from cslab.measure.journey.presales import csm_in_presales, presales_truth
from cslab.measure.journey.progress import ageing, progress, standing
from cslab.measure.journey.variability import variability
from cslab.measure.journey.voice import is_customers, vendor_words

__all__ = [
    "Conformance",
    "Map",
    "Step",
    "ageing",
    "agreement",
    "chosen",
    "completed",
    "conformance",
    "csm_in_presales",
    "emotion",
    "findings",
    "handoff_cohort",
    "handoff_effect",
    "handoff_report",
    "handoff_scores",
    "handoff_truth",
    "is_customers",
    "lint",
    "noted",
    "observed",
    "ownership",
    "presales_truth",
    "progress",
    "read_draft",
    "read_map",
    "same_customers",
    "shipped",
    "standing",
    "touch_entropy",
    "unshown",
    "variability",
    "vendor_words",
]
