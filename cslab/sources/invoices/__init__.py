"""Invoices in place of contracts: who pays how much from when until when, read off what was billed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from cslab.sources.fees import movements
from cslab.sources.findings import Findings
from cslab.sources.invoices.credits import with_credits
from cslab.sources.invoices.lines import fee_lines
from cslab.sources.invoices.terms import running, smoothed, terms
from cslab.sources.mapped import RawFile
from cslab.sources.outcomes import outcomes
from cslab.sources.rules import FileMapping
from cslab.sources.sections import INVOICES
from cslab.tables import check_table

if TYPE_CHECKING:
    import pandas as pd

    Tables = Mapping[str, pd.DataFrame]
    Files = Mapping[str, RawFile]

__all__ = ["from_invoices"]


def from_invoices(
    tables: Tables, files: Files, mapping: FileMapping, findings: Findings
) -> tuple[Tables, Files, FileMapping]:
    """The tables with what invoices tell, where the folder does not say it itself: contracts, MRR movements, accounts.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Typed, with row numbers as index; without a section ``invoices`` nothing happens.
    files : mapping of str to RawFile
        By table.
    mapping : FileMapping
        May state the day of the export and the currency.
    findings : Findings
        Gets every rule that was used as a note, with its counts; and the faults of the invoices.

    Returns
    -------
    tables, files, mapping
        Without ``invoices``; the derived tables count as made from the file of the invoices; the mapping states the
        day of the export and the currency.

    >>> import pandas as pd
    >>> days = pd.to_datetime(["2024-04-01", "2024-05-01"])
    >>> invoices = pd.DataFrame({"account_id": "A", "amount": 100.0, "invoiced_on": days, "months": 1}, index=[2, 3])
    >>> file = RawFile("invoices.csv", invoices.astype(str))
    >>> made, _, _ = from_invoices({"invoices": invoices}, {"invoices": file}, FileMapping(), Findings())
    >>> made["contracts"]["outcome"].tolist(), made["mrr_movements"]["type"].tolist()
    (['renewed', 'open'], ['new'])
    """
    if INVOICES.name not in tables:
        return tables, files, mapping
    invoices, file = tables[INVOICES.name], files[INVOICES.name]
    rest = {name: frame for name, frame in tables.items() if name != INVOICES.name}
    others = {name: raw for name, raw in files.items() if name != INVOICES.name}
    faults = list(check_table(INVOICES, invoices, file.name))
    findings.faults += faults
    if faults or findings.faults:
        return rest, others, mapping
    mapping = _of_one_currency(invoices, file.name, mapping, findings)
    mapping = _with_day(invoices, rest, file.name, mapping, findings)
    invoices = _with_months(invoices, rest, file.name, findings)
    if (again := file.cells.duplicated()).any():
        findings.note("same_rows", file=file.name, count=int(again.sum()), row=file.cells.index[again][0])
    made = _derived(invoices, file.name, mapping, findings) if not findings.faults else {}
    fresh = {name: frame for name, frame in made.items() if name not in rest}
    return {**fresh, **rest}, {**dict.fromkeys(fresh, file), **others}, mapping


def _derived(invoices: pd.DataFrame, file: str, mapping: FileMapping, findings: Findings) -> dict[str, pd.DataFrame]:
    """What invoices tell, table by table."""
    import pandas as pd

    as_of = pd.Timestamp(mapping.as_of)
    lines = fee_lines(invoices, as_of, file, findings)
    if findings.faults:
        return {}
    lines = smoothed(with_credits(lines, file, findings))
    if lines.empty:
        findings.fault("invoices_nothing", file=file, total=len(invoices))
        return {}
    contracts = terms(lines, as_of)
    contracts["outcome"] = outcomes(contracts, as_of)
    fees = running(lines, as_of, file, findings).rename(columns={"fee": "mrr_amount"})
    moves = movements(fees, as_of)
    accounts = pd.DataFrame({"account_id": lines["account_id"].drop_duplicates()})
    if (contracts["product"] == "").all():
        contracts = contracts.drop(columns="product")
    back = int((moves["type"] == "reactivation").sum())
    values = {"lines": len(lines), "contracts": len(contracts), "movements": len(moves), "back": back}
    findings.note("invoices_read", file=file, **values)
    return {"accounts": accounts, "contracts": contracts, "mrr_movements": moves}


def _with_months(invoices: pd.DataFrame, rest: Tables, file: str, findings: Findings) -> pd.DataFrame:
    """The invoices with the months of the contract that they name as their product, where nothing else says it."""
    contracts = rest.get("contracts")
    if {"months", "period_end"} & set(invoices) or "product" not in invoices or contracts is None:
        return invoices
    if not {"contract_id", "term_months"} <= set(contracts):
        return invoices
    terms_of = contracts.drop_duplicates("contract_id").set_index("contract_id")["term_months"].astype("float64")
    months = invoices["product"].map(terms_of)
    findings.note("invoices_months", file=file, count=int(months.notna().sum()), total=len(months))
    return invoices.assign(months=months)


def _of_one_currency(invoices: pd.DataFrame, file: str, mapping: FileMapping, findings: Findings) -> FileMapping:
    """The mapping with the currency of the invoices; a fault where they have several, or not the stated one."""
    if "currency" not in invoices:
        return mapping
    counts = invoices["currency"].dropna().astype(str).str.upper().value_counts()
    stated = mapping.currency.upper()
    if len(counts) > 1 or (len(counts) and stated and stated != counts.index[0]):
        told = ", ".join(f"{name} {count:,}" for name, count in counts.items())
        findings.fault("invoices_currencies", file=file, found=told, stated=stated or "-")
        return mapping
    return replace(mapping, currency=str(counts.index[0])) if len(counts) else mapping


def _with_day(invoices: pd.DataFrame, rest: Tables, file: str, mapping: FileMapping, findings: Findings) -> FileMapping:
    """The mapping with the day of the export: the stated one, else the last day of the invoices."""
    if mapping.as_of:
        return mapping
    days = [invoices[name].max() for name in ("invoiced_on", "period_start") if name in invoices]
    known = [day for day in days if day == day]
    if not known:
        return mapping
    first = known[0]
    findings.note("as_of_last_invoice", file=file, as_of=first.date())
    return replace(mapping, as_of=f"{first:%Y-%m-%d}")
