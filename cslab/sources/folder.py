"""The ``folder:`` door: a folder of exported files becomes a book, or every fault of every file is told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.book import Book
from cslab.faults import DataError, Fault, UsageError, nearest
from cslab.sources.doubts import doubt_notes
from cslab.sources.fees import with_movements
from cslab.sources.files import assign, data_files, read_files, recognised, unread_note
from cslab.sources.findings import Findings
from cslab.sources.grammar import Source
from cslab.sources.log import log_in
from cslab.sources.mapped import RawFile, make_tables
from cslab.sources.mapping import FILE_NAME, read_mapping, shipped
from cslab.sources.mark import Mark, read_mark
from cslab.sources.refusals import table_faults
from cslab.sources.rules import FileMapping
from cslab.sources.stock import is_stock_sample, stock_notes, with_start
from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

UNREADABLE = ("mapping_not_toml", "mapping_not_utf8")
"""Faults of a mapping after which nothing is known of what it meant, and every other fault would follow from them."""
_DEAL_DAYS = ["engaged_on", "closed_on"]
_MISNAMED = re.compile(r"mapping\b.*(\.toml|\.toml\.txt)|mapping\.(txt|tml|toml\..*)", re.IGNORECASE)
"""Names that people, Windows and browsers give to what should be ``mapping.toml``."""


def open_folder(source: Source) -> Book:
    """The book in a folder of CSV files. Nothing on the disk is changed.

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
    folder, findings = _folder(source), Findings()
    paths = data_files(folder, findings)
    mark = read_mark(folder, findings)
    mapping = _with_mark(_mapping(source, folder, paths, findings), mark)
    if unread := [fault for fault in findings.faults if fault.key in UNREADABLE]:
        raise DataError(*unread, subject=source.text, ending="nothing_loaded")
    assigned = assign(folder, paths, mapping, findings)
    unread_note(folder, assigned, findings)
    files = read_files(assigned, mapping, findings)
    log = log_in(folder, findings)
    tables = make_tables(files, mapping, findings)
    # Pseudonyms for names and mails have their place here, between the typed tables and their checks.
    faults = [*findings.faults, *table_faults(tables, files, mapping, findings)]
    stock = is_stock_sample(tables)
    faults += [] if faults else _day_faults(tables, files, mapping, mark)
    if faults:
        raise DataError(*faults, subject=source.text, ending="nothing_loaded")
    doubt_notes(tables, {table: file.name for table, file in files.items()}, findings)
    if stock:
        return _stock_book(source, tables, files, mapping, findings)
    book = _book(source, tables, mapping, mark, findings)
    return replace(book, log=log.until(book.as_of) if log and mapping.as_of else log)


def _folder(source: Source) -> Path:
    """The folder itself, which must be there and open to us."""
    folder = Path(source.name).expanduser()
    try:
        if folder.is_dir():
            next(folder.iterdir(), None)
            return folder
        if folder.exists():
            raise UsageError(Fault("not_a_folder", {"path": source.name, "folder": str(folder.parent)}))
        beside = [path.name for path in folder.parent.iterdir() if path.is_dir()] if folder.parent.is_dir() else []
    except OSError as error:
        values = {"file": source.name, "reason": error.strerror or str(error)}
        raise UsageError(Fault("file_unreadable", values)) from error
    values = {"path": source.name, "near": nearest(folder.name, beside) or "-", "here": str(Path.cwd())}
    raise UsageError(Fault("no_folder", values))


def _mapping(source: Source, folder: Path, paths: list[Path], findings: Findings) -> FileMapping:
    """The mapping to use: the one that was named, the folder's own, a shipped one that fits exactly, or none."""
    own = folder / FILE_NAME
    if name := source.params.get("mapping"):
        known = shipped()
        if name not in known:
            near = nearest(name, known) or "-"
            raise UsageError(Fault("unknown_mapping", {"name": name, "near": near, "known": ", ".join(known)}))
        findings.note("mapping_named_over_own" if own.is_file() else "mapping_named", mapping=name)
        return read_mapping(known[name], name, findings)
    if own.is_file():
        findings.note("mapping_own", mapping=FILE_NAME)
        return read_mapping(own, FILE_NAME, findings)
    if misnamed := sorted(path.name for path in folder.iterdir() if _MISNAMED.fullmatch(path.name)):
        findings.fault("mapping_misnamed", found=", ".join(misnamed))
    if found := recognised(paths):
        name, path = found
        findings.note("mapping_recognised", mapping=name, file=path.name)
        return read_mapping(shipped()[name], name, findings)
    return FileMapping()


def _with_mark(mapping: FileMapping, mark: Mark | None) -> FileMapping:
    """A mapping that also knows what an export of ours says about itself."""
    if mark is None:
        return mapping
    as_of, currency = mapping.as_of or f"{mark.as_of:%Y-%m-%d}", mapping.currency or mark.currency
    return replace(mapping, as_of=as_of, currency=currency)


def _day_faults(
    tables: Mapping[str, pd.DataFrame], files: Mapping[str, RawFile], mapping: FileMapping, mark: Mark | None
) -> list[Fault]:
    """What is wrong with the day of the export: not stated where nothing else tells it, or not yet come."""
    import pandas as pd

    if is_stock_sample(tables) and not mapping.as_of:
        return [Fault("stock_without_day", {"file": files["contracts"].name})]
    if "contracts" not in tables and tables["deals"].reindex(columns=_DEAL_DAYS).isna().all(axis=None):
        return [Fault("deals_without_days", {"file": files["deals"].name, "columns": ", ".join(_DEAL_DAYS)})]
    day, where = (pd.Timestamp(mapping.as_of), mapping.name) if mapping.as_of else _last_day(tables)
    tomorrow = pd.Timestamp.now().normalize() + pd.Timedelta(days=1)  # somewhere it may have begun
    if mark or day <= tomorrow:
        return []
    return [Fault("as_of_ahead", {"as_of": day.date(), "where": where})]


def _stock_book(
    source: Source,
    tables: dict[str, pd.DataFrame],
    files: Mapping[str, RawFile],
    mapping: FileMapping,
    findings: Findings,
) -> Book:
    """The book of an export that knows tenures and no days."""
    import pandas as pd

    as_of = pd.Timestamp(mapping.as_of)
    if "start" in tables["contracts"]:
        findings.note("stock_start_replaced", file=files["contracts"].name)
    stock_notes(tables, as_of, findings)
    _currency_note(tables, mapping, findings)
    made = {**tables, "contracts": with_start(tables["contracts"], as_of)}
    return _plain_book(source, made, as_of, mapping, findings, stock_sample=True)


def _book(
    source: Source, tables: dict[str, pd.DataFrame], mapping: FileMapping, mark: Mark | None, findings: Findings
) -> Book:
    """The book of an export with real days, cut at its stated day where one is stated."""
    import pandas as pd

    last, where = _last_day(tables)
    stated = pd.Timestamp(mapping.as_of) if mapping.as_of else last
    if mark is None:
        _currency_note(tables, mapping, findings)
    if not mapping.as_of:
        findings.note("as_of_last_day", as_of=last.date(), where=where)
    made = with_movements(tables, max(last, stated), findings)
    book = _plain_book(source, made, max(last, stated), mapping, findings, mark)
    if last <= stated:
        return book
    cut, begins = book.at(stated), ("contracts", "start") if "contracts" in tables else ("deals", "engaged_on")
    if cut.tables[begins[0]].empty:
        values = {"as_of": stated.date(), "first": tables[begins[0]][begins[1]].min().date(), "last": last.date()}
        raise DataError(Fault(f"as_of_before_{begins[0]}", values), subject=source.text, ending="nothing_loaded")
    later = {name: len(book.tables[name]) - len(cut.tables[name]) for name in tables}
    if counts := ", ".join(f"{name} {count:,}" for name, count in later.items() if count):
        findings.note("rows_after_as_of", as_of=stated.date(), counts=counts, where=where, last=last.date())
    return replace(cut, notes=tuple(findings.notes))


def _plain_book(
    source: Source,
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    mapping: FileMapping,
    findings: Findings,
    mark: Mark | None = None,
    stock_sample: bool = False,
) -> Book:
    """The tables as a book, with everything that was noted on the way."""
    return Book(
        {name: frame.reset_index(drop=True) for name, frame in tables.items()},
        as_of,
        source.text,
        mapping.currency or "JPY",
        tuple(findings.notes),
        window_start=mark.window_start if mark else None,
        stock_sample=stock_sample,
        synthetic=bool(mark and mark.synthetic),
    )


def _last_day(tables: Mapping[str, pd.DataFrame]) -> tuple[pd.Timestamp, str]:
    """The last day on which any table says that something had happened, and the column that says so."""
    import pandas as pd

    days = {}
    for name, frame in tables.items():
        happened = [column.name for column in TABLES[name].columns if column.known_from == (column.name,)]
        for column in ("month", *TABLES[name].known_from, *happened):
            if column in frame and frame[column].notna().any():
                last = frame[column].max()
                days[f"{name}.{column}"] = last + pd.offsets.MonthEnd(0) if column == "month" else last
    where = max(days, key=lambda column: days[column])
    return days[where], where


def _currency_note(tables: Mapping[str, pd.DataFrame], mapping: FileMapping, findings: Findings) -> None:
    """In which currency amounts were taken to be, if there are any."""
    amounts = [
        f"{name}.{column.name}"
        for name, frame in tables.items()
        for column in TABLES[name].columns
        if column.kind == "money" and column.name in frame
    ]
    if amounts:
        key = "currency_stated" if mapping.currency else "currency_assumed"
        findings.note(key, currency=mapping.currency or "JPY", columns=", ".join(amounts))
