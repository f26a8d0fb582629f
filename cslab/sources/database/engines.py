"""The three engines: DuckDB in this process, a PostgreSQL server, a Spark cluster. None of them is written to."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cslab.faults import CslabError, Fault, NotReady, UsageError, nearest
from cslab.sources.database.limits import limited, no_connection, no_extra
from cslab.sources.database.settings import Connection
from cslab.sources.log import MEMORY

_PATIENCE = 10
"""Seconds to wait for somebody to answer at all."""
_PACKAGES = {
    "duckdb": (("ibis", "duckdb", "pyarrow"), '"ibis-framework[duckdb]>=10" "pyarrow>=16"'),
    "postgres": (("ibis", "psycopg", "pyarrow"), '"ibis-framework[postgres]>=10" "psycopg[binary]>=3.2"'),
    "spark": (("ibis", "pyspark", "pyarrow"), '"ibis-framework[pyspark]>=10" "pyspark>=4.0,<4.1"'),
}


def connect(connection: Connection) -> Any:
    """An engine, connected for reading, its session in UTC, its queries under the time limit.

    Parameters
    ----------
    connection : Connection

    Returns
    -------
    ibis.BaseBackend

    Raises
    ------
    NotReady
        Where the driver, or Java, is not installed.
    UsageError
        Where nobody answers, the password is wrong, or the file is not there.

    >>> connect(Connection("usage", "duckdb", {"path": "no such file.duckdb"}))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    modules, packages = _PACKAGES[connection.engine]
    if not all(importlib.util.find_spec(module) for module in modules):
        raise no_extra(connection, packages)
    ways: dict[str, Callable[[Connection], Any]] = {"duckdb": _duckdb, "postgres": _postgres, "spark": _spark}
    try:
        return ways[connection.engine](connection)
    except CslabError:
        raise
    except Exception as error:
        raise no_connection(error, connection) from None


def _duckdb(connection: Connection) -> Any:
    """A DuckDB file, opened for reading."""
    import ibis

    path = Path(connection.told["path"]).expanduser()
    if not path.is_file():
        beside = [file.name for file in path.parent.iterdir()] if path.parent.is_dir() else []
        values = {"name": connection.name, "path": str(path), "near": nearest(path.name, beside) or "-"}
        raise UsageError(Fault("database_no_file", values))
    aside = Path(tempfile.gettempdir()) / "cslab-duckdb"
    engine = ibis.duckdb.connect(path, read_only=True, memory_limit=MEMORY, temp_directory=str(aside))
    return limited(engine, connection, engine.con.interrupt)


def _postgres(connection: Connection) -> Any:
    """A PostgreSQL server, which keeps the time itself and lets nothing be written."""
    import ibis

    told = {key: value for key, value in connection.told.items() if key != "settings"}
    secret = {"password": connection.password} if connection.password else {}
    engine = ibis.postgres.connect(**told, **secret, connect_timeout=_PATIENCE, application_name="cslab")
    engine.con.execute(f"SET statement_timeout = {int(connection.timeout * 1000)}")
    engine.con.execute("SET default_transaction_read_only = on")
    return limited(engine, connection)


def _spark(connection: Connection) -> Any:
    """A Spark cluster, or Spark on this machine (``local[2]``)."""
    import ibis
    from pyspark.sql import SparkSession

    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise NotReady(Fault("no_java", {"name": connection.name}))
    master = str(connection.told["master"])
    if master.startswith("spark://"):
        address = urlsplit(master)
        socket.create_connection((address.hostname or "", address.port or 7077), _PATIENCE).close()
    builder = SparkSession.builder.master(master).appName("cslab")
    quiet = {"spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false"}
    for key, value in {**quiet, **connection.told.get("settings", {})}.items():
        builder = builder.config(key, str(value))
    session = builder.getOrCreate()
    return limited(ibis.pyspark.connect(session), connection, session.sparkContext.cancelAllJobs)
