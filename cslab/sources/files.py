"""Which file of a folder is which table."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.faults import nearest
from cslab.sources.datafile import BOOKS, OLD_BOOK, DataFile
from cslab.sources.findings import Findings
from cslab.sources.mapping import read_mapping, shipped
from cslab.sources.reading import header_of
from cslab.sources.rules import FileMapping, TableRules
from cslab.sources.sections import INVOICES, SECTIONS
from cslab.sources.sheets import read_sheet, sheet_files, sheet_header
from cslab.tables import EVENTS, TABLES

if TYPE_CHECKING:
    pass

REQUIRED = ("accounts", "contracts")
PIPELINE = ("accounts", "deals")
"""What a folder must hold instead where it knows of deals and not of contracts: an export of the sales pipeline."""
PARQUET = ".parquet"
TEXT = ".txt"
SUFFIXES = (".csv", ".tsv", TEXT, *BOOKS, OLD_BOOK, PARQUET)
OTHER_DATA = (".xlsb", ".ods", ".json", ".jsonl", ".gz", ".zip")
"""What may hold data too, and is named in a note because it is not read."""


def data_files(folder: Path, findings: Findings) -> list[DataFile]:
    """The files and sheets of a folder, sorted by name; those of one workbook where that is the whole source.

    Parameters
    ----------
    folder : Path
        Its hidden files and those that a spreadsheet has open are passed over. Or a workbook.
    findings : Findings
        Gets a fault where there is none, and a note on sheets that a workbook hides.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     findings = Findings(); data_files(Path(folder), findings), findings.faults[0].key
    ([], 'no_data_files')
    """
    paths = _with_suffix(folder, SUFFIXES) if folder.is_dir() else [folder]
    found = [file for path in paths for file in (sheet_files(path) if _is_book(path) else [DataFile(path)])]
    if not found:
        inside = folder.iterdir() if folder.is_dir() else [folder]
        names = ", ".join(sorted(path.name for path in inside if path.name[0] not in ".~")) or "-"
        findings.fault("no_data_files", folder=str(folder), found=names)
    if hidden := [file.name for file in found if file.hidden]:
        findings.note("sheets_hidden", files=", ".join(hidden))
    return found


def _is_book(path: Path) -> bool:
    """Whether a file is a workbook by its name."""
    return path.suffix.lower() in (*BOOKS, OLD_BOOK)


def recognised(files: list[DataFile]) -> tuple[str, DataFile] | None:
    """The shipped mapping whose header is exactly that of one of the files, and the file.

    Parameters
    ----------
    files : list of DataFile
        Of a folder.

    >>> recognised([]) is None
    True
    """
    headers = {file: header(file) for file in files}
    for name, toml in shipped().items():
        wanted = list(read_mapping(toml, name, Findings()).recognise)
        for file, names in headers.items():
            if wanted and names == wanted:
                return name, file
    return None


def header(file: DataFile, wanted: Collection[str] = ()) -> list[str]:
    """The names of a file's columns, quietly: none where it cannot be read, which is said later.

    Parameters
    ----------
    file : DataFile
    wanted : collection of str
        Names that a header below titles probably has.

    >>> header(DataFile(Path("no such.csv")))
    []
    """
    if file.sheet:
        return sheet_header(file, wanted)
    if file.suffix in (PARQUET, *BOOKS, OLD_BOOK):
        return []
    for encoding in ("utf-8-sig", "cp932"):
        try:
            with file.path.open(encoding=encoding) as lines:
                first = next(lines, "").strip()
            return header_of(first)[0] if first else []
        except UnicodeDecodeError:
            continue
        except (OSError, csv.Error):
            return []
    return []


def headers(files: Iterable[DataFile]) -> dict[tuple[str, str], list[str]]:
    """The names of the columns of several files, by file and sheet.

    Parameters
    ----------
    files : iterable of DataFile

    >>> headers([DataFile(Path("no such.csv"))])
    {('no such.csv', ''): []}
    """
    return {(file.path.name, file.sheet): header(file) for file in files}


def assign(folder: Path, files: list[DataFile], mapping: FileMapping, findings: Findings) -> dict[str, DataFile]:
    """The file of each table: as the mapping names it, by the header it recognises, or by the table's name.

    Parameters
    ----------
    folder : Path
        The folder, to tell what else is in it.
    files : list of DataFile
        Its files and sheets.
    mapping : FileMapping
        Empty where there is none.
    findings : Findings
        Gets a fault for two files of one table, for a named file that is not there, and for a required table without
        a file.

    >>> files = [DataFile(Path("accounts.csv")), DataFile(Path("my.xlsx"), "contracts")]
    >>> list(assign(Path(), files, FileMapping(), Findings()))
    ['accounts', 'contracts']
    """
    by_header = [file for file in files if mapping.recognise and header(file) == list(mapping.recognise)]
    assigned: dict[str, DataFile] = {}
    unclear: set[str] = set()
    for table in SECTIONS:
        found, named = _candidates(table, folder, files, by_header, mapping, findings)
        if len(found) == 1:
            assigned[table] = found[0]
        elif found:
            findings.fault("two_files", table=table, files=", ".join(file.name for file in found))
        if found or named:
            unclear.add(table)
    if assigned.get("contracts") == assigned.get(INVOICES.name) and "contracts" not in mapping.tables:
        assigned.pop("contracts", None)  # its name says contracts, the mapping that it holds invoices
    missing = [table for table in required(assigned) if table not in unclear and files]
    shut = {file for file in files if _is_book(file.path) and not file.sheet} - set(assigned.values())
    for file in sorted(shut, key=lambda each: each.name) if missing else ():
        read_sheet(file, findings)
    for table in missing if not shut else ():
        _no_file(table, folder, files, findings)
    return assigned


def _no_file(table: str, folder: Path, files: list[DataFile], findings: Findings) -> None:
    """A required table without a file, told with what there is."""
    there = {file.name: file.stem for file in files} | {path.name: path.stem for path in _other_data(folder)}
    stem = nearest(table, there.values())
    near = next((name for name, each in there.items() if each == stem), "-")
    findings.fault("no_file_for_table", table=table, found=", ".join(there), near=near)


def required(tables: Iterable[str]) -> tuple[str, ...]:
    """The tables that a folder cannot do without: accounts, and contracts or deals; or invoices, which tell both.

    Parameters
    ----------
    tables : iterable of str
        Those that it has.

    >>> required(["accounts", "deals"]), required(["accounts"])
    (('accounts', 'deals'), ('accounts', 'contracts'))
    """
    known = set(tables)
    if INVOICES.name in known:
        return (INVOICES.name,)
    return PIPELINE if "deals" in known and "contracts" not in known else REQUIRED


def _candidates(
    table: str,
    folder: Path,
    files: list[DataFile],
    by_header: list[DataFile],
    mapping: FileMapping,
    findings: Findings,
) -> tuple[list[DataFile], bool]:
    """The files that could be a table, and whether the mapping named one (whose absence has then been told)."""
    written = mapping.tables.get(table)
    if written and (written.file or written.sheet):
        found = [file for file in files if file.goes_by(written.file, written.sheet)]
        if not written.sheet:
            found = [file for file in found if not file.hidden] or found
        if len(found) != 1:
            _not_one(table, written, found, folder, files, mapping, findings)
        return found[:1], True
    if written and by_header:
        return by_header, True
    by_name = [file for file in files if file.is_table(table)]
    if written and not by_name and len(lone := _lone(files)) == 1:
        return lone, True
    return by_name, False


def _lone(files: list[DataFile]) -> list[DataFile]:
    """The files that could be the only one: a text file beside others is probably a note."""
    shown = [file for file in files if not file.hidden]
    return [file for file in shown if file.suffix != TEXT] or shown


def _not_one(
    table: str,
    written: TableRules,
    found: list[DataFile],
    folder: Path,
    files: list[DataFile],
    mapping: FileMapping,
    findings: Findings,
) -> None:
    """A file that a mapping names and that is not there, or is one of several sheets, told with what there is."""
    values = {"table": table, "mapping": mapping.name, "file": written.file or written.sheet}
    if found:
        findings.fault("sheet_unclear", **values, sheets=", ".join(file.sheet for file in found))
        return
    if sheets := [file.sheet for file in files if written.sheet and file.sheet and file.goes_by(written.file)]:
        near = nearest(written.sheet, sheets) or "-"
        findings.fault("sheet_absent", **values, sheet=written.sheet, near=near, found=", ".join(sheets))
        return
    names = list(dict.fromkeys(file.path.name for file in files))
    kind = any(DataFile(path).goes_by(written.file) for path in _other_data(folder))
    values |= {"near": nearest(written.file, names) or "-", "found": ", ".join(names)}
    findings.fault("mapped_file_kind" if kind else "mapped_file_absent", **values)


def _other_data(folder: Path) -> list[Path]:
    """The files of a folder that may hold data and are not read."""
    return _with_suffix(folder, OTHER_DATA) if folder.is_dir() else []


def _with_suffix(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """The files of a folder with one of some endings; hidden ones, and those that Excel has open, are passed over."""
    visible = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name[0] not in ".~"]
    return [path for path in visible if path.suffix.lower() in suffixes]


def unread_note(folder: Path, files: Iterable[DataFile], assigned: Mapping[str, DataFile], findings: Findings) -> None:
    """Name the files and sheets that look like data and were not read.

    Parameters
    ----------
    folder : Path
        The folder.
    files : iterable of DataFile
        What was found in it.
    assigned : mapping of str to DataFile
        What was read.
    findings : Findings
        Where the note goes.

    >>> findings = Findings(); unread_note(Path("cslab/mappings"), [], {}, findings); findings.notes
    []
    """
    spare = [file for file in files if not file.hidden and file not in assigned.values()]
    names = [*(file.name for file in spare), *(path.name for path in _other_data(folder))]
    if names := [name for name in names if name != f"{EVENTS.name}{PARQUET}"]:
        findings.note("files_not_read", files=", ".join(names), tables=", ".join(TABLES))
