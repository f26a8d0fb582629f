"""The ``database:`` door: tables of DuckDB, PostgreSQL or Spark become a book; the log stays in the engine."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cslab.faults import CslabError, DataError, Fault, UsageError
from cslab.sources.binding import book_of
from cslab.sources.database.engines import connect
from cslab.sources.database.limits import query_fault
from cslab.sources.database.settings import Connection, read_connection
from cslab.sources.database.tables import open_log, read_tables
from cslab.sources.findings import Findings
from cslab.sources.folder import UNREADABLE
from cslab.sources.grammar import Source
from cslab.sources.log import Log
from cslab.sources.log_columns import as_log
from cslab.sources.mapping import read_mapping
from cslab.sources.rules import FileMapping
from cslab.sources.whereabouts import refuse_files

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.sources.mapped import RawFile


def open_database(source: Source) -> Book:
    """The book of a database. Nothing is written there.

    Parameters
    ----------
    source : Source
        Of the kind ``database``.

    Returns
    -------
    Book
        Its tables read whole, as those of an export; its log an Ibis table of the engine.

    Raises
    ------
    UsageError
        For a name that is not configured, a setting that cannot be used, and where nobody answers.
    NotReady
        Where a driver is not installed, or a query does not end in time.
    DataError
        With all faults of all tables.

    >>> open_database(Source("database", "no such name", text="database:no such name"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    findings = Findings()
    files, mapping, log = gathered(source, findings)
    return book_of(source, files, mapping, None, log, findings)


def gathered(source: Source, findings: Findings) -> tuple[dict[str, RawFile], FileMapping, Log | None]:
    """What a database holds, before anything is made of it.

    Parameters
    ----------
    source : Source
        Of the kind ``database``.
    findings : Findings
        Gets what is found on the way.

    Returns
    -------
    files : dict of str to RawFile
        The cells of each table, as they stand.
    mapping : FileMapping
    log : Log or None

    Raises
    ------
    UsageError, NotReady, DataError
        As :func:`open_database`.

    >>> gathered(Source("database", "no such name"), Findings())
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    if source.params:
        raise UsageError(Fault("database_option", {"option": next(iter(source.params)), "source": source.text}))
    connection = read_connection(source.name)
    mapping = _mapping(connection, findings)
    engine = connect(connection)
    try:
        files, log = _read(engine, mapping, findings)
    except CslabError:
        raise
    except Exception as error:  # of the driver; its text may hold what nobody should read
        raise query_fault(error, connection) from None
    return files, mapping, log


def _mapping(connection: Connection, findings: Findings) -> FileMapping:
    """The mapping of the database; an empty one where it has none."""
    if connection.mapping is None:
        return FileMapping()
    findings.note("mapping_of_database", mapping=str(connection.mapping))
    mapping = read_mapping(connection.mapping, connection.mapping.name, findings)
    if unread := [fault for fault in findings.faults if fault.key in UNREADABLE]:
        raise DataError(*unread, subject=connection.mapping.name, ending="nothing_loaded")
    return mapping


def _read(engine: Any, mapping: FileMapping, findings: Findings) -> tuple[dict[str, RawFile], Log | None]:
    """The cells of the tables, and the log."""
    refuse_files(mapping, findings)
    files = read_tables(engine, mapping, findings)
    events = open_log(engine, mapping, findings)
    if events is None:
        return files, None
    try:
        log = as_log(events, mapping, (mapping.events and mapping.events.table) or events.get_name())
    except DataError as error:
        findings.faults += error.faults
        return files, None
    return files, Log(partial(_same, log))


def _same(log: Any) -> Any:
    """The log that is open."""
    return log
