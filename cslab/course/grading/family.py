"""A process and all that came from it: who they are, what memory they hold."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

PROC = os.path.isdir("/proc/self/task")
"""Whether the system shows its processes as files."""


@dataclass(frozen=True)
class Member:
    """One process.

    Parameters
    ----------
    pid, parent : int
    threads : int
        1 where they cannot be counted.
    memory : int
        Bytes that it holds by itself, without the files that it shares with others.

    >>> Member(2, 1, 1, 0).parent
    1
    """

    pid: int
    parent: int
    threads: int
    memory: int


def descendants(ancestor: int, everybody: Iterable[Member]) -> list[Member]:
    """All processes that came from one, without itself.

    Parameters
    ----------
    ancestor : int
    everybody : iterable of Member

    >>> [member.pid for member in descendants(1, [Member(3, 2, 1, 0), Member(2, 1, 1, 0), Member(9, 8, 1, 0)])]
    [2, 3]
    """
    children: dict[int, list[Member]] = {}
    for member in everybody:
        children.setdefault(member.parent, []).append(member)
    found, place = list(children.get(ancestor, ())), 0
    while place < len(found):
        found += children.get(found[place].pid, ())
        place += 1
    return found


def everybody() -> list[Member]:
    """All processes that this one can see.

    >>> os.getpid() in [member.pid for member in everybody()] or os.name == "nt"
    True
    """
    return list(_of_proc() if PROC else _of_ps())


def memory_of(members: Iterable[Member], limit: int) -> int:
    """Bytes that processes hold together.

    What two of them share after a fork is counted twice at first, which is quick; only above the limit is it counted
    to the page.

    Parameters
    ----------
    members : iterable of Member
    limit : int

    >>> memory_of([Member(2, 1, 1, 100), Member(3, 1, 1, 50)], 1000)
    150
    """
    members = list(members)
    quick = sum(member.memory for member in members)
    return quick if quick <= limit or not PROC else sum(_share_of(member) for member in members)


def set_aside(members: Iterable[Member]) -> int:
    """Bytes that processes keep in memory without holding them: in files without a name, and in System V segments.

    Segments have no owner among the processes, so those of everybody in this namespace are counted: what matters is how
    many more they have become.

    Parameters
    ----------
    members : iterable of Member

    >>> set_aside([]) >= 0
    True
    """
    files = {about.st_ino: 512 * about.st_blocks for member in members for about in _nameless_files(member)}
    return sum(files.values()) + _in_segments()


def threads_of(user: int) -> int | None:
    """Processes and threads that a user runs; ``None`` where the system does not tell.

    >>> threads_of(4_294_967_000) or 0
    0
    """
    if not PROC:
        return None
    count = 0
    for pid in _pids():
        with suppress(OSError):  # it has ended meanwhile
            if os.stat(f"/proc/{pid}").st_uid == user:
                count += len(os.listdir(f"/proc/{pid}/task"))
    return count


def end(ancestor: int, group: int) -> None:
    """Kill a process group and all that came from a process, until nothing of it is left.

    Parameters
    ----------
    ancestor : int
        Lives on.
    group : int
        A process group that came from it.
    """
    with suppress(OSError):
        os.killpg(group, signal.SIGKILL)
    while left := descendants(ancestor, everybody()):
        for member in left:
            with suppress(OSError):
                os.kill(member.pid, signal.SIGKILL)
        bury()
        time.sleep(0.005)


def end_marked(mark: str) -> None:
    """Kill all processes in whose environment a text stands, until none is left; where the system shows them.

    Parameters
    ----------
    mark : str
        Such as the name of a folder that nobody else has.

    >>> end_marked("a text that stands in no environment, such as this one")
    """
    while marked := [pid for pid in _pids() if mark.encode() in _environment_of(pid)] if PROC else []:
        for pid in marked:
            with suppress(OSError):
                os.kill(int(pid), signal.SIGKILL)
        time.sleep(0.005)


def bury() -> dict[int, int]:
    """The children that have ended, each with how it ended, which lets the system forget them.

    Returns
    -------
    dict of int to int
        Process to exit code; a signal counts below zero.

    >>> bury()
    {}
    """
    ended = {}
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            ended[found[0]] = os.waitstatus_to_exitcode(found[1])
    return ended


def _pids() -> list[str]:
    """The numbers of all processes that this one can see."""
    return [name for name in os.listdir("/proc") if name.isdigit()]


def _environment_of(pid: str) -> bytes:
    """The environment of a process; nothing of one that has ended, or that is somebody else's."""
    with suppress(OSError), open(f"/proc/{pid}/environ", "rb") as file:
        return file.read()
    return b""


def _of_proc() -> Iterator[Member]:
    """All processes, from the files that show them."""
    page = os.sysconf("SC_PAGE_SIZE")
    for pid in _pids():
        with suppress(OSError):
            with open(f"/proc/{pid}/stat", "rb") as file:
                about = file.read().rpartition(b")")[2].split()
            with open(f"/proc/{pid}/statm", "rb") as file:
                pages = file.read().split()
            if about[0] != b"Z" or int(about[17]) > 1:  # what has ended, with all its threads, holds nothing any more
                yield Member(int(pid), int(about[1]), int(about[17]), (int(pages[1]) - int(pages[2])) * page)


def _of_ps() -> Iterator[Member]:
    """All processes, from the command that lists them."""
    listed = subprocess.run(["ps", "-axo", "pid=,ppid=,rss="], capture_output=True, check=False).stdout
    for line in listed.splitlines():
        pid, parent, kilobytes = map(int, line.split())
        yield Member(pid, parent, 1, kilobytes * 1024)


def _nameless_files(member: Member) -> Iterator[os.stat_result]:
    """The open files of a process that live in memory only."""
    folder = f"/proc/{member.pid}/fd"
    with suppress(OSError):
        for name in os.listdir(folder) if PROC else ():
            with suppress(OSError):
                if os.readlink(f"{folder}/{name}").startswith("/memfd:"):
                    yield os.stat(f"{folder}/{name}")


def _in_segments() -> int:
    """Bytes in all shared segments of System V."""
    with suppress(OSError, ValueError), open("/proc/sysvipc/shm", encoding="utf-8") as file:
        head, *rows = (line.split() for line in file)
        return sum(int(row[head.index("rss")]) for row in rows)
    return 0


def _share_of(member: Member) -> int:
    """A process's memory with each shared page divided by those that share it, files left out; roughly, if need be."""
    with suppress(OSError, ValueError, KeyError), open(f"/proc/{member.pid}/smaps_rollup", "rb") as file:
        counted = dict(line.split()[:2] for line in file.read().splitlines()[1:])
        return 1024 * (int(counted[b"Pss_Anon:"]) + int(counted[b"Pss_Shmem:"]))
    return member.memory
