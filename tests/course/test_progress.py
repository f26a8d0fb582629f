"""What the saved notebooks say of how far a trainee has come."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cslab import words
from cslab.cli.typed import app
from cslab.course import progress, shown
from cslab.course.questions import bank
from cslab.course.questions.kinds import Num
from cslab.course.questions.question import Mistake, Question
from cslab.course.sheets.exercises import ExerciseSheet, exercises
from cslab.course.sheets.parts import parts
from cslab.faults import UsageError


def asked(name: str, exercise: str) -> Question:
    return Question(name, exercise, "99", Num(), lambda _: 0.5, (Mistake("twelvefold", lambda _: 0.6),))


QUESTIONS = (asked("first_one", "E97"), asked("second_one", "E98"), asked("third_one", "E99"))


@pytest.fixture(autouse=True)
def three_questions(monkeypatch):
    """A bank of three questions with their words."""
    known = dict(words._dictionary())
    for question in QUESTIONS:
        for key, en, ja in (
            ("title", f"the {question.id}", f"{question.id}の問い"),
            ("mistake.twelvefold", "{answer} is twelve months added up. It loses some twice.", "{answer}は12倍です。"),
        ):
            known[f"question.{question.id}.{key}"] = {"key": key, "en": en, "ja": ja}
    monkeypatch.setattr(words, "_dictionary", lambda: known)
    monkeypatch.setattr(bank, "questions", lambda: QUESTIONS)


def write(path: Path, *records: tuple[str, str, str], exercise: bool = True, number: str = "99") -> Path:
    """A saved notebook with the records of some checks."""
    outputs = [
        {
            "output_type": "display_data",
            "data": {shown.CHECK: dict(zip(("question", "outcome", "mistake"), one, strict=True))},
        }
        for one in records
    ]
    metadata = {"cslab": {"exercise": {"number": number}}} if exercise else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = {"cells": [{"cell_type": "code", "outputs": outputs}], "metadata": metadata}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def outcomes(folder: Path) -> dict[str, str]:
    return {one.question.id: one.outcome for one in progress.standings(folder)}


def test_each_question_stands_as_its_last_check_said(tmp_path):
    write(tmp_path / "work" / "99.ipynb", ("first_one", "not_yet", ""), ("first_one", "correct", ""))
    assert outcomes(tmp_path / "work") == {
        "first_one": "correct",
        "second_one": "not_attempted",
        "third_one": "not_attempted",
    }


def test_the_better_of_both_languages_counts(tmp_path):
    write(tmp_path / "en" / "99.ipynb", ("first_one", "correct", ""), ("second_one", "not_attempted", ""))
    write(tmp_path / "ja" / "99.ipynb", ("first_one", "not_yet", "twelvefold"), ("second_one", "not_yet", ""))
    assert list(outcomes(tmp_path).values()) == ["correct", "not_yet", "not_attempted"]


def test_a_recognised_misconception_is_said_in_a_sentence(tmp_path):
    write(tmp_path / "99.ipynb", ("first_one", "not_yet", "twelvefold"))
    rows = progress.rows(progress.standings(tmp_path), "en")
    assert rows[0] == ["99", "", "E97", "🔁 Not yet", "the first_one", "… is twelve months added up"]


def test_the_editors_and_the_kept_notebooks_do_not_count(tmp_path):
    write(tmp_path / "99.ipynb")
    write(tmp_path / ".ipynb_checkpoints" / "99-checkpoint.ipynb", ("first_one", "correct", ""))
    write(tmp_path / "99.2024-03-31.ipynb", ("second_one", "correct", ""))
    assert set(outcomes(tmp_path).values()) == {"not_attempted"}


def test_what_is_no_notebook_or_no_record_is_passed_over(tmp_path):
    write(
        tmp_path / "99.ipynb",
        ("first_one", "correct", ""),
        ("nobody_asked", "correct", ""),
        ("second_one", "great", ""),
    )
    (tmp_path / "half_saved.ipynb").write_text('{"cells": [', encoding="utf-8")
    (tmp_path / "list.ipynb").write_text("[]", encoding="utf-8")
    odd = {"cells": [3, {"outputs": [{"data": {shown.CHECK: ["x"]}}, 5]}, {"outputs": None}]}
    (tmp_path / "odd.ipynb").write_text(json.dumps(odd), encoding="utf-8")
    (tmp_path / "binary.ipynb").write_bytes(b"\xff\xfe\x00")
    assert list(outcomes(tmp_path).values()) == ["correct", "not_attempted", "not_attempted"]


def test_a_single_notebook_can_be_asked_about(tmp_path):
    assert outcomes(write(tmp_path / "mine.ipynb", ("third_one", "correct", "")))["third_one"] == "correct"


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_a_folder_without_exercises_says_how_to_begin(tmp_path, lang):
    write(tmp_path / "lesson.ipynb", exercise=False)
    with pytest.raises(UsageError) as error:
        progress.standings(tmp_path)
    assert "cslab open 00 --exercise" in error.value.text(lang)


def test_the_summary_counts_and_names_what_comes_next(tmp_path):
    write(tmp_path / "99.ipynb", ("first_one", "correct", ""), ("second_one", "not_yet", ""))
    assert progress.summary(progress.standings(tmp_path), "en") == [
        "1 of 3 questions are green, 1 not yet, 1 not attempted.",
        "Next: lesson 99, E98: the second_one (cslab open 99 --exercise)",
    ]


def test_a_question_that_can_still_be_answered_in_one_notebook_is_open_although_the_data_of_another_lack_it(tmp_path):
    write(tmp_path / "en" / "99.ipynb", ("first_one", "cannot_check", ""))
    write(tmp_path / "ja" / "99.ipynb", ("first_one", "not_attempted", ""))
    assert outcomes(tmp_path)["first_one"] == "not_attempted"


def test_what_could_not_be_checked_is_counted_by_itself(tmp_path):
    write(tmp_path / "99.ipynb", ("first_one", "cannot_check", ""), ("second_one", "cannot_check", ""))
    found = progress.summary(progress.standings(tmp_path), "en")
    assert found[1].startswith("2 cannot be checked") and found[-1].startswith("Next: lesson 99, E99")


def told(*words: str) -> list[str]:
    """The lines that the verb prints."""
    found = CliRunner().invoke(app, ["progress", *words])
    assert found.exit_code == 0, found.output
    return found.output.splitlines()


def test_the_verb_prints_a_row_a_lesson_and_then_the_questions_of_those_begun(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    other = replace(QUESTIONS[0], id="of_another_lesson", lesson="98")
    monkeypatch.setattr(bank, "questions", lambda: (other, *QUESTIONS))
    write(tmp_path / "work" / "ja" / "exercises" / "99.ipynb", ("first_one", "correct", ""))
    lines = told("--lang", "ja")
    assert lines[0].split() == ["章", "題名", "✅", "正解", "🔁", "もう一歩", "⬜", "未着手"]
    assert [line.split() for line in lines[1:3]] == [["98", "0", "0", "1"], ["99", "1", "0", "2"]]
    assert lines[4].split() == ["章", "番号", "演習", "結果", "問い", "思い違い"]
    assert lines[5].split() == ["99", "E97", "✅", "正解", "first_oneの問い"]
    assert not any("of_another_lesson" in line for line in lines[4:-1])
    assert lines[-2] == "全4問のうち、正解1問・もう一歩0問・未着手3問です。"


def test_the_number_of_a_lesson_is_taken_as_such(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bank, "questions", lambda: (replace(QUESTIONS[0], lesson="00"), *QUESTIONS[1:]))
    write(tmp_path / "work" / "00.ipynb", ("second_one", "correct", ""), number="00")
    lines = told("0")  # full width, as a Japanese keyboard gives it
    assert lines[1].split()[:2] == ["00", "E97"] and "second_one" not in "".join(lines)
    assert lines[3] == "0 of 1 questions are green, 0 not yet, 1 not attempted."


def test_a_folder_named_like_a_lesson_is_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "05").mkdir()
    assert progress.asked_for("05") == (Path("05"), "")
    assert progress.asked_for("00") == (Path("work"), "00")


def test_a_lesson_without_exercises_is_refused_with_those_there_are():
    with pytest.raises(UsageError, match="00"):
        progress.asked_for("97")


def test_what_the_data_do_not_allow_is_still_open(tmp_path):
    write(tmp_path / "99.ipynb", ("first_one", "cannot_check", ""), ("second_one", "not_yet", ""))
    assert progress.by_lesson(progress.standings(tmp_path), "en") == [["99", "", "0", "1", "2"]]


def test_each_question_stands_in_the_order_of_its_sheet_with_the_number_that_the_notebook_shows(tmp_path, monkeypatch):
    sheet = ExerciseSheet("99", "99_x", "", "", 9, (), ("second_one", "third_one", "first_one"))
    texts = [
        "# Title",
        "## 1. A book",
        'check("second_one", x)',
        "## 2b. Two",
        'check("third_one", y)\ncheck("first_one", z)',
    ]
    cells = [{"cell_type": "code", "source": text.splitlines(keepends=True)} for text in texts]
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "99_x.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    monkeypatch.setattr("cslab.course.sheets.exercises.library", lambda: tmp_path)
    monkeypatch.setattr(progress, "exercises", lambda: [sheet])
    found = progress.standings(write(tmp_path / "mine.ipynb"))
    numbers = [(one.question.id, row[1]) for one, row in zip(found, progress.rows(found, "en"), strict=True)]
    assert numbers == [("second_one", "1"), ("third_one", "2b"), ("first_one", "2b")]
    assert progress.summary(found, "en")[-1] == (
        "Next: lesson 99, part 1, E98: the second_one (cslab open 99 --exercise)"
    )


def test_every_question_of_the_course_stands_in_a_numbered_part():
    for sheet in exercises():
        assert set(sheet.questions) == {name for name, number in parts(sheet, "ja").items() if number}


def test_the_lesson_that_was_saved_last_is_the_one_that_is_worked_on(tmp_path):
    for age, number in enumerate(("01", "05", "00")):
        os.utime(write(tmp_path / f"{number}.ipynb", number=number), (1_000 - age, 1_000 - age))
    os.utime(write(tmp_path / "lesson.ipynb", exercise=False), (2_000, 2_000))
    assert progress.latest(tmp_path) == "01"


@pytest.mark.parametrize(("at", "named"), [("", "E97"), ("98", "E98"), ("99", "E99"), ("42", "E97")])
def test_what_comes_next_stays_in_the_lesson_that_is_worked_on_and_then_goes_on(at, named):
    lessons = ("97", "98", "99")
    found = [progress.Standing(replace(one, lesson=lesson)) for one, lesson in zip(QUESTIONS, lessons, strict=True)]
    assert named in progress.summary(found, "en", at)[-1]
    done = [replace(one, outcome="correct") if one.question.lesson == "98" else one for one in found]
    assert ("E99" if at in ("98", "99") else "E97") in progress.summary(done, "en", at)[-1]
