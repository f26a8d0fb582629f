"""A book written to a folder of CSV that ``folder:`` reads back equal: all of it, or nothing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.sources.mark import FILE_NAME, mark_text
from cslab.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book


def export(book: Book, folder: str | Path) -> Path:
    """Write a book's tables to a new folder: UTF-8 with BOM (so that Excel opens them well), no truth.

    The same book always gives the same bytes. The folder appears whole or not at all.

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
        Where the folder holds something already, cannot be written or filled, or the book has no accounts.

    >>> import cslab, tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = export(cslab.load("synthetic:tiny"), Path(place) / "sample")
    ...     sorted(path.name for path in folder.iterdir())[:3]
    ['accounts.csv', 'churn_events.csv', 'contacts.csv']
    """
    target = Path(folder).expanduser().absolute()
    if fault := _refusal(book, target):
        raise UsageError(fault, ending="nothing_written")
    made = _first_missing(target.parent)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _fill(book, target)
    except OSError as error:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
        fault = Fault("export_failed", {"folder": str(target), "reason": error.strerror or str(error)})
        raise UsageError(fault, ending="nothing_written") from error
    return target


def _refusal(book: Book, target: Path) -> Fault | None:
    """Why a book is not written to a folder, if so."""
    if target.exists() and not target.is_dir():
        return Fault("export_is_file", {"folder": str(target)})
    try:
        found = sorted(path.name for path in target.iterdir()) if target.is_dir() else []
    except OSError as error:
        return Fault("export_failed", {"folder": str(target), "reason": error.strerror or str(error)})
    if found:
        names = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
        return Fault("export_not_empty", {"folder": str(target), "found": names})
    if not len(book.accounts):
        return Fault("export_no_accounts", {"as_of": book.as_of.date()})
    return None


def _first_missing(folder: Path) -> Path | None:
    """The topmost folder of a path that does not exist yet, so that it can be taken away again."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    return missing[-1] if missing else None


def _fill(book: Book, target: Path) -> None:
    """Write everything beside the target, then give it its name in one step."""
    workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        draft = workshop / target.name
        draft.mkdir()
        for name, frame in book.tables.items():
            (draft / f"{name}.csv").write_bytes(
                _written(name, frame).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
            )
        (draft / FILE_NAME).write_bytes(mark_text(book).encode("utf-8"))
        if target.is_dir():
            target.rmdir()
        draft.replace(target)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _written(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A table with its days and flags as text; numbers keep their shortest exact form (yen whole), missing is blank."""
    import pandas as pd

    kinds = {column.name: column.kind for column in TABLES[table].columns}
    columns = {}
    for name, values in frame.items():
        if pd.api.types.is_datetime64_any_dtype(values):
            columns[name] = values.dt.strftime("%Y-%m-%d")
        elif (
            pd.api.types.is_float_dtype(values)
            and kinds.get(str(name)) in ("money", "rate")
            and (values.dropna() % 1 == 0).all()
        ):
            columns[name] = values.astype("Int64")
        elif pd.api.types.is_bool_dtype(values.dropna().infer_objects()) and values.notna().any():
            columns[name] = values.map({True: "true", False: "false"})
        else:
            columns[name] = values
    return pd.DataFrame(columns, columns=frame.columns)
