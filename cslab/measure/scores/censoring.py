"""Who is known at a horizon, and for how many others each of them stands who are no longer followed.

An account that is not followed far enough says nothing about the horizon. Of those that are known, each counts for as
many as it is rare to be followed so long (inverse probability of censoring weighting). The chance of being followed is
read just before the time (its left limit): months are tied, and the limit on the other side would make every weight too
large; scikit-survival's Brier score does that, and is some two per cent too high on months. An account followed for
exactly the horizon is known to be there at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.clusters import summed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.intp]


@dataclass(frozen=True)
class Known:
    """What is known at a horizon.

    Parameters
    ----------
    left, stayed : ndarray of bool, shape (rows,)
        Whether the account left by then, or was still there; neither where it was not followed so far.
    weight : ndarray of float, shape (rows,)
        For how many it stands; 0 where it is not known.
    reach : ndarray of int, shape (rows,)
        How many of the times of ``Censoring`` its weight depends on.
    """

    left: Flags
    stayed: Flags
    weight: Floats
    reach: Places


@dataclass(frozen=True)
class Censoring:
    """How long accounts were followed, whether or not they left, as a curve of those still followed.

    Parameters
    ----------
    time : ndarray of float, shape (rows,)
        Departure, or the end of what is known.
    event : ndarray of bool, shape (rows,)
        Whether it was a departure.

    Source: weights of Graf, Schmoor, Sauerbrei and Schumacher (1999), Statistics in Medicine 18:2529; what their
    estimation adds to the error: Blanche, Dartigues and Jacqmin-Gadda (2013), Statistics in Medicine 32:5381, grade A.

    >>> seen = Censoring(np.array([1.0, 2.0, 3.0, 3.0]), np.array([False, True, False, False]))
    >>> seen.known(3).weight.round(2).tolist()
    [0.0, 1.33, 1.33, 1.33]
    """

    time: Floats
    event: Flags

    def known(self, horizon: float) -> Known:
        """Who is known at a horizon.

        Parameters
        ----------
        horizon : float
            In the unit of ``time``, above 0.

        Returns
        -------
        Known

        Raises
        ------
        UsageError
            Where nobody left within the horizon, everybody did, or nobody was followed so far.

        >>> Censoring(np.array([1.0, 2.0]), np.array([True, False])).known(2).stayed.tolist()
        [False, True]
        """
        left = self.event & (self.time <= horizon)
        stayed = (self.time > horizon) | ((self.time == horizon) & ~self.event)
        if faults := self._faults(horizon, left, stayed):
            raise UsageError(*faults)
        reach = np.where(left, self._place, np.searchsorted(self._times, horizon))
        known = left | stayed
        weight = np.zeros(len(self.time))
        weight[known] = 1 / self._followed[reach[known]]
        return Known(left, stayed, weight, reach)

    def reaching(self, last: float) -> Known:
        """Departures up to a time alone, each with its weight.

        Parameters
        ----------
        last : float
            In the unit of ``time``.

        Returns
        -------
        Known
            Nobody in it stayed.

        >>> Censoring(np.array([1.0, 2.0]), np.array([True, False])).reaching(2).left.tolist()
        [True, False]
        """
        left = self.event & (self.time <= last)
        weight = np.where(left, 1 / np.where(left, self._followed[self._place], 1.0), 0.0)
        return Known(left, np.zeros_like(left), weight, self._place)

    def correction(self, pull: Floats, reach: Places) -> Floats:
        """What each row adds to the influence because the weights are estimated too.

        Parameters
        ----------
        pull : ndarray of float, shape (rows,)
            By how much the estimate moves when the logarithm of the row's weight does.
        reach : ndarray of int, shape (rows,)
            As of ``Known``.

        Returns
        -------
        ndarray of float, shape (rows,)

        >>> everybody = Censoring(np.array([1.0, 2.0]), np.array([True, True]))
        >>> everybody.correction(np.array([1.0, -1.0]), np.array([0, 1])).tolist()
        [0.0, 0.0]
        """
        further = summed(reach, pull, len(self._times) + 1)[::-1].cumsum()[::-1][1:]
        jump = np.divide(further, self._remaining, out=np.zeros_like(further), where=self._remaining > 0)
        drift = np.concatenate([[0.0], np.cumsum(self._hazard * jump)])
        ended = ~self.event
        return np.asarray(np.where(ended, jump[self._place], 0.0) - drift[self._place + ended])

    @cached_property
    def _levels(self) -> tuple[Floats, Places]:
        """Distinct times, and the place of each row's among them."""
        times, place = np.unique(self.time, return_inverse=True)
        return times, place

    @property
    def _times(self) -> Floats:
        """Distinct times."""
        return self._levels[0]

    @property
    def _place(self) -> Places:
        """The place of each row's time among the distinct ones."""
        return self._levels[1]

    @cached_property
    def _counts(self) -> tuple[Floats, Floats]:
        """Rows whose follow-up might end at each time (who leaves at it is gone before), and those whose does."""
        size = len(self._times)
        gone, ended = summed(self._place, np.ones(len(self.time)), size), summed(self._place, ~self.event, size)
        return gone[::-1].cumsum()[::-1] - gone + ended, ended

    @cached_property
    def _remaining(self) -> Floats:
        """Rows followed beyond each time."""
        followed, ended = self._counts
        return followed - ended

    @cached_property
    def _hazard(self) -> Floats:
        """The share whose follow-up ends at each time."""
        followed, ended = self._counts
        return np.divide(ended, followed, out=np.zeros_like(ended), where=followed > 0)

    @cached_property
    def _followed(self) -> Floats:
        """The chance of being followed up to each time, just before it; the last entry: beyond all of them."""
        return np.concatenate([[1.0], np.cumprod(1 - self._hazard)])

    def _faults(self, horizon: float, left: Flags, stayed: Flags) -> list[Fault]:
        """Why nothing can be said at a horizon."""
        if not horizon > 0:
            return [Fault("score.horizon", {"horizon": horizon})]
        values = {"horizon": horizon, "count": len(left), "last": float(self.time.max())}
        faults = [] if left.any() else [Fault("score.nobody_left", values)]
        if not stayed.any():
            faults.append(Fault("score.everybody_left" if self.event.all() else "score.beyond_follow_up", values))
        return faults
