"""What became of contracts of which nobody says it, read off what follows each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cslab.sources.findings import Findings

if TYPE_CHECKING:
    import pandas as pd

GRACE = 45
"""A contract that follows within so many days is a renewal; without one by then the customer has left."""
SAME = 0.01
"""Fees that differ by less than this share are the same."""


def with_outcomes(
    tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp, findings: Findings
) -> dict[str, pd.DataFrame]:
    """The tables, with ``contracts.outcome`` where it is missing and the table keeps each renewal as a row of its own.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of the contract.
    as_of : Timestamp
        Last day that is known.
    findings : Findings
        Where a note says so.

    Returns
    -------
    dict of str to DataFrame

    >>> import pandas as pd
    >>> days = pd.to_datetime(["2022-04-01", "2023-04-01", "2024-04-01"])
    >>> contracts = pd.DataFrame({"account_id": "A", "start": days[:2], "end": days[1:]})
    >>> found = with_outcomes({"contracts": contracts}, pd.Timestamp("2024-12-31"), Findings())
    >>> found["contracts"]["outcome"].tolist()
    ['renewed', 'churned']
    """
    contracts = tables.get("contracts")
    if contracts is None or "outcome" in contracts or not {"account_id", "start", "end"} <= set(contracts):
        return dict(tables)
    if contracts[["start", "end"]].isna().all().any() or "churn_events" in tables:
        return dict(tables)
    words = outcomes(contracts, as_of)
    if not words.isin(("renewed", "expanded", "contracted")).any():
        return dict(tables)
    counts = ", ".join(f"{word} {count:,}" for word, count in words.value_counts().items())
    findings.note("outcomes_made", count=len(words), counts=counts, days=GRACE)
    return {**tables, "contracts": contracts.assign(outcome=words)}


def outcomes(contracts: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    """What became of each contract: the next of its account and product begins in time, or not.

    Parameters
    ----------
    contracts : DataFrame
        ``account_id``, ``start``, ``end`` (missing: it runs on); ``product`` and ``mrr_amount`` where they are known.
    as_of : Timestamp
        Last day that is known.

    Returns
    -------
    Series of str
        ``open``, ``renewed``, ``expanded``, ``contracted`` or ``churned``. Without fees a renewal is ``renewed``.

    >>> import pandas as pd
    >>> days = pd.to_datetime(["2023-04-01", "2024-04-01", "2025-04-01"])
    >>> contracts = pd.DataFrame({"account_id": "A", "start": days[:2], "end": days[1:], "mrr_amount": [100.0, 120.0]})
    >>> outcomes(contracts, pd.Timestamp("2025-04-20")).tolist()
    ['expanded', 'open']
    """
    import numpy as np
    import pandas as pd

    keys = [name for name in ("account_id", "product") if name in contracts]
    frame = contracts.reindex(columns=[*keys, "start", "end", "mrr_amount"])
    frame = frame[frame["start"] <= as_of].sort_values([*keys, "start"], kind="stable")
    following = frame.groupby(keys, sort=False, dropna=False, observed=True)[["start", "mrr_amount"]].shift(-1)
    grace = pd.Timedelta(days=GRACE)
    stays = following["start"] - frame["end"] <= grace
    change = following["mrr_amount"].astype("float64") / frame["mrr_amount"].astype("float64") - 1
    choices = [
        (stays & (change >= SAME), "expanded"),
        (stays & (change <= -SAME), "contracted"),
        (stays, "renewed"),
        (frame["end"] + grace <= as_of, "churned"),
    ]
    words = np.select([mask.to_numpy() for mask, _ in choices], [word for _, word in choices], "open")
    return pd.Series(words, index=frame.index).reindex(contracts.index, fill_value="open").astype(object)
