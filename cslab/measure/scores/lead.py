"""How long before a renewal is decided a score already tells who will refuse it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.measure.decisions import month_of, renewal_decisions
from cslab.measure.scores.rows import read
from cslab.measure.scores.separation import auc_by_horizon

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

MONTHS = tuple(range(1, 9))
"""A first contract of twelve months, decided three months before its end, has no more before it."""


def lead_rows(book: Book, score: pd.DataFrame, months: Sequence[int] = MONTHS, column: str = "risk") -> pd.DataFrame:
    """Decided renewals of longer contracts with the score that was known some months before each decision.

    Parameters
    ----------
    book : Book
        As for ``decisions.renewal_decisions``.
    score : DataFrame
        ``account_id``, ``as_of`` (the day on which the score was known), ``column``.
    months : sequence of int
        Whole months before the decision, 1 or more: the last score of the month that lies so long before the month of
        the decision.
    column : str
        The score: the higher, the likelier the account leaves.

    Returns
    -------
    DataFrame
        ``account_id``, ``decided_on``, ``months_before``, ``as_of`` (of the score), ``column``, ``left``: the same
        renewals at every month, those that have a score at all of them; ``attrs["unscored"]`` counts the others.

    Raises
    ------
    NotReady
        Without decisions.
    UsageError
        For columns that are not there, months below 1, or when no renewal has a score at all months.

    >>> import cslab, pandas as pd
    >>> book = cslab.load("synthetic:tiny")
    >>> usage = book.usage_monthly[["account_id", "month", "wau_ratio"]].dropna()
    >>> score = usage.assign(as_of=usage["month"] + pd.offsets.MonthEnd(0), risk=-usage["wau_ratio"])
    >>> sorted(set(lead_rows(book, score, [1, 6])["months_before"].tolist()))
    [1, 6]
    """
    import pandas as pd

    _check(score, months, column)
    decided = renewal_decisions(book)[["account_id", "decided_on", "status"]]
    known = score[["account_id", "as_of", column]].dropna().astype({"as_of": "datetime64[ns]"}).sort_values("as_of")
    known = known.assign(month=month_of(known["as_of"])).drop_duplicates(["account_id", "month"], keep="last")
    month = month_of(decided["decided_on"]).to_numpy().astype("datetime64[M]")
    parts = [
        decided.assign(months_before=before, month=(month - before).astype("datetime64[ns]")).merge(
            known, on=["account_id", "month"]
        )
        for before in months
    ]
    rows = pd.concat(parts, ignore_index=True).assign(left=lambda rows: rows["status"] == "left")
    every = rows.groupby(["account_id", "decided_on"])["months_before"].transform("size") == len(parts)
    if not every.any():
        raise UsageError(Fault("score.no_lead", {"renewals": len(decided), "first": max(months)}))
    kept = rows.loc[every, ["account_id", "decided_on", "months_before", "as_of", column, "left"]]
    kept.attrs.update(as_of=book.as_of, unscored=len(decided) - len(kept) // len(parts))
    return kept.reset_index(drop=True)


def lead_time(rows: pd.DataFrame, column: str = "risk") -> pd.DataFrame:
    """How well a score tells who will refuse, by months before the decision.

    Parameters
    ----------
    rows : DataFrame
        As ``lead_rows`` makes them: ``account_id``, ``months_before``, ``left``, and the score.
    column : str
        The score.

    Returns
    -------
    DataFrame
        From the earliest month to the last: ``months_before``, ``estimate`` (AUC), ``low``, ``high``, ``n`` (accounts),
        ``events`` (renewals refused), ``method``.

    Raises
    ------
    UsageError
        For columns that are not there, or renewals that all had the same outcome.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"account_id": [*"abab"], "months_before": [2, 2, 1, 1], "left": [True, False] * 2,
    ...                      "risk": [0.5, 0.5, 0.9, 0.1]})
    >>> lead_time(rows)["estimate"].tolist()
    [0.5, 1.0]
    """
    import pandas as pd

    outcome = {"left": "event"} if "left" in rows else {}
    known = rows.rename(columns=outcome).assign(time=1)
    read(known, "months_before", column)
    if known["event"].nunique() < 2:
        raise UsageError(Fault("one_outcome", {"status": "left" if known["event"].all() else "stayed"}))
    months = sorted(known["months_before"].unique(), reverse=True)
    parts = [auc_by_horizon(known[known["months_before"] == month], [1], column) for month in months]
    table = pd.concat(parts, ignore_index=True).drop(columns="horizon")
    table.insert(0, "months_before", months)
    table.attrs.update(rows.attrs)
    return table


def _check(score: pd.DataFrame, months: Sequence[int], column: str) -> None:
    """Refuse what cannot be read, all at once."""
    found = ", ".join(map(str, score))
    faults = [
        Fault("score.no_column", {"column": name, "near": "", "found": found})
        for name in ("account_id", "as_of", column)
        if name not in score
    ]
    if not len(months) or min(months) < 1:
        faults.append(Fault("score.months_before", {"months": ", ".join(map(str, months))}))
    if faults:
        raise UsageError(*faults)
