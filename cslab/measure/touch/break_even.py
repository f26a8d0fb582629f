"""From which MRR on more touch pays: the hours' cost over what an effect brings, with the effect's doubt."""

from __future__ import annotations

import math
from typing import Protocol

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate
from cslab.measure.net_value import GROSS_MARGIN

METHOD = "break_even"
SHARES = ("estimand.retained", "estimand.dose")
"""What effects in shares of customers are estimates of."""


class Effect(Protocol):
    """An effect with its limits: an ``Estimate``, or what the measures of effects return."""

    @property
    def estimate(self) -> float:
        """The effect."""

    @property
    def low(self) -> float:
        """Its lower limit."""

    @property
    def high(self) -> float:
        """Its upper limit."""

    def __float__(self) -> float:
        """The effect again."""

    @property
    def n(self) -> int:
        """Accounts it rests on."""


def break_even(
    months: Effect | float, hours_more: float, hour_amount: float, margin: float = GROSS_MARGIN, served: float = 36.0
) -> Estimate:
    """The MRR from which on more touch brings more than it costs.

    Parameters
    ----------
    months : Estimate, effect or float
        Months of MRR that a customer brings more: how much longer it stays within a horizon (a difference of restricted
        means), or the gain in revenue over the MRR at signing.
    hours_more : float
        Of a customer and month, more than without.
    hour_amount : float
        Cost of an hour (currency).
    margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    served : float
        Months over which the hours are given: of those who stay all along, the horizon.

    Returns
    -------
    Estimate
        Currency a month. Where the effect may be nothing its upper limit is infinite: then nobody knows that it ever
        pays. Only the effect's doubt is in the limits, not that of hours and margin.

    Raises
    ------
    UsageError
        For an effect on a share, which is no months. For an effect that is no number, a margin outside 0-1 and numbers
        that are not above 0: all at once.

    Source: break-even of a cost against a margin; limits carried over, as the figure only falls with the effect.

    >>> found = break_even(Estimate(2.0, 1.0, 4.0, 500, "mean"), hours_more=1.0, hour_amount=6400, served=25)
    >>> found.estimate, found.low, found.high
    (100000.0, 50000.0, 200000.0)
    >>> break_even(Estimate(2.0, -1.0, 5.0, 500, "mean"), 1.0, 6400).high
    inf
    """
    _refuse_share(months)
    _check(float(months), hours_more, hour_amount, margin, served)
    cost = hours_more * served * hour_amount / margin
    known = Estimate(float(months), math.nan, math.nan, 0, METHOD) if isinstance(months, int | float) else months
    ends = [cost / one if one > 0 else math.nan if math.isnan(one) else math.inf for one in _ends(known)]
    return Estimate(ends[0], ends[2], ends[1], known.n, METHOD)


def months_of(share: Effect, horizon: int) -> Estimate:
    """A difference of shares retained, as months of a customer's life within the horizon.

    The difference is taken to build up evenly from nothing, so that half the horizon counts on average. One that comes
    early is worth up to twice as much; a difference of restricted means needs no such assumption.

    Parameters
    ----------
    share : Estimate or effect
        Share retained at the horizon, with more touch less without (0.05: five points).
    horizon : int
        Months.

    Returns
    -------
    Estimate
        Months.

    Raises
    ------
    UsageError
        For a horizon that is not above 0.

    >>> months_of(Estimate(0.10, 0.04, 0.16, 500, "mean"), 24).round(2).estimate
    1.2
    """
    if not horizon > 0:
        raise UsageError(Fault("not_positive", {"name": "horizon", "value": horizon}))
    half = horizon / 2
    middle, low, high = (half * one for one in _ends(share))
    return Estimate(middle, low, high, share.n, "months_of_share")


def _refuse_share(months: Effect | float) -> None:
    """Refuse an effect on the share retained: what it is worth in months depends on the horizon."""
    if (said := getattr(months, "estimand", None)) is None:
        return
    if said.key.startswith(SHARES) or said.values.get("outcome") == "retained":
        values = {"effect": f"{float(months):+.3f}", "horizon": said.values.get("horizon") or 24}
        raise UsageError(Fault("touch.share_not_months", values))


def _ends(effect: Effect) -> tuple[float, float, float]:
    """An effect and its limits."""
    return float(effect.estimate), float(effect.low), float(effect.high)


def _check(months: float, hours_more: float, hour_amount: float, margin: float, served: float) -> None:
    """Refuse what cannot be reckoned, all at once."""
    given = {"hours_more": hours_more, "hour_amount": hour_amount, "served": served}
    faults = [Fault("touch.no_effect")] if math.isnan(months) else []
    faults += [Fault("not_positive", {"name": name, "value": one}) for name, one in given.items() if not one > 0]
    if not 0 < margin <= 1:
        faults.append(Fault("not_a_rate", {"name": "margin", "value": margin}))
    if faults:
        raise UsageError(*faults)
