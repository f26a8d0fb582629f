"""A class in short, on a terminal and in a sheet: a line for each trainee and lesson."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from cslab.course.grading.looks import SIGNS, look
from cslab.words import word

if TYPE_CHECKING:
    from cslab.course.grading.rows import Row

SUMMARY_COLUMNS = ("trainee", "lesson", "questions", *SIGNS)
"""The first line of the sheet; what stands behind the number of questions adds up to it."""


def summary_rows(rows: Iterable[Row], lang: str) -> list[list[str]]:
    """Trainee, lesson, how many are right, and what became of the others.

    Parameters
    ----------
    rows : iterable of Row
        By trainee and lesson.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> summary_rows([], "en")
    []
    """
    by_paper = groupby(rows, key=_paper)
    return [[*paper, *_told([look(row.outcome) for row in theirs], lang)] for paper, theirs in by_paper]


def counted_rows(rows: Iterable[Row]) -> list[list[str]]:
    """Trainee, lesson, how many questions there are, and how many of them came to each outcome.

    Parameters
    ----------
    rows : iterable of Row
        By trainee and lesson.

    >>> len(SUMMARY_COLUMNS), counted_rows([])
    (12, [])
    """
    listed = []
    for paper, theirs in groupby(rows, key=_paper):
        counts = Counter(look(row.outcome) for row in theirs)
        listed.append([*paper, str(counts.total()), *(str(counts[name]) for name in SIGNS)])
    return listed


def _paper(row: Row) -> tuple[str, str]:
    """Whose notebook of which lesson a row is about."""
    return row.trainee, row.question.lesson


def _told(outcomes: list[str], lang: str) -> tuple[str, str]:
    """How many are right, and a sign, a number and a word for each other outcome."""
    counts, between = Counter(outcomes), word("check.between", lang)
    others = [name for name in SIGNS if name != "correct" and counts[name]]
    said = (f"{SIGNS[name]} {counts[name]} {word(f'grade.outcome.{name}', lang)}" for name in others)
    return f"{counts['correct']}/{len(outcomes)}", between.join(said)
