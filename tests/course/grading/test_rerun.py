"""A submission is run again as it was handed in, with our values in place of its own, and held against the hand-out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from cslab import load
from cslab.course.grading import rerun as module
from cslab.course.grading.handed import HandedCell
from cslab.course.grading.limits import Limits
from cslab.course.grading.rerun import CellRun, Rerun, rerun
from cslab.course.grading.sandbox import Level
from cslab.course.grading.submissions import Submission
from cslab.sources.export import export
from tests.course.grading.levels import at_both_levels, at_level_3

PARAMETERS = HandedCell(1, "p", True, ("parameters",), 'source = "synthetic:tiny"\nvariant = 0')
BASE = HandedCell(2, "b", True, (), "base = 10")
NRR = HandedCell(3, "n", True, (), "nrr = base / 20")
GIVEN = (PARAMETERS, BASE, NRR)


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The notebook as it was handed out, an exercise of three cells."""
    cells = [{"cell_type": "code", "id": cell.id, "metadata": {}, "source": cell.source} for cell in GIVEN]
    path = tmp_path / "given.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    monkeypatch.setattr(module, "find", lambda wish: SimpleNamespace(notebook=lambda lang: path))


@pytest.fixture
def again(data: Path, given: None) -> Callable[..., Rerun]:
    """Runs these cells again."""

    def run(level: Level, *cells: HandedCell) -> Rerun:
        submission = Submission("Sato", "01", "en", "x", cells)
        return rerun(submission, data, 7, "ja", level, Limits(seconds=20), ["nrr"])

    return run


def outcome(run: Rerun) -> tuple[dict[str, object], tuple[int, ...]]:
    """The answers, and where they should have come from."""
    return run.answers, run.assigned["nrr"]


@at_level_3
@pytest.mark.slow
def test_a_notebook_as_it_was_handed_out_is_run_with_our_values(level: Level, again: Callable[..., Rerun]):
    told = HandedCell(4, "t", True, (), "nrr = [source[:7], variant, lang, trainee, as_of]")
    run = again(level, *GIVEN, told)
    assert run.answers == {"nrr": ["folder:", 7, "ja", "", ""]}
    assert (run.ended, run.stopped_at, run.changes.fault()) == ("ok", 0, None)


@at_level_3
@pytest.mark.slow
def test_a_deleted_answer_cell_is_no_answer_and_is_told(level: Level, again: Callable[..., Rerun]):
    run = again(level, PARAMETERS, BASE)
    assert (outcome(run), run.failed_cell("nrr"), run.changes.deleted) == (({}, ()), None, (3,))


@at_level_3
@pytest.mark.slow
def test_deleting_the_parameters_does_not_bring_the_own_data_back(level: Level, again: Callable[..., Rerun]):
    run = again(level, BASE, HandedCell(3, "n", True, (), "nrr = [source[:7], variant]"))
    assert (run.answers, run.changes.deleted) == ({"nrr": ["folder:", 7]}, (1,))


@at_level_3
@pytest.mark.slow
def test_of_a_duplicated_cell_the_last_word_counts(level: Level, again: Callable[..., Rerun]):
    run = again(level, *GIVEN, HandedCell(4, "n", True, (), "nrr = 0.7"))
    assert (outcome(run), run.changes.duplicated) == (({"nrr": 0.7}, (3, 4)), (4,))


@at_level_3
@pytest.mark.slow
def test_a_cell_moved_before_what_it_needs_fails_and_both_are_told(level: Level, again: Callable[..., Rerun]):
    run = again(level, PARAMETERS, NRR, BASE)
    assert run.failed_cell("nrr") == CellRun(3, 2, "NameError", "name 'base' is not defined")
    assert len(run.changes.reordered) == 1 and outcome(run) == ({}, (2,))


@at_both_levels
@pytest.mark.slow
def test_an_exercise_begins_on_the_data_given_and_check_says_nothing(level: Level, tmp_path: Path):
    export(load("synthetic:tiny"), tmp_path / "unseen")
    sources = (
        "from cslab.course.exercise import begin, check, hint",
        'book = begin("01", source, as_of, lang, trainee, variant)',
        "nrr = [len(book.accounts), book.has('truth')]\ncheck('nrr', nrr), hint('nrr')",
    )
    cells = tuple(HandedCell(place, "", True, (), source) for place, source in enumerate(sources, 1))
    run = rerun(Submission("Sato", "01", "en", "x", cells), tmp_path / "unseen", 1, "en", level, asked=["nrr"])
    assert [cell.error for cell in run.cells] == ["", "", ""], run.said
    assert run.answers == {"nrr": [len(load("synthetic:tiny").accounts), False]}
