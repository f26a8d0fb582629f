"""Load against capacity as the book grows: whether the team holds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.plans import TIER_HOURS
from cslab.measure.touch.tiers import present_tiers

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

TEAM = "team"
"""The pool of those who have not been split up."""

PLANNED = 0.9
"""Share of the hours that may be planned: the rest goes into what nobody foresaw (grade S)."""

CSM_HOURS = 130.0
"""Hours with customers of a CSM and month (grade C), where the tables do not tell."""


def capacity(book: Book) -> float:
    """Hours for customers a month of everybody on the team on the book's last day.

    Parameters
    ----------
    book : Book
        Needs ``csm.capacity_h``; ``joined_on`` and ``left_on`` are used where present.

    Raises
    ------
    NotReady
        Without the column.

    >>> import cslab
    >>> capacity(cslab.load("synthetic:tiny"))
    130.0
    """
    return float(team(book)["capacity_h"].sum())


def team(book: Book) -> pd.DataFrame:
    """Everybody on the team on the book's last day.

    Parameters
    ----------
    book : Book
        As for :func:`capacity`.

    Returns
    -------
    DataFrame
        Rows of ``csm``.

    Raises
    ------
    NotReady
        Without ``csm.capacity_h``.

    >>> import cslab
    >>> team(cslab.load("synthetic:tiny"))["capacity_h"].tolist()
    [130.0]
    """
    book.require("csm.capacity_h")
    people = book.csm
    people = people[~(people["joined_on"] > book.as_of)] if "joined_on" in people else people
    return people[~(people["left_on"] < book.as_of)] if "left_on" in people else people


def load(
    book: Book,
    hours: Mapping[str, float] = TIER_HOURS,
    tiers: pd.Series | None = None,
    growth: Sequence[float] = (1, 2, 3, 4, 5),
    pools: Mapping[str, Sequence[str]] | None = None,
    available: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """The hours that touch takes against those there are, as the number of customers grows and the team does not.

    Parameters
    ----------
    book : Book
        Needs ``tier_history`` where no tiers are given, ``csm.capacity_h`` where no hours are.
    hours : mapping of str to float
        Of a customer and month by tier, such as ``Cadence.hours()``.
    tiers : Series of str, optional
        Tier by ``account_id``; those recorded where not given.
    growth : sequence of float
        How many times as many customers, of the same mix.
    pools : mapping of str to sequence of str, optional
        People who serve some tiers only: pool and its tiers. One pool for all where not given.
    available : mapping of str to float, optional
        Hours a month there are in each pool; needed where there are several.

    Returns
    -------
    DataFrame
        A row a growth and pool: ``growth``, ``pool``, ``customers``, ``hours`` (needed, a month), ``capacity`` (there
        are), ``utilisation`` (share), ``csms`` (people needed so that nine tenths of their hours are planned), ``more``
        (of them not there yet), ``holds`` (whether the planned hours suffice).
        ``attrs``: ``as_of``, ``csm_hours``.

    Raises
    ------
    UsageError
        For growth that is not above 0, tiers without hours, pools that share a tier or leave one out, several pools
        without their hours: all at once. For pools with work and no hours: each with the hours that it needs.
    NotReady
        Naming the columns that are missing, and where nobody has a tier.

    >>> import cslab
    >>> found = load(cslab.load("synthetic:tiny"), growth=[1, 3])
    >>> bool(found["utilisation"][1] > 2.9 * found["utilisation"][0])
    True
    """
    import pandas as pd

    tiers = present_tiers(book) if tiers is None else tiers
    by = tiers.value_counts()
    pools = {TEAM: list(by.index)} if pools is None else pools
    _check(growth, by, hours, pools, available)
    each = hours_each(book)
    there = {TEAM: capacity(book)} if available is None else dict(available)
    _check_hours({name: _needed(by, served, hours) for name, served in pools.items()}, there)
    rows = [
        _row(times, name, by.reindex([t for t in served if t in by.index]), hours, there[name], each)
        for times in growth
        for name, served in pools.items()
    ]
    found = pd.DataFrame(rows)
    found.attrs.update(as_of=book.as_of, csm_hours=each)
    return found


def hours_each(book: Book) -> float:
    """Hours for customers of one CSM and month, on average over those on the team who have any.

    Parameters
    ----------
    book : Book

    Returns
    -------
    float
        ``CSM_HOURS`` where the tables do not tell.

    >>> import cslab
    >>> hours_each(cslab.load("synthetic:tiny"))
    130.0
    """
    if not book.has("csm.capacity_h"):
        return CSM_HOURS
    hours = team(book)["capacity_h"]
    return float(hours[hours > 0].mean()) if (hours > 0).any() else CSM_HOURS


def _row(
    times: float, name: str, by: pd.Series, hours: Mapping[str, float], there: float, each: float
) -> dict[str, Any]:
    """One pool at one size of the book."""
    needed = times * float(sum(count * hours[str(tier)] for tier, count in by.items()))
    people = math.ceil(round(needed / (PLANNED * each), 9))
    return {
        "growth": float(times),
        "pool": name,
        "customers": round(times * int(by.sum())),
        "hours": needed,
        "capacity": there,
        "utilisation": needed / there if there > 0 else 0.0,
        "csms": people,
        "more": max(0, people - math.floor(round(there / each, 9))),
        "holds": needed <= PLANNED * there,
    }


def _needed(by: pd.Series, served: Sequence[str], hours: Mapping[str, float]) -> float:
    """Hours a month that a pool's tiers take today."""
    return float(sum(count * hours[str(tier)] for tier, count in by.items() if tier in served))


def _check_hours(needed: Mapping[str, float], there: Mapping[str, float]) -> None:
    """Refuse pools that have work and no hours, or hours that are no number."""
    faults = [
        Fault("touch.no_hours", {"pool": name, "value": f"{there[name]:,.0f}", "needed": f"{one:,.1f}"})
        for name, one in needed.items()
        if not there[name] >= 0 or (one > 0 and not there[name] > 0)
    ]
    if faults:
        raise UsageError(*faults)


def _check(
    growth: Sequence[float],
    by: pd.Series,
    hours: Mapping[str, float],
    pools: Mapping[str, Sequence[str]],
    available: Mapping[str, float] | None,
) -> None:
    """Refuse what cannot be reckoned, all at once."""
    faults = [Fault("not_positive", {"name": "growth", "value": one}) for one in growth if not one > 0]
    known = {"known": ", ".join(hours)}
    faults += [
        Fault("unknown_tier", {"name": tier, "near": nearest(str(tier), hours) or "-", **known})
        for tier in by.index
        if tier not in hours
    ]
    served = [tier for one in pools.values() for tier in one]
    for tier in by.index:
        if served.count(tier) != 1:
            faults.append(Fault("touch.pools", {"tier": tier, "count": served.count(tier)}))
    lacking = [name for name in pools if available is not None and name not in available]
    lacking = list(pools) if available is None and list(pools) != [TEAM] else lacking
    faults += [Fault("touch.pool_hours", {"pool": name}) for name in lacking]
    if not growth or by.empty:
        faults.append(Fault("touch.nobody"))
    if faults:
        raise UsageError(*faults)
