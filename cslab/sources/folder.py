"""The ``folder:`` door: a folder of exported files becomes a book, or every fault of every file is told at once."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from cslab.book import Book
from cslab.faults import DataError, Fault, UsageError, nearest
from cslab.sources.binding import book_of
from cslab.sources.currency import one_currency
from cslab.sources.datafile import BOOKS, OLD_BOOK, DataFile
from cslab.sources.file_cells import read_files
from cslab.sources.files import assign, data_files, headers, recognised, unread_note
from cslab.sources.findings import Findings
from cslab.sources.grammar import Source
from cslab.sources.joined import named, told_by_headers, with_used
from cslab.sources.log import Log, log_in
from cslab.sources.mapped import RawFile
from cslab.sources.mapping import FILE_NAME, read_mapping, shipped
from cslab.sources.mark import Mark, read_mark
from cslab.sources.rules import FileMapping
from cslab.sources.whereabouts import refuse_tables

UNREADABLE = ("mapping_not_toml", "mapping_not_utf8")
"""Faults of a mapping after which nothing is known of what it meant, and every other fault would follow from them."""
_MISNAMED = re.compile(r"mapping\b.*(\.toml|\.toml\.txt)|mapping\.(txt|tml|toml\..*)", re.IGNORECASE)
"""Names that people, Windows and browsers give to what should be ``mapping.toml``."""


def open_folder(source: Source) -> Book:
    """The book in a folder of CSV, Excel or Parquet files, or in one workbook. Nothing on the disk is changed.

    Parameters
    ----------
    source : Source
        Of the kind ``folder``.

    Returns
    -------
    Book
        As of the stated day, else the last day of the data; its notes say what was coerced, set aside or assumed.

    Raises
    ------
    DataError
        With all faults of all files.
    UsageError
        Where there is no such folder or mapping.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     size = Path(folder, "accounts.csv").write_text("account_id\\nA1\\n", encoding="utf-8")
    ...     contracts = "account_id,start,end\\nA1,2024-04-01,2025-04-01\\n"
    ...     size = Path(folder, "contracts.csv").write_text(contracts, encoding="utf-8")
    ...     book = open_folder(Source("folder", folder, text=f"folder:{folder}"))
    >>> len(book.accounts), book.as_of.date()
    (1, datetime.date(2024, 4, 1))
    """
    findings = Findings()
    return book_of(source, *gathered(source, findings), findings)


def gathered(source: Source, findings: Findings) -> tuple[dict[str, RawFile], FileMapping, Mark | None, Log | None]:
    """What a folder holds, before anything is made of it.

    Parameters
    ----------
    source : Source
        Of the kind ``folder``.
    findings : Findings
        Gets what is found on the way.

    Returns
    -------
    files : dict of str to RawFile
        The cells of each table, as they stand.
    mapping : FileMapping
    mark : Mark or None
        Of an export of ours.
    log : Log or None

    Raises
    ------
    DataError
        For a mapping that cannot be read.
    UsageError
        Where there is no such folder or mapping.

    >>> gathered(Source("folder", "no such folder"), Findings())
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    place = place_of(source)
    folder = place if place.is_dir() else place.parent
    found = data_files(place, findings)
    mark = read_mark(folder, findings) if place == folder else None
    mapping = _with_mark(_mapping(source, folder, found, findings), mark)
    if unread := [fault for fault in findings.faults if fault.key in UNREADABLE]:
        raise DataError(*unread, subject=source.text, ending="nothing_loaded")
    assigned = assign(place, found, mapping, findings)
    unread_note(place, found, assigned, findings)
    files = read_files(assigned, mapping, findings)
    mapping = one_currency(files, mapping, findings)
    refuse_tables(mapping, findings)
    log = log_in(folder, mapping, findings) if place == folder else None
    return files, mapping, mark, log


def place_of(source: Source) -> Path:
    """The folder of a source, or its one workbook, which must be there and open to us.

    Parameters
    ----------
    source : Source
        Of the kind ``folder``.

    Raises
    ------
    UsageError
        Where it is not.

    >>> place_of(Source("folder", "cslab")).name
    'cslab'
    """
    folder = Path(source.name).expanduser()
    try:
        if folder.is_dir():
            next(folder.iterdir(), None)
            return folder
        if folder.suffix.lower() in (*BOOKS, OLD_BOOK) and folder.exists():
            return folder
        if folder.exists():
            raise UsageError(Fault("not_a_folder", {"path": source.name, "folder": str(folder.parent)}))
        beside = [path.name for path in folder.parent.iterdir() if path.is_dir()] if folder.parent.is_dir() else []
    except OSError as error:
        values = {"file": source.name, "reason": error.strerror or str(error)}
        raise UsageError(Fault("file_unreadable", values)) from error
    values = {"path": source.name, "near": nearest(folder.name, beside) or "-", "here": str(Path.cwd())}
    raise UsageError(Fault("no_folder", values))


def _mapping(source: Source, folder: Path, files: list[DataFile], findings: Findings) -> FileMapping:
    """The mapping to use: the one that was named, the folder's own, a shipped one that fits exactly, or none."""
    own = folder / FILE_NAME
    if names := source.params.get("mapping"):
        findings.note("mapping_named_over_own" if own.is_file() else "mapping_named", mapping=names)
        return named(names, headers(files), findings)
    if own.is_file():
        findings.note("mapping_own", mapping=FILE_NAME)
        return with_used(read_mapping(own, FILE_NAME, findings), lambda: headers(files), findings)
    if misnamed := sorted(path.name for path in folder.iterdir() if _MISNAMED.fullmatch(path.name)):
        findings.fault("mapping_misnamed", found=", ".join(misnamed))
    if found := recognised(files):
        name, file = found
        findings.note("mapping_recognised", mapping=name, file=file.name)
        return read_mapping(shipped()[name], name, findings)
    return told_by_headers(headers(files), findings)


def _with_mark(mapping: FileMapping, mark: Mark | None) -> FileMapping:
    """A mapping that also knows what an export of ours says about itself."""
    if mark is None:
        return mapping
    as_of, currency = mapping.as_of or f"{mark.as_of:%Y-%m-%d}", mapping.currency or mark.currency
    return replace(mapping, as_of=as_of, currency=currency)
