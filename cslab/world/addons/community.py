"""The user community: who joins it, and what being active in it adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world.addons.arrivals import Arrivals
from cslab.world.history import NEVER

if TYPE_CHECKING:
    from cslab.world.customers import Customers
    from cslab.world.luck import Floats, Ints
    from cslab.world.scenario import Scenario


class Community:
    """Membership of the accounts of a chunk, in the order of signing. Lurkers gain nothing.

    Parameters
    ----------
    scenario : Scenario
    customers : Customers
    order : ndarray of int
        Positions of the accounts in the order of signing.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> community = Community(preset("tiny"), draw(preset("tiny"), 1, range(1), 60), np.arange(60))
    >>> community.opens
    28
    """

    def __init__(self, scenario: Scenario, customers: Customers, order: Ints) -> None:
        begun, self.scenario, self.start = customers.beginnings, scenario, customers.start[order]
        self.active = begun.community_active[order]
        self.members = Arrivals(np.full(len(order), NEVER), begun.community_wait[order])
        self.opens = scenario.community_open_month - scenario.first_month

    def join(self, month: int, there: slice, value: Floats) -> None:
        """A month in which accounts join: rather those to whom the product is worth more.

        Parameters
        ----------
        month : int
        there : slice
        value : ndarray of float
            Latent value of the accounts of the slice.

        >>> from cslab.world.customers import draw
        >>> from cslab.world.scenario import preset
        >>> community = Community(preset("tiny"), draw(preset("tiny"), 1, range(1), 60), np.arange(60))
        >>> community.join(40, slice(60), np.full(60, 99.0))
        >>> bool((community.members.since == 40).all())
        True
        """
        if month >= self.opens:
            s = self.scenario
            self.members.grow(month, there, s.community_join * np.exp(s.community_value_effect * value))

    def lift(self, month: int, there: slice) -> Floats:
        """What membership adds to the level that latent value is pulled to, less what it is expected to add.

        Parameters
        ----------
        month : int
        there : slice

        Returns
        -------
        ndarray of float

        >>> from cslab.world.customers import draw
        >>> from cslab.world.scenario import preset
        >>> community = Community(preset("tiny"), draw(preset("tiny"), 1, range(1), 60), np.arange(60))
        >>> bool((community.lift(0, slice(3)) == 0).all())
        True
        """
        s = self.scenario
        helped = self.active[there] & self.members.there(month, there)
        months = np.maximum(month - 1 - np.maximum(self.start[there], self.opens - 1), 0)
        expected = s.community_active * (1 - np.exp(-s.community_join * np.arange(month + 1)))
        return np.asarray(s.community_lift * (helped - expected[months]))
