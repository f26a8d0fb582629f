"""What the board is shown: five numbers with limits, targets and owners, and the same numbers in the long form."""

from __future__ import annotations

from cslab.measure.dashboard.charter import Charter, Entry, charter_of, read_charter
from cslab.measure.dashboard.cost import retention_cost, retention_costs, success_cost
from cslab.measure.dashboard.executive import Dashboard, executive
from cslab.measure.dashboard.tidy import tidy
from cslab.measure.dashboard.tile import NAMES, Tile

__all__ = [
    "NAMES",
    "Charter",
    "Dashboard",
    "Entry",
    "Tile",
    "charter_of",
    "executive",
    "read_charter",
    "retention_cost",
    "retention_costs",
    "success_cost",
    "tidy",
]
