"""The bank: every question of the course, in the module of its lesson."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from cslab.course.questions.question import Question
from cslab.faults import Fault, UsageError, nearest


@cache
def questions() -> tuple[Question, ...]:
    """All questions, in the order of lessons and exercises.

    >>> len({question.id for question in questions()}) == len(questions())
    True
    """
    modules = sorted(found.name for found in iter_modules(__path__) if found.name.startswith("lesson_"))
    return tuple(question for name in modules for question in import_module(f"{__name__}.{name}").QUESTIONS)


def of_lesson(number: str) -> tuple[Question, ...]:
    """The questions of one lesson.

    Parameters
    ----------
    number : str
        Two digits.

    >>> {question.lesson for question in of_lesson("01")} <= {"01"}
    True
    """
    return tuple(question for question in questions() if question.lesson == number)


def find(name: str, lesson: str = "") -> Question:
    """The question of an id.

    Parameters
    ----------
    name : str
        Such as ``"nrr"``.
    lesson : str
        The one that is being read: where no id is near, a message names those of its questions only.

    Raises
    ------
    UsageError
        For an id that nobody gave, naming the nearest, and for what is no text.

    >>> find("no_such_question")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    known = {question.id: question for question in questions()}
    here = [question.id for question in of_lesson(lesson)] or list(known)
    if not isinstance(name, str):
        raise UsageError(Fault("question_not_named", {"question": here[0]}))
    if name not in known:
        near = nearest(name, known) or ", ".join(here)
        raise UsageError(Fault("unknown_question", {"name": name, "near": near}))
    return known[name]
