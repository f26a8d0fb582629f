"""Rows of totals below a table: set aside and counted where that is certain, else told."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cslab.sources.findings import Findings

if TYPE_CHECKING:
    import pandas as pd

_JAPANESE = ("合計", "総合計", "総計", "小計", "計", "平均", "件数", "合計金額")
_ENGLISH = ("total", "grand total", "totals", "subtotal", "sub total", "sub-total", "sum", "average", "count")
WORDS = frozenset((*_JAPANESE, *_ENGLISH))
"""What stands at the head of such a row."""
LAST = 10
"""Rows from below among which totals are looked for; above them such a word is no total, or one of a part."""
LONGEST = 20
"""Letters that such a word has at most, with what stands around it."""
NEAR = 0.005
"""How far, as a share, a rounded sum may be from the sum of its rounded parts."""
_MARKS = re.compile(r"[\s::()\[\]【】<>]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_SIGNS = str.maketrans("△▲", "--", ",¥\\$€円千万億百%")


def without_totals(cells: pd.DataFrame, name: str, findings: Findings) -> pd.DataFrame:
    """The cells without the rows of totals at the bottom.

    A row is one of totals where its first filled cell says so and a number of it is the sum, the mean or the count of
    the cells above, or nothing else stands in it. Where the word alone says so, and where such a row stands between the
    others, that is a fault: it may be a customer.

    Parameters
    ----------
    cells : DataFrame of str
        Index: row numbers.
    name : str
        What messages call the file.
    findings : Findings
        Where notes and faults go.

    >>> import pandas as pd
    >>> findings = Findings()
    >>> cells = pd.DataFrame({"id": ["A1", "A2", "合計"], "fee": ["1,000", "500", "1,500"]}, index=[2, 3, 4])
    >>> without_totals(cells, "a.csv", findings).index.tolist(), findings.notes[0].key
    ([2, 3], 'totals_set_aside')
    """
    if not len(cells) or not len(cells.columns):
        return cells
    suspects = _suspects(cells)
    if not suspects:
        return cells
    bottom = []
    for row in reversed(cells.index[-LAST:]):
        if row not in suspects:
            break
        bottom.append(row)
    rest = cells.drop(index=bottom)
    doubtful = [row for row in bottom if not _adds_up(cells.loc[row].tolist(), rest, suspects[row])]
    for key, rows in (("totals_doubtful", doubtful), ("totals_inside", [row for row in suspects if row not in bottom])):
        if rows:
            findings.fault(key, file=name, row=rows[0], count=len(rows), value=suspects[rows[0]])
    if certain := [row for row in bottom if row not in doubtful]:
        values = {"row": min(certain), "value": suspects[min(certain)]}
        findings.note("totals_set_aside", file=name, count=len(certain), **values)
    return cells.drop(index=certain)


def _suspects(cells: pd.DataFrame) -> dict[int, str]:
    """The rows whose first filled cell is a word for totals, with the word."""
    found: dict[int, str] = {}
    left = cells.index
    for column in cells.columns[:3]:
        words = cells.loc[left, column] if len(left) < len(cells) else cells[column]
        unique = words.unique()
        if totals := [word for word in unique if 0 < len(word) < LONGEST and _plain(word) in WORDS]:
            rows = words.index[words.isin(totals)]
            found |= dict(zip(rows.tolist(), words[rows].tolist(), strict=True))
        if not (blank := [word for word in unique if not word.strip()]):
            break
        left = words.index[words.isin(blank)]
    return found


def _plain(word: str) -> str:
    """A word without brackets, colons, spaces inside Japanese, capitals and full-width forms."""
    text = unicodedata.normalize("NFKC", word).casefold().strip()
    return text if text in WORDS else _MARKS.sub("", text)


def _adds_up(row: list[str], above: pd.DataFrame, word: str) -> bool:
    """Whether a number of the row is the sum, the mean or the count of the cells above it, or there is none in it."""
    filled = [(place, cell) for place, cell in enumerate(row) if cell.strip() and cell != word]
    for place, cell in filled:
        number = _value(cell)
        values = [value for value in map(_value, above.iloc[:, place]) if value is not None]
        whole = (sum(values), sum(values) / max(len(values), 1), float(len(above)))
        if number is not None and any(each and abs(number - each) <= NEAR * abs(each) for each in whole):
            return True
    return not filled


def _value(cell: str) -> float | None:
    """The number in a cell, without its signs; None where there is none."""
    text = unicodedata.normalize("NFKC", cell).strip().translate(_SIGNS)
    return float(text) if _NUMBER.fullmatch(text) else None
