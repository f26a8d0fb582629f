"""How far a trainee has come: what the checks in the saved notebooks say, question by question."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.course import shown
from cslab.course.copies import WORK
from cslab.course.questions import feedback
from cslab.course.sheets.exercises import exercises, find
from cslab.course.sheets.parts import parts
from cslab.faults import Fault, UsageError
from cslab.words import has_word, word

if TYPE_CHECKING:
    from cslab.course.questions.question import Question

COUNTED = ("correct", "not_yet", "not_attempted")
"""The outcomes that are counted lesson by lesson; what the data do not allow is still open."""
_BEST_FIRST = (*COUNTED, "cannot_check")


@dataclass(frozen=True)
class Standing:
    """How one question stands.

    Parameters
    ----------
    question : Question
    outcome : str
        As the check said it, ``"not_attempted"`` where none was run.
    mistakes : tuple of str
        The misconceptions that it recognised.

    >>> from cslab.course.questions.kinds import Num
    >>> from cslab.course.questions.question import Question
    >>> Standing(Question("nrr", "E01", "01", Num(), lambda material: 1), "correct").outcome
    'correct'
    """

    question: Question
    outcome: str = "not_attempted"
    mistakes: tuple[str, ...] = ()


def standings(folder: Path = WORK) -> list[Standing]:
    """How every question of the course stands in the notebooks of a folder and all folders below.

    Where a question was worked on in both languages, the better outcome counts.

    Parameters
    ----------
    folder : Path
        A trainee's copies, or a single notebook.

    Returns
    -------
    list of Standing
        In the order of the lessons, and within one of its sheet.

    Raises
    ------
    UsageError
        Where no notebook with exercises can be read.

    >>> standings(Path("no_such_folder"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    from cslab.course.questions.bank import questions

    notebooks = [notebook for path in _paths(folder) if (notebook := _read(path)) is not None]
    found = [record for notebook in notebooks for record in _last(notebook).values()]
    if not found and not any(map(_sheet_number, notebooks)):
        raise UsageError(Fault("no_exercises_here", {"folder": folder}))
    order = [name for sheet in exercises() for name in sheet.questions]
    places = {name: place for place, name in enumerate(order)}
    asked = sorted(questions(), key=lambda question: (question.lesson, places.get(question.id, len(order))))
    return [_standing(question, found) for question in asked]


def latest(folder: Path = WORK) -> str:
    """The number of the lesson whose exercises were saved last; empty where there are none.

    Parameters
    ----------
    folder : Path
        As for :func:`standings`.

    >>> latest(Path("no_such_folder"))
    ''
    """
    saved = sorted(_paths(folder), key=lambda path: path.stat().st_mtime if path.exists() else 0.0, reverse=True)
    numbers = (_sheet_number(notebook) for path in saved if (notebook := _read(path)) is not None)
    return next(filter(None, numbers), "")


def asked_for(wish: str) -> tuple[Path, str]:
    """The folder that is meant, and the number of the lesson where one was named instead of a folder.

    Parameters
    ----------
    wish : str
        A folder, a notebook, or the number or name of a lesson, whose copies lie below ``work``.

    Raises
    ------
    UsageError
        For a number without exercises.

    >>> [(str(folder), number) for folder, number in (asked_for("mine"), asked_for("0"))]
    [('mine', ''), ('work', '00')]
    """
    named = not Path(wish).exists() and re.fullmatch(r"\d{1,2}(_\w+)?", unicodedata.normalize("NFKC", wish).strip())
    return (WORK, find(wish).number) if named else (Path(wish), "")


def begun(found: list[Standing], at: str = "") -> list[Standing]:
    """The standings of those lessons in which something was tried, or which the trainee works on.

    Parameters
    ----------
    found : list of Standing
    at : str
        Number of the lesson that was saved last.

    >>> begun([])
    []
    """
    tried = {one.question.lesson for one in found if one.outcome != "not_attempted"} | {at}
    return [one for one in found if one.question.lesson in tried]


def by_lesson(found: list[Standing], lang: str) -> list[list[str]]:
    """How many questions of each lesson are right, not yet, open: rows of lesson, title and the three counts.

    Parameters
    ----------
    found : list of Standing
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.questions.kinds import Num
    >>> from cslab.course.questions.question import Question
    >>> by_lesson([Standing(Question("nrr", "E01", "00", Num(), lambda material: 1), "correct")], "en")
    [['00', 'Five facts, a ceiling, one line', '1', '0', '0']]
    """
    titles = {sheet.number: sheet.title(lang) for sheet in exercises()}
    counts = {one.question.lesson: Counter[str]() for one in found}
    for one in found:
        counts[one.question.lesson]["not_attempted" if one.outcome == "cannot_check" else one.outcome] += 1
    return [
        [lesson, titles.get(lesson, ""), *(str(count[outcome]) for outcome in COUNTED)]
        for lesson, count in counts.items()
    ]


def rows(found: list[Standing], lang: str) -> list[list[str]]:
    """The standings as rows of lesson, part, exercise, outcome, question, and the misconception if one was recognised.

    Parameters
    ----------
    found : list of Standing
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.questions.kinds import Num
    >>> from cslab.course.questions.question import Question
    >>> rows([Standing(Question("no_such", "E01", "01", Num(), lambda material: 1), "correct")], "en")
    [['01', '', 'E01', '✅ Correct', 'no_such', '']]
    """
    numbers = _part_numbers(lang)
    return [
        [
            one.question.lesson,
            numbers.get(one.question.id, ""),
            one.question.exercise,
            feedback.heading(one.outcome, lang),
            _title(one.question, lang),
            "\n".join(_first_sentence(feedback.mistake(one.question.id, name, lang)) for name in one.mistakes),
        ]
        for one in found
    ]


def summary(found: list[Standing], lang: str, at: str = "") -> list[str]:
    """How many questions are green, how many the data do not allow, and which one comes next.

    Parameters
    ----------
    found : list of Standing
    lang : str
        ``"en"`` or ``"ja"``.

    at : str
        Number of the lesson that the trainee works on: what comes next stays in it while anything is open there.

    >>> summary([], "en")
    ['0 of 0 questions are green, 0 not yet, 0 not attempted.']
    """
    counts = Counter(one.outcome for one in found)
    numbers = {name: counts[name] for name in _BEST_FIRST}
    lines = [word("progress.summary", lang, count=len(found), **numbers)]
    lines += [word("progress.cannot_check", lang, count=counts["cannot_check"])] if counts["cannot_check"] else []
    rest = [one.question for one in found if one.outcome in ("not_yet", "not_attempted")]
    if rest:
        lines.append(_next(min(rest, key=lambda question: question.lesson < at), lang))
    return lines


def _next(question: Question, lang: str) -> str:
    """Which question comes next, where it stands, and how to get there."""
    part = _part_numbers(lang).get(question.id, "")
    place = word("progress.part", lang, part=part) if part else ""
    told = {"lesson": question.lesson, "place": place, "exercise": question.exercise, "title": _title(question, lang)}
    return word("progress.next", lang, **told)


def _part_numbers(lang: str) -> dict[str, str]:
    """The part of its sheet in which each question is asked."""
    return {name: number for sheet in exercises() for name, number in parts(sheet, lang).items()}


def _paths(folder: Path) -> list[Path]:
    """The notebooks to look at; not those that the editor keeps for itself, nor the old ones that a reset has kept."""
    if folder.is_file():
        return [folder]
    found = (path for path in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
    return sorted(path for path in found if "." not in path.stem)


def _read(path: Path) -> dict[str, Any] | None:
    """A notebook, unless it cannot be read as one."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return notebook if isinstance(notebook["cells"], list) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _sheet_number(notebook: dict[str, Any]) -> str:
    """The number of the sheet of exercises that a notebook is; empty for any other."""
    metadata = notebook.get("metadata")
    ours = metadata.get("cslab") if isinstance(metadata, dict) else None
    head = ours.get("exercise") if isinstance(ours, dict) else None
    return str(head.get("number", "")) if isinstance(head, dict) else ""


def _last(notebook: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The last record of each question in a notebook."""
    return {record["question"]: record for cell in notebook["cells"] for record in _records(cell)}


def _records(cell: Any) -> Iterator[dict[str, str]]:
    """The records of the checks below a cell, as far as they have the form of one."""
    outputs = cell.get("outputs") if isinstance(cell, dict) else None
    for output in outputs if isinstance(outputs, list) else []:
        data = output.get("data") if isinstance(output, dict) else None
        record = data.get(shown.CHECK) if isinstance(data, dict) else None
        names = ("question", "outcome", "mistake")
        if isinstance(record, dict) and all(isinstance(record.get(name), str) for name in names):
            yield record


def _standing(question: Question, found: list[dict[str, str]]) -> Standing:
    """The best that was reached in one question."""
    own = [one for one in found if one["question"] == question.id and one["outcome"] in _BEST_FIRST]
    if not own:
        return Standing(question)
    best = min(own, key=lambda one: _BEST_FIRST.index(one["outcome"]))
    known = {mistake.name for mistake in question.mistakes}
    return Standing(question, best["outcome"], tuple(name for name in best["mistake"].split("+") if name in known))


def _title(question: Question, lang: str) -> str:
    """What a question is called."""
    key = f"question.{question.id}.title"
    return word(key, lang) if has_word(key) else question.id


def _first_sentence(text: str) -> str:
    """The beginning of a message, up to its first full stop or colon."""
    ends = [place for mark in (". ", ": ", "。") if (place := text.find(mark)) > 0]
    return text[: min(ends)] if ends else text.rstrip(".。")
