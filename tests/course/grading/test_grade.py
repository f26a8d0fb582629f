"""A whole class is graded: one row a trainee and question, whatever was handed in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cslab
from cslab.course.exercise import own_source
from cslab.course.grading import grade
from cslab.course.grading.grade import Graded, begin, finish
from cslab.course.grading.handed_out import sources
from cslab.course.grading.rerun import CellRun, Rerun
from cslab.course.grading.sandbox import Level
from cslab.course.grading.submissions import Submission
from cslab.faults import UsageError
from tests.course import small_exercise
from tests.course.grading.small_class import hand_in, hand_in_all, questions, written

pytestmark = pytest.mark.slow  # whole verbs and companies: `make test` runs them

SEED = "281474976710657"


@pytest.fixture
def class_of_eight(sheets: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the class of eight handed in."""
    monkeypatch.setattr(small_exercise, "QUESTIONS", questions())
    folder = sheets()
    return hand_in_all(tmp_path / "class", lambda lang: folder / lang / "99_small.ipynb")


@pytest.fixture
def believed(monkeypatch: pytest.MonkeyPatch) -> dict[str, Rerun]:
    """What the re-run of each trainee's notebook gives, in place of running it; of everybody else nothing."""
    reruns: dict[str, Rerun] = {}
    monkeypatch.setattr(grade, "best_level", lambda: Level(3))
    monkeypatch.setattr(grade, "rerun", lambda submission, *rest, **more: reruns.get(submission.trainee, Rerun("ok")))
    return reruns


def told(graded: Graded) -> dict[tuple[str, str], tuple[str, str, int]]:
    """What is in the rows, by trainee and question."""
    return {(row.trainee, row.question.id): (row.outcome, row.mistake, row.cell) for row in graded.rows}


@pytest.mark.course
def test_each_trainee_of_a_class_has_a_row_for_each_question_that_says_what_became_of_it(class_of_eight: Path):
    graded = finish(begin(class_of_eight, SEED))
    assert told(graded) == {
        ("山田 花子", "heads"): ("correct", "", 0),
        ("山田 花子", "more"): ("correct", "", 0),
        ("Sato", "heads"): ("hard_coded", "", 0),
        ("Sato", "more"): ("hard_coded", "", 0),
        ("鈴木", "heads"): ("not_yet", "contracts", 0),
        ("鈴木", "more"): ("not_yet", "less", 0),
        ("Kim", "heads"): ("correct", "", 0),
        ("Kim", "more"): ("not_attempted", "", 0),
        ("Ana", "heads"): ("cell_failed", "", 3),
        ("Ana", "more"): ("correct", "", 0),
        ("Li", "heads"): ("empty", "", 0),
        ("Li", "more"): ("empty", "", 0),
        ("田中", "heads"): ("two_files", "", 0),
        ("田中", "more"): ("two_files", "", 0),
        ("Bob", "heads"): ("not_json", "", 0),
        ("Bob", "more"): ("not_json", "", 0),
    }


def test_the_rows_stand_in_the_same_order_for_any_number_of_jobs(class_of_eight: Path, believed: dict[str, Rerun]):
    believed["Sato"] = Rerun("ok", {"more": 11}, assigned={"heads": (3,), "more": (5,)})
    task = begin(class_of_eight, SEED)
    alone, together = finish(task, jobs=1), finish(task, jobs=4)
    assert list(told(alone)) == list(told(together))
    assert told(alone) == told(together)


def test_a_notebook_that_is_ended_keeps_the_answers_that_it_had(class_of_eight: Path, believed: dict[str, Rerun]):
    cells = (CellRun(2, 1), CellRun(3, 2), CellRun(5, 3))
    believed["Kim"] = Rerun("time", {"more": 10}, cells, {"heads": (7,), "more": (3,)})
    found = told(finish(begin(class_of_eight, SEED)))
    assert found["Kim", "heads"] == ("stopped", "", 4)
    assert found["Kim", "more"][0] == "hard_coded"


def test_dots_that_were_reached_before_a_notebook_was_ended_are_not_attempted(
    class_of_eight: Path, believed: dict[str, Rerun]
):
    believed["Kim"] = Rerun("memory", {}, (CellRun(2, 1), CellRun(3, 2)), {"heads": (2,), "more": ()})
    found = told(finish(begin(class_of_eight, SEED)))
    assert found["Kim", "heads"][0] == "not_attempted"


def test_an_endless_cell_in_the_place_of_an_answer_is_told_as_what_stopped_the_notebook(
    class_of_eight: Path, believed: dict[str, Rerun]
):
    believed["Kim"] = Rerun("time", {}, (CellRun(2, 1), CellRun(3, 2)), {"heads": (2,), "more": ()})
    graded = finish(begin(class_of_eight, SEED))
    assert told(graded)["Kim", "more"] == ("stopped", "", 3)
    believed["Kim"] = Rerun("ok", {}, (CellRun(2, 1), CellRun(3, 2)), {"heads": (2,), "more": ()})
    assert told(finish(begin(class_of_eight, SEED)))["Kim", "more"] == ("not_attempted", "", 0)


def test_a_trainee_without_a_file_for_one_lesson_of_the_class_is_told_so(
    class_of_eight: Path, believed: dict[str, Rerun]
):
    task = begin(class_of_eight, SEED)
    stranger = Submission("Zoe", "01", "en", "Zoe/01_x.ipynb", ending="not_an_exercise")
    graded = finish(grade.Task((*task.submissions, stranger), task.sheets, task.level, task.seed))
    assert told(graded)["Zoe", "heads"] == ("not_an_exercise", "", 0)


def test_an_answer_that_upsets_the_judge_ends_nothing(
    class_of_eight: Path, believed: dict[str, Rerun], monkeypatch: pytest.MonkeyPatch
):
    def upset(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("cslab.course.grading.rows.judge", upset)
    found = told(finish(begin(class_of_eight, SEED)))
    assert found["Kim", "heads"] == ("cannot_check", "", 0)


def test_a_seed_can_be_drawn_and_repeated(class_of_eight: Path, believed: dict[str, Rerun]):
    first, second = begin(class_of_eight), begin(class_of_eight)
    assert first.seed != second.seed
    assert begin(class_of_eight, str(first.seed)).seed == first.seed


@pytest.mark.parametrize("seed", ["-1", "1.5", "many", "٣", "9" * 30])
def test_what_is_no_seed_is_refused(class_of_eight: Path, believed: dict[str, Rerun], seed: str):
    with pytest.raises(UsageError, match="--seed"):
        begin(class_of_eight, seed)


def test_the_seed_of_the_company_that_was_handed_out_is_refused(
    sheets: Callable[..., Path], tmp_path: Path, believed: dict[str, Rerun]
):
    folder = sheets(('"synthetic:tiny"', '"synthetic:tiny?seed=11"'))
    hand_in(tmp_path / "class", "Sato", written(folder / "en" / "99_small.ipynb"))
    with pytest.raises(UsageError, match="--seed 11"):
        begin(tmp_path / "class", "11")


def test_files_that_could_harm_this_machine_are_not_run_unless_they_are_trusted(
    class_of_eight: Path, believed: dict[str, Rerun], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(grade, "best_level", lambda: Level(1))
    with pytest.raises(UsageError, match="--i-trust-these-files"):
        begin(class_of_eight)
    assert begin(class_of_eight, trusted=True).level.number == 1


def test_a_class_of_which_nothing_can_be_graded_is_told_each_reason(sheets: Callable[..., Path], tmp_path: Path):
    sheets()
    hand_in(tmp_path / "class", "Sato", "no notebook")
    (tmp_path / "class" / "Li").mkdir()
    with pytest.raises(UsageError) as refused:
        begin(tmp_path / "class")
    assert len(refused.value.faults) == 2


def test_an_empty_folder_is_told_to_be_empty(sheets: Callable[..., Path], tmp_path: Path):
    sheets()
    (tmp_path / "class").mkdir()
    with pytest.raises(UsageError, match=r"\.ipynb"):
        begin(tmp_path / "class")


def test_the_folder_of_the_unseen_data_is_gone_and_never_named_the_seed(
    class_of_eight: Path, believed: dict[str, Rerun], monkeypatch: pytest.MonkeyPatch
):
    seen: list[tuple[Path, str]] = []

    def look(submission: Submission, data: Path, *rest: Any, **more: Any) -> Rerun:
        seen.extend((path, path.read_text(encoding="utf-8")) for path in data.rglob("*") if path.is_file())
        return Rerun("ok")

    monkeypatch.setattr(grade, "rerun", look)
    finish(begin(class_of_eight, SEED), jobs=1)
    assert any(path.name == "accounts.csv" for path, _ in seen)
    assert not any(SEED in text or SEED in str(path) for path, text in seen)
    assert not any(path.exists() for path, _ in seen)


def test_an_interrupt_ends_what_is_running_and_leaves_nothing(
    class_of_eight: Path, believed: dict[str, Rerun], monkeypatch: pytest.MonkeyPatch
):
    ended, homes = [], list[Path]()

    def endless(submission: Submission, data: Path, *rest: Any, given_up: threading.Event, **more: Any) -> Rerun:
        homes.append(data)
        if submission.trainee == "Ana":
            return Rerun("ok")
        ended.append(given_up.wait(60))
        return Rerun("given_up")

    def interrupt(trainee: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(grade, "rerun", endless)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        finish(begin(class_of_eight, SEED), jobs=5, tell=interrupt)
    assert time.monotonic() - started < 30
    assert all(ended) and not any(home.exists() for home in homes)


def contracts(source: str) -> int:
    return len(cslab.load(source).contracts)


def hard_coded(task: grade.Task, believed: dict[str, Rerun], trainee: str, answer: int) -> bool:
    """Whether an answer, which is wrong on the unseen data, is known as one that was typed in."""
    believed[trainee] = Rerun("ok", {"heads": answer}, assigned={"heads": (3,), "more": (5,)})
    return told(finish(task))[trainee, "heads"][0] == "hard_coded"


def test_a_number_from_the_company_of_the_trainees_own_is_known_as_typed_in(
    class_of_eight: Path, believed: dict[str, Rerun]
):
    path = class_of_eight / "Kim" / "99_small.ipynb"
    path.write_text(
        path.read_text(encoding="utf-8").replace('trainee: str = \\"\\"', 'trainee: str = \\"Kim\\"'), "utf-8"
    )
    own = contracts(own_source("synthetic:tiny", "Kim"))
    assert own != contracts("synthetic:tiny")
    assert hard_coded(begin(class_of_eight, SEED), believed, "Kim", own)


def test_a_number_from_the_company_packed_for_the_class_is_known_as_typed_in(
    class_of_eight: Path, believed: dict[str, Rerun], tmp_path: Path
):
    (tmp_path / "pack" / "instructor").mkdir(parents=True)
    record = 'format = 1\nseed = 5\n[handed_out]\n"99" = "synthetic:tiny?seed=5"\n'
    (tmp_path / "pack" / "instructor" / "class.toml").write_text(record, encoding="utf-8")
    packed = contracts("synthetic:tiny?seed=5")
    assert not hard_coded(begin(class_of_eight, SEED), believed, "Kim", packed)
    assert hard_coded(begin(class_of_eight, SEED, pack=tmp_path / "pack"), believed, "Kim", packed)
    with pytest.raises(UsageError, match="--seed 5"):
        begin(class_of_eight, "5", pack=tmp_path / "pack")


@pytest.mark.parametrize(
    "source",
    [
        "folder:secret",
        "synthetic:tiny?accounts=90000000",
        "synthetic:default_jp?seed=5",
        "synthetic:tiny?seed=" + "9" * 40,
        "synthetic:tiny?seed=-1",
        "database:x",
        "",
        None,
        7,
    ],
)
def test_no_company_is_opened_on_a_trainees_word(source: Any):
    assert sources({"source": source}, ("synthetic:tiny?seed=1",)) == ["synthetic:tiny?seed=1"]
