"""Things that come to an account once, at a hazard that follows its latent value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world.history import NEVER

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats, Ints


class Arrivals:
    """Months in which something comes to each account: when the sum of its hazard passes an exponential draw.

    One draw an account serves all months, so a changed path moves the month and no other draw.

    Parameters
    ----------
    since : ndarray of int
        Month from which it is there already; ``NEVER`` where it is not.
    draws : ndarray of float
        Uniform on [0, 1).

    >>> from cslab.world.history import NEVER
    >>> arrivals = Arrivals(np.full(2, NEVER), np.array([0.0, 0.999]))
    >>> arrivals.grow(5, slice(2), np.array([0.1, 0.1]))
    >>> arrivals.there(6, slice(2)).tolist()
    [True, False]
    """

    def __init__(self, since: Ints, draws: Floats) -> None:
        self.since, self.left = since, np.where(since < NEVER, -1.0, -np.log1p(-draws))

    def grow(self, month: int, there: slice, hazard: Floats) -> None:
        """Add a month's hazard of the accounts of a slice.

        >>> Arrivals(np.array([9]), np.zeros(1)).grow(0, slice(1), np.zeros(1))
        """
        left = self.left[there]
        waits = left >= 0
        left -= hazard
        self.since[there][waits & (left < 0)] = month

    def there(self, month: int, part: slice) -> Flags:
        """Whether it had come before some month.

        >>> Arrivals(np.array([3]), np.zeros(1)).there(3, slice(1)).tolist()
        [False]
        """
        return np.asarray(self.since[part] < month)
