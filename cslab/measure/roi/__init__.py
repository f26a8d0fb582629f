"""What touch is worth, to the vendor and to others: effect times value less hours times cost."""

from __future__ import annotations

from cslab.measure.roi.bands import by_band
from cslab.measure.roi.brought import Brought, brought
from cslab.measure.roi.harm import harmed
from cslab.measure.roi.influenced import influenced
from cslab.measure.roi.parties import Benefit, three_ways, worth_from
from cslab.measure.roi.rules import RuleWorth, judgement, of_rule
from cslab.measure.roi.timing import before_renewal, prevent_or_save

__all__ = [
    "Benefit",
    "Brought",
    "RuleWorth",
    "before_renewal",
    "brought",
    "by_band",
    "harmed",
    "influenced",
    "judgement",
    "of_rule",
    "prevent_or_save",
    "three_ways",
    "worth_from",
]
