"""Running a stranger's notebook in confinement, from the trusted side: hand the request in, take the records out."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Event
from typing import Any

from cslab.course.exercise import GRADED
from cslab.course.grading import family, namespaces, whitelist
from cslab.course.grading.limits import Limits
from cslab.course.grading.meter import Meter
from cslab.course.kernels import THREADS

GRACE = 10.0
"""Seconds that a warden may be late."""
WARDEN = "import sys; sys.path.insert(0, sys.argv[1]); from cslab.course.grading.warden import main; main()"
NOTEBOOK = "from cslab.course.grading.inside import main; main()"
_FIRST_USER, _USERS = 61184, 4336  # numbers that no person has: kept for what runs for a short time
_turn = itertools.count()


@dataclass(frozen=True)
class Ended:
    """How a run in confinement ended, and what came out of it.

    Parameters
    ----------
    ended : str
        ``ok``, ``time``, ``memory``, ``processes``, ``output``, ``died``, ``not_started`` or ``given_up``.
    lines : tuple of bytes
        Of record, from nobody knows whom.
    said : str
        The end of what it printed, or why it could not start; clean.
    seconds : float
    memory, processes : int
        The most bytes, and the most processes and threads, at one time; 0 where they were not counted.

    >>> Ended("time").lines
    ()
    """

    ended: str
    lines: tuple[bytes, ...] = ()
    said: str = ""
    seconds: float = 0.0
    memory: int = 0
    processes: int = 0


def confined(
    level: int, request: dict[str, Any], data: Path, limits: Limits, lang: str, given_up: Event | None = None
) -> Ended:
    """Run a notebook's cells at a level, whatever they do.

    Parameters
    ----------
    level : int
        3, 2 or 1.
    request : dict
        As :func:`cslab.course.grading.inside.records` reads it; the source among its values is set here.
    data : Path
        A folder that the cells may read.
    limits : Limits
    lang : str
        In which the kit speaks to the notebook.
    given_up : threading.Event, optional
        When it is set, the notebook is ended at once.

    >>> request = {"cells": [{"number": 1, "source": "x = 1"}], "values": {}, "asked": ["x"]}
    >>> confined(0, request, Path("."), Limits(), "en").ended  # there is no such level
    'not_started'
    """
    if level not in (1, 2, 3):
        return Ended("not_started")
    run = _in_a_job if os.name == "nt" else _under_a_warden
    try:
        with _workplace(level, data) as place:
            values = {"source": f"folder:{place.data}", **request["values"]}
            line = json.dumps({**request, "values": values}).encode() + b"\n"
            return run(place, line, limits, lang, given_up or Event())
    except OSError as error:  # of this machine, not of the notebook: no room, no right, no such program
        return Ended("not_started", said=f"{type(error).__name__}: {error}")


@dataclass(frozen=True)
class _Place:
    """Where a run finds things: on this machine an own folder and the data, in the notebook's eyes scratch and data."""

    level: int
    own: Path
    shown: Path
    scratch: str
    data: str
    user: int | None


@contextmanager
def _workplace(level: int, data: Path) -> Iterator[_Place]:
    """An own folder for a run, gone afterwards, with a copy of the data where they could be spoilt or not read."""
    user = _unused_user() if level > 1 else None
    own = Path(tempfile.mkdtemp(prefix="cslab-"))
    try:
        copied = level < 3 or user is not None
        shown = _copied(data, own / "data") if copied else data
        (own / "root").mkdir()
        if level == 3:
            yield _Place(3, own, shown, namespaces.SCRATCH, namespaces.DATA, user)
        else:
            for path in [own, *own.rglob("*")] if user else ():
                os.chown(path, user or 0, user or 0)
            yield _Place(level, own, shown, str(own), shown.as_posix(), user)
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _copied(data: Path, to: Path) -> Path:
    """A copy of the data that everybody may read who gets as far as to it."""
    shutil.copytree(data, to, copy_function=shutil.copyfile)
    for path in [to, *to.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    return to


def _unused_user() -> int | None:
    """For a grader who is root a user number of its own for each run, so that limits on a user bind it alone."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    user = _FIRST_USER + (os.getpid() + next(_turn)) % _USERS
    known = Path("/proc/self/uid_map")  # in a container's own user namespace there may be fewer users than that
    ranges = [line.split() for line in known.read_text(encoding="utf-8").splitlines()] if known.exists() else []
    return user if not ranges or any(int(a) <= user < int(a) + int(n) for a, _, n in ranges) else None


def _environment(place: _Place, lang: str) -> dict[str, str]:
    """The environment of a notebook's process: nothing of the grader's own."""
    scratch = place.scratch
    packages = [str(whitelist.PACKAGE.parent), *whitelist.packages()]
    kept = ("SYSTEMROOT", "SYSTEMDRIVE", "TZ")  # without the first two nothing starts on Windows
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        **dict.fromkeys(THREADS, "1"),
        **dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"), scratch),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(packages),
        "IPYTHONDIR": os.path.join(scratch, "ipython"),
        "MPLCONFIGDIR": os.path.join(scratch, "matplotlib"),
        "MPLBACKEND": "Agg",
        "CSLAB_LANG": lang,
        GRADED: "1",
    }


def _under_a_warden(place: _Place, request: bytes, limits: Limits, lang: str, given_up: Event) -> Ended:
    """Levels 3 and 2: a warden starts the process, watches it and reports."""
    listen, report = os.pipe()
    try:
        start = namespaces.command() if place.level == 3 else []
        warden = Popen(
            [*start, sys.executable, "-I", "-S", "-c", WARDEN, str(whitelist.PACKAGE.parent)],
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            pass_fds=(report,),
            cwd="/",
            env={"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"},
            start_new_session=True,
        )
    except OSError:
        os.close(listen)
        raise
    finally:
        os.close(report)
    order = _order(place, limits, lang, report)
    meter = Meter(warden, limits.output)
    meter.hand_in(order + request)
    late = meter.wait(limits.seconds + GRACE, given_up)
    with open(listen, "rb") as channel:
        told = _told(channel.read())
    if place.level < 3:  # there a notebook can kill its warden, and leave something behind
        family.end_marked(place.scratch)
    started = "child" in told and "refused" not in told
    own = told.get("ended", "died") if started else "not_started"
    return _ended(_strongest(own, late, meter, given_up), meter, told)


def _told(report: bytes) -> dict[str, Any]:
    """What a warden reported, line upon line, as far as it came."""
    told: dict[str, Any] = {}
    with suppress(ValueError):
        for line in report.splitlines():
            told |= json.loads(line)
    return told


def _strongest(own: str, late: bool, meter: Meter, given_up: Event) -> str:
    """Why a run ended: what was done to it counts before how it ended by itself."""
    return "given_up" if given_up.is_set() else "output" if meter.flooded else "time" if late else own


def _ended(reason: str, meter: Meter, told: dict[str, Any]) -> Ended:
    """How a run ended, with what it has used."""
    used = {name: told[name] for name in ("seconds", "memory", "processes") if name in told}
    said = told.get("refused", "") if reason == "not_started" else ""
    return Ended(reason, meter.lines(), said or meter.said(), **used)


def _order(place: _Place, limits: Limits, lang: str, report: int) -> bytes:
    """What a warden is to do, as one line."""
    order = {
        "level": place.level,
        "root": whitelist.root(place.shown) if place.level == 3 else {},
        "base": str(place.own / "root"),
        "scratch": place.scratch,
        "user": place.user,
        "own": family.threads_of(os.getuid() if place.user is None else place.user),
        "limits": limits.as_data(),
        "command": [sys.executable, "-P", "-c", NOTEBOOK],
        "environment": _environment(place, lang),
        "report": report,
    }
    return json.dumps(order).encode() + b"\n"


def _in_a_job(place: _Place, request: bytes, limits: Limits, lang: str, given_up: Event) -> Ended:
    """Level 1: a Windows Job Object holds the process; it waits for its request until it has been put in."""
    from cslab.course.grading.jobobject import Job, reason

    own = {"__PYVENV_LAUNCHER__": sys.executable}  # the venv's python.exe would start another before it is in the job
    started = time.monotonic()
    python: str = getattr(sys, "_base_executable", sys.executable)
    with Job(limits) as job:
        process = Popen(
            [python, "-P", "-c", NOTEBOOK],
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=place.scratch,
            env={**_environment(place, lang), **own},
        )
        job.put_in(process)
        meter = Meter(process, limits.output)
        meter.hand_in(request, close=True)
        late = meter.wait(limits.seconds, given_up)
        ended = _strongest(reason(process.returncode), late, meter, given_up)
        told = {"seconds": time.monotonic() - started, "memory": job.most_memory()}
    return _ended(ended, meter, told)
