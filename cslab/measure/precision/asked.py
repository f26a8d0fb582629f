"""What several conclusions ask of a book: who was there a year before its end, who has left since, over how long."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NotRequired, TypedDict

from cslab.faults import Fault, NotReady
from cslab.measure.durations import durations
from cslab.measure.estimate import Estimate, wilson
from cslab.measure.landmark.day import outcomes
from cslab.measure.landmark.days import first, latest
from cslab.measure.precision.laws import Law, Sureness

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


class Found(TypedDict):
    """What is found of a conclusion on a book.

    >>> Found(base=0.2, n=100, law=lambda times: 0.1, method="fleiss")["n"]
    100
    """

    base: float
    n: int
    law: Law
    method: str
    events: NotRequired[int]


@dataclass(frozen=True)
class Asked:
    """A book, and the definitions by which precision is asked for.

    Parameters
    ----------
    book : Book
    months : int
        Within how many months a departure counts.
    sure : Sureness

    >>> import cslab
    >>> 0 < Asked(cslab.load("synthetic:tiny"), 12).base < 1
    True
    """

    book: Book
    months: int = 12
    sure: Sureness = field(default_factory=Sureness)

    @cached_property
    def day(self) -> pd.Timestamp:
        """The last end of a month from which the months are over.

        Raises
        ------
        NotReady
            Where the records do not reach back so far.
        """
        self.book.require("calendar", "contracts.start", "contracts.end")
        day = latest(self.book, self.months)
        if day < first(self.book):
            raise NotReady(Fault("precision.short_records", {"months": self.months}))
        return day

    @cached_property
    def leaving(self) -> pd.DataFrame:
        """Everybody at risk on that day, and who left within the months: ``account_id``, ``time``, ``event``.

        Raises
        ------
        NotReady
            Where nobody was.
        """
        found = outcomes(self.book, self.day, self.months)
        if found.empty:
            raise NotReady(Fault("precision.nothing_there", {"table": "contracts", "date": self.day.date()}))
        return found

    @property
    def base(self) -> float:
        """The share of them that left."""
        return float(self.leaving["event"].mean())

    @cached_property
    def lives(self) -> pd.DataFrame:
        """How long every customer stayed: ``entry``, ``duration`` (months), ``event``."""
        return durations(self.book)

    @property
    def departures(self) -> int:
        """Customers whose leaving was seen."""
        return int(self.lives["event"].sum())

    def group(self, ids: pd.Series | pd.Index[str]) -> tuple[int, int]:
        """How many of those at risk on the day belong to some accounts, and how many do not.

        Parameters
        ----------
        ids : Series or Index of str

        Raises
        ------
        NotReady
            Where all are on one side: there is nothing to compare.

        >>> import cslab
        >>> asked = Asked(cslab.load("synthetic:tiny"))
        >>> asked.group(asked.leaving["account_id"].head(3)) == (3, len(asked.leaving) - 3)
        True
        """
        inside = int(self.leaving["account_id"].isin(ids).sum())
        outside = len(self.leaving) - inside
        if not inside or not outside:
            raise NotReady(Fault("precision.one_side", {"date": self.day.date()}))
        return inside, outside


def half(estimate: Estimate) -> float:
    """Half the width of an estimate's interval; where nothing varied, that of Wilson's for so many of as many.

    Limits that fall together do not say that one can be sure: of three customers of whom none left, little is known.

    Parameters
    ----------
    estimate : Estimate

    >>> half(Estimate(0.5, 0.25, 0.75, 100, "hazard_wilson"))
    0.25
    >>> round(half(Estimate(1.0, 1.0, 1.0, 3, "kaplan_meier")), 2)
    0.28
    """
    low, high = (estimate.low, estimate.high) if estimate.high != estimate.low else wilson(estimate.n, estimate.n)
    return float(high - low) / 2
