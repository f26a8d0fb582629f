"""From a month's churn to a year's: compounded, and as it is often done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal, overload

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, unknown_choice

METHODS: dict[str, Callable[[float], float]] = {
    "compound": lambda churn: float(1 - (1 - churn) ** 12),
    "times_twelve": lambda churn: 12 * churn,
}
"""The ways by name; the second one misleads, and its label says so."""


@overload
def annual_churn(monthly: float, method: Literal["compound", "times_twelve"] = "compound") -> float: ...
@overload
def annual_churn(monthly: Estimate, method: Literal["compound", "times_twelve"] = "compound") -> Estimate: ...
def annual_churn(
    monthly: float | Estimate, method: Literal["compound", "times_twelve"] = "compound"
) -> float | Estimate:
    """The share that has left after twelve months which each lose the same share of those still there.

    It describes no company whose customers decide once a year: there nearly all of a year's churn falls on the month
    in which the contract ends.

    Parameters
    ----------
    monthly : float or Estimate
        Churn a month (0-1).
    method : str
        ``"compound"``: 1 − (1 − c)^12. ``"times_twelve"`` (misleads): 12 c, which loses customers twice and may
        exceed 1.

    Returns
    -------
    float or Estimate
        A share a year: as what was given, an estimate with its limits carried through.

    Raises
    ------
    UsageError
        For an unknown method or a churn outside 0-1.

    Source: arithmetic; glossary "月次→年次".

    >>> round(annual_churn(0.02), 4), annual_churn(0.02, "times_twelve")
    (0.2153, 0.24)
    """
    if method not in METHODS:
        raise UsageError(unknown_choice("method", method, tuple(METHODS)))
    turn, churn = METHODS[method], float(monthly)
    if not 0 <= churn <= 1:
        raise UsageError(Fault("not_a_rate", {"name": "monthly", "value": churn}))
    if not isinstance(monthly, Estimate):
        return turn(churn)
    low, high = turn(monthly.low), turn(monthly.high)
    return replace(monthly, estimate=turn(churn), low=low, high=high, method=method, std_error=float("nan"))
