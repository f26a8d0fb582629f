"""What a reader may change is explained in the reader's own language."""

from __future__ import annotations

from pathlib import Path

import pytest

from cslab.course.lessons import Lesson
from cslab.course.notebook import NOTED, bare, fresh
from cslab.course.params import parameters
from cslab.course.source import Cell, Source, read_exercise, read_source

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*ROOT.glob("notebooks/source/*.py"), *ROOT.glob("exercises/source/*.py")])
NOTE = 'months: int = 3  # after so many months\n# ja: 何か月で\nlang: str = "en"  # en or ja\n# ja: en か ja'


def notes(lang: str, tags: tuple[str, ...] = ("parameters",)) -> str:
    cell = Cell(1, {"en": NOTE, "ja": NOTE}, tags, True)
    return fresh(Source(Lesson("05", "05_x", "", "", "", "", 1, 1, (), ()), (cell,), ""), lang).cells[0].source


def test_each_notebook_explains_its_parameters_in_its_own_language():
    assert notes("en") == 'months: int = 3  # after so many months\nlang: str = "en"  # en or ja'
    assert notes("ja") == 'months: int = 3  # 何か月で\nlang: str = "ja"  # en か ja'
    assert bare(notes("en")) == bare(notes("ja")) == "months: int = 3\n"


def test_only_the_cell_of_the_parameters_is_read_for_notes():
    assert notes("ja", tags=()) == NOTE


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_no_parameter_is_explained_in_one_language_only(path):
    source = read_source(path) if "notebooks" in path.parts else read_exercise(path)
    cell = source.code_cells[0]
    found, faults = parameters(cell.code)
    assert len(NOTED.findall(cell.code)) == len(found) and not faults
