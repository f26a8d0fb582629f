"""Where a mapping may say that a table lies: files in a folder, tables in a database."""

from __future__ import annotations

from cslab.sources.findings import Findings
from cslab.sources.rules import FileMapping


def refuse_tables(mapping: FileMapping, findings: Findings) -> None:
    """In a folder: refuse the name of a table where a file is meant.

    Parameters
    ----------
    mapping : FileMapping
    findings : Findings
        Gets a fault for each section.

    >>> from cslab.sources.rules import TableRules
    >>> found = Findings(); refuse_tables(FileMapping("m", {"accounts": TableRules(table="customers")}), found)
    >>> [fault.key for fault in found.faults]
    ['mapping_for_databases']
    """
    sections = [name for name, rules in mapping.tables.items() if rules.table or rules.parquet]
    if mapping.events and mapping.events.table:
        sections.append("events")
    for section in sections:
        findings.fault("mapping_for_databases", file=mapping.name, key=section)


def refuse_files(mapping: FileMapping, findings: Findings) -> None:
    """In a database: refuse the name of a file where a table is meant.

    Parameters
    ----------
    mapping : FileMapping
    findings : Findings
        Gets a fault for each section.

    >>> from cslab.sources.rules import TableRules
    >>> found = Findings(); refuse_files(FileMapping("m", {"accounts": TableRules("a.csv")}), found)
    >>> [fault.key for fault in found.faults]
    ['mapping_for_files']
    """
    if mapping.use:
        findings.fault("mapping_use_in_database", file=mapping.name)
    for section, rules in mapping.tables.items():
        if rules.file or rules.sheet or rules.header_row:
            findings.fault("mapping_for_files", file=mapping.name, key=section)
