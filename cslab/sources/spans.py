"""What contracts say about their own days: since when, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.sources.findings import EXAMPLES, Findings

if TYPE_CHECKING:
    import pandas as pd


def span_faults(contracts: pd.DataFrame, file: str, stock: bool, findings: Findings) -> None:
    """A contract must say since when it runs, or how long it ran and whether it ended.

    Parameters
    ----------
    contracts : DataFrame
        With row numbers as index.
    file : str
        Its name.
    stock : bool
        Whether it holds tenures in place of days.
    findings : Findings
        Where faults go; contracts that run on without an end are counted in a note.

    >>> import pandas as pd
    >>> findings = Findings()
    >>> contracts = pd.DataFrame({"start": [pd.NaT], "end": [pd.NaT]}, index=[2])
    >>> span_faults(contracts, "contracts.csv", False, findings); [fault.key for fault in findings.faults]
    ['blank_span']
    """
    for column in ("tenure_months", "ended") if stock else ("start",):
        if column in contracts and (blank := contracts[column].isna()).any():
            rows = contracts.index[blank]
            where = ", ".join(map(str, rows[:EXAMPLES]))
            findings.fault("blank_span", file=file, column=column, count=len(rows), where=where)
    if not stock and "end" in contracts:
        _end_notes(contracts, file, findings)


def _end_notes(contracts: pd.DataFrame, file: str, findings: Findings) -> None:
    """Count contracts that run on without an end, and ends that look like last days in force."""
    import pandas as pd

    if count := int(contracts["end"].isna().sum()):
        findings.note("open_end", file=file, count=count)
    if "start" not in contracts or not all(
        map(pd.api.types.is_datetime64_any_dtype, (contracts["start"], contracts["end"]))
    ):
        return
    if "term_months" in contracts:
        _term_note(contracts, file, findings)
    both = contracts[["start", "end"]].dropna()
    day_before = last_days(both["start"], both["end"])
    if day_before.sum() > len(both) / 2:
        example = both[day_before].iloc[0]
        values = {"start": example["start"].date(), "end": example["end"].date(), "total": len(both)}
        findings.note("end_looks_inclusive", file=file, count=int(day_before.sum()), **values)


def last_days(starts: pd.Series, ends: pd.Series) -> pd.Series:
    """Which ends look like the last day in force: the next one is the day of the month on which the contract began.

    Parameters
    ----------
    starts, ends : Series of datetime
        A row a contract.

    Returns
    -------
    Series of bool

    >>> import pandas as pd
    >>> start, ends = pd.to_datetime(["2024-04-01"] * 2), pd.to_datetime(["2025-03-31", "2025-04-01"])
    >>> last_days(pd.Series(start), pd.Series(ends)).tolist()
    [True, False]
    """
    import pandas as pd

    found: pd.Series = ((ends + pd.Timedelta(days=1)).dt.day == starts.dt.day) & (ends > starts)
    return found


def _term_note(contracts: pd.DataFrame, file: str, findings: Findings) -> None:
    """Count terms that the days of their contract do not bear out, as where years stand for months."""
    import pandas as pd

    if not pd.api.types.is_numeric_dtype(contracts["term_months"]):
        return
    known = contracts[["term_months", "start", "end"]].dropna()
    apart = ((known["end"] - known["start"]).dt.days / 30.4375 - known["term_months"].astype(float)).abs() > 1
    if apart.any():
        row, (term, start, end) = next(known[apart].head(1).apply(tuple, axis=1).items())
        values = {"row": row, "term": term, "start": start.date(), "end": end.date()}
        findings.note("term_differs", file=file, count=int(apart.sum()), total=len(known), **values)
