"""A mapping fitted to the files that are really there: of the names that a column may have, the one that it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cslab.sources.findings import Findings
from cslab.sources.mapped import RawFile
from cslab.sources.rules import FileMapping, Rule, TableRules


def fitted(mapping: FileMapping, files: Mapping[str, RawFile], findings: Findings) -> FileMapping:
    """A mapping in which every ``any_of`` has become the one header that the file has.

    A column of which the file has no header is left out, with what is computed from it; a note names them.

    Parameters
    ----------
    mapping : FileMapping
    files : mapping of str to RawFile
        By table.
    findings : Findings
        Where the notes go.

    Returns
    -------
    FileMapping

    >>> import pandas as pd
    >>> rules = TableRules(columns={"account_id": Rule(any_of=("Account ID", "取引先 ID"))})
    >>> files = {"accounts": RawFile("a.csv", pd.DataFrame({"取引先 ID": ["A1"]}))}
    >>> made = fitted(FileMapping("m", {"accounts": rules}), files, Findings())
    >>> made.tables["accounts"].columns["account_id"].column
    '取引先 ID'
    """
    tables = {
        table: _section(section, files[table], table, findings) if table in files else section
        for table, section in mapping.tables.items()
    }
    return replace(mapping, tables=tables)


def _section(section: TableRules, file: RawFile, table: str, findings: Findings) -> TableRules:
    """One section with the headers of its file."""
    headers = [str(header) for header in file.cells]
    chosen = {name: _chosen(rule, headers) for name, rule in section.columns.items()}
    known = {*headers, *(name for name, rule in chosen.items() if rule)}
    columns = {name: rule for name, rule in chosen.items() if rule and not _hangs(rule, section.columns, known)}
    if absent := [f"{table}.{name}" for name in section.columns if name not in columns]:
        findings.note("mapping_columns_absent", file=file.name, columns=", ".join(absent))
    return replace(section, columns={name: _free(rule, columns, headers) for name, rule in columns.items()})


def _chosen(rule: Rule, headers: list[str]) -> Rule | None:
    """A rule with the header that the file has; None where it has none of them."""
    if not rule.any_of:
        return rule
    header = next((name for name in rule.any_of if name in headers), "")
    if header:
        return replace(rule, column=header, any_of=(), row_number=False)
    return replace(rule, any_of=()) if rule.row_number else None


def _hangs(rule: Rule, written: Iterable[str], known: Iterable[str]) -> bool:
    """Whether a rule needs a column of the mapping that the file turned out not to have."""
    needed = {*rule.parents, *([rule.over] if rule.over else [])}
    return bool(needed & {*written} - {*known})


def _free(rule: Rule, columns: Iterable[str], headers: list[str]) -> Rule:
    """A rule whose blanks hang on no column that is not there."""
    there = {*columns, *headers}
    return replace(rule, blank_when={name: value for name, value in rule.blank_when.items() if name in there})
