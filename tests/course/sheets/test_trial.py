"""An exercise is tried as somebody would who runs every cell; what breaks it is told with its cell."""

from __future__ import annotations

import os
from dataclasses import replace

from cslab.course import shown
from cslab.course.questions import bank
from cslab.course.sheets.solutions import unsolved
from cslab.course.sheets.trial import faults_of, tried
from cslab.course.source import read_exercise
from tests.course import small_exercise


def outcomes(trial):
    return {question: record["outcome"] for question, record in trial.checks.items()}


def test_an_unsolved_exercise_attempts_nothing_and_a_solved_one_is_right(small):
    source = read_exercise(small())
    assert outcomes(tried(unsolved(source))) == {"heads": "not_attempted", "more": "not_attempted"}
    solved = tried(source)
    assert outcomes(solved) == {"heads": "correct", "more": "correct"}
    assert (solved.names["more"], solved.error) == (10, "")
    assert faults_of(source) == []


def test_other_parameters_reach_every_cell(small):
    trial = tried(read_exercise(small()), variant=7, lang="ja")
    assert trial.names["more"] == 17
    assert trial.texts[0].startswith("この章の会社")


def test_a_wrong_answer_is_told_by_its_check(small):
    source = read_exercise(small(("len(book.accounts)", "len(book.contracts)")))
    assert tried(source).checks["heads"]["mistake"] == "contracts"
    assert [fault.values["outcome"] for fault in faults_of(source)] == ["not_yet"]


def test_an_answer_that_is_there_beforehand_is_a_fault(small):
    source = read_exercise(small(("heads = ...", "heads = 3")))
    assert [fault.values["wanted"] for fault in faults_of(source)] == ["not_attempted"]


def test_a_cell_that_fails_ends_the_trial_and_is_named(small):
    trial = tried(read_exercise(small(("ten = 10", "ten = 1 / 0"))))
    assert (trial.cell, trial.error) == (14, "ZeroDivisionError: division by zero")
    assert trial.outcome("more") == ""


def test_a_cell_that_is_not_python_is_named_too(small):
    trial = tried(read_exercise(small(("ten = 10", "ten = = 10"))))
    assert trial.cell == 14 and trial.error.startswith("SyntaxError")


def test_the_truth_cannot_be_reached_from_an_exercise(small):
    trial = tried(read_exercise(small(("len(book.accounts)", "int(book.has('truth'))"))))
    assert trial.names["heads"] == 0


def test_a_trial_leaves_nothing_behind(small, monkeypatch):
    monkeypatch.setenv("CSLAB_LANG", "en")
    before = dict(os.environ)
    tried(read_exercise(small()), lang="ja")
    assert shown.shell() is None
    assert dict(os.environ) == before


def test_a_check_on_a_source_that_lacks_what_it_needs_names_the_table(small, tmp_path, monkeypatch):
    (tmp_path / "accounts.csv").write_text("account_id\nA\nB\n", encoding="utf-8")
    (tmp_path / "contracts.csv").write_text("account_id,start,end\nA,2024-01-01,2024-12-31\n", encoding="utf-8")
    heads, more = small_exercise.QUESTIONS
    monkeypatch.setattr(bank, "questions", lambda: (replace(heads, needs=("tickets",)), more))
    trial = tried(read_exercise(small()), source=f"folder:{tmp_path}")
    assert outcomes(trial) == {"heads": "cannot_check", "more": "correct"}
    assert any("tickets" in text for text in trial.texts)
