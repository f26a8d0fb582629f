"""Regression to the mean: the winners of a pilot are the lucky ones of that quarter, with or without the pilot."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.estimate import Estimate, normal
from cslab.measure.illusions.illusion import Illusion
from cslab.measure.signals.asked import months as month_numbers

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

TOP = 20
LATER = 3
"""Months after the pilot, which takes one, at which usage is looked at again."""

SEED = 1


@dataclass(frozen=True)
class Pilot:
    """A pilot of a month that nobody ran: a lot put half of the customers into it, and usage was read three times.

    Parameters
    ----------
    rows : DataFrame
        ``account_id``, ``pilot`` (drawn), ``before``, ``during``, ``after``: ``wau_ratio`` of the month before, of
        the month of the pilot, and of the one ``LATER`` months after it.
    top : int
        How many winners are shown.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": [*"AB"], "pilot": True, "before": 0.5, "during": [0.9, 0.4], "after": 0.6})
    >>> Pilot(rows, 1).winners["account_id"].tolist()
    ['A']
    """

    rows: pd.DataFrame
    top: int

    @property
    def winners(self) -> pd.DataFrame:
        """Those of the pilot whose usage rose most."""
        return self._best(self.rows[self.rows["pilot"]])

    @property
    def others(self) -> pd.DataFrame:
        """As large a share of those outside the pilot: whose usage rose most there."""
        outside = self.rows[~self.rows["pilot"]]
        return self._best(outside, round(self.top * len(outside) / max(int(self.rows["pilot"].sum()), 1)))

    def _best(self, rows: pd.DataFrame, top: int = 0) -> pd.DataFrame:
        """The rows with the largest rise."""
        rise = (rows["during"] - rows["before"]).sort_values(ascending=False, kind="stable")
        return rows.loc[rise.index[: max(top or self.top, 1)]]


def pilot(book: Book, top: int = TOP, seed: int = SEED) -> Pilot:
    """Draw half of the customers for a pilot of a month in which nothing is done, ``LATER`` months before the last.

    Parameters
    ----------
    book : Book
        Needs ``usage_monthly`` (``month``, ``wau_ratio``), five months of it.
    top : int
        How many winners are shown.
    seed : int
        Of the lot.

    Returns
    -------
    Pilot
        Of the customers with usage in all three months that are read.

    Raises
    ------
    NotReady
        Without usage, or with too few customers for so many winners (four times as many in either half).
    UsageError
        For a number of winners below 1.

    >>> import cslab
    >>> len(pilot(cslab.load("synthetic:tiny"), top=3).winners)
    3
    """
    book.require("calendar", "usage_monthly.month", "usage_monthly.wau_ratio")
    if top < 1:
        raise UsageError(Fault("top_below_one", {"value": top}))
    read = _read(book)
    if len(read) < 8 * top:
        raise NotReady(Fault("pilot_too_small", {"n": len(read), "top": top, "needed": 8 * top}))
    drawn = np.zeros(len(read), dtype=bool)
    drawn[np.random.default_rng(seed).permutation(len(read))[: len(read) // 2]] = True
    return Pilot(read.assign(pilot=drawn), top)


def pilot_winners(book: Book, top: int = TOP, seed: int = SEED) -> Illusion:
    """The illusion: how much the winners of a pilot rose, and how much more than winners without a pilot.

    Parameters
    ----------
    book, top, seed
        As for :func:`pilot`.

    Returns
    -------
    Illusion
        In points of usage. The truth is 0 on any company: nothing was done. ``counts`` holds ``kept``, what was left
        of the winners' rise ``LATER`` months later (Estimate).

    Raises
    ------
    NotReady, UsageError
        As :func:`pilot`.

    Source: Galton (1886); the error of a mean above a quantile as of expected shortfall, Chen (2008), grade A.

    >>> import cslab
    >>> found = pilot_winners(cslab.load("synthetic:tiny"), top=3)
    >>> found.naive.estimate > 0, found.truth
    (True, 0.0)
    """
    run = pilot(book, top, seed)
    rows = run.rows
    inside, outside = rows[rows["pilot"]], rows[~rows["pilot"]]
    gain, other = (_best(part, n) for part, n in ((inside, len(run.winners)), (outside, len(run.others))))
    error = math.hypot(gain.std_error, other.std_error)
    better = normal(gain.estimate - other.estimate, error, gain.n + other.n, "winners_less_winners")
    later = run.winners["after"] - run.winners["before"]
    kept = normal(float(later.mean()), float(later.std() / math.sqrt(len(later))), len(later), "winners_later")
    return Illusion("pilot_winners", "points", gain, better, 0.0, {"kept": kept, "customers": len(inside)})


def top_mean(values: Floats, top: int, method: str) -> Estimate:
    """The mean of the largest values, with an error that knows they were picked for being the largest.

    Parameters
    ----------
    values : ndarray of float
    top : int
        How many.
    method : str
        How it was made.

    Returns
    -------
    Estimate

    >>> top_mean(np.array([1.0, 2.0, 3.0, 4.0]), 2, "mean").estimate
    3.5
    """
    ordered = np.sort(values)[::-1]
    line, share = float(ordered[top - 1]), top / len(values)
    mean = float(ordered[:top].mean())
    moves = line + np.maximum(values - line, 0) / share - mean
    return normal(mean, float(np.sqrt((moves**2).sum()) / len(values)), top, method)


def _best(rows: pd.DataFrame, top: int) -> Estimate:
    """The mean rise of those that rose most."""
    return top_mean((rows["during"] - rows["before"]).to_numpy(float), top, "winners_rise")


def _read(book: Book) -> pd.DataFrame:
    """Usage before, during and after the pilot, of those who have all three."""
    usage = book.usage_monthly[["account_id", "month", "wau_ratio"]].dropna()
    number = month_numbers(usage["month"])
    last = int(number.max()) if len(usage) else 0
    wanted = {last - LATER - 1: "before", last - LATER: "during", last: "after"}
    if lacks := [month for month in wanted if month not in set(number.tolist())]:
        raise NotReady(Fault("pilot_months_missing", {"count": len(lacks), "needed": LATER + 2}))
    read = usage.assign(read=[wanted.get(month, "") for month in number.tolist()]).query("read != ''")
    table = read.drop_duplicates(["account_id", "read"]).pivot(index="account_id", columns="read", values="wau_ratio")
    return table.dropna()[[*wanted.values()]].rename_axis(None, axis=1).reset_index()
