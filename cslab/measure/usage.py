"""Usage of those who left against those who stayed: as of today, which misleads, and before the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.decisions import SHORTEST_TERM, before_decision, month_of, renewal_decisions, with_usage
from cslab.measure.durations import durations
from cslab.measure.estimate import Estimate, normal, ratio
from cslab.measure.spells import customers_again

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def compared_as_of_today(book: Book) -> pd.DataFrame:
    """Mean usage in the last month on record, of those who have left and those still there (misconception M16).

    Who has left is silent and counts with 0: the comparison finds what leaving does to usage, not what usage says
    about leaving. Those who left and are customers again today stand on neither side and are left out.

    Parameters
    ----------
    book : Book
        Needs ``usage_monthly.wau_ratio`` and ``contracts`` with real days.

    Returns
    -------
    DataFrame
        ``status`` (``left``, ``stayed``), ``estimate`` (mean ``wau_ratio``, 0-1), ``low``, ``high``, ``n`` (accounts),
        ``method``. ``attrs`` counts those left out as ``back``; ``durations.notes`` says it in words.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        When all left or all stayed.

    >>> import cslab
    >>> compared_as_of_today(cslab.load("synthetic:tiny"))["status"].tolist()
    ['left', 'stayed']
    """
    rows = _today(book)
    compared = _by_status(rows, "as_of_today", book)
    compared.attrs["back"] = rows.attrs["back"]
    return compared


def compared_before_decision(book: Book, months_before: int = 3) -> pd.DataFrame:
    """Mean usage the same time before a renewal was decided, of those who then left and those who stayed.

    Parameters
    ----------
    book : Book
        Needs ``usage_monthly.wau_ratio`` and ``contracts`` with ``end``, ``outcome`` and ``decided_on``. Contracts of
        twelve months and more; a customer that closed down in mid-term decided nothing and is left out.
    months_before : int
        Months between the month that is looked at and the one of the decision.

    Returns
    -------
    DataFrame
        ``status`` (``left``, ``stayed``), ``estimate`` (mean ``wau_ratio``, 0-1), ``low``, ``high`` (clustered by
        account, as one may renew several times), ``n`` (accounts), ``method``.

    Raises
    ------
    NotReady
        Without the columns above.
    UsageError
        When no renewal has usage so long before it, or all had the same outcome.

    >>> import cslab
    >>> compared_before_decision(cslab.load("synthetic:tiny"))["method"].unique().tolist()
    ['before_decision']
    """
    return _by_status(before_decision(book, months_before), "before_decision", book)


def gap_as_of_today(book: Book) -> Estimate:
    """How much more those still there use than those who left, as of today (misconception M16).

    Parameters
    ----------
    book : Book
        As for ``compared_as_of_today``.

    Returns
    -------
    Estimate
        Difference of mean ``wau_ratio``; without limits where a single account stands on one side.

    Raises
    ------
    NotReady, UsageError
        As ``compared_as_of_today``.

    >>> import cslab
    >>> gap_as_of_today(cslab.load("synthetic:tiny")).method
    'as_of_today'
    """
    return _gap(_today(book), "as_of_today")


def gap_before_decision(book: Book, months_before: int = 3) -> Estimate:
    """How much more those who stayed used than those who left, the same time before their decision.

    Parameters
    ----------
    book : Book
        As for ``compared_before_decision``.
    months_before : int
        Months before the decision.

    Returns
    -------
    Estimate
        Difference of mean ``wau_ratio``, clustered by account; without limits where a single account stands on one
        side.

    Raises
    ------
    NotReady, UsageError
        As ``compared_before_decision``.

    >>> import cslab
    >>> gap_before_decision(cslab.load("synthetic:tiny")).method
    'before_decision'
    """
    return _gap(before_decision(book, months_before), "before_decision")


def usage_paths(book: Book, months_before: int = 12) -> pd.DataFrame:
    """Mean usage month by month on the way to the end of a contract, of those who then left and those who stayed.

    Only contracts with usage in every month shown, so that each path follows the same customers.

    Parameters
    ----------
    book : Book
        As for ``compared_before_decision``.
    months_before : int
        How long before the contract's end the paths begin.

    Returns
    -------
    DataFrame
        One row a status and month: ``status`` (``left``, ``stayed``), ``months_before`` (from the first down to 1),
        ``estimate`` (mean ``wau_ratio``, 0-1), ``low``, ``high`` (clustered by account), ``n`` (accounts), ``method``.

    Raises
    ------
    NotReady, UsageError
        As ``compared_before_decision``.

    >>> import cslab
    >>> paths = usage_paths(cslab.load("synthetic:tiny"), months_before=6)
    >>> sorted(paths["months_before"].unique().tolist())
    [1, 2, 3, 4, 5, 6]
    """
    import pandas as pd

    if months_before < 1:
        raise UsageError(Fault("not_positive", {"name": "months_before", "value": months_before}))
    decided = renewal_decisions(book)
    every = pd.DataFrame({"months_before": range(months_before, 0, -1)})
    rows = decided.assign(contract=range(len(decided))).merge(every, how="cross")
    months = month_of(rows["end"]).to_numpy().astype("datetime64[M]") - rows["months_before"].to_numpy()
    rows = with_usage(book, rows.assign(month=months.astype("datetime64[ns]")))
    rows = rows[rows.groupby("contract")["value"].transform("size") == months_before]
    if rows.empty:
        raise UsageError(Fault("no_renewals", {"term": SHORTEST_TERM, "months": months_before}))
    parts = [
        _by_status(part, "before_decision", book).assign(months_before=month)
        for month, part in rows.groupby("months_before", sort=True)
    ]
    columns = ["status", "months_before", "estimate", "low", "high", "n", "method"]
    paths = pd.concat(parts).sort_values(["status", "months_before"], ascending=[True, False])[columns]
    paths.attrs["as_of"] = book.as_of
    return paths.reset_index(drop=True)


def _today(book: Book) -> pd.DataFrame:
    """Usage of every account in the last month on record, 0 for those that are not in it; without who came back."""
    book.require("usage_monthly.wau_ratio")
    known = durations(book)
    usage = book.usage_monthly
    last = usage[usage["month"] == usage["month"].max()].set_index("account_id")["wau_ratio"]
    again = customers_again(book, known)
    known = known[~again]
    status = np.where(known["event"], "left", "stayed")
    rows = known[["account_id"]].assign(status=status, value=known["account_id"].map(last).fillna(0.0))
    rows.attrs = {"back": int(again.sum())}
    return rows


def _by_status(rows: pd.DataFrame, method: str, book: Book) -> pd.DataFrame:
    """Mean value of those who left and those who stayed, clustered by account."""
    import pandas as pd

    found = []
    for status, part in rows.groupby("status", sort=True):
        sums = part.groupby("account_id")["value"].agg(["sum", "size"])
        one = ratio(sums["sum"].to_numpy(float), sums["size"].to_numpy(float), method, high=1.0)
        found.append((status, one.estimate, one.low, one.high, one.n, method))
    _both_sides(rows)
    frame = pd.DataFrame(found, columns=["status", "estimate", "low", "high", "n", "method"])
    frame.attrs["as_of"] = book.as_of
    return frame


def _gap(rows: pd.DataFrame, method: str) -> Estimate:
    """Mean value of those who stayed less that of those who left; its error from the sums over accounts."""
    _both_sides(rows)
    values = rows["value"].to_numpy(float)
    stayed = rows["status"].to_numpy() == "stayed"
    means = values[stayed].mean(), values[~stayed].mean()
    pull = np.where(stayed, (values - means[0]) / stayed.sum(), (means[1] - values) / (~stayed).sum())
    sums = rows.assign(pull=pull).groupby("account_id")["pull"].sum().to_numpy()
    error = float(np.sqrt((sums**2).sum() * len(sums) / max(len(sums) - 1, 1)))
    if rows.groupby("status")["account_id"].nunique().min() < 2:  # nobody sees how much one customer varies
        error = np.nan
    return normal(float(means[0] - means[1]), error, len(sums), method)


def _both_sides(rows: pd.DataFrame) -> None:
    """Refuse a comparison with nobody on one side."""
    statuses = rows["status"].unique()
    if len(statuses) == 1:
        raise UsageError(Fault("one_outcome", {"status": statuses[0]}))
