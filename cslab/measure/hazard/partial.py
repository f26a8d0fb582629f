"""Cox's partial likelihood on risk sets that are summed once a time, with any number of rows, ties and late entries.

Months tie many departures, and part of a book entered late. lifelines goes over everybody at risk at every time then;
here all rows that leave, or enter, between two times of departure are summed once, and the sums carried from time to
time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isqrt
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]
    Flags = NDArray[np.bool_]

BLOCK = 16_384
"""Rows whose products are held at a time."""


@dataclass(frozen=True)
class Rows:
    """When each row was at risk, and whether it left.

    Parameters
    ----------
    entry, stop : ndarray of float, shape (rows,)
        At risk at ``t`` means ``entry < t <= stop``.
    event : ndarray of bool, shape (rows,)
    stratum : ndarray of int, shape (rows,)
        Rows are compared with rows of their own stratum only.

    >>> Rows(np.zeros(2), np.ones(2), np.array([True, False]), np.zeros(2, int)).cells.last.tolist()
    [0, 0]
    """

    entry: NDArray[Any]
    stop: NDArray[Any]
    event: Flags
    stratum: NDArray[Any]

    def last(self, strata: int) -> NDArray[Any]:
        """How long anybody of each stratum was watched.

        Parameters
        ----------
        strata : int

        >>> Rows(np.zeros(2), np.array([3.0, 5.0]), np.array([True, False]), np.array([0, 1])).last(2).tolist()
        [3.0, 5.0]
        """
        found = np.zeros(strata)
        np.maximum.at(found, self.stratum, self.stop)
        return found

    @cached_property
    def cells(self) -> Cells:
        """The cells (a stratum and a time at which somebody of it left) that each row was at risk in."""
        times = np.unique(self.stop[self.event])
        base = self.stratum.astype(np.int64) * (len(times) + 1)
        keys = np.unique(base[self.event] + np.searchsorted(times, self.stop[self.event]))
        first = np.searchsorted(keys, base + np.searchsorted(times, self.entry, side="right"))
        last = np.searchsorted(keys, base + np.searchsorted(times, self.stop, side="right") - 1, side="right") - 1
        stratum, place = np.divmod(keys, len(times) + 1)
        return Cells(first, last, stratum, times[place])


@dataclass(frozen=True)
class Cells:
    """The cells of some rows.

    Parameters
    ----------
    first, last : ndarray of int, shape (rows,)
        The cells between which each row was at risk; none where the first lies behind the last.
    stratum, time : ndarray, shape (cells,)

    >>> Cells(np.array([0]), np.array([1]), np.array([0, 0]), np.array([3.0, 5.0])).begins.tolist()
    [0, 0]
    """

    first: Ints
    last: Ints
    stratum: NDArray[np.int64]
    time: NDArray[Any]

    @cached_property
    def begins(self) -> Ints:
        """The first cell of each cell's stratum."""
        return np.searchsorted(self.stratum, self.stratum)

    @cached_property
    def ends(self) -> Ints:
        """The cell behind the last of each cell's stratum."""
        return np.searchsorted(self.stratum, self.stratum, side="right")


class _Part:
    """Rows in the order of what they are summed by."""

    def __init__(self, columns: Floats, code: Ints) -> None:
        order = np.argsort(code, kind="stable")
        self.columns, self.code = np.ascontiguousarray(columns[:, order]), code[order]

    def sums(self, slopes: Floats, size: int) -> Floats:
        """Weights, and their products with the columns and with pairs of them, summed by code: (moments, size)."""
        width = len(slopes)
        pairs = np.triu_indices(width)
        total = np.zeros((1 + width + len(pairs[0]), size))
        buffer = np.empty((len(total), min(BLOCK, len(self.code))))
        for begin in range(0, len(self.code), BLOCK):
            columns, code = self.columns[:, begin : begin + BLOCK], self.code[begin : begin + BLOCK]
            found = buffer[:, : len(code)]
            np.exp(slopes @ columns, out=found[0])
            np.multiply(columns, found[0], out=found[1 : width + 1])
            for place, (one, other) in enumerate(zip(*pairs, strict=True), start=width + 1):
                np.multiply(columns[one], found[other + 1], out=found[place])
            opens = np.flatnonzero(np.r_[True, code[1:] != code[:-1]])
            total[:, code[opens]] += np.add.reduceat(found, opens, axis=1)
        return total


@dataclass(frozen=True)
class Moments:
    """What the risk sets of all cells add up to, at some slopes.

    Parameters
    ----------
    all, leaving : ndarray of float, shape (moments, cells)
        Sums over those at risk, and over those who left: weights; weights times columns; times pairs of columns.
    count : ndarray of int, shape (cells,)
        How many left.

    >>> one = Moments(np.array([[2.0], [2.0], [2.0]]), np.ones((3, 1)), np.array([1]))
    >>> float(one.likelihood(1.0)), one.spread[0].tolist()
    (0.3068528194400547, [[0.0]])
    """

    all: Floats
    leaving: Floats
    count: NDArray[np.int64]

    @cached_property
    def width(self) -> int:
        """How many columns there are."""
        return (isqrt(8 * len(self.all) + 1) - 3) // 2

    @cached_property
    def turns(self) -> tuple[Floats, Floats, Ints]:
        """Of each departure, those that tie one after the other (Efron): the share gone, the weight left, the cell."""
        cell = np.repeat(np.arange(len(self.count)), self.count)
        gone = (np.arange(len(cell)) - np.repeat(np.cumsum(self.count) - self.count, self.count)) / self.count[cell]
        return gone, self.all[0, cell] - gone * self.leaving[0, cell], cell

    def summed(self, values: Floats) -> Floats:
        """Sums over the departures of each cell.

        Parameters
        ----------
        values : ndarray of float, shape (departures,)

        >>> Moments(np.ones((3, 2)), np.ones((3, 2)), np.array([1, 2])).summed(np.array([1.0, 2.0, 3.0])).tolist()
        [1.0, 5.0]
        """
        return np.asarray(np.bincount(self.turns[2], values, len(self.count)), float)

    def likelihood(self, leaving: float) -> float:
        """The logarithm of the partial likelihood.

        Parameters
        ----------
        leaving : float
            Sum of the linear predictors of those who left. For an example see the class.

        >>> Moments(np.ones((3, 1)), np.ones((3, 1)), np.array([1])).likelihood(0.0)
        0.0
        """
        return float(leaving - np.log(self.turns[1]).sum())

    @cached_property
    def expected(self) -> Floats:
        """Columns of those who left, as expected of the risk sets, summed by cell: (columns, cells)."""
        gone, weight, _ = self.turns
        rows = slice(1, self.width + 1)
        return self.all[rows] * self.summed(1 / weight) - self.leaving[rows] * self.summed(gone / weight)

    @cached_property
    def spread(self) -> Floats:
        """Covariance of the columns within the risk sets, summed by cell: (cells, columns, columns)."""
        gone, weight, _ = self.turns
        one, two = self.all[1 : self.width + 1].T, self.leaving[1 : self.width + 1].T
        square = _full(self.all[self.width + 1 :], self.width) * self.summed(1 / weight)[:, None, None]
        square -= _full(self.leaving[self.width + 1 :], self.width) * self.summed(gone / weight)[:, None, None]
        mixed = one[:, :, None] * two[:, None, :]
        square -= one[:, :, None] * one[:, None, :] * self.summed(1 / weight**2)[:, None, None]
        square += (mixed + mixed.transpose(0, 2, 1)) * self.summed(gone / weight**2)[:, None, None]
        square -= two[:, :, None] * two[:, None, :] * self.summed((gone / weight) ** 2)[:, None, None]
        return square


def _full(pairs: Floats, width: int) -> Floats:
    """Symmetric matrices from their upper halves: (cells, columns, columns)."""
    found = np.empty((pairs.shape[1], width, width))
    one, other = np.triu_indices(width)
    found[:, one, other] = found[:, other, one] = pairs.T
    return found


class RiskSets:
    """Rows and columns, laid out for the partial likelihood.

    Parameters
    ----------
    rows : Rows
    columns : ndarray of float, shape (rows, columns)

    >>> rows = Rows(np.zeros(3), np.array([1.0, 2.0, 3.0]), np.array([True, True, False]), np.zeros(3, int))
    >>> RiskSets(rows, np.array([[0.0], [1.0], [0.0]])).moments(np.zeros(1)).all[0].tolist()
    [3.0, 2.0]
    """

    def __init__(self, rows: Rows, columns: Floats) -> None:
        self.rows, self.cells, self.columns = rows, rows.cells, columns
        first, last = self.cells.first, self.cells.last
        code, once = 2 * last + rows.event, first == last
        stay = first < last
        late = stay & (first > self.cells.begins[np.minimum(first, len(self.cells.time) - 1)])
        turned = columns.T
        self.left = columns[rows.event].sum(axis=0)
        self._once = _Part(turned[:, once], code[once])
        self._stay = _Part(turned[:, stay], code[stay])
        self._late = _Part(turned[:, late], first[late])
        self._count = np.bincount(last[rows.event], minlength=len(self.cells.time))

    def moments(self, slopes: Floats) -> Moments:
        """The sums over the risk sets at some slopes.

        Parameters
        ----------
        slopes : ndarray of float, shape (columns,)
            For an example see the class.

        >>> rows = Rows(np.array([0.0, 1.0]), np.array([1.0, 2.0]), np.array([True, True]), np.zeros(2, int))
        >>> RiskSets(rows, np.array([[0.0], [1.0]])).moments(np.zeros(1)).all[0].tolist()
        [1.0, 1.0]
        """
        size = len(self.cells.time)
        once = self._once.sums(slopes, 2 * size)
        stay, late = self._stay.sums(slopes, 2 * size), self._late.sums(slopes, size)
        ahead = np.zeros((len(stay), size + 1))
        net = stay[:, ::2] + stay[:, 1::2]
        net[:, :-1] -= late[:, 1:]
        ahead[:, :-1] = np.cumsum(net[:, ::-1], axis=1)[:, ::-1]
        everybody = once[:, ::2] + once[:, 1::2] + ahead[:, :-1] - ahead[:, self.cells.ends]
        return Moments(everybody, once[:, 1::2] + stay[:, 1::2], self._count)

    def pulls(self, slopes: Floats, moments: Moments) -> Floats:
        """What each row adds to the gradient: (rows, columns), zero in sum where the slopes fit best.

        Parameters
        ----------
        slopes : ndarray of float, shape (columns,)
        moments : Moments
            At these slopes.

        Source: Therneau and Grambsch (2000), *Modeling Survival Data*, section 7.2, grade A; ties as R's ``coxph``.

        >>> rows = Rows(np.zeros(3), np.array([1.0, 2.0, 3.0]), np.array([True, True, False]), np.zeros(3, int))
        >>> sets = RiskSets(rows, np.array([[0.0], [1.0], [0.0]]))
        >>> sets.pulls(np.zeros(1), sets.moments(np.zeros(1))).round(3).ravel().tolist()
        [-0.222, 0.028, 0.361]
        """
        columns, event, cells = self.columns, self.rows.event, self.cells
        gone, weight, cell = moments.turns
        rate, shared = moments.summed(1 / weight), moments.summed(gone / weight)
        middle = (moments.all[1 : len(slopes) + 1, cell] - gone * moments.leaving[1 : len(slopes) + 1, cell]) / weight
        level = np.stack([moments.summed(part / weight) for part in middle], axis=1)
        tied = np.stack([moments.summed(gone * part / weight) for part in middle], axis=1)
        mean = np.stack([moments.summed(part) for part in middle], axis=1) / moments.count[:, None]
        at, pull = cells.last[event], np.zeros(columns.shape)
        risk = np.exp(columns @ slopes)[:, None]
        there = cells.first <= cells.last
        some = columns[there]
        pull[there] = -risk[there] * (some * self._between(rate[:, None])[there] - self._between(level)[there])
        pull[event] += columns[event] - mean[at]
        pull[event] += risk[event] * (columns[event] * shared[at, None] - tied[at])
        return pull

    def _between(self, steps: Floats) -> Floats:
        """Sums of something over the cells in which each row was at risk: (rows, columns)."""
        total = np.vstack([np.zeros((1, steps.shape[1])), np.cumsum(steps, axis=0)])
        return np.asarray(total[self.cells.last + 1] - total[np.minimum(self.cells.first, self.cells.last + 1)])
