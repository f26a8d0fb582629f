"""The rules of the early-warning system: what fires for whom and on which day, from what was known that day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from cslab.world.observe.calendar import days
from cslab.world.observe.presence import leaving_days, month_of, recorded, row_of
from cslab.world.observe.vocabulary import MILESTONES, ROLES, code
from cslab.world.observe.vocabulary.voice import SURVEYS
from cslab.world.observe.vocabulary.work import ALERT_SEVERITIES, RULES

if TYPE_CHECKING:
    from cslab.world.luck import Flags, Floats, Ints
    from cslab.world.observe.calendar import Days
    from cslab.world.observe.records import Records

LATE = 1.5
"""Times the planned days after which a milestone is late."""

SLOW_START = 10
"""Core actions a seat in the first month, of which fewer are a slow start."""

DEEP = 0.5
"""Share of its own baseline to which usage has fallen where that is grave."""

BACK = 0.9
"""Share of its own baseline from which usage counts as back."""

DETRACTOR, HARD = 6, 3
"""NPS and ease of use up to which an answer is an unhappy one."""

BURST = 3
"""Tickets in a month that a burst has at least, beside being more than two standard deviations above the usual."""

AHEAD, LOW_USE = 120, 0.4
"""Days before a contract's end at which its renewal is looked at, and usage that is low then."""

SILENT_DAYS = 45
FULL_SEATS = 0.85
REST = 3
"""Months for which a rule stays quiet after its condition has held."""

_LOW, _MEDIUM, _HIGH = range(len(ALERT_SEVERITIES))


@dataclass(frozen=True)
class Firings:
    """Rules that fired, an entry each.

    Parameters
    ----------
    who : ndarray of int
        Row of the history.
    day : ndarray of datetime64[ns]
    rule, severity : ndarray of int
        Places in the vocabulary.
    target : ndarray of float
        ``wau_ratio`` from which the account counts as recovered.

    >>> none = np.empty(0)
    >>> len(Firings(none, none, none, none, none).who)
    0
    """

    who: Ints
    day: Days
    rule: Ints
    severity: Ints
    target: Floats

    def taken(self, which: Ints | Flags) -> Firings:
        """Some of them.

        Parameters
        ----------
        which : ndarray of int or bool

        >>> some = np.arange(3)
        >>> Firings(some, some, some, some, some).taken(some > 1).who.tolist()
        [2]
        """
        return Firings(*(getattr(self, item.name)[which] for item in fields(self)))


def firings(records: Records) -> Firings:
    """Every rule that fired within the records, of customers who were there.

    Under a policy whose plays act (``alerts``), drops of usage are those on which it acted or would have.

    Parameters
    ----------
    records : Records

    Returns
    -------
    Firings
        By account, day and rule.

    >>> from cslab.world.observe import observe
    >>> from cslab.world.policy import policy
    >>> from cslab.world.scenario import preset
    >>> from cslab.world.simulate import simulate
    >>> records = observe(simulate(preset("tiny"), policy("rule"), 1, range(1), 60, 48))
    >>> fired = firings(records)
    >>> bool((fired.day < leaving_days(records.history, fired.who)).all())
    True
    """
    months = _Months(records)
    parts = [_late_onboarding(records), *months.all(), _champions_gone(records), _renewals_at_risk(records, months)]
    parts += [_unhappy(records)] if "surveys" in records else []
    every = Firings(*(np.concatenate([getattr(part, item.name) for part in parts]) for item in fields(Firings)))
    every = every.taken(recorded(records.history, every.who, every.day))
    return every.taken(np.lexsort((every.rule, every.day, every.who)))


def _fired(rule: str, who: Ints, day: Days, severity: Ints | int, target: Floats | float) -> Firings:
    """Firings of one rule."""
    severity, target = np.broadcast_to(severity, who.shape), np.broadcast_to(target, who.shape).astype(np.float64)
    return Firings(who, day.astype("M8[ns]"), np.full(len(who), RULES.index(rule)), severity, target)


def _late_onboarding(records: Records) -> Firings:
    """The first milestone of each customer that takes much longer than planned."""
    table = records["onboarding"]
    who = row_of(records.history, table["account_id"], table["started"])
    planned = (table["planned"] - table["started"]).astype("m8[D]").astype(np.int64)
    due = table["started"].astype("M8[D]") + np.floor(LATE * planned).astype(np.int64)
    late = np.flatnonzero(~(table["done"] <= due))
    late = late[np.unique(who[late], return_index=True)[1]]
    grave = table["milestone"][late] == code(MILESTONES, "first_value")
    return _fired("onboarding_late", who[late], due[late] + 1, np.where(grave, _HIGH, _MEDIUM), np.inf)


def _champions_gone(records: Records) -> Firings:
    """Champions who left their company; grave where nobody else is known there."""
    table, history = records["contacts"], records.history
    gone = table["is_champion"] & ~np.isnat(table["active_to"])
    day, number = table["active_to"][gone], table["account_id"][gone]
    others = table["role"] != code(ROLES, "in_charge")
    known = np.full(int(table["account_id"].max(initial=0)) + 1, np.datetime64("2262-01-01", "ns"))
    np.minimum.at(known, table["account_id"][others], table["active_from"][others])
    who = row_of(history, number, day)
    stays = day < leaving_days(history, who)
    who, day, alone = who[stays], day[stays], (known[number] > day)[stays]
    target = BACK * _used_before(records, who, day)
    return _fired("champion_left", who, day.astype("M8[D]") + 1, np.where(alone, _HIGH, _MEDIUM), target)


def _unhappy(records: Records) -> Firings:
    """Detractors, and those for whom working with the product is hard."""
    table, history = records["surveys"], records.history
    kind, score = table["type"], table["score"]
    nps, ces = (kind == code(SURVEYS, name) for name in ("nps", "ces"))
    bad = ~np.isnat(table["responded_on"]) & ((nps & (score <= DETRACTOR)) | (ces & (score <= HARD)))
    day, grave = table["responded_on"][bad], nps[bad] & (score[bad] <= HARD)
    who = row_of(history, table["account_id"][bad], day)
    target = BACK * _used_before(records, who, day)
    return _fired("unhappy", who, day.astype("M8[D]") + 1, np.where(grave, _MEDIUM, _LOW), target)


def _renewals_at_risk(records: Records, months: _Months) -> Firings:
    """Contracts of a year and more that are to be renewed while usage is low."""
    table, history = records["contracts"], records.history
    day = table["end"].astype("M8[D]") - AHEAD
    kept = (table["term_months"] >= 12) & (day > table["start"])
    who, day = row_of(history, table["account_id"][kept], table["start"][kept]), day[kept].astype("M8[ns]")
    use = _used_before(records, who, day)
    low = use < LOW_USE
    grave = np.where(use[low] < DEEP * LOW_USE, _HIGH, _MEDIUM)
    return _fired("renewal_at_risk", who[low], day[low], grave, LOW_USE)


def _used_before(records: Records, who: Ints, day: Days) -> Floats:
    """``wau_ratio`` of the last month that was finished on a day; missing where there is none."""
    place, known = records.there.find(who, month_of(records.history, day) - 1)
    ratio = records["usage_monthly"]["wau_ratio"]
    return np.where(known, ratio[place], np.nan) if len(ratio) else np.full(len(who), np.nan)


class _Months:
    """What the months of usage tell, on the first day after each: one entry an account-month."""

    def __init__(self, records: Records) -> None:
        self.records, self.usage = records, records["usage_monthly"]
        self.who, self.month = records.there.who, records.there.month

    def all(self) -> list[Firings]:
        """The firings of every rule that looks at months."""
        rules = [self.slow_start(), self.usage_drop(), self.silent(), self.room_to_grow()]
        return rules + ([self.ticket_burst()] if "tickets" in self.records else [])

    def slow_start(self) -> Firings:
        """Hardly anything done in the first month."""
        first = self.month == self.records.history.customers.start[self.who]
        idle = self.usage["core_actions"] < SLOW_START * self.usage["seats"]
        return self._after("slow_start", np.flatnonzero(first & idle), _LOW, LOW_USE)

    def usage_drop(self) -> Firings:
        """Two months running far below the two before."""
        ratio, limit = self.usage["wau_ratio"], 1 - self.records.history.scenario.alert_drop
        before = (self._ago(ratio, 3) + self._ago(ratio, 2)) / 2
        here = self._anew((ratio <= limit * before) & (self._ago(ratio, 1) <= limit * before))
        if (work := self.records.history.work) and work.kind == "alerts":
            here = self._of(work.fired.lane, work.fired.month - 1)
        grave = np.where(ratio[here] <= DEEP * before[here], _HIGH, _MEDIUM)
        return self._after("usage_drop", here, grave, BACK * before[here])

    def silent(self) -> Firings:
        """A month in which nobody was there every week, and no ticket or answer in the days since its first."""
        here = self._anew(self.usage["wau"] == 0)
        since = days(self.records.history.scenario, self.month[here])
        day = since.astype("M8[D]") + SILENT_DAYS
        signs = [("tickets", "opened_on"), ("surveys", "responded_on")]
        heard = [self._heard(table, column, here, since, day) for table, column in signs if table in self.records]
        quiet = ~np.any([np.zeros(len(here), bool), *heard], axis=0)
        return _fired("silent", self.who[here][quiet], day[quiet], _HIGH, LOW_USE / 2)

    def _heard(self, table: str, column: str, here: Ints, since: Days, until: Days) -> Flags:
        """Whether a table has a row of the account in some days."""
        number, day = self.records[table]["account_id"], self.records[table][column]
        key = np.sort(_keyed(number[~np.isnat(day)], day[~np.isnat(day)]))
        own = self.records.history.customers.number[self.who[here]]
        return np.searchsorted(key, _keyed(own, since)) < np.searchsorted(key, _keyed(own, until))

    def room_to_grow(self) -> Firings:
        """Nearly all seats in use."""
        here = self._anew(self.usage["wau"] > FULL_SEATS * self.usage["seats"])
        return self._after("room_to_grow", here, _LOW, np.inf)

    def ticket_burst(self) -> Firings:
        """Far more tickets than in the months before."""
        history, table = self.records.history, self.records["tickets"]
        who = row_of(history, table["account_id"], table["opened_on"])
        place, known = self.records.there.find(who, month_of(history, table["opened_on"]))
        count = np.bincount(place[known], minlength=len(self.who))
        total, squares, before = (self._so_far(part) for part in (count, count**2, np.ones_like(count)))
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = total / before
            usual = mean + 2 * np.sqrt(np.maximum(squares / before - mean**2, 0))
        here = self._anew((count >= BURST) & (before >= REST) & (count > usual))
        return self._after("ticket_burst", here, _MEDIUM, BACK * self.usage["wau_ratio"][here])

    def _after(self, rule: str, here: Ints, severity: Ints | int, target: Floats | float) -> Firings:
        """Firings on the first day after some of the months."""
        return _fired(rule, self.who[here], days(self.records.history.scenario, self.month[here] + 1), severity, target)

    def _of(self, lane: Ints, month: Ints) -> Ints:
        """The account-months of some places in the chunk and months, of those that there are."""
        history = self.records.history
        number = history.customers.number[0] - history.lane[0] + lane
        place, known = self.records.there.find(row_of(history, number, days(history.scenario, month)), month)
        return place[known]

    def _ago(self, values: Floats, lag: int) -> Floats:
        """The values some months ago; missing where the account was not there."""
        before = np.full(len(values), np.nan)
        same = self.who[lag:] == self.who[:-lag]
        before[lag:][same] = values[:-lag][same]
        return before

    def _anew(self, holds: Flags) -> Ints:
        """The months in which a condition holds and did not in the months before."""
        lately = np.zeros(len(holds), dtype=bool)
        for lag in range(1, REST + 1):
            lately[lag:] |= holds[:-lag] & (self.who[lag:] == self.who[:-lag])
        return np.flatnonzero(holds & ~lately)

    def _so_far(self, values: Ints) -> Ints:
        """Sums over the account's months of the records before each."""
        sums = np.cumsum(values) - values
        return np.asarray(sums - sums[self.records.there.begins[self.who]])


def _keyed(number: Ints, day: Days) -> Ints:
    """Accounts and days as one number each, in the order of both."""
    return np.asarray(number * 2**20 + day.astype("M8[D]").astype(np.int64))
