"""Ratios and medians of many groups at once, with errors that count accounts, not rows, as what varies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.estimate import Z95, Estimate, wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]


def summed(place: Any, amounts: Any, size: int = 0) -> NDArray[np.float64]:
    """Sums of amounts by the place that each belongs to.

    Parameters
    ----------
    place : ndarray of int
        Where each amount belongs, from 0.
    amounts : ndarray
    size : int
        How many places there are at least.

    Returns
    -------
    ndarray of float, shape (places,)

    >>> summed([0, 2, 2], [1.0, 2.0, 3.0]).tolist()
    [1.0, 0.0, 5.0]
    """
    return np.bincount(np.asarray(place, np.intp), np.asarray(amounts, float), size).astype(np.float64, copy=False)


def parted(place: Any, places: int) -> list[Any]:
    """Where the rows of each place stand, in their order.

    Parameters
    ----------
    place : ndarray of int, shape (rows,)
        The place of each row, from 0.
    places : int
        How many there are.

    Returns
    -------
    list of ndarray of int
        One a place.

    >>> [rows.tolist() for rows in parted(np.array([2, 0, 2]), 3)]
    [[1], [], [0, 2]]
    """
    order = np.argsort(place.astype(np.int16), kind="stable")  # small numbers are sorted in one pass
    return np.split(order, np.searchsorted(place[order], np.arange(1, places)))


@dataclass(frozen=True)
class Rows:
    """What each row puts above and below the line, and to which account and group it belongs.

    Parameters
    ----------
    account, group : ndarray of int, shape (rows,)
        Places from 0.
    part, base : ndarray of float, shape (rows,)
        Above and below the line.
    groups : int
        How many groups there are.

    >>> Rows(np.array([0]), np.array([0]), np.array([1.0]), np.array([2.0]), 1).cells(np.array([4.0])).tolist()
    [[4.0]]
    """

    account: Any
    group: Any
    part: Any
    base: Any
    groups: int

    def cells(self, amounts: Any) -> Floats:
        """Sums of amounts by group and account.

        Parameters
        ----------
        amounts : ndarray, shape (rows,)

        Returns
        -------
        ndarray of float, shape (groups, accounts)

        >>> rows = Rows(np.array([0, 1]), np.array([0, 0]), np.array([1.0, 2.0]), np.ones(2), 2)
        >>> rows.cells(rows.part).tolist()
        [[1.0, 2.0], [0.0, 0.0]]
        """
        return summed(self._places, amounts, self.groups * self._accounts).reshape(self.groups, self._accounts)

    def within(self, chosen: Any) -> Rows:
        """Some of the rows.

        Parameters
        ----------
        chosen : ndarray of bool, shape (rows,)

        >>> rows = Rows(np.array([0, 1]), np.array([0, 0]), np.array([1.0, 2.0]), np.ones(2), 1)
        >>> rows.within(rows.part > 1).part.tolist()
        [2.0]
        """
        return Rows(self.account[chosen], self.group[chosen], self.part[chosen], self.base[chosen], self.groups)

    @cached_property
    def counts(self) -> Floats:
        """How many rows there are, by group and account."""
        return self.cells(np.ones(len(self.part)))

    @cached_property
    def _accounts(self) -> int:
        """How many accounts there may be."""
        return int(self.account.max(initial=-1)) + 1

    @cached_property
    def _places(self) -> Any:
        """The place of each row's group and account among all pairs of both."""
        return self.group * self._accounts + self.account


@dataclass(frozen=True)
class Found:
    """Estimates of groups, in their order.

    Parameters
    ----------
    estimate, low, high, std_error : ndarray of float, shape (groups,)
        Missing where a group has nothing to go by.
    n : ndarray of int, shape (groups,)
        Accounts.

    >>> one = Found(*(np.array([value]) for value in (0.5, 0.4, 0.6, 0.05, 9)))
    >>> one.first("mean").n
    9
    """

    estimate: Floats
    low: Floats
    high: Floats
    std_error: Floats
    n: NDArray[np.int64]

    def first(self, method: str) -> Estimate:
        """The first group as an estimate.

        Parameters
        ----------
        method : str
            How it was made.

        >>> ratios(Rows(np.array([0]), np.array([0]), np.array([1.0]), np.array([2.0]), 1)).first("mean").estimate
        0.5
        """
        estimate, low, high, error = (float(one[0]) for one in (self.estimate, self.low, self.high, self.std_error))
        return Estimate(estimate, low, high, int(self.n[0]), method, error)


def joined(parts: Sequence[Found]) -> Found:
    """Estimates of several groups behind one another.

    Parameters
    ----------
    parts : sequence of Found

    Returns
    -------
    Found

    >>> one = Found(*(np.array([value]) for value in (0.5, 0.4, 0.6, 0.05, 9)))
    >>> joined([one, one]).n.tolist()
    [9, 9]
    """
    names = ("estimate", "low", "high", "std_error", "n")
    return Found(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def ratios(rows: Rows, high: float = np.inf) -> Found:
    """Ratios of two sums, group by group.

    Parameters
    ----------
    rows : Rows
    high : float
        Largest possible value; the smallest is 0.

    Returns
    -------
    Found
        With delta-method limits; missing ones for a single account.

    Source: Cochran (1977), *Sampling Techniques*, section 6.4, grade A.

    >>> rows = Rows(np.array([0, 1, 0]), np.array([0, 0, 1]), np.array([1.0, 3.0, 1.0]), np.ones(3), 2)
    >>> ratios(rows).estimate.tolist(), ratios(rows).n.tolist()
    ([2.0, 1.0], [2, 1])
    """
    part, base = rows.cells(rows.part), rows.counts if (rows.base == 1).all() else rows.cells(rows.base)
    n = np.count_nonzero(rows.counts, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        whole = np.where(base.sum(axis=1) > 0, base.sum(axis=1), np.nan)
        estimate = part.sum(axis=1) / whole
        apart = part - estimate[:, None] * base
        squares = np.einsum("ga,ga->g", apart, apart)
        error = np.where(n > 1, np.sqrt(squares * n / (n - 1)), np.nan) / whole
    low, top = np.maximum(estimate - Z95 * error, 0), np.minimum(estimate + Z95 * error, high)
    return Found(estimate, low, top, error, n)


def shares_by_account(rows: Rows) -> Found:
    """Shares of rows, several of which may be of one account, group by group.

    Parameters
    ----------
    rows : Rows
        With a ``part`` of 0 or 1 and a ``base`` of 1.

    Returns
    -------
    Found
        With Wilson's limits for as many independent rows as have the error that counts accounts as what varies; where
        all rows agree, for as many rows as there are accounts.

    Source: an effective sample size in the limits of a share, Korn and Graubard (1998), Survey Methodology 24:193,
    grade A.

    >>> rows = Rows(np.array([0, 0, 1]), np.zeros(3, int), np.array([1.0, 1.0, 1.0]), np.ones(3), 1)
    >>> [round(float(limit[0]), 3) for limit in (shares_by_account(rows).low, shares_by_account(rows).high)]
    [0.342, 1.0]
    """
    found = ratios(rows, 1.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        size = found.estimate * (1 - found.estimate) / found.std_error**2
    size = np.where(found.std_error > 0, size, found.n)
    low, high = wilson(found.estimate * size, size)
    return Found(found.estimate, low, high, found.std_error, found.n)


def shares(rows: Rows) -> Found:
    """Shares of accounts, each of which stands in one row of a group, with Wilson's limits.

    Parameters
    ----------
    rows : Rows
        With a ``part`` of 0 or 1 and a ``base`` of 1.

    Returns
    -------
    Found

    >>> rows = Rows(np.array([0, 1]), np.array([0, 0]), np.array([1.0, 0.0]), np.ones(2), 1)
    >>> shares(rows).estimate.tolist()
    [0.5]
    """
    hits, tries = summed(rows.group, rows.part, rows.groups), summed(rows.group, rows.base, rows.groups)
    low, high = wilson(hits, tries)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hits / tries
    return Found(share, low, high, np.sqrt(share * (1 - share) / tries), tries.astype(np.int64))


def medians(rows: Rows) -> Found:
    """Medians of ``part``, group by group.

    Parameters
    ----------
    rows : Rows

    Returns
    -------
    Found
        With limits made of those of the share that lies below.

    Source: Woodruff (1952), JASA 47:635, grade A.

    >>> rows = Rows(np.array([0, 1, 2]), np.array([0, 0, 0]), np.array([1.0, 9.0, 2.0]), np.ones(3), 1)
    >>> medians(rows).estimate.tolist()
    [2.0]
    """
    values = [np.sort(rows.part[part]) for part in parted(rows.group, rows.groups)]
    middle = np.array([np.median(one) if len(one) else np.nan for one in values])
    below = (rows.part <= middle[rows.group]).astype(float)
    error = ratios(Rows(rows.account, rows.group, below, np.ones(len(below)), rows.groups))
    limits = [
        [_quantile(one, 0.5 + side * Z95 * spread) for one, spread in zip(values, error.std_error, strict=True)]
        for side in (-1, 1)
    ]
    return Found(middle, np.array(limits[0]), np.array(limits[1]), np.full(rows.groups, np.nan), error.n)


def _quantile(values: Floats, share: float) -> float:
    """A quantile of sorted values; missing where its share is."""
    if np.isnan(share) or not len(values):
        return float("nan")
    place = min(max(share, 0.0), 1.0) * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return float(values[below] + (place - below) * (values[above] - values[below]))
