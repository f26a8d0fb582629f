"""How good the data are before anybody trusts a number: filled, valid, fresh, joined, and missing by chance or not."""

from __future__ import annotations

from cslab.measure.quality.fields import fields
from cslab.measure.quality.freshness import freshness
from cslab.measure.quality.joins import joins
from cslab.measure.quality.missing import missing

__all__ = ["fields", "freshness", "joins", "missing"]
