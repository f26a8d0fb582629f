"""What is true of onboarding in a simulated company: of all customers ever won, those before the records too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.estimate import Estimate
from cslab.measure.onboarding.arrivals import account_column
from cslab.measure.onboarding.completion import DAYS
from cslab.measure.spells import DAYS_A_MONTH

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

METHOD, TIER = "truth_of_all_won", "touch_tier"


def completion_truth(book: Book, within_days: int = DAYS) -> Estimate | None:
    """The share of all customers ever won who reach the first value within some days, and are there to see it.

    Parameters
    ----------
    book : Book
        With its truth.
    within_days : int

    Returns
    -------
    Estimate or None
        A share (0-1); ``None`` where nobody knows it. Of the drawn customers as they are, those who signed before the
        records too; the simulator has the first value on some day of its month.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> float(completion_truth(book, 60)) <= float(completion_truth(book, 120))
    True
    """
    if book.truth is None:
        return None
    hidden = book.truth.accounts()
    began = DAYS_A_MONTH * (hidden["onboarded_month"] - 1)
    share = ((within_days - began) / 28).clip(0, 1).fillna(0.0)
    share = share.where(~(hidden["churn_tenure"] < hidden["onboarded_month"]), 0.0)
    mean = float(share.mean())
    return Estimate(mean, mean, mean, len(hidden), METHOD, 0.0)


def time_truth(book: Book, by: str | None = None, horizon: int = 24) -> pd.DataFrame | None:
    """The true share of customers who are there by month, of all customers ever won.

    Parameters
    ----------
    book : Book
        With its truth.
    by : str, optional
        ``"touch_tier"``, or a column of ``accounts`` (then of the customers of the records only).
    horizon : int
        Last month.

    Returns
    -------
    DataFrame or None
        [``by``], ``time`` (months from 0), ``estimate`` (0-1), ``method``; ``None`` where nobody knows it. Of the drawn
        customers as they are, so without limits.

    Raises
    ------
    UsageError
        For a column that ``accounts`` does not have.

    >>> import cslab
    >>> float(time_truth(cslab.load("synthetic:tiny"), horizon=6)["estimate"].iloc[0])
    0.0
    """
    import pandas as pd

    if book.truth is None:
        return None
    hidden = book.truth.accounts().rename(columns={"tier": TIER})
    if by and by != TIER:
        hidden = hidden.merge(account_column(book, by), on="account_id")
    month = hidden["onboarded_month"].where(~(hidden["churn_tenure"] < hidden["onboarded_month"]))
    groups = hidden.groupby(by, sort=True, dropna=False).groups.items() if by else [("", hidden.index)]
    rows = [
        {**({by: group} if by else {}), "time": time, "estimate": float((month[part] <= time).mean()), "method": METHOD}
        for group, part in groups
        for time in range(horizon + 1)
    ]
    return pd.DataFrame(rows)
