"""What keeps the contract and is doubtful all the same: counted in notes before anybody trusts a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cslab.sources.findings import Findings
from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

CENT = 0.005
"""Sums of amounts that are nearer to zero than this are zero."""
ORDERED = (("contracts", "start", "decided_on"), ("churn_events", "decided_on", "effective_on"))
"""Days of one row that lie in this order."""


def doubt_notes(tables: Mapping[str, pd.DataFrame], files: Mapping[str, str], findings: Findings) -> None:
    """Count customers without a contract, equal rows that no key tells apart, days out of order, MRR below zero.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables that keep the contract, with row numbers as index.
    files : mapping of str to str
        What to call each table.
    findings : Findings
        Where the notes go.

    >>> import pandas as pd
    >>> findings = Findings()
    >>> tables = {"accounts": pd.DataFrame({"account_id": ["A1", "合計"]}),
    ...           "contracts": pd.DataFrame({"account_id": ["A1"]})}
    >>> doubt_notes(tables, {"accounts": "accounts.csv", "contracts": "contracts.csv"}, findings)
    >>> findings.notes[0].key, findings.notes[0].values["example"]
    ('accounts_without_contracts', '合計')
    """
    accounts = tables["accounts"]["account_id"]
    bare = accounts[~accounts.isin(tables["contracts"]["account_id"])]
    if len(bare):
        values = {"count": len(bare), "total": len(accounts), "example": bare.iloc[-1]}
        findings.note("accounts_without_contracts", file=files["accounts"], **values)
    for name, frame in tables.items():
        if not TABLES[name].key and (again := frame.duplicated()).any():
            findings.note("same_rows", file=files[name], count=int(again.sum()), row=frame.index[again][0])
    _order_notes(tables, files, findings)
    if "mrr_movements" in tables:
        _below_zero(tables["mrr_movements"], files["mrr_movements"], findings)


def _order_notes(tables: Mapping[str, pd.DataFrame], files: Mapping[str, str], findings: Findings) -> None:
    """Count rows whose days contradict each other; a customer cannot sign after its first contract has begun."""
    for name, first, then in ORDERED:
        if name in tables and {first, then} <= set(tables[name]):
            frame = tables[name]
            _order_note(frame[first], frame[then], f"{name}.{first}", f"{name}.{then}", files[name], findings)
    accounts, contracts = tables["accounts"], tables["contracts"]
    if "signed_on" in accounts and {"start", "end"} <= set(contracts):
        starts = accounts["account_id"].map(contracts.groupby("account_id")["start"].min())
        places = ("accounts.signed_on", "contracts.start")
        _order_note(accounts["signed_on"], starts, *places, files["accounts"], findings)


def _order_note(first: pd.Series, then: pd.Series, one: str, other: str, file: str, findings: Findings) -> None:
    """Count rows whose second day lies before the first."""
    odd = then < first
    if odd.any():
        row = first.index[odd][0]
        values = {"row": row, "first": one, "then": other, "day": first[row].date(), "before": then[row].date()}
        findings.note("days_out_of_order", file=file, count=int(odd.sum()), **values)


def _below_zero(moves: pd.DataFrame, file: str, findings: Findings) -> None:
    """Count customers whose changes sum to less than nothing, as where the opening balance is missing."""
    mrr = moves.groupby(["account_id", "month"], sort=True)["amount"].sum().groupby(level=0).cumsum()
    below = mrr[mrr < -CENT]
    if len(below):
        account, month = below.index[0]
        count = below.index.get_level_values(0).nunique()
        findings.note("mrr_below_zero", file=file, count=count, example=account, month=f"{month:%Y-%m}")
