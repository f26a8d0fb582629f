"""Customers who join something, beside those of the same month who have not: who is compared until it joins itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.measure.clusters import summed
from cslab.measure.durations import GONE, followed

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

TENURES = (3, 12, 24, 48)
"""Months since signing that part those who join from those not yet in it."""


def beside(book: Book, joined: pd.DataFrame) -> pd.DataFrame:
    """Those who join beside the customers of the same month and of about the same tenure who are not in it yet.

    Parameters
    ----------
    book : Book
        Needs ``contracts``.
    joined : DataFrame
        Who takes part: ``account_id``, ``turn`` (month), ``arm``, ``took``, ``dose``.

    Returns
    -------
    DataFrame
        The same and their comparisons, with ``stratum`` (month and tenure), ``until``, from which month on a comparison
        is in it itself, and ``first``, from which on the first of the month is; strata in which somebody joins.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> first = book.accounts["account_id"].head(2).tolist()
    >>> joined = pd.DataFrame({"account_id": first, "turn": pd.Timestamp("2023-01-01"), "arm": True, "took": True})
    >>> rows = beside(book, joined.assign(dose=1.0))
    >>> int(rows["arm"].sum()), bool(rows["until"].isna().all())
    (2, True)
    """
    import pandas as pd

    stays = _stays(book)
    since = joined.groupby("account_id")["turn"].min()
    stays["since"] = since.reindex(stays.index)
    others = [_not_yet(stays, month) for month in sorted(joined["turn"].unique())]
    rows = pd.concat([joined, *others], ignore_index=True)
    tenure = _number(rows["turn"]) - rows["account_id"].map(stays["origin"]).fillna(0).to_numpy(np.int64)
    band = np.searchsorted(TENURES, tenure, side="right")
    rows["stratum"] = pd.factorize(_number(rows["turn"]) * (len(TENURES) + 1) + band, sort=True)[0]
    rows["first"] = rows.groupby("turn")["first"].transform("min")
    used = summed(rows["stratum"], rows["arm"])[rows["stratum"]] > 0
    return rows[used].reset_index(drop=True)


def _not_yet(stays: pd.DataFrame, month: pd.Timestamp) -> pd.DataFrame:
    """The customers of a month who are not in it by then, as comparisons until they are."""
    import pandas as pd

    now = int(_number([month])[0])
    there = (stays["first"] <= now) & (stays["last"] >= now) & ~(stays["since"] <= month)
    rows = pd.DataFrame({"account_id": stays.index[there], "turn": month, "until": stays["since"][there].to_numpy()})
    return rows.assign(arm=False, took=False, dose=0.0, first=rows["until"].min())


def _stays(book: Book) -> pd.DataFrame:
    """The first stay of each customer in months since 1970: since when it is one, and first and last on record."""
    import pandas as pd

    stays = followed(book).set_index("account_id")
    seen = stays[["origin", "watched"]].max(axis=1)
    days = stays.assign(first=seen, last=stays["stop"] - stays["how"].isin(GONE))
    names = ["origin", "first", "last"]
    return pd.DataFrame({name: _number(days[name].to_numpy("datetime64[D]")) for name in names}, index=days.index)


def _number(days: Any) -> Any:
    """Months since 1970 of each day."""
    return np.asarray(days, "datetime64[M]").astype(np.int64)
