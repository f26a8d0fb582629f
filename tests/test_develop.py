"""The verbs of those who work on the kit run every step and say which one failed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cslab import develop, requirements
from cslab.develop import Step
from cslab.faults import UsageError

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that were started, instead of running them; one called `bad` fails."""
    names: list[str] = []

    def run(command: list[str], **_: Any) -> SimpleNamespace:
        names.append(" ".join(command[2:]))
        return SimpleNamespace(returncode=int("bad" in command))

    monkeypatch.setattr(develop, "subprocess", SimpleNamespace(run=run))
    return names


def test_a_failing_step_does_not_stop_the_rest_and_makes_the_exit_code_1(
    started: list[str], capsys: pytest.CaptureFixture[str]
):
    assert develop.run([Step("one", ("good",)), Step("two", ("bad",)), Step("three", ("good",))], ROOT) == 1
    assert started == ["good", "bad", "good"]
    said = capsys.readouterr().out
    assert "one: passed in 0 s" in said
    assert "two: FAILED in 0 s" in said
    assert said.endswith("FAILED: two\n")


def test_when_all_pass_the_last_words_are_those_of_the_last_step(
    started: list[str], capsys: pytest.CaptureFixture[str]
):
    assert develop.run([Step("one", ("good",)), Step("two", ("good",))], ROOT) == 0
    assert capsys.readouterr().out.endswith("── two ──\n")


def test_the_full_round_runs_everything_and_ends_with_pytest(started: list[str]):
    assert develop.test() == 0
    assert [command.split()[0] for command in started] == ["ruff", "mypy", "pytest", "pytest"]
    assert "--nbval" in started[2]
    assert " -m " not in started[3]


def test_the_quick_round_leaves_out_what_is_slow(started: list[str]):
    assert develop.check() == 0
    assert "not slow" in started[-1]


def test_outputs_are_compared_only_under_the_tested_versions(
    monkeypatch: pytest.MonkeyPatch, started: list[str], capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(develop, "pins", lambda root: {"not-installed-here": "1"})
    develop.test()
    assert " --nbval " in started[2]
    monkeypatch.setattr(develop, "pins", lambda root: {"numpy": "0.0.1"})
    develop.test()
    assert " --nbval-lax " in started[-2]
    assert "different here: numpy" in capsys.readouterr().out


@pytest.mark.parametrize("verb", [develop.test, develop.check, develop.bench])
def test_an_installed_package_has_no_tests_to_run(monkeypatch: pytest.MonkeyPatch, verb: Any):
    monkeypatch.setattr(develop, "clone", lambda: None)
    with pytest.raises(UsageError, match="clone"):
        verb()


def test_a_benchmark_begins_with_the_machine_and_the_versions(
    monkeypatch: pytest.MonkeyPatch, started: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    (tmp_path / "tests" / "bench").mkdir(parents=True)
    (tmp_path / "tests" / "bench" / "bench_x.py").touch()
    monkeypatch.setattr(develop, "clone", lambda: tmp_path)
    assert develop.bench() == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("machine: ")
    assert all(need.name in lines[1] for need in requirements.declared() if need.installed)
    assert lines[-1] == "── x ──"


def test_the_lab_opens_at_copies_of_all_lessons_and_exercises(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    from cslab.course import copies, lessons
    from cslab.course.sheets import exercises

    opened: list[Path] = []
    for shelf in ("notebooks", "exercises"):
        (tmp_path / shelf / "en").mkdir(parents=True)
        (tmp_path / shelf / "en" / "05_x.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(lessons, "library", lambda: tmp_path / "notebooks")
    monkeypatch.setattr(exercises, "library", lambda: tmp_path / "exercises")
    monkeypatch.setattr(lessons, "lessons", lambda: [lessons.Lesson("05", "05_x", "", "", "", "", 1, 1, (), ())])
    monkeypatch.setattr(exercises, "exercises", lambda: [exercises.ExerciseSheet("05", "05_x", "", "", 9, (), ())])
    monkeypatch.setattr(copies, "open_lab", lambda copy: opened.append(copy) or 0)
    assert develop.lab() == 0
    assert opened == [Path("work/en/05_x.ipynb")]
    made = sorted(path.relative_to(tmp_path / "work").as_posix() for path in (tmp_path / "work").rglob("*.ipynb"))
    assert made == ["en/05_x.ipynb", "en/exercises/05_x.ipynb"]
