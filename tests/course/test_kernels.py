"""A kernel that dies before its first cell gets one more try; any other failure is the lesson's own."""

from __future__ import annotations

import os

import pytest

from cslab.course.kernels import in_processes, once_more_if_it_never_began, own_surroundings


class Attempt:
    """Fails as often as it is told to, then succeeds."""

    def __init__(self, *errors: Exception):
        self.errors = list(errors)
        self.tries = 0

    def __call__(self) -> str:
        self.tries += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def test_a_kernel_that_died_before_its_first_cell_is_started_once_more():
    attempt = Attempt(RuntimeError("Kernel died before replying to kernel_info"))
    assert once_more_if_it_never_began(attempt, lambda: False) == "done"
    assert attempt.tries == 2


def test_a_kernel_that_dies_twice_is_not_tried_again():
    attempt = Attempt(RuntimeError("Kernel died"), RuntimeError("Kernel died"))
    with pytest.raises(RuntimeError):
        once_more_if_it_never_began(attempt, lambda: False)
    assert attempt.tries == 2


def test_a_kernel_that_died_in_the_middle_is_the_lessons_own_fault():
    attempt = Attempt(RuntimeError("Kernel died"))
    with pytest.raises(RuntimeError):
        once_more_if_it_never_began(attempt, lambda: True)
    assert attempt.tries == 1


def test_an_error_of_a_cell_is_not_tried_again():
    attempt = Attempt(RuntimeError("no such month"))
    with pytest.raises(RuntimeError):
        once_more_if_it_never_began(attempt, lambda: False)
    assert attempt.tries == 1


def test_each_kernel_has_its_own_ipython_folder_and_one_thread_and_leaves_no_trace(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    folders = []
    for _ in range(2):
        with own_surroundings():
            folders.append(os.environ["IPYTHONDIR"])
            assert os.environ["OMP_NUM_THREADS"] == "1"
    assert len(set(folders)) == 2
    assert not any(os.path.exists(folder) for folder in folders)
    assert os.environ["OMP_NUM_THREADS"] == "8"


@pytest.mark.slow
def test_every_task_comes_back_from_the_processes():
    assert sorted(in_processes(abs, [(-1,), (-2,), (3,)], jobs=2)) == [1, 2, 3]
