"""Hints in three levels: where to look, what to call, almost the line itself."""

from __future__ import annotations

from html import escape

from cslab.course.questions.boxes import box
from cslab.course.questions.question import Question
from cslab.words import word

LEVELS = 3
_COLOUR = "#00639b"


def text(question: Question, level: int, lang: str) -> str:
    """A hint as plain text.

    Parameters
    ----------
    question : Question
    level : int
        1 to 3.
    lang : str
        ``"en"`` or ``"ja"``.

    Raises
    ------
    KeyError
        Where ``words.csv`` has no such hint.

    >>> from cslab.course.questions.kinds import Num
    >>> text(Question("no_such_thing", "E0", "00", Num(), lambda material: 1), 1, "en")
    Traceback (most recent call last):
    KeyError: ...
    """
    return "\n  ".join(_lines(question, level, lang))


def html(question: Question, level: int, lang: str) -> str:
    """A hint as a small box.

    Parameters
    ----------
    question, level, lang
        As for :func:`text`.

    >>> from cslab.course.questions.kinds import Num
    >>> html(Question("no_such_thing", "E0", "00", Num(), lambda material: 1), 1, "en")
    Traceback (most recent call last):
    KeyError: ...
    """
    head, *lines = _lines(question, level, lang)
    return box("hint", _COLOUR, f"<strong>{escape(head)}</strong> &nbsp;<code>{escape(question.id)}</code>", lines)


def _lines(question: Question, level: int, lang: str) -> list[str]:
    """Which hint it is, the hint, and how to get the next one."""
    lines = [word("check.hint", lang, level=level, last=LEVELS), word(f"question.{question.id}.hint.{level}", lang)]
    more = word("check.hint.more", lang, question=question.id, next=level + 1)
    return [*lines, more] if level < LEVELS else lines
