"""How mature an account's strategy, organisation and people are: five levels, climbed slowly, which widen its use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from cslab.world.customers import Customers
    from cslab.world.luck import Floats, Ints
    from cslab.world.scenario import Scenario

QUARTER = 3
HIGHEST = 5


class Maturity:
    """The levels of the accounts of a chunk, in the order of signing.

    Parameters
    ----------
    scenario : Scenario
    customers : Customers
    order : ndarray of int
        Positions of the accounts in the order of signing.

    >>> from cslab.world.customers import draw
    >>> from cslab.world.scenario import preset
    >>> maturity = Maturity(preset("tiny"), draw(preset("tiny"), 1, range(1), 60), np.arange(60))
    >>> int(maturity.level.min()), int(maturity.level.max()) <= 5
    (1, True)
    """

    def __init__(self, scenario: Scenario, customers: Customers, order: Ints) -> None:
        self.scenario, self.start = scenario, customers.start[order]
        self._since, self._phase = np.divmod(self.start, QUARTER)
        self.level = customers.beginnings.maturity[order]
        self.first = float(np.arange(1, HIGHEST + 1) @ np.array(scenario.maturity_share))

    def due(self, month: int, there: slice) -> Ints:
        """Which accounts of a slice end a quarter of their tenure, by their place in the order of signing.

        >>> from cslab.world.customers import draw
        >>> from cslab.world.scenario import preset
        >>> maturity = Maturity(preset("tiny"), draw(preset("tiny"), 1, range(1), 60), np.arange(60))
        >>> bool(((10 - maturity.start[maturity.due(10, slice(60))]) % 3 == 0).all())
        True
        """
        ends = self._phase[there] == month % QUARTER
        return (there.start or 0) + np.flatnonzero(ends & (self.level[there] < HIGHEST))

    def climb(self, who: Ints, value: Floats, pace: Floats, draws: Floats) -> Ints:
        """Move some accounts up a level: rather those to whom the product is worth more.

        Parameters
        ----------
        who : ndarray of int
            Places in the order of signing.
        value, pace, draws : ndarray of float
            Their latent value, what touch multiplies the chance by, and uniform draws.

        Returns
        -------
        ndarray of int
            Those who moved.

        >>> from cslab.world.customers import draw
        >>> from cslab.world.scenario import preset
        >>> maturity = Maturity(preset("tiny"), draw(preset("tiny"), 1, range(1), 60), np.arange(60))
        >>> maturity.climb(np.array([3]), np.zeros(1), np.ones(1), np.zeros(1)).tolist()
        [3]
        """
        s = self.scenario
        chance = s.maturity_growth * np.exp(s.maturity_value_effect * value) * pace
        up = who[draws < chance]
        self.level[up] += 1
        return up

    def widens(self, month: int, there: slice) -> Floats:
        """What the chance of an expansion is multiplied by: by level, against what is usual at that age.

        >>> from cslab.world.customers import draw
        >>> from cslab.world.scenario import preset
        >>> maturity = Maturity(preset("tiny"), draw(preset("tiny"), 1, range(1), 60), np.arange(60))
        >>> bool((maturity.widens(60, slice(60)) > 0).all())
        True
        """
        s = self.scenario
        quarters = month // QUARTER - self._since[there] - (self._phase[there] > month % QUARTER)
        usual = np.minimum(self.first + s.maturity_growth * quarters, HIGHEST)
        return np.asarray(np.exp(s.maturity_expansion * (self.level[there] - usual)))
