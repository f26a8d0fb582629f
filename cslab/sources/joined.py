"""Several mappings as one: a system for the customers, another for the tickets, and lines of one's own above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cslab.faults import Fault, UsageError, nearest
from cslab.sources.findings import Findings
from cslab.sources.mapping import read_mapping, shipped
from cslab.sources.rules import FileMapping, TableRules
from cslab.sources.sections import SECTIONS

SETTINGS = ("as_of", "currency", "encoding", "date_format", "missing")
"""What holds for all files: the first mapping that says it wins."""
Headers = Mapping[tuple[str, str], Sequence[str]]
"""The headers of each file of a folder, by file and sheet (empty where it is no workbook)."""


def named(names: str, headers: Headers, findings: Findings) -> FileMapping:
    """The shipped mappings of some names with ``+`` between them, as one.

    Parameters
    ----------
    names : str
        Such as ``"salesforce+zendesk"``.
    headers : mapping of (str, str) to list of str
        Of the files, by file and sheet.
    findings : Findings

    Returns
    -------
    FileMapping

    Raises
    ------
    UsageError
        For a name that no shipped mapping has.

    >>> named("telco", {}, Findings()).currency
    'USD'
    """
    known = shipped()
    wanted = [name.strip() for name in names.split("+")]
    for name in wanted:
        if name not in known:
            near = nearest(name, known) or "-"
            raise UsageError(Fault("unknown_mapping", {"name": name, "near": near, "known": ", ".join(known)}))
    return joined(FileMapping(names), [read_mapping(known[name], name, findings) for name in wanted], headers, findings)


def with_used(own: FileMapping, headers: Callable[[], Headers], findings: Findings) -> FileMapping:
    """A mapping with the shipped ones that it uses below it.

    Parameters
    ----------
    own : FileMapping
        Its lines win.
    headers : callable
        Gives the headers of the files, by file and sheet; asked only where something is used.
    findings : Findings
        Gets a fault for a name that no shipped mapping has.

    >>> with_used(FileMapping("mapping.toml", use=("telco",)), dict, Findings()).currency
    'USD'
    """
    if not own.use:
        return own
    known, used = shipped(), []
    for name in own.use:
        if name in known:
            used.append(read_mapping(known[name], name, findings))
        else:
            values = {"name": name, "near": nearest(name, known) or "-", "known": ", ".join(known)}
            findings.fault("mapping_use_unknown", file=own.name, **values)
    return joined(own, used, headers(), findings)


def told_by_headers(headers: Headers, findings: Findings) -> FileMapping:
    """What the headers of the files alone say about them: the shipped mappings that know some of the files.

    Parameters
    ----------
    headers : mapping of (str, str) to list of str
        Of the files, by file and sheet.
    findings : Findings
        Gets a note for each mapping that is used.

    Returns
    -------
    FileMapping
        An empty one where no file is known.

    >>> told_by_headers({("a.csv", ""): ["account_id"]}, Findings()).tables
    {}
    """
    everything = [read_mapping(path, name, Findings()) for name, path in shipped().items()]
    used = [mapping for mapping in everything if any(_places(table, headers) for table in _telling(mapping))]
    return joined(FileMapping("+".join(mapping.name for mapping in used)), used, headers, findings)


def _telling(mapping: FileMapping) -> list[TableRules]:
    """The sections that know their file by its headers."""
    return [section for section in mapping.tables.values() if section.recognise]


def joined(own: FileMapping, used: Sequence[FileMapping], headers: Headers, findings: Findings) -> FileMapping:
    """One mapping out of several: own lines first, then of each table the first mapping that finds its file.

    Parameters
    ----------
    own : FileMapping
    used : sequence of FileMapping
        Shipped ones, in the order in which they are asked.
    headers : mapping of (str, str) to list of str
        Of the files, by file and sheet.
    findings : Findings
        Gets a note that says which mapping was used for which file.

    >>> crm = FileMapping("crm", {"accounts": TableRules(recognise=(("ID", "Name"),))})
    >>> made = joined(FileMapping("mine"), [crm], {("export.csv", ""): ["ID", "Name", "City"]}, Findings())
    >>> made.tables["accounts"].file
    'export.csv'
    """
    tables, told = dict(own.tables), []
    for table in SECTIONS:
        written = own.tables.get(table, TableRules())
        for mapping in used:
            if (section := _section(table, written, mapping, headers, findings)) is not None:
                tables[table] = section
                told.append(f"{section.file or table} → {table} ({mapping.name})")
                break
    if told:
        findings.note("mapping_joined", files=", ".join(told))
    given = {name: [value for one in (own, *used) if (value := getattr(one, name))] for name in SETTINGS}
    settings: dict[str, Any] = {name: values[0] for name, values in given.items() if values}
    exact = next((one.recognise for one in used if one.recognise), own.recognise)
    mask = {place: way for one in (*reversed(used), own) for place, way in one.mask.items()}
    return replace(own, tables=tables, recognise=exact, mask=mask, **settings)


def _section(
    table: str, written: TableRules, mapping: FileMapping, headers: Headers, findings: Findings
) -> TableRules | None:
    """A section of a used mapping under one's own lines, with its file; None where it has none here."""
    section = mapping.tables.get(table)
    if section is None:
        return None
    merged = replace(
        written,
        columns={**section.columns, **written.columns},
        only={**section.only, **written.only},
        recognise=section.recognise,
        file=written.file or section.file,
        sheet=written.sheet or section.sheet,
        header_row=written.header_row or section.header_row,
    )
    if written.file or not section.recognise:
        return merged
    known = _places(section, headers)
    places = [place for place, size in known.items() if size == _best(mapping, headers[place])]
    if len(places) > 1:
        findings.fault("two_files", table=table, files=", ".join(file for file, _ in places))
    if not places:
        return None
    file, sheet = places[0]
    return replace(merged, file=file, sheet=sheet or written.sheet)


def _places(section: TableRules, headers: Headers) -> dict[tuple[str, str], int]:
    """The files and sheets that a section knows, each with the number of headers by which it knows it."""
    return {place: size for place, names in headers.items() if (size := _known(section, names))}


def _known(section: TableRules, names: Sequence[str]) -> int:
    """How many headers the largest set has by which a section knows a file; 0 where it does not."""
    return max((len(wanted) for wanted in section.recognise if {*wanted} <= {*names}), default=0)


def _best(mapping: FileMapping, names: Sequence[str]) -> int:
    """How many headers the section has that knows a file best: a list of deals names the customers too."""
    return max(_known(section, names) for section in mapping.tables.values())
