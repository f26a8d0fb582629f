"""The page to project: how the class answered, without names and without an order that could give one away."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from cslab.course import pages
from cslab.course.grading.looks import SIGNS, heading, look, mark
from cslab.course.grading.revealed import revealed
from cslab.course.grading.rows import ABSENT, OUTCOMES
from cslab.course.grading.strip import Scale, strip
from cslab.course.questions import answers, feedback
from cslab.course.questions.boxes import with_code
from cslab.course.questions.judge import short, wrong_answers
from cslab.course.questions.kinds import Num, Policy, Set, Slip
from cslab.course.questions.kinds.choice import alike, known
from cslab.words import word

if TYPE_CHECKING:
    from cslab.course.grading.rows import Row
    from cslab.course.grading.unseen import Unseen
    from cslab.course.questions.question import Material, Question

MOST = 5
"""Misconceptions that stand at the head of a lesson."""


def class_page(rows: Sequence[Row], given: dict[str, Unseen], lang: str) -> str:
    """The page of a class.

    Parameters
    ----------
    rows : sequence of Row
        Of everybody.
    given : dict of str to Unseen
        The data on which the answers were computed, by lesson.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself. The right answers stand behind folds.

    >>> class_page([], {}, "ja").count("<h1>")
    1
    """
    lessons = sorted({row.question.lesson for row in rows})
    title = word("grade.class.title", lang)
    people, questions = len({row.trainee for row in rows}), len({row.question.id for row in rows})
    about = word("grade.class.about", lang, people=people, questions=questions)
    parts = [[row for row in rows if row.question.lesson == lesson] for lesson in lessons]
    body = "".join(_part(part, given[part[0].question.lesson].material, lang, part is parts[0]) for part in parts)
    head = f'<h1>{escape(title)}</h1><p class="question">{escape(about)}</p>'
    return pages.filled(
        lang=lang, title=title, banner="", head=head, contents="", body=f'<div class="projected">{body}</div>'
    )


def misconceptions(rows: Iterable[Row]) -> list[tuple[Question, str, int]]:
    """The registered misconceptions that turned up, the most frequent first.

    Parameters
    ----------
    rows : iterable of Row

    Returns
    -------
    list of (Question, str, int)
        The question, the misconception's name, how many had it.

    >>> misconceptions([])
    []
    """
    counted: Counter[tuple[str, str]] = Counter()
    questions: dict[str, Question] = {}
    for row in rows:
        questions[row.question.id] = row.question
        counted.update((row.question.id, name) for name in filter(None, row.mistake.split("+")))
    listed = sorted(counted.items(), key=lambda pair: (-pair[1], questions[pair[0][0]].lesson, pair[0]))
    return [(questions[name], mistake, count) for (name, mistake), count in listed]


def _part(rows: list[Row], material: Material, lang: str, opened: bool) -> str:
    """One lesson: who handed it in, what the class believes that is not so, then each question."""
    by_question = _by_question(rows)
    title = f"<h2>{escape(heading(rows[0].question.lesson, lang))}</h2>"
    asked = "".join(_question(found, material, lang) for found in by_question)
    body = _handed(by_question[0], lang) + _misconceptions(rows, material, lang) + _contents(by_question, lang) + asked
    return f'<details class="part"{" open" if opened else ""}><summary>{title}</summary>{body}</details>'


def _by_question(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows of each question."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.question.id, []).append(row)
    return list(found.values())


def _handed(rows: list[Row], lang: str) -> str:
    """How many of the class are counted in a lesson and how many are not, told once."""
    absent = sum(look(row.outcome) == ABSENT for row in rows)
    count = len(_ran(rows))
    told = [word("grade.class.graded", lang, count=count, people=len(rows))]
    for name, number in (("absent", absent), ("unreadable", len(rows) - count - absent)):
        if number:
            told.append(word(f"grade.class.{name}", lang, count=number))
    return f'<p class="handed">{escape(word("check.between", lang).join(told))}</p>'


def _ran(rows: Iterable[Row]) -> list[Row]:
    """The rows of notebooks that could be run."""
    return [row for row in rows if row.outcome in OUTCOMES]


def _answered(rows: Iterable[Row]) -> int:
    """How many gave an answer."""
    return sum(row.judgement is not None and row.judgement.outcome != "not_attempted" for row in rows)


def _contents(by_question: list[list[Row]], lang: str) -> str:
    """Behind a fold every question with how many have it right, to go there."""
    lines = []
    for rows in by_question:
        name, ran = rows[0].question.id, _ran(rows)
        right = sum(row.outcome == "correct" for row in ran)
        title = escape(word(f"question.{name}.title", lang))
        lines.append(f'<li><a href="#{name}">{title}</a> {SIGNS["correct"]}&nbsp;{right}/{len(ran)}</li>')
    name = escape(word("page.contents", lang))
    return f'<details class="contents"><summary>{name}</summary><ol>{"".join(lines)}</ol></details>'


def _misconceptions(rows: Sequence[Row], material: Material, lang: str) -> str:
    """What the class believes that is not so."""
    title = f"<h3>{escape(word('grade.class.misconceptions', lang))}</h3>"
    found = misconceptions(rows)[:MOST]
    if not found:
        return title + f"<p>{escape(word('grade.class.none', lang))}</p>"
    answered = {name: _answered(row for row in rows if row.question.id == name) for name in {q.id for q, _, _ in found}}
    lines = "".join(
        f"<li><strong>{escape(word('grade.class.of', lang, count=count, people=answered[question.id]))}</strong> "
        f"{escape(word(f'question.{question.id}.title', lang))}<br>"
        f"{with_code(_said(question, name, material, lang))}</li>"
        for question, name, count in found
    )
    return f'{title}<ol class="misconceptions">{lines}</ol>'


def _said(question: Question, name: str, material: Material, lang: str) -> str:
    """What is said of a misconception, with the number that it gives; of other answers nothing is repeated."""
    if not isinstance(question.kind, Num):
        return feedback.mistake(question.id, name, lang)
    return feedback.mistake(question.id, name, lang, short(wrong_answers(question, material)[name]))


def _question(rows: list[Row], material: Material, lang: str) -> str:
    """One question: what became of it, the answers, the typical mistakes, and behind a fold the right answer."""
    question, rows = rows[0].question, _ran(rows)
    title = escape(word(f"question.{question.id}.title", lang))
    head = f'<h3 id="{question.id}">{title} <small>{escape(question.exercise)}</small></h3>'
    outcomes = Counter(look(row.outcome) for row in rows)
    bars = _bars(((mark(name, lang), outcomes[name]) for name in SIGNS if outcomes[name]), len(rows))
    reference = _reference(question, material)
    if reference is None:
        return f'<article class="asked">{head}{bars}</article>'
    seen = (
        _numbers(question, rows, material, lang)
        if isinstance(question.kind, Num)
        else _picked(question, rows, material, lang)
    )
    return f'<article class="asked">{head}{bars}{seen}{revealed(question, reference, lang)}</article>'


def _bars(counts: Iterable[tuple[str, int]], people: int) -> str:
    """A bar for each of some things that have been counted; their names are HTML."""
    lines = "".join(
        f'<div><dt>{name}</dt><dd><i style="width:{count / people:.1%}"></i><b>{count}</b></dd></div>'
        for name, count in counts
    )
    return f'<dl class="bars">{lines}</dl>'


def _reference(question: Question, material: Material) -> Any:
    """The right answer in plain types; ``None`` where this company has none."""
    try:
        return answers.plain(question.reference(material))
    except Exception:  # the judge has already said so to everybody
        return None


def _numbers(question: Question, rows: list[Row], material: Material, lang: str) -> str:
    """The numbers of the class on a line, and what gives the typical wrong ones."""
    assert isinstance(question.kind, Num)
    wrong = wrong_answers(question, material)
    values = list(_values(question, rows, material))
    scale = Scale.around(
        _value(question, _reference(question, material), material), list(wrong.values()), question.kind.tolerance
    )
    counts = Counter(name for row in rows for name in row.mistake.split("+"))
    lines = "".join(
        f"<li><b>{letter}</b>{with_code(_said(question, name, material, lang))}{_how_many(counts[name], lang)}</li>"
        for letter, name in zip(ascii_lowercase, wrong, strict=False)
    )
    caption = escape(word("grade.class.answers", lang, count=len(values)))
    typical = (
        f'<p class="caption">{escape(word("grade.class.typical", lang))}</p><ul class="typical">{lines}</ul>'
        if lines
        else ""
    )
    return f'<p class="caption">{caption}</p>{strip(values, list(wrong.values()), scale, lang)}{typical}'


def _how_many(count: int, lang: str) -> str:
    """How often a misconception turned up, where it did."""
    return f" <em>{escape(word('grade.class.times', lang, count=count))}</em>" if count else ""


def _values(question: Question, rows: Iterable[Row], material: Material) -> Iterator[float]:
    """The answers that are numbers."""
    for row in rows:
        try:
            value = _value(question, row.answer, material)
        except Slip:
            continue
        if math.isfinite(value):
            yield value


def _value(question: Question, answer: Any, material: Material) -> float:
    """An answer as a number."""
    return float(question.kind.read(answer, material))


def _picked(question: Question, rows: list[Row], material: Material, lang: str) -> str:
    """How many picked each of the things that could be picked, and the misconceptions that turned up."""
    picks = Counter(pick for row in rows for pick in _picks(question, row.answer, material))
    found = misconceptions(rows)
    lines = "".join(
        f"<li>{with_code(feedback.mistake(question.id, name, lang))}{_how_many(count, lang)}</li>"
        for _, name, count in found
    )
    typical = (
        f'<p class="caption">{escape(word("grade.class.typical", lang))}</p><ul class="typical">{lines}</ul>'
        if lines
        else ""
    )
    if not picks:
        return typical
    bars = _bars(((escape(name), count) for name, count in sorted(picks.items())), _answered(rows))
    return f'<p class="caption">{escape(word("grade.class.picked", lang))}</p>{bars}{typical}'


def _picks(question: Question, answer: Any, material: Material) -> list[str]:
    """What an answer picks out of what could be picked; a text of somebody's own is shown to nobody else."""
    kind = question.kind
    if not isinstance(kind, Set | Policy):
        return []
    names = {item: str(choice) for item, choice in known(kind.choices, material).items()}
    if not names:
        return []
    try:
        seen = kind.read(answer, material)
        items = seen if isinstance(seen, frozenset) else (alike(seen),)
    except Slip:
        return []
    return [names[item] for item in items if item in names]
