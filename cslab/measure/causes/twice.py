"""A stated reason that holds when somebody asks again: what comes nearest to a cause without an experiment."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cslab.measure.causes.reasons import asked_again, stated_reasons
from cslab.measure.estimate import Estimate, proportion

if TYPE_CHECKING:
    from cslab.book import Book

METHOD = "said_twice"


def confirmed(book: Book, reason: str = "price") -> Estimate:
    """The share of the departures for which a reason was stated and would come up again in a talk about it.

    Few leavers are interviewed. So the share who stated the reason is multiplied by the share of those interviewed of
    them in whose talk it came up again.

    Parameters
    ----------
    book : Book
        As for ``asked_again``.
    reason : str
        One that was stated, named alike in the interviews.

    Returns
    -------
    Estimate
        A share of all departures (0-1), its limits put together of Wilson's of both shares (as Zou and Donner 2008,
        Statistics in Medicine 27:1693, grade A); ``n`` counts the interviews. No number without any.

    Raises
    ------
    NotReady
        Without stated reasons or interviews.
    UsageError
        When nobody left.

    >>> import cslab
    >>> book = cslab.load("synthetic:default_jp?seed=1&accounts=300")
    >>> stated = stated_reasons(book).set_index("reason")["estimate"]["price"]
    >>> bool(float(confirmed(book)) < stated)
    True
    """
    again = asked_again(book, reason)
    if again.empty:
        return Estimate(math.nan, math.nan, math.nan, 0, METHOD)
    talks = int(again["n"].iloc[0])
    held = float(again.loc[again["theme"] == reason, "departures"].sum()) / talks
    stated = stated_reasons(book)
    said, gone = float(stated.loc[stated["reason"] == reason, "estimate"].sum()), int(stated["n"].iloc[0])
    first, again_said = (proportion(part * of, of, of, METHOD) for part, of in ((said, gone), (held, talks)))
    low = said * held - math.hypot(held * (said - first.low), said * (held - again_said.low))
    high = said * held + math.hypot(held * (first.high - said), said * (again_said.high - held))
    return Estimate(said * held, max(low, 0.0), min(high, 1.0), talks, METHOD)
