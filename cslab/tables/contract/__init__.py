"""The tables a company can export, declared: checks, data dictionary and templates are made from these lines."""

from __future__ import annotations

from cslab.tables.column import Table
from cslab.tables.contract import business, lifecycle, product, programmes, voice, work

SUBJECTS: dict[str, tuple[Table, ...]] = {
    subject.__name__.rpartition(".")[2]: subject.TABLES
    for subject in (business, product, lifecycle, work, voice, programmes)
}
"""The tables of each subject, as the data dictionary lists them."""

TABLES: dict[str, Table] = {table.name: table for tables in SUBJECTS.values() for table in tables}
"""Every table by name, in the order in which they are shown."""
