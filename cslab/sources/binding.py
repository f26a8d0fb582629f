"""The files of a company bound into one book, whichever door they came through, or every fault of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from cslab.book import Book
from cslab.faults import DataError, Fault
from cslab.sources.doubts import doubt_notes
from cslab.sources.fees import with_movements
from cslab.sources.fitting import fitted
from cslab.sources.invoice_like import invoice_faults
from cslab.sources.invoices import from_invoices
from cslab.sources.log_survey import Survey, log_survey, shown_ids, survey_faults, with_months
from cslab.sources.mapped import RawFile, make_tables
from cslab.sources.outcomes import with_outcomes
from cslab.sources.privacy import Masked, masked, veiled_faults, veiled_notes
from cslab.sources.refusals import table_faults
from cslab.sources.renewals import with_renewals
from cslab.sources.stock import is_stock_sample, stock_notes, with_start
from cslab.sources.through import with_accounts
from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from cslab.sources.findings import Findings
    from cslab.sources.grammar import Source
    from cslab.sources.log import Log
    from cslab.sources.mark import Mark
    from cslab.sources.rules import FileMapping

_DEAL_DAYS = ["engaged_on", "closed_on"]


def book_of(
    source: Source,
    files: Mapping[str, RawFile],
    mapping: FileMapping,
    mark: Mark | None,
    log: Log | None,
    findings: Findings,
) -> Book:
    """The book that some files are, whichever door they came through.

    Parameters
    ----------
    source : Source
        What the book calls itself.
    files : mapping of str to RawFile
        By table.
    mapping : FileMapping
        Empty where the files already speak our language.
    mark : Mark or None
        What an export of ours says about itself.
    log : Log or None
        The product's log, where there is one.
    findings : Findings
        What was found so far; its notes become those of the book.

    Returns
    -------
    Book

    Raises
    ------
    DataError
        With all faults, those found so far among them.

    >>> import pandas as pd
    >>> from cslab.sources.findings import Findings
    >>> from cslab.sources.grammar import Source
    >>> from cslab.sources.rules import FileMapping
    >>> cells = pd.DataFrame({"account_id": ["A1"], "start": "2024-04-01", "end": "2025-04-01"}, index=[2])
    >>> files = {"accounts": RawFile("a.csv", cells[["account_id"]]), "contracts": RawFile("c.csv", cells)}
    >>> book_of(Source("folder", "x"), files, FileMapping(), None, None, Findings()).as_of.date()
    datetime.date(2024, 4, 1)
    """
    mapping = fitted(mapping, files, findings)
    typed: Mapping[str, pd.DataFrame] = make_tables(files, mapping, findings)
    typed = with_accounts(typed, files, mapping, findings)
    odd = invoice_faults(typed, files)
    typed, files, mapping = from_invoices(typed, files, mapping, findings)
    behind = Masked(dict(typed)) if mark and mark.synthetic else masked(typed, files, mapping, findings)
    tables = behind.tables
    faults = [*findings.faults, *(odd or table_faults(tables, files, mapping, findings))]
    stock = is_stock_sample(tables)
    shown = shown_ids(typed, tables)
    found = None if faults or stock else log_survey(log, tables, shown)
    faults += [] if faults else [*survey_faults(found), *_day_faults(tables, files, mapping, mark, found)]
    if faults:
        raise DataError(*veiled_faults(faults, behind.hidden), subject=source.text, ending="nothing_loaded")
    doubt_notes(tables, {table: file.name for table, file in files.items()}, findings, typed)
    findings.notes[:] = veiled_notes(findings.notes, behind.hidden)
    if stock:
        return _stock_book(source, tables, files, mapping, findings)
    book = _book(source, tables, mapping, mark, findings, found)
    if log is None:
        return book
    seen = log if mark and mark.synthetic else log.hiding(shown)
    book = replace(book, log=seen.until(book.as_of) if mapping.as_of else seen)
    return with_months(book, log, found, shown, mapping, findings) if found else book


def _day_faults(
    tables: Mapping[str, pd.DataFrame],
    files: Mapping[str, RawFile],
    mapping: FileMapping,
    mark: Mark | None,
    found: Survey | None,
) -> list[Fault]:
    """What is wrong with the day of the export: not stated where nothing else tells it, or not yet come."""
    import pandas as pd

    if is_stock_sample(tables) and not mapping.as_of:
        return [Fault("stock_without_day", {"file": files["contracts"].name})]
    if "contracts" not in tables and tables["deals"].reindex(columns=_DEAL_DAYS).isna().all(axis=None):
        return [Fault("deals_without_days", {"file": files["deals"].name, "columns": ", ".join(_DEAL_DAYS)})]
    day, where = (pd.Timestamp(mapping.as_of), mapping.name) if mapping.as_of else _last_day(tables, found)
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
    source: Source,
    tables: dict[str, pd.DataFrame],
    mapping: FileMapping,
    mark: Mark | None,
    findings: Findings,
    found: Survey | None,
) -> Book:
    """The book of an export with real days, cut at its stated day where one is stated."""
    import pandas as pd

    last, where = _last_day(tables, found)
    stated = pd.Timestamp(mapping.as_of) if mapping.as_of else last
    if mark is None:
        _currency_note(tables, mapping, findings)
    if not mapping.as_of:
        findings.note("as_of_last_day", as_of=last.date(), where=where)
    day = max(last, stated)
    made = with_renewals(with_movements(with_outcomes(tables, day, findings), day, findings), day, findings)
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


def _last_day(tables: Mapping[str, pd.DataFrame], found: Survey | None) -> tuple[pd.Timestamp, str]:
    """The last day on which any table, or the log, says that something had happened, and the column that says so."""
    import pandas as pd

    days = {"usage_events.at": found.last} if found and found.events else {}
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
