"""An empty workbook to be filled: a sheet a table, what each column means, one example row, lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cslab.faults import Fault, UsageError, nearest
from cslab.sources.workbook_out import save
from cslab.tables import TABLES, Column, Table
from cslab.words import word

HEADER = 3
"""Row of the column names: a line on how to fill the sheet and the units stand above it, an example below."""
MOST_FILLED = 10_000
"""Rows in which lists to choose from are offered."""
_FORMATS = {"date": "yyyy-mm-dd", "month": "yyyy-mm", "time": "yyyy-mm-dd hh:mm", "money": "#,##0", "rate": "0%"}
_EXAMPLES = {
    **{"date": "2024-04-01", "month": "2024-04-01", "time": "2024-04-01 09:00", "flag": "true"},
    **{"money": "100000", "rate": "0.8", "count": "3", "number": "1", "text": "…", "category": "…", "id": "1"},
}
_COLOURS = {"required": "F4B183", "wanted": "DDEBF7", "extra": "EDEDED"}


def write_template(tables: Sequence[str], target: Path, lang: str) -> Path:
    """Write a workbook to be filled in: what is filled in loads without a mapping.

    Parameters
    ----------
    tables : sequence of str
        Names of tables; a sheet each.
    target : Path
        Ending in ``.xlsx``; must not be there yet.
    lang : str
        Of the explanations. The column names are the same in every language.

    Returns
    -------
    Path
        The target.

    Raises
    ------
    UsageError
        For a name that is no table's, another ending, a file that is there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_template(["accounts", "contracts"], Path(folder, "my.xlsx"), "en").name
    'my.xlsx'
    """
    import openpyxl

    if faults := _faults(tables, target):
        raise UsageError(*faults)
    examples = _examples(tables)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in dict.fromkeys(tables):
        _fill(book.create_sheet(name), TABLES[name], examples[name], lang)
    return save(book, target)


def _faults(tables: Sequence[str], target: Path) -> list[Fault]:
    """What is wrong with the wish."""
    unknown = [name for name in tables if name not in TABLES]
    faults = [
        Fault("template_table", {"name": name, "near": nearest(name, TABLES) or "-", "known": ", ".join(TABLES)})
        for name in unknown
    ]
    if target.suffix.lower() != ".xlsx":
        faults.append(Fault("template_ending", {"file": str(target), "meant": str(target.with_suffix(".xlsx"))}))
    elif target.exists():
        faults.append(Fault("template_there", {"file": str(target)}))
    return faults


def _examples(tables: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each table the cells of one row, from a made-up company."""
    from cslab.sources import load
    from cslab.sources.written import texts

    book = load("synthetic:tiny")
    return {name: _fullest(texts(name, book.tables[name])) if name in book.tables else {} for name in tables}


def _fullest(columns: dict[str, list[str]]) -> dict[str, str]:
    """The row with the fewest blank cells."""
    rows = list(zip(*columns.values(), strict=True))
    best = max(rows, key=lambda row: sum(map(bool, row)), default=())
    return dict(zip(columns, best, strict=False))


def _fill(page: Any, table: Table, example: dict[str, str], lang: str) -> None:
    """Put one table's explanations, names and example on a sheet."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    grey = Font(italic=True, color="808080")
    about = table.ja if lang == "ja" else table.en
    page.cell(1, 1, word("template.how", lang, table=table.name, row=about, first=HEADER + 2)).font = grey
    for at, column in enumerate(table.columns, start=1):
        letter = get_column_letter(at)
        page.cell(2, at, _unit(column, lang)).font = grey
        head = page.cell(HEADER, at, column.name)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor=_COLOURS[column.need])
        head.comment = _comment(column, lang)
        shown = example.get(column.name) or _example(column)
        page.cell(HEADER + 1, at, f"{word('template.example', lang)}{shown}" if at == 1 else shown).font = grey
        page.column_dimensions[letter].width = min(max(len(column.name), len(shown), 10) + 4, 40)
        page.column_dimensions[letter].number_format = _FORMATS.get(column.kind, "General")
        _choices(page, column, f"{letter}{HEADER + 1}:{letter}{MOST_FILLED}", lang)
    page.freeze_panes = f"B{HEADER + 1}"


def _unit(column: Column, lang: str) -> str:
    """The kind and unit of a column, and whether it must be filled."""
    kind = word(f"dictionary.kind.{column.kind}", lang)
    unit = word(f"dictionary.unit.{column.unit.replace(' ', '_')}", lang) if column.unit else ""
    return " · ".join(filter(None, (kind, unit, word(f"dictionary.need.{column.need}", lang))))


def _example(column: Column) -> str:
    """What could stand in a column, where the made-up company says nothing."""
    return column.values[0] if column.values else _EXAMPLES[column.kind]


def _comment(column: Column, lang: str) -> Any:
    """What a column means, as a comment on its name."""
    from openpyxl.comments import Comment

    lines = [column.describe(lang)]
    if column.values:
        lines.append(f"{word('dictionary.allowed', lang)}: {', '.join(column.values)}")
    if column.kind in _FORMATS or column.kind == "flag":
        lines.append(word(f"template.write.{column.kind}", lang))
    return Comment("\n".join(lines), "cslab", width=320, height=60 + 30 * len(lines))


def _choices(page: Any, column: Column, cells: str, lang: str) -> None:
    """A list to choose from, where a column may hold a few words only."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = ("true", "false") if column.kind == "flag" else column.values
    if not words:
        return
    rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    rule.error, rule.errorTitle = word("template.choose", lang), column.name
    rule.showErrorMessage = True
    rule.add(cells)
    page.add_data_validation(rule)
