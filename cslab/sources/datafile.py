"""What a door reads one table from: a file, or one sheet of a workbook, which is a file of its own from here on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cslab.sources.workbook import Workbook

BOOKS = (".xlsx", ".xlsm")
OLD_BOOK = ".xls"


@dataclass(frozen=True)
class DataFile:
    """One file, or one sheet.

    Parameters
    ----------
    path : Path
        On the disk.
    sheet : str
        Empty for a file that has none.
    alone : bool
        Whether the sheet is the only one of its workbook that holds anything, so that the file's name is its name too.
    hidden : bool
        Whether the workbook hides the sheet; then only a mapping that names it has it read.
    workbook : Workbook or None
        Opened once for all its sheets; None where it cannot be opened, which is told when it is asked for.

    >>> DataFile(Path("書類.xlsx"), "契約").name, DataFile(Path("売上.csv")).name
    ('書類.xlsx#契約', '売上.csv')
    """

    path: Path
    sheet: str = ""
    alone: bool = True
    hidden: bool = False
    workbook: Workbook | None = field(default=None, compare=False, repr=False)

    @property
    def name(self) -> str:
        """What messages call it: the file, and the sheet behind ``#``.

        >>> DataFile(Path("export/a.xlsx"), "Sheet1").name
        'a.xlsx#Sheet1'
        """
        return f"{self.path.name}#{self.sheet}" if self.sheet else self.path.name

    @property
    def stem(self) -> str:
        """The name by which it could be a table: the sheet's, else the file's without its ending.

        >>> DataFile(Path("a.xlsx"), "contracts").stem, DataFile(Path("accounts.csv")).stem
        ('contracts', 'accounts')
        """
        return self.sheet or self.path.stem

    @property
    def suffix(self) -> str:
        """The file's ending in small letters.

        >>> DataFile(Path("A.XLSX"), "contracts").suffix
        '.xlsx'
        """
        return self.path.suffix.lower()

    def is_table(self, table: str) -> bool:
        """Whether its name says that it is a table; the only sheet of a workbook may go by the workbook's name.

        Parameters
        ----------
        table : str
            One of ours.

        >>> DataFile(Path("contracts.xlsx"), "Sheet1").is_table("contracts")
        True
        """
        names = [self.stem, *([self.path.stem] if self.alone else [])]
        return not self.hidden and table in [name.strip().casefold() for name in names]

    def goes_by(self, file: str, sheet: str = "") -> bool:
        """Whether it is what a mapping names; a Mac may spell が with two signs where the mapping has one.

        Parameters
        ----------
        file, sheet : str
            As written there; an empty one says nothing.

        >>> sheet = DataFile(Path("a.xlsx"), "契約")
        >>> sheet.goes_by("a.xlsx", "契約"), sheet.goes_by("a.xlsx#契約"), sheet.goes_by("b.xlsx")
        (True, True, False)
        """
        if file and _plain(file) not in (_plain(self.path.name), _plain(self.name)):
            return False
        return not sheet or _plain(sheet) == _plain(self.sheet)


def _plain(name: str) -> str:
    """A name as every system spells it."""
    return unicodedata.normalize("NFC", name).strip()
