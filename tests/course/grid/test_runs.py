"""A grid keeps what is finished, makes again what is not, and deletes nothing unasked."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cslab.course.grid import Grid, Run, begin, finish, read, runs
from cslab.course.lessons import find
from cslab.faults import UsageError

pytestmark = pytest.mark.slow  # whole verbs and companies: `make test` runs them

FOUR = '[product]\n"source.seed" = [1, 2, 3, 4]'


def folders() -> list[str]:
    return sorted(path.name for path in Path("out").iterdir() if path.is_dir())


def test_every_run_has_a_folder_with_page_notebook_and_record(give: Callable, ran: list[str]):
    work, outcomes = give(FOUR)
    assert ran == [f"synthetic:tiny?seed={seed}" for seed in (1, 2, 3, 4)]
    assert [outcome.failed for outcome in outcomes] == [False] * 4
    assert folders() == ["seed-1", "seed-2", "seed-3", "seed-4"]
    for outcome in outcomes:
        assert outcome.page.is_file() and outcome.notebook.is_file()
        record = json.loads((outcome.folder / "run.json").read_text(encoding="utf-8"))
        assert {*record["made_from"]} == {"package", "lesson", "data"}
    assert (work.kept, work.again, work.others) == ({}, {}, ())


def test_the_same_grid_twice_runs_nothing_and_leaves_the_same_bytes(give: Callable, ran: list[str]):
    give(FOUR, drawn=True)
    before = {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}
    work, outcomes = give(FOUR, drawn=True)
    assert ran == [] and len(work.kept) == 4
    assert [outcome.record["parameters"]["source"][-1] for outcome in outcomes] == ["1", "2", "3", "4"]
    assert {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()} == before


def spoil_record(folder: Path) -> None:
    (folder / "run.json").write_text('{"parameters": {', encoding="utf-8")


def lose_record(folder: Path) -> None:
    (folder / "run.json").unlink()


def lose_page(folder: Path) -> None:
    (folder / "99_miniature.html").unlink()


@pytest.mark.parametrize("half", [shutil.rmtree, spoil_record, lose_record, lose_page])
def test_what_is_half_written_is_made_again_in_its_place(give: Callable, ran: list[str], half: Callable):
    give(FOUR)
    half(Path("out/seed-3"))
    (Path("out") / ".seed-3-abc_1234").mkdir()
    give(FOUR)
    assert ran == ["synthetic:tiny?seed=3"]
    assert folders() == ["seed-1", "seed-2", "seed-3", "seed-4"]


def test_an_interrupted_grid_goes_on_where_it_stopped(give: Callable, ran: list[str], monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(KeyboardInterrupt):
        give('[product]\n"source.seed" = [1, 2, 99, 4]')
    assert ran == [f"synthetic:tiny?seed={seed}" for seed in (1, 2, 99)]
    assert folders() == ["seed-1", "seed-2"] and not Path("out/index.html").exists()
    give(FOUR)
    assert ran == ["synthetic:tiny?seed=3", "synthetic:tiny?seed=4"]


def test_a_failing_run_does_not_stop_the_others_and_is_tried_again(give: Callable, ran: list[str]):
    text = '[product]\n"source.seed" = [1, 13, 2]'
    for tried in (["1", "13", "2"], ["13"]):
        _, outcomes = give(text)
        assert [source.partition("=")[2] for source in ran] == tried
        assert [outcome.failed for outcome in outcomes] == [False, True, False]
        assert outcomes[1].error == "ZeroDivisionError: division by zero" and outcomes[1].cell == 5
    assert (Path("out/seed-13") / "99_miniature.failed.ipynb").is_file()


def test_a_changed_grid_keeps_what_it_still_asks_for_and_names_what_it_does_not(give: Callable, ran: list[str]):
    give(FOUR)
    work, _ = give('[product]\n"source.seed" = [4, 5, 2]')
    assert ran == ["synthetic:tiny?seed=5"]
    assert [path.name for path in work.others] == ["seed-1", "seed-3"]
    assert folders() == [f"seed-{seed}" for seed in (1, 2, 3, 4, 5)]
    assert not give(FOUR + "\n[fixed]\nhorizon = 12")[0].waiting  # the lesson's own value, said aloud


def test_a_run_keeps_its_folder_when_it_gets_another_name_and_gives_it_to_no_other(give: Callable, ran: list[str]):
    give('[[run]]\nlabel = "a"\nhorizon = 3\n[[run]]\nlabel = "b"\nhorizon = 6')
    work, _ = give('[[run]]\nlabel = "b"\nhorizon = 3\n[[run]]\nlabel = "a"\nhorizon = 9')
    assert len(ran) == 1
    assert [plan.folder.name for plan in work.plans] == ["a", "a-2"]
    assert [path.name for path in work.others] == ["b"]


@pytest.mark.parametrize("reason", ["package", "lesson"])
def test_what_was_made_by_another_package_or_lesson_is_made_again(
    give: Callable, ran: list[str], monkeypatch: pytest.MonkeyPatch, reason: str
):
    give(FOUR)
    if reason == "package":
        monkeypatch.setattr(runs, "package_hash", lambda: "another")
    else:
        path = find("99").notebook("en")
        path.write_text(path.read_text(encoding="utf-8").replace("Two words", "Three words"), encoding="utf-8")
    work, _ = give(FOUR)
    assert len(ran) == 4 and work.again == {reason: 4}
    give(FOUR)
    assert ran == []


def test_runs_on_a_folder_are_made_again_when_its_files_change(give: Callable, ran: list[str]):
    shutil.copytree(Path(__file__).parents[3] / "datasets" / "sample", "sample")
    text = '[product]\nsource = ["folder:sample", "synthetic:tiny"]'
    give(text)
    give(text)
    assert ran == []
    with Path("sample/accounts.csv").open("a", encoding="utf-8") as rows:
        rows.write("\n")
    assert give(text)[0].again == {"data": 1}
    assert ran == ["folder:sample"]


def test_a_folder_with_other_files_or_of_another_lesson_is_refused(give: Callable):
    Path("out").mkdir()
    Path("out/mine.txt").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="not this grid's"):
        give(FOUR)
    Path("out/mine.txt").unlink()
    Path("out/grid.json").write_text('{"lesson": "05"}', encoding="utf-8")
    with pytest.raises(UsageError, match="lesson 05, not of 99"):
        give(FOUR)


def test_a_folder_that_cannot_be_written_is_said(give: Callable, monkeypatch: pytest.MonkeyPatch):
    Path("out").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        give(FOUR)
    Path("out").unlink()

    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(runs, "write_index", no_space)
    with pytest.raises(UsageError, match="disk is full"):
        give(FOUR)


@pytest.mark.course
def test_the_index_is_the_same_to_the_byte_for_one_process_and_for_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(runs, "package_hash", lambda: "the same")
    lesson = find("05")
    sources = [f"synthetic:tiny?seed={seed}" for seed in (1, 2)]
    grid = tuple(Run({"source": source, "lang": "ja"}, {"source.seed": source[-1]}) for source in sources)
    for jobs in (1, 2):
        folder = tmp_path / "out"
        outcomes = finish(begin(Grid(lesson, "ja", grid), folder), jobs, lambda place, outcome: None)
        assert [outcome.error for outcome in outcomes] == ["", ""]
        folder.rename(tmp_path / str(jobs))
    names = sorted(path.relative_to(tmp_path / "1") for path in (tmp_path / "1").rglob("*") if path.is_file())
    assert len(names) == 3 + 2 * 3
    assert [
        name for name in names if (tmp_path / "1" / name).read_bytes() != (tmp_path / "2" / name).read_bytes()
    ] == []


@pytest.mark.course
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to a process of its own group")
def test_ctrl_c_leaves_finished_runs_and_no_process_and_the_same_command_goes_on(course: Callable, tmp_path: Path):
    library = course(
        ("truth = 0.123456 if", "import time\ntime.sleep(60 if 'seed=3' in source else 0)\ntruth = 0.1 if")
    )
    Path("my.toml").write_text('[product]\n"source.seed" = [1, 3]', encoding="utf-8")
    code = f"import pathlib, signal; from cslab.course import lessons; home = pathlib.Path({str(library)!r})"
    code += "; lessons.library = lambda: home; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code += "; from cslab.cli import main; main()"
    verb = [sys.executable, "-c", code, "demo", "99", "--grid", "my.toml", "-o", "out", "-j", "1"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    told = subprocess.Popen(verb, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            encoding="utf-8", start_new_session=True)  # fmt: skip
    assert told.stdout is not None and "[1/2] ✔ seed 1" in told.stdout.readline()
    time.sleep(3)
    os.killpg(told.pid, signal.SIGINT)
    said = told.communicate(timeout=60)[1]
    assert told.returncode == 130 and "1 of 2 runs" in said and "Traceback" not in said
    assert folders() == ["seed-1"]
    grid = read(Path("my.toml"), find("99"), "en", Path("out"))
    assert [plan.folder.name for plan in begin(grid, Path("out")).waiting] == ["seed-3"]
