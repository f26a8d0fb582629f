"""The text of a spreadsheet's cells, as a CSV file would hold them, with the units that only their format shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from cslab.sources.sheet_grid import Grid, block

_BUILT_IN = 164
"""Number formats below this are the program's own, and what they show depends on the country of the computer."""
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(?P<other>.)'
)
_DIGITS = re.compile(r"[0#?](?:[0#?,.]*[0#?])?(?P<thousands>,*)")
_MONEY = re.compile(r"[円¥\\￥$€£千万億]|[A-Z]{3}")
_PLACEHOLDERS = "0#?.,%E"
_ZEROS = re.compile(r"0{2,}")


class Shown(NamedTuple):
    """What a number format adds to a number: signs before and behind, a scale (1,000 for a comma at the end), zeros."""

    before: str = ""
    behind: str = ""
    scale: float = 1.0
    digits: int = 0


def shown(form: str) -> Shown:
    """What a number format adds to a number, as far as it says anything of money or of leading zeros.

    Parameters
    ----------
    form : str
        As the workbook holds it.

    >>> shown('#,##0"千円"'), shown("[$$-409]#,##0.00"), shown("00000").digits, shown("#,##0,").scale
    (Shown(before='', behind='千円', scale=1.0, digits=0), Shown(before='$', behind='', scale=1.0, digits=0), 5, 1000.0)
    >>> shown('0"席"')
    Shown(before='', behind='', scale=1.0, digits=0)
    """
    if _ZEROS.fullmatch(form):
        return Shown(digits=len(form))
    plain, words = _parted(form)
    number = _DIGITS.search(plain)
    if number is None:
        return Shown()
    before = "".join(word for at, word in words if at <= number.start() and _MONEY.search(word))
    behind = "".join(word for at, word in words if at >= number.end() and _MONEY.search(word))
    return Shown(before.strip(), behind.strip(), 1000.0 ** len(number["thousands"]))


def _parted(form: str) -> tuple[str, list[tuple[int, str]]]:
    """The first section of a format: its placeholders, and its words with their places among them."""
    plain, words = "", []
    for piece in _PIECE.finditer(form):
        word = piece["quoted"] or piece["escaped"] or piece["money"]
        if word:
            words.append((len(plain), word))
        elif piece["other"] == ";":
            break
        elif piece["other"] and piece["other"] in _PLACEHOLDERS:
            plain += piece["other"]
        elif piece["other"] and _MONEY.match(piece["other"]):
            words.append((len(plain), piece["other"]))
    return plain, words


class Texts:
    """Writes the cells of one workbook; each number format is understood once.

    Parameters
    ----------
    opened : Any
        The workbook, as openpyxl opened it.

    >>> Texts(None).text(12.0, Shown()), Texts(None).text(12, Shown(behind="千円"))
    ('12', '12千円')
    """

    def __init__(self, opened: Any) -> None:
        """Nothing is known of any format yet."""
        self._opened = opened
        self._forms: dict[int, Shown] = {}

    def grid(self, rows: Iterable[Any], merged: Iterable[str]) -> Grid:
        """All cells of a sheet as text.

        Parameters
        ----------
        rows : iterable of tuple of cell
            As openpyxl reads them.
        merged : iterable of str
            Such as ``"A1:F1"``.

        >>> import openpyxl
        >>> sheet = openpyxl.Workbook().active
        >>> sheet.append(["id", None, "fee"])
        >>> Texts(None).grid(sheet.iter_rows(), ()).rows
        [['id', '', 'fee']]
        """
        scaled: dict[int, float] = {}
        texts = [self._row(row, scaled) for row in rows]
        while texts and not texts[-1]:
            texts.pop()
        return Grid(texts, tuple(map(block, merged)), scaled)

    def _row(self, row: Any, scaled: dict[int, float]) -> list[str]:
        """One row's text, up to its last filled cell; scales are noted."""
        texts = []
        for at, cell in enumerate(row, start=1):
            value = cell.value
            if value is None or isinstance(value, str):
                texts.append("" if value is None else value)
                continue
            form = self._form(cell) if isinstance(value, (int, float)) else Shown()
            if form.scale != 1 and not (form.before or form.behind):
                scaled[at] = form.scale
                form = Shown()
            texts.append(self.text(value, form))
        while texts and not texts[-1].strip():
            texts.pop()
        return texts

    def _form(self, cell: Any) -> Shown:
        """What the number format of a cell adds to it."""
        style = cell._style_id
        if style not in self._forms:
            own = cell.style_array.numFmtId >= _BUILT_IN
            self._forms[style] = shown(cell.number_format) if own else Shown()
        return self._forms[style]

    def text(self, value: Any, form: Shown) -> str:
        """A value as it would stand in a CSV file.

        Parameters
        ----------
        value : Any
            A number, a moment, true or false.
        form : Shown
            What its format adds.

        >>> import datetime as dt
        >>> Texts(None).text(dt.datetime(2024, 4, 1), Shown()), Texts(None).text(True, Shown())
        ('2024-04-01', 'true')
        >>> Texts(None).text(7, Shown(digits=5)), Texts(None).text(1500000, Shown(behind="千円", scale=1000.0))
        ('00007', '1500千円')
        """
        if isinstance(value, bool):
            return str(value).lower()
        if not isinstance(value, (int, float)):
            return str(value).removesuffix(" 00:00:00")
        if form.scale != 1:
            value = value / form.scale
        whole = int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
        if form.digits and isinstance(whole, int):
            return f"{whole:0{form.digits}d}"
        return f"{form.before}{whole}{form.behind}"
