"""The verb ``grade``: what it says, what it refuses, how it stops."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import cslab
from cslab import cli
from cslab.course.grading import grade
from cslab.course.grading.rerun import Rerun
from cslab.course.grading.sandbox import Level
from cslab.course.grading.unseen import Unseen
from cslab.course.questions.question import Material
from cslab.course.sheets import exercises
from cslab.faults import Fault

pytestmark = pytest.mark.slow  # whole verbs and companies: `make test` runs them


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """A class of two that hands in what it was given."""
    given = exercises.exercises()[0].notebook("en").read_bytes()
    for trainee in ("山田", "Sato"):
        folder = tmp_path / "提出" / trainee
        folder.mkdir(parents=True)
        (folder / exercises.exercises()[0].notebook("en").name).write_bytes(given)
    return tmp_path / "提出"


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Gives the verb as it is typed, nothing simulated and run, and returns exit code, output and complaints."""
    tiny = Unseen(Path("given"), 7, Material(cslab.load("synthetic:tiny"), 7), ("synthetic:tiny",))
    monkeypatch.setattr(grade, "unseen", lambda sheets, *_: {sheet.number: tiny for sheet in sheets})
    monkeypatch.setattr(grade, "best_level", lambda: Level(2, (Fault("grade_level.no_unshare"),)))
    monkeypatch.setattr(grade, "rerun", lambda *_, **__: Rerun("ok"))

    def give(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cslab", "grade", *map(str, arguments)])
        monkeypatch.setenv("CSLAB_LANG", "en")
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return give


def test_a_class_is_told_as_a_table_with_the_level_and_what_is_missing_and_the_seed(
    verb: Callable[..., tuple[int, str, str]], handed_in: Path, tmp_path: Path
):
    code, said, complaints = verb(handed_in, "-o", tmp_path / "grades.csv", "--seed", "77", "-j", "1")
    assert (code, complaints) == (0, "")
    assert said.splitlines()[0].startswith("Level 2")
    assert "unshare" in said.splitlines()[1] and "seed 77" in said.splitlines()[2]
    assert [line.split()[0] for line in said.splitlines() if " 0/" in line] == ["Sato", "山田"]
    assert (tmp_path / "grades.csv").is_file() and "class.html" in said.splitlines()[-1]


def test_why_a_file_cannot_be_graded_stands_below_the_table_once(
    verb: Callable[..., tuple[int, str, str]], handed_in: Path, tmp_path: Path
):
    (handed_in / "Abe").mkdir()
    (handed_in / "Abe" / "メモ.docx").write_bytes(b"PK")
    _, said, _ = verb(handed_in, "-o", tmp_path / "grades.csv", "-j", "1")
    assert [line[:7] for line in said.splitlines() if "メモ.docx" in line] == ["  - Abe"]


def test_with_a_class_list_the_absent_have_their_rows_and_strangers_are_named(
    verb: Callable[..., tuple[int, str, str]], handed_in: Path, tmp_path: Path
):
    people = tmp_path / "class.csv"
    people.write_bytes("氏名\n山田\n高橋\n".encode("cp932"))
    _, said, complaints = verb(handed_in, "-o", tmp_path / "grades.csv", "-j", "1", "--class-list", people)
    assert complaints == ""
    (absent,) = [line for line in said.splitlines() if line.startswith("高橋")]
    assert "nothing handed in" in absent
    assert "Not on the list: Sato." in said
    assert "高橋" in (tmp_path / "grades.csv").read_text(encoding="utf-8-sig")


def test_everything_is_said_in_the_language_that_was_asked_for(
    verb: Callable[..., tuple[int, str, str]], handed_in: Path, tmp_path: Path
):
    _, said, _ = verb(handed_in, "-o", tmp_path / "grades.csv", "--lang", "ja")
    assert "レベル2" in said and "受講者" in said and "正解" in said
    assert 'lang="ja"' in (tmp_path / "grades" / "class.html").read_text(encoding="utf-8")


def test_a_place_that_is_not_there_is_refused(verb: Callable[..., tuple[int, str, str]], tmp_path: Path):
    code, said, complaints = verb(tmp_path / "nowhere", "-o", tmp_path / "grades.csv")
    assert (code, said) == (2, "") and "nowhere" in complaints


def test_results_of_somebody_else_are_refused_before_anything_runs(
    verb: Callable[..., tuple[int, str, str]], handed_in: Path, tmp_path: Path
):
    (tmp_path / "grades.csv").write_text("mine", encoding="utf-8")
    code, said, complaints = verb(handed_in, "-o", tmp_path / "grades.csv")
    assert (code, said) == (2, "") and "--force" in complaints
    assert (tmp_path / "grades.csv").read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_refused_before_anything_runs(
    verb: Callable[..., tuple[int, str, str]], handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(grade, "rerun", lambda *_, **__: pytest.fail("it ran"))
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    code, said, complaints = verb(handed_in, "-o", tmp_path / "file" / "grades.csv")
    assert (code, said) == (2, "") and "-o" in complaints


@pytest.mark.course
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_ctrl_c_ends_every_notebook_and_leaves_nothing(handed_in: Path, tmp_path: Path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for path in handed_in.rglob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        cell["source"] = "while True: pass"
        path.write_text(json.dumps(notebook), encoding="utf-8")
    command = [sys.executable, "-m", "cslab", "grade", str(handed_in), "-o", str(tmp_path / "grades.csv"), "-j", "2"]
    surroundings = {**os.environ, "TMPDIR": str(scratch), "CSLAB_LANG": "en", "PYTHONUNBUFFERED": "1"}
    grading = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings)
    assert grading.stdout is not None and any(b"seed" in line for line in grading.stdout)  # the trial is over
    _wait_until(lambda: any("grading.inside" in line for line in _family(grading.pid).values()), 60)
    running = set(_family(grading.pid))
    grading.send_signal(signal.SIGINT)
    _, complaints = grading.communicate(timeout=30)
    assert (grading.returncode, complaints.decode().strip()) == (130, "Stopped. Nothing was written.")
    _wait_until(lambda: not running & set(_processes()), 5)
    assert len(running) > 1 and not running & set(_processes())
    assert list(scratch.iterdir()) == [] and not (tmp_path / "grades.csv").exists()


def _processes() -> dict[int, tuple[int, str]]:
    """Every process with its parent and its command."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    parts = [line.split(maxsplit=2) for line in listed.splitlines()]
    return {int(number): (int(parent), command) for number, parent, command in parts}


def _family(head: int) -> dict[int, str]:
    """The processes that come from one, by number, with their commands."""
    everybody = _processes()
    found = {head}
    while more := {number for number, (parent, _) in everybody.items() if parent in found} - found:
        found |= more
    return {number: everybody[number][1] for number in found if number in everybody}


def _wait_until(is_so: Callable[[], bool], seconds: float) -> None:
    """Wait until something is so, but not for ever."""
    last = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < last, "it never came to be so"
        time.sleep(0.1)
