"""Early warnings: how early they come, whom they reach, how many a CSM can act on, what that saves, how they age."""

from __future__ import annotations

from cslab.figures.alerts.ageing import stage_ages
from cslab.figures.alerts.capacity import by_capacity, saves, weekly_load
from cslab.figures.alerts.reach import bands, lead_times

__all__ = ["bands", "by_capacity", "lead_times", "saves", "stage_ages", "weekly_load"]
