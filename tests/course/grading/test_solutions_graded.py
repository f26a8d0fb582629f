"""The course's own solutions go through the whole grading, and the verb through a whole class."""

from __future__ import annotations

from pathlib import Path

import pytest

from cslab.course.grading.grade import begin, finish
from cslab.course.lessons import project
from cslab.course.notebook import fresh, text_of
from cslab.course.sheets import exercises
from cslab.course.source import read_exercise
from tests.course.grading.small_class import hand_in

pytestmark = pytest.mark.course


@pytest.mark.parametrize(("seed", "lang"), [("281474976710656", "en"), ("31415926535", "ja")])
def test_every_solution_is_right_on_data_that_nobody_has_seen(tmp_path: Path, seed: str, lang: str):
    home = project()
    assert home is not None
    for sheet in exercises.exercises():
        solved = read_exercise(home / "exercises" / "source" / f"{sheet.name}.py")
        hand_in(tmp_path, "解答 例", text_of(fresh(solved, lang)), f"{sheet.name}.ipynb")
    graded = finish(begin(tmp_path, seed))
    assert {row.question.id: (row.outcome, row.mistake) for row in graded.rows} == {
        name: ("correct", "") for sheet in exercises.exercises() for name in sheet.questions
    }
    assert [paper.rerun.ended for paper in graded.papers if paper.rerun] == ["ok"] * len(exercises.exercises())
