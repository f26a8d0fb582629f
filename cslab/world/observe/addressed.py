"""Draws for what happens now and then, each at the address of an account (or office), a month and an ordinal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck

if TYPE_CHECKING:
    from cslab.world.luck import Floats, Ints


@dataclass(frozen=True)
class Addressed:
    """Things that happen now and then, and their draws.

    Parameters
    ----------
    seed : int
    table : str
        The table that they stand in: their streams begin with its name.
    number : ndarray of int
        The account's number, or that of the office's block.
    month, ordinal : ndarray of int
        The rest of the address.

    >>> each = Addressed(1, "tickets", np.array([7, 7]), np.array([3, 3]), np.array([0, 1]))
    >>> bool(each.uniform("size")[1] == luck.hashed(1, "tickets.size", 7, 3, 1)[0])
    True
    """

    seed: int
    table: str
    number: Ints
    month: Ints
    ordinal: Ints

    def uniform(self, stream: str) -> Floats:
        """Uniform draws on (0, 1).

        Parameters
        ----------
        stream : str

        >>> each = Addressed(1, "tickets", np.array([7, 7]), np.array([3, 3]), np.array([0, 1]))
        >>> len(set(each.uniform("size")))
        2
        """
        return luck.hashed(self.seed, f"{self.table}.{stream}", self.number, self.month, self.ordinal)

    def normal(self, stream: str) -> Floats:
        """Standard normal draws.

        Parameters
        ----------
        stream : str

        >>> each = Addressed(1, "tickets", np.array([7]), np.array([3]), np.array([0]))
        >>> bool((each.normal("size") > 0) == (each.uniform("size") > 0.5))
        True
        """
        from scipy.special import ndtri

        return np.asarray(ndtri(self.uniform(stream)))

    def coarse(self, stream: str) -> tuple[Floats, Floats, Floats, Floats]:
        """Four draws from the bits of one address, of 16 bits each: for choices between a few things.

        Parameters
        ----------
        stream : str

        >>> each = Addressed(1, "tickets", np.arange(1000), np.array([3]), np.array([0]))
        >>> [round(float(draws.mean()), 1) for draws in each.coarse("what")]
        [0.5, 0.5, 0.5, 0.5]
        """
        bits = luck.bits(self.seed, f"{self.table}.{stream}", self.number, self.month, self.ordinal)
        parts = [((bits >> np.uint64(16 * place)) & np.uint64(0xFFFF)).astype(np.float64) for place in range(4)]
        one, two, three, four = ((part + 0.5) / 2**16 for part in parts)
        return one, two, three, four

    def taken(self, rows: Ints) -> Addressed:
        """Some of these things, in a given order.

        Parameters
        ----------
        rows : ndarray of int

        >>> each = Addressed(1, "tickets", np.array([7, 8]), np.array([3, 3]), np.array([0, 0]))
        >>> each.taken(np.array([1])).number.tolist()
        [8]
        """
        parts = (part[rows] for part in (self.number, self.month, self.ordinal))
        return Addressed(self.seed, self.table, *parts)


def chosen(draws: Floats, shares: Floats) -> Ints:
    """Which of a few things each draw falls on.

    Parameters
    ----------
    draws : ndarray of float, shape (n,)
    shares : ndarray of float, shape (n, things) or (things,)
        Sums to 1 in each row.

    Returns
    -------
    ndarray of int8, shape (n,)

    >>> chosen(np.array([0.1, 0.6]), np.array([0.5, 0.3, 0.2])).tolist()
    [0, 1]
    """
    limits = np.cumsum(shares, axis=-1)[..., :-1]
    if limits.ndim == 1:
        return np.searchsorted(limits, draws, side="right").astype(np.int8)
    return np.asarray((draws[:, None] >= limits).sum(axis=1), dtype=np.int8)
