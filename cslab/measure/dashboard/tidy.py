"""Numbers in the long form that Tableau and pivot tables read: one number a row, everything about it beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.measure.dashboard.tile import UNITS
from cslab.measure.retention import moved

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.dashboard.executive import Dashboard

COLUMNS = ("day", "metric", "by", "group", "estimate", "low", "high", "n", "unit", "method", "target")
GROUPED = ("segment", "plan", "industry", "region")
"""Columns of ``accounts`` by which customers and MRR are split."""
SUMS = {"customers": "count", "mrr": "currency a month"}


def tidy(book: Book, found: Dashboard) -> pd.DataFrame:
    """The trends of a dashboard, and customers and MRR by month, all together and by group.

    Parameters
    ----------
    book : Book
    found : Dashboard
        Of that book.

    Returns
    -------
    DataFrame
        One number a row: ``day`` (date), ``metric``, ``by`` (a column of ``accounts``, empty for all), ``group``
        (empty for all, ``-`` where it is not known), ``estimate``, ``low``, ``high`` (missing for counts), ``n``,
        ``unit``, ``method``, ``target``.

    >>> import cslab
    >>> from cslab.measure.dashboard import executive
    >>> book = cslab.load("synthetic:tiny")
    >>> sorted(set(tidy(book, executive(book, quarters=1))["metric"]))[:3]
    ['churn', 'customers', 'engagement']
    """
    import pandas as pd

    trends = found.trends().rename(columns={"tile": "metric"}).assign(by="", group="")
    trends["unit"] = trends["metric"].map(UNITS)
    trends["target"] = trends["metric"].map({one.name: one.charter.target for one in found.tiles})
    parts = [trends, *(_monthly(book, by) for by in ("", *GROUPED) if _splits(book, by))]
    rows = pd.concat([part.reindex(columns=list(COLUMNS)) for part in parts], ignore_index=True)
    rows.attrs.update(as_of=book.as_of, currency=book.currency)
    return rows


def _splits(book: Book, by: str) -> bool:
    """Whether customers and MRR are known by a column."""
    return book.has("mrr_movements") and (not by or book.has(f"accounts.{by}"))


def _monthly(book: Book, by: str) -> pd.DataFrame:
    """Customers and MRR at each month's end, by group."""
    import pandas as pd

    moves = moved(book)
    group = moves["account_id"].map(book.accounts.set_index("account_id")[by]).astype(object).fillna("-") if by else ""
    steps = moves.assign(group=group).groupby(["group", "account_id", "month"], as_index=False)["amount"].sum()
    after = steps.groupby("account_id")["amount"].cumsum().round(4)
    before = (after - steps["amount"]).round(4)
    steps["customers"] = (after > 0).astype(int) - (before > 0).astype(int)
    sums = steps.groupby(["month", "group"])[["customers", "amount"]].sum().unstack("group", fill_value=0)
    months = pd.date_range(moves["month"].min(), book.as_of.replace(day=1), freq="MS", name="month")
    running = sums.reindex(months, fill_value=0).cumsum().round(4).stack("group", future_stack=True).reset_index()
    running["day"] = running["month"] + pd.offsets.MonthEnd(0)
    named = running.rename(columns={"amount": "mrr"}).assign(n=running["customers"], by=by, method="sum_of_movements")
    kept = ["day", "by", "group", "n", "method"]
    long = named.melt(kept, list(SUMS), "metric", "estimate")
    return long.assign(unit=long["metric"].map(SUMS))[long["day"] <= book.as_of]
