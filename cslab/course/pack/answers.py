"""The answers to the exercises on the company that a class was given, beside the usual mistakes on the same company."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from cslab.course.questions import answers, bank, feedback
from cslab.course.questions.judge import short, wrong_answers
from cslab.course.questions.question import Material, Question, Sample
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.words import word

LONGEST = 120
"""Letters beyond which the texts of an answer stand a line each."""


def answers_markdown(sheet: ExerciseSheet, source: str, title: str, lang: str) -> str:
    """What is right, and what each usual mistake comes to.

    Parameters
    ----------
    sheet : ExerciseSheet
    source : str
        The company, with its seed.
    title : str
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        Markdown.

    >>> sheet = ExerciseSheet("99", "99_no_such", "", "", 1, (), ())
    >>> answers_markdown(sheet, "synthetic:tiny", "Answers", "en").splitlines()[0]
    '# Answers'
    """
    asked = {question.id: question for question in bank.of_lesson(sheet.number)}
    material = _material(source)
    parts = [f"# {title}", word("pack.answers.about", lang)]
    for name in sheet.questions:
        parts.extend(_question(asked[name], material, lang))
    return "\n\n".join(parts)


@lru_cache(maxsize=2)
def _material(source: str) -> Material:
    """The company with its truth; each is asked for in two languages."""
    from cslab.sources import load

    return Material(load(source))


def written(answer: Any) -> str:
    """An answer as a person would say it.

    Parameters
    ----------
    answer : object
        In plain types.

    >>> written({"customers": "smb"}), written([36, 12]), written(frozenset({36, 9})), written(0.61547)
    ('customers: smb', '36, 12', '9, 36', '0.6155')
    >>> written(answers.Frame(("month", "churn"), ((1, 0.25), (2, 0.5))))
    'month: 1, churn: 0.25; month: 2, churn: 0.5'
    """
    if isinstance(answer, str):
        return answer
    if isinstance(answer, answers.Frame):
        return "; ".join(written(dict(zip(answer.columns, row, strict=True))) for row in answer.rows)
    if isinstance(answer, answers.Column):
        answer = dict(zip(map(str, answer.index), answer.values, strict=True))
    if isinstance(answer, dict):
        pairs = [f"{key}: {written(value)}" for key, value in answer.items()]
        return ("\n" if len(", ".join(pairs)) > LONGEST else ", ").join(pairs)
    if isinstance(answer, frozenset):
        answer = sorted(answer, key=lambda item: (str(type(item)), item))
    return ", ".join(map(written, answer)) if isinstance(answer, list) else short(answer)


def _question(question: Question, material: Material, lang: str) -> Iterator[str]:
    """One question: its title, what is right, and the usual mistakes."""
    yield f"## {question.exercise} {word(f'question.{question.id}.title', lang)}"
    right = _answer(question, question.reference, material, lang)
    if "\n" in right:
        yield f"{word('pack.answers.right', lang)}:\n\n{_block(right)}"
    else:
        yield f"{word('pack.answers.right', lang)}: **{right}**"
    yield word(f"question.{question.id}.correct", lang)
    known = [one for one in question.mistakes if one.name in wrong_answers(question, material)]
    given = [_answer(question, one.answer, material, lang) for one in known]
    said = [feedback.mistake(question.id, one.name, lang, text) for one, text in zip(known, given, strict=True)]
    if said:
        yield from (_differences if "\n" in right else _table)(right, given, said, lang)


def _table(right: str, given: list[str], said: list[str], lang: str) -> Iterator[str]:
    """The usual mistakes, a row each."""
    head = f"| {word('pack.answers.given', lang)} | {word('pack.answers.means', lang)} |\n|---|---|"
    yield "\n".join([head, *(f"| {text} | {mistake} |" for text, mistake in zip(given, said, strict=True))])


def _differences(right: str, given: list[str], said: list[str], lang: str) -> Iterator[str]:
    """The usual mistakes, each with the lines that it changes."""
    yield word("pack.answers.differ", lang)
    for text, mistake in zip(given, said, strict=True):
        yield f"{mistake}\n\n{_block(_differing(right, text))}"


def _block(text: str) -> str:
    """Lines as they stand, whatever signs are in them."""
    return f"````text\n{text.rstrip()}\n````"


def _differing(right: str, given: str) -> str:
    """The lines in which an answer differs from the right one, and two around them to see where they stand."""
    found = list(difflib.unified_diff(right.splitlines(), given.splitlines(), n=2, lineterm=""))[3:]
    return "\n".join("…" if line.startswith("@@") else line for line in found)


def _answer(question: Question, formula: Callable[[Material], Any], material: Material, lang: str) -> str:
    """What a formula gives, a text in the reader's language; a dash where this company has none."""
    if isinstance(formula, Sample):
        return formula.ja if lang == "ja" else formula.en
    try:
        return feedback.measured(question, written(answers.plain(formula(material))), lang)
    except Exception:  # as in judging: what cannot be computed on a company is not asked of it
        return "–"
