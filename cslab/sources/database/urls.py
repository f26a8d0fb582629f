"""The address of a database as one line, such as the environment holds it. None of it is ever repeated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from cslab.faults import Fault, UsageError

FORMS = "postgresql://user:password@host:5432/database, duckdb:///folder/usage.duckdb, spark://host:7077, local[2]"
_SPARK = re.compile(r"spark://\S+|yarn|k8s://\S+|local(\[[\d*]+\])?")


@dataclass(frozen=True)
class Address:
    """An address, taken apart.

    Parameters
    ----------
    told : mapping of str to object
        As a section of ``databases.toml`` would say it.
    password : str
        Empty where there is none.

    >>> "secret" in repr(Address({"engine": "postgres"}, "secret"))
    False
    """

    told: Mapping[str, Any]
    password: str = field(default="", repr=False)


def read_url(url: str, variable: str) -> Address:
    """Understand an address.

    Parameters
    ----------
    url : str
    variable : str
        Where it stands, for the message.

    Returns
    -------
    Address

    Raises
    ------
    UsageError
        Without the address in it.

    >>> address = read_url("postgresql://reader:s%40lt@db.example.jp:5433/sales?sslmode=require", "X")
    >>> address.told, address.password == "s@lt"
    ({'engine': 'postgres', 'host': 'db.example.jp', 'port': 5433, 'user': 'reader', 'database': 'sales',
      'sslmode': 'require'}, True)
    >>> read_url("duckdb:///C:/data/usage.duckdb", "X").told["path"], read_url("local[2]", "X").told
    ('C:/data/usage.duckdb', {'engine': 'spark', 'master': 'local[2]'})
    """
    if _SPARK.fullmatch(url):
        return Address({"engine": "spark", "master": url})
    try:
        parts = urlsplit(url)
        port, options = parts.port, dict(parse_qsl(parts.query))
    except ValueError:
        raise _not_understood(variable) from None
    if parts.scheme == "duckdb" and not parts.netloc and parts.path:
        return Address({"engine": "duckdb", "path": re.sub(r"^/(?=[A-Za-z]:)", "", unquote(parts.path))})
    if parts.scheme not in ("postgres", "postgresql") or {*options} - {"sslmode", "host"}:
        raise _not_understood(variable)
    told = {"host": unquote(parts.hostname or ""), "port": port, "user": unquote(parts.username or "")}
    told |= {"database": unquote(parts.path.lstrip("/")), **options}
    given = {key: value for key, value in told.items() if value}
    return Address({"engine": "postgres", **given}, unquote(parts.password or ""))


def _not_understood(variable: str) -> UsageError:
    """That an address is none, which is not repeated."""
    return UsageError(Fault("database_url", {"variable": variable, "forms": FORMS}))
