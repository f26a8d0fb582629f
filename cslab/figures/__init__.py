"""One function per picture: ``figures.<subject>.<picture>(result, ax=None, lang="en") -> Axes``."""

from __future__ import annotations

from cslab.figures import (
    fidelity,
    focus,
    grid,
    growth,
    journey,
    kpis,
    lifecycle,
    multistate,
    onboarding,
    pipeline,
    retention,
    survival,
    touch,
    value,
    verdicts,
)
from cslab.figures.style import use_style

__all__ = [
    "fidelity",
    "focus",
    "grid",
    "growth",
    "journey",
    "kpis",
    "lifecycle",
    "multistate",
    "onboarding",
    "pipeline",
    "retention",
    "survival",
    "touch",
    "use_style",
    "value",
    "verdicts",
]
