"""The data contract: every table, its columns, units, keys and checks. Nothing here reads or writes a file."""

from cslab.tables.check import check_table, check_tables
from cslab.tables.column import Column, Table
from cslab.tables.contract import TABLES
from cslab.tables.known import known_on, known_since
from cslab.tables.lazy import Lazy
from cslab.tables.log import EVENTS, event_faults

__all__ = [
    "EVENTS",
    "TABLES",
    "Column",
    "Lazy",
    "Table",
    "check_table",
    "check_tables",
    "event_faults",
    "known_on",
    "known_since",
]
