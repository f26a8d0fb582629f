"""Movements of recurring revenue read off the fees of contracts, where a company records none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cslab.sources.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

NEEDED = ("start", "end", "mrr_amount")
"""Columns of ``contracts`` that say who paid how much from when until when."""
LEAST = 0.5
"""Below this smallest part of a currency unit a change of fee is none."""


def with_movements(
    tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp, findings: Findings
) -> dict[str, pd.DataFrame]:
    """The tables, with ``mrr_movements`` made from the contracts where it is missing and they know their fees.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of the contract.
    as_of : Timestamp
        Last day that is known; a month that is not over has no movements yet.
    findings : Findings
        Where a note says so.

    Returns
    -------
    dict of str to DataFrame

    >>> import pandas as pd
    >>> with_movements({"accounts": pd.DataFrame()}, pd.Timestamp("2024-03-31"), Findings()).keys()
    dict_keys(['accounts'])
    """
    made = dict(tables)
    contracts = made.get("contracts")
    if (
        "mrr_movements" in made
        or contracts is None
        or not {*NEEDED} <= {*contracts}
        or contracts["mrr_amount"].isna().all()
    ):
        return made
    found = movements(_until_they_left(_joined(contracts), made.get("churn_events")), as_of)
    if found.empty:
        return made
    findings.note("movements_made", count=len(found), contracts=int(contracts["mrr_amount"].notna().sum()))
    return {**made, "mrr_movements": found}


def movements(contracts: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """What each account's fees changed by in each month: one contract ends, another begins.

    A change within a contract is not seen before the next one begins.

    Parameters
    ----------
    contracts : DataFrame
        ``account_id``, ``start``, ``end`` (first day no longer in force; missing while it runs on), ``mrr_amount``.
    as_of : Timestamp
        Last day that is known.

    Returns
    -------
    DataFrame
        ``account_id``, ``month`` (its first day), ``type``, ``amount`` (currency a month).

    >>> import pandas as pd
    >>> days = pd.to_datetime(["2022-04-01", "2023-04-01", "2024-04-01"])
    >>> terms = {"account_id": "A", "start": days[:2], "end": days[1:], "mrr_amount": [100.0, 120.0]}
    >>> movements(pd.DataFrame(terms), pd.Timestamp("2024-04-30"))["type"].tolist()
    ['new', 'expansion', 'churn']
    """
    import pandas as pd

    terms = contracts.dropna(subset=["mrr_amount"])
    sides = [
        pd.DataFrame({"account_id": terms["account_id"], "month": terms[day], "amount": sign * terms["mrr_amount"]})
        for day, sign in (("start", 1), ("end", -1))
    ]
    both = pd.concat(sides, ignore_index=True).dropna(subset=["month"])
    both["month"] = both["month"].dt.to_period("M").dt.to_timestamp()
    moves: pd.DataFrame = both.groupby(["account_id", "month"], as_index=False, sort=True)[["amount"]].sum()
    over = moves["month"] + pd.offsets.MonthEnd(0) <= as_of
    moves = moves[over & (moves["amount"].abs() > LEAST)].reset_index(drop=True)
    return moves.assign(type=_types(moves))[["account_id", "month", "type", "amount"]]


def _joined(contracts: pd.DataFrame) -> pd.DataFrame:
    """The contracts, each that is written with its last day in force ended where the account's next one begins."""
    import pandas as pd

    after = contracts["end"] + pd.Timedelta(days=1)
    begins = pd.MultiIndex.from_frame(contracts[["account_id", "start"]].dropna())
    followed = pd.MultiIndex.from_arrays([contracts["account_id"], after]).isin(begins)
    return contracts.assign(end=contracts["end"].where(~followed, after))


def _until_they_left(contracts: pd.DataFrame, events: pd.DataFrame | None) -> pd.DataFrame:
    """The contracts, each ended on the day on which its account left while it ran."""
    if events is None or "effective_on" not in events:
        return contracts
    left = contracts[["account_id", "start", "end"]].reset_index().merge(events[["account_id", "effective_on"]])
    runs = (left["start"] <= left["effective_on"]) & ~(left["end"] <= left["effective_on"])
    days = left[runs].groupby("index")["effective_on"].min()
    return contracts.assign(end=days.reindex(contracts.index).fillna(contracts["end"]))


def _types(moves: pd.DataFrame) -> pd.Series:
    """What each movement is: the first fee, a return, the end of all fees, more or less of them."""
    import numpy as np
    import pandas as pd

    after = moves.groupby("account_id")["amount"].cumsum()
    first = ~moves["account_id"].duplicated()
    gone, came = after.abs() <= LEAST, (after - moves["amount"]).abs() <= LEAST
    names = ["new", "reactivation", "churn", "expansion"]
    kinds = np.select([first, came, gone, moves["amount"] > 0], names, "contraction")
    return pd.Series(kinds, index=moves.index)
