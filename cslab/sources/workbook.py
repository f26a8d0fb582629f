"""An Excel workbook as it stands: its sheets, and the cells of one of them as text with their places."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from cslab.faults import Fault
from cslab.sources.sheet_cells import Texts
from cslab.sources.sheet_grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

OLE = b"\xd0\xcf\x11\xe0"
"""The first bytes of a workbook of before 2007, and of a newer one that is locked with a password."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_UNCOMPUTED = re.compile(rb"<f[ >/](?!.*<v>[^<])", re.DOTALL)
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"')
_EMPTY = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
BROKEN = (
    *(OSError, EOFError, zipfile.BadZipFile, zlib.error, ParseError),
    *(RuntimeError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError),
)
"""What a damaged file makes its readers raise."""
_HEAD = 200_000
"""Bytes of a sheet in which its first cell stands, if it has any."""


@dataclass
class Workbook:
    """A workbook that could be opened.

    Parameters
    ----------
    path : Path
    opened : Any
        What openpyxl made of it, read-only.

    >>> open_workbook(Path("no such.xlsx")).key
    'file_unreadable'
    """

    path: Path
    opened: Any
    texts: Texts = field(init=False)

    def __post_init__(self) -> None:
        """Number formats are looked up once for all sheets."""
        self.texts = Texts(self.opened)

    @property
    def serial(self) -> str:
        """From which year its day numbers count: ``"1900"`` or ``"1904"``."""
        return "1904" if self.opened.epoch.year == 1904 else "1900"

    def sheets(self) -> dict[str, bool]:
        """The sheets that hold anything, each with whether it is shown, in their order.

        >>> import tempfile, openpyxl
        >>> book = openpyxl.Workbook(); book.active.append(["id", "fee"]); book.active.append([1, 80])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     book.save(path := Path(folder, "a.xlsx"))
        ...     open_workbook(path).sheets()
        {'Sheet': True}
        """
        return {
            sheet.title: sheet.sheet_state == "visible"
            for sheet in self.opened.worksheets
            if not _EMPTY.search(self._xml(sheet, _HEAD))
        }

    def top(self, name: str, rows: int) -> Grid:
        """The first rows of a sheet.

        Parameters
        ----------
        name : str
            The sheet's.
        rows : int
            How many.

        >>> import tempfile, openpyxl
        >>> book = openpyxl.Workbook(); book.active.append(["id", "fee"]); book.active.append([1, 80])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     book.save(path := Path(folder, "a.xlsx"))
        ...     open_workbook(path).top("Sheet", 1).rows
        [['id', 'fee']]
        """
        return self.texts.grid(self._rows(self.opened[name], rows), ())

    def grid(self, name: str) -> Grid:
        """All cells of a sheet, with what is merged.

        Parameters
        ----------
        name : str
            The sheet's.

        >>> import tempfile, openpyxl
        >>> book = openpyxl.Workbook(); book.active.append(["id", "fee"]); book.active.append([1, 80])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     book.save(path := Path(folder, "a.xlsx"))
        ...     open_workbook(path).grid("Sheet").rows
        [['id', 'fee'], ['1', '80']]
        """
        sheet = self.opened[name]
        merged = [found.decode() for found in _MERGED.findall(self._xml(sheet))]
        return self.texts.grid(self._rows(sheet, None), merged)

    def unsure(self, name: str) -> dict[str, list[str]]:
        """The cells that say nothing though something should stand there, by what is wrong with them.

        Parameters
        ----------
        name : str
            The sheet's.

        Returns
        -------
        dict of str to list of str
            Places such as ``C5`` by fault: ``cells_uncomputed`` (a formula that no spreadsheet has computed yet) and
            ``cells_error`` (``#N/A`` and the like).

        >>> import tempfile, openpyxl
        >>> book = openpyxl.Workbook(); book.active.append(["id", "fee"]); book.active.append([1, "=A2*2"])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     book.save(path := Path(folder, "a.xlsx"))
        ...     open_workbook(path).unsure("Sheet")["cells_uncomputed"]
        ['B2']
        """
        xml = self._xml(self.opened[name])
        found: dict[str, list[str]] = {"cells_uncomputed": [], "cells_error": []}
        if b"<f" not in xml and b't="e"' not in xml:
            return found
        for place, settings, inside in _CELL.findall(xml):
            if b't="e"' in settings:
                found["cells_error"].append(place.decode())
            elif b't="str"' not in settings and _UNCOMPUTED.search(inside):
                found["cells_uncomputed"].append(place.decode())
        return found

    def _rows(self, sheet: Any, limit: int | None) -> Iterator[Any]:
        """The rows of a sheet; what it says of its own size is often wrong."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheet.reset_dimensions()
            yield from sheet.iter_rows(max_row=limit)

    def _xml(self, sheet: Any, size: int = -1) -> bytes:
        """The text of a sheet in the file."""
        with sheet._get_source() as source:
            return bytes(source.read(size))


def open_workbook(path: Path) -> Workbook | Fault:
    """A workbook, or why it cannot be opened: a password, the old form, a broken file.

    Parameters
    ----------
    path : Path
        Ending in ``.xlsx``, ``.xlsm`` or ``.xls``.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.xlsx")
    ...     size = path.write_bytes(b"PK")
    ...     open_workbook(path).key
    'workbook_broken'
    """
    import openpyxl

    try:
        data = path.read_bytes()
    except OSError as error:
        return Fault("file_unreadable", {"file": path.name, "reason": error.strerror or str(error)})
    if data.startswith(OLE):
        return Fault("workbook_locked" if _LOCKED in data else "workbook_old", {"file": path.name})
    if not data.startswith(b"PK"):
        return Fault("workbook_broken", {"file": path.name})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            opened = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except BROKEN:
            return Fault("workbook_broken", {"file": path.name})
    return Workbook(path, opened) if opened.worksheets else Fault("workbook_broken", {"file": path.name})
