"""A stated reason that holds when somebody asks again: what comes nearest to a cause without an experiment."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cslab.measure.causes.reasons import asked_again, stated_reasons
from cslab.measure.estimate import Estimate, normal

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
        A share of all departures (0-1), delta-method limits; ``n`` counts the interviews.

    Raises
    ------
    NotReady
        Without stated reasons or interviews.
    UsageError
        When nobody left, or none of those who stated the reason was interviewed.

    >>> import cslab
    >>> book = cslab.load("synthetic:default_jp?seed=1&accounts=300")
    >>> stated = stated_reasons(book).set_index("reason")["estimate"]["price"]
    >>> bool(float(confirmed(book)) < stated)
    True
    """
    again = asked_again(book, reason)
    talks = int(again["n"].iloc[0])
    held = float(again.loc[again["theme"] == reason, "departures"].sum()) / talks
    stated = stated_reasons(book)
    said, gone = float(stated.loc[stated["reason"] == reason, "estimate"].sum()), int(stated["n"].iloc[0])
    error = math.sqrt(said**2 * held * (1 - held) / talks + held**2 * said * (1 - said) / gone)
    return normal(said * held, error, talks, METHOD, 0.0, 1.0)
