"""Spells: which phase each account was in, from when to when; at any day exactly one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from cslab.book import read_day
from cslab.faults import DataError, Fault, UsageError
from cslab.measure.lifecycle.days import APART, NEVER, Diary, as_dates, as_days
from cslab.measure.lifecycle.phases import Rules
from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.measure.lifecycle.stays import Stays, stays
from cslab.tables import known_since

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Ints = NDArray[np.int64]

SHOWN = 3
"""How many accounts a message names before it only counts."""


def spells(book: Book, rules: Rules | None = None) -> pd.DataFrame:
    """The phases of every account, one after the other, as far as the records go.

    An account is in the first phase of the rules' precedence that holds; a stay holds its first day, not its last. So
    what happens on one day has no order of its own, and the rows of a table need none. Nothing counts before somebody
    could have known it, but what the rules count back from a signing (evaluation): that is known of those who signed,
    and afterwards.

    Parameters
    ----------
    book : Book
        With the tables that the rules' marks stand in.
    rules : Rules, optional
        The default rules, where not given.

    Returns
    -------
    DataFrame
        ``account_id``, ``phase``, ``next`` (missing: still there at ``as_of``), ``begins``, ``ends`` (the day on which
        the next one begins; missing: still there), ``entered_late`` (it was in this phase before the records begin),
        ``signed_on`` (the day its months count from); sorted by account and day.

    Raises
    ------
    NotReady
        With every phase that cannot be told from the book.
    DataError
        For customers who are in no phase at some time.

    Source: phases of the lifecycle as in the glossary ("Customer lifecycle"); a phase is a function of what was known.

    >>> import cslab
    >>> spells(cslab.load("synthetic:tiny"))[["phase", "next"]].iloc[0].tolist()
    ['evaluation', 'purchase']
    """
    import pandas as pd

    rules = rules or shipped_rules()
    rules.require(book)
    diary = Diary(book)
    clock = diary.first(rules.marks[rules.clock])
    entry = diary.entry(clock)
    horizon = int(as_days(pd.Series([book.as_of]))[0]) + 1
    account, phase, begin, end = _swept(_clipped(stays(diary, rules, entry), entry, horizon), rules)
    _no_gaps(diary, rules, account, phase, begin, end)
    kept = phase < len(rules.precedence)
    account, phase, begin, end = account[kept], phase[kept], begin[kept], end[kept]
    ends = np.where(end < horizon, end, NEVER)
    frame = pd.DataFrame(
        {
            "account_id": diary.ids.to_numpy()[account],
            "phase": rules.named(_places(rules)[phase]),
            "next": rules.named(_places(rules)[_following(account, phase, ends)]),
            "begins": as_dates(begin),
            "ends": as_dates(ends),
            "entered_late": begin == entry[account],
            "signed_on": as_dates(clock[account]),
        }
    )
    frame.attrs = rules.described(book.as_of)
    return frame


def phase_at(book: Book, day: str | dt.date = "", rules: Rules | None = None) -> pd.DataFrame:
    """The phase of every account that was known on a day, as it was known then.

    Parameters
    ----------
    book : Book
    day : str or date
        Empty: the last day of the records.
    rules : Rules, optional

    Returns
    -------
    DataFrame
        ``account_id``, ``phase``, ``begins``, ``days`` (in the phase so far), ``entered_late``; those who have left are
        in the final phase. The same as of ``book.at(day)``.

    Raises
    ------
    UsageError
        For a day after the last known one, or what is no day.
    NotReady, DataError
        As for ``spells``.

    >>> import cslab
    >>> phase_at(cslab.load("synthetic:tiny"), "2024-03-31").columns.tolist()
    ['account_id', 'phase', 'begins', 'days', 'entered_late']
    """
    on = read_day(day) if day else book.as_of
    if on > book.as_of:
        raise UsageError(Fault("after_the_data", {"date": on.date(), "last": book.as_of.date()}))
    found = spells(book, rules)
    found = found[(found["begins"] <= on) & ~(found["ends"] <= on)]
    accounts = book.accounts
    if (since := known_since("accounts", accounts)) is not None:
        found = found[found["account_id"].isin(accounts.loc[~(since > on), "account_id"])]
    found = found.assign(days=(on - found["begins"]).dt.days)
    return found[["account_id", "phase", "begins", "days", "entered_late"]].reset_index(drop=True)


def _clipped(found: Stays, entry: Ints, horizon: int) -> Stays:
    """Stays within the records: from the day on that they cover an account, up to the last day."""
    begin = np.maximum(found.begin, entry[found.account])
    end = np.minimum(found.end, horizon)
    kept = begin < end
    return Stays(found.account[kept], found.phase[kept], begin[kept], end[kept])


def _swept(found: Stays, rules: Rules) -> tuple[Ints, Ints, Ints, Ints]:
    """Walk through each account's days of change; after each day the first phase that holds, if any.

    Returns account, phase (one beyond the last: none), first day, and the day after the last.
    """
    account, phase = np.tile(found.account, 2), np.tile(found.phase, 2)
    day = np.concatenate([found.begin, found.end])
    step = np.repeat(np.array([1, -1], np.int16), len(found.begin))
    order = np.argsort(account * APART + day, kind="stable")
    account, day = account[order], day[order]
    running = np.zeros((len(order), len(rules.precedence) + 1), np.int16)
    running[np.arange(len(order)), phase[order]] = step[order]
    np.cumsum(running, axis=0, out=running)
    running[:, -1] = 1
    last = np.r_[(account[1:] != account[:-1]) | (day[1:] != day[:-1]), True][: len(account)]
    account, day = account[last], day[last]
    holds = (running[last] > 0).argmax(axis=1)
    changed = np.r_[True, (account[1:] != account[:-1]) | (holds[1:] != holds[:-1])][: len(account)]
    account, day, holds = account[changed], day[changed], holds[changed]
    follows = np.r_[account[1:] == account[:-1], False][: len(account)]
    kept = follows | (holds < len(rules.precedence))
    end = np.where(follows, np.r_[day[1:], 0][: len(day)], day)
    return account[kept], holds[kept], day[kept], end[kept]


def _no_gaps(diary: Diary, rules: Rules, account: Ints, phase: Ints, begin: Ints, end: Ints) -> None:
    """Refuse rules under which a customer is in no phase between two of them."""
    gap = np.flatnonzero(phase == len(rules.precedence))
    if len(gap):
        shown = "; ".join(
            f"{diary.ids[account[row]]}: {str(as_dates(begin[row : row + 1])[0])[:10]} – "
            f"{str(as_dates(end[row : row + 1])[0])[:10]}"
            for row in gap[:SHOWN]
        )
        raise DataError(Fault("lifecycle.gap", {"count": len(gap), "rows": shown, "rules": rules.name}))


def _following(account: Ints, phase: Ints, ends: Ints) -> Ints:
    """The phase that follows on each; -1 where it still lasts."""
    onward = np.r_[phase[1:], -1][: len(phase)]
    return np.where(ends < NEVER, onward, -1)


def _places(rules: Rules) -> Ints:
    """By the place in the precedence, that in the order of a customer's life; at the end -1, for none."""
    order = {name: place for place, name in enumerate(rules.phases)}
    return np.array([*(order[name] for name in rules.precedence), -1])
