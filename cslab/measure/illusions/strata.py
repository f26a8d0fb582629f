"""Groups inside which customers are compared: a column of the accounts, or the tier once it has settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.spells import origins

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

    Ints = NDArray[np.int64]

TIER = "touch_tier"
SETTLED_DAYS = 62
"""Days after which a CSM has had the time to move a new customer to another tier."""


def strata(book: Book, ids: pd.Series, within: str) -> Ints:
    """The group of each customer inside which it is compared.

    Parameters
    ----------
    book : Book
    ids : Series of str
        Their ``account_id``.
    within : str
        A column of ``accounts``, ``"touch_tier"``, or empty: all in one.

    Returns
    -------
    ndarray of int, shape (customers,)

    Raises
    ------
    UsageError
        For an unknown column.
    NotReady
        Without tiers, where they are asked for.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> len(set(strata(book, book.accounts["account_id"], "segment").tolist()))
    3
    """
    import pandas as pd

    if not within:
        return np.zeros(len(ids), np.int64)
    values = tiers(book) if within == TIER else _column(book, within)
    return np.asarray(pd.factorize(values.reindex(ids), use_na_sentinel=False)[0], np.int64)


def _column(book: Book, within: str) -> pd.Series:
    """A column of ``accounts``, by account."""
    names = [TIER, *(str(name) for name in book.accounts if name != "account_id")]
    if within not in names:
        values = {"by": within, "near": nearest(within, names), "known": ", ".join(names)}
        raise UsageError(Fault("unknown_group", values))
    column: pd.Series = book.accounts.set_index("account_id")[within]
    return column


def tiers(book: Book) -> pd.Series:
    """The tier of each customer once a CSM has had the time to move it.

    Parameters
    ----------
    book : Book
        Needs ``tier_history`` (``touch_tier``, ``valid_from``) and ``contracts.start``.

    Returns
    -------
    Series of str
        By account: the tier two months after its beginning; of customers seen only later, the first on record.

    >>> import cslab
    >>> sorted(tiers(cslab.load("synthetic:tiny")).unique())
    ['high', 'mid', 'tech']
    """
    import pandas as pd

    book.require("tier_history.touch_tier", "tier_history.valid_from", "contracts.start")
    rows = book.tier_history.sort_values("valid_from", kind="stable")
    born = rows["account_id"].map(origins(book))
    early = rows["valid_from"] <= born + pd.Timedelta(days=SETTLED_DAYS)
    settled = rows[early].drop_duplicates("account_id", keep="last").set_index("account_id")[TIER]
    first: pd.Series = rows.drop_duplicates("account_id").set_index("account_id")[TIER]
    return settled.reindex(first.index).fillna(first)
