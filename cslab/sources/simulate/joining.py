"""The parts of a company put together: one file a table, streamed, so that no part is held whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from cslab.sources.messy.spoil import encoding_of
from cslab.sources.parquet import read_tables, write_tables
from cslab.sources.written import BOM

PARQUET = ".parquet"
TABLES = (".csv", PARQUET)


def join(parts: Sequence[Path], draft: Path, messy: int = 0) -> None:
    """Put the tables of all parts together; each part's file is deleted once its table stands.

    Parameters
    ----------
    parts : sequence of Path
        The folders of the parts, in order.
    draft : Path
        The folder of the export; tables that stand in it are left as they are.
    messy : int
        How badly the export is spoilt, which may touch a file's encoding.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     parts, draft = [Path(home) / "1", Path(home) / "2"], Path(home) / "draft"
    ...     for part in parts:
    ...         part.mkdir(); size = (part / "t.csv").write_bytes(b"id\\nA" + part.name.encode() + b"\\n")
    ...     join(parts, draft)
    ...     (draft / "t.csv").read_text(encoding="utf-8-sig").split()
    ['id', 'A1', 'A2']
    """
    draft.mkdir(exist_ok=True)
    for name in sorted(path.name for path in parts[0].iterdir() if path.suffix in TABLES):
        files = [part / name for part in parts]
        table, growing = draft / name, draft / f".{name}-{os.getpid()}"
        if not table.exists():
            if table.suffix == PARQUET:
                write_tables(growing, (piece for file in files for piece in read_tables(file)))
            else:
                _join_csv(files, growing, BOM if encoding_of(table.stem, messy) == "utf-8" else b"")
            growing.replace(table)
        for file in reversed(files):  # the first part's last: it is what a next run looks at
            file.unlink(missing_ok=True)


def _join_csv(files: Sequence[Path], path: Path, opening: bytes) -> None:
    """CSV files under one line of names."""
    with path.open("wb") as table:
        table.write(opening)
        for place, file in enumerate(files):
            with file.open("rb") as rows:
                if place:
                    rows.readline()
                shutil.copyfileobj(rows, table, 1 << 20)


def gather(parts: Sequence[Path], name: str, draft: Path) -> None:
    """Bring the files of a folder that every part has into one folder of the export; none is called like another.

    Parameters
    ----------
    parts : sequence of Path
        The folders of the parts.
    name : str
        The folder in each of them.
    draft : Path
        The folder of the export.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     (Path(home) / "1" / "usage_events").mkdir(parents=True)
    ...     (Path(home) / "1" / "usage_events" / "a.parquet").touch()
    ...     gather([Path(home) / "1"], "usage_events", Path(home))
    ...     [path.name for path in (Path(home) / "usage_events").iterdir()]
    ['a.parquet']
    """
    folder = draft / name
    folder.mkdir(exist_ok=True)
    for part in parts:
        for file in sorted((part / name).iterdir()):
            file.replace(folder / file.name)
