"""The tables a company can export, declared: checks, data dictionary and templates are made from these lines."""

from __future__ import annotations

from cslab.tables.column import Table
from cslab.tables.contract import business, lifecycle, product, programmes, voice, work

_SUBJECTS = (business, product, lifecycle, work, voice, programmes)

TABLES: dict[str, Table] = {table.name: table for subject in _SUBJECTS for table in subject.TABLES}
"""Every table by name, in the order in which they are shown."""
