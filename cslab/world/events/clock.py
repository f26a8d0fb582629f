"""When in a month things happen: in its four weeks, on working days, from seven until half past eight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from cslab.world.luck import Bits, Ints

WEEKS = 4
"""Weeks of a month: its days 1-7, 8-14, 15-21, and 22 to the end."""

CLOCK_BITS = 41
"""Bits of a draw that tell day and time, from the lowest; the others are free."""

_DAY_BITS, _LONG, _SHORT = np.uint64(12), np.uint64(15), np.uint64(14)
_SLOTS = 1 << 12
_OPENS = 7 * 3600
_REST_DAY = 0.08
"""Weight of a Saturday or Sunday against a working day."""


@dataclass(frozen=True)
class Clock:
    """The days of one month, each as often as people are at work on it.

    Parameters
    ----------
    anywhen : ndarray of uint64, shape (4096,)
        Seconds from the month's first midnight to the opening hour of a day, for each draw of a day in the month.
    week : ndarray of int, shape (4096,)
        The week, 0 to 3, of each of these days.
    within : ndarray of uint64, shape (4 * 4096,)
        The same for each week and each draw of a day in it.
    """

    anywhen: Bits
    week: Ints
    within: Bits

    def day(self, draws: Bits) -> Ints:
        """The draw of a day from random bits.

        Parameters
        ----------
        draws : ndarray of uint64, shape (n,)

        Returns
        -------
        ndarray of int, shape (n,)
            0 to 4095.

        >>> clock(np.datetime64("2024-04", "M")).day(np.array([0, 2**64 - 1], dtype=np.uint64)).tolist()
        [0, 4095]
        """
        return ((draws >> (_LONG + _SHORT)) & np.uint64(_SLOTS - 1)).astype(np.int64)

    def seconds(self, draws: Bits, day: Ints, some: Ints, week: Ints) -> Bits:
        """Seconds from the month's first midnight at which things happen.

        Parameters
        ----------
        draws : ndarray of uint64, shape (n,)
        day : ndarray of int, shape (n,)
            As ``day(draws)``.
        some : ndarray of int, shape (k,)
            Places of those whose week is given.
        week : ndarray of int, shape (k,)

        Returns
        -------
        ndarray of uint64, shape (n,)

        >>> april, no_bits, none = clock(np.datetime64("2024-04", "M")), np.zeros(1, dtype=np.uint64), np.array([], int)
        >>> april.seconds(no_bits, april.day(no_bits), none, none).tolist() == [7 * 3600]
        True
        """
        time = np.take(self.anywhen, day)
        time[some] = self.within[week * _SLOTS + day[some]]
        time += (draws >> _SHORT) & np.uint64((1 << 15) - 1)  # the sum of two parts: more happens about noon
        time += draws & np.uint64((1 << 14) - 1)
        return time


def clock(month: np.datetime64) -> Clock:
    """The clock of a month.

    Parameters
    ----------
    month : datetime64[M]

    Returns
    -------
    Clock

    >>> (clock(np.datetime64("2024-04", "M")).within[[0, 4096, -1]] // 86_400 + 1).tolist()
    [1, 8, 30]
    """
    days = np.arange(month.astype("M8[D]"), (month + 1).astype("M8[D]"))
    weight = np.where(np.is_busday(days), 1.0, _REST_DAY)
    week = np.minimum(np.arange(len(days)) // 7, WEEKS - 1)
    anywhen = _drawn(np.arange(len(days)), weight)
    within = [_drawn(np.flatnonzero(week == one), weight) for one in range(WEEKS)]
    return Clock(_opening(anywhen), week[anywhen], _opening(np.concatenate(within)))


def _drawn(days: Ints, weight: Any) -> Ints:
    """Which of some days each draw means."""
    limits = np.cumsum(weight[days]) / weight[days].sum()
    return np.asarray(days[np.searchsorted(limits, (np.arange(_SLOTS) + 0.5) / _SLOTS)])


def _opening(days: Ints) -> Bits:
    """Seconds from the month's first midnight to the opening hour of some days."""
    return (days * 86_400 + _OPENS).astype(np.uint64)
