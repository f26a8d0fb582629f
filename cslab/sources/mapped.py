"""From the cells of one file to one table of the contract, as a mapping (or the file's own column names) says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from cslab.faults import nearest
from cslab.sources.adjusted import adjusted, rows_that_count, spread_over
from cslab.sources.coerce import Place, coerce
from cslab.sources.covariates import covariate_name, typed
from cslab.sources.dates import Calendar
from cslab.sources.findings import Findings
from cslab.sources.rules import FileMapping, Rule, TableRules
from cslab.sources.sections import INVOICES, SECTIONS
from cslab.sources.units import header_unit, times
from cslab.tables import TABLES, Column

if TYPE_CHECKING:
    import pandas as pd

_ANY = Column("", "text", "", "")


@dataclass(frozen=True)
class RawFile:
    """One file as it stands.

    Parameters
    ----------
    name : str
        For the messages.
    cells : DataFrame of str
        Index: row numbers of the file.
    letters : mapping of str to str
        Of a sheet: the letters of each column.
    serial : str
        Of a sheet: the year from which its day numbers count, ``"1900"`` or ``"1904"``.
    unit : str
        Of a sheet: the unit of all its amounts, where a title says it, such as ``"千円"``.
    scaled : mapping of str to float
        Of a sheet: how many times smaller the numbers of a column are shown than they are.

    >>> import pandas as pd
    >>> RawFile("a.csv", pd.DataFrame({"id": ["A1"]}, index=[2])).name
    'a.csv'
    """

    name: str
    cells: pd.DataFrame
    letters: Mapping[str, str] = field(default_factory=dict)
    serial: str = ""
    unit: str = ""
    scaled: Mapping[str, float] = field(default_factory=dict)


def make_tables(files: Mapping[str, RawFile], mapping: FileMapping, findings: Findings) -> dict[str, pd.DataFrame]:
    """All tables from their files. A column that nobody asked for is kept as ``x_…`` with the first table of its file.

    Parameters
    ----------
    files : mapping of str to RawFile
        By table; one file may feed several tables.
    mapping : FileMapping
        Empty where the files already speak our language.
    findings : Findings
        Where faults and counts go.

    Returns
    -------
    dict of str to DataFrame
        Typed tables; the index still holds the row numbers of the file.

    >>> import pandas as pd
    >>> file = RawFile("accounts.csv", pd.DataFrame({"account_id": ["A1"], "NPS": ["9"]}, index=[2]))
    >>> make_tables({"accounts": file}, FileMapping(), Findings())["accounts"].to_dict("list")
    {'account_id': ['A1'], 'x_nps': [9]}
    """
    rules = {table: _rules(table, file, mapping, findings) for table, file in files.items()}
    tables = {}
    for table, file in files.items():
        sharing = [other for other in files if files[other] is file]
        spoken_for = {header for other in sharing for rule in rules[other].values() for header in rule.reads}
        spare = [str(header) for header in file.cells if header not in spoken_for] if table == sharing[0] else []
        if table == INVOICES.name and spare:
            findings.note("invoice_columns_unused", file=file.name, count=len(spare), names=", ".join(spare))
            spare = []
        tables[table] = _table(table, file, rules[table], spare, mapping, findings)
    _rule_notes(tables, files, rules, findings)
    return tables


def _rules(table: str, file: RawFile, mapping: FileMapping, findings: Findings) -> dict[str, Rule]:
    """How each column of a table is made: as the mapping says, else from the file's column of that very name."""
    written = mapping.tables.get(table, TableRules()).columns
    rules: dict[str, Rule] = {}
    for name in [*SECTIONS[table].names, *(name for name in written if name.startswith("x_"))]:
        rule = written.get(name) or (Rule(column=name) if name in file.cells else None)
        if rule is None:
            continue
        if absent := [header for header in rule.reads if header not in file.cells]:
            _absent(file, f"{table}.{name}", absent, mapping, findings)
            continue
        rules[name] = _with_defaults(rule, name, table, mapping)
    return rules


def _rule_notes(
    tables: Mapping[str, pd.DataFrame],
    files: Mapping[str, RawFile],
    rules: Mapping[str, Mapping[str, Rule]],
    findings: Findings,
) -> None:
    """Count what a mapping assumes: ids made of row numbers, last days in force moved by a day."""
    numbered = {}
    for table, columns in rules.items():
        for name, rule in columns.items():
            made = tables[table].get(name)
            if rule.row_number and made is not None and len(made):
                numbered[files[table].name] = (made.iloc[0], made.iloc[-1])
            if rule.inclusive and made is not None:
                values = {"file": files[table].name, "column": rule.column, "count": int(made.notna().sum())}
                findings.note("inclusive_end", **values)
    for file, (first, last) in numbered.items():
        findings.note("row_number_ids", file=file, first=first, last=last)


def _absent(file: RawFile, key: str, headers: list[str], mapping: FileMapping, findings: Findings) -> None:
    """Columns that a mapping names and the file does not have."""
    for header in headers:
        near = nearest(header, file.cells.columns) or "-"
        values = {"near": near, "found": ", ".join(file.cells.columns), "mapping": mapping.name}
        findings.fault("mapped_column_absent", file=file.name, column=header, key=key, **values)


def _with_defaults(rule: Rule, name: str, table: str, mapping: FileMapping) -> Rule:
    """A rule with what the mapping says of all files."""
    dated = not name.startswith("x_") and SECTIONS[table].column(name).kind in ("date", "month")
    form = rule.date_format or (mapping.date_format if dated else "")
    return replace(rule, missing=(*rule.missing, *mapping.missing), date_format=form)


def _table(
    table: str, file: RawFile, rules: Mapping[str, Rule], spare: list[str], mapping: FileMapping, findings: Findings
) -> pd.DataFrame:
    """One typed table: declared columns in the order of the contract, then those kept as ``x_…``."""
    import pandas as pd

    only = mapping.tables.get(table, TableRules()).only
    file = replace(file, cells=rows_that_count(file.cells, only, file.name, findings)) if only else file
    made: dict[str, pd.Series] = {}
    later = {name: rule for name, rule in rules.items() if rule.parents}
    for name, rule in rules.items():
        if name in later:
            continue
        cells = _cells(file, rule)
        if name.startswith("x_"):
            made[name] = typed(_translated(cells, rule))
        else:
            place = _place(file, rule, SECTIONS[table].column(name), mapping)
            made[name] = coerce(cells, rule, place, findings)
    made = adjusted(made, rules, file.cells, Place(file.name, "", _ANY, mapping.currency or "JPY"), findings)
    for name, rule in later.items():
        made |= _derived(mapping.name, f"{table}.{name}", rule, made, findings)
    made = spread_over(made, rules, table, mapping.name, findings)
    made |= _covariates(file, spare, rules, mapping, findings)
    order = [name for name in SECTIONS[table].names if name in made]
    return pd.DataFrame({name: made[name] for name in dict.fromkeys([*order, *made])}, index=file.cells.index)


def _place(file: RawFile, rule: Rule, column: Column, mapping: FileMapping) -> Place:
    """Where a column stands, and what its header and the titles above the table say of it."""
    unit, factor = header_unit(rule.column) if column.kind == "money" else ("", 1.0)
    if not unit and file.unit and column.kind == "money" and rule.column:
        unit, factor = file.unit, times(file.unit)
    factor = factor / file.scaled.get(rule.column, 1.0) if unit else 1.0
    calendar = Calendar(mapping.fiscal_start, file.serial)
    letter = file.letters.get(rule.column, "")
    return Place(file.name, rule.column, column, mapping.currency or "JPY", letter, factor, unit, calendar)


def _cells(file: RawFile, rule: Rule) -> pd.Series:
    """The text from which a column is made."""
    import pandas as pd

    index = file.cells.index
    if rule.row_number:
        width = len(str(index.max())) if len(index) else 1
        return pd.Series([f"R{row:0{width}d}" for row in index], index=index)
    if rule.join:
        parts = [file.cells[header].str.strip() for header in rule.join]
        together, whole = parts[0], parts[0] != ""
        for part in parts[1:]:
            together, whole = together + rule.separator + part, whole & (part != "")
        return together.where(whole, "")
    return file.cells[rule.column] if rule.column else pd.Series(rule.constant, index=index)


def _translated(cells: pd.Series, rule: Rule) -> pd.Series:
    """A covariate's cells with the mapping's words put in, and its blanks blank."""
    words = cells.str.strip()
    meant = {**rule.corrects, **rule.values, **dict.fromkeys(rule.missing, "")}
    return words.replace(meant) if meant else words


_AMOUNTS = ("count", "number", "money")
"""Kinds of columns that one can divide by each other."""


def _derived(
    mapping: str, key: str, rule: Rule, made: Mapping[str, pd.Series], findings: Findings
) -> dict[str, pd.Series]:
    """A column computed from two others of ours; nothing, and a fault, where one of them is not there."""
    table, _, name = key.partition(".")
    parents = rule.parents
    kinds = [SECTIONS[table].column(parent).kind for parent in parents if parent in SECTIONS[table].names]
    wanted = [_AMOUNTS] * 2 if rule.ratio else [("date",), ("count",) if rule.add_months else ("date",)]
    fits = len(kinds) == 2 and all(kind in allowed for kind, allowed in zip(kinds, wanted, strict=True))
    if not fits or not set(parents) <= set(made):
        told = ", ".join("/".join(allowed) for allowed in wanted)
        values = {"parents": ", ".join(parents), "kinds": told, "known": ", ".join(made)}
        findings.fault("mapping_derived", file=mapping, key=key, **values)
        return {}
    first, second = (made[parent] for parent in parents)
    if rule.add_months:
        return {name: months_after(first, second)}
    if rule.ratio:
        return {name: first.astype("Float64").div(second.where(second != 0)).astype("float64")}
    gap = (second - first).dt.days / 30.4375
    return {name: gap.round().astype("int64" if gap.notna().all() else "Int64")}


def months_after(days: pd.Series, months: pd.Series) -> pd.Series:
    """The same day some months later; the last of the month where that month is too short.

    Parameters
    ----------
    days : Series of datetime64[ns]
        May be missing.
    months : Series of number
        May be negative; a part of a month counts as that part of 30 days.

    Returns
    -------
    Series of datetime64[ns]
        Missing where either is.

    >>> import pandas as pd
    >>> months_after(pd.Series(pd.to_datetime(["2024-01-31"])), pd.Series([1])).tolist()
    [Timestamp('2024-02-29 00:00:00')]
    """
    import pandas as pd

    known = (days.notna() & months.notna()).to_numpy()
    start, count = days.to_numpy()[known].astype("datetime64[D]"), months.to_numpy(dtype=float, na_value=np.nan)[known]
    whole = np.trunc(count).astype(int)
    first = start.astype("datetime64[M]")
    last_day = (first + whole + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    day = (first + whole).astype("datetime64[D]") + (start - first.astype("datetime64[D]"))
    moved = np.minimum(day, last_day) + np.round((count - whole) * 30).astype("timedelta64[D]")
    result = np.full(len(days), np.datetime64("NaT", "ns"))
    result[known] = moved.astype("datetime64[ns]")
    return pd.Series(result, index=days.index)


def _covariates(
    file: RawFile, spare: list[str], rules: Iterable[str], mapping: FileMapping, findings: Findings
) -> dict[str, pd.Series]:
    """The columns that nobody asked for, under their ``x_`` names."""
    names = {header: covariate_name(header) for header in spare}
    taken = [*rules, *names.values()]
    if twice := sorted({name for name in names.values() if taken.count(name) > 1}):
        headers = ", ".join(header for header, name in names.items() if name in twice)
        findings.fault("covariate_twice", file=file.name, columns=headers, name=twice[0])
        return {}
    _covariate_notes(file, names, findings)
    blanks = Rule(missing=mapping.missing)
    return {name: typed(_translated(file.cells[header], blanks)) for header, name in names.items()}


def _covariate_notes(file: RawFile, names: Mapping[str, str], findings: Findings) -> None:
    """Say which columns were kept that way, and which of them look like a misspelt column of ours."""
    known = {column for table in TABLES.values() for column in table.names}
    fresh = [name for header, name in names.items() if header != name]
    if fresh:
        findings.note("kept_as_covariates", file=file.name, count=len(fresh), names=", ".join(fresh))
    for header, name in names.items():
        if name.removeprefix("x_") in known:
            findings.note("covariate_like", file=file.name, column=header, name=name, ours=name.removeprefix("x_"))
