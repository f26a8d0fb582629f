"""How often customers leave in a month: from month to month, under longer terms, and in the middle of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.fit.feature import groups_of, rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from cslab.measure.fit.feature import Feature
    from cslab.measure.fit.reading import Reading

LONG = 12
"""A term of so many months and more has a middle."""


def leaving(who: pd.DataFrame, how: Reading) -> Iterator[Feature]:
    """The share of customers that leave in a month, by group: on terms of one month, and on longer ones.

    Parameters
    ----------
    who : DataFrame
        As ``customers`` makes them.
    how : Reading

    >>> import pandas as pd
    >>> from cslab.measure.fit.reading import Reading
    >>> who = pd.DataFrame({"group": "smb", "term": 1, "event": [True, False], "exposure": [4, 6], "duration": [4, 6]})
    >>> next(leaving(who, Reading(12, (1, 12, 24, 36), True, "one", False, pd.Series()))).found.estimate
    0.1
    """
    for name, monthly in (("leave_monthly", True), ("leave_term", False)):
        for group, part in groups_of(who[(who["term"] == 1) == monthly]):
            if len(part):
                yield rate(name, group, part["event"], part["exposure"])
    long = who[who["term"] >= LONG] if how.terms_known else who[:0]
    for group, part in groups_of(long):
        if len(part):
            yield rate("leave_midterm", group, part["event"] & _in_the_middle(part), part["exposure"])


def _in_the_middle(who: pd.DataFrame) -> pd.Series:
    """Who left at no end of a term, by a month more or less."""
    past: pd.Series = who["duration"] % who["term"]
    return (past > 1) & (past < who["term"] - 1)
