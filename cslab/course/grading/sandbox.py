"""How well this machine can keep a stranger's notebook to itself: three levels, each proved by trying to break it.

3. Namespaces of Linux: the notebook sees nothing but Python, its packages and the data; no network, no other process,
   no other file. As root, the grader lets it run as a user that nobody is.
2. Limits of POSIX: time, memory, processes and output are bound, and everything is ended; but it sees what its user
   sees.
1. Less: a Job Object on Windows, or limits that could not be proved.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cslab.course.grading import proof, whitelist
from cslab.course.grading.confine import Ended, confined
from cslab.course.grading.limits import Limits
from cslab.course.grading.records import read
from cslab.faults import Fault, UsageError
from cslab.words import word

TRIAL = Limits(seconds=30)
SAFE = 2
"""The lowest level at which a stranger's notebook is run."""


@dataclass(frozen=True)
class Level:
    """A level of isolation that was reached.

    Parameters
    ----------
    number : int
        3, 2 or 1.
    missing : tuple of Fault
        Why it is not the next one.

    >>> Level(3).text("en").splitlines()[0][:7]
    'Level 3'
    """

    number: int
    missing: tuple[Fault, ...] = ()

    def text(self, lang: str) -> str:
        """What the level means, and what is missing for the next one.

        >>> len(Level(2, (Fault("grade_level.no_unshare"),)).text("ja").splitlines())
        2
        """
        return "\n".join([word(f"grade.level.{self.number}", lang), *(fault.text(lang) for fault in self.missing)])


def best_level() -> Level:
    """The best level that this machine reaches, proved with a notebook that tries to break out.

    Returns
    -------
    Level

    >>> best_level().number in (1, 2, 3)
    True
    """
    missing: list[Fault] = []
    for number in (3, 2):
        fault = _unfit(number) or _proved(number)
        if fault is None:
            return Level(number, tuple(missing))
        missing.append(fault)
    return Level(1, tuple(missing))


def require(level: Level, trusted: bool) -> None:
    """Refuse a level at which a stranger's notebook could do harm, unless the instructor trusts the files.

    Parameters
    ----------
    level : Level
    trusted : bool

    Raises
    ------
    UsageError
        With what is missing for a better level.

    >>> require(Level(2), trusted=False)
    >>> require(Level(1), trusted=False)
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    if level.number < SAFE and not trusted:
        raise UsageError(*level.missing, Fault("grade_level.too_low"), ending="nothing_graded")


def _unfit(number: int) -> Fault | None:
    """Why a level need not be tried at all."""
    if number == 2 or (sys.platform == "linux" and shutil.which("unshare")):
        return Fault("grade_level.no_posix") if os.name == "nt" else None
    return Fault("grade_level.no_unshare" if sys.platform == "linux" else "grade_level.no_linux")


def _proved(number: int) -> Fault | None:
    """What a notebook that tries to break out of a level shows; ``None`` where it shows that it cannot."""
    with _neighbourhood() as (planted, port, local):
        code = f"from cslab.course.grading.proof import attempts\nfound = attempts({str(planted)!r}, {port}, {local!r})"
        request = {"cells": [{"number": 1, "source": code}], "values": {}, "asked": ["found"]}
        ended = confined(number, request, planted.parent / "data", TRIAL, "en")
    found = read(ended.lines, ["found"], 1).answers.get("found")
    if ended.ended != "ok" or not isinstance(found, list):
        return _refusal(number, ended)
    refused = proof.BOUND if number == 2 else (*proof.SECLUDED, *proof.BOUND)
    managed = [name for name in refused if name in found]
    return Fault("grade_level.broken", {"level": number, "managed": ", ".join(managed)}) if managed else None


def _refusal(number: int, ended: Ended) -> Fault:
    """Why the system would not start a level, in the words of the system."""
    reason = ended.said or ended.ended
    shut = _shut() if number == 2 and os.geteuid() == 0 else None
    if shut is not None:
        return Fault("grade_level.shut", {"path": shut})
    if number == 3 and Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").exists():
        return Fault("grade_level.restricted", {"reason": reason})
    return Fault(f"grade_level.refused_{number}", {"reason": reason})


def _shut() -> Path | None:
    """The outermost folder on the way to Python, its packages or this one that other users may not enter."""
    needed = [Path(sys.executable), Path(sys.executable).resolve(), Path(sys.base_prefix), whitelist.PACKAGE]
    for path in [*needed, *map(Path, whitelist.packages())]:
        for folder in reversed(path.parents if path.is_file() else (path, *path.parents)):
            if not folder.stat().st_mode & stat.S_IXOTH:
                return folder
    return None


@contextmanager
def _neighbourhood() -> Iterator[tuple[Path, int, str]]:
    """Something to break out to: a file that everybody may read, and two sockets that answer."""
    with tempfile.TemporaryDirectory(prefix="cslab-") as name, socket.create_server(("127.0.0.1", 0)) as door:
        home, local = Path(name), f"cslab-{os.getpid()}-{door.getsockname()[1]}" if sys.platform == "linux" else ""
        (home / "data").mkdir()
        (home / "neighbour.ipynb").write_text("{}", encoding="utf-8")
        home.chmod(0o755)
        with socket.socket(socket.AF_UNIX if local else socket.AF_INET) as hatch:
            if local:
                hatch.bind(f"\0{local}")
                hatch.listen()
            yield home / "neighbour.ipynb", door.getsockname()[1], local
