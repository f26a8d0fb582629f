"""A Windows Job Object is asked for what it should be; whether Windows keeps its word can only be seen on Windows."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace
from typing import Any

import pytest

from cslab.course.grading.jobobject import Job, bounds_of, reason
from cslab.course.grading.limits import Limits


class Recorder:
    """Stands in the place of Windows' own functions, and notes what it is asked."""

    def __init__(self, allows: int = 1) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.allows = allows
        self.CreateJobObjectW = Answer(self, "create", 7)
        for name, answer in (
            ("SetInformationJobObject", allows),
            ("AssignProcessToJobObject", allows),
            ("CloseHandle", 1),
        ):
            setattr(self, name, Answer(self, name, answer))
        self.QueryInformationJobObject = Answer(self, "query", 1)


class Answer:
    """A function of Windows that always gives the same answer."""

    def __init__(self, recorder: Recorder, name: str, answer: int) -> None:
        self.recorder, self.name, self.answer = recorder, name, answer

    def __call__(self, *arguments: Any) -> int:
        self.recorder.asked.append((self.name, *arguments))
        return self.answer


def test_a_process_is_put_into_a_bound_job_that_is_closed_in_the_end():
    windows = Recorder()
    with Job(Limits(), windows) as job:
        job.put_in(SimpleNamespace(_handle=42))
    assert [each[0] for each in windows.asked] == [
        "create",
        "SetInformationJobObject",
        "AssignProcessToJobObject",
        "CloseHandle",
    ]
    assert windows.asked[2][2].value == 42


def test_the_job_is_closed_too_when_something_goes_wrong_in_it():
    windows = Recorder()
    with pytest.raises(KeyboardInterrupt), Job(Limits(), windows):
        raise KeyboardInterrupt
    assert windows.asked[-1][0] == "CloseHandle"


def test_what_windows_refuses_is_an_error():
    with pytest.raises(OSError, match="Windows refused"):
        Job(Limits(), Recorder(allows=0))


def test_the_limits_stand_where_windows_looks_for_them():
    bounds = bounds_of(Limits(seconds=60, memory=2**30, processes=64))
    basic = bounds.BasicLimitInformation
    assert (basic.PerJobUserTimeLimit, basic.ActiveProcessLimit, bounds.JobMemoryLimit) == (600_000_000, 64, 2**30)
    for flag in (0x4, 0x8, 0x200, 0x2000):  # time, processes, memory, all ended on close
        assert basic.LimitFlags & flag


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the sizes are those of 64-bit Windows")
def test_the_structures_are_as_large_as_those_of_windows():
    bounds = bounds_of(Limits())
    assert (ctypes.sizeof(bounds.BasicLimitInformation), ctypes.sizeof(bounds)) == (64, 144)


@pytest.mark.parametrize(
    ("code", "ending"), [(0, "ok"), (1, "died"), (1816, "time"), (-1073741801, "memory"), (3221225773, "memory")]
)
def test_an_exit_code_of_windows_has_a_name(code: int, ending: str):
    assert reason(code) == ending
