"""A grid on the miniature lesson: written as somebody would, and runs that need no kernel."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cslab.course import run as running
from cslab.course import shown
from cslab.course.grid import Work, begin, finish, index, read
from cslab.course.lessons import find
from cslab.course.run import Outcome
from cslab.course.verdicts import Verdict
from cslab.sources import parse

BAD_SEED, STOP_SEED = 13, 99
"""The seed whose run fails, and the one at which somebody presses Ctrl-C."""


@pytest.fixture
def grid_file(course: Callable[..., Path]) -> Callable[[str], Path]:
    """Makes the miniature the only lesson, and writes a grid into the folder that is worked in."""
    course()

    def write(text: str) -> Path:
        path = Path("my.toml")
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Takes the kernels away: a run says what its seed makes it say. Returns the sources that were run."""
    sources: list[str] = []

    def execute(notebook: Path, values: Mapping[str, Any], output: Path, folder: Path) -> None:
        sources.append(values["source"])
        seed = int(parse(values["source"]).params.get("seed", 0))
        if seed == STOP_SEED:
            raise KeyboardInterrupt
        data = json.loads(notebook.read_text(encoding="utf-8"))
        verdict = Verdict.of("M01", 0.5, {"estimate": 0.2, "low": 0.1, "high": 0.3}, seed / 10, synthetic=True)
        bundle = {"text/plain": "said", shown.VERDICT: verdict.record()}
        data["cells"][-1]["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": bundle}]
        output.write_text(json.dumps(data), encoding="utf-8")
        if seed == BAD_SEED:
            from papermill.exceptions import PapermillExecutionError

            raise PapermillExecutionError(5, 5, "1 / 0", "ZeroDivisionError", "division by zero", [])

    monkeypatch.setattr(running, "execute_with", execute)
    return sources


@pytest.fixture
def give(
    grid_file: Callable[[str], Path], ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[Work, list[Outcome]]]:
    """Gives a grid as the verb does, into the folder ``out``; the index has its pictures only where a test looks."""
    picture = index._picture

    def run(text: str, lang: str = "en", drawn: bool = False) -> tuple[Work, list[Outcome]]:
        ran.clear()
        monkeypatch.setattr(index, "_picture", picture if drawn else lambda *_: "")
        work = begin(read(grid_file(text), find("99"), lang, Path("out")), Path("out"))
        return work, finish(work, 1, lambda place, outcome: None)

    return run
