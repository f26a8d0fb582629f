"""What a grading leaves on the disk: sheets, a page for each trainee and for the class; nothing of others is harmed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cslab.course.grading import grade
from cslab.course.grading.grade import Graded, begin, finish
from cslab.course.grading.handed import Changes
from cslab.course.grading.rerun import CellRun, Rerun
from cslab.course.grading.results import COLUMNS, RERUN_COLUMNS, Results
from cslab.course.grading.sandbox import Level
from cslab.course.grading.sheet import sheet_bytes
from cslab.course.selfcontained import outside
from cslab.faults import UsageError
from cslab.words import word
from tests.course import small_exercise
from tests.course.grading.small_class import hand_in_all, questions

pytestmark = pytest.mark.slow  # whole verbs and companies: `make test` runs them

ASSIGNED = {"heads": (3,), "more": (5,)}


@pytest.fixture
def graded(sheets: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Graded:
    """The class of eight, graded on what each re-run is said to have given."""
    monkeypatch.setattr(small_exercise, "QUESTIONS", questions())
    folder = sheets()
    failed = CellRun(6, 3, "AttributeError", "no <accounts> in `book`")
    reruns = {
        "山田 花子": Rerun("ok", {"heads": -1.5, "more": 11}, (), ASSIGNED, seconds=2.04, memory=210_000_000),
        "鈴木": Rerun("ok", {"more": "=1+1"}, (), {"heads": (), "more": (5,)}, Changes(deleted=(3,)), ignored=2),
        "Ana": Rerun("ok", {}, (failed,), ASSIGNED),
        "Kim": Rerun("output", {"heads": float("nan")}, (CellRun(2, 1),), ASSIGNED, said="spam spam"),
        "Sato": Rerun("not_started", said="no unshare here"),
    }
    monkeypatch.setattr(grade, "best_level", lambda: Level(3))
    monkeypatch.setattr(grade, "rerun", lambda submission, *rest, **more: reruns.get(submission.trainee, Rerun("ok")))
    place = hand_in_all(tmp_path / "class", lambda lang: folder / lang / "99_small.ipynb")
    return finish(begin(place, "77"))


def lines(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_everything_stands_in_its_place(graded: Graded, tmp_path: Path):
    Results(tmp_path / "out" / "grades.csv").write(graded, "en")
    found = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*"))
    pages = [
        f"grades/feedback/{name}.html" for name in ("Ana", "Bob", "Kim", "Li", "Sato", "山田_花子", "田中", "鈴木")
    ]
    assert found == ["grades.csv", "grades/class.html", *pages, "grades/reruns.csv", "grades/summary.csv"]


def test_the_sheet_has_a_line_for_each_question_that_was_run_and_one_for_a_notebook_that_was_not(
    graded: Graded, tmp_path: Path
):
    Results(tmp_path / "grades.csv").write(graded, "en")
    head, *rows = lines(tmp_path / "grades.csv")
    assert head == list(COLUMNS)
    assert len(rows) == 5 * 2 + 3
    by_name = {(row[0], row[3]): dict(zip(head, row, strict=True)) for row in rows}
    assert by_name["Ana", "heads"]["cell"] == "3"
    assert by_name["Ana", "heads"]["error"] == "AttributeError: no <accounts> in `book`"
    assert by_name["Kim", "more"]["outcome"] == "stopped"
    assert by_name["Bob", ""]["outcome"] == "not_json"
    assert "99_small.ipynb" in by_name["Bob", ""]["note"]
    assert by_name["Li", ""]["outcome"] == "not_handed_in"


def test_the_summary_has_a_line_for_each_trainee_and_lesson_that_adds_up(graded: Graded, tmp_path: Path):
    results = Results(tmp_path / "grades.csv")
    results.write(graded, "en")
    assert results.summary.read_bytes().startswith(b"\xef\xbb\xbftrainee,lesson,questions,correct,")
    head, *rows = lines(results.summary)
    assert [row[:3] for row in rows] == [[name, "99", "2"] for name in graded.trainees]
    assert all(sum(map(int, row[3:])) == 2 for row in rows)
    by_name = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert by_name["Ana"]["cell_failed"] == "1" and by_name["Ana"]["not_attempted"] == "1"
    assert by_name["Li"]["not_handed_in"] == "2" and by_name["Bob"]["unreadable"] == "2"


def test_a_name_that_is_a_formula_is_text_in_the_summary_too(graded: Graded, tmp_path: Path):
    results = Results(tmp_path / "grades.csv")
    rows = tuple(replace(row, trainee="=1+1") for row in graded.rows if row.trainee == "Li")
    results.write(replace(graded, rows=rows), "en")
    assert lines(results.summary)[1][0] == "'=1+1"


def test_the_sheet_of_re_runs_tells_how_each_file_fared(graded: Graded, tmp_path: Path):
    results = Results(tmp_path / "grades.csv")
    results.write(graded, "en")
    head, *rows = lines(results.reruns)
    assert head == list(RERUN_COLUMNS)
    by_name = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert (by_name["山田 花子"]["seconds"], by_name["山田 花子"]["megabytes"]) == ("2.0", "210")
    assert "3" in by_name["鈴木"]["note"] and "2" in by_name["鈴木"]["note"]
    assert by_name["Kim"]["ending"] == "output" and by_name["Kim"]["note"] == word("grade.ended.output")
    assert "no unshare here" in by_name["Sato"]["note"]
    assert by_name["Bob"]["ending"] == "not_json"


def test_each_trainee_reads_a_page_in_the_language_of_the_notebook(graded: Graded, tmp_path: Path):
    results = Results(tmp_path / "grades.csv")
    results.write(graded, "en")
    assert '<html lang="ja">' in (results.feedback / "山田_花子.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in (results.feedback / "Ana.html").read_text(encoding="utf-8")


def test_every_page_is_complete_in_itself(graded: Graded, tmp_path: Path):
    results = Results(tmp_path / "grades.csv")
    results.write(graded, "ja")
    pages = [*results.feedback.glob("*.html"), results.class_page]
    assert len(pages) == 9
    assert [found for page in pages for found in outside(page.read_text(encoding="utf-8"))] == []


def test_the_same_grading_is_the_same_to_the_byte(graded: Graded, tmp_path: Path):
    first, second = Results(tmp_path / "a.csv"), Results(tmp_path / "b.csv")
    first.write(graded, "ja")
    second.write(graded, "ja")
    assert first.grades.read_bytes() == second.grades.read_bytes()
    assert first.class_page.read_bytes() == second.class_page.read_bytes()


def test_a_second_grading_takes_the_place_of_the_first_with_the_pages_of_those_who_left(graded: Graded, tmp_path: Path):
    results = Results(tmp_path / "grades.csv")
    results.write(graded, "en")
    results.refuse_others()
    rest = tuple(row for row in graded.rows if row.trainee != "Sato")
    results.write(replace(graded, rows=rest), "en")
    assert not (results.feedback / "Sato.html").exists()
    assert len(list(results.feedback.iterdir())) == 7


def test_a_sheet_that_cannot_be_written_leaves_the_pages_as_they_were(graded: Graded, tmp_path: Path):
    results = Results(tmp_path / "grades.csv")
    results.write(graded, "en")
    results.grades.unlink()
    results.grades.mkdir()  # refuses as a sheet that is open in Excel does
    rest = tuple(row for row in graded.rows if row.trainee != "Sato")
    with pytest.raises(UsageError):
        results.write(replace(graded, rows=rest), "en")
    assert (results.feedback / "Sato.html").exists()


@pytest.mark.parametrize("force", [False, True])
def test_a_file_of_somebody_else_is_written_over_only_when_that_is_wanted(tmp_path: Path, force: bool):
    (tmp_path / "grades.csv").write_text("name;mark\n", encoding="utf-8")
    if force:
        Results(tmp_path / "grades.csv").refuse_others(force)
        return
    with pytest.raises(UsageError, match="--force"):
        Results(tmp_path / "grades.csv").refuse_others(force)


def test_a_folder_of_somebody_else_is_refused_too(tmp_path: Path):
    (tmp_path / "grades").mkdir()
    (tmp_path / "grades" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "grades.csv").write_bytes(sheet_bytes(COLUMNS, []))
    with pytest.raises(UsageError, match="--force"):
        Results(tmp_path / "grades.csv").refuse_others()


def test_a_folder_in_the_place_of_the_sheet_is_refused_even_by_force(tmp_path: Path):
    (tmp_path / "grades.csv").mkdir()
    with pytest.raises(UsageError):
        Results(tmp_path / "grades.csv").refuse_others(force=True)


@pytest.mark.parametrize("place", ["a file/grades.csv", "a file/deep/er/grades.csv"])
def test_a_place_where_nothing_can_be_written_is_refused_before_anything_is_made(tmp_path: Path, place: str):
    (tmp_path / "a file").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="-o"):
        Results(tmp_path / place).refuse_others()


def test_a_disk_that_refuses_is_found_out_by_writing_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    tried = []

    def refuse(dir: Path) -> None:
        tried.append(dir)
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("cslab.course.grading.shelf.tempfile.TemporaryFile", refuse)
    with pytest.raises(UsageError, match="Permission denied"):
        Results(tmp_path / "not" / "there" / "grades.csv").refuse_others()
    assert tried == [tmp_path]


def test_asking_whether_a_place_can_be_written_leaves_nothing_there(tmp_path: Path):
    Results(tmp_path / "not" / "there" / "grades.csv").refuse_others()
    assert list(tmp_path.iterdir()) == []


def test_what_breaks_while_pages_are_made_leaves_the_old_results(
    graded: Graded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    results = Results(tmp_path / "grades.csv")
    results.write(graded, "en")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".ipynb"}

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cslab.course.grading.results.class_page", full)
    with pytest.raises(UsageError, match="disk"):
        results.write(graded, "en")
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".ipynb"}
    assert after == before
