"""Whether a segmentation is of any use: do its groups leave differently, are they large enough, do they last?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure import landmark, scores
from cslab.measure.estimate import Estimate
from cslab.measure.touch.rule import TierRule, assign

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

METHOD = "held_out_groups"
DRAWN = 5.0
"""A group's share is drawn to that of all, as if so many more of its customers had been average."""


def segmentations(book: Book, ways: Mapping[str, str | TierRule], horizon: int = 12) -> pd.DataFrame:
    """Several ways to put customers into groups, held against who left afterwards.

    Half of the customers say which share of each group leaves; the other half is ranked by it, and the other way
    round: so a segmentation of many small groups gains nothing by chance.

    Parameters
    ----------
    book : Book
        With ``accounts`` and what tells who left (:func:`cslab.measure.landmark.outcomes`).
    ways : mapping of str to str or TierRule
        By name: a column of ``accounts``, or a rule.
    horizon : int
        Months; the customers are those of the last day whose horizon is over.

    Returns
    -------
    DataFrame
        A row a way: ``segmentation``, ``groups``, ``smallest`` (customers of the smallest group), ``moved`` (share of
        the customers who were in another group a quarter before, by a rule; 0 for a column), ``estimate`` (of one who
        left and one who stayed, how often the leaver's group leaves more: 0.5 is no use), ``low``, ``high``, ``n``,
        ``method``. ``attrs``: ``day``, ``horizon``, ``as_of``.

    Raises
    ------
    NotReady
        Naming the columns that are missing.
    UsageError
        Without any way; where nobody or everybody left within the horizon.

    Source: criteria of a segmentation (homogeneous, stable, large enough to act on), Wedel and Kamakura (2000), *Market
    Segmentation*, grade A.

    >>> import cslab
    >>> found = segmentations(cslab.load("synthetic:tiny?accounts=300"), {"size": "segment"})
    >>> found["groups"].tolist()
    [3]
    """
    import pandas as pd

    if not ways:
        raise UsageError(Fault("touch.no_ways"))
    book.require(*(f"accounts.{way}" for way in ways.values() if isinstance(way, str)))
    day = landmark.latest(book, horizon)
    then, seen = book.at(day), landmark.outcomes(book, day, horizon)
    rows = [_row(then, seen, name, way, horizon) for name, way in ways.items()]
    found = pd.DataFrame(rows)
    found.attrs.update(day=day, horizon=horizon, as_of=book.as_of)
    return found


def _row(then: Book, seen: pd.DataFrame, name: str, way: str | TierRule, horizon: int) -> dict[str, Any]:
    """One way."""
    group = seen["account_id"].map(_groups(then, way)).astype(object)
    group = group.where(group.notna(), "")
    told = scores.auc(seen.assign(risk=_foretold(seen, group)), horizon)
    told = replace(told, method=METHOD)
    sizes = group.value_counts()
    return {
        "segmentation": name,
        "groups": len(sizes),
        "smallest": int(sizes.min()),
        "moved": _moved(then, way),
        **Estimate.cells(told),
    }


def _groups(book: Book, way: str | TierRule) -> pd.Series:
    """The group of each customer on the book's last day."""
    if isinstance(way, TierRule):
        return way.tiers(book)
    return book.accounts.set_index("account_id")[way]


def _foretold(seen: pd.DataFrame, group: pd.Series) -> NDArray[np.float64]:
    """The share of a customer's group that leaves, as the other half of the customers says it."""
    order = seen["account_id"].rank(method="first").astype(int) % 2
    left, found = seen["event"].astype(float), np.zeros(len(seen))
    for half in (0, 1):
        other = order != half
        mean = float(left[other].mean())
        by = left[other].groupby(group[other])
        share = (by.sum() + DRAWN * mean) / (by.size() + DRAWN)
        found[~other] = group[~other].map(share).fillna(mean)
    return found


def _moved(then: Book, way: str | TierRule) -> float:
    """The share of customers whose group was another one three months before."""
    import pandas as pd

    if not isinstance(way, TierRule):
        return 0.0
    before = assign(then.at(then.as_of - pd.DateOffset(months=3) + pd.offsets.MonthEnd(0)), way)
    both = before.set_index("account_id")["tier"].to_frame("before").join(way.tiers(then).rename("after"), how="inner")
    return float((both["before"] != both["after"]).mean()) if len(both) else 0.0
