"""The right answer to a question on the page of a class: behind a fold, so that the class talks before it is seen."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from cslab.course.questions import answers, feedback
from cslab.course.questions.boxes import with_code
from cslab.course.questions.judge import short
from cslab.words import word

if TYPE_CHECKING:
    from cslab.course.questions.question import Question

LONGEST = 30
"""Lines of a right answer that is a table or a list of pairs."""


def revealed(question: Question, reference: Any, lang: str) -> str:
    """The right answer behind a fold, with what is to be taken from it.

    Parameters
    ----------
    question : Question
    reference : object
        The right answer in plain types.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> revealed.__name__  # the tests of the pages show it
    'revealed'
    """
    summary = escape(word("grade.class.reveal", lang))
    known = isinstance(reference, int | float)
    right = _written(feedback.measured(question, short(reference), lang) if known else reference)
    lesson = with_code(word(f"question.{question.id}.correct", lang))
    return f'<details class="reveal"><summary>{summary}</summary>{right}<p>{lesson}</p></details>'


def _written(value: Any) -> str:
    """A right answer as HTML."""
    if isinstance(value, answers.Frame):
        head = "".join(f"<th>{escape(name)}</th>" for name in value.columns)
        return _table(value.rows, f"<thead><tr>{head}</tr></thead>")
    if isinstance(value, answers.Column):
        value = dict(zip(map(str, value.index), value.values, strict=True))
    if isinstance(value, dict):
        return _table(value.items())
    if isinstance(value, list | frozenset):
        listed = sorted(map(str, value)) if isinstance(value, frozenset) else map(str, value)
        return f"<p><strong>{escape(', '.join(listed))}</strong></p>"
    return f"<p><strong>{escape(value if isinstance(value, str) else short(value))}</strong></p>"


def _table(rows: Iterable[Iterable[Any]], head: str = "") -> str:
    """A table of as many lines as fit on a screen."""
    listed = [[short(cell) or str(cell) for cell in row] for row in rows]
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in listed[:LONGEST])
    more = "<tr><td>…</td></tr>" if len(listed) > LONGEST else ""
    return f'<div class="table"><table>{head}<tbody>{body}{more}</tbody></table></div>'
