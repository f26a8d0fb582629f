"""Where a run's files go: nothing half-written, nothing overwritten unasked, nothing real into a folder under git."""

from __future__ import annotations

import errno
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.course.lessons import Lesson
from cslab.faults import Fault, UsageError

if TYPE_CHECKING:
    from cslab.book import Book

RUNS = Path("build") / "runs"
RECORD = "run.json"
"""Written last: a folder that holds it holds a finished run."""


def new_folder(lesson: Lesson, lang: str, source: str) -> Path:
    """A folder of its own for a run: below ``build/runs``, or outside the kit where the source is real data.

    Parameters
    ----------
    lesson : Lesson
    lang : str
    source : str
        Its last word becomes part of the name, unless the company is synthetic.

    Returns
    -------
    Path
        Not there yet, or without a finished run in it.

    >>> lesson = Lesson("99", "99_x", "", "", "", "", 40, 30, (), ())
    >>> new_folder(lesson, "ja", "public:lung").as_posix()
    'build/runs/99-ja-lung'
    >>> new_folder(lesson, "ja", "folder:data/顧客 一覧").relative_to(Path.home()).as_posix()
    'cslab/runs/99-ja-顧客-一覧'
    """
    from cslab.sources import parse
    from cslab.sources.privacy import default_folder

    found, home = parse(source), default_folder(RUNS, source)
    last = re.split(r"[/\\]", found.name.rstrip("/\\"))[-1]
    behind = "" if found.kind == "synthetic" else "-" + re.sub(r"[^\w.]+", "-", last).strip("-.")
    name, place = f"{lesson.number}-{lang}{behind}", 1
    while (folder := home / (name if place == 1 else f"{name}-{place}")).exists():
        place += 1
    return folder


def refuse_finished(folder: Path) -> None:
    """Refuse a folder that holds a finished run.

    Raises
    ------
    UsageError
        Saying how to go on.

    >>> refuse_finished(Path("no_such_folder"))
    """
    if (folder / RECORD).is_file():
        raise UsageError(Fault("run_finished", {"folder": folder}), ending="nothing_ran")


def refuse_tracked(folder: Path, book: Book) -> None:
    """Refuse to write what was made from real data into the kit's own folder, or where git would pick it up.

    Parameters
    ----------
    folder : Path
        Need not be there yet.
    book : Book

    Raises
    ------
    UsageError
        Naming a folder that will do.

    >>> import cslab
    >>> refuse_tracked(Path("anywhere"), cslab.load("synthetic:tiny"))
    """
    from cslab.sources.privacy import refuse_inside

    refuse_inside(folder, book)


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A hidden folder beside a run's folder in which everything is made first; it is gone afterwards.

    Parameters
    ----------
    folder : Path
        Where the finished files will go.

    Raises
    ------
    UsageError
        Where the folder cannot be written or the disk is full.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home, workshop(Path(home) / "run") as bench:
    ...     bench.is_dir(), (Path(home) / "run").exists()
    (True, False)
    """
    with disk_faults(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(folder))
        bench = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            yield bench
        finally:
            shutil.rmtree(bench, ignore_errors=True)


def hand_over(bench: Path, folder: Path, name: str) -> None:
    """Move what was made in a workshop to its folder, the record last; what an earlier run left there goes first.

    Parameters
    ----------
    bench : Path
    folder : Path
    name : str
        The lesson's file name without its ending.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home, workshop(Path(home) / "run") as bench:
    ...     _ = (bench / "05_x.html").write_text("page", encoding="utf-8")
    ...     hand_over(bench, Path(home) / "run", "05_x")
    ...     (Path(home) / "run" / "05_x.html").is_file()
    True
    """
    folder.mkdir(exist_ok=True)
    for old in (RECORD, f"{name}.html", f"{name}.ipynb", f"{name}.failed.ipynb"):
        (folder / old).unlink(missing_ok=True)
    for made in sorted(bench.iterdir(), key=lambda path: path.name == RECORD):
        made.replace(folder / made.name)


@contextmanager
def disk_faults(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses into a fault that says how to go on.

    Raises
    ------
    UsageError
        For a full disk, a folder that may not be written, or any other refusal.

    >>> with disk_faults(Path("out")):
    ...     raise OSError(errno.ENOSPC, "No space left on device")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC}
        reason = error.strerror or str(error)
        fault = Fault("disk_full" if full else "folder_unwritable", {"folder": folder, "reason": reason})
        raise UsageError(fault, ending="nothing_written") from error
