"""The levels of isolation are proved by trying to break them, as root and as anybody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cslab.course.grading import confine, sandbox, whitelist
from cslab.course.grading.confine import Ended
from cslab.course.grading.sandbox import Level, best_level, require
from cslab.course.lessons import library
from cslab.faults import UsageError
from cslab.sources import shipped
from tests.course.grading.levels import at_both_levels, at_level_3

PROVED = '{"cell": 1, "error": "", "message": "", "answers": {"found": "%s"}}'


def found(*managed: str) -> Ended:
    """How a trial ends whose notebook manages some things."""
    listed = ", ".join(f'\\"{name}\\"' for name in managed)
    return Ended("ok", ((PROVED % f"[{listed}]").encode(),))


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch) -> dict[int, Ended]:
    """What the trial notebook shows at each level, in place of running it."""
    shown: dict[int, Ended] = {}
    monkeypatch.setattr(sandbox, "confined", lambda number, *rest: shown[number])
    monkeypatch.setattr(sandbox, "_unfit", lambda number: None)
    return shown


def test_the_level_is_the_best_one_that_nothing_breaks(trial: dict[int, Ended]):
    trial.update({3: found(), 2: found()})
    assert best_level() == Level(3)


@pytest.mark.parametrize("managed", ["neighbour", "bank", "network", "writing", "rights", "crowd", "unlimited", "root"])
def test_whatever_breaks_level_3_is_told_and_level_2_is_tried(trial: dict[int, Ended], managed: str):
    trial.update({3: found(managed), 2: found()})
    level = best_level()
    assert level.number == 2 and all(managed in level.text(lang) for lang in ("en", "ja"))


def test_level_2_lets_files_be_seen_but_no_limit_be_missing(trial: dict[int, Ended]):
    trial.update({3: found("network"), 2: found("network", "neighbour", "writing")})
    assert best_level().number == 2
    trial[2] = found("unlimited")
    assert best_level().number == 1


def test_a_trial_that_does_not_come_to_its_end_proves_nothing(trial: dict[int, Ended]):
    trial.update({3: Ended("not_started", said="unshare: Operation not permitted"), 2: Ended("ok", found().lines[:0])})
    level = best_level()
    assert level.number == 1 and "Operation not permitted" in level.text("en")


def test_a_python_that_other_users_cannot_enter_is_told_with_the_folder_that_is_closed(
    trial: dict[int, Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    refused = Ended("not_started", said="ModuleNotFoundError: No module named 'resource'")
    trial.update({3: refused, 2: refused})
    closed = tmp_path / "closed"
    (closed / "bin").mkdir(parents=True)
    (closed / "bin" / "python").touch()
    closed.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(closed / "bin" / "python"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    fault = best_level().missing[1]
    path = fault.values["path"]
    assert fault.key == "grade_level.shut" and closed.is_relative_to(path) and path.stat().st_mode & 0o001 == 0
    assert str(path) in fault.text("ja") and "resource" not in fault.text("en")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert best_level().missing[1].key == "grade_level.refused_2"


def test_below_level_2_nothing_is_graded_unless_the_files_are_trusted(trial: dict[int, Ended]):
    trial.update({3: found("root"), 2: found("root")})
    level = best_level()
    with pytest.raises(UsageError, match="--i-trust-these-files"):
        require(level, trusted=False)
    require(level, trusted=True)


@pytest.mark.parametrize("number", [3, 2, 1])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_level_says_what_it_means(number: int, lang: str):
    assert str(number) in Level(number).text(lang)


@at_both_levels
@pytest.mark.slow
def test_this_machine_proves_the_level(level: Level):
    assert sandbox._proved(level.number) is None


@at_level_3
@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_reaches_level_3_too(level: Level, everybodys_python: str):
    if not everybodys_python:
        pytest.skip("no Python that an ordinary user may start")
    paths = os.pathsep.join([str(whitelist.PACKAGE.parent), *whitelist.packages()])
    asked = "from cslab.course.grading.sandbox import best_level; print(best_level().text('en'))"
    user = {"user": 65534, "group": 65534, "extra_groups": []}
    done = subprocess.run(
        [everybodys_python, "-c", asked], env={"PYTHONPATH": paths}, cwd="/", capture_output=True, **user
    )
    assert done.stdout.decode().startswith("Level 3"), done.stdout + done.stderr


@at_level_3
@pytest.mark.slow
def test_a_python_behind_several_links_is_found(level: Level, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, target in (
        ("first", sys.executable),
        ("second", "../first/python"),
        ("third", str(tmp_path / "second/python")),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "python").symlink_to(target)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "third" / "python"))
    assert sandbox._proved(3) is None


def test_the_whitelist_holds_python_and_its_packages_and_no_home():
    root = whitelist.root(Path("/"))
    shown = [Path(target) for _, target in root["binds"]]
    assert any(Path(sys.executable).is_relative_to(folder) for folder in shown)
    assert not {Path("/"), Path("/home"), Path("/root"), Path("/etc"), Path("/var"), Path("/tmp")} & set(shown)
    assert any(str(path).endswith("bank") for path in whitelist.secrets())


def test_the_whitelist_holds_every_declared_file_that_the_kit_ships_and_the_lessons_without_their_sources():
    shown = [Path(target) for _, target in whitelist.root(Path("data"))["binds"]]
    folders = [folder for kind in shipped.FOLDERS.values() for folder in kind if folder.is_dir()]
    folders += [library() / "en", library() / "ja"]
    assert not any((library() / "source").is_relative_to(one) for one in shown)
    assert [folder for folder in folders if not any(folder.is_relative_to(one) for one in shown)] == []


@pytest.mark.slow
def test_a_run_leaves_no_folder_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(confine.tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    (tmp_path / "data").mkdir()
    request = {"cells": [{"number": 1, "source": "open('x', 'w').close()"}], "values": {}, "asked": []}
    ended = confine.confined(1, request, tmp_path / "data", confine.Limits(seconds=20), "en")
    assert (ended.ended, list((tmp_path / "temp").iterdir())) == ("ok", [])


def test_data_that_are_not_there_are_the_graders_fault(tmp_path: Path):
    request = {"cells": [], "values": {}, "asked": []}
    ended = confine.confined(2, request, tmp_path / "no such folder", confine.Limits(), "en")
    assert ended.ended == "not_started" and "no such folder" in ended.said
