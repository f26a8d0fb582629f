"""What a table of phases lets one say on Monday: spend the hours, try first, or that nobody can tell yet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

DECISIONS = ("spend", "try_first", "unknown", "unpriced")
"""The hours bring what they cost, or more; less; nobody can tell whether they bring anything; nobody knows the cost."""


@dataclass(frozen=True)
class Decision:
    """What can be said of the phase in which an hour brings most.

    Parameters
    ----------
    kind : str
        One of ``DECISIONS``.
    best, second, crowded : str
        Phases: where an hour brings most, where it brings most but for that, where most customers are.
    gain_low, gain_high : float
        Limits of what a year's hours bring there (currency); missing where there are none.
    cost_amount : float
        What these hours cost (currency); missing where nobody knows.
    ratio : float
        What they bring for each one that they cost.
    break_even : float
        Share of the departures (0-1 and above) that help would have to prevent to pay its way, about.

    >>> Decision("spend", "renewal", "adoption", "adoption", 1.0, 3.0, 1.0, 2.0, 0.1).kind in DECISIONS
    True
    """

    kind: str
    best: str
    second: str
    crowded: str
    gain_low: float
    gain_high: float
    cost_amount: float
    ratio: float
    break_even: float


def decide(table: pd.DataFrame) -> Decision:
    """What a table of phases lets one say of the phase in which an hour brings most.

    Parameters
    ----------
    table : DataFrame
        As ``focus.table`` returns it: of two phases or more.

    Returns
    -------
    Decision
        ``unknown`` where the limits reach down to nothing, or there are none; ``try_first`` where the hours cost more
        than they bring as estimated. What help brings grows about as its effect does.

    >>> import cslab
    >>> from cslab.measure.lifecycle import focus
    >>> decide(focus.table(cslab.load("synthetic:tiny"), hours=100, futures=2)).kind
    'unknown'
    """
    first, second = table.nlargest(2, "per_hour").to_dict("records")
    cost = float(first["spent_hours"] * table.attrs["hour_amount"])
    ratio = float(first["gain_amount"]) / cost
    needed = float(table.attrs["effect"]) / ratio if ratio > 0 else math.inf
    crowded = str(table.nlargest(1, "customers")["phase"].iloc[0])
    limits = float(first["gain_low"]), float(first["gain_high"])
    phases = str(first["phase"]), str(second["phase"]), crowded
    return Decision(_kind(limits[0], ratio), *phases, *limits, cost, ratio, needed)


def _kind(low: float, ratio: float) -> str:
    """Which of the decisions it is."""
    if not low > 0:
        return "unknown"
    if math.isnan(ratio):
        return "unpriced"
    return "spend" if ratio >= 1 else "try_first"
