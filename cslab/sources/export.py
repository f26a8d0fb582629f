"""A book written to a folder of CSV that ``folder:`` reads back equal: all of it, or nothing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.sources.mark import FILE_NAME, mark_text
from cslab.sources.place import appear, parents_of, refusal
from cslab.sources.privacy import NOTICE_FILE, notice_text, refuse_inside
from cslab.sources.written import BOM, csv_bytes

if TYPE_CHECKING:
    from cslab.book import Book


def export(book: Book, folder: str | Path) -> Path:
    """Write a book's tables to a new folder: UTF-8 with BOM (so that Excel opens them well), no truth.

    The same book always gives the same bytes. The folder appears whole or not at all. Beside tables of real data lies
    ``CONFIDENTIAL.md``.

    Parameters
    ----------
    book : Book
        Its tables are written, each to a file of its name, and a small mark beside them.
    folder : str or Path
        Must not exist yet, or be empty.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        Where the folder holds something already, cannot be written or filled, or the book has no accounts; for real
        data also where the folder is the kit's own or git would pick it up.

    >>> import cslab, tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = export(cslab.load("synthetic:tiny"), Path(place) / "sample")
    ...     sorted(path.name for path in folder.glob("c*"))[-3:]
    ['cslab.toml', 'csm.csv', 'csm_time.csv']
    """
    target = Path(folder).expanduser().absolute()
    if fault := refusal(target) or _nobody(book):
        raise UsageError(fault, ending="nothing_written")
    refuse_inside(target, book)
    with parents_of(target):
        _fill(book, target)
    return target


def _nobody(book: Book) -> Fault | None:
    """That there is nothing to export, if so."""
    return None if len(book.accounts) else Fault("export_no_accounts", {"as_of": book.as_of.date()})


def _fill(book: Book, target: Path) -> None:
    """Write everything beside the target, then give it its name."""
    workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        draft = workshop / target.name
        draft.mkdir()
        for name, frame in book.tables.items():
            (draft / f"{name}.csv").write_bytes(BOM + csv_bytes(name, frame))
        (draft / FILE_NAME).write_bytes(mark_text(book).encode("utf-8"))
        if book.confidential:
            (draft / NOTICE_FILE).write_bytes(notice_text().encode("utf-8"))
        appear(draft, target)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
