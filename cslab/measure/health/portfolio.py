"""One number for a whole book of customers: their scores by revenue, with what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.estimate import ratio
from cslab.measure.health.declared import COLOURS
from cslab.measure.health.score import declaration_of
from cslab.measure.retention import mrr

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

YEAR = 12
EVERYBODY = ""


def portfolio_score(book: Book, found: pd.DataFrame, by: str = EVERYBODY) -> pd.DataFrame:
    """The mean score of the customers of a day, each counting as much as it pays, beside what hides in it.

    A mean by revenue is the score of the largest accounts: ``effective`` says how many equal ones would carry it as
    surely. The plain mean stands beside it.

    Parameters
    ----------
    book : Book
        Needs ``mrr_movements``.
    found : DataFrame
        As :func:`cslab.measure.health.score` returns it, of one day.
    by : str
        A column of ``accounts`` such as ``segment``; empty: all together.

    Returns
    -------
    DataFrame
        One row a group, and all together first (``group`` empty): ``group``, ``estimate`` (mean score by ARR), ``low``,
        ``high``, ``n`` (customers with a score and revenue), ``method``, ``plain`` (mean of customers), ``arr_amount``
        (currency a year), ``red``, ``yellow``, ``green`` (shares of the ARR), ``effective`` (customers). Who pays
        nothing or has no score is left out.

    Raises
    ------
    NotReady
        Without ``mrr_movements``.
    UsageError
        For a column that ``accounts`` has not, or when nobody has a score and revenue.

    Source: effective number, Kish (1965), *Survey Sampling*, section 11.7, grade A.

    >>> import cslab
    >>> from cslab.measure import health
    >>> book = cslab.load("synthetic:tiny")
    >>> portfolio_score(book, health.score(book, "dear", "2024-03-31"), "segment")["group"].tolist()
    ['', 'enterprise', 'mid', 'smb']
    """
    import pandas as pd

    declaration = declaration_of(found)
    amounts = mrr(book, found["as_of"].max())
    rows = found.assign(arr_amount=YEAR * found["account_id"].map(amounts).fillna(0.0))
    rows = rows[(rows["arr_amount"] > 0) & rows["score"].notna()]
    if rows.empty:
        raise UsageError(Fault("health.no_revenue", {"day": found["as_of"].max().date()}))
    lines = [_line(EVERYBODY, rows, declaration.full)]
    if by:
        groups = rows.groupby(rows["account_id"].map(_column(book, by)), sort=True)
        lines += [_line(str(name), part, declaration.full) for name, part in groups]
    table = pd.DataFrame(lines)
    table.attrs = {"as_of": found["as_of"].max(), "currency": book.currency, "name": declaration.name, "by": by}
    return table


def _column(book: Book, by: str) -> pd.Series:
    """A column of ``accounts``."""
    accounts = book.accounts.set_index("account_id")
    if by not in accounts:
        known = [str(name) for name in accounts]
        raise UsageError(Fault("unknown_group", {"by": by, "near": nearest(by, known), "known": ", ".join(known)}))
    return accounts[by]


def _line(name: str, rows: pd.DataFrame, full: float) -> dict[str, Any]:
    """One group's row."""
    arr, values = rows["arr_amount"].to_numpy(float), rows["score"].to_numpy(float)
    shares = {colour: float(arr[(rows["colour"] == colour).to_numpy()].sum() / arr.sum()) for colour in COLOURS}
    return {
        "group": name,
        **ratio(arr * values, arr, "mean_by_arr", high=full).cells(),
        "plain": float(values.mean()),
        "arr_amount": float(arr.sum()),
        **shares,
        "effective": float(np.square(arr.sum()) / np.square(arr).sum()),
    }
