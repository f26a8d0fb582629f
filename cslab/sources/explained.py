"""What a mapping makes of an export: the first rows of each file beside what they became, every rule, every count."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from cslab.book import Note
from cslab.faults import DataError, Fault, UsageError
from cslab.sources.binding import book_of
from cslab.sources.covariates import covariate_name
from cslab.sources.file_cells import read_files
from cslab.sources.files import data_files
from cslab.sources.findings import Findings
from cslab.sources.fitting import fitted
from cslab.sources.folder import gathered, place_of
from cslab.sources.grammar import Source
from cslab.sources.mapped import RawFile, make_tables
from cslab.sources.privacy import BLANKED, Masked, masked, told, veiled_notes
from cslab.sources.rules import FileMapping, Rule, TableRules
from cslab.sources.sections import SECTIONS
from cslab.sources.through import with_accounts

if TYPE_CHECKING:
    import pandas as pd

ROWS = 10
"""So many rows of each table are shown."""
NOTHING = "–"
"""What a cell became that counts as blank."""


@dataclass(frozen=True)
class Section:
    """One table.

    Parameters
    ----------
    table, file : str
        Ours, and the file from which it is made.
    rules : tuple of str
        A line a column, as a mapping would say it.
    rows : DataFrame of str
        The first rows: row number of the file, then each column of ours as ``theirs → ours``, or one word where both
        are the same. Personal values show as dots or pseudonyms.

    >>> import pandas as pd
    >>> Section("accounts", "a.csv", (), pd.DataFrame()).table
    'accounts'
    """

    table: str
    file: str
    rules: tuple[str, ...]
    rows: pd.DataFrame


@dataclass(frozen=True)
class Explained:
    """Everything that can be said of how a source is read.

    Parameters
    ----------
    sections : tuple of Section
    notes : tuple of Note
        All that was coerced, set aside or assumed.
    faults : tuple of Fault
        Why the source cannot be loaded, if so.
    confidential : bool
        Whether it holds somebody's real data.

    >>> Explained((), (), (), False).faults
    ()
    """

    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    faults: tuple[Fault, ...]
    confidential: bool


def explain(source: Source) -> Explained:
    """How a folder or workbook is read.

    Parameters
    ----------
    source : Source
        Of the kind ``folder``.

    Raises
    ------
    UsageError
        For another kind of source: nothing is mapped there.
    DataError
        For a mapping that cannot be read at all.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     size = Path(folder, "accounts.csv").write_text("account_id,signed_on\\nA1,2024/4/1\\n", encoding="utf-8")
    ...     found = explain(Source("folder", folder, text=f"folder:{folder}"))
    >>> found.sections[0].rows.loc[2].tolist(), [fault.key for fault in found.faults]
    (['A1', '2024/4/1 → 2024-04-01'], ['no_file_for_table'])
    """
    if source.kind != "folder":
        raise UsageError(Fault("explain_folder", {"source": source.text}))
    findings = Findings()
    files, mapping, mark, log = gathered(source, findings)
    aside = deepcopy(findings)
    mapping = fitted(mapping, files, aside)
    typed = with_accounts(make_tables(files, mapping, aside), files, mapping, aside)
    behind = Masked(dict(typed)) if mark and mark.synthetic else masked(typed, files, mapping, aside)
    sections = tuple(_section(table, files[table], mapping, behind) for table in behind.tables)
    confidential = not (mark and mark.synthetic)
    try:
        notes = book_of(source, files, mapping, mark, log, findings).notes
    except DataError as error:
        veiled = veiled_notes(findings.notes, behind.hidden)
        return Explained(sections, tuple(veiled), tuple(error.faults), confidential)
    return Explained(sections, notes, (), confidential)


def every_file(source: Source) -> dict[str, pd.DataFrame]:
    """The cells of every file of a folder, and every sheet, whether it is known what it is or not.

    Parameters
    ----------
    source : Source
        Of the kind ``folder``.

    Raises
    ------
    UsageError
        For another kind of source, and where there is no such folder.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     size = Path(folder, "顧客.csv").write_text("番号\\nA1\\n", encoding="utf-8")
    ...     found = every_file(Source("folder", folder))
    >>> found["顧客.csv"]["番号"].tolist()
    ['A1']
    """
    if source.kind != "folder":
        raise UsageError(Fault("explain_folder", {"source": source.text}))
    findings = Findings()
    found = data_files(place_of(source), findings)
    files = read_files({file.name: file for file in found}, FileMapping(), findings)
    return {name: file.cells for name, file in files.items()}


def _section(table: str, file: RawFile, mapping: FileMapping, behind: Masked) -> Section:
    """One table: its rules, and its first rows."""
    import pandas as pd

    written = mapping.tables.get(table, TableRules()).columns
    headers = {covariate_name(str(header)): str(header) for header in file.cells}
    frame = behind.tables[table].head(ROWS)
    names = [str(name) for name in frame]
    of_table = {key.partition(".")[2]: way for key, way in behind.ways.items() if key.startswith(f"{table}.")}
    dropped = [name for name, way in of_table.items() if way == "drop"]
    header = {name: name if name in file.cells else headers.get(name, "") for name in names}
    rules = {name: written.get(name) or Rule(column=header[name]) for name in names}
    columns = {name: _pairs(f"{table}.{name}", frame[name], rules[name], file, behind) for name in names}
    columns |= {name: pd.Series(BLANKED, index=frame.index) for name in dropped}
    lines = tuple(line(name, _covered(rules[name], f"{table}.{name}", behind)) for name in names)
    return Section(table, file.name, lines, pd.DataFrame(columns))


def _covered(rule: Rule, key: str, behind: Masked) -> Rule:
    """A rule without the words of a column that names somebody."""
    named = behind.ways.get(key, "keep") != "keep"
    values = {BLANKED if named else told(word, behind.hidden): meant for word, meant in rule.values.items()}
    corrects = {BLANKED if named else word: BLANKED if named else meant for word, meant in rule.corrects.items()}
    return replace(rule, values=values, corrects=corrects)


def _pairs(key: str, values: pd.Series, rule: Rule, file: RawFile, behind: Masked) -> pd.Series:
    """Each cell of a column as it stands in the file, and as it was read."""
    import pandas as pd

    ours = [_shown(value) for value in values]
    if not rule.column or rule.column not in file.cells:
        return pd.Series(ours, index=values.index)
    cells = file.cells[rule.column].reindex(values.index).fillna("").astype(str).str.strip()
    veil = behind.ways.get(key) == "pseudonym" or bool(rule.through)
    plain = _kind(key) not in ("id", "text", "category")
    theirs = [
        BLANKED if veil and cell != own and cell else told(cell, behind.hidden, plain=plain)
        for cell, own in zip(cells, ours, strict=True)
    ]
    pairs = zip(theirs, ours, strict=True)
    return pd.Series([own if cell == own else f"{cell} → {own or NOTHING}" for cell, own in pairs], index=values.index)


def _kind(key: str) -> str:
    """The kind of a column of ours; text of any other."""
    table, _, column = key.partition(".")
    return next((one.kind for one in SECTIONS[table].columns if one.name == column), "text")


def _shown(value: Any) -> str:
    """A value as a person would write it; nothing where it is missing."""
    import pandas as pd

    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def line(name: str, rule: Rule) -> str:
    """A rule as a line of a mapping.

    Parameters
    ----------
    name : str
        Our column.
    rule : Rule

    >>> line("mrr_amount", Rule(column="年額", divide_by=12.0)), line("industry", Rule(column="業種"))
    ('mrr_amount = { column = "年額", divide_by = 12 }', 'industry = "業種"')
    """
    plain = Rule()
    given = {item.name: getattr(rule, item.name) for item in fields(Rule)}
    said = {key: value for key, value in given.items() if value != getattr(plain, key)}
    if set(said) == {"column"}:
        return f"{name} = {toml(rule.column)}"
    return f"{name} = {{ {', '.join(f'{key} = {toml(value)}' for key, value in said.items())} }}"


def toml(value: Any) -> str:
    """A value as TOML writes it.

    >>> toml(("a", "b")), toml({"更新": "renewed"}), toml(True), toml(12.0)
    ('["a", "b"]', '{ "更新" = "renewed" }', 'true', '12')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{toml(key)} = {toml(item)}' for key, item in value.items())} }}"
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(toml, value))}]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
