"""Where what is made from real data may lie: outside the kit's own folder, and where git does not pick it up."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.faults import Fault, UsageError
from cslab.requirements import clone
from cslab.sources.findings import Findings
from cslab.sources.grammar import parse
from cslab.sources.mark import read_mark

if TYPE_CHECKING:
    from cslab.book import Book

_PROBE = "cslab.probe"
"""A name that no rule of git is written for: what becomes of it becomes of any file in the folder."""


def settings_folder() -> Path:
    """The folder of the user's own settings; it need not be there.

    Returns
    -------
    Path
        ``%APPDATA%\\cslab`` on Windows, else ``cslab`` below ``$XDG_CONFIG_HOME`` or ``~/.config``.

    >>> settings_folder().name
    'cslab'
    """
    stated = os.environ.get("APPDATA" if sys.platform == "win32" else "XDG_CONFIG_HOME", "")
    return (Path(stated) if stated else Path.home() / ".config") / "cslab"


def is_real(source: str) -> bool:
    """Whether what a source string names is real data, so far as can be told without opening it.

    Parameters
    ----------
    source : str
        Such as ``"folder:export"``.

    >>> is_real("synthetic:tiny"), is_real("public:lung"), is_real("database:warehouse"), is_real("folder:my export")
    (False, False, True, True)
    """
    found = parse(source)
    if found.kind != "folder":
        return found.kind == "database"
    mark = read_mark(Path(found.name).expanduser(), Findings())
    return not (mark and mark.synthetic)


def default_folder(usual: Path, source: str) -> Path:
    """Where files go when nobody says: the usual place for made-up and published companies, a free one for real data.

    Parameters
    ----------
    usual : Path
        Such as ``build/runs``.
    source : str
        The source string.

    Returns
    -------
    Path
        For real data a folder of the same name outside the kit and outside git.

    >>> default_folder(Path("build/runs"), "synthetic:tiny").as_posix()
    'build/runs'
    >>> default_folder(Path("build/runs"), "folder:my export") == free_place() / "runs"
    True
    """
    return free_place() / usual.name if is_real(source) else usual


def free_place() -> Path:
    """A folder that will do for what is made from real data: ``cslab`` in the user's home, if git does not have it.

    >>> free_place().name
    'cslab'
    """
    places = [Path.home() / "cslab", Path(tempfile.gettempdir()) / "cslab"]
    return next((place for place in places if taken_by(place) is None), places[-1])


def taken_by(folder: Path) -> Path | None:
    """The folder that would pass on what is put here: the kit's own, or one whose files git picks up.

    Parameters
    ----------
    folder : Path
        Need not be there.

    Returns
    -------
    Path or None
        None for a folder that will do.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     taken_by(Path(home) / "out") is None
    True
    """
    place, kit = folder.expanduser().resolve(), clone()
    if kit is not None and place.is_relative_to(kit):
        return kit
    home = next(parent for parent in (place, *place.parents) if parent.is_dir())
    return next(_tracked(home, place / _PROBE), None)


def _tracked(home: Path, file: Path) -> Iterator[Path]:
    """The work tree that would pick a file up; none where there is no git, or its rules leave the file out."""
    with suppress(OSError, subprocess.SubprocessError):
        asked = ["git", "-C", str(home), "check-ignore", "--quiet", str(file)]
        if subprocess.run(asked, capture_output=True, timeout=20, check=False).returncode == 1:
            yield home


def refuse_inside(folder: Path, book: Book) -> None:
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
    >>> refuse_inside(Path("build"), cslab.load("synthetic:tiny"))
    """
    if book.confidential:
        refuse_place(folder)


def refuse_place(folder: Path) -> None:
    """Refuse a folder in which nothing of real data may lie.

    Parameters
    ----------
    folder : Path
        Need not be there yet.

    Raises
    ------
    UsageError
        Naming a folder that will do.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     refuse_place(Path(home) / "out")
    """
    if (owner := taken_by(folder)) is not None:
        key = "folder_in_kit" if owner == clone() else "folder_tracked"
        values = {"folder": folder, "owner": owner, "free": free_place() / (folder.name or "out")}
        raise UsageError(Fault(key, values), ending="nothing_ran")
