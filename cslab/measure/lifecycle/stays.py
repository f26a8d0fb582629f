"""Stays: from when to when each phase holds for each account, before precedence decides between several."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cslab.measure.lifecycle.days import APART, NEVER, Dated, Diary
from cslab.measure.lifecycle.phases import Phase, Rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


class Stays(NamedTuple):
    """Stays of accounts (by number) in phases (by place in the precedence): first day, and the day after the last."""

    account: Ints
    phase: Ints
    begin: Ints
    end: Ints


def stays(diary: Diary, rules: Rules, entry: Ints) -> Stays:
    """Every stay that the marks of a book tell.

    Parameters
    ----------
    diary : Diary
    rules : Rules
        Held to the book before.
    entry : array of int
        By account, the day from which the records cover one that was a customer before.

    Returns
    -------
    Stays
        Stays of different phases may overlap; empty ones are left out.

    >>> import cslab
    >>> from cslab.measure import lifecycle
    >>> diary = Diary(cslab.load("synthetic:tiny"))
    >>> found = stays(diary, lifecycle.rules(), np.full(len(diary.ids), -NEVER))
    >>> bool((found.begin < found.end).all())
    True
    """
    parts = [_of_phase(diary, rules, place, entry) for place in range(len(rules.precedence))]
    account, phase, begin, end = (np.concatenate(values) for values in zip(*parts, strict=True))
    kept = begin < end
    return Stays(account[kept], phase[kept], begin[kept], end[kept])


def _of_phase(diary: Diary, rules: Rules, place: int, entry: Ints) -> Stays:
    """The stays of one phase."""
    phase = rules.phases[rules.precedence[place]]
    since = diary.dated(rules.marks[phase.since])
    end = np.full(len(since.day), NEVER, np.int64)
    for name in phase.until:
        end = np.minimum(end, _ends(since, diary.dated(rules.marks[name]), len(diary.ids)))
    begin = _entered(diary, rules, phase, since, entry)
    return Stays(since.account, np.full(len(begin), place), begin, end)


def _entered(diary: Diary, rules: Rules, phase: Phase, since: Dated, entry: Ints) -> Ints:
    """First days; of customers whose records begin later, the day of the mark for them, or never."""
    if not phase.late_since:
        return since.day
    late = diary.first(rules.marks[phase.late_since])[since.account]
    return np.where(entry[since.account] > since.day, np.maximum(late, since.day), since.day)


def _ends(since: Dated, until: Dated, accounts: int) -> Ints:
    """For each first day the day that ends it: of its own row, else the account's only one, else the next one."""
    if since.way.each and until.way.each and since.way.shares_rows(until.way):
        by_row = np.full(max(since.row.max(initial=-1), until.row.max(initial=-1)) + 1, NEVER, np.int64)
        by_row[until.row] = until.day
        return by_row[since.row]
    if not until.way.each:
        by_account = np.full(accounts, NEVER, np.int64)
        by_account[until.account] = until.day
        return by_account[since.account]
    return _next(since, until)


def _next(since: Dated, until: Dated) -> Ints:
    """For each first day the account's next day of the other mark, that day included."""
    days = np.r_[until.account * APART + until.day, NEVER * APART * 4]
    place = np.searchsorted(days[:-1], since.account * APART + since.day)
    same = np.r_[until.account, -1][place] == since.account
    return np.where(same, np.r_[until.day, NEVER][place], NEVER)
