"""The data contract: every table, its columns, units, keys and checks. Nothing here reads or writes a file."""

from cslab.tables.check import check_tables
from cslab.tables.column import Column, Table
from cslab.tables.contract import TABLES
from cslab.tables.known import known_on

__all__ = ["TABLES", "Column", "Table", "check_tables", "known_on"]
