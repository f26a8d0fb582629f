"""Where an export goes: to a new or empty folder, which it fills whole in one step or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cslab.faults import Fault, UsageError


def refusal(target: Path) -> Fault | None:
    """Why nothing can be put into a folder, if so: it is a file, or holds something.

    Parameters
    ----------
    target : Path
        Need not exist.

    >>> refusal(Path("no such folder")) is None
    True
    >>> refusal(Path(".")).key
    'export_not_empty'
    """
    if target.exists() and not target.is_dir():
        return Fault("export_is_file", {"folder": str(target)})
    try:
        found = sorted(path.name for path in target.iterdir()) if target.is_dir() else []
    except OSError as error:
        return disk_fault(target, error)
    if not found:
        return None
    names = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
    return Fault("export_not_empty", {"folder": str(target), "found": names})


def disk_fault(target: Path, error: OSError) -> Fault:
    """What the disk said.

    >>> disk_fault(Path("out"), OSError(28, "No space left on device")).values["reason"]
    'No space left on device'
    """
    return Fault("export_failed", {"folder": str(target), "reason": error.strerror or str(error)})


@contextmanager
def parents_of(target: Path) -> Iterator[None]:
    """The folders above a target, made where they are missing and taken away again where the disk then refuses.

    Parameters
    ----------
    target : Path

    Raises
    ------
    UsageError
        With what the disk said.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home, parents_of(Path(home) / "new" / "export"):
    ...     (Path(home) / "new").is_dir()
    True
    """
    missing = [path for path in (target.parent, *target.parent.parents) if not path.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        for path in missing[-1:]:
            shutil.rmtree(path, ignore_errors=True)
        raise UsageError(disk_fault(target, error), ending="nothing_written") from error


def appear(draft: Path, target: Path) -> None:
    """Give a finished draft its name in one step.

    Parameters
    ----------
    draft : Path
        A folder on the same disk.
    target : Path
        Must not exist, or be empty.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     (Path(home) / "draft").mkdir(); appear(Path(home) / "draft", Path(home) / "export")
    ...     [path.name for path in Path(home).iterdir()]
    ['export']
    """
    if target.is_dir():
        target.rmdir()
    draft.replace(target)
