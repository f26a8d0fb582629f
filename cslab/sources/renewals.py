"""Renewals that come up, read off the contracts, where a company keeps no list of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cslab.sources.findings import Findings

if TYPE_CHECKING:
    import pandas as pd

AHEAD = 120
"""Days before its end on which a contract is taken onto the list."""
SHORTEST = 2
"""Months: shorter contracts renew all the time, and nobody lists them."""


def with_renewals(
    tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp, findings: Findings
) -> dict[str, pd.DataFrame]:
    """The tables, with ``renewals`` made from the contracts where it is missing: what comes due, and what became of it.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of the contract; ``contracts`` needs ``contract_id``, ``start``, ``end`` and ``outcome``.
    as_of : Timestamp
        Last day that is known; what comes onto the list later is not there.
    findings : Findings
        Where a note says so.

    Returns
    -------
    dict of str to DataFrame

    >>> import pandas as pd
    >>> contracts = pd.DataFrame({"contract_id": ["C1"], "account_id": "A", "start": pd.to_datetime(["2023-04-01"]),
    ...     "end": pd.to_datetime(["2024-04-01"]), "mrr_amount": 100.0, "outcome": "renewed"})
    >>> found = with_renewals({"contracts": contracts}, pd.Timestamp("2024-06-30"), Findings())["renewals"]
    >>> found[["due", "arr_due_amount", "outcome"]].astype(str).values.tolist()
    [['2024-04-01', '1200.0', 'renewed']]
    """
    import pandas as pd

    contracts, needed = tables.get("contracts"), {"contract_id", "account_id", "start", "end", "outcome"}
    if "renewals" in tables or contracts is None or not needed <= set(contracts):
        return dict(tables)
    days = pd.Timedelta(days=AHEAD)
    listed = (contracts["end"] - days).where(contracts["end"] - days > contracts["start"], contracts["start"])
    long = (contracts["end"] - contracts["start"]).dt.days > SHORTEST * 30.4375 - 5
    kept = contracts[long & (listed <= as_of) & contracts["contract_id"].notna()]
    if kept.empty:
        return dict(tables)
    made = {"contract_id": kept["contract_id"], "account_id": kept["account_id"]}
    made |= {"listed_on": listed[kept.index], "due": kept["end"]}
    if "notice_days" in kept:
        made["notice_by"] = kept["end"] - pd.to_timedelta(kept["notice_days"].astype("float64"), unit="D")
    if "mrr_amount" in kept:
        made["arr_due_amount"] = 12 * kept["mrr_amount"].astype("float64")
    decided = kept["decided_on"] if "decided_on" in kept else kept["end"]
    made |= {"decided_on": decided.where(kept["outcome"] != "open"), "outcome": kept["outcome"]}
    findings.note("renewals_made", count=len(kept), days=AHEAD, months=SHORTEST)
    return {**tables, "renewals": pd.DataFrame(made)}
