"""Which file of a folder is which table."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.faults import nearest
from cslab.sources.findings import Findings
from cslab.sources.mapped import RawFile
from cslab.sources.mapping import read_mapping, shipped
from cslab.sources.parquet import lack
from cslab.sources.parquet import read_cells as read_parquet
from cslab.sources.reading import header_of, read_cells, read_text
from cslab.sources.rules import FileMapping
from cslab.tables import EVENTS, TABLES

if TYPE_CHECKING:
    import pandas as pd

REQUIRED = ("accounts", "contracts")
PIPELINE = ("accounts", "deals")
"""What a folder must hold instead where it knows of deals and not of contracts: an export of the sales pipeline."""
PARQUET = ".parquet"
SUFFIXES = (".csv", ".tsv", PARQUET)
OTHER_DATA = (".txt", ".xlsx", ".xls", ".xlsm", ".ods", ".json", ".jsonl", ".gz", ".zip")
"""What may hold data too, and is named in a note because it is not read."""


def data_files(folder: Path, findings: Findings) -> list[Path]:
    """The CSV and Parquet files of a folder, sorted by name.

    Parameters
    ----------
    folder : Path
        Its hidden files and those that a spreadsheet has open are passed over.
    findings : Findings
        Gets a fault where there is none.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     findings = Findings(); data_files(Path(folder), findings), findings.faults[0].key
    ([], 'no_data_files')
    """
    found = _with_suffix(folder, SUFFIXES)
    if not found:
        names = ", ".join(sorted(path.name for path in folder.iterdir() if path.name[0] not in ".~")) or "-"
        findings.fault("no_data_files", folder=str(folder), found=names)
    return found


def recognised(paths: list[Path]) -> tuple[str, Path] | None:
    """The shipped mapping whose header is exactly that of one of the files, and the file.

    Parameters
    ----------
    paths : list of Path
        Of a folder.

    >>> recognised([]) is None
    True
    """
    headers = {path: _header(path) for path in paths}
    for name, toml in shipped().items():
        wanted = list(read_mapping(toml, name, Findings()).recognise)
        for path, header in headers.items():
            if wanted and header == wanted:
                return name, path
    return None


def _header(path: Path) -> list[str]:
    """The names in the first line of a text file; nothing where it cannot be read, which is said later."""
    if path.suffix.lower() == PARQUET:
        return []
    try:
        with path.open(encoding="utf-8-sig") as lines:
            first = next(lines, "").strip()
    except (OSError, UnicodeDecodeError):
        return []
    return header_of(first)[0] if first else []


def assign(folder: Path, paths: list[Path], mapping: FileMapping, findings: Findings) -> dict[str, Path]:
    """The file of each table: as the mapping names it, by the header it recognises, or by the table's name.

    Parameters
    ----------
    folder : Path
        The folder, to tell what else is in it.
    paths : list of Path
        Its files.
    mapping : FileMapping
        Empty where there is none.
    findings : Findings
        Gets a fault for two files of one table, for a named file that is not there, and for a required table without
        a file.

    >>> list(assign(Path(), [Path("accounts.csv"), Path("contracts.csv")], FileMapping(), Findings()))
    ['accounts', 'contracts']
    """
    by_header = [path for path in paths if mapping.recognise and _header(path) == list(mapping.recognise)]
    files: dict[str, Path] = {}
    unclear: set[str] = set()
    for table in TABLES:
        found, named = _candidates(table, folder, paths, by_header, mapping, findings)
        if len(found) == 1:
            files[table] = found[0]
        elif found:
            findings.fault("two_files", table=table, files=", ".join(path.name for path in found))
        if found or named:
            unclear.add(table)
    for table in required(files):
        if table not in unclear and paths:
            there = [*paths, *_with_suffix(folder, OTHER_DATA)]
            stem = nearest(table, [path.stem for path in there])
            near = next((path.name for path in there if path.stem == stem), "-")
            found_names = ", ".join(path.name for path in there)
            findings.fault("no_file_for_table", table=table, found=found_names, near=near)
    return files


def required(tables: Iterable[str]) -> tuple[str, ...]:
    """The tables that a folder cannot do without: accounts, and contracts or deals.

    Parameters
    ----------
    tables : iterable of str
        Those that it has.

    >>> required(["accounts", "deals"]), required(["accounts"])
    (('accounts', 'deals'), ('accounts', 'contracts'))
    """
    known = set(tables)
    return PIPELINE if "deals" in known and "contracts" not in known else REQUIRED


def _candidates(
    table: str, folder: Path, paths: list[Path], by_header: list[Path], mapping: FileMapping, findings: Findings
) -> tuple[list[Path], bool]:
    """The files that could be a table, and whether the mapping named one (whose absence has then been told)."""
    written = mapping.tables.get(table)
    if written and written.file:
        found = [path for path in paths if _same(path.name, written.file)]
        if not found:
            names = [path.name for path in paths]
            near = nearest(written.file, names) or "-"
            values = {"table": table, "near": near, "found": ", ".join(names)}
            there = any(_same(path.name, written.file) for path in _with_suffix(folder, OTHER_DATA))
            key = "mapped_file_kind" if there else "mapped_file_absent"
            findings.fault(key, file=written.file, mapping=mapping.name, **values)
        return found, True
    if written and by_header:
        return by_header, True
    by_name = [path for path in paths if path.stem.casefold() == table]
    if written and not by_name and len(paths) == 1:
        return paths, True
    return by_name, False


def _with_suffix(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """The files of a folder with one of some endings; hidden ones, and those that Excel has open, are passed over."""
    visible = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name[0] not in ".~"]
    return [path for path in visible if path.suffix.lower() in suffixes]


def _same(name: str, written: str) -> bool:
    """Whether a file goes by a name; a Mac may spell が with two signs where the mapping has one."""
    return unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", written)


def read_files(assigned: Mapping[str, Path], mapping: FileMapping, findings: Findings) -> dict[str, RawFile]:
    """Every assigned file, read once, by table.

    Parameters
    ----------
    assigned : mapping of str to Path
        As ``assign`` makes it.
    mapping : FileMapping
        May name the encoding.
    findings : Findings
        Where faults and notes go: unreadable, empty, header only.

    >>> read_files({}, FileMapping(), Findings())
    {}
    """
    read: dict[Path, RawFile | None] = dict.fromkeys(_shut(assigned, findings))
    for table, path in assigned.items():
        if path not in read:
            cells = _cells(path, mapping, findings)
            read[path] = None if cells is None else RawFile(path.name, cells)
        file = read[path]
        if file is not None and file.cells.empty:
            if table in required(assigned):
                findings.fault("file_no_rows", file=path.name, table=table)
            else:
                findings.note("file_no_rows", file=path.name)
    return {table: file for table, path in assigned.items() if (file := read[path]) is not None}


def _shut(assigned: Mapping[str, Path], findings: Findings) -> list[Path]:
    """The Parquet files that cannot be read for want of the extra, which is told once for all of them."""
    files = [path for path in dict.fromkeys(assigned.values()) if path.suffix.lower() == PARQUET]
    fault = lack(files[0].name if len(files) == 1 else f"{files[0].name} … ({len(files)}×)") if files else None
    if fault is None:
        return []
    findings.faults.append(fault)
    return files


def _cells(path: Path, mapping: FileMapping, findings: Findings) -> pd.DataFrame | None:
    """The cells of one file, as text; None, and a fault, where it cannot be read."""
    if path.suffix.lower() == PARQUET:
        return read_parquet(path, findings)
    text = read_text(path, findings, mapping.encoding)
    return None if text is None else read_cells(text, path.name, findings)


def unread_note(folder: Path, assigned: Mapping[str, Path], findings: Findings) -> None:
    """Name the files of a folder that look like data and were not read.

    Parameters
    ----------
    folder : Path
        The folder.
    assigned : mapping of str to Path
        What was read.
    findings : Findings
        Where the note goes.

    >>> findings = Findings(); unread_note(Path("cslab/mappings"), {}, findings); findings.notes
    []
    """
    data = _with_suffix(folder, SUFFIXES + OTHER_DATA)
    names = [path.name for path in data if path not in assigned.values() and path.name != f"{EVENTS.name}{PARQUET}"]
    if names:
        findings.note("files_not_read", files=", ".join(names), tables=", ".join(TABLES))
