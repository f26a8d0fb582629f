"""The list of everything that was spoilt: beside the export, not in it, so that the export can be handed out."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cslab.sources.messy.kinds import Kind, kinds_of
from cslab.words import LANGUAGES, word

LIST = "spoilt.json"
"""The list of some offices, while the export is not finished."""
COLUMNS = ("level", "kind", "table", "row", "column", "original", "now")


def answer_files(target: Path) -> tuple[Path, Path]:
    """The list of every cell, and its summary in both languages.

    Parameters
    ----------
    target : Path
        The export's folder.

    >>> [path.name for path in answer_files(Path("out/jp"))]
    ['jp.spoilt.csv', 'jp.spoilt.md']
    """
    return target.with_name(f"{target.name}.spoilt.csv"), target.with_name(f"{target.name}.spoilt.md")


def write_answers(parts: Sequence[Path], target: Path, level: int) -> None:
    """Put the lists of all offices together, with the rows as they are numbered in the files (the header is row 1).

    Parameters
    ----------
    parts : sequence of Path
        The folders of the parts, in order, each with its list.
    target : Path
        The export's folder, beside which the two files go.
    level : int
        1 to 3.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     told = {"rows": {"accounts": 9}, "changes": [["missing", "accounts", 4, "industry", "it", ""]]}
    ...     size = (Path(home) / LIST).write_text(json.dumps(told), encoding="utf-8")
    ...     write_answers([Path(home)], Path(home) / "jp", 1)
    ...     (Path(home) / "jp.spoilt.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    '1,missing,accounts,6,industry,it,'
    """
    cells, summary = answer_files(target)
    levels, found, before = {kind.name: kind.level for kind in kinds_of(level)}, Counter[str](), Counter[str]()
    with cells.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        for part in parts:
            told = json.loads((part / LIST).read_text(encoding="utf-8"))
            for name, table, row, column, original, now in told["changes"]:
                number = "" if row < 0 else before[table] + row + 2
                lines.writerow((levels[name], name, table, number, column, original, now))
                found[name] += 1
            before.update(told["rows"])
    summary.write_text(_summary(target, level, found), encoding="utf-8", newline="\n")


def _summary(target: Path, level: int, found: Counter[str]) -> str:
    """What was done, how often, and how it is found and mended: in English, then in Japanese."""
    return "\n\n---\n\n".join(_told(target, level, found, lang) for lang in LANGUAGES) + "\n"


def _told(target: Path, level: int, found: Counter[str], lang: str) -> str:
    """The summary in one language."""
    names = {"folder": target.name, "cells": answer_files(target)[0].name, "level": level}
    heads = [word(f"messy.head.{name}", lang) for name in ("level", "kind", "place", "count", "meaning")]
    rows = [heads, ["---"] * len(heads), *(_row(kind, found[kind.name], lang) for kind in kinds_of(level))]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return "\n\n".join([f"# {word('messy.title', lang, **names)}", word("messy.opening", lang, **names), table])


def _row(kind: Kind, count: int, lang: str) -> list[str]:
    """One kind's cells."""
    place = f"`{kind.table}.{kind.column}`" if kind.column else f"`{kind.table}`"
    return [str(kind.level), f"`{kind.name}`", place, f"{count:,}", word(f"messy.kind.{kind.name}", lang)]
