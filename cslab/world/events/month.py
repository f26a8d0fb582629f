"""The events of one office in one month, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.world import luck
from cslab.world.events.clock import CLOCK_BITS, WEEKS, clock
from cslab.world.events.kinds import COUNTED, EVENT_OF_CODE, FEATURE_OF_CODE, GROUPS, event_counts
from cslab.world.observe.vocabulary import Columns

if TYPE_CHECKING:
    from cslab.world.luck import Bits, Ints
    from cslab.world.observe.records import Records

_NEEDED = ("account_id", "seats", "wau", *COUNTED.values(), *GROUPS.values())
_PIECE = 1 << 16
"""Events made at once: few enough for the processor's cache."""

_CODE, _USER, _LANE = (np.uint64(bits) for bits in (6, 26, 10))
"""Bits of one event below its second: an event is one number, and numbers in order are events in the order of time."""


@dataclass(frozen=True)
class OfficeMonth:
    """What one office leaves in the log in one month.

    Parameters
    ----------
    seed : int
    office : int
        The block of accounts.
    month : datetime64[M]
    ordinal : int
        The month as months since the scenario's first: part of the draws' address.
    usage : dict of str to ndarray
        The office's rows of ``usage_monthly`` for that month, by account number.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> tiny = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=48))
    >>> first = next(office_months(tiny))
    >>> columns = first.columns(first.events()[:3])
    >>> str(first.month), first.office, columns["second"].tolist() == sorted(columns["second"])
    ('2021-04', 0, True)
    """

    seed: int
    office: int
    month: np.datetime64
    ordinal: int
    usage: Columns

    def events(self) -> Bits:
        """All events, each packed into one number, in the order of time.

        The people of an account are numbered by how much they use the product. ``wau`` of them are active in each of
        the month's four weeks, give or take a few who make one week fuller than the next; every one of them leaves at
        least one event in it, and all others are drawn, more for the first people than for the last.

        Returns
        -------
        ndarray of uint64, shape (events,)
            For ``columns`` to unpack.

        >>> nobody = {name: np.array([0]) for name in _NEEDED}
        >>> len(OfficeMonth(1, 0, np.datetime64("2024-04", "M"), 0, nobody | {"logins": np.array([9])}).events())
        9
        """
        cells = np.maximum(WEEKS * self.usage["wau"], 1)
        counts = event_counts(self.seed, self.ordinal, self.usage, least=cells)
        runs = _Runs(self, counts, cells)
        made = np.empty(runs.total, dtype=np.uint64)
        for first in range(0, runs.total, _PIECE):
            runs.fill(made, first, min(first + _PIECE, runs.total))
        made.sort()
        return made

    def columns(self, events: Bits) -> Columns:
        """Packed events as columns.

        Parameters
        ----------
        events : ndarray of uint64
            All or some of ``events()``.

        Returns
        -------
        dict of str to ndarray
            ``account`` (place in the office), ``user`` (from 1), ``second`` (of the month), ``event`` and ``feature``
            (places in their words; -1: no feature).

        >>> nobody = {name: np.array([0]) for name in _NEEDED}
        >>> month = OfficeMonth(1, 0, np.datetime64("2024-04", "M"), 0, nobody | {"logins": np.array([2])})
        >>> month.columns(month.events())["user"].tolist()
        [1, 1]
        """
        code = (events & _ones(_CODE)).astype(np.int8)
        return {
            "account": ((events >> (_CODE + _USER)) & _ones(_LANE)).astype(np.int16),
            "user": ((events >> _CODE) & _ones(_USER)).astype(np.int32) + np.int32(1),
            "second": (events >> (_CODE + _USER + _LANE)).astype(np.int64),
            "event": np.take(EVENT_OF_CODE, code),
            "feature": np.take(FEATURE_OF_CODE, code),
        }


class _Runs:
    """The events before their draws: runs of one account and code, one after the other."""

    def __init__(self, of: OfficeMonth, counts: Ints, cells: Ints) -> None:
        self.of, self.clock, usage = of, clock(of.month), of.usage
        row, code = np.nonzero(counts)
        count = counts[row, code]
        self.ends = np.cumsum(count)
        self.begins, self.total = self.ends - count, int(count.sum())
        self.first = (np.cumsum(counts.sum(axis=1)) - counts.sum(axis=1))[row]
        self.number, self.wau, self.cells = usage["account_id"][row], usage["wau"][row], cells[row]
        self.more, self.odd = (column[row] for column in _fuller_weeks(of))
        lane = (self.number - of.office * luck.BLOCK).astype(np.uint64)
        self.label = (lane << (_CODE + _USER)) | code.astype(np.uint64)

    def fill(self, made: Bits, first: int, end: int) -> None:
        """Make some of the events, from one place to another."""
        some = slice(np.searchsorted(self.ends, first, side="right"), np.searchsorted(self.begins, end, side="left"))
        count = np.minimum(self.ends[some], end) - np.maximum(self.begins[some], first)
        ordinal = np.arange(first, end) - np.repeat(self.first[some], count)
        number = np.repeat(self.number[some], count)
        draws = luck.bits(self.of.seed, "usage_events", number, self.of.ordinal, ordinal)
        day = self.clock.day(draws)
        user = self._anybody(some, count, draws, day)
        sure, user[sure], week = self._everybody(some, count, ordinal)
        np.left_shift(self.clock.seconds(draws, day, sure, week), _CODE + _USER + _LANE, out=made[first:end])
        made[first:end] |= np.repeat(self.label[some], count)
        made[first:end] |= user.astype(np.uint64) << _CODE

    def _anybody(self, some: slice, count: Ints, draws: Bits, day: Ints) -> Ints:
        """A person for each event, of those who are active in its week: the first rather than the last."""
        fuller = (self.clock.week[day] ^ np.repeat(self.odd[some], count)) & 1 == 0
        more, wau = np.repeat(self.more[some], count), np.repeat(self.wau[some], count)
        uniform = (draws >> np.uint64(CLOCK_BITS)).astype(np.float64) * 2.0 ** (CLOCK_BITS - 64)
        return np.asarray((wau + np.where(fuller, more, -more)) * (uniform * uniform), dtype=np.int64)

    def _everybody(self, some: slice, count: Ints, ordinal: Ints) -> tuple[Ints, Ints, Ints]:
        """The first events of an account go round all its people and weeks: their places, persons and weeks.

        Where nobody is active in most weeks (``wau`` 0), all events are one person's in one week.
        """
        run = np.repeat(np.arange(some.start, some.stop), count)
        sure = np.flatnonzero((ordinal < np.take(self.cells, run)) | (np.take(self.wau, run) == 0))
        run, cell = run[sure], ordinal[sure]
        cell = cell % self.cells[run]
        user, week = cell // WEEKS, cell % WEEKS
        moves = (week & 1) & (user >= self.wau[run] - self.more[run])  # they come a week earlier, beside its own people
        return sure, user + moves * self.more[run], (week - moves) ^ self.odd[run]


def _fuller_weeks(of: OfficeMonth) -> tuple[Ints, Ints]:
    """By how many people every other week is fuller than ``wau``, the next emptier, and whether it begins emptier."""
    wau, number = of.usage["wau"], of.usage["account_id"]
    most = np.minimum(wau // 8, of.usage["seats"] - wau)
    more = luck.hashed(of.seed, "usage_events.fuller", number, of.ordinal) * (most + 1)
    odd = luck.hashed(of.seed, "usage_events.odd", number, of.ordinal) < 0.5
    return np.floor(more).astype(np.int64), odd.astype(np.int64)


def _ones(bits: np.uint64) -> np.uint64:
    """A mask of so many bits."""
    return (np.uint64(1) << bits) - np.uint64(1)


def office_months(records: Records) -> Iterator[OfficeMonth]:
    """Every office and month of a chunk in which an account was a customer.

    Parameters
    ----------
    records : Records
        Of whole offices; the company's last may be smaller.

    Yields
    ------
    OfficeMonth
        By office and month.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> tiny = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), accounts=60, months=2))
    >>> [str(one.month) for one in office_months(tiny)]
    ['2021-04', '2021-05']
    """
    usage = {name: records["usage_monthly"][name] for name in (*_NEEDED, "month")}
    month = usage.pop("month").astype("M8[M]")
    scenario, office = records.history.scenario, usage["account_id"] // luck.BLOCK
    begin = np.datetime64(scenario.window_start, "M") + scenario.first_month
    order = np.lexsort((usage["account_id"], month, office))
    turns = np.flatnonzero(np.diff(office[order]) | (np.diff(month[order]) != np.timedelta64(0, "M"))) + 1
    for rows in np.split(order, turns) if len(order) else []:
        there, since = int(office[rows[0]]), int((month[rows[0]] - begin).astype(np.int64))
        part = {name: values[rows] for name, values in usage.items()}
        yield OfficeMonth(records.history.seed, there, month[rows[0]], since, part)
