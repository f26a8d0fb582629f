"""Conditions on days: something was written down, something is late, nothing was heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.alerts.seen import Hits, Seen
from cslab.measure.lifecycle.days import NEVER, as_days
from cslab.measure.lifecycle.marks import Mark, Way

if TYPE_CHECKING:
    from cslab.book import Book


@dataclass(frozen=True)
class Written:
    """A row stands in a table: a bad answer, a champion who left.

    Parameters
    ----------
    way : Way
        The table, its column of days, and which rows.

    >>> Written(Way("contacts", "active_to", where={"is_champion": True}, each=True)).needs
    ('contacts.active_to', 'contacts.is_champion')
    """

    way: Way

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns that it takes. For an example see the class."""
        return self.way.needs

    def hits(self, seen: Seen) -> Hits:
        """The morning after each such day.

        Parameters
        ----------
        seen : Seen

        Returns
        -------
        Hits
            Without a number.

        >>> import cslab
        >>> way = Way("contracts", "start", each=True)
        >>> len(Written(way).hits(Seen(cslab.load("synthetic:tiny"), {})).day) > 0
        True
        """
        dated = seen.diary.dated(Mark("row", (self.way,)))
        return Hits(dated.account, dated.day + 1, np.full(len(dated.day), np.nan))


@dataclass(frozen=True)
class Late:
    """Something takes much longer than planned.

    Parameters
    ----------
    table : str
    since, planned, done : str
        Its columns: when it began, when it should be done, when it was.
    times : float
        How many times the planned days may pass.

    >>> Late("onboarding", "started", "planned", "done", 1.5).needs
    ('onboarding.started', 'onboarding.planned', 'onboarding.done')
    """

    table: str
    since: str
    planned: str
    done: str
    times: float

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns that it takes. For an example see the class."""
        return tuple(f"{self.table}.{column}" for column in (self.since, self.planned, self.done))

    def hits(self, seen: Seen) -> Hits:
        """The morning after the last day that was allowed, where it was not done by then.

        Parameters
        ----------
        seen : Seen

        Returns
        -------
        Hits
            With the days that were planned.

        >>> import cslab
        >>> late = Late("onboarding", "started", "planned", "done", 1.5)
        >>> bool((late.hits(Seen(cslab.load("synthetic:tiny"), {})).value > 0).all())
        True
        """
        frame, account = getattr(seen.book, self.table), seen.diary.numbers(self.table)
        since, planned, done = (as_days(frame[column]) for column in (self.since, self.planned, self.done))
        known = (account >= 0) & (since < NEVER) & (planned < NEVER) & (planned >= since)
        days = np.where(known, planned - since, 0)
        due = since + np.floor(self.times * days).astype(np.int64)
        late = known & (done > due)
        return Hits(account[late], due[late] + 1, days[late].astype(float))


@dataclass(frozen=True)
class Silence:
    """No sign of life for some days.

    Parameters
    ----------
    days : int
    signs : tuple of Way
        What counts as a sign. A month with use is one on its last day, since nobody knows the day within it.

    >>> Silence(45, (Way("tickets", "opened_on", each=True),)).needs
    ('tickets.opened_on',)
    """

    days: int
    signs: tuple[Way, ...]

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns of all signs: who cannot see one of them takes talking for silence."""
        return tuple(dict.fromkeys(need for way in self.signs for need in way.needs))

    def hits(self, seen: Seen) -> Hits:
        """The morning after the last day of silence that was allowed.

        Parameters
        ----------
        seen : Seen

        Returns
        -------
        Hits
            With the days of silence.

        >>> import cslab
        >>> silence = Silence(45, (Way("tickets", "opened_on", each=True),))
        >>> set(silence.hits(Seen(cslab.load("synthetic:tiny"), {})).value.tolist())
        {45.0}
        """
        marks = [seen.diary.dated(Mark("sign", (way,))) for way in self.signs]
        begun = np.flatnonzero(seen.entry < NEVER)
        account = np.concatenate([begun, *(dated.account for dated in marks)])
        day = np.concatenate([seen.entry[begun], *(dated.day for dated in marks)])
        order = np.lexsort((day, account))
        account, day = account[order], day[order]
        following = np.where(account == np.r_[account[1:], -1], np.r_[day[1:], NEVER], NEVER)
        quiet = (following > day + self.days) & (day >= seen.entry[account])
        return Hits(account[quiet], day[quiet] + self.days + 1, np.full(int(quiet.sum()), float(self.days)))


def lacking(book: Book, needs: tuple[str, ...]) -> list[str]:
    """Which of some columns a book does not have.

    Parameters
    ----------
    book : Book
    needs : tuple of str

    >>> import cslab
    >>> lacking(cslab.load("synthetic:tiny"), ("tickets.opened_on", "contracts.tenure_months"))
    ['contracts.tenure_months']
    """
    return [need for need in needs if not book.has(need)]
