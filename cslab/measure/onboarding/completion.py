"""The share of customers whose onboarding got there in time: of whom it is said decides what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, proportion, unknown_choice
from cslab.measure.onboarding.arrivals import DEFINITIONS, arrivals

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

DENOMINATORS = ("started_long_enough", "completers", "everybody", "so_far")
"""Of all who began long enough ago (right); of those who completed; of all who began, yesterday too; of all who began,
without a limit of days."""

DAYS = 90
"""Days within which onboarding ought to get there, unless others are asked for."""


def completion(
    book: Book, within_days: int = DAYS, definition: str = "outcome", denominator: str = "started_long_enough"
) -> Estimate:
    """The share of customers whose onboarding got there within some days.

    Only those can be asked who began at least so many days ago. Who never got there, or left before, counts as not
    there.

    Parameters
    ----------
    book : Book
        As for :func:`cslab.measure.onboarding.arrivals`.
    within_days : int
        From the day on which onboarding began.
    definition : str
        What being there means, one of ``DEFINITIONS``.
    denominator : str
        One of ``DENOMINATORS``: ``"started_long_enough"``, or a wrong one, to see what it does. ``"completers"``: of
        those who completed. ``"everybody"``: of all who began, also yesterday. ``"so_far"``: completed at any time,
        of all who began.

    Returns
    -------
    Estimate
        A share of customers (0-1) with Wilson's limits; missing where nobody can be asked.

    Raises
    ------
    NotReady
        Without the columns.
    UsageError
        For an unknown definition or denominator, or days below 1.

    Source: glossary "オンボーディング完了".

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> completion(book).estimate < completion(book, denominator="completers").estimate
    True
    """
    if denominator not in DENOMINATORS:
        raise UsageError(unknown_choice("denominator", denominator, DENOMINATORS))
    _refuse(within_days)
    return _share(book, arrivals(book, definition), within_days, denominator)


def completions(book: Book, within_days: int = DAYS) -> pd.DataFrame:
    """Onboarding completion by every definition and denominator side by side.

    Parameters
    ----------
    book : Book
        As for :func:`completion`; definitions that it cannot tell are left out.
    within_days : int

    Returns
    -------
    DataFrame
        ``definition``, ``denominator``, ``estimate`` (0-1), ``low``, ``high``, ``n``, ``part``, ``base`` (customers),
        ``fault`` (whether the denominator is a wrong one), ``method``. ``attrs``: ``as_of``, ``within_days``.

    Raises
    ------
    NotReady, UsageError
        As :func:`completion`.

    >>> import cslab
    >>> len(completions(cslab.load("synthetic:tiny")))
    12
    """
    import pandas as pd

    _refuse(within_days)
    used = book.has("usage_monthly.month", "usage_monthly.wau_ratio")
    known = [name for name in DEFINITIONS if used or name != "usage"]
    rows = []
    for definition in known:
        there = arrivals(book, definition)
        for denominator in DENOMINATORS:
            found = _share(book, there, within_days, denominator)
            rows.append({"definition": definition, "denominator": denominator, **_numbers(found)})
    frame = pd.DataFrame(rows).assign(fault=lambda table: table["denominator"] != DENOMINATORS[0])
    frame.attrs.update(as_of=book.as_of, within_days=within_days)
    return frame


def milestone_counts(book: Book, within_days: int = DAYS) -> pd.DataFrame:
    """How many milestones were reached in time, later or not so far, by their kind and by when onboarding began.

    Every rate of completion, the right one and the wrong ones, can be put together from these counts by hand.

    Parameters
    ----------
    book : Book
        Needs ``onboarding`` with ``kind``, ``started`` and ``done``.
    within_days : int
        From the day on which onboarding began.

    Returns
    -------
    DataFrame
        ``kind`` (``setup``, ``skill``, ``value``), ``began_days_ago`` (such as ``90+`` and ``<90``), ``in_time``,
        ``later``, ``not_so_far`` (rows of ``onboarding``: one a customer and milestone). ``attrs``: ``as_of``.

    Raises
    ------
    NotReady
        Without the columns.
    UsageError
        For days below 1.

    >>> import cslab
    >>> list(milestone_counts(cslab.load("synthetic:tiny")).columns)
    ['kind', 'began_days_ago', 'in_time', 'later', 'not_so_far']
    """
    import pandas as pd

    _refuse(within_days)
    book.require("calendar", "onboarding.kind", "onboarding.started", "onboarding.done")
    steps = book.onboarding[book.onboarding["started"] < book.as_of]
    reached = steps["done"] <= book.as_of
    in_time = reached & ((steps["done"] - steps["started"]).dt.days <= within_days)
    long_ago = (book.as_of - steps["started"]).dt.days >= within_days
    began = long_ago.map({True: f"{within_days}+", False: f"<{within_days}"}).rename("began_days_ago")
    counted = pd.DataFrame({"in_time": in_time, "later": reached & ~in_time, "not_so_far": ~reached})
    found = counted.groupby([steps["kind"], began]).sum().reset_index()
    found.attrs.update(as_of=book.as_of)
    return found


def _refuse(within_days: int) -> None:
    """Refuse a time that is none."""
    if within_days < 1:
        raise UsageError(Fault("too_few_days", {"value": within_days}))


def _share(book: Book, found: pd.DataFrame, within_days: int, denominator: str) -> Estimate:
    """The share of a denominator's customers who got there in time."""
    in_time = found["event"] & (found["duration"] <= within_days)
    ago = (book.as_of - found["started"]).dt.days
    asked = {
        "started_long_enough": ago >= within_days,
        "completers": found["event"],
        "everybody": ago >= 0,
        "so_far": ago >= 0,
    }[denominator]
    hits = found["event"] if denominator == "so_far" else in_time
    part, base = int((hits & asked).sum()), int(asked.sum())
    if not base:
        return Estimate(np.nan, np.nan, np.nan, 0, "share_of_accounts")
    return proportion(part, base, base, "share_of_accounts")


def _numbers(found: Estimate) -> dict[str, object]:
    """An estimate as columns, with both counts it is made of."""
    part = round(found.estimate * found.n) if found.n else 0
    return {**found.cells(), "part": part, "base": found.n}
