"""One function per picture: ``figures.<subject>.<picture>(result, ax=None, lang="en") -> Axes``."""

from __future__ import annotations

from cslab.figures import fidelity, growth, survival, touch, verdicts
from cslab.figures.style import use_style

__all__ = ["fidelity", "growth", "survival", "touch", "use_style", "verdicts"]
