"""What stood in the records about an account on a day: every signal that the tables allow, and the facts of signing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.measure.signals import SIGNALS, signals
from cslab.measure.signed import AMOUNTS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Floats = NDArray[np.float64]

READ = (
    *("wau_ratio", "usage_trend", "logins_per_seat", "core_actions_per_seat", "features_relevant", "integrations"),
    *("nps", "csat", "ces", "answered", "tickets_90d", "roles", "departments", "champion", "days_since_contact"),
    *("onboarded", "felt_benefit", "maturity_level"),
)
SIGNED = ("mrr0_amount", "discount_pct", "eval_days", "trial_usage")
"""Of what was known at signing, the numbers that may tell customers apart."""


def read(book: Book, rows: pd.DataFrame) -> dict[str, Floats]:
    """Every feature that the company's tables allow, as it was known at the end of each row's day.

    Parameters
    ----------
    book : Book
    rows : DataFrame
        ``account_id``, ``as_of`` (date).

    Returns
    -------
    dict of str to ndarray of float, shape (rows,)
        A feature's values; missing where nothing was known.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> {"wau_ratio", "nps", "discount_pct"} <= {*read(book, book.accounts[["account_id"]].assign(as_of=book.as_of))}
    True
    """
    names = [name for name in READ if book.has(*SIGNALS[name].needs)]
    seen = signals(book, rows, names)
    return {name: seen[name].to_numpy(float) for name in names} | _signed(book, rows)


def used(name: str) -> bool:
    """Whether a feature is use of the product, of which somebody who is gone shows none.

    >>> used("wau_ratio"), used("nps")
    (True, False)
    """
    return name in SIGNALS and SIGNALS[name].kind == "usage"


def _signed(book: Book, rows: pd.DataFrame) -> dict[str, Floats]:
    """What was known at signing."""
    accounts = book.accounts.set_index("account_id")
    values = {
        name: rows["account_id"].map(accounts[name]).to_numpy(float, na_value=np.nan)
        for name in SIGNED
        if book.has(f"accounts.{name}")
    }
    return {name: np.log1p(value) if name in AMOUNTS else value for name, value in values.items()}
