"""Level 3: a world of its own made of Linux namespaces, in which nothing exists but what was put there.

``unshare`` starts a process with its own mounts, processes, network, names and queues. From inside, the new root is
built in memory: the system's libraries, Python, its packages and this one, all read-only; one folder of data; an empty
folder for scratch. The old root is then let go of. The learner's own process goes one step further, into a user
namespace in which it is nobody, holds no right and can make no further namespaces.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

DATA, SCRATCH = "/given/data", "/tmp"
DEVICES = ("null", "zero", "full", "random", "urandom")
NOBODY = 1000
"""The learner's number inside; outside it is the grader's own, or an unused one where the grader is root."""

_READ_ONLY, _NO_SETUID, _NO_DEVICES, _NO_PROGRAMS, _AGAIN, _BIND, _WITH_ALL_BELOW = 1, 2, 4, 8, 32, 4096, 16384
_WORDS = {"nosuid": _NO_SETUID, "nodev": _NO_DEVICES, "noexec": _NO_PROGRAMS}
_DETACH, _NEW_USER = 2, 0x10000000
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41, "ppc64le": 203, "s390x": 217}
_DIE_WITH_PARENT, _CAN_BE_LOOKED_INTO, _DROP_RIGHT, _ADOPT_ORPHANS, _NO_NEW_RIGHTS = 1, 4, 24, 36, 38
_RIGHTS = 64


def command() -> list[str]:
    """The start of the command that opens the namespaces; a user who is not root becomes root inside them.

    Raises
    ------
    FileNotFoundError
        Where the system has no ``unshare``.

    >>> command()[-1] if shutil.which("unshare") else "--kill-child"
    '--kill-child'
    """
    program = shutil.which("unshare")
    if program is None:
        raise FileNotFoundError("unshare")
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return [program, *user, "--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child"]


def enter(root: dict[str, Any], base: str, scratch: int) -> None:
    """Build the new root and let go of the old one. For the first process of new namespaces.

    Parameters
    ----------
    root : dict
        What it holds, as :func:`cslab.course.grading.whitelist.root` gives it.
    base : str
        An empty folder to build upon.
    scratch : int
        Bytes of all files together.

    Raises
    ------
    OSError
        Where the system does not allow it.
    """
    _in_memory(base, "mode=755,size=1m")
    for folder, size in ((SCRATCH, scratch), ("/dev/shm", scratch // 4)):
        os.makedirs(base + folder)
        _in_memory(base + folder, f"mode=1777,size={size},nr_inodes=8k")
    for name, target in root["links"]:
        os.makedirs(os.path.dirname(base + name), exist_ok=True)
        os.symlink(target, base + name)
    for source, target in [*root["binds"], *((f"/dev/{name}", f"/dev/{name}") for name in DEVICES)]:
        _make_place(source, base + target)
        _mount(source, base + target, flags=_BIND | _WITH_ALL_BELOW)
    for folder in root["hidden"]:
        _in_memory(base + folder, "mode=755,size=4k")
    os.makedirs(base + "/proc")
    _mount("proc", base + "/proc", "proc", _NO_SETUID | _NO_DEVICES | _NO_PROGRAMS)
    _let_go_of_the_old_root(base)
    _make_read_only()


def leave_user(nobody: bool) -> None:
    """Step into a user namespace in which this process is nobody, with no right and no way to get one.

    It stops in the middle until its parent has told the system who it is, with :func:`name_user`.

    Parameters
    ----------
    nobody : bool
        Whether its parent is the system's root, whose groups it must leave too.

    Raises
    ------
    OSError
        Where the system does not allow it.
    """
    if nobody:
        os.setgroups([])
    _done(_libc().unshare(_NEW_USER))
    os.kill(os.getpid(), signal.SIGSTOP)
    with open("/proc/sys/user/max_user_namespaces", "w", encoding="utf-8") as file:
        file.write("0")
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    for right in range(_RIGHTS):
        _libc().prctl(_DROP_RIGHT, right, 0, 0, 0)  # the system has fewer, and says so


def name_user(child: int, outside: int) -> None:
    """Tell the system who a child in a new user namespace is, and let it go on.

    Parameters
    ----------
    child : int
        A process that waits in :func:`leave_user`.
    outside : int
        Its user and group, in this process's own counting.

    Raises
    ------
    OSError
        Where the child could not make its namespace.
    """
    if not os.WIFSTOPPED(os.waitpid(child, os.WUNTRACED)[1]):
        raise PermissionError("user namespace")
    for kind in ("uid", "gid"):
        with open(f"/proc/{child}/{kind}_map", "w", encoding="utf-8") as file:
            file.write(f"{NOBODY} {outside} 1")
    os.kill(child, signal.SIGCONT)


def stay_out_of_reach() -> None:
    """Let no other process look into this one, and let what its descendants leave behind come to it."""
    _libc().prctl(_CAN_BE_LOOKED_INTO, 0, 0, 0, 0)
    _libc().prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)


def gain_nothing() -> None:
    """Let this process die with its parent, and gain no right from any program that it will start."""
    _libc().prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
    _libc().prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def die_first() -> None:
    """When the whole machine is out of memory, let the system end this process and its children before any other."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="utf-8") as file:
        file.write("1000")


def _libc() -> ctypes.CDLL:
    """The system's own functions."""
    return ctypes.CDLL(None, use_errno=True)


def _done(result: int, about: str = "") -> None:
    """Raise what the system refused."""
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), about)


def _mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount one thing."""
    texts = [os.fsencode(text) if text else None for text in (source, target, kind, options)]
    _done(_libc().mount(texts[0], texts[1], texts[2], ctypes.c_ulong(flags), texts[3]), target)


def _in_memory(folder: str, options: str) -> None:
    """Mount an empty folder that lives in memory."""
    _mount("tmpfs", folder, "tmpfs", _NO_SETUID | _NO_DEVICES, options)


def _make_place(source: str, target: str) -> None:
    """An empty folder or file for a thing to be mounted upon."""
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT, 0o644))


def _let_go_of_the_old_root(base: str) -> None:
    """Make a folder the root of these namespaces, and take away all that was there before."""
    os.chdir(base)
    _done(_libc().syscall(_PIVOT_ROOT[platform.machine()], b".", b"."), base)  # the old root lies upon the new one
    _done(_libc().umount2(b".", _DETACH), "/")
    os.chdir("/")


def _make_read_only() -> None:
    """Close everything for writing but the scratch folders and the devices, which stay as the system gives them."""
    for place, words in list(_mounts()):
        if place not in ("/proc", SCRATCH) and not place.startswith("/dev/"):
            flags = sum(flag for word, flag in _WORDS.items() if word in words)
            _mount("", place, flags=_AGAIN | _BIND | _READ_ONLY | _NO_SETUID | _NO_DEVICES | flags & _NO_PROGRAMS)


def _mounts() -> Iterator[tuple[str, list[str]]]:
    """Everything that is mounted: the place, and how."""
    with open("/proc/self/mountinfo", encoding="utf-8") as file:
        for line in file:
            parts = line.split()
            yield parts[4].encode().decode("unicode_escape").encode("latin-1").decode(), parts[5].split(",")
