"""What a folder's tables are refused for, told in the words of its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cslab.faults import Fault, nearest
from cslab.sources.findings import Findings
from cslab.sources.mapped import RawFile
from cslab.sources.rules import FileMapping
from cslab.sources.spans import span_faults
from cslab.sources.stock import is_stock_sample
from cslab.tables import TABLES, check_tables

if TYPE_CHECKING:
    import pandas as pd


def table_faults(
    tables: Mapping[str, pd.DataFrame], files: Mapping[str, RawFile], mapping: FileMapping, findings: Findings
) -> list[Fault]:
    """What breaks the contract; what only follows from an unreadable cell, or has been told, is not repeated.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Typed, with row numbers as index.
    files : mapping of str to RawFile
        From which they were made.
    mapping : FileMapping
        Tells what the file calls each column.
    findings : Findings
        What was found before; gets notes on contracts without an end and the like.

    Returns
    -------
    list of Fault
        Empty where the contract is kept.

    >>> import pandas as pd
    >>> cells = pd.DataFrame({"account_id": ["A1", "A1"]}, index=[2, 3])
    >>> faults = table_faults({"accounts": cells}, {"accounts": RawFile("a.csv", cells)}, FileMapping(), Findings())
    >>> [fault.key for fault in faults]
    ['duplicate_key']
    """
    checked = {table: _readable(table, frame, files[table].name, findings) for table, frame in tables.items()}
    found = check_tables(checked, {table: file.name for table, file in files.items()})
    if "contracts" in checked:
        spans = Findings(notes=findings.notes)
        span_faults(checked["contracts"], files["contracts"].name, is_stock_sample(tables), spans)
        found += spans.faults
    told = {str(fault.values["key"]) for fault in findings.faults if "key" in fault.values}
    names = {
        (files[table].name, column): _lettered(f"{rule.column} ({column})", files[table], rule.column)
        for table, section in mapping.tables.items()
        if table in files
        for column, rule in section.columns.items()
        if rule.column not in ("", column)
    }
    ours = {(file.name, each): _lettered(each, file, each) for file in files.values() for each in file.letters}
    names = {**ours, **names}
    headers = {file.name: [str(header) for header in file.cells] for file in files.values()}
    return [_in_their_names(fault, headers, names) for fault in found if not _follows(fault, told, files)]


def _lettered(name: str, file: RawFile, header: str) -> str:
    """A column's name, with its letters in a sheet."""
    return f"{name} [{file.letters[header]}]" if header in file.letters else name


def _follows(fault: Fault, told: set[str], files: Mapping[str, RawFile]) -> bool:
    """Whether a column is absent only because a mapping names a wrong one, which has been told."""
    if fault.key == "no_span":
        return any(f"contracts.{column}" in told for column in ("start", "end", "tenure_months", "ended"))
    tables = [table for table, file in files.items() if file.name == fault.values.get("file")]
    absent = fault.key in ("missing_column", "missing_column_near")
    return absent and any(f"{table}.{fault.values['column']}" in told for table in tables)


def _readable(table: str, frame: pd.DataFrame, file: str, findings: Findings) -> pd.DataFrame:
    """The rows whose required cells could be read; those of ``accounts`` all stay, since other tables hang on them."""
    if table == "accounts":
        return frame
    required = [column.name for column in TABLES[table].columns if column.need == "required"]
    columns = (*TABLES[table].key, *required, "start", "tenure_months", "ended")
    unread = set().union(*(findings.unread.get((file, column), set()) for column in columns))
    return frame.drop(index=list(unread)) if unread else frame


def _in_their_names(fault: Fault, headers: Mapping[str, list[str]], names: Mapping[tuple[str, str], str]) -> Fault:
    """A fault with the columns that the file really has, and what the file calls them."""
    values, file = dict(fault.values), str(fault.values.get("file"))
    if "found" not in values:
        parts = str(values.get("column", "")).split(" + ")
        shown = {"column": " + ".join(names.get((file, part), part) for part in parts)} if parts != [""] else {}
        return Fault(fault.key, {**values, **shown})
    near = nearest(values.get("column", ""), headers[file])
    absent = fault.key in ("missing_column", "missing_column_near")
    key = ("missing_column_near" if near else "missing_column") if absent else fault.key
    return Fault(key, {**values, "found": ", ".join(headers[file]), "near": near})
