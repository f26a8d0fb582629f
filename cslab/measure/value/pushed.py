"""Deals pushed over the line at a quarter's end: what they booked, what they brought, and in which week they came.

How long such customers stay is a curve like any other: ``survival.kaplan_meier(durations, by="sales_push")``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.durations import durations
from cslab.measure.estimate import normal, wilson
from cslab.measure.survival import at, kaplan_meier
from cslab.measure.value.worth import HORIZON, customer_worth

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

PUSHED = "sales_push"
LAST_WEEK = 12
"""The weeks of a quarter, counted back from its last: the few days of a fourteenth count with the thirteenth."""

AFTER = 13
"""Months: by then a yearly contract has come up for renewal."""


def pushed_worth(book: Book, horizon: int = HORIZON, gross_margin: float = 0.8, discount: float = 0.10) -> pd.DataFrame:
    """What pushed customers booked as they signed and what they earned by a horizon, beside all others.

    Parameters
    ----------
    book : Book
        As for ``customer_worth``; needs ``accounts.sales_push``.
    horizon, gross_margin, discount
        As for ``customer_worth``.

    Returns
    -------
    DataFrame
        ``pushed`` (False, True), ``bookings_amount`` (mean MRR at signing), ``estimate`` (mean margin by the horizon
        less the cost of winning the customer, for each unit of MRR booked), ``low``, ``high``, ``n``, ``method``. No
        effect of pushing: who is pushed differs from the start. ``attrs`` as ``customer_worth``.

    Raises
    ------
    NotReady, UsageError
        As ``customer_worth``; where all or none were pushed.

    >>> import cslab
    >>> pushed_worth(cslab.load("synthetic:tiny"))["pushed"].tolist()
    [False, True]
    """
    import pandas as pd

    rows = customer_worth(book, horizon, gross_margin, discount)
    rows = rows[rows["followed"]].assign(pushed=lambda found: found["account_id"].map(_pushed(book)))
    found = []
    for pushed, part in rows.groupby("pushed", sort=True):
        booked = part["mrr0_amount"].to_numpy(float)
        earned, n = part["worth_amount"].to_numpy(float) / booked, len(part)
        error = float(earned.std(ddof=1) / np.sqrt(n)) if n > 1 else float("nan")
        one = normal(float(earned.mean()), error, n, "mean_normal")
        found.append({"pushed": bool(pushed), "bookings_amount": float(booked.mean()), **one.cells()})
    if len(found) < 2:
        raise NotReady(Fault("one_group_pushed", {"column": f"accounts.{PUSHED}"}))
    frame = pd.DataFrame(found)
    frame.attrs = dict(rows.attrs)
    return frame


def by_signing_week(book: Book, months: int = AFTER) -> pd.DataFrame:
    """Who was pushed and who was gone some months later, by the week of the quarter in which a customer signed.

    Parameters
    ----------
    book : Book
        Needs ``accounts.signed_on`` and ``contracts.end``; ``accounts.sales_push`` where there is one. Quarters are
        those of the calendar.
    months : int
        After signing.

    Returns
    -------
    DataFrame
        ``weeks`` (before the quarter's end: 12 in its first days, 0 in its last), ``pushed`` (share, missing where
        nobody noted it), ``estimate`` (share gone by then, by the Kaplan-Meier curve), ``low``, ``high``, ``n``
        (customers seen from signing), ``method``. Weeks in which nobody signed, or was followed so long, are missing.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        For fewer months than one.

    >>> import cslab
    >>> found = by_signing_week(cslab.load("synthetic:default_jp?seed=1&accounts=300"))
    >>> bool(found["weeks"].between(0, 12).all())
    True
    """
    import pandas as pd

    book.require("accounts.signed_on")
    if months < 1:
        raise UsageError(Fault("not_positive", {"name": "months", "value": months}))
    seen = durations(book)
    seen = seen[(seen["entry"] == 0) & seen["signed_on"].notna()]
    left = (seen["signed_on"].dt.to_period("Q").dt.end_time.dt.normalize() - seen["signed_on"]).dt.days
    weeks = np.minimum(left // 7, LAST_WEEK)
    rows = [_week(int(week), part, months) for week, part in seen.groupby(weeks, sort=True)]
    frame = pd.DataFrame([row for row in rows if row]).sort_values("weeks", ascending=False, ignore_index=True)
    frame.attrs = {"months": months, "as_of": book.as_of}
    return frame


def _week(week: int, seen: pd.DataFrame, months: int) -> dict[str, Any]:
    """The customers who signed in one week; nothing where none was followed so long."""
    curve = kaplan_meier(seen)
    if curve["time"].max() < months and curve["estimate"].iloc[-1] > 0:
        return {}
    there = at(curve, months)
    low, high = (1 - there.high, 1 - there.low)
    if not 0 < there.estimate < 1:  # nobody or everybody gone: the curve has no error to state
        gone = int((seen["event"] & (seen["duration"] <= months)).sum())
        low, high = map(float, wilson(gone, int((seen["event"] | (seen["duration"] >= months)).sum())))
    known = {"weeks": week, "pushed": float(seen[PUSHED].mean()) if PUSHED in seen else np.nan}
    return {**known, "estimate": 1 - there.estimate, "low": low, "high": high, "n": len(seen), "method": there.method}


def _pushed(book: Book) -> pd.Series:
    """Whether each customer was pushed, by ``account_id``, where it was noted."""
    book.require(f"accounts.{PUSHED}")
    return book.accounts.dropna(subset=PUSHED).set_index("account_id")[PUSHED].astype(bool)
