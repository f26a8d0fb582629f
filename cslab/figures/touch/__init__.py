"""Pictures of touch: what it takes, what it brings."""

from __future__ import annotations

from cslab.figures.touch.early import early
from cslab.figures.touch.feasible import engagement_map
from cslab.figures.touch.firefighting import firefighting
from cslab.figures.touch.hiring import hiring
from cslab.figures.touch.league import league
from cslab.figures.touch.matrix import matrix_hours
from cslab.figures.touch.pays import pays
from cslab.figures.touch.specialists import waiting
from cslab.figures.touch.thresholds import thresholds
from cslab.figures.touch.utilisation import utilisation

__all__ = [
    "early",
    "engagement_map",
    "firefighting",
    "hiring",
    "league",
    "matrix_hours",
    "pays",
    "thresholds",
    "utilisation",
    "waiting",
]
