"""Who hands over to whom, how long nobody is in charge, how much of what is known comes across, what is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, NotReady, UsageError, nearest
from cslab.measure.clusters import Found, Rows, medians, ratios, shares
from cslab.measure.risk import MOST_GROUPS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.book import Book

MEASURED = {"days_gap": medians, "info_complete": ratios, "customer_repeat_info": shares, "quality": ratios}
"""What is known of a hand-off, and how it is summed up: the median of days, shares and means of the rest."""

NAMES = {"customer_repeat_info": "asked_again"}


def handoff_report(book: Book, by: str | None = None) -> pd.DataFrame:
    """Every hand-off between departments in numbers.

    Parameters
    ----------
    book : Book
        Needs ``handoffs`` with ``from_dept``; ``days_gap``, ``info_complete``, ``customer_repeat_info`` and
        ``quality`` where present.
    by : str, optional
        A column of ``accounts`` such as ``"sales_rep_id"`` or ``"segment"``.

    Returns
    -------
    DataFrame
        One row a pair of departments (and group, which then stands first): ``from_dept``, ``to_dept``, ``n``
        (hand-offs); ``days_gap`` (median days without anybody in charge), ``info_complete`` (mean share of the
        information, 0-1), ``asked_again`` (share of customers who had to say it again), ``quality`` (mean rating by
        those who take over, 1-5), each with ``_low`` and ``_high``; ``method``.

    Raises
    ------
    NotReady
        Without hand-offs.
    UsageError
        For a column that is not there, or with too many groups.

    >>> import cslab
    >>> handoff_report(cslab.load("synthetic:tiny"))["from_dept"].tolist()
    ['sales', 'onboarding']
    """
    book.require("handoffs.from_dept")
    frame = _with_group(book, by)
    keys = [*([by] if by else []), "from_dept", *(["to_dept"] if "to_dept" in frame else [])]
    groups = frame.groupby(keys, sort=False, dropna=False, observed=True)
    table = groups.size().rename("n").reset_index()
    place = groups.ngroup().to_numpy(int)
    for column, sum_up in MEASURED.items():
        if column in frame:
            table = _added(table, column, _found(frame, column, place, len(table), sum_up))
    table = table.assign(method="handoff_report")
    table = table.sort_values(by, kind="stable", ignore_index=True) if by else table
    table.attrs.update(as_of=book.as_of)
    return table


def handoff_scores(book: Book) -> pd.DataFrame:
    """One number for each customer's first hand-off: how good it was beside all others.

    The mean of what is known of it, each in standard deviations and with its sign turned so that more is better:
    information complete (logit), days without anybody in charge (logarithm), the rating, whether the customer was asked
    again. Several weak measurements of one thing err less than the best of them.

    Parameters
    ----------
    book : Book
        Needs ``handoffs`` with one of these columns at least.

    Returns
    -------
    DataFrame
        One row an account: ``account_id``, ``score`` (mean 0, sd 1), ``poor`` (below 0).

    Raises
    ------
    NotReady
        Without hand-offs, or where nothing is known of them.

    >>> import cslab
    >>> bool(abs(handoff_scores(cslab.load("synthetic:tiny"))["score"].mean()) < 1e-9)
    True
    """
    import pandas as pd

    book.require("handoffs.handed_on")
    first = book.handoffs.sort_values("handed_on", kind="stable").drop_duplicates("account_id")
    parts = [turn(first[name].to_numpy(float)) for name, turn in _TURNS.items() if name in first]
    if not parts:
        raise NotReady(Fault("journey.nothing_of_handoffs", {"columns": ", ".join(_TURNS)}))
    known = np.column_stack([_standard(part) for part in parts])
    kept = ~np.isnan(known).all(axis=1)
    score = _standard(np.nanmean(known[kept], axis=1))
    ids = first["account_id"].to_numpy(object)[kept]
    return pd.DataFrame({"account_id": ids, "score": score, "poor": score < 0})


def _logit(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logit of a share, those near 0 and 1 drawn in."""
    inside = np.clip(share, 0.02, 0.98)
    return np.asarray(np.log(inside / (1 - inside)))


_TURNS: dict[str, Any] = {
    "info_complete": _logit,
    "days_gap": lambda days: -np.log1p(days),
    "quality": lambda rating: rating,
    "customer_repeat_info": lambda again: -again,
}


def _standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values in standard deviations from their mean; 0 where they do not differ."""
    spread = np.nanstd(values)
    return np.asarray((values - np.nanmean(values)) / (spread if spread > 0 else 1.0))


def _with_group(book: Book, by: str | None) -> pd.DataFrame:
    """Hand-offs with the column by which they are split."""
    frame = book.handoffs
    if not by:
        return frame
    book.require("accounts")
    accounts = book.accounts
    if by not in accounts or by == "account_id":
        names = [str(name) for name in accounts if name != "account_id"]
        raise UsageError(Fault("unknown_group", {"by": by, "near": nearest(by, names), "known": ", ".join(names)}))
    if accounts[by].nunique() > MOST_GROUPS:
        raise UsageError(Fault("too_many_groups", {"by": by, "count": accounts[by].nunique(), "most": MOST_GROUPS}))
    return frame.merge(accounts[["account_id", by]], on="account_id", how="left")


def _found(frame: pd.DataFrame, column: str, place: Any, groups: int, sum_up: Any) -> Found:
    """One column summed up by group; accounts are what varies."""
    import pandas as pd

    values = frame[column].to_numpy(float)
    known = ~np.isnan(values)
    account = pd.factorize(frame["account_id"])[0]
    found: Found = sum_up(Rows(account[known], place[known], values[known], np.ones(known.sum()), groups))
    return found


def _added(table: pd.DataFrame, column: str, found: Found) -> pd.DataFrame:
    """A table with one more measure and its limits."""
    name = NAMES.get(column, column)
    return table.assign(**{name: found.estimate, f"{name}_low": found.low, f"{name}_high": found.high})
