"""Whether what is asked of a trial makes sense: its outcome, its horizon, its time zero."""

from __future__ import annotations

from typing import Any

from cslab.faults import Fault, UsageError
from cslab.measure.effect.assigned import TIER, named
from cslab.measure.effect.outcomes import OUTCOMES
from cslab.measure.effect.start import ELIGIBLE
from cslab.measure.estimate import unknown_choice


def require_sense(time_zero: Any, strategies: Any, grace: int, horizon: int, outcome: str) -> None:
    """Refuse words and numbers that make no sense, all at once.

    Parameters
    ----------
    time_zero, strategies, grace, horizon, outcome
        As for ``trial``.

    Raises
    ------
    UsageError

    >>> require_sense("signing", "tier", 45, 24, "retained")
    """
    faults = [] if outcome in OUTCOMES else [unknown_choice("outcome", outcome, OUTCOMES)]
    faults += [Fault("not_positive", {"name": "horizon", "value": horizon})] if horizon < 1 else []
    faults += [Fault("effect.not_whole", {"value": horizon})] if horizon >= 1 and horizon != int(horizon) else []
    faults += [Fault("effect.negative_grace", {"value": grace})] if grace < 0 else []
    programme = isinstance(strategies, str) and named(strategies)[0] != TIER
    if isinstance(time_zero, str) and time_zero == ELIGIBLE and not programme:
        faults.append(Fault("effect.no_turn"))
    if faults:
        raise UsageError(*faults)
