"""When accounts are customers, when they have already said that they leave, and when each of them decided to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.lifecycle.days import APART, NEVER, Diary, as_dates, as_days
from cslab.measure.lifecycle.marks import Mark, Way
from cslab.measure.spells import LATE_DAYS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


def departures(book: Book) -> pd.DataFrame:
    """Every departure on record: when it was decided, and when the account was gone.

    A term that ended more than 45 days ago with nothing after it, and of whose end nobody wrote, counts as decided on
    the day recorded with the contract, else on its last day.

    Parameters
    ----------
    book : Book
        Needs ``contracts`` with ``start`` and ``end``. Uses ``churn_events`` and ``contracts.decided_on``.

    Returns
    -------
    DataFrame
        ``account_id``, ``decided_on``, ``left_on``; several rows for who came back and left again.

    Raises
    ------
    NotReady
        Without the columns above.

    >>> import cslab
    >>> gone = departures(cslab.load("synthetic:tiny"))
    >>> bool((gone["decided_on"] <= gone["left_on"]).all())
    True
    """
    import pandas as pd

    book.require("calendar", "contracts.start", "contracts.end")
    diary = Diary(book)
    account, decided, left = (np.concatenate(part) for part in zip(_told(diary), _lapsed(diary), strict=True))
    order = np.lexsort((left, account))
    rows = pd.DataFrame({"account_id": diary.ids.take(account[order])})
    return rows.assign(decided_on=as_dates(decided[order]), left_on=as_dates(left[order]))


def _told(diary: Diary) -> tuple[Ints, Ints, Ints]:
    """Departures that somebody wrote down."""
    if not diary.book.has("churn_events"):
        return (np.empty(0, np.int64),) * 3
    account, events = diary.numbers("churn_events"), diary.book.churn_events
    decided, left = as_days(events["decided_on"]), as_days(events["effective_on"])
    known = (account >= 0) & (left < NEVER)
    return account[known], np.minimum(decided, left)[known], left[known]


def _lapsed(diary: Diary) -> tuple[Ints, Ints, Ints]:
    """Terms that ended long ago with nothing after them, and no exit written since the term began."""
    way = Way("contracts", "lapsed_on", each=True)
    dated, told = diary.dated(Mark("lapsed", (way,))), _told(diary)
    today = as_days_of(diary.book.as_of)
    known = np.sort(told[0] * APART + told[2])
    began, place = as_days(diary.book.contracts["start"])[dated.row], dated.account * APART
    upto = np.searchsorted(known, place + dated.day + LATE_DAYS, side="right")
    written = np.searchsorted(known, place + began, side="right") < upto
    returned = _back_soon(diary, dated.account, dated.day)
    kept = ~written & ~returned & (dated.day + LATE_DAYS < today)
    decided = _decided(diary)[dated.row]
    return dated.account[kept], np.minimum(decided, dated.day)[kept], dated.day[kept]


def _decided(diary: Diary) -> Ints:
    """The day of decision of each contract that is marked as churned; far ahead for the others."""
    contracts = diary.book.contracts
    if not {"decided_on", "outcome"} <= {*contracts}:
        return np.full(len(contracts), NEVER)
    return np.where(contracts["outcome"] == "churned", as_days(contracts["decided_on"]), NEVER)


def _back_soon(diary: Diary, account: Ints, day: Ints) -> Flags:
    """After which of some days another contract of the account began soon."""
    starts = np.sort(diary.numbers("contracts") * APART + as_days(diary.book.contracts["start"]))
    place = account * APART + day
    return np.searchsorted(starts, place) < np.searchsorted(starts, place + LATE_DAYS, side="right")


def as_days_of(day: Any) -> int:
    """A day as days since 1970.

    Parameters
    ----------
    day : Timestamp

    >>> import pandas as pd
    >>> as_days_of(pd.Timestamp("1970-01-03"))
    2
    """
    return int(np.datetime64(day, "D").astype(np.int64))


class Presence:
    """Who is a customer on which day, by what was known the evening before.

    Parameters
    ----------
    diary : Diary
        Of a book with ``contracts``.

    >>> import cslab
    >>> presence = Presence(Diary(cslab.load("synthetic:tiny")))
    >>> presence.there(np.array([0]), np.array([0])).tolist()
    [False]
    """

    def __init__(self, diary: Diary) -> None:
        contracts, account = diary.book.contracts, diary.numbers("contracts")
        start, end = as_days(contracts["start"]), as_days(contracts["end"])
        end = np.minimum(end, _next(_exits(diary), account, start))
        kept = (account >= 0) & (start < np.minimum(end, NEVER))
        self._begin, self._end = _united(account[kept], start[kept], end[kept])
        self._notice = _notices(diary)

    def there(self, account: Ints, day: Ints) -> Flags:
        """Which accounts are customers on a day of each.

        Parameters
        ----------
        account : ndarray of int
            Numbers of the diary.
        day : ndarray of int
            Since 1970.

        >>> import cslab
        >>> Presence(Diary(cslab.load("synthetic:tiny"))).there(np.array([1]), np.array([20_178])).tolist()
        [True]
        """
        return _inside(self._begin, self._end, account * APART + day)

    def reachable(self, account: Ints, day: Ints) -> Flags:
        """Which of them are customers who had not decided to leave before that day.

        Parameters
        ----------
        account, day
            As for :meth:`there`.

        >>> import cslab
        >>> presence = Presence(Diary(cslab.load("synthetic:tiny")))
        >>> account, day = np.arange(60), np.full(60, 19_800)
        >>> bool((presence.reachable(account, day) <= presence.there(account, day)).all())
        True
        """
        return self.there(account, day) & ~_inside(*self._notice, account * APART + day)


def _exits(diary: Diary) -> Ints:
    """Days on which accounts were gone, on one line, no earlier than they were known."""
    if not diary.book.has("churn_events"):
        return np.empty(0, np.int64)
    account, events = diary.numbers("churn_events"), diary.book.churn_events
    day = np.maximum(as_days(events["effective_on"]), as_days(events["decided_on"]))
    return np.sort((account * APART + day)[(account >= 0) & (day < NEVER)])


def _next(line: Ints, account: Ints, day: Ints) -> Ints:
    """The first day of each account on a line after a given one; far ahead where there is none."""
    place = np.searchsorted(line, account * APART + day, side="right")
    found = np.r_[line, np.iinfo(np.int64).max // 2][place] - account * APART
    return np.asarray(np.minimum(found, NEVER), np.int64)


def _notices(diary: Diary) -> tuple[Ints, Ints]:
    """From the morning after each decision to leave to the day on which the account is gone."""
    account, decided, left = _told(diary)
    begin, end = decided + 1, left + 1
    kept = begin < end
    return _united(account[kept], begin[kept], end[kept])


def _united(account: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Stretches of days on one line, those that touch joined into one."""
    order = np.lexsort((end, begin, account))
    first, last = (account * APART + begin)[order], (account * APART + end)[order]
    reach = np.maximum.accumulate(last)
    opens = np.r_[True, first[1:] > reach[:-1]][: len(first)]
    closes = np.r_[opens[1:], True][: len(first)]
    return first[opens], reach[closes]


def _inside(begin: Ints, end: Ints, place: Ints) -> Flags:
    """Which places lie in one of some stretches."""
    if not len(begin):
        return np.zeros(len(place), bool)
    row = np.searchsorted(begin, place, side="right") - 1
    return (row >= 0) & (place < end[np.maximum(row, 0)])
