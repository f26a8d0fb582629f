"""Which lines of invoices are fees for a time, and for which time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.sources.findings import EXAMPLES, Findings
from cslab.sources.mapped import months_after

if TYPE_CHECKING:
    import pandas as pd

NOT_IN_FORCE = ("draft", "void", "uncollectible", "refunded")
"""What became of invoices for which nobody was a paying customer."""
MONTH = 30.4375
"""Days of a mean month."""


def fee_lines(invoices: pd.DataFrame, as_of: pd.Timestamp, file: str, findings: Findings) -> pd.DataFrame:
    """The lines that are fees for a time; every other is counted in a note.

    Drafts, void and written-off invoices, one-off fees and lines of 0 do not count; an unpaid invoice does, since the
    customer is in force until somebody says otherwise.

    Parameters
    ----------
    invoices : DataFrame
        The section ``invoices``, typed.
    as_of : Timestamp
        Periods that begin later are not known yet.
    file : str
    findings : Findings
        Gets the notes, and a fault for a fee of which nothing says for how long it is, and where no line is left.

    Returns
    -------
    DataFrame
        ``account_id``, ``product`` ("" where there is none), ``start``, ``end`` (first day after), ``amount``,
        ``months`` (how many the period has), ``term_months`` (missing where nobody says); index: rows of the file.

    >>> import pandas as pd
    >>> days = pd.to_datetime(["2024-04-01", "2024-05-01"])
    >>> invoices = pd.DataFrame({"account_id": "A", "amount": [100.0, 50.0], "invoiced_on": days, "months": [1, 1],
    ...                          "kind": ["recurring", "one_off"]})
    >>> fee_lines(invoices, pd.Timestamp("2024-06-01"), "a.csv", Findings())[["end", "months"]].values.tolist()
    [[Timestamp('2024-05-01 00:00:00'), 1.0]]
    """
    kept = _in_force(invoices, file, findings)
    if kept.empty:
        findings.fault("invoices_nothing", file=file, total=len(invoices))
        return kept
    lines = _with_period(kept, file, findings)
    late = lines["start"] > as_of
    if late.any():
        findings.note("invoices_ahead", file=file, count=int(late.sum()), as_of=as_of.date())
    return lines[~late]


def _in_force(invoices: pd.DataFrame, file: str, findings: Findings) -> pd.DataFrame:
    """The lines without drafts, void ones, one-off fees and zeros."""
    status = invoices["status"].astype(object) if "status" in invoices else None
    reasons = {"zero": invoices["amount"] == 0}
    if "kind" in invoices:
        reasons["one_off"] = invoices["kind"] == "one_off"
    if status is not None:
        reasons |= {word: status == word for word in NOT_IN_FORCE}
    out = invoices["amount"].isna()
    for word, mask in reasons.items():
        if count := int((mask & ~out).sum()):
            findings.note(f"invoices_{word}", file=file, count=count, total=len(invoices))
        out = out | mask.fillna(False)
    if status is not None and (count := int(((status == "open") & ~out).sum())):
        findings.note("invoices_open", file=file, count=count, total=len(invoices))
    return invoices[~out]


def _with_period(lines: pd.DataFrame, file: str, findings: Findings) -> pd.DataFrame:
    """The lines with first day, first day after, and months; a fee without a period is a fault."""
    import pandas as pd

    blank = pd.Series(pd.NaT, index=lines.index, dtype="datetime64[ns]")
    start = lines.get("period_start", blank).fillna(lines.get("invoiced_on", blank))
    end = _day_after(start, lines.get("period_end", blank), file, findings)
    if "months" in lines:
        end = end.fillna(months_after(start, lines["months"]))
    known = start.notna() & end.notna() & (end > start)
    _timeless(lines, known, file, findings)
    made = pd.DataFrame({"account_id": lines["account_id"], "product": "", "start": start, "end": end})
    if "product" in lines:
        made["product"] = lines["product"].astype(object).fillna("").astype(str)
    made["amount"], made["months"] = lines["amount"].astype(float), months_of(start, end)
    made["term_months"] = lines["term_months"].astype("float64") if "term_months" in lines else float("nan")
    return made[known]


def _timeless(lines: pd.DataFrame, known: pd.Series, file: str, findings: Findings) -> None:
    """Say which lines have no period: credits and refunds do not touch the fee, fees without one cannot be read."""
    credit = ~known & (lines["amount"] < 0)
    if credit.any():
        findings.note("invoice_credits_loose", file=file, count=int(credit.sum()))
    fees = ~known & (lines["amount"] > 0)
    if fees.any():
        rows = ", ".join(map(str, lines.index[fees][:EXAMPLES]))
        findings.fault("invoices_no_period", file=file, count=int(fees.sum()), rows=rows)


def _day_after(start: pd.Series, end: pd.Series, file: str, findings: Findings) -> pd.Series:
    """The first day after each period, where most of them seem to be written with their last day."""
    import pandas as pd

    both = start.notna() & end.notna() & (end >= start)
    after = end + pd.Timedelta(days=1)
    whole, written = _whole(start, after) & both, _whole(start, end) & both
    if not both.any() or whole.sum() <= both.sum() / 2 or written.sum() > both.sum() / 10:
        return end
    row = both.index[whole][0]
    values = {"start": start[row].date(), "end": end[row].date(), "total": int(both.sum())}
    findings.note("invoice_ends_inclusive", file=file, count=int(whole.sum()), **values)
    return after


def _whole(start: pd.Series, end: pd.Series) -> pd.Series:
    """Whether periods are whole months."""
    same: pd.Series = start.dt.day == end.dt.day
    return same & (end > start)


def months_of(start: pd.Series, end: pd.Series) -> pd.Series:
    """How many months periods have: whole ones counted, the rest by the days of the month in which it lies.

    Parameters
    ----------
    start, end : Series of datetime64[ns]
        First day, and first day after.

    Returns
    -------
    Series of float64

    >>> import pandas as pd
    >>> days = lambda *text: pd.Series(pd.to_datetime(text))
    >>> months_of(days("2024-04-01", "2024-04-16"), days("2025-04-01", "2024-05-01")).tolist()
    [12.0, 0.5]
    """
    import pandas as pd

    whole = (end.dt.year - start.dt.year) * 12 + end.dt.month - start.dt.month
    whole = whole - (months_after(start, whole) > end)
    # The rest stands at the beginning, as where a first invoice runs to the end of its month.
    first = months_after(end, -whole)
    length = (first - months_after(first, pd.Series(-1, index=start.index))).dt.days
    months: pd.Series = (whole + (first - start).dt.days.clip(lower=0) / length).astype("float64")
    return months
