"""Conditions on renewals that come near, and on numbers that a model or another department supplies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.alerts.limits import Limit
from cslab.measure.alerts.seen import Hits, Seen, latest
from cslab.measure.lifecycle.days import NEVER, as_days
from cslab.measure.spells import DAYS_A_MONTH, month_number

if TYPE_CHECKING:
    from cslab.measure.alerts.seen import Floats, Ints

SIGNAL = "signal:"
"""What the need of a supplied number begins with."""

FRESH_DAYS = 45
"""Days for which a supplied number counts."""


@dataclass(frozen=True)
class Near:
    """A contract is to be renewed soon and nothing is decided, while a number lies beyond a limit.

    Parameters
    ----------
    days_before : tuple of int
        Days before the end of the contract on which it is looked at.
    limit : Limit
    table, column : str
        A table of months, whose last month counts that was over; empty where a number is supplied.
    signal : str
        The supplied number; empty where a column is looked at.
    least_term : int
        Months; shorter contracts are not looked at.

    >>> Near((120,), Limit("<", 0.4), "usage_monthly", "wau_ratio").needs[:2]
    ('contracts.start', 'contracts.end')
    """

    days_before: tuple[int, ...]
    limit: Limit
    table: str = ""
    column: str = ""
    signal: str = ""
    least_term: int = 12

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns, or the number, that it takes. For an example see the class."""
        asked = (SIGNAL + self.signal,) if self.signal else (f"{self.table}.{self.column}", f"{self.table}.month")
        return "contracts.start", "contracts.end", "contracts.decided_on", *asked

    def hits(self, seen: Seen) -> Hits:
        """The mornings on which such a contract is looked at.

        Parameters
        ----------
        seen : Seen

        Returns
        -------
        Hits
            With the number.

        >>> import cslab
        >>> near = Near((120, 90), Limit("<", 0.4), "usage_monthly", "wau_ratio")
        >>> bool((near.hits(Seen(cslab.load("synthetic:tiny"), {})).value < 0.4).all())
        True
        """
        account, start, end, decided = _contracts(seen, self.least_term)
        parts = []
        for days in self.days_before:
            open_still = (end - days > start) & (decided >= end - days)
            parts.append((account[open_still], (end - days)[open_still]))
        looked = [np.concatenate(part) for part in zip(*parts, strict=True)]
        values = self._values(seen, looked[0], looked[1])
        return Hits(looked[0], looked[1], values).where(self.limit.holds(values))

    def _values(self, seen: Seen, account: Ints, day: Ints) -> Floats:
        """The number of each account as it was known on a morning."""
        if self.signal:
            return _supplied(seen, self.signal, account, day)
        months = seen.months(self.table)
        row = months.find(account, month_number(day) - 1)
        return np.asarray(np.r_[months.values(self.column), np.nan][row], float)


@dataclass(frozen=True)
class Supplied:
    """A supplied number lies beyond a limit.

    Parameters
    ----------
    signal : str
    limit : Limit

    >>> Supplied("days_overdue", Limit(">=", 14.0)).needs
    ('signal:days_overdue',)
    """

    signal: str
    limit: Limit

    @property
    def needs(self) -> tuple[str, ...]:
        """The number that it takes. For an example see the class."""
        return (SIGNAL + self.signal,)

    def hits(self, seen: Seen) -> Hits:
        """The morning after each day for which such a number was supplied.

        Parameters
        ----------
        seen : Seen

        Returns
        -------
        Hits
            With the number.

        >>> import cslab, pandas as pd
        >>> days = ["2024-01-31", "2024-02-29"]
        >>> frame = pd.DataFrame({"account_id": "A000001", "as_of": days, "value": [3, 20]})
        >>> seen = Seen(cslab.load("synthetic:tiny"), {"days_overdue": frame})
        >>> Supplied("days_overdue", Limit(">=", 14.0)).hits(seen).value.tolist()
        [20.0]
        """
        account, day, value = seen.signal(self.signal)
        return Hits(account, day + 1, value).where(self.limit.holds(value))


def _contracts(seen: Seen, least_term: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Contracts of some length: account, start, end and decision, days since 1970."""
    frame, account = seen.book.contracts, seen.diary.numbers("contracts")
    start, end, decided = (as_days(frame[column]) for column in ("start", "end", "decided_on"))
    kept = (account >= 0) & (start < NEVER) & (end < NEVER)
    kept &= (end - start) > (least_term - 0.5) * DAYS_A_MONTH
    return account[kept], start[kept], end[kept], decided[kept]


def _supplied(seen: Seen, signal: str, account: Ints, day: Ints) -> Floats:
    """The last number supplied for each account before a morning, while it is fresh."""
    owner, when, value = seen.signal(signal)
    row = latest(owner, when, account, day)
    fresh = (row >= 0) & (day - np.r_[when, -NEVER][row] <= FRESH_DAYS)
    return np.where(fresh, np.r_[value, np.nan][row], np.nan)
