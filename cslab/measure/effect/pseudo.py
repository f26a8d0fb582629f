"""Months as a customer of people who may still be one: one number each, whose mean is the mean of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault
from cslab.measure.effect.tried import NotComparable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def pseudo_months(duration: NDArray[np.int64], event: NDArray[np.bool_], horizon: int, arm: str = "") -> Floats:
    """For each customer a number whose mean is the mean months within a horizon, whoever was watched how long.

    Months under observation, each over the chance of being watched so long, put right for that chance being estimated
    too: the jackknife's pseudo-observations of the area under the Kaplan-Meier curve, to first order. Who is watched
    how long may not depend on anything but the arm.

    Parameters
    ----------
    duration : ndarray of int, shape (n,)
        Months, cut at the horizon.
    event : ndarray of bool, shape (n,)
        Whether the customer left then.
    horizon : int
        Months.
    arm : str
        Which arm, for what may go wrong.

    Returns
    -------
    ndarray of float, shape (n,)
        Their mean is the area under the curve.

    Raises
    ------
    UsageError
        Where nobody is watched to the horizon and some may still be customers then.

    Source: Andersen, Klein and Rosthøj (2003), Biometrika 90:15; inverse probability of censoring weights, Robins and
    Rotnitzky (1992), grade A.

    >>> pseudo_months(np.array([2, 4, 4]), np.array([True, False, False]), 4).round(2).tolist()
    [2.0, 4.0, 4.0]
    """
    time = np.arange(1, horizon + 1)
    at_risk = (duration[:, None] >= time).sum(axis=0).astype(float)
    leaving = event[:, None] & (duration[:, None] == time)
    if (at_risk == 0).any() and _stays(at_risk, leaving) > 0:
        raise NotComparable(Fault("effect.not_watched", {"arm": arm, "horizon": horizon, "last": int(duration.max())}))
    watched = np.where(at_risk > 0, at_risk, 1.0)
    hazard = leaving.sum(axis=0) / watched
    reached = np.cumprod(np.r_[1.0, 1 - hazard])
    ahead = np.r_[np.cumsum(reached[1:horizon][::-1])[::-1], 0.0]  # area still to come after each month
    n, there = len(duration), duration[:, None] >= time
    martingale = leaving - there * hazard
    pull = martingale * (ahead * n / (watched * np.where(hazard < 1, 1 - hazard, 1.0)))
    return np.asarray(reached[:horizon].sum() - pull.sum(axis=1))


def _stays(at_risk: Floats, leaving: NDArray[np.bool_]) -> float:
    """The share still there when the watching ends."""
    seen = at_risk > 0
    return float(np.prod(1 - leaving.sum(axis=0)[seen] / at_risk[seen]))
