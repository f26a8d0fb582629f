"""What an engine may take and may say: a time limit for every query, and errors without secrets or cells in them."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from cslab.faults import CslabError, Fault, NotReady, UsageError
from cslab.sources.database.settings import Connection, settings_file

_RUNS = ("execute", "to_pyarrow")
"""The ways by which Ibis has an engine compute."""
_SAFE = {"IOException", "OutOfMemoryException", "PermissionException", "CatalogException", "OperationalError"}
"""Errors of DuckDB and of a connection that speak of places and sizes, never of what stands in a cell."""
_SLOW = {"QueryCanceled", "InterruptException"}
_DENIED = re.compile(r"password|authenti|パスワード|認証", re.IGNORECASE)


def limited(engine: Any, connection: Connection, interrupt: Callable[[], Any] | None = None) -> Any:
    """An engine whose queries end when their time is over, and whose errors are told as ours.

    Parameters
    ----------
    engine : ibis.BaseBackend
    connection : Connection
        Whose limit and secret.
    interrupt : callable, optional
        Stops what the engine is at; without, the engine keeps the time itself.

    Returns
    -------
    ibis.BaseBackend
        The same.

    >>> class Slow:
    ...     def execute(self): raise RuntimeError("hunter2 was wrong")
    ...     to_pyarrow = execute
    >>> limited(Slow(), Connection("dwh", "duckdb", {}, "hunter2")).execute()
    Traceback (most recent call last):
    cslab.faults.NotReady: ...
    """
    for run in _RUNS:
        setattr(engine, run, _guarded(getattr(engine, run), connection, interrupt))
    return engine


def _guarded(run: Callable[..., Any], connection: Connection, interrupt: Callable[[], Any] | None) -> Any:
    """One way of computing, with the limit around it."""

    @wraps(run)
    def within(*given: Any, **options: Any) -> Any:
        """Compute it in time, or say why not."""
        over = threading.Event()

        def stop() -> None:
            """Its time is over."""
            if interrupt:
                over.set()
                interrupt()

        timer = threading.Timer(connection.timeout, stop)
        timer.daemon = True
        timer.start()
        try:
            return run(*given, **options)
        except CslabError:
            raise
        except Exception as error:
            raise query_fault(error, connection, over.is_set()) from None
        finally:
            timer.cancel()

    return within


def query_fault(error: Exception, connection: Connection, over: bool = False) -> CslabError:
    """What became of a query, told without a cell.

    Parameters
    ----------
    error : Exception
        Of the driver.
    connection : Connection
    over : bool
        Whether it was stopped because its time was over.

    Returns
    -------
    CslabError

    >>> query_fault(ValueError("'Hanako'"), Connection("dwh", "duckdb", {})).faults[0].values["reason"]
    'ValueError'
    """
    values = {"name": connection.name, "seconds": f"{connection.timeout:g}", "file": str(settings_file())}
    if over or type(error).__name__ in _SLOW:
        return NotReady(Fault("database_slow", values))
    return NotReady(Fault("database_failed", {**values, "reason": reason(error, connection)}))


def no_connection(error: Exception, connection: Connection) -> UsageError:
    """Why a database could not be reached, without a secret.

    Parameters
    ----------
    error : Exception
        Of the driver.
    connection : Connection

    >>> wrong = OSError("password authentication failed for hunter2")
    >>> told = no_connection(wrong, Connection("dwh", "postgres", {}, "hunter2"))
    >>> told.faults[0].key, "hunter2" in str(told)
    ('database_denied', False)
    """
    why = reason(error, connection, safe=True)
    key = "database_denied" if _DENIED.search(why) else "database_unreachable"
    return UsageError(Fault(key, {"name": connection.name, "reason": why, "file": str(settings_file())}))


def reason(error: Exception, connection: Connection, safe: bool = False) -> str:
    """The first line of an error; only its kind where it could repeat what stands in a cell.

    Parameters
    ----------
    error : Exception
    connection : Connection
        Whose secret is taken out.
    safe : bool
        Whether the error is known to speak of no cell.

    >>> reason(ValueError("could not convert 'Hanako'"), Connection("dwh", "duckdb", {}))
    'ValueError'
    """
    kind, state = type(error).__name__, str(getattr(error, "sqlstate", "") or "")
    if not (safe or kind in _SAFE or state[:2] in ("08", "42", "53", "57")):
        return f"{kind} {state}".strip()
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [kind]
    return without_secret(lines[0], connection.password)


def without_secret(text: str, secret: str) -> str:
    """A text with a password taken out, also where it is written as in an address.

    Parameters
    ----------
    text, secret : str

    >>> without_secret("host=a password=s@lt, postgresql://me:s%40lt@a", "s@lt")
    'host=a password=***, postgresql://***@a'
    """
    for written in {secret, quote(secret), quote(secret, safe="")} - {""}:
        text = text.replace(written, "***")
    return re.sub(r"://[^/\s@]*@", "://***@", text)


def no_extra(connection: Connection, packages: str) -> NotReady:
    """That what an engine takes is not installed.

    Parameters
    ----------
    connection : Connection
    packages : str
        What to install.

    >>> no_extra(Connection("dwh", "spark", {}), '"pyspark>=4.0,<4.1"').faults[0].key
    'no_database_extra'
    """
    values = {"name": connection.name, "engine": connection.engine, "packages": packages, "python": sys.executable}
    return NotReady(Fault("no_database_extra", values))
