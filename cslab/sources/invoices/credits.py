"""Credits and part payments in the middle of a period: what an upgrade, a downgrade or a refund leaves in invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.sources.findings import Findings

if TYPE_CHECKING:
    import pandas as pd

KEYS = ("account_id", "product")
NEAR = 0.05
"""A credit is the rest of a fee where it differs from the share of the days by less than this."""


def with_credits(lines: pd.DataFrame, file: str, findings: Findings) -> pd.DataFrame:
    """Lines above zero only, each with its fee a month: a credit ends the line that it gives back, or lowers it.

    Parameters
    ----------
    lines : DataFrame
        As ``fee_lines`` makes them.
    file : str
    findings : Findings
        Gets a note for credits, and for those that belong to no line.

    Returns
    -------
    DataFrame
        The same columns without ``amount``, with ``fee`` (currency a month; below zero for a part that is given back)
        and ``within`` (whether it lies within the period of another line).

    >>> import pandas as pd
    >>> day = pd.to_datetime
    >>> starts = day(["2024-04-01", "2024-04-16", "2024-04-16"])
    >>> lines = pd.DataFrame({"account_id": "A", "product": "", "start": starts,
    ...     "end": day(["2024-05-01"] * 3), "amount": [100.0, -50.0, 100.0], "months": [1.0, 0.5, 0.5],
    ...     "term_months": float("nan")})
    >>> with_credits(lines, "a.csv", Findings())[["start", "end", "fee"]].astype(str).values.tolist()
    [['2024-04-01', '2024-04-16', '100.0'], ['2024-04-16', '2024-05-01', '200.0']]
    """
    hosted = _hosted(lines)
    months = lines["months"].where(hosted.isna(), _share(lines, hosted) * lines["months"].reindex(hosted).to_numpy())
    made = lines.assign(fee=lines["amount"] / months, within=hosted.notna())
    credits = made["amount"] < 0
    if not credits.any():
        return made.drop(columns="amount")
    loose = credits & hosted.isna()
    due = -lines["amount"].reindex(hosted).to_numpy() * _share(lines, hosted)
    ends = credits & ((lines["amount"] / due - 1).abs() < NEAR)
    values = {"ends": int(ends.sum()), "lowers": int((credits & ~ends & ~loose).sum()), "loose": int(loose.sum())}
    findings.note("invoice_credits", file=file, count=int(credits.sum()), **values)
    cut = lines["start"][ends].groupby(hosted[ends]).min()
    made["end"] = made["end"].where(~made.index.isin(cut.index), cut.reindex(made.index))
    kept = made[~(ends | loose) & (made["end"] > made["start"])]
    result: pd.DataFrame = kept.drop(columns="amount")
    return result


def _share(lines: pd.DataFrame, hosted: pd.Series) -> pd.Series:
    """The share of the days of its host that each line covers."""
    import pandas as pd

    days = (lines["end"] - lines["start"]).dt.days
    return pd.Series(days.to_numpy() / days.reindex(hosted).to_numpy(), index=lines.index)


def _hosted(lines: pd.DataFrame) -> pd.Series:
    """By line, the row of the longer line of the same account and product within whose period it lies; else missing."""
    import pandas as pd

    frame = lines[[*KEYS, "start", "end", "amount"]].rename_axis("row").reset_index()
    ordered = frame.sort_values([*KEYS, "start", "end"], kind="stable")
    overlap = ordered["start"] < ordered.groupby([*KEYS])["end"].transform(lambda end: end.cummax().shift())
    inner = ordered[overlap | (ordered["amount"] < 0)]
    suspects = ordered.merge(inner[[*KEYS]].drop_duplicates(), on=[*KEYS])
    hosts = suspects[suspects["amount"] > 0]
    pairs = suspects.merge(hosts, on=[*KEYS], suffixes=("", "_host"))
    inside = (pairs["start_host"] <= pairs["start"]) & (pairs["end"] <= pairs["end_host"])
    pairs["longer"] = pairs["end_host"] - pairs["start_host"] > pairs["end"] - pairs["start"]
    own = (pairs["amount"] < 0) & (pairs["row"] != pairs["row_host"])
    found = pairs[inside & (pairs["longer"] | own)].sort_values(["longer", "start_host"], kind="stable")
    found = found.drop_duplicates("row", keep="last")
    return pd.Series(found["row_host"].to_numpy(), index=found["row"]).reindex(lines.index)
