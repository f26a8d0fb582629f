"""How much of what the texts behind the course ask for is taught today, counted from ``coverage.csv``."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

Row = Mapping[str, str]


def points() -> list[dict[str, str]]:
    """The rows of ``coverage.csv``: one a point of a text."""
    with open(Path(__file__).with_name("coverage.csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(rows: Sequence[Row]) -> str:
    """The count in one line: of all texts together, then text by text."""
    texts = sorted({_text(row) for row in rows})
    parts = [f"{text} {_count([row for row in rows if _text(row) == text])}" for text in texts]
    return f"Points of the course that are covered: {_count(rows)} ({', '.join(parts)})"


def _text(row: Row) -> str:
    """The text that a point stands in."""
    return row["row"].partition("-")[0]


def _count(rows: Sequence[Row]) -> str:
    """How many of some points are here."""
    return f"{sum(row['status'] == 'here' for row in rows)} of {len(rows)}"
