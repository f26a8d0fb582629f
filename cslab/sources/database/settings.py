"""How a database is reached: a section of the user's own ``databases.toml``, or a variable of the environment."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cslab.faults import Fault, UsageError, nearest
from cslab.sources.database.urls import read_url
from cslab.sources.privacy.places import settings_folder

FILE_NAME = "databases.toml"
VARIABLE = "CSLAB_DATABASES"
"""The variable of the environment that names another such file."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "duckdb": ("path",),
    "postgres": ("host", "port", "database", "user", "sslmode", "password_env", "password_file"),
    "spark": ("master", "settings"),
}
"""What each engine can be told; the first key of DuckDB and Spark, and the name of a database, have to be."""
_NEEDED = {"duckdb": "path", "postgres": "database", "spark": "master"}
_SHARED = ("engine", "timeout_seconds", "mapping")
_TIMEOUT = 300.0


@dataclass(frozen=True)
class Connection:
    """How one database is reached. Its password shows in no ``repr``.

    Parameters
    ----------
    name : str
        As behind ``database:``.
    engine : str
        ``duckdb``, ``postgres`` or ``spark``.
    told : mapping of str to object
        What the engine is told, without the password.
    password : str
        Empty where there is none, or where PostgreSQL's own ways (``PGPASSWORD``, ``~/.pgpass``) give it.
    timeout : float
        Seconds that a query may take.
    mapping : Path or None
        The mapping of its tables; None where there is none.

    >>> "secret" in repr(Connection("dwh", "postgres", {"database": "sales"}, "secret"))
    False
    """

    name: str
    engine: str
    told: Mapping[str, Any]
    password: str = field(default="", repr=False)
    timeout: float = _TIMEOUT
    mapping: Path | None = None


def settings_file() -> Path:
    """The file with the sections; it need not be there.

    >>> settings_file().suffix
    '.toml'
    """
    return Path(os.environ.get(VARIABLE) or settings_folder() / FILE_NAME).expanduser()


def variable_of(name: str) -> str:
    """The variable of the environment that may hold the address of a database.

    Parameters
    ----------
    name : str
        As behind ``database:``.

    >>> variable_of("sales-2024")
    'CSLAB_DB_SALES_2024_URL'
    """
    return f"CSLAB_DB_{re.sub(r'[^A-Z0-9]', '_', name.upper())}_URL"


def read_connection(name: str) -> Connection:
    """How a database is reached; the environment goes before the file, whose other settings hold all the same.

    Parameters
    ----------
    name : str
        As behind ``database:``.

    Returns
    -------
    Connection

    Raises
    ------
    UsageError
        Where the name is unknown, or for settings that cannot be used, all at once; no secret is in the message.

    >>> os.environ["CSLAB_DB_EXAMPLE_URL"] = "duckdb:///data/usage.duckdb"
    >>> read_connection("example").told
    {'path': '/data/usage.duckdb'}
    >>> del os.environ["CSLAB_DB_EXAMPLE_URL"]
    """
    file, url = settings_file(), os.environ.get(variable_of(name), "").strip()
    sections = _sections(file)
    section, password = sections.get(name, {}), ""
    if not isinstance(section, dict) or not (section or url):
        values = {"name": name, "near": nearest(name, sections) or "-", "known": ", ".join(sections) or "-"}
        raise UsageError(Fault("database_unknown", {**values, "file": str(file), "variable": variable_of(name)}))
    if url:
        address = read_url(url, variable_of(name))
        section = {key: section[key] for key in ("timeout_seconds", "mapping") if key in section}
        section.update(address.told)
        password = address.password
    if faults := _faults(section, f"{file.name} [{name}]" if not url else variable_of(name)):
        raise UsageError(*faults)
    password = password or _password(section, file)
    told = {key: section[key] for key in KEYS[section["engine"]] if key in section and not key.startswith("password")}
    seconds = float(section.get("timeout_seconds", _TIMEOUT))
    return Connection(name, section["engine"], told, password, seconds, _mapping(name, section, file))


def _sections(file: Path) -> dict[str, Any]:
    """The sections of the file; none where there is no file."""
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(
            Fault("file_unreadable", {"file": str(file), "reason": error.strerror or str(error)})
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = re.search(r"line \d+, column \d+", str(error))  # the message itself may repeat what stands there
        values = {"file": str(file), "where": place.group() if place else type(error).__name__}
        raise UsageError(Fault("database_toml", values)) from None


def _faults(section: Mapping[str, Any], where: str) -> list[Fault]:
    """What cannot be used in a section; values are not repeated."""
    engine = str(section.get("engine", ""))
    if engine not in KEYS:
        near = nearest(engine, KEYS) or "duckdb"
        return [Fault("database_engine", {"where": where, "near": near, "known": ", ".join(KEYS)})]
    known = (*_SHARED, *KEYS[engine])
    faults = []
    for key in section:
        if key in ("password", "passwd", "pwd", "url"):
            faults.append(Fault("database_password_here", {"where": where, "key": key}))
        elif key not in known:
            values = {"key": f"{where} {key}", "near": nearest(key, known) or "-", "known": ", ".join(known)}
            faults.append(Fault("database_key", values))
    if not section.get(_NEEDED[engine]):
        faults.append(Fault("database_lacks", {"where": where, "key": _NEEDED[engine], "engine": engine}))
    return faults + [
        Fault("database_value", {"where": where, "key": key}) for key in section if not _fits(key, section)
    ]


def _fits(key: str, section: Mapping[str, Any]) -> bool:
    """Whether a setting is of the type it should be."""
    value = section[key]
    if key in ("port", "timeout_seconds"):
        return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0
    return isinstance(value, dict) if key == "settings" else isinstance(value, str)


def _password(section: Mapping[str, Any], file: Path) -> str:
    """The password, from where the section says that it is; empty where it says nothing."""
    if variable := section.get("password_env"):
        if variable not in os.environ:
            raise UsageError(Fault("database_no_variable", {"variable": variable, "file": str(file)}))
        return os.environ[variable]
    if not section.get("password_file"):
        return ""
    place = (file.parent / Path(section["password_file"]).expanduser()).resolve()
    try:
        if sys.platform != "win32" and place.stat().st_mode & 0o077:
            raise UsageError(Fault("database_password_open", {"file": str(place)}))
        return place.read_text(encoding="utf-8-sig").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise UsageError(Fault("file_unreadable", {"file": str(place), "reason": reason})) from None


def _mapping(name: str, section: Mapping[str, Any], file: Path) -> Path | None:
    """The mapping that the section names, or one of the database's name beside the file."""
    if written := section.get("mapping"):
        place = file.parent / Path(str(written)).expanduser()
        if not place.is_file():
            beside = [path.name for path in sorted(file.parent.glob("*.toml"))] if file.parent.is_dir() else []
            near = nearest(place.name, beside) or "-"
            raise UsageError(Fault("database_no_mapping", {"file": str(place), "near": near, "name": name}))
        return place
    own = file.parent / f"{name}.toml"
    return own if own.is_file() else None
