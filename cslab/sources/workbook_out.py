"""Every ``.xlsx`` that the kit writes: tables as sheets, text as text whatever it begins with, whole or not at all."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.faults import UsageError
from cslab.sources.place import disk_fault

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 1_048_000
"""Rows of a table on one sheet; a little less than Excel has."""
LONGEST_CELL = 32_767
_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula."""


@dataclass(frozen=True)
class Sheet:
    """A table for a sheet of its own.

    Parameters
    ----------
    name : str
        Of the sheet; cut to 31 letters.
    frame : DataFrame
        Its rows.
    headings : mapping of str to str
        What stands above a column, where it is not the column's name.
    note : str
        One line above the table.

    >>> import pandas as pd
    >>> Sheet("accounts", pd.DataFrame({"account_id": ["A1"]})).headings
    {}
    """

    name: str
    frame: pd.DataFrame
    headings: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def write_workbook(target: Path, sheets: Iterable[Sheet], banner: str = "") -> Path:
    """Write tables to a workbook, which appears whole or not at all.

    Days are dates, missing is blank. Text is text: what begins like a formula is never computed. What is written is
    read back by ``folder:`` as it was.

    Parameters
    ----------
    target : Path
        Ending in ``.xlsx``; one that is there is replaced.
    sheets : iterable of Sheet
        At least one. A table of more rows than a sheet has is continued on ``name (2)``.
    banner : str
        Stands above every table and at the head of every printed page, such as the notice that the data are
        confidential; empty for none.

    Returns
    -------
    Path
        The target.

    Raises
    ------
    UsageError
        With what the disk said.

    >>> import pandas as pd, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_workbook(Path(folder, "a.xlsx"), [Sheet("accounts", pd.DataFrame({"account_id": ["=A1"]}))])
    ...     path.name
    'a.xlsx'
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    taken: set[str] = set()
    for sheet in sheets:
        for part in _parts(sheet):
            _fill(book, replace(part, name=sheet_name(part.name, taken)), banner)
    return save(book, target)


def save(book: Any, target: Path) -> Path:
    """A workbook of openpyxl's on the disk, whole or not at all.

    Parameters
    ----------
    book : Workbook
        Of openpyxl.
    target : Path

    Raises
    ------
    UsageError
        With what the disk said.

    >>> import openpyxl, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(openpyxl.Workbook(), Path(folder, "a.xlsx")).is_file()
    True
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as workshop:
            draft = Path(workshop) / target.name
            book.save(draft)
            draft.replace(target)
    except OSError as error:
        raise UsageError(disk_fault(target, error), ending="nothing_written") from error
    return target


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that a sheet may bear and no other has yet; it is added to the taken ones.

    Parameters
    ----------
    name : str
        As wished.
    taken : set of str
        Names in small letters.

    >>> taken = set(); sheet_name("usage/monthly", taken), sheet_name("Usage monthly", taken)
    ('usage monthly', 'Usage monthly (2)')
    """
    plain = _FORBIDDEN.sub(" ", _CONTROL.sub("", name)).strip(" '")[:_NAME] or "Sheet"
    found, turn = plain, 1
    while found.casefold() in taken:
        turn += 1
        found = f"{plain[: _NAME - len(str(turn)) - 3]} ({turn})"
    taken.add(found.casefold())
    return found


def plain_text(text: str) -> str:
    """Text as a cell can hold it: without control characters, and cut where it is longer than a cell may be.

    Parameters
    ----------
    text : str

    >>> plain_text("a\\x00b"), len(plain_text("x" * 40_000))
    ('ab', 32767)
    """
    clean = _CONTROL.sub("", text)
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - 1] + "…"


def _parts(sheet: Sheet) -> Iterator[Sheet]:
    """The pieces of a table that a sheet can hold."""
    for first in range(0, max(len(sheet.frame), 1), MOST_ROWS):
        yield replace(sheet, frame=sheet.frame.iloc[first : first + MOST_ROWS])


def _fill(book: Any, sheet: Sheet, banner: str) -> None:
    """Put one table on a sheet of a workbook that is being written."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(sheet.name)
    above = [line for line in (banner, sheet.note) if line]
    page.freeze_panes = f"A{len(above) + 2}"
    if banner:
        page.oddHeader.center.text = page.oddFooter.center.text = banner.replace("&", "&&")
    titles = [sheet.headings.get(str(name), str(name)) for name in sheet.frame]
    columns = [_values(sheet.frame.iloc[:, at]) for at in range(len(titles))]
    for at, (title, cells) in enumerate(zip(titles, columns, strict=True), start=1):
        page.column_dimensions[get_column_letter(at)].width = _width([title, *cells[:50]])
    if titles:
        page.auto_filter.ref = f"A{len(above) + 1}:{get_column_letter(len(titles))}{len(above) + 1 + len(sheet.frame)}"
    bold = Font(bold=True)
    for line in above:
        page.append([_text(page, line)])
    page.append([_text(page, title, bold) for title in titles])
    for row in zip(*columns, strict=True):
        page.append([_cell(page, value) for value in row])


def _values(column: pd.Series) -> list[Any]:
    """A column's cells as Python values, None where one is missing."""
    import pandas as pd

    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.map(str, na_action="ignore")
    cells = column.astype(object)
    return [None if missing else value for value, missing in zip(cells, column.isna(), strict=True)]


def _cell(page: Any, value: Any) -> Any:
    """A value as a cell: a day as a date, a number, yes or no, or text."""
    import datetime as dt

    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, dt.datetime):
        return _day(page, value)
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if abs(value) != float("inf") else None
    return _text(page, str(value))


def _day(page: Any, value: Any) -> Any:
    """A moment as a dated cell; one at midnight as a day."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, value.to_pydatetime() if hasattr(value, "to_pydatetime") else value)
    cell.number_format = "yyyy-mm-dd" if value.hour == value.minute == value.second == 0 else "yyyy-mm-dd hh:mm:ss"
    return cell


def _text(page: Any, text: str, font: Any = None) -> Any:
    """Text as a cell that is never a formula, marked as text where a spreadsheet could doubt it."""
    from openpyxl.cell import WriteOnlyCell

    plain = plain_text(text)
    if font is None and not plain.startswith(_STARTS):
        return plain
    cell = WriteOnlyCell(page, plain)
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    if plain.startswith(_STARTS):
        cell.quotePrefix = True
    return cell


def _width(cells: Iterable[Any]) -> float:
    """The width of a column in which some cells can be read; Japanese letters are twice as wide."""
    longest = max(sum(2 if letter > "\u2e80" else 1 for letter in str(cell)[:60]) for cell in cells)
    return float(min(max(longest + 2, 8), 60))
