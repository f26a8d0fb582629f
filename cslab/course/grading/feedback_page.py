"""The page that a trainee gets back: what was answered, what became of it, how to go on; never the right answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from cslab.course import pages
from cslab.course.grading.looks import heading, look, mark
from cslab.course.questions import feedback
from cslab.course.questions.boxes import with_code
from cslab.course.questions.hints import LEVELS
from cslab.words import word

if TYPE_CHECKING:
    from cslab.course.grading.rows import Row

HINTS = {"not_attempted": 1, "not_yet": 2, "hard_coded": 1}
"""Which of the three hints helps on: one who has an answer has most likely seen the first."""


def feedback_page(trainee: str, rows: Sequence[Row], lang: str) -> str:
    """The page of one trainee.

    Parameters
    ----------
    trainee : str
        As handed in.
    rows : sequence of Row
        All of this trainee's, by lesson.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> feedback_page("<山田>", [], "ja").count("&lt;山田&gt;")
    2
    """
    right = sum(row.outcome == "correct" for row in rows)
    title = word("grade.feedback.title", lang, trainee=trainee or "–")
    about = word("grade.feedback.about", lang, right=right, count=len(rows))
    if any(row.judgement for row in rows):
        about += word("grade.feedback.unseen", lang)
    by_lesson = groupby(rows, key=lambda row: row.question.lesson)
    return pages.filled(
        lang=lang,
        title=title,
        banner="",
        head=f'<h1>{escape(title)}</h1><p class="question">{escape(about)}</p>',
        contents="",
        body="".join(_lesson(number, list(theirs), lang) for number, theirs in by_lesson),
    )


def told(row: Row, lang: str) -> list[str]:
    """What is said of one question, in sentences; what stands between backticks is code.

    Parameters
    ----------
    row : Row
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    list of str
        None of them says the right answer.

    >>> from cslab.course.grading.rows import Row
    >>> from cslab.course.questions.kinds import Num
    >>> from cslab.course.questions.question import Question
    >>> told(Row("山田", Question("nrr", "E01", "01", Num(), lambda material: 0.86), "not_attempted"), "en")
    ['There is no answer yet.']
    """
    name = row.question.id
    if row.outcome == "cell_failed":
        return [word("grade.told.cell_failed", lang, cell=row.cell), f"`{row.error.replace('`', '')}`"]
    if row.outcome == "stopped":
        ended = word(f"grade.ended.{row.ended}", lang)
        return [ended, word("grade.told.stopped", lang, cell=row.cell)] if row.cell else [ended]
    if row.outcome == "not_attempted" and row.gone:
        return [word("grade.told.gone", lang, question=name)]
    if row.outcome in ("hard_coded", "not_attempted"):
        return [word(f"grade.told.{row.outcome}", lang, question=name)]
    if row.judgement is None:
        return [fault.text(lang) for fault in row.faults] or [word("grade.told.not_handed_in", lang)]
    onwards = word("check.next", lang, question=name)  # the hint itself stands on the page
    return [line for line in feedback.said(row.judgement, row.question, lang) if line != onwards]


def _lesson(number: str, rows: list[Row], lang: str) -> str:
    """The questions of one lesson; one notice for all of them where the notebook could not be run."""
    head = f"<h2>{escape(heading(number, lang))}</h2>"
    if all(row.judgement is None for row in rows):
        lines = "".join(f"<p>{with_code(line)}</p>" for line in told(rows[0], lang))
        return head + _box(rows[0], lines, lang)
    return head + "".join(_question(row, lang) for row in rows)


def _question(row: Row, lang: str) -> str:
    """One question: its title, what became of it, the answer, what is said of it, the next hint."""
    title = escape(word(f"question.{row.question.id}.title", lang))
    head = (
        f'<h3>{title} <small>{escape(row.question.exercise)} <code translate="no">{row.question.id}</code></small></h3>'
    )
    lines = "".join(
        f"<p>{line}</p>" for line in (*_answer(row, lang), *map(with_code, told(row, lang)), *_hint(row, lang))
    )
    return _box(row, lines, lang, head)


def _box(row: Row, lines: str, lang: str, head: str = "") -> str:
    """A box with the sign and word of an outcome."""
    said = f'<p class="mark">{mark(row.outcome, lang)}</p>'
    return f'<article class="graded {look(row.outcome)}">{head}{said}{lines}</article>'


def _answer(row: Row, lang: str) -> Iterator[str]:
    """What was answered, where that can be said in a few letters."""
    if row.judgement and row.judgement.answer:
        given = f'<code translate="no">{escape(row.judgement.answer)}</code>'
        yield f"{escape(word('grade.feedback.answer', lang))} {given}"


def _hint(row: Row, lang: str) -> Iterable[str]:
    """The hint that helps on, and where the next one is."""
    if row.outcome not in HINTS or row.gone:
        return
    level, name = HINTS[row.outcome], row.question.id
    hint = word(f"question.{name}.hint.{level}", lang)
    more = word("check.hint.more", lang, question=name, next=level + 1)
    yield f"<em>{escape(word('check.hint', lang, level=level, last=LEVELS))}</em> {with_code(hint)} {with_code(more)}"
