"""From fees for a time to contracts: late invoices joined, roundings smoothed, terms told from parts of terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.sources.findings import Findings
from cslab.sources.invoices.credits import KEYS
from cslab.sources.mapped import months_after
from cslab.sources.outcomes import GRACE, SAME

if TYPE_CHECKING:
    import pandas as pd


def smoothed(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines, one after the other of an account and product, without changes of fee that are only rounding.

    Parameters
    ----------
    lines : DataFrame
        ``account_id``, ``product``, ``start``, ``end``, ``fee``, ``within``.

    Returns
    -------
    DataFrame
        Sorted by account, product and start.

    >>> import pandas as pd
    >>> days = pd.to_datetime(["2024-04-16", "2024-05-01", "2024-06-01"])
    >>> lines = pd.DataFrame({"account_id": "A", "product": "", "start": days[:2], "end": days[1:],
    ...                       "fee": [10_000.4, 10_000.0], "within": False})
    >>> smoothed(lines)["fee"].tolist()
    [10000.4, 10000.4]
    """
    ordered = lines.sort_values([*KEYS, "start", "within", "end"], kind="stable")
    whole = ordered[~ordered["within"]]
    before = whole.groupby([*KEYS], sort=False)["fee"].shift()
    changed = ~((whole["fee"] / before - 1).abs() < SAME)
    fee = whole["fee"].groupby(changed.cumsum()).transform("first")
    return ordered.assign(fee=fee.reindex(ordered.index).fillna(ordered["fee"]))


def running(lines: pd.DataFrame, as_of: pd.Timestamp, file: str, findings: Findings) -> pd.DataFrame:
    """The lines, each extended to the next of its account and product where that begins within 45 days.

    Where the last period is over for less than 45 days the line runs on: the next invoice may only be late.

    Parameters
    ----------
    lines : DataFrame
        Sorted, as ``smoothed`` makes them.
    as_of : Timestamp
        Last day that is known.
    file : str
    findings : Findings
        Gets a note that counts the late ones.

    >>> import pandas as pd
    >>> day = pd.to_datetime
    >>> lines = pd.DataFrame({"account_id": "A", "product": "", "start": day(["2024-01-01", "2024-02-10"]),
    ...                       "end": day(["2024-02-01", "2024-03-10"]), "fee": 100.0})
    >>> running(lines, pd.Timestamp("2024-03-20"), "a.csv", Findings())["end"].tolist()
    [Timestamp('2024-02-10 00:00:00'), NaT]
    """
    import pandas as pd

    grace = pd.Timedelta(days=GRACE)
    groups = [lines[key] for key in KEYS]
    covered = lines.groupby([*KEYS], sort=False)["end"].cummax()
    following = lines["start"].groupby(groups, sort=False).shift(-1)
    gap = following - covered
    late = (gap > pd.Timedelta(0)) & (gap <= grace)
    last = following.isna() & (covered <= as_of) & (covered + grace > as_of)
    if late.any() or last.any():
        findings.note("invoices_late", file=file, count=int(late.sum()), waiting=int(last.sum()), days=GRACE)
    until = pd.DataFrame({**{key: lines[key] for key in KEYS}, "end": covered, "until": following.where(late)})
    joints = until[late | last].drop_duplicates([*KEYS, "end"])
    met = lines.merge(joints, on=[*KEYS, "end"], how="left", indicator=True)
    ends = met["end"].where(met["_merge"] == "left_only", met["until"])
    return lines.assign(end=ends.to_numpy())


def terms(lines: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """One row a contract term: the period of an invoice, or the longer term that the mapping says is behind it.

    Lines within the period of another (upgrades, part payments) make no term of their own. A term ends where the next
    one begins, if that is earlier than its own end.

    Parameters
    ----------
    lines : DataFrame
        Sorted, as ``smoothed`` makes them: ``account_id``, ``product``, ``start``, ``end``, ``fee``, ``within``,
        ``months``, ``term_months``.
    as_of : Timestamp
        Last day that is known: whose last period is over for 45 days then has left before the end of the term.

    Returns
    -------
    DataFrame
        ``contract_id``, ``account_id``, ``product``, ``start``, ``end``, ``term_months``, ``mrr_amount`` (all fees that
        begin with the term); index: row of its first line.

    >>> import pandas as pd
    >>> days = pd.to_datetime(["2024-04-01", "2024-05-01", "2024-06-01"])
    >>> lines = pd.DataFrame({"account_id": "A", "product": "", "start": days[:2], "end": days[1:], "fee": 100.0,
    ...                       "within": False, "months": 1.0, "term_months": 12.0})
    >>> terms(lines, days[2])[["start", "end", "term_months"]].astype(str).values.tolist()
    [['2024-04-01', '2025-04-01', '12']]
    """
    import numpy as np
    import pandas as pd

    whole = lines[~lines["within"] & (lines["fee"] > 0)]
    fees = lines.groupby([*KEYS, "start"])["fee"].sum()
    whole = whole.drop_duplicates([*KEYS, "start"], keep="last")
    begins = _begins(whole)
    made = whole[begins].copy()
    longer = made["term_months"].fillna(0) > made["months"] + 0.5
    term = begins.reindex(lines.index, fill_value=False).cumsum()
    last = lines["end"].where(lines["fee"] > 0).groupby(term).transform("max")[made.index]
    planned = months_after(made["start"], made["term_months"].fillna(0))
    following, grace = made.groupby([*KEYS], sort=False)["start"].shift(-1), pd.Timedelta(days=GRACE)
    left = (last < planned - grace) & (last + grace <= as_of) & ~(following - last <= grace)
    made["end"] = np.where(longer & ~left, planned, last)
    made["end"] = made["end"].where(~(following < made["end"]), following)
    months = made["months"].where(~longer, made["term_months"]).round().clip(lower=1).astype("int64")
    keys = pd.MultiIndex.from_frame(made[[*KEYS, "start"]])
    made = made.assign(term_months=months, mrr_amount=fees.reindex(keys).to_numpy().round(2))
    width = len(str(len(made)))
    made["contract_id"] = [f"I{number:0{width}d}" for number in range(1, len(made) + 1)]
    return made[["contract_id", *KEYS, "start", "end", "term_months", "mrr_amount"]]


def _begins(whole: pd.DataFrame) -> pd.Series:
    """Whether a line begins a term: always, but within the months of the contract behind it, counted from its first."""
    import numpy as np

    codes = whole.groupby([*KEYS], sort=False).ngroup().to_numpy()
    starts, term = whole["start"].to_numpy(), whole["term_months"].fillna(0).to_numpy()
    ends = whole["end"].to_numpy()
    result = np.ones(len(whole), dtype=bool)
    if not (term > 0).any():
        return whole["start"].notna()
    grace = np.timedelta64(GRACE, "D")
    edge = months_after(whole["start"], whole["term_months"]).to_numpy() - np.timedelta64(10, "D")
    until = edge[0]
    for row in range(1, len(whole)):
        unbroken = codes[row] == codes[row - 1] and starts[row] - ends[row - 1] <= grace
        result[row] = not (unbroken and term[row] > 0 and starts[row] < until)
        if result[row]:
            until = edge[row]
    return whole["start"].notna() & result
