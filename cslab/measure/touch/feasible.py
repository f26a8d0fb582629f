"""Price × headcount: which model of engagement a company can afford, and which is best of those."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError
from cslab.measure.net_value import GROSS_MARGIN
from cslab.measure.plans import TIER_HOURS
from cslab.measure.touch.break_even import Effect
from cslab.measure.touch.load import CSM_HOURS, PLANNED
from cslab.world.touch import TIERS

if TYPE_CHECKING:
    import pandas as pd

NONE = "none"
"""Not even tech touch for everybody fits into the hours."""


@dataclass(frozen=True)
class Economy:
    """What is assumed of touch, whatever price and headcount.

    Parameters
    ----------
    months : mapping of str to float or effect
        By tier: months of MRR that a customer brings more than with tech touch, within the horizon.
    hours : mapping of str to float
        Of a customer and month by tier.
    served : float
        Months over which the hours are given.
    hour_amount : float
        Cost of an hour (currency).
    margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    csm_hours : float
        Of one CSM and month.

    >>> economy = Economy({"mid": 2.0, "high": 4.0})
    >>> round(economy.worth("high", 1e6) - economy.worth("mid", 1e6))
    471040
    """

    months: Mapping[str, float | Effect]
    hours: Mapping[str, float] = field(default_factory=lambda: dict(TIER_HOURS))
    served: float = 36.0
    hour_amount: float = 6400.0
    margin: float = GROSS_MARGIN
    csm_hours: float = CSM_HOURS

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        given = {name: getattr(self, name) for name in ("served", "hour_amount", "csm_hours")}
        faults = [Fault("not_positive", {"name": name, "value": one}) for name, one in given.items() if not one > 0]
        faults += [] if 0 < self.margin <= 1 else [Fault("not_a_rate", {"name": "margin", "value": self.margin})]
        lacking = [tier for tier in TIERS[1:] if tier not in self.months]
        faults += [Fault("touch.no_months", {"tier": tier}) for tier in lacking]
        if faults:
            raise UsageError(*faults)

    def worth(self, tier: str, price_amount: float) -> float:
        """What a customer of a price brings more than with tech touch, less the cost of the hours.

        Parameters
        ----------
        tier : str
        price_amount : float
            MRR (currency a month).

        >>> Economy({"mid": 2.0, "high": 4.0}).worth("tech", 1e6)
        0.0
        """
        more = self.months.get(tier, 0.0) if tier != TIERS[0] else 0.0
        gained = float(more if isinstance(more, int | float) else more.estimate)
        spent = (self.hours[tier] - self.hours[TIERS[0]]) * self.served * self.hour_amount
        return self.margin * price_amount * gained - spent


def engagement_map(customers: float, prices: Sequence[float], heads: Sequence[float], economy: Economy) -> pd.DataFrame:
    """The best model that fits into the hours, for each price and headcount.

    All customers pay the same price, so that what differs is one choice: all of them in one tier, or some in one and
    the others in another, as far as the hours go.

    Parameters
    ----------
    customers : float
    prices : sequence of float
        MRR of a customer (currency a month).
    heads : sequence of float
        CSMs.
    economy : Economy

    Returns
    -------
    DataFrame
        ``price_amount``, ``heads``, ``model`` (``tech``, ``mid``, ``high``, two of them such as ``mid+high``, or
        ``none`` where not even tech touch fits), ``net_amount`` (a customer, more than tech touch; missing for none),
        ``utilisation`` (of the planned hours), ``tech``, ``mid``, ``high`` (shares of the customers). ``attrs``:
        ``customers``, ``planned``.

    Raises
    ------
    UsageError
        For numbers that are not above 0, and where no price or headcount is given.

    Source: arithmetic of hours and an assumed effect; hours and cost are conventions (grade S).

    >>> economy = Economy({"mid": 2.0, "high": 4.0})
    >>> engagement_map(100, [20e3, 1e6], [1, 10], economy)["model"].tolist()
    ['tech', 'tech', 'tech+mid', 'high']
    """
    import pandas as pd

    _check(customers, prices, heads)
    rows = [_best(customers, float(price), float(people), economy) for price in prices for people in heads]
    found = pd.DataFrame(rows)
    found.attrs.update(customers=customers, planned=PLANNED)
    return found


def _best(customers: float, price: float, people: float, economy: Economy) -> dict[str, Any]:
    """The best choice at one price and headcount: alone, or two tiers mixed so that the hours are used up."""
    there = PLANNED * economy.csm_hours * people / customers
    where = {"price_amount": price, "heads": people}
    ways = [way for way in _ways(there, economy.hours)]
    if not ways:
        return {**where, "model": NONE, "net_amount": math.nan, "utilisation": math.nan, **dict.fromkeys(TIERS, 0.0)}
    worth = {tier: economy.worth(tier, price) for tier in TIERS}
    best = max(ways, key=lambda way: (round(sum(way[t] * worth[t] for t in way), 6), -len(way)))
    used = sum(share * economy.hours[tier] for tier, share in best.items())
    net = sum(share * worth[tier] for tier, share in best.items())
    shares = {tier: best.get(tier, 0.0) for tier in TIERS}
    return {**where, "model": "+".join(best), "net_amount": net, "utilisation": used / there, **shares}


def _ways(there: float, hours: Mapping[str, float]) -> list[dict[str, float]]:
    """All customers in one tier where the hours suffice; two tiers where they do for one and not for the other."""
    ways = [{tier: 1.0} for tier in TIERS if hours[tier] <= there]
    for low, high in combinations(TIERS, 2):
        if hours[low] < there < hours[high]:
            share = (there - hours[low]) / (hours[high] - hours[low])
            ways.append({low: 1 - share, high: share})
    return ways


def _check(customers: float, prices: Sequence[float], heads: Sequence[float]) -> None:
    """Refuse what cannot be reckoned."""
    given = [("customers", customers), *(("prices", one) for one in prices), *(("heads", one) for one in heads)]
    faults = [Fault("not_positive", {"name": name, "value": one}) for name, one in given if not one > 0]
    faults += [] if len(prices) and len(heads) else [Fault("touch.empty_map")]
    if faults:
        raise UsageError(*faults)
