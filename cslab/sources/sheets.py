"""The sheets of a workbook as files: which there are, and one of them read into cells with row numbers and letters."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.faults import Fault
from cslab.sources.datafile import DataFile
from cslab.sources.findings import EXAMPLES, Findings
from cslab.sources.mapped import RawFile
from cslab.sources.sheet_grid import Grid, letter, place
from cslab.sources.sheet_layout import SEARCHED, Layout, find, header_of
from cslab.sources.totals import without_totals
from cslab.sources.units import title_unit
from cslab.sources.workbook import BROKEN, open_workbook

if TYPE_CHECKING:
    import pandas as pd


def sheet_files(path: Path) -> list[DataFile]:
    """The sheets of a workbook that hold anything; the workbook itself where it cannot be opened.

    Parameters
    ----------
    path : Path
        Ending in ``.xlsx``, ``.xlsm`` or ``.xls``.

    >>> [file.name for file in sheet_files(Path("no such.xlsx"))]
    ['no such.xlsx']
    """
    book = open_workbook(path)
    if isinstance(book, Fault):
        return [DataFile(path)]
    try:
        sheets = book.sheets()
    except BROKEN:
        return [DataFile(path)]
    alone = sum(sheets.values()) == 1
    return [DataFile(path, sheet, alone and shown, not shown, book) for sheet, shown in sheets.items()]


def sheet_header(file: DataFile, wanted: Collection[str] = ()) -> list[str]:
    """The names of a sheet's columns, quietly; none where they cannot be told.

    Parameters
    ----------
    file : DataFile
    wanted : collection of str
        Names that a header probably has.

    >>> sheet_header(DataFile(Path("no such.xlsx")))
    []
    """
    if file.workbook is None:
        return []
    try:
        top = file.workbook.top(file.sheet, SEARCHED)
    except BROKEN:
        return []
    row = header_of(top, wanted)
    return [cell.strip() for cell in top.rows[row - 1] if cell.strip()] if row else []


def read_sheet(file: DataFile, findings: Findings, wanted: Collection[str] = (), header_row: int = 0) -> RawFile | None:
    """One sheet's table as text.

    Parameters
    ----------
    file : DataFile
    findings : Findings
        Where faults and notes go: a locked or broken workbook, cells without a value, merged cells, titles, totals.
    wanted : collection of str
        Names that a header probably has.
    header_row : int
        As a mapping says; 0 to find it.

    >>> findings = Findings(); read_sheet(DataFile(Path("no such.xlsx")), findings); findings.faults[0].key
    'file_unreadable'
    """
    opened = file.workbook or open_workbook(file.path)
    if isinstance(opened, Fault):
        findings.faults.append(opened)
        return None
    try:
        grid = opened.grid(file.sheet)
        unsure = opened.unsure(file.sheet)
    except BROKEN:
        findings.fault("workbook_broken", file=file.name)
        return None
    layout = find(grid, file.name, findings, wanted, header_row)
    letters = None if layout is None else _letters(layout, grid, file.name, findings)
    if layout is None or letters is None:
        return None
    cells = without_totals(_cells(layout, grid, letters), file.name, findings)
    columns = set(letters.values())
    if _unsure(unsure, set(cells.index), columns, file.name, findings) or _merged(cells, grid, file.name, findings):
        return None
    scaled = {name: grid.scaled[at] for name, at in letters.items() if at in grid.scaled}
    places = {name: letter(at) for name, at in letters.items()}
    return RawFile(file.name, cells, places, opened.serial, _said_unit(layout), scaled)


def _letters(layout: Layout, grid: Grid, name: str, findings: Findings) -> dict[str, int] | None:
    """The columns by name; None, and a fault, where one has values and no name, or two have one name."""
    full = {at for row in layout.rows for at, cell in enumerate(grid.rows[row - 1]) if cell.strip()}
    named = {at for at, title in enumerate(layout.names) if title}
    if nameless := sorted(full - named):
        findings.fault("header_blank", file=name, row=layout.header, place=letter(nameless[0] + 1))
        return None
    titles = [title for title in layout.names if title]
    if repeated := sorted({title for title in titles if titles.count(title) > 1}):
        findings.fault("header_twice", file=name, row=layout.header, columns=", ".join(repeated))
        return None
    return {title: at + 1 for at, title in enumerate(layout.names) if title}


def _cells(layout: Layout, grid: Grid, letters: dict[str, int]) -> pd.DataFrame:
    """The table's cells; the index is the row number in the sheet."""
    import pandas as pd

    width = len(layout.names)
    rows = [(row := grid.rows[number - 1]) + [""] * (width - len(row)) for number in layout.rows]
    columns = {name: [row[at - 1] for row in rows] for name, at in letters.items()}
    return pd.DataFrame(columns, index=pd.Index(layout.rows, dtype="int64"), columns=list(letters), dtype=object)


def _unsure(unsure: dict[str, list[str]], rows: set[int], columns: set[int], name: str, findings: Findings) -> bool:
    """Whether cells of the table say nothing though something should stand there."""
    told = False
    for key, places in unsure.items():
        within = [each for each in places if place(each)[1] in rows and place(each)[0] in columns]
        if within:
            shown = ", ".join(within[:EXAMPLES]) + (", …" if len(within) > EXAMPLES else "")
            findings.fault(key, file=name, count=len(within), cells=shown)
            told = True
    return told


def _merged(cells: pd.DataFrame, grid: Grid, name: str, findings: Findings) -> bool:
    """Whether cells are merged within the table: only the first of them would have a value."""
    rows = set(cells.index)
    within = [each for each in grid.merged if rows & set(range(each.top, each.bottom + 1))]
    if within:
        shown = [f"{letter(each.left)}{each.top}:{letter(each.right)}{each.bottom}" for each in within]
        cut = ", ".join(shown[:EXAMPLES]) + (", …" if len(shown) > EXAMPLES else "")
        findings.fault("cells_merged", file=name, count=len(within), cells=cut)
    return bool(within)


def _said_unit(layout: Layout) -> str:
    """The unit of money that a title above the table says, such as ``単位:千円``."""
    return next((unit for cell in layout.above if (unit := title_unit(cell))), "")
