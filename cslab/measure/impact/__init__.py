"""Impact chains: from activity to impact, tested link by link in a company's records."""

from __future__ import annotations

from cslab.measure.impact.advice import Decision
from cslab.measure.impact.chain import Chain
from cslab.measure.impact.check import checked, faults
from cslab.measure.impact.contrast import Contrast, contrast
from cslab.measure.impact.contribution import contribution
from cslab.measure.impact.cues import Classified, classify
from cslab.measure.impact.decision import decide
from cslab.measure.impact.declared import made_out, named, shipped, shipped_names
from cslab.measure.impact.delay import delay
from cslab.measure.impact.delays import delays, effect_path, true_delays
from cslab.measure.impact.graph import back_door, due, judged_after, roads
from cslab.measure.impact.indicator import Indicator
from cslab.measure.impact.lags import expected_time, times_to_impact
from cslab.measure.impact.links import Tested, test_links
from cslab.measure.impact.lint import findings, lint, serious
from cslab.measure.impact.mediated import mediated
from cslab.measure.impact.mediation import Mediation, mediation
from cslab.measure.impact.month import at_month
from cslab.measure.impact.parts import LEVELS, Cause, Link, Node
from cslab.measure.impact.portfolio import portfolio
from cslab.measure.impact.product import Product, product
from cslab.measure.impact.reach import cost, hours, reach
from cslab.measure.impact.scored import scored
from cslab.measure.impact.series import Records
from cslab.measure.impact.statements import Statement, classified, error_rate, statements
from cslab.measure.impact.truth import true_effects, worlds
from cslab.measure.impact.value import Worth, confidence, worth
from cslab.measure.impact.verdict import VERDICTS, LinkTest, Reason

__all__ = [
    "LEVELS",
    "VERDICTS",
    "Cause",
    "Chain",
    "Classified",
    "Contrast",
    "Decision",
    "Indicator",
    "Link",
    "LinkTest",
    "Mediation",
    "Node",
    "Product",
    "Reason",
    "Records",
    "Statement",
    "Tested",
    "Worth",
    "at_month",
    "back_door",
    "checked",
    "classified",
    "classify",
    "confidence",
    "contrast",
    "contribution",
    "cost",
    "decide",
    "delay",
    "delays",
    "due",
    "effect_path",
    "error_rate",
    "expected_time",
    "faults",
    "findings",
    "hours",
    "judged_after",
    "lint",
    "made_out",
    "mediated",
    "mediation",
    "named",
    "portfolio",
    "product",
    "reach",
    "roads",
    "scored",
    "serious",
    "shipped",
    "shipped_names",
    "statements",
    "test_links",
    "times_to_impact",
    "true_delays",
    "true_effects",
    "worlds",
    "worth",
]
