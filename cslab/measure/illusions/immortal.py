"""Immortal time: whoever took part had lived long enough to, and what that does to a rate of leaving."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.estimate import Z95, Estimate
from cslab.measure.illusions.exposure import Exposure
from cslab.measure.illusions.illusion import Illusion

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LANDMARK = 12
"""Months of life after which who has begun by then is compared with who has not."""


def ever(lives: Exposure) -> Estimate:
    """The naive rate ratio: all months of whoever ever took part, against all months of the others.

    The months before the beginning count for the programme, and nobody left in them: whoever left had no beginning.

    Parameters
    ----------
    lives : Exposure

    Returns
    -------
    Estimate
        Departures a month of those who took part, over those of the others.

    Raises
    ------
    NotReady
        Where nobody left on one side.

    Source: Suissa (2008), American Journal of Epidemiology 167:492, grade A.

    >>> lives = Exposure.of([20, 5], [True, True], [9, math.inf])
    >>> ever(lives).estimate  # one departure in 20 months against one in 5
    0.25
    """
    months, part = (lives.duration - lives.entry).astype(float), lives.took_part
    return _rate_ratio(lives, lives.event & part, months * part, lives.event & ~part, months * ~part, "ever_never")


def time_split(lives: Exposure) -> Estimate:
    """Each month on the side on which it was lived, without regard to how old the customer was in it.

    Better, and not enough: those who take part are older, and older customers leave at another rate.

    Parameters
    ----------
    lives : Exposure

    Returns
    -------
    Estimate
        Departures a month while taking part, over those of the months before or without.

    Raises
    ------
    NotReady
        Where nobody left on one side.

    Source: Suissa (2008), American Journal of Epidemiology 167:492, grade A.

    >>> lives = Exposure.of([20, 5], [True, True], [9, math.inf])
    >>> round(time_split(lives).estimate, 3)  # one in 11 months against one in 9 + 5
    1.273
    """
    began = np.clip(lives.began, lives.entry, lives.duration)
    after, before = lives.duration - began, began - lives.entry
    taking = lives.event & (lives.began < lives.duration)
    return _rate_ratio(lives, taking, after, lives.event & ~taking, before, "time_split")


def tenure_split(lives: Exposure) -> Estimate:
    """Each month on its side, compared only with months of customers who have lived as long (Mantel-Haenszel).

    Parameters
    ----------
    lives : Exposure
        Compared inside its strata, where it has any.

    Returns
    -------
    Estimate
        The common ratio of the chances of leaving in a month.

    Raises
    ------
    NotReady
        Where nobody left on one side at an age at which there was somebody on the other.

    Source: Mantel and Haenszel (1959); errors of Greenland and Robins (1985), Biometrics 41:55, grade A.

    >>> lives = Exposure.of([2, 2, 2, 2], [True, True, False, False], began=[1, 9, 1, 9])
    >>> tenure_split(lives).estimate  # in the second month one of two left on either side
    1.0
    """
    return _mantel_haenszel(lives, "tenure_split")


def landmark(lives: Exposure, at: int = LANDMARK) -> Estimate:
    """Those who had begun by a landmark against those who had not, followed from there, month of life by month of life.

    Whoever begins later stays with those who had not: the difference is one between what was known at the landmark.
    Customers who were past it when the thing came to exist are left out.

    Parameters
    ----------
    lives : Exposure
    at : int
        Months of life.

    Returns
    -------
    Estimate
        The common ratio of the chances of leaving in a month.

    Raises
    ------
    UsageError
        For a landmark at which nothing can have begun, or after which nobody is followed.
    NotReady
        Where nobody left on one side.

    Source: Anderson, Cain and Gelber (1983), Journal of Clinical Oncology 1:710; Hernán et al. (2016), grade A.

    >>> lives = Exposure.of([2, 2, 2, 2], [True, True, False, False], began=[1, 9, 1, 9])
    >>> landmark(lives, at=1).estimate
    1.0
    """
    there = (lives.duration > at) & (lives.offered <= at)
    if at < 1 or not there.any():
        raise UsageError(Fault("landmark_outside", {"value": at, "last": int(lives.duration.max(initial=0))}))
    after = lives.among(there)
    by_then = np.where(after.began <= at, 0.0, np.inf)
    return _mantel_haenszel(replace(after, entry=np.maximum(after.entry, at), began=by_then), "landmark_ratio")


def every_way(lives: Exposure, at: int = LANDMARK) -> pd.DataFrame:
    """The same lives compared in all four ways.

    Parameters
    ----------
    lives : Exposure
    at : int
        Landmark, in months of life.

    Returns
    -------
    DataFrame
        A row a way: ``estimate`` (rate ratio), ``low``, ``high``, ``n``, ``method``; ``attrs`` holds the ``truth``.

    Raises
    ------
    NotReady, UsageError
        As ``ever`` and ``landmark``.

    >>> left = [True, True, False, False]
    >>> every_way(Exposure.of([2, 2, 2, 2], left, began=[1, 9, 1, 9]), at=1)["estimate"].tolist()
    [1.0, 3.0, 1.0, 1.0]
    """
    import pandas as pd

    found = [ever(lives), time_split(lives), tenure_split(lives), landmark(lives, at)]
    frame = pd.DataFrame([one.cells() for one in found])
    frame.attrs["truth"] = lives.truth
    return frame


def immortal_time(lives: Exposure, at: int = LANDMARK) -> Illusion:
    """The illusion: the naive ratio, a fair one, and the truth where it is known.

    The fair one is that of the landmark. Where taking part is known to change something it is that of months of the
    same age: at a landmark those who join later stand among the others, which dilutes what it changes.

    Parameters
    ----------
    lives : Exposure
    at : int
        Landmark, in months of life.

    Returns
    -------
    Illusion

    Raises
    ------
    NotReady, UsageError
        As ``ever`` and ``landmark``.

    >>> import cslab
    >>> from cslab.measure.illusions.phantom import phantom
    >>> found = immortal_time(phantom(cslab.load("synthetic:tiny")))
    >>> found.naive.estimate < 1, found.truth
    (True, 1.0)
    """
    fair = landmark(lives, at) if lives.truth in (None, 1.0) else tenure_split(lives)
    return Illusion("immortal_time", "ratio", ever(lives), fair, lives.truth, dict(lives.left_out))


@dataclass(frozen=True)
class _Cells:
    """At risk and gone in each month of life and stratum, of those taking part (1) and the others (0)."""

    risk1: Floats
    gone1: Floats
    risk0: Floats
    gone0: Floats


def _cells(lives: Exposure) -> _Cells:
    """The counts of all months of life, by stratum."""
    width = int(lives.duration.max(initial=0)) + 2
    size = width * (int(lives.stratum.max(initial=0)) + 1)
    base = lives.stratum * width
    turn = np.clip(lives.began, lives.entry, lives.duration).astype(np.int64)
    taking = lives.began < lives.duration

    def at_risk(since: Any, until: Any) -> Floats:
        steps = np.bincount(base + since + 1, minlength=size) - np.bincount(base + until + 1, minlength=size)
        return np.cumsum(steps.reshape(-1, width), axis=1).astype(float).ravel()

    def gone(who: Any) -> Floats:
        return np.bincount((base + lives.duration)[who], minlength=size).astype(float)

    return _Cells(
        at_risk(turn, lives.duration),
        gone(lives.event & taking),
        at_risk(lives.entry, turn),
        gone(lives.event & ~taking),
    )


def _mantel_haenszel(lives: Exposure, method: str) -> Estimate:
    """The common ratio over all cells that hold both sides."""
    cells = _cells(lives)
    both = (cells.risk1 > 0) & (cells.risk0 > 0)
    n1, a, n0, b = (part[both] for part in (cells.risk1, cells.gone1, cells.risk0, cells.gone0))
    n = n1 + n0
    upper, lower = float((a * n0 / n).sum()), float((b * n1 / n).sum())
    _somebody_left(lives, upper, lower)
    spread = float(((n1 * n0 * (a + b) - a * b * n) / n**2).sum())
    return _ratio(upper / lower, math.sqrt(spread / (upper * lower)), len(lives.entry), method)


def _rate_ratio(lives: Exposure, gone1: Any, months1: Any, gone0: Any, months0: Any, method: str) -> Estimate:
    """A ratio of two rates, with an error that counts accounts as what varies."""
    a, b = float(gone1.sum()), float(gone0.sum())
    _somebody_left(lives, a, b)
    first, second = a / float(months1.sum()), b / float(months0.sum())
    parts = (gone1 - first * months1) / a - (gone0 - second * months0) / b
    return _ratio(first / second, float(np.sqrt((parts**2).sum())), len(lives.entry), method)


def _somebody_left(lives: Exposure, taking: float, others: float) -> None:
    """Refuse a ratio of which one side is nothing."""
    if taking <= 0 or others <= 0:
        raise NotReady(Fault("nobody_left_beside", {"what": lives.what, "taking": taking > 0, "others": others > 0}))


def _ratio(ratio: float, error: float, n: int, method: str) -> Estimate:
    """A ratio with limits on the logarithm; its standard error is that of the logarithm."""
    far = math.exp(Z95 * error)
    return Estimate(ratio, ratio / far, ratio * far, n, method, error)
