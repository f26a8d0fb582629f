"""Level 1 on Windows: a Job Object, which binds memory, number and time of processes, and ends all of them at once."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from cslab.course.grading.limits import Limits

_JOB_TIME, _ACTIVE_PROCESSES, _JOB_MEMORY, _NO_DIALOGUES, _END_ALL_ON_CLOSE = 0x4, 0x8, 0x200, 0x400, 0x2000
_EXTENDED_LIMITS = 9
_TICKS = 10_000_000
"""In which Windows counts a second of processor time."""
_MEANINGS: Mapping[int, str] = {
    0: "ok",
    1816: "time",
    0xC0000017: "memory",
    0xC000012D: "memory",
}
"""What an exit code means; Python's own end by a MemoryError is told by the records."""


class _Basic(ctypes.Structure):
    """``JOBOBJECT_BASIC_LIMIT_INFORMATION``."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    """``JOBOBJECT_EXTENDED_LIMIT_INFORMATION``; the six counters in its middle are of reading and writing."""

    _fields_ = (
        ("BasicLimitInformation", _Basic),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class Job:
    """A job that holds a process and all that comes from it, until it is left.

    Parameters
    ----------
    limits : Limits
    kernel : object, optional
        Windows' own functions; the running system's when not given.

    Raises
    ------
    OSError
        Where Windows does not allow it.
    """

    def __init__(self, limits: Limits, kernel: Any = None) -> None:
        """Make the job and bind it."""
        self._kernel = kernel or ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]
        self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
        self._handle = ctypes.c_void_p(self._kernel.CreateJobObjectW(None, None))
        bounds = bounds_of(limits)
        self._allowed(
            self._kernel.SetInformationJobObject(
                self._handle, _EXTENDED_LIMITS, ctypes.byref(bounds), ctypes.sizeof(bounds)
            )
        )

    def __enter__(self) -> Job:
        """The job itself."""
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the job, which ends everything in it."""
        self._kernel.CloseHandle(self._handle)

    def put_in(self, process: Any) -> None:
        """Put a process into the job; what it starts from now on is in it too.

        Parameters
        ----------
        process : subprocess.Popen

        Raises
        ------
        OSError
            Where Windows does not allow it.
        """
        self._allowed(self._kernel.AssignProcessToJobObject(self._handle, ctypes.c_void_p(int(process._handle))))

    def most_memory(self) -> int:
        """The most bytes that the job has held at one time."""
        found = _Extended()
        size = ctypes.sizeof(found)
        self._kernel.QueryInformationJobObject(self._handle, _EXTENDED_LIMITS, ctypes.byref(found), size, None)
        return int(found.PeakJobMemoryUsed)

    def _allowed(self, done: int) -> None:
        """Raise what Windows refused."""
        if not done:
            raise OSError(f"Windows refused the job object (error {getattr(ctypes, 'get_last_error', int)()})")


def bounds_of(limits: Limits) -> _Extended:
    """The limits in Windows' form.

    Parameters
    ----------
    limits : Limits

    >>> bounds_of(Limits(processes=5)).BasicLimitInformation.ActiveProcessLimit
    5
    """
    bounds = _Extended()
    basic = bounds.BasicLimitInformation
    basic.LimitFlags = _JOB_TIME | _ACTIVE_PROCESSES | _JOB_MEMORY | _NO_DIALOGUES | _END_ALL_ON_CLOSE
    basic.PerJobUserTimeLimit = int(limits.seconds * _TICKS)
    basic.ActiveProcessLimit = limits.processes
    bounds.JobMemoryLimit = limits.memory
    return bounds


def reason(code: int) -> str:
    """How a process in a job has ended, by its exit code.

    Parameters
    ----------
    code : int

    >>> reason(0), reason(1)
    ('ok', 'died')
    """
    return _MEANINGS.get(code & 0xFFFFFFFF, "died")
