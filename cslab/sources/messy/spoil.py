"""The tables of some offices, spoilt to a level, with a list of everything that was done to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cslab.sources.messy.cells import REWRITES
from cslab.sources.messy.columns import respell
from cslab.sources.messy.eligible import eligible
from cslab.sources.messy.kinds import Kind, kinds_of
from cslab.sources.messy.rows import KEPT_OF_CUT, ROWS, Change, total_row
from cslab.sources.messy.sheet import Sheet
from cslab.sources.written import csv_lines

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Spoilt:
    """The files of some offices as they are written, and the list.

    Parameters
    ----------
    files : mapping of str to bytes
        CSV by table, without a BOM.
    rows : mapping of str to int
        How many rows each table has.
    changes : list of (str, str, int, str, str, str)
        Kind, table, row within these offices (from 0; -1 for a whole column or file), column, what stood there, what
        stands there now.

    >>> Spoilt({}, {"accounts": 2}, []).rows["accounts"]
    2
    """

    files: Mapping[str, bytes]
    rows: Mapping[str, int]
    changes: list[tuple[str, str, int, str, str, str]]

    def listed(self) -> str:
        """The list as JSON, to be put together with those of the other offices.

        >>> Spoilt({}, {"accounts": 2}, []).listed()
        '{"rows": {"accounts": 2}, "changes": []}'
        """
        return json.dumps({"rows": self.rows, "changes": self.changes}, ensure_ascii=False)


def spoil(
    tables: Mapping[str, pd.DataFrame], level: int, seed: int, currency: str, first: bool = True, last: bool = True
) -> Spoilt:
    """Spoil the tables of some whole offices; the same seed spoils the same cells, however offices are grouped.

    Parameters
    ----------
    tables : mapping of str to DataFrame of str
        Cells as text, rows numbered from 0.
    level : int
        1 to 3.
    seed : int
        Of the company.
    currency : str
        Of its amounts.
    first, last : bool
        Whether these are the company's first offices (whole columns are listed once), and its last.

    Returns
    -------
    Spoilt

    >>> import pandas as pd
    >>> accounts = pd.DataFrame({"account_id": ["A000001"], "industry": ["it"]})
    >>> spoil({"accounts": accounts}, 1, 1, "JPY").changes
    [('missing', 'accounts', 0, 'industry', 'it', '')]
    """
    touched = {kind.table for kind in kinds_of(level)} & set(tables)
    sheets = {name: Sheet(tables[name]) for name in touched}
    done: list[tuple[str, Change]] = []
    for kind in sorted(kinds_of(level), key=lambda one: not one.share):  # whole columns last
        if kind.table in sheets and (not kind.column or kind.column in sheets[kind.table].cells):
            done += [(kind.name, change) for change in _spoil_one(kind, sheets, seed, currency, first, last)]
    done.sort(key=lambda one: sheets[one[1][0]].office(one[1][1]))  # so that the list too is the same however grouped
    whole = {name: sheets[name].whole() if name in sheets else cells for name, cells in tables.items()}
    listed = [
        (name, table, _place(whole[table], label), column, original, now)
        for name, (table, label, column, original, now) in done
    ]
    files = {name: _csv(name, cells, sheets.get(name), level) for name, cells in whole.items()}
    return Spoilt(files, {name: len(cells) for name, cells in whole.items()}, listed)


def _spoil_one(
    kind: Kind, sheets: Mapping[str, Sheet], seed: int, currency: str, first: bool, last: bool
) -> list[Change]:
    """Do one kind of harm, and say what was done."""
    if kind.name == "total_row":
        return total_row(sheets) if last else []
    if not kind.share:
        said = respell(kind, sheets)
        return said if first else []
    sheet = sheets[kind.table]
    rows = sheet.pick(kind, seed, eligible(kind.name, kind.column, sheet))
    if kind.name in ROWS:
        return ROWS[kind.name](sheets, rows)
    old = sheet.cells.loc[rows, kind.column].tolist()
    draws = sheet.forms(kind, seed, rows)
    new = [REWRITES[kind.name](cell, float(draw), currency) for cell, draw in zip(old, draws, strict=True)]
    sheet.cells.loc[rows, kind.column] = new
    return [(kind.table, row, kind.column, *pair) for row, *pair in zip(rows, old, new, strict=True)]


def _place(cells: pd.DataFrame, label: float) -> int:
    """Where a row stands at last; a lost one, where the next one stands; -1 for all rows."""
    return int(cells.index.searchsorted(label)) if label >= 0 else -1


def _csv(table: str, cells: pd.DataFrame, sheet: Sheet | None, level: int) -> bytes:
    """A table as CSV, in the encoding that is meant for it, rows cut off where they are to be."""
    headings = sheet.headings if sheet else {}
    names = [headings.get(str(name), str(name)) for name in cells]
    text = csv_lines(names, {str(name): values.tolist() for name, values in cells.items()})
    if sheet and sheet.cut:
        lines = text.splitlines(keepends=True)
        for label in sheet.cut:
            row = 1 + _place(cells, label)
            lines[row] = ",".join(lines[row].split(",")[:KEPT_OF_CUT]) + "\n"
        text = "".join(lines)
    return text.encode(encoding_of(table, level))


def encoding_of(table: str, level: int) -> str:
    """The encoding of a table's file.

    Parameters
    ----------
    table : str
    level : int
        0 to 3.

    >>> encoding_of("contracts", 1), encoding_of("contracts", 0), encoding_of("accounts", 3)
    ('cp932', 'utf-8', 'utf-8')
    """
    spoilt = any(kind.name == "cp932" and kind.table == table for kind in kinds_of(level))
    return "cp932" if spoilt else "utf-8"
