"""What a company may know of a customer on the day it signs: one list of columns of ``accounts`` for all who ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from cslab.book import Book

WORDS = ("segment", "industry", "region", "plan", "lead_source", "reason_to_buy")
AMOUNTS = ("employees", "seats0", "mrr0_amount", "eval_days")
"""Numbers that are compared by their ratio."""

SHARES = ("discount_pct", "trial_usage")
FLAGS = ("pre_sale_education", "csm_in_presales", "sales_push")
COLUMNS = (*WORDS, *AMOUNTS, *SHARES, *FLAGS)
"""All of them; how a customer is looked after (``touch_tier``) is decided afterwards."""


def described(book: Book, accounts: pd.Series) -> pd.DataFrame:
    """Everything that stands in ``accounts`` of some customers, and the term of their first contract.

    Parameters
    ----------
    book : Book
    accounts : Series of str
        Their ``account_id``; one may come more than once.

    Returns
    -------
    DataFrame
        In their order, with ``term_months`` where contracts tell it. ``COLUMNS`` says what of it a company knows as a
        customer signs.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> described(book, book.accounts["account_id"].head(2).repeat(2))["term_months"].shape
    (4,)
    """
    found = book.accounts.set_index("account_id")
    if book.has("contracts.term_months"):
        first = book.contracts.sort_values("start", kind="stable").drop_duplicates("account_id")
        found["term_months"] = first.set_index("account_id")["term_months"].reindex(found.index)
    return found.reindex(accounts)


def known(book: Book, rows: pd.DataFrame, columns: Sequence[str] = (*COLUMNS, "term_months")) -> pd.DataFrame:
    """What was known as each row's customer signed, ready for a model.

    Parameters
    ----------
    book : Book
    rows : DataFrame
        ``account_id``.
    columns : sequence of str
        Those wanted; those that the book does not have are left out.

    Returns
    -------
    DataFrame
        In the order of the rows: words, shares and flags as they stand, amounts as logarithms (of 1 where they are
        smaller).

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> found = known(book, book.accounts.head(2), ["employees"])
    >>> bool(np.allclose(np.exp(found["employees"]), book.accounts["employees"].head(2)))
    True
    """
    told = described(book, rows["account_id"]).reset_index(drop=True)
    found = told[[name for name in columns if name in told]]
    logs = {name: np.log(found[name].astype(float).clip(lower=1)) for name in AMOUNTS if name in found}
    return found.assign(**logs)
