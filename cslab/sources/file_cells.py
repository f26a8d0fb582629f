"""The files that were found to be tables, read into cells: each once, whatever form it has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.sources.datafile import BOOKS, OLD_BOOK, DataFile
from cslab.sources.files import PARQUET, required
from cslab.sources.findings import Findings
from cslab.sources.mapped import RawFile
from cslab.sources.parquet import lack
from cslab.sources.parquet import read_cells as read_parquet
from cslab.sources.reading import read_cells, read_text
from cslab.sources.rules import FileMapping
from cslab.sources.sheets import read_sheet
from cslab.sources.totals import without_totals
from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd


def read_files(assigned: Mapping[str, DataFile], mapping: FileMapping, findings: Findings) -> dict[str, RawFile]:
    """Every assigned file, read once, by table.

    Parameters
    ----------
    assigned : mapping of str to DataFile
        As ``assign`` makes it.
    mapping : FileMapping
        May name the encoding, and the row of a header.
    findings : Findings
        Where faults and notes go: unreadable, empty, header only.

    >>> read_files({}, FileMapping(), Findings())
    {}
    """
    read: dict[DataFile, RawFile | None] = dict.fromkeys(_shut(assigned, findings))
    wanted = _wanted(mapping)
    for table, source in assigned.items():
        if source not in read:
            rows = [rules.header_row for name, rules in mapping.tables.items() if assigned.get(name) == source]
            read[source] = _read(source, max(rows, default=0), wanted, mapping, findings)
        file = read[source]
        if file is not None and file.cells.empty:
            if table in required(assigned):
                findings.fault("file_no_rows", file=file.name, table=table)
            else:
                findings.note("file_no_rows", file=file.name)
                read[source] = None if source.sheet else file
    return {table: file for table, source in assigned.items() if (file := read[source]) is not None}


def _wanted(mapping: FileMapping) -> set[str]:
    """The names that a header probably has: those of the mapping, and ours."""
    ours = {name for table in TABLES.values() for name in table.names}
    return ours | {read for rules in mapping.tables.values() for rule in rules.columns.values() for read in rule.reads}


def _shut(assigned: Mapping[str, DataFile], findings: Findings) -> list[DataFile]:
    """The Parquet files that cannot be read for want of the extra, which is told once for all of them."""
    files = [file for file in dict.fromkeys(assigned.values()) if file.suffix == PARQUET]
    fault = lack(files[0].name if len(files) == 1 else f"{files[0].name} … ({len(files)}×)") if files else None
    if fault is None:
        return []
    findings.faults.append(fault)
    return files


def _read(
    file: DataFile, header_row: int, wanted: Collection[str], mapping: FileMapping, findings: Findings
) -> RawFile | None:
    """The cells of one file, as text; None, and a fault, where it cannot be read."""
    if file.suffix in (*BOOKS, OLD_BOOK):
        sheet = read_sheet(file, findings, wanted, header_row)
        return sheet and replace(sheet, cells=_without_empty(sheet.cells, mapping))
    cells = _cells(file.path, header_row, mapping, findings)
    return None if cells is None else RawFile(file.name, without_totals(cells, file.name, findings))


def _without_empty(cells: pd.DataFrame, mapping: FileMapping) -> pd.DataFrame:
    """A sheet without those columns of ours that nobody filled in, as in a template: they are as good as not there."""
    named = {read for rules in mapping.tables.values() for rule in rules.columns.values() for read in rule.reads}
    spare = {column.name for table in TABLES.values() for column in table.columns if column.need != "required"} - named
    empty = [name for name in cells if name in spare and len(cells) and not (cells[name].str.strip() != "").any()]
    return cells.drop(columns=empty)


def _cells(path: Path, header_row: int, mapping: FileMapping, findings: Findings) -> pd.DataFrame | None:
    """The cells of a Parquet or text file."""
    if path.suffix.lower() == PARQUET:
        return read_parquet(path, findings)
    text = read_text(path, findings, mapping.encoding)
    return None if text is None else read_cells(text, path.name, findings, header_row)
