"""A hiring plan: how many people a growing book takes, when some leave and new ones need months to learn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError
from cslab.measure.touch.load import CSM_HOURS, PLANNED

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Staffing:
    """What holds of the people.

    Parameters
    ----------
    csm_hours : float
        Of one CSM and month, fully trained.
    planned : float
        Share of them that may be planned.
    ramp : int
        Months until somebody new works the full hours; until then in equal steps.
    leaves_per_year : float
        Chance that somebody leaves within a year (0-1).
    span : float
        CSMs that one lead can guide.
    cost_amount : float
        Full cost of one and month (currency).

    Source: ramp and attrition are simulation conventions (grade S), hours of the field (grade C).

    >>> Staffing(ramp=3).share(0), Staffing(ramp=3).share(5)
    (0.25, 1.0)
    """

    csm_hours: float = CSM_HOURS
    planned: float = PLANNED
    ramp: int = 3
    leaves_per_year: float = 0.15
    span: float = 8.0
    cost_amount: float = 10e6 / 12

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        faults = [
            Fault("not_positive", {"name": name, "value": getattr(self, name)})
            for name in ("csm_hours", "span")
            if not getattr(self, name) > 0
        ]
        if not 0 < self.planned <= 1:
            faults.append(Fault("not_a_rate", {"name": "planned", "value": self.planned}))
        if not 0 <= self.leaves_per_year < 1:
            faults.append(Fault("not_a_rate", {"name": "leaves_per_year", "value": self.leaves_per_year}))
        faults += [Fault("below_zero", {"name": "ramp", "value": self.ramp})] if self.ramp < 0 else []
        if faults:
            raise UsageError(*faults)

    @property
    def stays(self) -> float:
        """Chance that somebody is still there a month later."""
        return float((1 - self.leaves_per_year) ** (1 / 12))

    def share(self, months: int) -> float:
        """Share of the full hours that somebody works, months after the first.

        Parameters
        ----------
        months : int

        >>> [Staffing(ramp=1).share(month) for month in (0, 1, 2)]
        [0.5, 1.0, 1.0]
        """
        return min(1.0, (months + 1) / (self.ramp + 1))


def hiring_plan(
    needed: Sequence[float], people: float, staffing: Staffing | None = None, ahead: int | None = None
) -> pd.DataFrame:
    """Month by month whom to hire so that the hours suffice.

    Those who leave do so as is to be expected: fractions of people are counted, whole ones are hired.

    Parameters
    ----------
    needed : sequence of float
        Hours with customers that are called for, month by month, such as customers times hours of each.
    people : float
        CSMs there before the first month, all of them trained.
    staffing : Staffing, optional
        The usual one where not given.
    ahead : int, optional
        Months that one looks ahead; as many as it takes to learn, where not given. 0: hires when it hurts.

    Returns
    -------
    DataFrame
        ``month`` (from 1), ``hours`` (needed), ``hires``, ``left`` (expected), ``people``, ``effective_hours``,
        ``utilisation`` (needed over effective), ``leads``, ``cost_amount`` (currency a month, leads included).

    Raises
    ------
    UsageError
        Without any month, for hours below 0, or a negative number of people.

    Source: ramp as in the world: one fourth, half, three fourths, all (grade S).

    >>> plan = hiring_plan([1170] * 6, people=10, staffing=Staffing(leaves_per_year=0))
    >>> plan["hires"].sum(), plan["utilisation"].iloc[-1]
    (np.int64(0), np.float64(0.9))
    """
    import pandas as pd

    staffing = staffing or Staffing()
    _check(needed, people, ahead)
    ahead = staffing.ramp if ahead is None else ahead
    cohorts: list[tuple[int, float]] = [(-staffing.ramp - 1, float(people))]
    rows: list[dict[str, Any]] = []
    for month, hours in enumerate(needed):
        before = sum(size for _, size in cohorts)
        cohorts = [(start, size * staffing.stays) for start, size in cohorts]
        hires = _hires(cohorts, needed[month : month + ahead + 1], staffing)
        cohorts += [(month, float(hires))] if hires else []
        rows.append(_row(month, hours, hires, before * (1 - staffing.stays), cohorts, staffing))
    return pd.DataFrame(rows)


def growing(customers: float, hours: float, growth_per_year: float, months: int = 12) -> list[float]:
    """Hours needed month by month by a book that grows.

    Parameters
    ----------
    customers : float
        At the beginning.
    hours : float
        Of one customer and month, on average of the tiers.
    growth_per_year : float
        Share by which it grows in a year; 1 doubles it.
    months : int

    Raises
    ------
    UsageError
        Where more than all customers would be lost.

    >>> [round(one) for one in growing(100, 1.0, 1.0, 12)][-1]
    200
    """
    if not growth_per_year > -1:
        raise UsageError(Fault("touch.growth", {"value": growth_per_year}))
    return [customers * hours * (1 + growth_per_year) ** ((month + 1) / 12) for month in range(months)]


def _hires(cohorts: Sequence[tuple[int, float]], coming: Sequence[float], staffing: Staffing) -> int:
    """Whole people to hire now, so that once they are trained the hours of the last month looked at suffice."""
    there = sum(size for _, size in cohorts)
    last = len(coming) - 1
    wanted = max(coming[0] if not last else coming[last], 0.0) / (staffing.planned * staffing.csm_hours)
    return max(0, math.ceil(round((wanted - there * staffing.stays**last) / staffing.stays**last, 9)))


def _row(
    month: int, hours: float, hires: int, left: float, cohorts: Sequence[tuple[int, float]], staffing: Staffing
) -> dict[str, Any]:
    """One month of the plan."""
    people = sum(size for _, size in cohorts)
    effective = staffing.csm_hours * sum(size * staffing.share(month - start) for start, size in cohorts)
    leads = math.ceil(round(people / staffing.span, 9))
    return {
        "month": month + 1,
        "hours": float(hours),
        "hires": hires,
        "left": left,
        "people": people,
        "effective_hours": effective,
        "utilisation": hours / effective if effective > 0 else math.nan,
        "leads": leads,
        "cost_amount": staffing.cost_amount * (people + leads),
    }


def _check(needed: Sequence[float], people: float, ahead: int | None) -> None:
    """Refuse a plan of nothing."""
    faults = [Fault("touch.no_needed")] if not len(needed) else []
    faults += [Fault("below_zero", {"name": "needed", "value": one}) for one in needed if not one >= 0][:1]
    given = {"people": people, "ahead": ahead or 0}
    faults += [Fault("below_zero", {"name": name, "value": one}) for name, one in given.items() if not one >= 0]
    if faults:
        raise UsageError(*faults)
