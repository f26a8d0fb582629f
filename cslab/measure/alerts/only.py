"""For whom a rule is meant: customers of a tier, with few people known, quiet otherwise, with a new department."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.alerts.limits import Limit
from cslab.measure.alerts.seen import Hits, Seen, latest
from cslab.measure.lifecycle.days import APART, NEVER, as_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cslab.measure.alerts.seen import Flags, Floats, Ints


@dataclass(frozen=True)
class Only:
    """What must be so beside the condition of a rule.

    Parameters
    ----------
    tiers : tuple of str
        Touch tiers; empty: any.
    people : Limit, optional
        Of the number of people known at the customer and still there.
    new_department_days : int
        A department appeared among its people within so many days; 0: no matter.
    calm_days : int
        No other rule about a loss fired for so many days; 0: no matter.

    >>> Only(tiers=("high",)).needs
    ('tier_history.touch_tier', 'tier_history.valid_from')
    """

    tiers: tuple[str, ...] = ()
    people: Limit | None = None
    new_department_days: int = 0
    calm_days: int = 0

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns that it takes. For an example see the class."""
        return tuple(self._needs())

    def _needs(self) -> Iterator[str]:
        """The columns, one by one."""
        if self.tiers:
            yield from ("tier_history.touch_tier", "tier_history.valid_from")
        if self.people:
            yield from ("contacts.active_from", "contacts.active_to")
        if self.new_department_days:
            yield from ("contacts.active_from", "contacts.department")

    def fits(self, seen: Seen, hits: Hits) -> Flags:
        """Which hits it is meant for, by what was known the evening before; calm is judged where rules fire.

        Parameters
        ----------
        seen : Seen
        hits : Hits

        Returns
        -------
        ndarray of bool

        >>> import cslab
        >>> hits = Hits(np.array([0]), np.array([19_800]), np.array([0.0]))
        >>> Only(tiers=("tech",)).fits(Seen(cslab.load("synthetic:tiny"), {}), hits).tolist()
        [True]
        """
        fits = np.ones(len(hits.day), bool)
        if self.tiers:
            fits &= _in_tier(seen, hits, self.tiers)
        if self.people:
            fits &= self.people.holds(_people(seen, hits))
        if self.new_department_days:
            fits &= _new_department(seen, hits, self.new_department_days)
        return fits


def _in_tier(seen: Seen, hits: Hits, tiers: tuple[str, ...]) -> Flags:
    """Whether the tier in force the evening before is one of some."""
    frame, account = seen.book.tier_history, seen.diary.numbers("tier_history")
    since = as_days(frame["valid_from"])
    order = np.lexsort((since, account))
    row = latest(account[order], since[order], hits.account, hits.day)
    wanted = np.r_[frame["touch_tier"].isin(tiers).to_numpy(bool)[order], False]
    return np.asarray(wanted[row], bool)


def _people(seen: Seen, hits: Hits) -> Floats:
    """How many people were known at each customer and still there."""
    frame, account = seen.book.contacts, seen.diary.numbers("contacts")
    since, until = as_days(frame["active_from"]), as_days(frame["active_to"])
    known = (account >= 0) & (since < NEVER)
    came = _counted_before(account[known], since[known], hits)
    went = _counted_before(account[known], until[known], hits)
    return came - went


def _counted_before(account: Ints, day: Ints, hits: Hits) -> Floats:
    """How many days of each hit's account lie before it."""
    line = np.sort(account * APART + np.minimum(day, NEVER))
    begins = np.searchsorted(line, hits.account * APART)
    return (np.searchsorted(line, hits.account * APART + hits.day) - begins).astype(float)


def _new_department(seen: Seen, hits: Hits, days: int) -> Flags:
    """Whether a department that was not there from the start appeared among the people lately."""
    frame, account = seen.book.contacts, seen.diary.numbers("contacts")
    since = as_days(frame["active_from"])
    known = (account >= 0) & (since < NEVER) & frame["department"].notna().to_numpy()
    code = frame["department"].factorize()[0].astype(np.int64)[known]
    account, since = account[known], since[known]
    order = np.lexsort((since, code, account))
    account, since, code = account[order], since[order], code[order]
    opens = np.r_[True, (account[1:] != account[:-1]) | (code[1:] != code[:-1])][: len(account)]
    first = np.full(len(seen.diary.ids), NEVER, np.int64)
    np.minimum.at(first, account, since)
    new = opens & (since > first[account])
    account, since = account[new], since[new]
    lately = _counted_before(account, since, hits)
    return lately > _counted_before(account, since, hits._replace(day=hits.day - days))
