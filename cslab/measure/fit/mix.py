"""How many customers there are, how late they signed, of which groups and terms they are, and what they pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.estimate import Estimate, normal, proportion
from cslab.measure.fit.feature import ALL, Feature, groups_of
from cslab.measure.fit.middle import median, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.fit.reading import Reading


def size(who: pd.DataFrame, how: Reading) -> Iterator[Feature]:
    """Customers on record, and how late in the records those signed who did so within them and are there at the end.

    Parameters
    ----------
    who : DataFrame
        As ``customers`` makes them.
    how : Reading

    >>> import pandas as pd
    >>> from cslab.measure.fit.reading import Reading
    >>> who = pd.DataFrame({"event": [False, False, True], "entry": [0, 0, 0], "duration": [6, 12, 3]})
    >>> [one.found.estimate for one in size(who, Reading(12, (1, 12, 24, 36), True, "one", False, pd.Series()))]
    [3.0, 0.25]
    """
    there = who[~who["event"]]
    yield Feature("customers", ALL, Estimate(float(len(who)), np.nan, np.nan, len(who), "counted"))
    age = there.loc[there["entry"] == 0, "duration"].clip(upper=how.months)
    if len(age):
        late = 1 - age / how.months
        yield Feature("signed_late", ALL, _mean(late.to_numpy(float)))


def mix(who: pd.DataFrame, how: Reading) -> Iterator[Feature]:
    """Shares of the groups among all customers, and of the terms in each group.

    Parameters
    ----------
    who : DataFrame
        As ``customers`` makes them.
    how : Reading

    >>> import pandas as pd
    >>> from cslab.measure.fit.reading import Reading
    >>> who = pd.DataFrame({"group": ["smb", "mid"], "term": [1, 12]})
    >>> how = Reading(12, (1, 12, 24, 36), True, "segment", False, pd.Series())
    >>> [(one.group, one.level, one.found.estimate) for one in mix(who, how)][:3]
    [('smb', 0, 0.5), ('smb', 1, 1.0), ('smb', 12, 0.0)]
    """
    for group, part in list(groups_of(who))[1:]:
        if how.grouped != "one":
            yield Feature("group_share", group, proportion(len(part), len(who), len(who), "share"))
        for term in how.terms if how.terms_known else ():
            hits = int((part["term"] == term).sum())
            yield Feature("term_share", group, proportion(hits, len(part), len(part), "share"), term, hits)


def amounts(who: pd.DataFrame) -> Iterator[Feature]:
    """Median and spread of what customers pay a month by their first contract on record.

    Parameters
    ----------
    who : DataFrame
        As ``customers`` makes them.

    >>> import pandas as pd
    >>> who = pd.DataFrame({"group": "smb", "amount": [100.0, 200.0, 400.0]})
    >>> round(next(amounts(who)).found.estimate)
    200
    """
    for group, part in groups_of(who):
        paid = part["amount"].dropna()
        if len(paid) < 2:
            continue
        yield Feature("amount_median", group, median(paid.to_numpy(float)))
        yield Feature("amount_spread", group, spread(paid.to_numpy(float)))


def _mean(values: NDArray[np.float64]) -> Estimate:
    """A mean over accounts."""
    error = float(values.std(ddof=1) / len(values) ** 0.5) if len(values) > 1 else float("nan")
    return normal(float(values.mean()), error, len(values), "mean")
