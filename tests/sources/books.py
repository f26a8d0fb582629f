"""Workbooks written in the test itself, cell by cell."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl

ACCOUNTS = [["account_id", "segment"], ["A1", "smb"], ["A2", "mid"]]
CONTRACTS = [
    ["account_id", "start", "end", "mrr_amount"],
    ["A1", "2023-04-01", "2024-04-01", 1000],
    ["A2", "2023-05-01", "2024-05-01", 2000],
]


def book(path: Path, merged: Iterable[str] = (), **sheets: list[list[Any]] | None) -> Path:
    """A workbook of sheets given as rows; accounts and contracts are there unless given (None: left out)."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in {"accounts": ACCOUNTS, "contracts": CONTRACTS, **sheets}.items():
        if rows is not None:
            page = made.create_sheet(name)
            for row in rows:
                page.append(row)
    for each in merged:
        name, _, cells = each.partition("!")
        made[name].merge_cells(cells)
    made.save(path)
    return path


def changed(path: Path, sheet: str, **cells: Any) -> Path:
    """The same workbook with other values, or (value, number format), in some cells."""
    made = openpyxl.load_workbook(path)
    for place, value in cells.items():
        cell = made[sheet][place]
        if isinstance(value, tuple):
            cell.value, cell.number_format = value
        else:
            cell.value = value
    made.save(path)
    return path
