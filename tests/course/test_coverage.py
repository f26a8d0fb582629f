"""What the texts behind the course ask for: each point in its lesson with code and a test, or in a lesson to come.

``coverage.csv`` has a row for every point of five texts: S0, a reader's notes on a course chapter about the mission
and engagement of a team; S1, a seminar that introduces customer success; S2, a meet-up about scaling it; S3, an
explanation of lifecycle and journey map; S4, a plan for somebody's first ninety days in charge. ``source`` counts the
lines of the text. A run of these tests ends with the count (``covered.py``).

A point counts as ``here`` where a reader can use it today. When a lesson comes, each point that was put off to it has
to be looked at again: its row says ``later`` only as long as the lesson is not there.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.course.covered import points, said

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ["row", "capability", "source", "lesson", "status", "where", "test"]
POINTS = {"S0": 25, "S1": 24, "S2": 44, "S3": 22, "S4": 33}
COURSE = {*(f"{number:02}" for number in range(16)), "h1", "h2", "h3"}
LINES = re.compile(r"S\d lines? \d+(?:-\d+)?(?:, \d+(?:-\d+)?)*")

ROWS = points()
HERE = [row for row in ROWS if row["status"] == "here"]
LATER = [row for row in ROWS if row["status"] == "later"]


def lessons() -> set[str]:
    """Numbers of the lessons and homework that there are."""
    found = [*ROOT.glob("notebooks/source/[0-9][0-9]_*.py"), *ROOT.glob("exercises/homework/en/h[0-9]_*.md")]
    return {path.name.split("_")[0] for path in found}


@cache
def names_in(path: Path) -> dict[str, str]:
    """What a file defines at its top; of what it imports from the package, the dotted name of where that comes from."""
    names: dict[str, str] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names[node.name] = ""
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id: "" for target in targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cslab"):
            names |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
    return names


def module_file(name: str) -> Path | None:
    """The file of a module or package."""
    place = ROOT.joinpath(*name.split("."))
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


def can_be_imported(name: str) -> bool:
    """Whether a dotted name is a public module, or a public name that a module defines or hands on."""
    if not name.startswith("cslab.") or any(part.startswith("_") for part in name.split(".")):
        return False
    if module_file(name):
        return True
    module, _, attribute = name.rpartition(".")
    names = names_in(path) if (path := module_file(module)) else {}
    return attribute in names and (not names[attribute] or can_be_imported(names[attribute]))


def is_a_test(name: str) -> bool:
    """Whether ``tests/...py::test_...`` is a test that stands in that file."""
    path, _, function = name.partition("::")
    stands = path.startswith("tests/") and (ROOT / path).is_file()
    return stands and function.startswith("test_") and names_in(ROOT / path).get(function) == ""


def test_every_point_has_its_row_once_and_in_order() -> None:
    points = [f"{text}-{number:02}" for text, last in POINTS.items() for number in range(1, last + 1)]
    assert [row["row"] for row in ROWS] == points
    assert len(ROWS) == 148 and {tuple(row) for row in ROWS} == {tuple(COLUMNS)}


def test_every_row_says_what_is_asked_where_it_is_asked_and_which_lesson_teaches_it() -> None:
    assert {row["status"] for row in ROWS} <= {"here", "later"} and {row["lesson"] for row in ROWS} <= COURSE
    assert [row["row"] for row in ROWS if not LINES.fullmatch(row["source"])] == []
    assert [row["row"] for row in ROWS if row["source"].split()[0] != row["row"].split("-")[0]] == []
    assert [row["row"] for row in ROWS if not 15 <= len(row["capability"]) <= 120] == []
    assert len({row["capability"] for row in ROWS}) == len(ROWS)


def test_a_point_that_is_here_names_code_that_can_be_imported_and_a_test_that_exists() -> None:
    assert [row["row"] for row in HERE if not row["where"] or not row["test"]] == []
    assert [(row["row"], name) for row in HERE for name in row["where"].split() if not can_be_imported(name)] == []
    assert [(row["row"], row["test"]) for row in HERE if not is_a_test(row["test"])] == []


def test_a_point_is_here_only_in_a_lesson_that_exists_and_later_only_in_one_to_come() -> None:
    assert [(row["row"], row["lesson"]) for row in HERE if row["lesson"] not in lessons()] == []
    assert [(row["row"], row["lesson"]) for row in LATER if row["lesson"] in lessons()] == []
    assert [row["row"] for row in LATER if row["where"] or row["test"]] == []


@pytest.mark.parametrize("lesson", sorted(lessons()))
def test_every_lesson_teaches_a_point(lesson: str) -> None:
    assert lesson in {row["lesson"] for row in HERE}


@pytest.mark.parametrize(
    "name",
    [
        "cslab.measure.survival.kaplan_mayer",
        "cslab.measure.nothing",
        "cslab.measure.nothing.at_all",
        "cslab.course.questions.hints._lines",
        "pandas.DataFrame",
        "cslab.measure.survival.TYPE_CHECKING",
    ],
)
def test_a_name_that_is_not_there_is_seen(name: str) -> None:
    assert not can_be_imported(name)


def test_points_are_counted_together_and_text_by_text() -> None:
    rows = [
        {"row": name, "status": status} for name, status in (("S0-01", "here"), ("S1-01", "here"), ("S1-02", "later"))
    ]
    assert said(rows) == "Points of the course that are covered: 2 of 3 (S0 1 of 1, S1 1 of 2)"


def test_names_are_found_in_modules_and_where_a_package_hands_them_on() -> None:
    assert all(map(can_be_imported, ("cslab.measure.growth", "cslab.measure.growth.arr_paths")))
    assert can_be_imported("cslab.measure.journey.handoff_effect")


@pytest.mark.parametrize("function", ["test_no_such_sentence", "is_a_test", ""])
def test_a_test_that_is_not_there_is_seen(function: str) -> None:
    assert not is_a_test(f"tests/course/test_coverage.py::{function}")
    assert not is_a_test("tests/course/test_nothing.py::test_no_such_sentence")
