"""Who does a piece of work, and whether that CSM still has time for it that month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.care import anybody
from cslab.world.observe.tiers import tier_on

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records

PARTS = 100
"""Parts of a minute in which work is counted: whole numbers add up the same in any order."""


class Staffing:
    """The CSMs of the offices of a chunk and their hours.

    Parameters
    ----------
    records : Records

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> staffing = Staffing(observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48)))
    >>> int(staffing.number[0]), staffing.hours.shape[1], float(staffing.hours[0, 0])
    (0, 88, 130.0)
    """

    def __init__(self, records: Records) -> None:
        self.records, self.history = records, records.history
        months = np.arange(self.history.months)
        self.number: Ints = np.concatenate([team.number for team in records.teams])
        self.hours: Floats = np.concatenate([team.hours(months).T for team in records.teams])

    def in_charge(self, who: Ints, month: Ints, day: Days, ordinal: Ints) -> Ints:
        """The CSM who does something for some accounts on some days: their own, for tech touch anybody.

        Parameters
        ----------
        who : ndarray of int
        month : ndarray of int
        day : ndarray of datetime64
            In these months.
        ordinal : ndarray of int
            Parts what is done in the same month for the same account.

        Returns
        -------
        ndarray of int
            The CSM's number; negative where there is none.

        >>> from cslab.world.observe import observe
        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
        >>> day, who = np.full(1, np.datetime64("2025-03-20", "ns")), np.array([1])
        >>> bool(Staffing(records).in_charge(who, np.array([87]), day, who)[0] in records.teams[0].number)
        True
        """
        csm = self.records.care.at(who, month)
        pooled = np.flatnonzero(tier_on(self.history, who, day) == 0)
        csm[pooled] = anybody(self.history, self.records.teams, who[pooled], month[pooled], ordinal[pooled])
        return csm

    def host(self, office: Ints, month: Ints, ordinal: Ints) -> Ints:
        """The CSM who does something for a whole office in a month.

        Parameters
        ----------
        office : ndarray of int
            Place of the office in the chunk.
        month, ordinal : ndarray of int

        Returns
        -------
        ndarray of int
            The CSM's number; negative where there is none.

        >>> from cslab.world.observe import observe
        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> staffing = Staffing(observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48)))
        >>> len(staffing.host(np.zeros(3, int), np.arange(3), np.zeros(3, int)))
        3
        """
        first = np.searchsorted(self.history.lane, office * luck.BLOCK)
        return anybody(self.history, self.records.teams, first, month, ordinal)

    def fits(self, csm: Ints, month: Ints, parts: Ints, rank: Ints, day: Days, share: float = 1.0) -> Flags:
        """What CSMs get to within their hours of the month: by rank, of equal rank what comes first.

        The month is looked at as a whole: what was planned for the 5th may give way to an alert of the 25th.

        Parameters
        ----------
        csm : ndarray of int
            Numbers of CSMs who are there.
        month : ndarray of int
        parts : ndarray of int
            What it takes, in hundredths of a minute.
        rank : ndarray of int
        day : ndarray of datetime64
        share : float
            Of the hours.

        Returns
        -------
        ndarray of bool

        >>> from cslab.world.observe import observe
        >>> from cslab.world.policy import policy
        >>> from cslab.world.scenario import preset
        >>> from cslab.world.simulate import simulate
        >>> staffing = Staffing(observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48)))
        >>> none, day = np.zeros(3, int), np.full(3, np.datetime64("2017-12-01"))
        >>> staffing.fits(none, none, np.full(3, 60 * 60 * PARTS), np.array([2, 0, 1]), day).tolist()
        [False, True, True]
        """
        months = self.history.months
        cell = np.searchsorted(self.number, csm) * months + month
        most = np.floor(60 * PARTS * share * self.hours.ravel()).astype(np.int64)
        full = np.bincount(cell, parts, len(most)) > most
        here = np.flatnonzero(full[cell])
        here = here[np.lexsort((day[here], rank[here], cell[here]))]
        done = np.cumsum(parts[here])
        begins = np.searchsorted(cell[here], cell[here])
        done -= np.append(0, done)[begins]
        fits = np.ones(len(csm), dtype=bool)
        fits[here] = done <= most[cell[here]]
        return fits
