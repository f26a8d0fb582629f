"""Pictures of touch: what it takes, what it brings."""

from __future__ import annotations

from cslab.figures.touch.thresholds import thresholds

__all__ = ["thresholds"]
