"""How an outcome looks on a page: a sign and a word, so that neither colour nor sight of the sign is needed."""

from __future__ import annotations

from html import escape

from cslab.course.grading.rows import ABSENT, OUTCOMES
from cslab.course.sheets import exercises
from cslab.words import word

SIGNS = {
    "correct": "✔",
    "not_yet": "↻",
    "hard_coded": "=",
    "cannot_check": "?",
    "not_attempted": "○",
    "cell_failed": "✘",
    "stopped": "■",
    ABSENT: "–",
    "unreadable": "!",
}
"""One for each thing that can become of a question."""


def look(outcome: str) -> str:
    """The name under which an outcome has its sign and its word: all files that cannot be read look alike.

    Parameters
    ----------
    outcome : str

    >>> look("correct"), look("two_files"), look("empty")
    ('correct', 'unreadable', 'not_handed_in')
    """
    if outcome == "empty":
        return ABSENT
    return outcome if outcome in (*OUTCOMES, ABSENT) else "unreadable"


def mark(outcome: str, lang: str) -> str:
    """Sign and word of an outcome as HTML.

    Parameters
    ----------
    outcome, lang : str

    >>> mark("correct", "en")
    '<span class="sign" aria-hidden="true">✔</span> right'
    """
    name = look(outcome)
    return f'<span class="sign" aria-hidden="true">{SIGNS[name]}</span> {escape(word(f"grade.outcome.{name}", lang))}'


def heading(lesson: str, lang: str) -> str:
    """Number and title of the exercises of a lesson.

    Parameters
    ----------
    lesson : str
        Its number.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> heading("no such lesson", "en")
    'no such lesson'
    """
    title = next((sheet.title(lang) for sheet in exercises.exercises() if sheet.number == lesson), "")
    return f"{lesson} {title}".strip()
