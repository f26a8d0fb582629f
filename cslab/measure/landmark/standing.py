"""How each customer stands on a day, on paper: its contract and calendar, and what kind of company it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.retention import standing_mrr
from cslab.measure.signed import FLAGS, SHARES, WORDS
from cslab.measure.spells import DAYS_A_MONTH, WENT_ON, origins

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

SIZES = ("employees", "seats0")
"""Amounts of the day of signing that still tell something; what is paid today stands for what was paid then."""


def calendar(book: Book, ids: pd.Index[Any], horizon: int) -> pd.DataFrame:
    """Where in its contract each customer stands on the last day of a book.

    Parameters
    ----------
    book : Book
        As it was known on the day.
    ids : Index of str
        The accounts asked about.
    horizon : int
        Months to look ahead.

    Returns
    -------
    DataFrame
        By account: ``term`` (months, as a word), ``tenure`` (months since the first contract), ``months_to_renewal``
        (whole months to the next end that nobody has decided about yet), ``due`` (that end lies within the horizon).
        Of a stock sample ``term`` and ``tenure``, as far as it tells them.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> list(calendar(book, pd.Index(book.accounts["account_id"]), 3))
    ['term', 'tenure', 'months_to_renewal', 'due']
    """
    return _of_stock(book, ids) if book.stock_sample else _of_contracts(book, ids, horizon)


def firmographics(book: Book, ids: pd.Index[Any], horizon: int) -> pd.DataFrame:
    """What kind of company each customer is, what it pays and how it is looked after.

    Parameters
    ----------
    book : Book
        As it was known on the day.
    ids : Index of str
        The accounts asked about.
    horizon : int
        Not needed here.

    Returns
    -------
    DataFrame
        By account, as far as the book knows them: the columns of ``accounts`` that are known at signing (``employees``,
        ``seats0`` and ``mrr`` as logarithms), ``touch_tier``. Columns that the kit does not know (``x_…``) only of a
        stock sample: in a dated export nobody says since when they have been so.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> {"segment", "mrr", "touch_tier"} <= {*firmographics(book, pd.Index(book.accounts["account_id"]), 3)}
    True
    """
    import pandas as pd

    accounts = book.accounts.set_index("account_id").reindex(ids) if book.has("accounts") else pd.DataFrame(index=ids)
    found = accounts[[name for name in (*WORDS, *SHARES, *FLAGS) if name in accounts]]
    sizes = {name: _log(accounts[name]) for name in SIZES if name in accounts}
    found = found.assign(**sizes, mrr=_log(_amounts(book, ids)))
    if book.has("tier_history.valid_from"):
        found["touch_tier"] = _tier(book, ids)
    return found.join(_covariates(book, ids)) if book.stock_sample else found


def _of_stock(book: Book, ids: pd.Index[Any]) -> pd.DataFrame:
    """Term and tenure of a list without dates."""
    contracts = book.contracts.drop_duplicates("account_id").set_index("account_id").reindex(ids)
    found = contracts[["tenure_months"]].rename(columns={"tenure_months": "tenure"})
    return found.assign(term=_word(contracts["term_months"])) if "term_months" in contracts else found


def _of_contracts(book: Book, ids: pd.Index[Any], horizon: int) -> pd.DataFrame:
    """Term, tenure and the months to the next decision of dated contracts."""
    import pandas as pd

    day, contracts = book.as_of, book.contracts
    first = origins(book).reindex(ids)
    running = contracts[(contracts["start"] <= day) & ~(contracts["end"] <= day)]
    running = running.sort_values("end", kind="stable").drop_duplicates("account_id", keep="last")
    running = running.set_index("account_id").reindex(ids)
    term = _term(running)
    decided = running["outcome"].isin(WENT_ON) if "outcome" in running else pd.Series(False, index=ids)
    left = (running["end"] - day).dt.days / DAYS_A_MONTH + term.where(decided, 0.0)
    return pd.DataFrame(
        {
            "term": _word(term),
            "tenure": ((day - first).dt.days / DAYS_A_MONTH).round(1),
            "months_to_renewal": np.ceil(left - 0.5 / DAYS_A_MONTH),
            "due": (left < horizon + 0.5 / DAYS_A_MONTH).astype(float),
        },
        index=ids,
    )


def _term(running: pd.DataFrame) -> pd.Series:
    """Months of the contract in force; counted from its days where they are not written."""
    counted = ((running["end"] - running["start"]).dt.days / DAYS_A_MONTH).round()
    found: pd.Series = running["term_months"].astype(float).fillna(counted) if "term_months" in running else counted
    return found


def _word(months: pd.Series) -> pd.Series:
    """Months as a word, so that terms are kinds and not amounts."""
    return months.map(lambda value: f"{value:.0f}", na_action="ignore").astype(object)


def _log(amount: pd.Series) -> pd.Series:
    """The logarithm of an amount, of 1 and more."""
    return amount.astype(float).clip(lower=1).map(math.log, na_action="ignore")


def _amounts(book: Book, ids: pd.Index[Any]) -> pd.Series:
    """What each customer pays a month; missing where the book does not say."""
    import pandas as pd

    if book.stock_sample and book.has("contracts.mrr_amount"):
        return book.contracts.drop_duplicates("account_id").set_index("account_id")["mrr_amount"].reindex(ids)
    known = standing_mrr(book, book.as_of) if book.has("accounts", "mrr") else pd.Series(dtype=float)
    return known.reindex(ids)


def _tier(book: Book, ids: pd.Index[Any]) -> pd.Series:
    """The touch tier of the day."""
    tiers = book.tier_history
    now = tiers[(tiers["valid_from"] <= book.as_of) & ~(tiers["valid_to"] < book.as_of)]
    now = now.sort_values("valid_from", kind="stable").drop_duplicates("account_id", keep="last")
    return now.set_index("account_id")["touch_tier"].reindex(ids)


def _covariates(book: Book, ids: pd.Index[Any]) -> pd.DataFrame:
    """Columns that only this source has."""
    import pandas as pd

    found = pd.DataFrame(index=ids)
    for table in ("accounts", "contracts"):
        if book.has(table):
            frame = getattr(book, table).drop_duplicates("account_id").set_index("account_id").reindex(ids)
            found = found.join(frame[[name for name in frame if str(name).startswith("x_") and name not in found]])
    return found[[name for name in found if _usable(found[name])]]


def _usable(values: pd.Series) -> bool:
    """Whether a column is made of numbers, of flags or of a few words."""
    kind: NDArray[np.bool_] = np.array([values.dtype.kind in "biuf", values.dtype.name in ("category", "boolean")])
    return bool(kind.any())
