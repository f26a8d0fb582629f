"""One function per picture: ``figures.<subject>.<picture>(result, ax=None, lang="en") -> Axes``."""

from __future__ import annotations

from cslab.figures import growth, survival, verdicts
from cslab.figures.style import use_style

__all__ = ["growth", "survival", "use_style", "verdicts"]
