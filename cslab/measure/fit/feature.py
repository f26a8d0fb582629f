"""One statistic of one group of customers, and how the groups of a book are gone through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.measure.estimate import Estimate, ratio
from cslab.world.customers import SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

Place = tuple[str, str, int]
"""Statistic, group and level: what names a row."""
ALL = "all"
"""The group of everybody."""
NEVER_SEEN = 3.689
"""Events that were expected where none are seen, at most: fewer than so many are in 39 cases of 40 (Poisson)."""


@dataclass(frozen=True)
class Feature:
    """One statistic of one group.

    Parameters
    ----------
    statistic, group : str
    found : Estimate
    level : int
        What the statistic is about where there are several: a term in months.
    events : int
        How often it happened, where that limits what can be said; otherwise how many accounts it rests on.

    >>> Feature("customers", ALL, Estimate(60, 60, 60, 60, "counted")).row()["statistic"]
    'customers'
    """

    statistic: str
    group: str
    found: Estimate
    level: int = 0
    events: int | None = None

    def row(self) -> dict[str, Any]:
        """The statistic as a row of a table.

        >>> Feature("usage", ALL, Estimate(0.5, 0.4, 0.6, 60, "mean")).row()["events"]
        60
        """
        events = self.found.n if self.events is None else self.events
        place = {"statistic": self.statistic, "group": self.group, "level": self.level}
        return {**place, **self.found.cells(), "events": events}


def number(rows: pd.DataFrame, place: Place, name: str = "estimate") -> float:
    """A number of one row of the statistics.

    Parameters
    ----------
    rows : DataFrame
        As ``features`` makes them.
    place : tuple
        Statistic, group, level.
    name : str
        The column.

    Returns
    -------
    float
        Missing where there is no such row.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"estimate": [0.5]}, index=pd.MultiIndex.from_tuples([("usage", ALL, 0)]))
    >>> number(rows, ("usage", ALL, 0)), number(rows, ("expand", ALL, 0))
    (0.5, nan)
    """
    return float(rows[name].to_dict().get(place, float("nan")))


def rate(statistic: str, group: str, events: pd.Series, exposure: pd.Series) -> Feature:
    """How often something happened a month on record.

    Parameters
    ----------
    statistic, group : str
    events, exposure : Series
        How often, and months, an entry an account.

    Returns
    -------
    Feature
        With limits by account; where it never happened, up to what would still leave a chance of .025 of that.

    >>> import pandas as pd
    >>> found = rate("expand", ALL, pd.Series([0, 0]), pd.Series([50, 50])).found
    >>> found.estimate, round(found.high, 3)
    (0.0, 0.037)
    """
    months, count = float(exposure.sum()), int(events.sum())
    found = ratio(events.to_numpy(float), exposure.to_numpy(float), "per_month")
    if not count and months:
        found = Estimate(0.0, 0.0, NEVER_SEEN / months, len(events), "per_month")
    return Feature(statistic, group, found, events=count)


def groups_of(who: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Everybody, then each group that has customers.

    Parameters
    ----------
    who : DataFrame
        With ``group``.

    >>> import pandas as pd
    >>> [name for name, _ in groups_of(pd.DataFrame({"group": ["mid", "smb"]}))]
    ['all', 'smb', 'mid']
    """
    yield ALL, who
    for name in SEGMENTS:
        if len(part := who[who["group"] == name]):
            yield name, part
