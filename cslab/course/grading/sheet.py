"""A table that a spreadsheet opens: Japanese stays Japanese, and no cell of it is a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

BOM = "\ufeff"
"""What Excel needs at the start of a file to take it for UTF-8."""
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet compute a cell; a Japanese one takes the wide signs for the narrow ones."""
_BREAKS = re.compile(r"[\t\r\n\v\f]+")


def sheet_bytes(columns: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    r"""Rows as CSV for a spreadsheet.

    Parameters
    ----------
    columns : sequence of str
        The names in the first line.
    rows : iterable of sequence of str or number
        As many cells each; a number is written as it is, so that it can be computed with.

    Returns
    -------
    bytes
        UTF-8 with BOM, lines ended by ``\r\n``.

    >>> sheet_bytes(["trainee"], [["山田"], ["=1+1"]]).decode("utf-8-sig")
    "trainee\r\n山田\r\n'=1+1\r\n"
    >>> sheet_bytes(["amount"], [[-130384], ["-130384"]]).decode("utf-8-sig")
    "amount\r\n-130384\r\n'-130384\r\n"
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode("utf-8", errors="replace")


def harmless(cell: str) -> str:
    """A cell's text as one line that no spreadsheet computes.

    Parameters
    ----------
    cell : str

    >>> harmless("=HYPERLINK()"), harmless("two\\nlines"), harmless("a=b")
    ("'=HYPERLINK()", 'two lines', 'a=b')
    """
    line = _BREAKS.sub(" ", cell).strip()
    visible = "".join(letter for letter in line if unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))
    return f"'{visible}" if visible.lstrip().startswith(FORMULA) else visible


def is_ours(path: Path, columns: Sequence[str]) -> bool:
    """Whether a file begins as a sheet of ours does, and may be written anew.

    Parameters
    ----------
    path : Path
    columns : sequence of str
        The names in its first line.

    >>> is_ours(Path("no such file.csv"), ["trainee"])
    False
    """
    first = sheet_bytes(columns, [])
    try:
        with path.open("rb") as file:
            return file.read(len(first)) == first
    except OSError:
        return False
