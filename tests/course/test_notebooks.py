"""The notebooks that are handed out: in step with their sources, executed, the same in both languages."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from cslab.course import shown
from cslab.course.build import INSIDE, hashes_of
from cslab.course.lesson import sentence
from cslab.course.notebook import bare
from cslab.course.outputs import pictures
from cslab.course.pages import page, records
from cslab.course.run import run
from cslab.course.selfcontained import outside
from cslab.course.source import digest
from cslab.course.speaker import speaker_notes
from cslab.course.verdicts import Verdict
from cslab.words import LANGUAGES

HOME = Path(__file__).resolve().parents[2] / "notebooks"
SOURCES = sorted((HOME / "source").glob("[0-9][0-9]_*.py"))
BUILT = [HOME / lang / f"{source.stem}.ipynb" for source in SOURCES for lang in LANGUAGES]
each_lesson = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
each_notebook = pytest.mark.parametrize("path", BUILT, ids=lambda path: f"{path.parent.name}/{path.stem}")


def notebook(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def outputs_of(path: Path) -> list[dict]:
    return [output.get("data", {}) for cell in notebook(path)["cells"] for output in cell.get("outputs", ())]


def code_of(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in notebook(path)["cells"] if cell["cell_type"] == "code"]


def without_truth_cells(path: Path) -> dict:
    """A notebook without the cells that are about the truth itself, which a hidden truth leaves out."""
    found = notebook(path)
    needs = ["".join(cell["source"]).partition("\n")[0].split() for cell in found["cells"]]
    about = [first[:1] == ["%%needs"] and "truth" in first for first in needs]
    return found | {"cells": [cell for cell, truth in zip(found["cells"], about, strict=True) if not truth]}


def verdict_of(record: dict) -> Verdict:
    return Verdict.of_record(record)


def alive(value: object) -> object:
    """A recorded value as the sentence knew it: estimates and dates are more than plain JSON."""
    if isinstance(value, dict) and "estimate" in value:
        return SimpleNamespace(**value)
    return date.fromisoformat(value) if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value


@each_notebook
def test_a_notebook_is_in_step_with_its_source(path):
    source = HOME / "source" / f"{path.stem}.py"
    found = hashes_of(path)
    assert found is not None, f"{path} is not built. Run: cslab build {path.stem[:2]}"
    behind = (
        f"{source.name} has changed since {path.parent.name}/{path.name} was built. Run: cslab build {path.stem[:2]}"
    )
    assert found[0] == digest(source.read_text(encoding="utf-8")), behind


def test_there_is_no_notebook_without_a_source():
    assert sorted(HOME.glob("??/*.ipynb")) == sorted(BUILT)


@pytest.mark.slow
@each_notebook
def test_it_holds_no_note_for_the_speaker(path):
    shown_texts = ["".join(cell["source"]) for cell in notebook(path)["cells"]]
    notes = speaker_notes(HOME / "source" / f"{path.stem}.py", path.parent.name)
    assert not [note for note in notes if note.text in shown_texts]


@each_lesson
def test_the_fingerprint_of_the_package_covers_every_module_that_the_lesson_calls(source):
    called = re.findall(r"^from cslab\.course\.(\w+) import", source.read_text(encoding="utf-8"), re.MULTILINE)
    assert {f"{name}.py" for name in called} <= set(INSIDE)


@each_lesson
def test_both_languages_hold_the_same_code_but_for_the_default_of_lang(source):
    english, japanese = (code_of(HOME / lang / f"{source.stem}.ipynb") for lang in LANGUAGES)
    assert [*map(bare, english)] == [*map(bare, japanese)]


@each_notebook
def test_every_cell_was_executed_once_in_order_and_none_failed(path):
    cells = [cell for cell in notebook(path)["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert {output["output_type"] for cell in cells for output in cell["outputs"]} <= {
        "display_data", "execute_result", "stream"
    }  # fmt: skip


@each_notebook
def test_what_is_said_is_what_the_words_say_today(path):
    lang = path.parent.name
    for data in outputs_of(path):
        if record := data.get(shown.SAY):
            values, named = (
                map(alive, record["values"]),
                {name: alive(item) for name, item in record["named"].items()},
            )
            assert "".join(data["text/plain"]) == sentence(record["key"], lang, list(values), named)
        if record := data.get(shown.VERDICT):
            lines = [value for _, value, _ in verdict_of(record).lines(lang)]
            assert all(value in "".join(data["text/plain"]) for value in lines)


@each_lesson
def test_both_languages_found_the_same_numbers(source):
    english, japanese = (notebook(HOME / lang / f"{source.stem}.ipynb") for lang in LANGUAGES)
    for kind in (shown.VERDICT, shown.CARD):
        assert records(english, kind) == records(japanese, kind)


@each_lesson
def test_every_misconception_of_the_head_has_its_verdict_with_a_truth(source):
    found = notebook(HOME / "en" / f"{source.stem}.ipynb")
    told = {record["misconception"]: record for record in records(found, shown.VERDICT)}
    assert set(told) == set(found["metadata"]["cslab"]["lesson"]["misconceptions"])
    assert all(record["truth"] is not None for record in told.values())


@each_notebook
def test_every_picture_has_a_text_in_the_language_of_the_notebook(path):
    word = {"en": "Figure: ", "ja": "図:"}[path.parent.name]
    assert all(text.startswith(word) and len(text) > len(word) for _, text in pictures(notebook(path)))


@each_notebook
def test_its_page_is_complete_in_itself_and_light(path):
    html = page(notebook(path))
    assert outside(html) == []
    assert len(html.encode("utf-8")) <= 1_500_000


@each_notebook
def test_it_names_no_machine(path):
    text = path.read_text(encoding="utf-8")
    assert not [trace for trace in (str(HOME.parent), "/home/", "/tmp/", "C:\\\\") if trace in text]


@pytest.mark.course
@each_lesson
def test_a_hidden_truth_is_nowhere_in_a_run(source, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    small = "synthetic:default_jp?seed=7&accounts=400"
    outcomes = [
        run(source.stem[:2], lang="en", source=small, wishes=[f"reveal_truth={reveal}"], folder=tmp_path / reveal)
        for reveal in ("yes", "no")
    ]
    assert [outcome.error for outcome in outcomes] == ["", ""]
    shown_truths = [record["truth"]["estimate"] for record in outcomes[0].record["verdicts"]]
    assert shown_truths and all(truth is not None for truth in shown_truths)
    hidden = outcomes[1]
    assert [record["truth"] for record in hidden.record["verdicts"]] == [None] * len(shown_truths)
    assert hidden.record["card"]["truth"] == "hidden"
    text = hidden.notebook.read_text(encoding="utf-8")
    assert not [truth for truth in shown_truths if len(f"{truth:.10g}") > 8 and f"{truth:.8g}" in text]
    frames = [
        data for data in outputs_of(hidden.notebook) if not any(kind.startswith("application/vnd") for kind in data)
    ]
    assert not [data for data in frames if "truth" in "".join(data.get("text/plain", "")).lower()]
    there, then = (pictures(without_truth_cells(outcome.notebook)) for outcome in outcomes)
    assert len(there) == len(then)
    assert not pictures(notebook(hidden.notebook))[len(then) :]
