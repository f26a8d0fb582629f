"""One source makes two notebooks, the same to the byte on every build."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from cslab.course import build as building
from cslab.course.build import build, package_hash
from cslab.course.notebook import fresh
from cslab.course.source import read_source
from cslab.faults import DataError, UsageError


def notebooks(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.glob("??/*.ipynb"))}


def cells(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, miniature_text: str) -> Path:
    """The miniature, built once for all tests that only look at it."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "source").mkdir()
    (folder / "source" / "99_miniature.py").write_text(miniature_text, encoding="utf-8")
    assert {one.state for one in build(folder, jobs=2)} == {"built"}
    return folder


@pytest.mark.course
def test_two_builds_give_the_same_bytes_and_an_idle_one_does_nothing(built):
    first = notebooks(built)
    assert sorted(first) == ["en/99_miniature.ipynb", "ja/99_miniature.ipynb"]
    assert {one.state for one in build(built)} == {"unchanged"}
    assert {one.state for one in build(built, force=True, jobs=2)} == {"built"}
    assert notebooks(built) == first


@pytest.mark.course
def test_a_built_notebook_holds_no_timing_no_version_and_no_path_of_this_machine(built):
    text = (built / "ja" / "99_miniature.ipynb").read_text(encoding="utf-8")
    notebook = json.loads(text)
    assert notebook["metadata"]["language_info"] == {"name": "python"}
    assert set(notebook["metadata"]) == {"cslab", "kernelspec", "language_info"}
    assert all(set(cell["metadata"]) <= {"tags"} for cell in notebook["cells"])
    assert str(built) not in text and str(Path(__file__).parents[2]) not in text


@pytest.mark.course
def test_a_failing_cell_leaves_the_old_notebook_as_it_was_and_is_named(miniature, built):
    folder = miniature(("truth = 0.123456", "truth = 1 / 0"))
    for lang in ("en", "ja"):
        shutil.copytree(built / lang, folder / lang)
    failed = build(folder, jobs=2)
    assert {one.state for one in failed} == {"failed"}
    assert "ZeroDivisionError" in failed[0].reason
    assert notebooks(folder) == notebooks(built)


@pytest.mark.course
def test_a_lesson_that_warns_is_not_built(miniature):
    folder = miniature(("truth = 0.123456", "import warnings\nwarnings.warn('take care')\ntruth = 0.1"))
    failed = build(folder, jobs=2)
    assert {one.state for one in failed} == {"failed"}
    assert "take care" in failed[0].reason
    assert notebooks(folder) == {}


def test_only_looking_says_what_is_behind_and_writes_nothing(miniature):
    folder = miniature()
    assert {one.state for one in build(folder, check=True)} == {"stale"}
    assert notebooks(folder) == {}


def test_a_lesson_that_breaks_a_rule_stops_the_build_with_its_name(miniature):
    with pytest.raises(DataError, match="99_miniature"):
        build(miniature(("minutes_core: 5", "minutes_core: 50")))


def test_a_number_without_a_source_is_refused(miniature):
    with pytest.raises(UsageError, match="42"):
        build(miniature(), ["42"])


def test_outside_a_project_there_is_nothing_to_build(monkeypatch):
    monkeypatch.setattr(building, "project", lambda: None)
    with pytest.raises(UsageError, match="clone the project"):
        build()


def test_the_code_of_both_languages_differs_only_in_the_default_of_lang(miniature):
    source = read_source(miniature() / "source" / "99_miniature.py")
    english, japanese = (fresh(source, lang).cells for lang in ("en", "ja"))
    differing = [
        (one.source, other.source)
        for one, other in zip(english, japanese, strict=True)
        if one.cell_type == "code" and one.source != other.source
    ]
    assert [(one.replace('lang: str = "en"', 'lang: str = "ja"'), other) for one, other in differing] == [
        (other, other) for _, other in differing
    ]
    assert len(differing) == 1


def test_ids_come_from_place_and_text(miniature):
    path = miniature() / "source" / "99_miniature.py"
    first, again = (fresh(read_source(path), "en").cells for _ in range(2))
    assert [cell.id for cell in first] == [cell.id for cell in again]
    assert len({cell.id for cell in first}) == len(first)
    miniature(("Two words on it.", "Three words on it."))
    changed = fresh(read_source(path), "en").cells
    assert [one.id != other.id for one, other in zip(first, changed, strict=True)].count(True) == 1


def test_the_fingerprint_covers_every_module_of_the_course_that_a_lesson_imports():
    sources = (Path(building.__file__).parents[2] / "notebooks" / "source").glob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    imported = re.findall(r"^from cslab\.course\.([\w.]+) import", text, re.MULTILINE)
    assert {f"{name.replace('.', '/')}.py" for name in imported} <= set(building.INSIDE)


def test_the_fingerprint_of_the_package_covers_what_reaches_a_lesson(tmp_path, monkeypatch):
    package = tmp_path / "cslab"
    for name in ("words.csv", "measure/survival.py", "cli.py", *(f"course/{name}" for name in building.INSIDE)):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("one", encoding="utf-8")
    monkeypatch.setattr(building, "__file__", str(package / "course" / "build.py"))
    first = package_hash()
    (package / "cli.py").write_text("two", encoding="utf-8")
    assert package_hash() == first
    (package / "measure" / "survival.py").write_text("two", encoding="utf-8")
    assert package_hash() != first
