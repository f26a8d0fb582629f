"""A class of eight with the small exercise: each trainee's notebook is one way in which an exercise comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from cslab.course.questions.question import Mistake
from tests.course import small_exercise

HEADS, MORE = "heads = len(book.accounts)", "ten = 10\nmore = ten + variant"
"""The lines of the small exercise that give its answers."""
SOLVED = {"heads": "heads = len(book.contracts)", "more": MORE}
NAMES = ("山田 花子", "Sato", "鈴木", "Kim", "Ana", "Li", "田中/太郎", "Bob")


def questions() -> tuple[Any, ...]:
    """The questions of the small exercise, the first of which now has another answer for every company."""
    heads, more = small_exercise.QUESTIONS
    accounts = Mistake("contracts", lambda material: len(material.book.accounts))
    return replace(heads, reference=lambda material: len(material.book.contracts), mistakes=(accounts,)), more


def written(sheet: Path, **lines: str) -> dict[str, Any]:
    """The notebook of a sheet with the dots of some answers replaced."""
    notebook: dict[str, Any] = json.loads(sheet.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        for name, code in lines.items():
            if text.startswith(f"{name} = ..."):
                cell["source"] = text.replace(f"{name} = ...", code)
    return notebook


def hand_in(home: Path, trainee: str, notebook: dict[str, Any] | str, name: str = "99_small.ipynb") -> None:
    """Put a notebook where a trainee would put it."""
    folder = home / trainee
    folder.mkdir(parents=True, exist_ok=True)
    text = notebook if isinstance(notebook, str) else json.dumps(notebook, ensure_ascii=False)
    (folder / name).write_text(text, encoding="utf-8")


def hand_in_all(home: Path, sheet: Callable[[str], Path]) -> Path:
    """What a class of eight hands in; the numbers that were typed in are right on the company handed out."""
    import cslab

    handed_out = len(cslab.load("synthetic:tiny").contracts)
    wrong = {"heads": "heads = len(book.accounts)", "more": "more = 10 - variant"}
    hand_in(home, "山田 花子", written(sheet("ja"), **SOLVED))
    hand_in(home, "Sato", written(sheet("en"), heads=f"heads = {handed_out}", more="more = 10"))
    hand_in(home, "鈴木", written(sheet("ja"), **wrong))
    hand_in(home, "Kim", written(sheet("en"), heads=SOLVED["heads"]))
    hand_in(home, "Ana", written(sheet("en"), heads="heads = len(book.acounts)", more=MORE))
    (home / "Li").mkdir()
    hand_in(home, "田中", written(sheet("ja"), **SOLVED))
    hand_in(home, "田中", written(sheet("ja")), "99_small_copy.ipynb")
    hand_in(home, "Bob", "not a notebook at all")
    return home
