"""What one notebook may use: time, memory, processes, words and files; and how a POSIX process is bound to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Limits:
    """What one notebook may use.

    Parameters
    ----------
    seconds : float
        By the clock from the start of its process, and of processor time for each of its processes.
    memory : int
        Bytes that all its processes hold together.
    processes : int
        Processes and threads at any moment.
    output : int
        Bytes of everything it prints and answers together, and of any one file.
    files : int
        Bytes of all files together, where they can be counted (level 3).

    >>> Limits().seconds, Limits().processes
    (60.0, 64)
    """

    seconds: float = 60.0
    memory: int = 2**30
    processes: int = 64
    output: int = 10 * 10**6
    files: int = 64 * 10**6

    def as_data(self) -> dict[str, Any]:
        """The limits as plain JSON types.

        >>> Limits(**Limits(seconds=5).as_data()) == Limits(seconds=5)
        True
        """
        return asdict(self)


def bind(limits: Limits, own: int | None) -> None:
    """Bind this process, and all it will start, to the limits that the system itself can hold.

    The system counts memory by process and processes by user, so a warden counts both over the whole family; these
    limits stand a little above its own, to stop what is quicker than it looks.

    Parameters
    ----------
    limits : Limits
    own : int or None
        Processes and threads that its user runs already; ``None`` where that is not known, and no limit can be set.
    """
    import resource

    for name, value in _bounds(limits, own).items():
        kind = getattr(resource, name, None)  # not every system has every limit
        if kind is not None:
            highest = resource.getrlimit(kind)[1]
            value = value if highest == resource.RLIM_INFINITY else min(value, highest)
            resource.setrlimit(kind, (value, value + (name == "RLIMIT_CPU")))


def _bounds(limits: Limits, own: int | None) -> Mapping[str, int]:
    """The limits by the system's names. One second more of processor time, since it counts in whole seconds."""
    crowd = {} if own is None else {"RLIMIT_NPROC": own + limits.processes + limits.processes // 4}
    return {
        **crowd,
        "RLIMIT_CPU": int(limits.seconds) + 1,
        "RLIMIT_DATA": limits.memory + limits.memory // 4,
        "RLIMIT_FSIZE": limits.output,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": 512,
    }
