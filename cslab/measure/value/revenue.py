"""Revenue along customers' lives: how much of it leaves each month, by decision and without one, and how it grows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.causes.exits import INVOLUNTARY
from cslab.measure.causes.spells import spells
from cslab.measure.hazard.strata import named, stratified
from cslab.measure.value.lives import Lives, lived

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Ratio:
    """A ratio of two sums over customers, for each month of life.

    Parameters
    ----------
    part, base : ndarray of float, shape (customers, months)

    >>> Ratio(np.array([[1.0], [0.0]]), np.array([[2.0], [2.0]])).value(0.0).tolist()
    [0.25]
    """

    part: Floats
    base: Floats

    def value(self, otherwise: float) -> Floats:
        """The ratio of each month; something else where there is nothing to divide by.

        Parameters
        ----------
        otherwise : float
            For an example see the class.

        >>> Ratio(np.zeros((1, 1)), np.zeros((1, 1))).value(1.0).tolist()
        [1.0]
        """
        whole = self.base.sum(axis=0)
        return np.asarray(np.where(whole > 0, self.part.sum(axis=0) / np.where(whole > 0, whole, 1.0), otherwise))

    def pull(self, slope: Floats) -> Floats:
        """How much each customer pulls at something that rises by a slope with the ratio of each month.

        Parameters
        ----------
        slope : ndarray of float, shape (months,)

        >>> Ratio(np.array([[1.0], [0.0]]), np.array([[2.0], [2.0]])).pull(np.array([4.0])).tolist()
        [0.5, -0.5]
        """
        whole = self.base.sum(axis=0)
        rate = np.where(whole > 0, slope / np.where(whole > 0, whole, 1.0), 0.0)
        return np.asarray(self.part @ rate - self.base @ (rate * self.value(0.0)))


@dataclass(frozen=True)
class Revenue:
    """The revenue of customers of one group, month of life by month of life.

    Parameters
    ----------
    lives : Lives
    involuntary : ndarray of bool, shape (customers,)
        Who left without deciding to.

    >>> import cslab
    >>> revenue, _ = revenue_of(cslab.load("synthetic:tiny"), 12)
    >>> bool((revenue.leaving(False).value(0.0) < 1).all())
    True
    """

    lives: Lives
    involuntary: Flags

    def only(self, chosen: Flags) -> Revenue:
        """Some of the customers.

        Parameters
        ----------
        chosen : ndarray of bool, shape (customers,)

        >>> import cslab
        >>> whole, _ = revenue_of(cslab.load("synthetic:tiny"), 12)
        >>> bool(whole.only(whole.involuntary).involuntary.all())
        True
        """
        names = ("entry", "stop", "left", "mrr", "seen")
        some = replace(self.lives, **{name: getattr(self.lives, name)[chosen] for name in names})
        return Revenue(some, self.involuntary[chosen])

    @cached_property
    def at_risk(self) -> Flags:
        """Whether each customer was at risk in each month from 1 on: (customers, months - 1)."""
        month, lives = np.arange(1, self.lives.mrr.shape[1]), self.lives
        return np.asarray((lives.entry[:, None] < month) & (month <= lives.stop[:, None]))

    def leaving(self, involuntary: bool) -> Ratio:
        """The share of the revenue at risk that leaves in each month from 1 on, for one kind of cause.

        Parameters
        ----------
        involuntary : bool
            For an example see the class.

        >>> import cslab
        >>> revenue_of(cslab.load("synthetic:tiny"), 12)[0].leaving(True).part.shape[1]
        11
        """
        lives, month = self.lives, np.arange(1, self.lives.mrr.shape[1])
        base = np.where(self.at_risk, lives.mrr[:, :-1], 0.0)
        gone = lives.left & (self.involuntary == involuntary)
        return Ratio(base * (gone[:, None] & (lives.stop[:, None] == month)), base)

    @cached_property
    def growing(self) -> Ratio:
        """The revenue of those who stay in each month from 1 on, over what it was the month before."""
        lives = self.lives
        there = self.at_risk & lives.seen[:, 1:] & lives.seen[:, :-1]
        return Ratio(np.where(there, lives.mrr[:, 1:], 0.0), np.where(there, lives.mrr[:, :-1], 0.0))

    @cached_property
    def first(self) -> Ratio:
        """Mean revenue of the first month."""
        there = self.lives.seen[:, :1]
        return Ratio(np.where(there, self.lives.mrr[:, :1], 0.0), there.astype(float))

    def worth(self, weights: Floats, kept: float, closing: bool) -> tuple[float, Floats]:
        """The value of a new customer, and how much each customer pulls it up.

        Parameters
        ----------
        weights : ndarray of float, shape (months,)
            What an amount of each month counts.
        kept : float
            Share of the voluntary departures that happen all the same.
        closing : bool
            Whether those happen that nobody decides.

        >>> import cslab
        >>> whole, _ = revenue_of(cslab.load("synthetic:tiny"), 12)
        >>> whole.worth(np.ones(12), 1.0, True)[0] < whole.worth(np.ones(12), 0.0, True)[0]
        True
        """
        deciding, ending = self.leaving(False), self.leaving(True)
        stay = 1 - kept * deciding.value(0.0) - closing * ending.value(0.0)
        growth, start = self.growing.value(1.0), float(self.first.value(0.0)[0])
        months = weights * np.append(1.0, np.cumprod(growth * stay)) * start
        later = np.cumsum(months[::-1])[::-1][1:]
        fall = np.where(stay > 0, -later / np.where(stay > 0, stay, 1.0), 0.0)
        pull = deciding.pull(kept * fall) + ending.pull(closing * fall)
        pull += self.growing.pull(np.where(growth > 0, later / np.where(growth > 0, growth, 1.0), 0.0))
        return float(months.sum()), pull + self.first.pull(np.array([months.sum() / start if start > 0 else 0.0]))


def revenue_of(book: Book, horizon: int, by: str | None = None) -> tuple[Revenue, NDArray[np.intp]]:
    """The revenue along the lives of a book's customers, with who of them left without deciding to, and their groups.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with real days, ``mrr_movements``, and ``churn_events`` with ``reason_stated``.
    horizon : int
        Months.
    by : str, optional
        A column of ``durations``; None: one group.

    Returns
    -------
    tuple of Revenue and ndarray of int
        The second: the number of each customer's group.

    Raises
    ------
    NotReady
        Without these.
    UsageError
        Where the records do not reach the horizon; for a column that is not there.

    >>> import cslab
    >>> revenue, group = revenue_of(cslab.load("synthetic:tiny"), 12, "segment")
    >>> revenue.lives.mrr.shape[1], len(set(group))
    (12, 3)
    """
    book.require("calendar", "mrr_movements", "churn_events.reason_stated")
    seen = spells(book)
    seen = seen[seen["account_id"].isin(book.mrr_movements["account_id"])].reset_index(drop=True)
    place, _ = stratified(seen, named(by))
    return Revenue(lived(book, seen, horizon), (seen["cause"] == INVOLUNTARY).to_numpy(bool)), place
