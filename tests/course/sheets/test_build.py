"""An exercise is handed out without solutions and outputs, and not before its solutions have been proven right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cslab.course.build import build
from cslab.course.notebook import bare
from cslab.course.sheets.build import look_at
from cslab.course.sheets.solutions import BEGIN, END
from cslab.course.source import read_exercise
from cslab.faults import DataError, UsageError


def states(built):
    return {(one.shelf, one.lang): one.state for one in built}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.ipynb"))}


def code_of(text: bytes) -> list[str]:
    cells = json.loads(text)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


@pytest.fixture
def built(small):
    """The folder of the small exercise, built with its solutions."""
    folder = small().parents[1]
    assert set(states(build(exercises=folder, solutions=True)).values()) == {"built"}
    return folder


def test_both_languages_are_built_without_solutions_outputs_or_speaker_notes(built):
    for lang in ("en", "ja"):
        text = files(built)[f"{lang}/99_small.ipynb"]
        notebook = json.loads(text)
        assert {cell.get("execution_count") for cell in notebook["cells"]} == {None}
        assert [cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"] == [[]] * 7
        assert BEGIN not in text.decode() and "len(book.accounts)" not in text.decode()
        assert "Wait until" not in text.decode() and "全員が" not in text.decode()
        source = read_exercise(built / "source" / "99_small.py")
        about = {"exercise": source.head.as_data(), "lang": lang, "source_hash": source.digest}
        assert notebook["metadata"]["cslab"] == about


def test_the_code_of_both_languages_differs_only_in_the_default_of_lang(built):
    english, japanese = (code_of(files(built)[f"{lang}/99_small.ipynb"]) for lang in ("en", "ja"))
    assert english != japanese
    assert [*map(bare, english)] == [*map(bare, japanese)]


def test_the_solutions_keep_their_marks_and_run(built):
    code = code_of(files(built)["solutions/ja/99_small.ipynb"])
    assert [cell.count(BEGIN) for cell in code] == [cell.count(END) for cell in code] == [0, 0, 1, 0, 1, 0, 0]


def test_without_being_asked_no_solution_is_written(small):
    folder = small().parents[1]
    build(exercises=folder)
    assert sorted(files(folder)) == ["en/99_small.ipynb", "ja/99_small.ipynb"]


def test_two_builds_give_the_same_bytes_and_an_idle_one_tries_nothing(built, monkeypatch):
    first = files(built)
    assert set(states(build(exercises=built, solutions=True, force=True)).values()) == {"built"}
    assert files(built) == first
    monkeypatch.setattr("cslab.course.sheets.build.faults_of", lambda source: pytest.fail("it was tried"))
    assert set(states(build(exercises=built, solutions=True)).values()) == {"unchanged"}


def test_only_looking_says_what_is_behind_and_writes_nothing(small):
    folder = small().parents[1]
    assert states(build(exercises=folder, check=True)) == {("exercises", "en"): "stale", ("exercises", "ja"): "stale"}
    assert files(folder) == {}


def test_a_notebook_that_somebody_changed_is_behind(built):
    path = built / "ja" / "99_small.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("heads = ...", "heads = 56"), encoding="utf-8")
    looked, _ = look_at(read_exercise(built / "source" / "99_small.py"), built, solutions=False, force=False)
    assert [(one.lang, one.state) for one in looked] == [("en", "unchanged"), ("ja", "stale")]


def test_a_wrong_solution_is_not_built_and_the_old_notebooks_stay(built, small):
    first = files(built)
    small(("ten = 10", "ten = 11"))
    failed = build(exercises=built)
    assert set(states(failed).values()) == {"failed"}
    assert "more: its check says not_yet" in failed[0].reason
    assert files(built) == first


def test_one_number_means_the_lesson_and_its_exercise(small, miniature):
    folder, lessons = small().parents[1], miniature()
    looked = build(lessons, ["99"], exercises=folder, check=True)
    assert {one.shelf for one in looked} == {"notebooks", "exercises"}
    with pytest.raises(UsageError, match="42"):
        build(lessons, ["42"], exercises=folder)


def test_an_exercise_that_breaks_a_rule_stops_the_whole_build_with_its_name(small, miniature):
    folder, lessons = small(("heads = ...\n", "")).parents[1], miniature()
    with pytest.raises(DataError, match="99_small"):
        build(lessons, exercises=folder)
    assert files(lessons) == files(folder) == {}
