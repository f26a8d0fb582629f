"""Who is known at an account: the champion who may leave, and the roles that soften the blow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.addons.arrivals import Arrivals
from cslab.world.history import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cslab.world.customers import Customers
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.scenario import Scenario


class People:
    """The roles known at the accounts of a chunk, in the order of signing.

    Parameters
    ----------
    scenario : Scenario
    customers : Customers
    order : ndarray of int
        Positions of the accounts in the order of signing.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> people = People(preset("tiny"), draw(preset("tiny"), 1, range(1), 60), np.arange(60))
    >>> people.since.shape
    (2, 60)
    """

    def __init__(self, scenario: Scenario, customers: Customers, order: Ints) -> None:
        begun = customers.beginnings
        known = np.where(begun.role_known, customers.start[:, None], NEVER)[order]
        self.roles = [Arrivals(known[:, role].copy(), begun.role_wait[order, role]) for role in range(2)]
        self.hazard, self.effect = scenario.role_hazard, scenario.role_value_effect

    @property
    def since(self) -> Ints:
        """Month from which the influencer (row 0) and the decision maker (row 1) are known, or ``NEVER``."""
        return np.stack([role.since for role in self.roles])

    def meet(self, month: int, there: slice, value: Floats, pace: Floats) -> None:
        """A month in which people are met: faster where the product is worth more and touch is closer.

        Parameters
        ----------
        month : int
        there : slice
            The accounts that have signed.
        value, pace : ndarray of float
            Their latent value, and how fast their touch makes people known.

        >>> from cslab.world.customers import draw
        >>> from cslab.world.scenario import preset
        >>> people = People(preset("tiny"), draw(preset("tiny"), 1, range(1), 60), np.arange(60))
        >>> people.meet(90, slice(3), np.zeros(3), np.full(3, 1e9))
        >>> bool((people.since[:, :3] <= 90).all())
        True
        """
        pace = pace * np.exp(self.effect * value)
        for role, hazard in zip(self.roles, self.hazard, strict=True):
            role.grow(month, there, hazard * pace)

    def narrow(self, month: int, there: slice) -> Flags:
        """Where a role is missing, so that everything hangs on the champion.

        >>> from cslab.world.customers import draw
        >>> from cslab.world.scenario import preset
        >>> people = People(preset("tiny"), draw(preset("tiny"), 1, range(1), 60), np.arange(60))
        >>> bool(people.narrow(0, slice(60)).any())
        True
        """
        first, second = (role.there(month, there) for role in self.roles)
        return np.asarray(~(first & second))


def leaving_hazard(scenario: Scenario) -> float:
    """Monthly chance that a champion leaves; 0 where the add-on is off.

    >>> from cslab.world.scenario import preset
    >>> leaving_hazard(preset("tiny").with_(addons="none"))
    0.0
    """
    if not scenario.on("champion"):
        return 0.0
    return float(1 - (1 - scenario.champion_leaves_per_year) ** (1 / 12))


def leaving_draws(seed: int, blocks: Sequence[int], months: int) -> Floats:
    """The draws that decide when champions leave.

    Returns
    -------
    ndarray of float, shape (blocks, months, 1024)

    >>> leaving_draws(1, [0], 2).shape
    (1, 2, 1024)
    """
    return luck.uniforms(seed, "addon.champion.leaves", blocks, months)
