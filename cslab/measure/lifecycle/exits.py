"""An exit rule of onboarding: who has passed it, and how well that agrees with who is really up and running."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.lifecycle.days import NEVER, Diary, as_dates, as_days
from cslab.measure.lifecycle.shipped import read_mark
from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.measure.spells import DAYS_A_MONTH

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def passed(book: Book, rule: Mapping[str, Any]) -> pd.DataFrame:
    """The day on which each customer that was seen signing has passed a rule.

    Parameters
    ----------
    book : Book
        With the table and columns of the rule.
    rule : mapping
        As a mark of the rules: ``table``, ``column`` (of days), and where needed ``where``, ``days``, ``minus``,
        ``nth``.

    Returns
    -------
    DataFrame
        ``account_id``, ``signed_on``, ``passed_on`` (missing: not by the last day).

    Raises
    ------
    DataError
        For a rule that cannot be read: everything that is wrong at once.
    NotReady
        Where the book lacks what the rule looks at.

    >>> import cslab
    >>> rule = {"table": "onboarding", "column": "done", "where": {"milestone": "first_value"}}
    >>> passed(cslab.load("synthetic:tiny"), rule).columns.tolist()
    ['account_id', 'signed_on', 'passed_on']
    """
    import pandas as pd

    mark, clock_mark = read_mark(rule), shipped_rules().marks["signed"]
    if needs := [*mark.lacks(book), *clock_mark.lacks(book)]:
        raise NotReady(Fault("lifecycle.untold", {"phase": mark.name, "needs": ", ".join(needs)}))
    diary = Diary(book)
    clock, day = diary.first(clock_mark), diary.first(mark)
    day = np.where(day <= as_days(pd.Series([book.as_of]))[0], day, NEVER)
    frame = pd.DataFrame({"account_id": diary.ids, "signed_on": as_dates(clock), "passed_on": as_dates(day)})
    return frame[(diary.entry(clock) <= clock) & (clock < NEVER)].reset_index(drop=True)


def true_agreement(book: Book, rule: Mapping[str, Any]) -> float | None:
    """How well a rule tells who is up and running on the last day from who is not, in truth.

    Parameters
    ----------
    book : Book
        With its truth.
    rule : mapping
        As for ``passed``.

    Returns
    -------
    float or None
        The share passed of those who are, less the share passed of those who are not (Youden's index): 1 where the rule
        never errs, 0 where it knows nothing; None where nobody knows the truth.

    Source: Youden (1950), Cancer 3:32, grade A.

    >>> import cslab
    >>> book, calendar = cslab.load("synthetic:tiny"), {"table": "accounts", "column": "signed_on", "days": 90}
    >>> first_value = {"table": "onboarding", "column": "done", "where": {"milestone": "first_value"}}
    >>> true_agreement(book, first_value) > true_agreement(book, calendar)
    True
    """
    if book.truth is None:
        return None
    told = passed(book, rule)
    hidden = told.merge(book.truth.accounts(), on="account_id")
    tenure = (hidden["signed_on"].rsub(book.as_of).dt.days) / DAYS_A_MONTH
    stayed = ~(hidden["churn_tenure"] < hidden["onboarded_month"])
    running = (hidden["onboarded_month"] <= tenure) & stayed
    through = hidden["passed_on"].notna()
    return float(through[running].mean() - through[~running].mean())
