"""Renewals: the map of what comes due, forecasts against what came, and whom to look after first."""

from __future__ import annotations

from cslab.figures.renewal.coverage import coverage
from cslab.figures.renewal.fan import fan
from cslab.figures.renewal.map import map
from cslab.figures.renewal.triage import triage

__all__ = ["coverage", "fan", "map", "triage"]
