"""Conditions on months: usage falls against its own past, a number is low or high, far more tickets than usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.alerts.limits import Limit
from cslab.measure.alerts.seen import Hits, Months, Seen, first_of
from cslab.measure.clusters import summed
from cslab.measure.lifecycle.days import APART, NEVER, as_days
from cslab.measure.spells import month_number

if TYPE_CHECKING:
    from cslab.measure.alerts.seen import Flags, Floats, Ints


@dataclass(frozen=True)
class Fall:
    """A number lies far below its own past for some months running.

    Parameters
    ----------
    table, column : str
    by : float
        The share by which it has fallen at least (0-1).
    months, baseline : int
        How many months it is low, and how many before them it is held against.
    seasonal : bool
        Each month counts relative to the mean of all customers in it, so that a holiday is no alarm.

    >>> Fall("usage_monthly", "wau_ratio", 0.3).needs
    ('usage_monthly.wau_ratio', 'usage_monthly.month')
    """

    table: str
    column: str
    by: float
    months: int = 2
    baseline: int = 2
    seasonal: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns that it takes. For an example see the class."""
        return f"{self.table}.{self.column}", f"{self.table}.month"

    def hits(self, seen: Seen) -> Hits:
        """The morning after the last of the low months.

        Parameters
        ----------
        seen : Seen

        Returns
        -------
        Hits
            With the share of the baseline that is left.

        >>> import cslab
        >>> falls = Fall("usage_monthly", "wau_ratio", 0.3).hits(Seen(cslab.load("synthetic:tiny"), {}))
        >>> bool((falls.value <= 0.7).all())
        True
        """
        months = seen.months(self.table)
        values = months.values(self.column)
        values = _seasonless(months, values) if self.seasonal else values
        before = [months.ago(values, lag) for lag in range(self.months, self.months + self.baseline)]
        base = np.mean(before, axis=0)
        lately = np.array([months.ago(values, lag) for lag in range(self.months)])
        with np.errstate(invalid="ignore", divide="ignore"):
            left = lately / base
        low = (base > 0) & (left <= 1 - self.by).all(axis=0)
        return _after(months, low, left[0])


@dataclass(frozen=True)
class Level:
    """A number of a month lies beyond a limit.

    Parameters
    ----------
    table, column : str
    limit : Limit
    per : str
        A column to divide by; empty: none.
    first_days : int
        Only the first month at whose end the customer has been there so many days; 0: every month.

    >>> Level("usage_monthly", "core_actions", Limit("<", 10.0), per="seats").needs
    ('usage_monthly.core_actions', 'usage_monthly.month', 'usage_monthly.seats')
    """

    table: str
    column: str
    limit: Limit
    per: str = ""
    first_days: int = 0

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns that it takes. For an example see the class."""
        columns = (self.column, "month", *((self.per,) if self.per else ()))
        signed = ("accounts.signed_on",) if self.first_days else ()
        return (*(f"{self.table}.{column}" for column in columns), *signed)

    def hits(self, seen: Seen) -> Hits:
        """The morning after such a month.

        Parameters
        ----------
        seen : Seen

        Returns
        -------
        Hits
            With the number.

        >>> import cslab
        >>> full = Level("usage_monthly", "wau_ratio", Limit(">", 0.85))
        >>> bool((full.hits(Seen(cslab.load("synthetic:tiny"), {})).value > 0.85).all())
        True
        """
        months = seen.months(self.table)
        values = months.values(self.column)
        if self.per:
            with np.errstate(invalid="ignore", divide="ignore"):
                values = values / months.values(self.per)
        holds = self.limit.holds(values)
        if self.first_days:
            holds &= _first_months(seen, months, self.first_days)
        return _after(months, holds, values)


@dataclass(frozen=True)
class Burst:
    """Far more rows in a month than the customer usually has.

    Parameters
    ----------
    table, column : str
        The column of days.
    sd : float
        Standard deviations above the mean of all its earlier months.
    least : int
        Rows that a burst has in any case.
    history : int
        Months that must lie before it.

    >>> Burst("tickets", "opened_on", 2.0, 3, 3).needs
    ('tickets.opened_on',)
    """

    table: str
    column: str
    sd: float
    least: int
    history: int

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns that it takes. For an example see the class."""
        return (f"{self.table}.{self.column}",)

    def hits(self, seen: Seen) -> Hits:
        """The morning after the month.

        Parameters
        ----------
        seen : Seen

        Returns
        -------
        Hits
            With the number of rows.

        >>> import cslab
        >>> bursts = Burst("tickets", "opened_on", 2.0, 3, 3).hits(Seen(cslab.load("synthetic:tiny"), {}))
        >>> bool((bursts.value >= 3).all())
        True
        """
        account, day = seen.diary.numbers(self.table), as_days(getattr(seen.book, self.table)[self.column])
        kept = (account >= 0) & (day < NEVER)
        kept[kept] &= day[kept] >= seen.entry[account[kept]]
        account, month, count = _counted(account[kept], month_number(day[kept]))
        before = month - month_number(seen.entry)[account]
        so_far, squares = (_before(account, one) for one in (count, count**2))
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = so_far / before
            usual = mean + self.sd * np.sqrt(np.maximum(squares / before - mean**2, 0))
        burst = (count >= self.least) & (before >= self.history) & (count > usual)
        return Hits(account[burst], first_of(month[burst] + 1), count[burst])


def _after(months: Months, holds: Flags, values: Floats) -> Hits:
    """Hits on the first day after some of the months."""
    return Hits(months.account[holds], first_of(months.month[holds] + 1), values[holds])


def _seasonless(months: Months, values: Floats) -> Floats:
    """Values relative to the mean of all customers in the same month."""
    if not len(values):
        return values
    place, known = months.month - months.month.min(), ~np.isnan(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        usual = summed(place[known], values[known], place.max() + 1) / summed(place, known, place.max() + 1)
        return np.asarray(values / usual[place])


def _first_months(seen: Seen, months: Months, days: int) -> Flags:
    """Which rows are the first month at whose end the customer has been there so many days."""
    accounts = seen.book.accounts
    signed = np.full(len(seen.diary.ids), NEVER, np.int64)
    signed[seen.diary.numbers("accounts")] = as_days(accounts["signed_on"])
    there = first_of(months.month + 1) - signed[months.account]
    earlier = first_of(months.month) - signed[months.account]
    return (there >= days) & (earlier < days)


def _counted(account: Ints, month: Ints) -> tuple[Ints, Ints, Floats]:
    """How many rows each account has in each month that has any; by account and month."""
    line, count = np.unique(account * APART + month, return_counts=True)
    return line // APART, line % APART, count.astype(float)


def _before(account: Ints, values: Floats) -> Floats:
    """The sum of each account's values before each (accounts lie one after the other)."""
    sums = np.cumsum(values) - values
    begins = np.searchsorted(account, account)
    return np.asarray(sums - sums[begins]) if len(values) else values
