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
_FORMERLY = r"^.*[(\s](?:旧|formerly)[\s:]*(?=\S)"
"""What stands before the old name of a company that says it."""
_FORMS = r"株式会社|合同会社|有限会社|\(株\)|\(有\)|\b(?:inc|ltd|llc|corp|co|gmbh|kk)\b|[\W_]"
"""What two spellings of one company's name may differ in."""
ORDERED = (("contracts", "start", "decided_on"), ("churn_events", "decided_on", "effective_on"))
"""Days of one row that lie in this order."""


def doubt_notes(
    tables: Mapping[str, pd.DataFrame],
    files: Mapping[str, str],
    findings: Findings,
    named: Mapping[str, pd.DataFrame] | None = None,
) -> None:
    """Count customers without a contract, deals without a customer, blank cells, names alike, equal rows, odd days.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables that keep the contract, with row numbers as index.
    files : mapping of str to str
        What to call each table.
    findings : Findings
        Where the notes go.
    named : mapping of str to DataFrame, optional
        The same tables with the names that pseudonyms stand for, where likeness can still be seen.

    >>> import pandas as pd
    >>> findings = Findings()
    >>> tables = {"accounts": pd.DataFrame({"account_id": ["A1", "合計"]}),
    ...           "contracts": pd.DataFrame({"account_id": ["A1"]})}
    >>> doubt_notes(tables, {"accounts": "accounts.csv", "contracts": "contracts.csv"}, findings)
    >>> findings.notes[0].key, findings.notes[0].values["example"]
    ('accounts_without_contracts', '合計')
    """
    accounts = tables["accounts"]["account_id"]
    if "contracts" in tables and len(bare := accounts[~accounts.isin(tables["contracts"]["account_id"])]):
        values = {"count": len(bare), "total": len(accounts), "example": bare.iloc[-1]}
        findings.note("accounts_without_contracts", file=files["accounts"], **values)
    if "deals" in tables:
        _deal_notes(tables["deals"], set(accounts), files["deals"], findings)
    _blank_note(tables["accounts"], files["accounts"], findings)
    if "account_name" in (known := (named or tables)["accounts"]):
        _names_note(known, files["accounts"], findings)
    for name, frame in tables.items():
        if not TABLES[name].key and (again := frame.duplicated()).any():
            findings.note("same_rows", file=files[name], count=int(again.sum()), row=frame.index[again][0])
    _order_notes(tables, files, findings)
    if "mrr_movements" in tables:
        _below_zero(tables["mrr_movements"], files["mrr_movements"], findings)


def _deal_notes(deals: pd.DataFrame, accounts: set[str], file: str, findings: Findings) -> None:
    """Count deals that nobody has met yet, and those whose account is not known though that of others like them is."""
    if "engaged_on" in deals and (waiting := int(deals["engaged_on"].isna().sum())):
        findings.note("deals_not_engaged", file=file, count=waiting, total=len(deals))
    if not {"account_id", "outcome"} <= set(deals):
        return
    known = deals["account_id"].isin(accounts)
    for outcome, rows in known.groupby(deals["outcome"]):
        if rows.any() and not rows.all():
            values = {"count": int((~rows).sum()), "total": len(rows), "outcome": outcome}
            findings.note("deals_without_account", file=file, **values)


def _blank_note(accounts: pd.DataFrame, file: str, findings: Findings) -> None:
    """Count what is not known of customers though it could be from the first day: comparisons leave them out."""
    known_at_once = [column.name for column in TABLES["accounts"].columns if not column.known_from]
    blank = accounts[[name for name in known_at_once if name in accounts]].isna().sum()
    if blank.any():
        counts = ", ".join(f"{name} {count:,}" for name, count in blank[blank > 0].items())
        findings.note("blank_cells", file=file, total=len(accounts), counts=counts)


def _names_note(accounts: pd.DataFrame, file: str, findings: Findings) -> None:
    """Count customers who go by another's name but for its form, or say that they used to: perhaps one company."""
    names = accounts["account_name"].dropna().astype(str)
    plain = names.str.normalize("NFKC").str.casefold().str.replace(_FORMERLY, "", regex=True)
    plain = plain.str.replace(_FORMS, "", regex=True)
    again = plain[plain.duplicated(keep="first") & (plain != "")]
    if len(again):
        first = plain.index[plain == again.iloc[0]][0]
        values = {"one": names[first], "other": names[again.index[0]]}
        findings.note("names_alike", file=file, count=len(again), row=again.index[0], **values)


def _order_notes(tables: Mapping[str, pd.DataFrame], files: Mapping[str, str], findings: Findings) -> None:
    """Count rows whose days contradict each other; a customer cannot sign after its first contract has begun."""
    for name, first, then in ORDERED:
        if name in tables and {first, then} <= set(tables[name]):
            frame = tables[name]
            _order_note(frame[first], frame[then], f"{name}.{first}", f"{name}.{then}", files[name], findings)
    accounts, contracts = tables["accounts"], tables.get("contracts")
    if contracts is not None and "signed_on" in accounts and {"start", "end"} <= set(contracts):
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
