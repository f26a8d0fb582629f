"""A trainee's copy is never overwritten."""

from __future__ import annotations

import os
import shlex
from datetime import date
from pathlib import Path

import pytest

from cslab.course.copies import has_browser, lab_command, make_copy, reset, typed
from cslab.course.lessons import find
from cslab.faults import UsageError


def test_a_copy_is_made_once_and_then_left_alone(course):
    course()
    copy, fresh = make_copy(find("99"), "ja")
    assert (copy, fresh) == (Path("work/ja/99_miniature.ipynb"), True)
    copy.write_text("my own work", encoding="utf-8")
    assert make_copy(find("99"), "ja") == (copy, False)
    assert copy.read_text(encoding="utf-8") == "my own work"


def test_a_reset_keeps_every_old_copy_under_its_day(course):
    course()
    lesson, day = find("99"), date(2025, 4, 1)
    copy, kept = reset(lesson, "en", today=day)
    assert kept is None
    for number, name in enumerate(("99_miniature.2025-04-01.ipynb", "99_miniature.2025-04-01-2.ipynb")):
        copy.write_text(f"work {number}", encoding="utf-8")
        again, kept = reset(lesson, "en", today=day)
        assert again == copy and kept.name == name
        assert kept.read_text(encoding="utf-8") == f"work {number}"
        assert copy.read_text(encoding="utf-8") == lesson.notebook("en").read_text(encoding="utf-8")


def test_a_copy_that_cannot_be_written_is_a_fault(course):
    course()
    Path("work").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        make_copy(find("99"), "en")


def test_a_machine_without_a_browser_is_noticed(monkeypatch):
    import webbrowser

    def none(*_):
        raise webbrowser.Error("no browser")

    monkeypatch.setattr(webbrowser, "get", none)
    assert not has_browser()


def test_a_command_can_be_pasted_though_a_name_has_a_space(monkeypatch):
    monkeypatch.setattr(os, "name", "posix")
    assert shlex.split(typed(["/opt dir/python", "-m", "x"])) == ["/opt dir/python", "-m", "x"]


@pytest.mark.parametrize(("user", "expected"), [(0, ["--allow-root"]), (1000, [])])
def test_only_root_tells_jupyterlab_that_it_may(monkeypatch, user, expected):
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    assert lab_command(Path("a.ipynb"))[5:] == expected
