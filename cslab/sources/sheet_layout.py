"""Where in a sheet its table stands: titles above it, the header, the rows, what follows below; one table a sheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from cslab.sources.findings import Findings
from cslab.sources.sheet_grid import Grid, letter

SEARCHED = 100
"""Rows from the top in which a header is looked for."""
FEWEST = 0.6
"""Of the widest row, the share of cells that a header fills at least."""
_DATA = re.compile(r"[-+△▲¥\\$€]?[\d,]+(\.\d+)?([eE][-+]?\d+)?%?円?|\d{4}[-/.年].*|true|false", re.IGNORECASE)
_EXAMPLE = re.compile(r"(例|e\.g\.)[::\s]", re.IGNORECASE)
"""How the example row of our template begins."""
_NOTE = re.compile(r"[※*＊]|注|備考|出典|note|source", re.IGNORECASE)
_SENTENCE = 20
"""Letters from which on a lone cell below a table is a sentence, not an id."""


@dataclass(frozen=True)
class Layout:
    """Where the one table of a sheet stands.

    Parameters
    ----------
    header : int
        Row of the names, from 1.
    names : list of str
        One a column of the sheet, from column A on; empty where there is none.
    rows : list of int
        The rows of the table, from 1.
    above : list of str
        What stands in the rows above the header.

    >>> find(Grid([["売上"], ["id", "fee"], ["A1", "5"]]), "a.xlsx#売上", Findings()).rows
    [3]
    """

    header: int
    names: list[str]
    rows: list[int]
    above: list[str]


def find(grid: Grid, name: str, findings: Findings, wanted: Collection[str] = (), header_row: int = 0) -> Layout | None:
    """The place of the table; None, and a fault, where there is no header, or more than one table.

    Parameters
    ----------
    grid : Grid
        The sheet.
    name : str
        What messages call it.
    findings : Findings
        Where faults and notes go: a header below row 1, repeated headers, example rows, lines below the table.
    wanted : collection of str
        Names that a header probably has.
    header_row : int
        As the mapping says; 0 to find it.

    >>> grid = Grid([["顧客一覧"], [], ["番号", "業種", "席数"], ["A1", "製造", "5"]])
    >>> findings = Findings(); find(grid, "a.xlsx#顧客", findings).header, findings.notes[0].key
    (3, 'header_found')
    """
    if header_row > len(grid.rows):
        findings.fault("header_row_beyond", file=name, row=header_row, last=len(grid.rows))
        return None
    header = header_row or header_of(grid, wanted)
    if not header:
        findings.fault("sheet_no_header", file=name)
        return None
    header, names = _names(grid, header)
    if header > 1 and not header_row:
        titles = [title for title in names if title]
        told = ", ".join(titles[:3]) + (", …" if len(titles) > 3 else "")
        findings.note("header_found", file=name, row=header, names=told)
    if _beside(grid, header, names, name, findings) or _below(grid, header, names, wanted, name, findings):
        return None
    rows = _rows(grid, header, names, name, findings)
    above = [cell for row in grid.rows[: header - 1] for cell in row if cell.strip()]
    return Layout(header, names, rows, above)


def header_of(grid: Grid, wanted: Collection[str]) -> int:
    """The row of the names: the one with most wanted names, else the first that is wide enough and holds only words.

    Parameters
    ----------
    grid : Grid
    wanted : collection of str
        Names that a header probably has.

    Returns
    -------
    int
        From 1; 0 where there is none.

    >>> header_of(Grid([["2024年度 契約一覧"], ["出力日", "2024-04-01"], ["番号", "開始", "月額"]]), [])
    3
    """
    top = [[cell.strip() for cell in row] for row in grid.rows[:SEARCHED]]
    hits = [sum(cell in wanted for cell in row if cell) for row in top]
    if max(hits, default=0) > 1:
        return hits.index(max(hits)) + 1
    filled = [sum(map(bool, row)) for row in top]
    widest = max(filled, default=0)
    for least in (widest, FEWEST * widest):
        for number, (row, count) in enumerate(zip(top, filled, strict=True), start=1):
            if count and count >= least and sum(map(_is_data, row)) <= 0.2 * count:
                return number
    return 0


def _is_data(cell: str) -> bool:
    """Whether a cell holds a number, a day, a yes or no rather than a name."""
    return bool(_DATA.fullmatch(unicodedata.normalize("NFKC", cell.strip())))


def _names(grid: Grid, header: int) -> tuple[int, list[str]]:
    """The names, and their last row: a header in two rows has its groups merged above their columns."""
    grouped = [each for each in grid.merged if each.top == each.bottom == header and each.right > each.left]
    if grouped and header < len(grid.rows) and not any(map(_is_data, grid.rows[header])):
        header += 1
    names = [cell.strip() for cell in grid.rows[header - 1]]
    tall = [each for each in grid.merged if each.bottom == header > each.top and each.left == each.right]
    for each in tall:
        names += [""] * (each.left - len(names))
        names[each.left - 1] = names[each.left - 1] or grid.rows[each.top - 1][each.left - 1].strip()
    return header, names


def _beside(grid: Grid, header: int, names: list[str], name: str, findings: Findings) -> bool:
    """Whether a second table stands to the right: named columns, an empty one, named ones again."""
    full = {at for row in grid.rows[header:] for at, cell in enumerate(row) if cell.strip()}
    named = [at for at, title in enumerate(names) if title]
    for at, after in pairwise(named):
        if after > at + 1 and not full & set(range(at + 1, after)):
            findings.fault("sheet_two_tables", file=name, cell=f"{letter(after + 1)}{header}", value=names[after])
            return True
    return False


def _below(grid: Grid, header: int, names: list[str], wanted: Collection[str], name: str, findings: Findings) -> bool:
    """Whether a second table stands below: after a blank row, a row of words above columns that hold numbers."""
    body = grid.rows[header:]
    figures = {at for at in range(len(names)) if any(at < len(row) and _is_data(row[at]) for row in body[:SEARCHED])}
    word = _word_below_codes(body)
    for number, (before, row) in enumerate(pairwise(body), start=header + 2):
        cells = [cell.strip() for cell in row]
        if any(map(str.strip, before)) or sum(map(bool, cells)) < 2 or cells == names or any(map(_is_data, cells)):
            continue
        known = sum(cell in wanted for cell in cells) > 1
        other = known or any(cells[at] for at in figures if at < len(cells))
        if other or number - header - 1 == word:
            first = next(at for at, cell in enumerate(cells) if cell)
            findings.fault("sheet_two_tables", file=name, cell=f"{letter(first + 1)}{number}", value=cells[first])
            return True
    return False


def _word_below_codes(rows: list[list[str]]) -> int:
    """The first row, from 0, that begins with a word without a number, where three or more begin with codes before."""
    codes = 0
    for at, row in enumerate(rows):
        first = row[0].strip() if row else ""
        if first and not any(map(str.isdigit, first)):
            return at if codes > 2 else -1
        codes += bool(first)
    return -1


def _rows(grid: Grid, header: int, names: list[str], name: str, findings: Findings) -> list[int]:
    """The rows of the table without blank ones, repeated headers, our template's example and lines below it."""
    cells = {
        number: [cell.strip() for cell in row]
        for number, row in enumerate(grid.rows[header:], start=header + 1)
        if any(map(str.strip, row))
    }
    again = [number for number, row in cells.items() if row == names]
    examples = [number for number, row in cells.items() if _EXAMPLE.match(next(filter(None, row)))]
    below = _footnotes(cells, sum(map(bool, names)))
    told = {"header_repeated": again, "example_rows": examples, "footnotes_set_aside": below}
    for key, numbers in told.items():
        if numbers:
            findings.note(key, file=name, count=len(numbers), row=numbers[0])
    aside = {*again, *examples, *below}
    return [number for number in cells if number not in aside]


def _footnotes(cells: dict[int, list[str]], width: int) -> list[int]:
    """The last rows that hold one cell only, which begins with the sign of a note or stands apart as a sentence."""
    found: list[int] = []
    for number in sorted(cells, reverse=True):
        words = [cell for cell in cells[number] if cell]
        apart = number - 1 not in cells and len(words[0]) > _SENTENCE
        if width < 2 or len(words) > 1 or not (_NOTE.match(words[0]) or apart):
            break
        found.append(number)
    return found[::-1]
