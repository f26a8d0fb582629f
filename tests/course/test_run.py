"""A run checks everything first, and leaves nothing half-written behind."""

from __future__ import annotations

import errno
import json
import subprocess
from pathlib import Path

import pytest

from cslab.course import folders, pages
from cslab.course import run as running
from cslab.course.run import run
from cslab.course.selfcontained import outside
from cslab.faults import DataError, NotReady, UsageError


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.course
def test_a_run_writes_notebook_page_and_record(course):
    course()
    outcome = run("99", lang="ja", wishes=["horizon=24", "source.seed=5"])
    assert not outcome.failed
    assert names(outcome.folder) == ["99_miniature.html", "99_miniature.ipynb", "run.json"]
    assert outcome.folder == Path("build/runs/99-ja")
    html = outcome.page.read_text(encoding="utf-8")
    assert outside(html) == []
    assert "小さな章" in html
    record = json.loads((outcome.folder / "run.json").read_text(encoding="utf-8"))
    assert record["parameters"]["horizon"] == 24
    assert record["parameters"]["source"] == "synthetic:tiny?seed=5"
    assert record["verdicts"][0]["truth"]["estimate"] == 0.123456
    notebook = outcome.notebook.read_text(encoding="utf-8")
    assert "papermill" not in json.loads(notebook)["metadata"]
    assert str(Path.cwd()) not in notebook


@pytest.mark.course
def test_a_second_run_takes_a_new_folder_and_a_finished_one_is_not_replaced_unasked(course):
    course()
    first = run("99", lang="en", folder=Path("out"))
    before = first.page.stat().st_mtime_ns
    with pytest.raises(UsageError, match="--force"):
        run("99", lang="en", folder=Path("out"))
    assert first.page.stat().st_mtime_ns == before
    again = run("99", lang="en", folder=Path("out"), force=True, wishes=["reveal_truth=no"])
    assert not again.failed
    assert names(Path("out")) == ["99_miniature.html", "99_miniature.ipynb", "run.json"]
    text = again.notebook.read_text(encoding="utf-8") + again.page.read_text(encoding="utf-8")
    assert "0.123" not in text.replace("truth = 0.123456", "").replace('<span class="mf">0.123456</span>', "")
    assert again.record["verdicts"][0]["truth"] is None


@pytest.mark.course
@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("book.require('usage_monthly.x_none')\ntruth = 1", "usage_monthly.x_none: this source has no such column"),
        ("truth = 1 / 0", "ZeroDivisionError: division by zero"),
        ("raise IndexError('no row\\nand much more')", "IndexError: no row"),
    ],
)
def test_a_failing_cell_is_named_and_its_notebook_kept_under_a_telling_name(course, cell, expected):
    course(('truth = 0.123456 if book.has("truth") else None', cell))
    outcome = run("99", lang="en", folder=Path("out"))
    assert outcome.failed and outcome.cell == 6
    assert outcome.error.startswith(expected) and "\n" not in outcome.error
    assert names(Path("out")) == ["99_miniature.failed.ipynb"]
    kept = json.loads(Path("out/99_miniature.failed.ipynb").read_text(encoding="utf-8"))
    assert "Exception was encountered" not in json.dumps(kept)
    assert kept["cells"][-1]["outputs"][0]["output_type"] == "error"


@pytest.mark.course
def test_a_kernel_that_dies_is_a_failed_run_and_not_a_crash(course):
    course(('truth = 0.123456 if book.has("truth") else None', "import os\nos._exit(1)"))
    outcome = run("99", lang="en", folder=Path("out"))
    assert outcome.failed and outcome.cell == 6
    assert "kernel died" in outcome.error
    assert names(Path("out")) == ["99_miniature.failed.ipynb"]


def test_a_disk_that_fills_up_while_the_page_is_written_leaves_nothing_behind(course, monkeypatch):
    folder = course()

    def execute(notebook, values, draft, cwd):
        draft.write_bytes((folder / "en" / "99_miniature.ipynb").read_bytes())

    def no_space(notebook):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(running, "execute_with", execute)
    monkeypatch.setattr(pages, "page", no_space)
    with pytest.raises(UsageError, match=r"out: the disk is full .*\nNothing was written"):
        run("99", lang="en", folder=Path("out"))
    assert list(Path.cwd().iterdir()) == []


def test_a_folder_below_a_file_cannot_be_written(course):
    course()
    Path("file").write_text("", encoding="utf-8")
    for folder in (Path("file"), Path("file/below")):
        with pytest.raises(UsageError, match="cannot be written"):
            run("99", lang="en", folder=folder)


def test_a_folder_that_may_not_be_written_is_said(course, monkeypatch):
    course()

    def refuse(**_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(folders.tempfile, "mkdtemp", refuse)
    with pytest.raises(UsageError, match=r"cannot be written \(Permission denied\)"):
        run("99", lang="en", folder=Path("out"))


@pytest.mark.parametrize(
    ("error", "arguments", "expected"),
    [
        (UsageError, {"wish": "98"}, "98"),
        (UsageError, {"wishes": ["horzon=3"]}, "Did you mean horizon"),
        (UsageError, {"wishes": ["horizon=long"]}, "must be a whole number"),
        (UsageError, {"wishes": ["horizon=0"]}, "horizon=0: must lie between 1 and 600"),
        (UsageError, {"as_of": "2010-01-01"}, "They run from 2021-04-01"),
        (UsageError, {"wishes": ["source.sed=3"]}, "sed"),
        (UsageError, {"wishes": ["lang=fr"]}, "lang = fr"),
        (UsageError, {"lang": "fr"}, "lang = fr"),
        (UsageError, {"source": "synthetic:no_such_preset"}, "no_such_preset"),
        (UsageError, {"source": "tiny"}, "synthetic:tiny"),
        (UsageError, {"as_of": "31.3.2024"}, "31.3.2024"),
        (UsageError, {"source": "database:sales?password=hunter2"}, "password"),
        ((UsageError, DataError), {"source": "folder:no such folder"}, "no such folder"),
    ],
)
def test_what_cannot_run_is_refused_before_anything_runs(course, monkeypatch, error, arguments, expected):
    course()
    monkeypatch.setattr(running, "execute_with", lambda *_: pytest.fail("it ran"))
    with pytest.raises(error, match=expected) as caught:
        run(**{"wish": "99", "lang": "en", **arguments})
    assert "hunter2" not in str(caught.value)
    assert not Path("build").exists()


def test_a_source_without_what_the_lesson_needs_is_refused_with_table_and_column(course, monkeypatch):
    course(("needs: [accounts]", "needs: [accounts, contracts.tenure_months, accounts.x_region]"))
    monkeypatch.setattr(running, "execute_with", lambda *_: pytest.fail("it ran"))
    with pytest.raises(NotReady) as caught:
        run("99", lang="en")
    assert len(caught.value.faults) == 2
    assert "contracts.tenure_months" in str(caught.value)


def test_what_is_made_from_real_data_is_not_written_where_git_would_take_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    from dataclasses import replace

    import cslab

    if subprocess.run(["git", "init", "-q", "."], capture_output=True).returncode:
        pytest.skip("git is not installed")
    course_book = cslab.load("synthetic:tiny")
    real = replace(course_book, synthetic=False)
    Path(".gitignore").write_text("/build/\n", encoding="utf-8")
    folders.refuse_tracked(Path("build/runs/99-en"), real)
    folders.refuse_tracked(Path("out"), course_book)
    with pytest.raises(UsageError, match=r"git would pick up.*-o, such as .*cslab"):
        folders.refuse_tracked(Path("out"), real)


def test_a_folder_outside_any_repository_is_free(tmp_path):
    from dataclasses import replace

    import cslab

    folders.refuse_tracked(tmp_path / "out", replace(cslab.load("synthetic:tiny"), synthetic=False))


def test_the_name_of_a_run_says_lesson_language_and_real_source(course):
    course()
    lesson = running.find("99")
    assert folders.new_folder(lesson, "ja", "synthetic:tiny?seed=3") == Path("build/runs/99-ja")
    real = folders.new_folder(lesson, "en", "folder:exports/顧客 一覧/")
    assert real == Path.home() / "cslab" / "runs" / "99-en-顧客-一覧"
    Path("build/runs/99-ja").mkdir(parents=True)
    assert folders.new_folder(lesson, "ja", "synthetic:tiny") == Path("build/runs/99-ja-2")
