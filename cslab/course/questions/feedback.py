"""A judgement in words: a mark, what was seen, and where to go from here. As text and as a small box."""

from __future__ import annotations

from html import escape
from typing import Any

from cslab.course.questions.boxes import box
from cslab.course.questions.judge import Judgement
from cslab.course.questions.kinds import Num, Remark
from cslab.course.questions.kinds.number import UNITS
from cslab.course.questions.question import Question
from cslab.faults import CslabError
from cslab.words import word

LOOKS = {
    "correct": ("✔", "#0a7a4b"),
    "not_yet": ("↻", "#b35900"),
    "not_attempted": ("□", "#5f6b76"),
    "cannot_check": ("!", "#7a3e9d"),
}
"""Sign and colour of each outcome; the word stands beside them, so that neither has to be seen."""

_SIGN = (
    "display:inline-block;min-width:1.55em;text-align:center;margin-right:.5em;border-radius:.3em;color:#fff;"
    "background:{colour};font-weight:700;line-height:1.55"
)


def heading(outcome: str, lang: str) -> str:
    """The sign and the word of an outcome.

    Parameters
    ----------
    outcome : str
        Such as ``"correct"``.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> heading("not_yet", "en")
    '🔁 Not yet'
    """
    return word(f"check.{outcome}", lang)


def said(judgement: Judgement, question: Question, lang: str) -> list[str]:
    """The sentences below the mark.

    Parameters
    ----------
    judgement : Judgement
    question : Question
        The one that was judged.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    list of str
        One or two short paragraphs; none of them says the right answer.

    >>> from cslab.course.questions.kinds import Num
    >>> question = Question("a", "E0", "00", Num(), lambda material: 1)
    >>> said(Judgement("a", "E0", "not_attempted"), question, "en")[0]
    'Put your answer in the place of the dots `...`, then run this cell again.'
    """
    remarks = [line for one in judgement.remarks for line in _remark(one, judgement.question, lang).splitlines()]
    if judgement.outcome == "correct":
        return [word(f"question.{judgement.question}.correct", lang), *remarks]
    if judgement.outcome == "not_attempted":
        return [word("check.how_to_answer", lang)]
    if judgement.outcome == "cannot_check":
        return remarks
    known = [mistake(judgement.question, name, lang, judgement.answer) for name in judgement.mistakes]
    return [*remarks, *known, word("check.next", lang, question=judgement.question)]


def measured(question: Question, answer: str, lang: str) -> str:
    """A right or wrong answer with its unit, where it is a time: shares and counts are told by the question.

    Parameters
    ----------
    question : Question
    answer : str
        In short.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.questions.kinds import Num
    >>> measured(Question("a", "E0", "00", Num(0.1, "months"), lambda material: 1), "1.708", "en")
    '1.708 months'
    """
    unit = question.kind.unit if isinstance(question.kind, Num) else ""
    if unit not in UNITS["time"]:
        return answer
    return word("check.measured", lang, answer=answer, unit=word(f"check.unit.{unit}", lang))


def mistake(question: str, name: str, lang: str, answer: str = "…") -> str:
    """What is said of a registered misconception.

    Parameters
    ----------
    question, name : str
        The question's id and the misconception's name.
    lang : str
        ``"en"`` or ``"ja"``.
    answer : str
        What the trainee gave.

    Raises
    ------
    KeyError
        Where ``words.csv`` has nothing to say of it.

    >>> mistake("nrr", "no_such_thing", "en")
    Traceback (most recent call last):
    KeyError: ...
    """
    return word(f"question.{question}.mistake.{name}", lang, answer=answer)


def text(judgement: Judgement, question: Question, lang: str) -> str:
    """A judgement as plain text: sign and word, the exercise, and the sentences.

    >>> from cslab.course.questions.kinds import Num
    >>> question = Question("a", "E0", "00", Num(), lambda material: 1)
    >>> text(Judgement("a", "E0", "not_attempted"), question, "en").splitlines()[0]
    '⬜ Not attempted  E0 a'
    """
    first = f"{heading(judgement.outcome, lang)}  {judgement.exercise} {judgement.question}"
    return "\n".join([first, *(f"  {line}" for line in said(judgement, question, lang))])


def html(judgement: Judgement, question: Question, lang: str) -> str:
    """A judgement as a small box that brings its own looks, because a notebook has no style sheet of ours.

    >>> from cslab.course.questions.kinds import Num
    >>> question = Question("a", "E0", "00", Num(), lambda material: 1)
    >>> "Not attempted" in html(Judgement("a", "E0", "not_attempted"), question, "en")
    True
    """
    sign, colour = LOOKS[judgement.outcome]
    mark = f'<span class="sign" style="{_SIGN.format(colour=colour)}">{sign}</span>'
    name = f"{judgement.exercise} <code>{escape(judgement.question)}</code>"
    said_word = escape(heading(judgement.outcome, lang).split(" ", 1)[1])
    head = f'<strong style="margin-right:.7em">{mark}{said_word}</strong>{name}'
    return box(judgement.outcome, colour, head, said(judgement, question, lang))


def _remark(remark: Remark, question: str, lang: str) -> str:
    """A remark in words; with some value or other, because only then are doubled braces made single."""
    return word(f"check.remark.{remark.key}", lang, **{"_": "", **_named(remark.values, question, lang)})


def _named(values: dict[str, Any], question: str, lang: str) -> dict[str, Any]:
    """The values of a remark as the reader says them: units and parts by name, a fault as its message."""
    named = dict(values)
    for name, value in values.items():
        if name.endswith("_unit"):
            named[name] = word(f"check.unit.{value}", lang)
        elif name == "parts":
            between = word("check.between", lang)
            named[name] = between.join(word(f"question.{question}.part.{part}", lang) for part in value)
        elif isinstance(value, CslabError):
            named[name] = value.text(lang)
    return named
