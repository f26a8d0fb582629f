"""Files of a journey on the disk: maps read, and everything written at once or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.course.folders import disk_faults, workshop
from cslab.faults import Fault, UsageError
from cslab.sources.declared import LARGEST, refusal

if TYPE_CHECKING:
    from cslab.measure.journey import Map


def drawn(path: Path | None) -> Map:
    """A map on which people may still work.

    Parameters
    ----------
    path : Path or None
        None for the map that the kit carries.

    Raises
    ------
    DataError
        With every fault and its line.

    >>> drawn(None).name
    'default'
    """
    from cslab.measure import journey

    if path is None:
        return journey.shipped()
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise refusal(path.name, [Fault("declared.unreadable", {"reason": error.strerror or str(error)})]) from error
    return journey.read_draft(content, path.name)


def put(folder: Path, files: Mapping[str, str], force: bool = False) -> list[Path]:
    """Write files into a folder.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    files : mapping of str to str
        Text by name, which may begin with a folder; CSV gets the mark by which Excel knows UTF-8.
    force : bool
        Whether files of these names are written over.

    Returns
    -------
    list of Path

    Raises
    ------
    UsageError
        Naming every file that is there already, or what the disk said; nothing is written then.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     put(Path(home), {"a.html": "<p>"})[0].read_text(encoding="utf-8")
    '<p>'
    """
    there = [folder / name for name in files if (folder / name).exists()]
    if there and not force:
        raise UsageError(*(Fault("journey_there", {"path": path}) for path in there), ending="nothing_written")
    with workshop(folder) as bench, disk_faults(folder):
        for name, text in files.items():
            encoding = "utf-8-sig" if name.endswith(".csv") else "utf-8"
            (bench / name).parent.mkdir(exist_ok=True)
            (bench / name).write_text(text, encoding=encoding, newline="\n")
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        return [(bench / name).replace(folder / name) for name in files]
