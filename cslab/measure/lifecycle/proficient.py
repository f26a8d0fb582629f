"""Past onboarding: by the calendar, by the customer's own result, and in truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.book.supposition import PHASES
from cslab.faults import Fault, NotReady
from cslab.measure.estimate import Estimate, proportion
from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.measure.lifecycle.spells import spells

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.book.truth import Truth

METHOD, TRUE_METHOD = "share_of_accounts", "truth_expected"
FUTURES = 32
"""How many the truth is averaged over."""

_BEFORE = ("evaluation", "purchase", "onboarding")


def past_onboarding_by_calendar(book: Book, months: int = 3) -> Estimate:
    """The share past onboarding, if onboarding is simply the first so many months: all of them, by definition.

    Parameters
    ----------
    book : Book
        As for ``past_onboarding``.
    months : int

    Returns
    -------
    Estimate
        Of the same customers as ``past_onboarding``.

    >>> import cslab
    >>> past_onboarding_by_calendar(cslab.load("synthetic:tiny")).estimate
    1.0
    """
    signed = len(_cohort(book, months))
    return proportion(signed, signed, signed, METHOD)


def past_onboarding(book: Book, months: int = 3) -> Estimate:
    """The share past onboarding so many months after signing, by the rule: the customer has its own first result.

    Parameters
    ----------
    book : Book
        With what the default rules need to tell onboarding.
    months : int

    Returns
    -------
    Estimate
        Of all customers that were seen signing, so many months ago or earlier; whoever left before is not past it.

    Raises
    ------
    NotReady
        As for ``spells``, and where nobody was seen signing so many months ago.

    >>> import cslab
    >>> 0 < past_onboarding(cslab.load("synthetic:tiny")).estimate < 1
    True
    """
    cohort = _cohort(book, months)
    return proportion(int(cohort["past"].sum()), len(cohort), len(cohort), METHOD)


def true_past_onboarding(book: Book, months: int = 3) -> Estimate | None:
    """The share of the same customers that can be expected to be past onboarding so many months after signing.

    As ``past_onboarding`` counts: whoever has left by that day is not past it. But not what happened to happen: the
    same customers in other futures, so that no luck is in it.

    Parameters
    ----------
    book : Book
        With its truth.
    months : int
        At least 1.

    Returns
    -------
    Estimate or None
        Without limits; None where nobody knows it.

    Raises
    ------
    NotReady
        As for ``past_onboarding``.
    UsageError
        For months below 1.

    >>> import cslab
    >>> true_past_onboarding(cslab.load("synthetic:tiny").hide_truth()) is None
    True
    """
    if book.truth is None:
        return None
    ids = _cohort(book, months)["account_id"]
    until, over = (_spent(book.truth, horizon).loc[ids] for horizon in (months, months + 1))
    share = float((over - until).mean())
    return Estimate(share, share, share, len(ids), TRUE_METHOD, 0.0)


def _spent(truth: Truth, horizon: int) -> pd.Series[float]:
    """Months gone through onboarded and not left in, within a horizon from signing: each counts its chance."""
    found = truth.supposing([], horizon=horizon, futures=FUTURES).set_index("account_id")
    after = [name for name in PHASES if name not in _BEFORE]
    begun, left = (found[[f"{what}_{name}" for name in after]].sum(axis=1) for what in ("months", "leaving"))
    return begun - left


def _cohort(book: Book, months: int) -> pd.DataFrame:
    """Customers seen signing so many months ago or earlier, and whether each was past onboarding at that time."""
    import pandas as pd

    rules = shipped_rules()
    if "onboarding" not in (known := rules.only(book)).phases:
        rules.require(book)
    stays = spells(book, known)
    seen = ~stays["account_id"].isin(stays.loc[stays["entered_late"], "account_id"])
    after = stays["signed_on"] + pd.DateOffset(months=months)
    there = stays[seen & (after <= book.as_of) & (stays["begins"] <= after) & ~(stays["ends"] <= after)]
    if there.empty:
        raise NotReady(Fault("nobody_followed", {"months": months, "day": book.as_of.date()}))
    return there[["account_id"]].assign(past=~there["phase"].isin([*_BEFORE, "churn"]))
