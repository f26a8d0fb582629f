"""Work given to an agency: from which price, quality and size on it pays."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cslab.faults import Fault, UsageError


@dataclass(frozen=True)
class Outsourced:
    """An hour of work of one's own beside one that is bought.

    Parameters
    ----------
    own_amount : float
        Full cost of an own hour.
    price_amount : float
        Price of a bought hour.
    quality : float
        What a bought hour achieves, as a share of an own one (above 0).
    steering : float
        Own hours that go into guiding and checking one bought hour.
    fixed_amount : float
        A month: contract, training, access.

    Source: an arithmetic of full cost; quality and steering are the company's to measure (grade S).

    >>> bpo = Outsourced(own_amount=6400, price_amount=3500, quality=0.8, steering=0.1)
    >>> round(bpo.cost_amount), round(bpo.highest_price_amount), bpo.pays
    (5175, 4480, True)
    """

    own_amount: float
    price_amount: float
    quality: float = 0.8
    steering: float = 0.1
    fixed_amount: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        faults = [
            Fault("not_positive", {"name": name, "value": getattr(self, name)})
            for name in ("own_amount", "quality")
            if not getattr(self, name) > 0
        ]
        faults += [
            Fault("below_zero", {"name": name, "value": getattr(self, name)})
            for name in ("price_amount", "steering", "fixed_amount")
            if not getattr(self, name) >= 0
        ]
        if faults:
            raise UsageError(*faults)

    @property
    def cost_amount(self) -> float:
        """What it costs to have done by others what an own hour does. For an example see the class."""
        return (self.price_amount + self.steering * self.own_amount) / self.quality

    @property
    def highest_price_amount(self) -> float:
        """The price of an hour above which it never pays; 0 where it pays at none. For an example see the class."""
        return max(0.0, self.own_amount * (self.quality - self.steering))

    @property
    def pays(self) -> bool:
        """Whether it pays for enough hours. For an example see the class."""
        return self.cost_amount < self.own_amount

    @property
    def least_hours(self) -> float:
        """Own hours a month that it must replace before it pays; infinite where it never does.

        >>> Outsourced(6400, 3500, 0.8, 0.1, fixed_amount=122_500).least_hours
        100.0
        """
        saved = self.own_amount - self.cost_amount
        return self.fixed_amount / saved if saved > 0 else math.inf

    def saves_amount(self, hours: float) -> float:
        """What it saves in a month; below 0 where it costs more.

        Parameters
        ----------
        hours : float
            Own hours that it replaces.

        >>> round(Outsourced(6400, 3500, 0.8, 0.1).saves_amount(100))
        122500
        """
        return hours * (self.own_amount - self.cost_amount) - self.fixed_amount
