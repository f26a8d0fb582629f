"""Customers who recommend us: who they are, and how much of what is sold comes by way of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.book.day import read_day
from cslab.faults import Fault, UsageError
from cslab.measure.estimate import Estimate, proportion, ratio, unknown_choice, wilson

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

    Date = str | pd.Timestamp

REFERRAL = "referral"
COUNTED = ("customers", "mrr")


def advocates(book: Book) -> pd.DataFrame:
    """How many of today's customers recommend us: of those who have got their first value, and of those who have not.

    A customer recommends us when one of its people who are still there has done so by the day of the book.

    Parameters
    ----------
    book : Book
        Needs ``contacts.advocate_on`` and ``onboarding``; customers whose onboarding is not on record are left out.

    Returns
    -------
    DataFrame
        ``first_value`` (True, False), ``estimate`` (share with an advocate, 0-1), ``low``, ``high``, ``n``, ``method``.
        No effect: whoever gets value fits the product better, too.

    Raises
    ------
    NotReady
        Without the tables above, or real days.

    >>> import cslab
    >>> advocates(cslab.load("synthetic:tiny"))["first_value"].tolist()
    [False, True]
    """
    book.require("calendar", "contracts.end", "contacts.advocate_on", "onboarding.done")
    people = book.contacts
    active = people[people["active_to"].isna() | (people["active_to"] > book.as_of)]
    recommend = set(active.loc[active["advocate_on"].notna(), "account_id"])
    last = book.onboarding.query("milestone == 'first_value'").set_index("account_id")["done"].notna()
    contracts = book.contracts
    there = contracts.loc[(contracts["start"] <= book.as_of) & (contracts["end"] > book.as_of), "account_id"].unique()
    rows = last[last.index.isin(there)].rename("first_value").to_frame()
    rows["recommends"] = rows.index.isin(recommend)
    found = rows.groupby("first_value")["recommends"].agg(["mean", "sum", "size"]).reset_index()
    low, high = wilson(found["sum"].to_numpy(), found["size"].to_numpy())
    shares = found[["first_value"]].assign(estimate=found["mean"], low=low, high=high, n=found["size"])
    return shares.assign(method="share_of_accounts")


def referred(book: Book, start: Date, end: Date, of: str = "customers") -> Estimate:
    """The share of the new business of a window that came by recommendation: revenue of a second order.

    Parameters
    ----------
    book : Book
        Needs ``accounts.signed_on``, ``accounts.lead_source``, and ``accounts.mrr0_amount`` for the revenue.
    start, end : date
        First and last day of signing.
    of : str
        ``"customers"``, or ``"mrr"``: MRR at signing.

    Returns
    -------
    Estimate
        A share (0-1).

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        Where nobody signed within the window, or for something else to count.

    >>> import cslab
    >>> 0 <= float(referred(cslab.load("synthetic:tiny"), "2023-04-01", "2025-03-31")) < 1
    True
    """
    if of not in COUNTED:
        raise UsageError(unknown_choice("of", of, COUNTED))
    book.require("accounts.signed_on", "accounts.lead_source", *(["accounts.mrr0_amount"] if of == "mrr" else []))
    signed = book.accounts["signed_on"]
    new = book.accounts[(signed >= read_day(start)) & (signed <= read_day(end))]
    if new.empty:
        raise UsageError(Fault("nobody_signed", {"start": start, "end": end}))
    by_word = (new["lead_source"] == REFERRAL).to_numpy()
    if of == "customers":
        return proportion(by_word.sum(), len(new), len(new), "share_of_accounts")
    amounts = new["mrr0_amount"].to_numpy(float)
    return ratio(by_word * amounts, amounts, "share_of_mrr", high=1.0)
