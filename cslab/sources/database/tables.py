"""Which table of an engine is which of ours, read whole as cells of text, as a file would be."""

from __future__ import annotations

from typing import Any

from cslab.faults import Fault, nearest
from cslab.sources.clocks import bears_zone, on_the_wall
from cslab.sources.files import required
from cslab.sources.findings import Findings
from cslab.sources.mapped import RawFile
from cslab.sources.parquet import text_cells
from cslab.sources.rules import FileMapping
from cslab.sources.sections import SECTIONS
from cslab.tables import EVENTS


def names_in(engine: Any, schema: str = "") -> list[str]:
    """The tables and views of a schema.

    Parameters
    ----------
    engine : ibis.BaseBackend
    schema : str
        Empty for that in which a table is found without one.

    >>> import ibis
    >>> names_in(ibis.duckdb.connect()), names_in(ibis.duckdb.connect(), "nowhere")
    ([], [])
    """
    from ibis.common.exceptions import IbisError

    if engine.name == "duckdb":  # Ibis asks DuckDB 2 in a way that it no longer understands
        asked = "SELECT table_name FROM information_schema.tables WHERE table_schema = ?"
        return sorted(name for (name,) in engine.con.execute(asked, [schema or engine.current_database]).fetchall())
    try:
        return sorted(engine.list_tables(database=schema or None))
    except IbisError:
        return []


def opened(engine: Any, table: str, parquet: str, known: list[str]) -> Any:
    """A table of the engine, or Parquet files that it reads.

    Parameters
    ----------
    engine : ibis.BaseBackend
    table : str
        Its name, with its schema before it where that is needed (``crm.customers``).
    parquet : str
        A path that the engine can reach; instead of a table.
    known : list of str
        As ``names_in`` gives them.

    Returns
    -------
    ibis.Table or Fault
        A fault where there is no such table.

    >>> import ibis
    >>> opened(ibis.duckdb.connect(), "acounts", "", ["accounts"]).values["near"]
    'accounts'
    """
    from ibis.common.exceptions import TableNotFound

    if parquet:
        return _parquet(engine, parquet)
    schema, _, name = table.rpartition(".")
    try:
        return engine.table(name, database=schema or None)
    except TableNotFound:
        there = known if not schema else [f"{schema}.{other}" for other in names_in(engine, schema)]
        values = {"table": table, "near": nearest(table, there) or "-", "found": ", ".join(there[:30]) or "-"}
        return Fault("database_no_table", values)


def _parquet(engine: Any, parquet: str) -> Any:
    """Parquet files read by the engine itself, with the columns that their folders say."""
    if engine.name == "postgres":
        return Fault("database_no_parquet", {"parquet": parquet})
    if engine.name == "pyspark":
        return engine.read_parquet(parquet)
    files = parquet if parquet.endswith(".parquet") else f"{parquet.rstrip('/')}/**/*.parquet"
    return engine.read_parquet(files, union_by_name=True, hive_types_autocast=False)


def read_tables(engine: Any, mapping: FileMapping, findings: Findings) -> dict[str, RawFile]:
    """The cells of every table of ours that the engine has.

    Parameters
    ----------
    engine : ibis.BaseBackend
    mapping : FileMapping
        Names tables that are not called like ours, and the time zone by whose clock moments become days.
    findings : Findings
        Where faults go: a table that is not there, a file named instead of a table.

    Returns
    -------
    dict of str to RawFile
        By our names; row numbers count from 1, in the order in which the engine gave them.

    >>> import ibis
    >>> engine = ibis.duckdb.connect()
    >>> made = engine.raw_sql("CREATE TABLE accounts AS SELECT 'A1' AS account_id")
    >>> found = Findings(); read_tables(engine, FileMapping(), found)["accounts"].cells["account_id"].tolist()
    ['A1']
    >>> [fault.key for fault in found.faults]
    ['database_lacks_table']
    """
    known = names_in(engine)
    files: dict[str, RawFile] = {}
    unclear: set[str] = set()
    for ours in SECTIONS:
        rules = mapping.tables.get(ours)
        named = bool(rules and (rules.table or rules.parquet))
        if not named and not (rules and not rules.file) and ours not in known:
            continue
        table = opened(engine, (rules.table if rules else "") or ours, rules.parquet if rules else "", known)
        if isinstance(table, Fault):
            findings.faults.append(table)
            unclear.add(ours)
            continue
        files[ours] = RawFile((rules and (rules.table or rules.parquet)) or ours, _cells(table, mapping))
    for ours in required({*files, *unclear}):
        if ours not in files and ours not in unclear:
            near = nearest(ours, known) or "-"
            findings.fault("database_lacks_table", table=ours, near=near, found=", ".join(known[:30]) or "-")
    return files


def _cells(table: Any, mapping: FileMapping) -> Any:
    """A table's cells; moments as the clock of the mapping's time zone showed them."""
    zoned = [column for column in table.columns if mapping.time_zone and bears_zone(table, column)]
    shown = {column: on_the_wall(table, column, mapping.time_zone) for column in zoned}
    return text_cells((table.mutate(**shown) if shown else table).to_pyarrow())


def open_log(engine: Any, mapping: FileMapping, findings: Findings) -> Any:
    """The table of the log; None where there is none.

    Parameters
    ----------
    engine : ibis.BaseBackend
    mapping : FileMapping
        Its section ``[events]`` names it, if it is not called ``usage_events``.
    findings : Findings
        Gets a fault for a table that is not there.

    >>> import ibis
    >>> open_log(ibis.duckdb.connect(), FileMapping(), Findings()) is None
    True
    """
    known, rules = names_in(engine), mapping.events
    if rules is None and EVENTS.name not in known:
        return None
    log = opened(engine, (rules.table if rules else "") or EVENTS.name, rules.parquet if rules else "", known)
    if not isinstance(log, Fault):
        return log
    findings.faults.append(log)
    return None
