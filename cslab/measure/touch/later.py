"""The rule some months later: who has moved between tiers, what the team's load has become, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cslab.faults import Fault, NotReady, UsageError
from cslab.measure.plans import TIER_HOURS
from cslab.measure.touch.rule import TierRule, assign

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

NEW, LEFT = "new", "left"


def quarter_later(book: Book, rule: TierRule, months: int = 3, hours: Mapping[str, float] = TIER_HOURS) -> pd.DataFrame:
    """Who is in which tier by a rule today, and was some months ago.

    Parameters
    ----------
    book : Book
        As for :func:`assign`, of both days.
    rule : TierRule
    months : int
        Between the two days; the later one is the book's last.
    hours : mapping of str to float
        Of a customer and month by tier.

    Returns
    -------
    DataFrame
        ``before`` (tier, or ``new``), ``after`` (tier, or ``left``), ``customers``, ``before_amount``, ``after_amount``
        (MRR that the rule goes by, summed), ``hours`` (a month, after less before). ``attrs``: ``since``, ``as_of``,
        ``before_hours``, ``after_hours`` (load of all, a month).

    Raises
    ------
    UsageError
        For months that are not above 0.
    NotReady
        As :func:`assign`; where the earlier day lies before the records.

    >>> import cslab
    >>> found = quarter_later(cslab.load("synthetic:tiny"), TierRule("own", 80e3, 400e3))
    >>> found.attrs["after_hours"] - found.attrs["before_hours"] == found["hours"].sum()
    np.True_
    """
    if not months > 0:
        raise UsageError(Fault("not_positive", {"name": "months", "value": months}))
    since = _before(book, months)
    parts = {"before": assign(book.at(since), rule), "after": assign(book, rule)}
    columns = {
        name: one.set_index("account_id")[["tier", "amount"]].add_suffix(f"_{name}") for name, one in parts.items()
    }
    both = columns["before"].join(columns["after"], how="outer")
    both = both.assign(before=both["tier_before"].fillna(NEW), after=both["tier_after"].fillna(LEFT))
    worked = {name: both[f"tier_{name}"].map(hours).fillna(0.0).astype(float) for name in parts}
    both = both.assign(hours=worked["after"] - worked["before"])
    sums = {
        "before_amount": ("amount_before", "sum"),
        "after_amount": ("amount_after", "sum"),
        "hours": ("hours", "sum"),
    }
    found = both.groupby(["before", "after"], as_index=False).agg(customers=("hours", "size"), **sums)
    ends = {f"{name}_hours": float(one.sum()) for name, one in worked.items()}
    found.attrs.update(since=since, as_of=book.as_of, currency=book.currency, **ends)
    return found


def _before(book: Book, months: int) -> pd.Timestamp:
    """The end of the month some months ago, of which the records tell."""
    import pandas as pd

    month = book.as_of.to_period("M") - months
    first = book.accounts["observed_from"].min() if book.has("accounts.observed_from") else pd.NaT
    first = book.accounts["signed_on"].min() if pd.isna(first) and book.has("accounts.signed_on") else first
    if not pd.isna(first) and month < first.to_period("M"):
        raise NotReady(Fault("touch.before_records", {"months": months, "day": month, "first": first.date()}))
    return month.end_time.normalize()


def came_of(
    book: Book, tiers: Mapping[str, pd.Series], since: str | pd.Timestamp, months: int = 24
) -> pd.DataFrame | None:
    """What comes of plans some months later, with the luck that the company has.

    Parameters
    ----------
    book : Book
    tiers : mapping of str to Series of str
        By plan: tier by ``account_id``; who is left out keeps the tier there is. An empty one: as it is.
    since : Timestamp or str
        The day from which the plans hold.
    months : int
        Months later.

    Returns
    -------
    DataFrame or None
        A row a plan: ``plan``, ``customers``, ``retained`` (share still there), ``value_amount`` (MRR, summed over the
        months), ``hours``, ``cost_amount``, ``left_amount`` (value less cost). ``attrs``: ``since``, ``months``,
        ``currency``. None without the truth.

    Raises
    ------
    UsageError
        For customers or tiers that there are not on that day.

    >>> import cslab
    >>> came_of(cslab.load("synthetic:tiny").hide_truth(), {}, "2024-01-31") is None
    True
    """
    import pandas as pd

    if book.truth is None:
        return None
    rows = book.truth.later(tiers, since, months)
    sums = {name: (name, "sum") for name in ("value_amount", "hours", "cost_amount")}
    found = rows.groupby("plan", sort=False).agg(
        customers=("account_id", "size"), retained=("retained", "mean"), **sums
    )
    found = found.reset_index().assign(left_amount=lambda frame: frame["value_amount"] - frame["cost_amount"])
    found.attrs.update(since=pd.Timestamp(since), months=months, currency=book.currency)
    return found
