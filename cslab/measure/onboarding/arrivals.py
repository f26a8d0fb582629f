"""Who began onboarding when, and on which day each customer got there: by three readings of what "there" is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.faults import Fault, NotReady, UsageError, nearest
from cslab.measure.estimate import unknown_choice

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

DEFINITIONS = ("checklist", "usage", "outcome")
"""Our own tasks are ticked; usage has come over a line once; the customer has a result of its own."""

LEAST_USAGE = 0.5
"""Share of the seats in use in a week from which a month counts as used: half of them, a convention of ours."""


def arrivals(book: Book, definition: str = "outcome", point: str = "") -> pd.DataFrame:
    """How long each customer took to get there, with those who never do.

    Whoever left before it got there will not get there any more. Such a customer stays in the table as one who is not
    there to the day of the data: dropped, or counted as watched until it left, it would be taken for one who might
    still have come, and the time to value of all would look shorter than it is.

    Parameters
    ----------
    book : Book
        Needs ``onboarding`` with ``started`` and ``done``; uses ``kind`` where it is told. For ``"usage"`` also
        ``usage_monthly`` with ``wau_ratio``; for a ``point`` also ``onboarding.milestone``.
    definition : str
        What being there means. ``"outcome"``: all milestones of value to the customer are reached (without ``kind``:
        all milestones). ``"checklist"``: all the others are, the tasks of the vendor. ``"usage"``: at the end of the
        first month in which ``wau_ratio`` is one half or more.
    point : str
        One milestone, instead of a definition.

    Returns
    -------
    DataFrame
        One row a customer whose onboarding began before the day of the data: ``account_id``, ``started`` (day),
        ``duration`` (whole days from then; at least 1), ``event`` (whether it got there), the columns of ``accounts``
        and ``touch_tier`` at signing, where there are any. As ``survival.kaplan_meier`` takes it.

    Raises
    ------
    NotReady
        Without these columns, or where nobody's onboarding has begun.
    UsageError
        For a definition or milestone that there is not.

    Source: glossary "TTV"; leavers kept at risk are the subdistribution of Fine and Gray (1999), JASA 94:496, grade A.

    >>> import cslab
    >>> list(arrivals(cslab.load("synthetic:tiny")).columns[:4])
    ['account_id', 'started', 'duration', 'event']
    """
    if definition not in DEFINITIONS:
        raise UsageError(unknown_choice("definition", definition, DEFINITIONS))
    begun = starts(book)
    done = begun["account_id"].map(_usage(book, begun) if definition == "usage" else _steps(book, definition, point))
    done = done.where(done <= book.as_of)
    days = (done.fillna(book.as_of) - begun["started"]).dt.days.clip(lower=1)
    found = _described(book, begun.assign(duration=days, event=done.notna()))
    found.attrs.update(as_of=book.as_of, unit="day")
    return found


def starts(book: Book) -> pd.DataFrame:
    """The day on which each customer's onboarding began.

    Parameters
    ----------
    book : Book
        Needs ``onboarding`` with ``started`` and ``done``.

    Returns
    -------
    DataFrame
        ``account_id``, ``started``: of all who began before the day of the data.

    Raises
    ------
    NotReady
        Without the columns, or where there is nobody.

    >>> import cslab
    >>> bool(starts(cslab.load("synthetic:tiny"))["account_id"].is_unique)
    True
    """
    book.require("calendar", "onboarding.started", "onboarding.done")
    begun = book.onboarding.groupby("account_id")["started"].min().dropna()
    begun = begun[begun < book.as_of]
    if begun.empty:
        raise NotReady(Fault("nobody_onboarding", {"day": book.as_of.date()}))
    return begun.reset_index()


def milestones(book: Book) -> list[str]:
    """The milestones of onboarding, in the order in which customers reach them.

    Parameters
    ----------
    book : Book
        Needs ``onboarding.milestone``, ``started`` and ``done``.

    Returns
    -------
    list of str
        By the mean days of those who reached each.

    Raises
    ------
    NotReady
        Without the columns.

    >>> import cslab
    >>> milestones(cslab.load("synthetic:tiny"))
    ['kickoff', 'data_connected', 'team_trained', 'first_value']
    """
    book.require("onboarding.milestone", "onboarding.started", "onboarding.done")
    steps = book.onboarding
    days = (steps["done"] - steps["started"]).dt.days
    return [str(name) for name in days.groupby(steps["milestone"]).mean().sort_values(kind="stable").index]


def account_column(book: Book, by: str) -> pd.Series:
    """A column of the accounts, to split by.

    Parameters
    ----------
    book : Book
    by : str
        Its name.

    Returns
    -------
    Series
        By ``account_id``.

    Raises
    ------
    NotReady
        Without ``accounts``.
    UsageError
        For a column that there is not.

    >>> import cslab
    >>> sorted(account_column(cslab.load("synthetic:tiny"), "segment").unique())
    ['enterprise', 'mid', 'smb']
    """
    book.require("accounts")
    accounts = book.accounts.set_index("account_id")
    if by not in accounts:
        names = [str(name) for name in accounts]
        raise UsageError(Fault("unknown_group", {"by": by, "near": nearest(by, names), "known": ", ".join(names)}))
    return accounts[by]


def _steps(book: Book, definition: str, point: str) -> pd.Series:
    """The day by which each customer had reached all milestones that count; missing where one is not reached."""
    steps = book.onboarding
    if point:
        known = milestones(book)
        if point not in known:
            values = {"name": point, "near": nearest(point, known) or known[0], "known": ", ".join(known)}
            raise UsageError(Fault("unknown_milestone", values))
        steps = steps[steps["milestone"] == point]
    elif "kind" in steps:
        steps = steps[(steps["kind"] == "value") == (definition == "outcome")]
    reached = steps["done"].where(steps["done"] <= book.as_of).groupby(steps["account_id"])
    return reached.max().where(reached.count() == reached.size())


def _usage(book: Book, begun: pd.DataFrame) -> pd.Series:
    """The last day of the first month of enough usage after each customer's start."""
    import pandas as pd

    book.require("usage_monthly.month", "usage_monthly.wau_ratio")
    usage = book.usage_monthly
    ends = usage["month"] + pd.offsets.MonthEnd(0)
    began = usage["account_id"].map(begun.set_index("account_id")["started"])
    enough = (usage["wau_ratio"] >= LEAST_USAGE) & (ends > began)
    return ends[enough].groupby(usage["account_id"]).min()


def _described(book: Book, found: pd.DataFrame) -> pd.DataFrame:
    """The customers with what is known of them from the beginning."""
    if book.has("tier_history.touch_tier", "tier_history.valid_from"):
        tiers = book.tier_history.sort_values("valid_from", kind="stable").drop_duplicates("account_id")
        found = found.assign(touch_tier=found["account_id"].map(tiers.set_index("account_id")["touch_tier"]))
    if not book.has("accounts"):
        return found
    accounts = book.accounts
    fresh = ["account_id", *(name for name in accounts if name not in found)]
    return found.merge(accounts[fresh], on="account_id", how="left")
