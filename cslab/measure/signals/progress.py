"""How far customers have come: milestones of onboarding, benefit felt, maturity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.signals.asked import Asked, Signal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def _onboarded(asked: Asked) -> Floats:
    """The share of the milestones of value reached, of those begun."""
    steps = asked.book.onboarding
    counted = steps["kind"] == "value" if "kind" in steps else steps["started"].notna()
    begun, done = (asked.so_far("onboarding", steps[name], counted) for name in ("started", "done"))
    return np.where(begun > 0, done / np.maximum(begun, 1), np.nan)


def _felt(asked: Asked) -> Floats:
    """Whether the benefit was felt, at the last milestone of which it is known."""
    steps = asked.book.onboarding
    felt = steps["felt_benefit"].astype("Float64")
    return asked.log("onboarding", steps["done"], felt).last(asked.account, asked.day)


def _maturity(asked: Asked) -> Floats:
    """The level last assessed."""
    table = asked.book.maturity
    return asked.log("maturity", table["assessed_on"], table["level"]).last(asked.account, asked.day)


PROGRESS: dict[str, Signal] = {
    "onboarded": Signal("onboarding", ("onboarding.started", "onboarding.done"), _onboarded),
    "felt_benefit": Signal("onboarding", ("onboarding.done", "onboarding.felt_benefit"), _felt),
    "maturity_level": Signal("maturity", ("maturity.assessed_on", "maturity.level"), _maturity),
}
"""Made of milestones and assessments."""
