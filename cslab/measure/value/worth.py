"""What each customer has brought since it signed, and whether that paid for winning it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady
from cslab.measure.durations import durations
from cslab.measure.value.lives import mrr_of_life
from cslab.measure.value.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from cslab.book import Book

HORIZON = 24
"""Months from signing: long enough to have seen the first renewal of a yearly contract."""

NEEDS = ("accounts.signed_on", "accounts.mrr0_amount", "accounts.cac_amount", "contracts.start", "mrr_movements")


def customer_worth(
    book: Book, horizon: int = HORIZON, gross_margin: float = 0.8, discount: float = 0.10
) -> pd.DataFrame:
    """What each customer brought within a horizon from signing, less what winning it cost.

    Only customers who were seen from their signing on: those from before the records are here because they stayed.

    Parameters
    ----------
    book : Book
        Needs ``accounts`` with ``signed_on``, ``mrr0_amount``, ``cac_amount``, ``contracts`` with real days,
        ``mrr_movements``.
    horizon : int
        Months from signing.
    gross_margin : float
        Share of the revenue that is left after the cost of serving it (0-1).
    discount : float
        A year (0.10 is ten per cent); a month's margin comes at its beginning.

    Returns
    -------
    DataFrame
        A row a customer by day of signing: ``account_id``, ``signed_on``, ``mrr0_amount``, ``cac_amount``,
        ``followed`` (its contract began at least ``horizon`` months before the book's day), ``value_amount`` (margin
        of its first stay, discounted) and ``worth_amount`` (that less the cost of winning it), both missing unless
        followed; ``attrs``: ``set_aside`` (customers without MRR or cost), ``horizon``, ``currency``, ``as_of``.

    Raises
    ------
    NotReady
        Without the columns above, or where nobody has been followed so long.
    UsageError
        For shares outside 0-1.

    >>> import cslab
    >>> found = customer_worth(cslab.load("synthetic:tiny"))
    >>> bool((found["worth_amount"] < found["value_amount"]).sum() == found["followed"].sum())
    True
    """
    book.require("calendar", *NEEDS)
    terms = Terms(gross_margin, discount, horizon)
    seen = durations(book)
    seen = seen[(seen["entry"] == 0) & seen["account_id"].isin(book.mrr_movements["account_id"])]
    priced = (seen["mrr0_amount"] > 0) & (seen["cac_amount"] > 0) & seen["signed_on"].notna()
    rows = seen[priced].reset_index(drop=True)
    followed = _followed(book, rows["account_id"], horizon)
    if not followed.any():
        raise NotReady(Fault("nobody_followed", {"months": horizon, "day": book.as_of.date()}))
    there = np.arange(horizon) < rows["duration"].to_numpy()[:, None]
    value = np.where(followed, (mrr_of_life(book, rows, horizon) * there) @ terms.weights, np.nan)
    rows = rows[["account_id", "signed_on", "mrr0_amount", "cac_amount"]].assign(followed=followed, value_amount=value)
    rows["worth_amount"] = rows["value_amount"] - rows["cac_amount"]
    rows = rows.sort_values(["signed_on", "account_id"], kind="stable", ignore_index=True)
    facts: dict[Hashable, Any] = {
        "set_aside": int((~priced).sum()),
        "horizon": horizon,
        "gross_margin": gross_margin,
        "discount": discount,
    }
    rows.attrs = {**facts, "currency": book.currency, "as_of": book.as_of}
    return rows


def _followed(book: Book, accounts: pd.Series, horizon: int) -> Any:
    """Whose first contract began at least so many months before the book's day."""
    import pandas as pd

    begun = accounts.map(book.contracts.groupby("account_id")["start"].min())
    return (begun + pd.DateOffset(months=horizon) <= book.as_of + pd.Timedelta(days=1)).to_numpy()
