"""The files that were handed in, from a folder or a zip: named, counted and read with care, never unpacked."""

from __future__ import annotations

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cslab.faults import Fault, UsageError

LARGEST, LARGEST_TOGETHER, MOST = 20 * 2**20, 600 * 2**20, 10_000
"""Bytes of one file and of all together, and how many files and folders there may be."""
IGNORED = ("__MACOSX", "Thumbs.db", "desktop.ini")
_UTF_8, _LOCKED = 0x800, 0x1


class Refused(Exception):
    """A file that is not read.

    Parameters
    ----------
    ending : str
        ``link``, ``outside``, ``too_large`` or ``unreadable``.
    """


@dataclass(frozen=True)
class Entry:
    """A file or folder that was handed in.

    Parameters
    ----------
    parts : tuple of str
        Its name, folder by folder, without what leads outside.
    folder : bool
    refused : str
        Why it is not read, as :class:`Refused` says it; empty for one that may be.
    read : callable
        Its bytes; raises :class:`Refused` where they are too many or cannot be read.

    >>> Entry(("Sato", "01_x.ipynb"), False, "", lambda: b"").place
    'Sato/01_x.ipynb'
    """

    parts: tuple[str, ...]
    folder: bool
    refused: str
    read: Callable[[], bytes]

    @property
    def place(self) -> str:
        """Its name in one piece."""
        return "/".join(self.parts)


@contextmanager
def entries(path: Path) -> Iterator[list[Entry]]:
    """Everything in a folder or zip but what systems leave about. Entries are read while it is open.

    Parameters
    ----------
    path : Path

    Raises
    ------
    UsageError
        Where it is not there, is neither, cannot be read, or holds too many files.

    >>> with entries(Path("no such folder")) as found: ...
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    try:
        if path.is_dir():
            yield _few(path, list(_of_folder(path)))
        elif path.is_file():
            with zipfile.ZipFile(path) as archive:
                yield _few(path, list(_of_zip(archive)))
        else:
            raise UsageError(Fault("grade_absent", {"path": path}), ending="nothing_graded")
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise UsageError(Fault("grade_no_zip", {"path": path, "reason": error}), ending="nothing_graded") from error


def decoded(info: zipfile.ZipInfo) -> str:
    """The name of an entry of a zip: in UTF-8 where it says so or looks so, else as Windows in Japan writes it.

    Parameters
    ----------
    info : zipfile.ZipInfo

    >>> decoded(zipfile.ZipInfo("山田/01.ipynb".encode("cp932").decode("cp437")))
    '山田/01.ipynb'
    """
    if info.flag_bits & _UTF_8:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _few(path: Path, found: list[Entry]) -> list[Entry]:
    """The entries without what systems leave about, of which there may not be too many."""
    if len(found) > MOST:
        raise UsageError(Fault("grade_too_many", {"path": path, "limit": MOST}), ending="nothing_graded")
    return [entry for entry in found if entry.parts and not any(map(_is_left_about, entry.parts))]


def _is_left_about(part: str) -> bool:
    """Whether a name is one of a system's or tool's own."""
    return part in IGNORED or part.startswith((".", "~$"))


def _of_folder(home: Path) -> Iterator[Entry]:
    """What lies in a folder; links are named, not followed."""
    budget = [LARGEST_TOGETHER]
    for folder, folders, files in os.walk(home):
        folders.sort()
        for name in sorted([*folders, *files]):
            path = Path(folder, name)
            kind = path.lstat().st_mode
            refused = "" if stat.S_ISREG(kind) or stat.S_ISDIR(kind) else "link"
            yield Entry(
                path.relative_to(home).parts, stat.S_ISDIR(kind), refused, _reader(partial(path.open, "rb"), budget)
            )


def _of_zip(archive: zipfile.ZipFile) -> Iterator[Entry]:
    """What a zip says it holds."""
    budget = [LARGEST_TOGETHER]
    for info in archive.infolist():
        name = decoded(info)
        parts = [
            part for part in (name if "/" in name else name.replace("\\", "/")).split("/") if part not in ("", ".")
        ]
        kind = stat.S_IFMT(info.external_attr >> 16)
        outside = ".." in parts or name.startswith(("/", "\\")) or bool(re.match(r"[A-Za-z]:", name)) or "\0" in name
        refused = "outside" if outside else "link" if kind not in (0, stat.S_IFREG, stat.S_IFDIR) else ""
        safe = tuple(part.replace("\0", "") for part in parts if part != "..")
        yield Entry(safe, info.is_dir(), refused or _locked(info), _reader(partial(archive.open, info), budget))


def _locked(info: zipfile.ZipInfo) -> str:
    """Whether an entry needs a password."""
    return "unreadable" if info.flag_bits & _LOCKED else ""


def _reader(opened: Callable[[], Any], budget: list[int]) -> Callable[[], bytes]:
    """A function that reads a file, but never more than one may hold, whatever it says of its size.

    Where all together are too much, nothing is graded: else one trainee's files would cost the others their grades.
    """

    def read() -> bytes:
        """The bytes, counted while they are read."""
        try:
            with opened() as file:
                data: bytes = file.read(LARGEST + 1)
        except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
            raise Refused("unreadable") from error
        budget[0] -= len(data)
        if budget[0] < 0:
            together = Fault("grade_too_large", {"limit": LARGEST_TOGETHER // 2**20, "one": LARGEST // 2**20})
            raise UsageError(together, ending="nothing_graded")
        if len(data) > LARGEST:
            raise Refused("too_large")
        return data

    return read
