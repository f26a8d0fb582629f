"""Notebooks run again at the levels that this machine reaches, beside an honest one that nothing may happen to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cslab.course.grading import whitelist
from cslab.course.grading.limits import Limits
from cslab.course.grading.rerun import Rerun, rerun
from cslab.course.grading.sandbox import Level, best_level
from cslab.course.grading.submissions import Submission
from tests.course.grading.levels import cells

MUST_REACH_3 = bool(os.environ.get("CI") or os.environ.get("CSLAB_CI"))
SHORT = Limits(seconds=20)
NOBODY = 61000
"""A user that owns nothing and that no process here has."""


@pytest.fixture(scope="session")
def everybodys_python() -> str:
    """A Python like this one that any user may start; empty where there is none."""
    paths = os.pathsep.join([str(whitelist.PACKAGE.parent), *whitelist.packages()])
    minor = f"python3.{sys.version_info.minor}"
    for python in filter(None, (sys.executable, shutil.which(minor, path="/usr/bin:/usr/local/bin"))):
        tried = [python, "-c", "import IPython, cslab.measure.estimate"]
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        try:
            done = subprocess.run(tried, env={"PYTHONPATH": paths}, cwd="/", capture_output=True, check=False, **user)
        except OSError:
            continue
        if done.returncode == 0:
            return python
    return ""


@pytest.fixture(scope="session")
def best() -> Level:
    """The level that this machine proves."""
    return best_level()


@pytest.fixture
def level(request: pytest.FixtureRequest, best: Level, monkeypatch: pytest.MonkeyPatch) -> Level:
    """The level that a test is for, or a skip that says what is missing; in continuous integration 3 must be there."""
    wanted: int = request.param
    if wanted == 3 and best.number < 3:
        reason = best.text("en")
        (pytest.fail if MUST_REACH_3 else pytest.skip)(f"level 3 is not reached on this machine: {reason}")
    if wanted == 2 and os.geteuid() == 0:  # then notebooks run as a user who must be able to start Python
        python = request.getfixturevalue("everybodys_python")
        if not python:
            pytest.skip("level 2 as root needs a Python that everybody may start")
        monkeypatch.setattr(sys, "executable", python)
    return Level(wanted)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of data."""
    folder = tmp_path / "データ"
    folder.mkdir()
    (folder / "accounts.csv").write_text("account_id\nA1\n", encoding="utf-8")
    return folder


@pytest.fixture
def run(data: Path) -> Callable[..., Rerun]:
    """Runs the cells of one notebook at a level and gives back its answer ``nrr``."""

    def run_one(level: Level, *sources: str, limits: Limits = SHORT, asked: Sequence[str] = ("nrr",)) -> Rerun:
        submission = Submission("Sato", "01", "en", "Sato/01.ipynb", cells(*sources))
        return rerun(submission, data, 1, "en", level, limits, asked)

    return run_one


@pytest.fixture
def beside(run: Callable[..., Rerun]) -> Callable[..., Rerun]:
    """Runs a notebook beside an honest one, holds that this one is graded as if it were alone, gives back the other."""

    def run_both(level: Level, *sources: str, limits: Limits = SHORT) -> Rerun:
        with ThreadPoolExecutor(2) as pool:
            hostile = pool.submit(run, level, *sources, limits=limits)
            honest = pool.submit(run, level, "import time", "time.sleep(0.5)\nnrr = 0.9", limits=SHORT)
        assert (honest.result().ended, honest.result().answers) == ("ok", {"nrr": 0.9}), honest.result().said
        return hostile.result()

    return run_both
