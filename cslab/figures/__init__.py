"""One function per picture: ``figures.<subject>.<picture>(result, ax=None, lang="en") -> Axes``."""

from __future__ import annotations

from cslab.figures import fidelity, grid, growth, kpis, retention, survival, touch, value, verdicts
from cslab.figures.style import use_style

__all__ = ["fidelity", "grid", "growth", "kpis", "retention", "survival", "touch", "use_style", "value", "verdicts"]
