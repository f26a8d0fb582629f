"""What a notebook can still do in a sandbox, found out by trying: versions and settings promise, attempts prove."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

SECLUDED = ("neighbour", "bank", "network", "writing", "rights", "crowd")
"""What level 3 must make impossible."""
BOUND = ("unlimited", "root")
"""What level 2 must too."""


def attempts(planted: str, port: int, local: str) -> list[str]:
    """Everything of this module's two lists that this process manages to do.

    Parameters
    ----------
    planted : str
        A file of somebody else's.
    port : int
        On which somebody listens on this machine.
    local : str
        The name of a socket of the same machine without a file, empty where there are none.

    Returns
    -------
    list of str
        Empty in a perfect sandbox.

    >>> "neighbour" in attempts(__file__, 1, "")
    True
    """
    trials: dict[str, Callable[[], bool]] = {
        "neighbour": lambda: Path(planted).exists(),
        "bank": _reads_the_bank,
        "network": lambda: _reaches(socket.AF_INET, ("127.0.0.1", port)) or (local != "" and _reaches_local(local)),
        "writing": lambda: any(_writes(folder) for folder in (Path(planted).parent, Path(__file__).parent, Path("/"))),
        "rights": _has_rights,
        "crowd": lambda: sum(name.isdigit() for name in os.listdir("/proc")) > 8,
        "unlimited": _is_unlimited,
        "root": lambda: os.geteuid() == 0,
    }
    return [name for name, trial in trials.items() if _managed(trial)]


def _managed(trial: Callable[[], bool]) -> bool:
    """Whether a trial went well; what the system refuses did not."""
    with suppress(OSError, AttributeError, ImportError):
        return trial()
    return False


def _reads_the_bank() -> bool:
    """Whether any question of the bank can be read."""
    return any((Path(__file__).parents[1] / "questions" / "bank").glob("lesson_*"))


def _reaches(family: int, address: tuple[str, int] | str) -> bool:
    """Whether a socket answers."""
    with socket.socket(family) as one:
        one.settimeout(2)
        one.connect(address)
    return True


def _reaches_local(name: str) -> bool:
    """Whether a socket that has a name and no file answers."""
    return _reaches(socket.AF_UNIX, f"\0{name}")


def _writes(folder: Path) -> bool:
    """Whether a folder can be written."""
    trial = folder / f"cslab-{os.getpid()}"
    with suppress(OSError):
        trial.write_text("", encoding="utf-8")
        trial.unlink()
        return True
    return False


def _has_rights() -> bool:
    """Whether this process holds a right, or can get one from a program or a namespace of its own."""
    import ctypes

    about = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    if int(about["CapEff"], 16) or int(about["CapBnd"], 16) or about["NoNewPrivs"] != "1":
        return True
    child = os.fork()
    if child == 0:
        os._exit(ctypes.CDLL(None).unshare(0x10000000) == 0)
    return os.waitpid(child, 0)[1] != 0


def _is_unlimited() -> bool:
    """Whether any of the limits is not set."""
    if sys.platform == "win32":
        return False  # there the job holds them, and a process cannot see it
    import resource

    bound = ("RLIMIT_CPU", "RLIMIT_DATA", "RLIMIT_FSIZE", *(["RLIMIT_NPROC"] if sys.platform == "linux" else []))
    return any(resource.getrlimit(getattr(resource, name))[0] == resource.RLIM_INFINITY for name in bound)
