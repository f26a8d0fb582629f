"""Judging one answer: the right one wins, then the known wrong ways are tried, then other units and orders."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from cslab.course.questions import answers
from cslab.course.questions.kinds import Remark, Slip
from cslab.course.questions.question import Material, Question
from cslab.faults import CslabError, NotReady

Outcome = Literal["correct", "not_yet", "not_attempted", "cannot_check"]
_LONGEST = 60


@dataclass(frozen=True)
class Judgement:
    """What is to be said about an answer.

    Parameters
    ----------
    question, exercise : str
        Their ids.
    outcome : str
        ``correct``, ``not_yet``, ``not_attempted`` or ``cannot_check``.
    mistakes : tuple of str
        The registered misconceptions that give just this answer.
    remarks : tuple of Remark
        What else was seen: a slip of form or unit, how far it is off.
    answer : str
        The answer in short.

    >>> Judgement("nrr", "E01", "not_yet", ("survivors",)).record()["mistake"]
    'survivors'
    """

    question: str
    exercise: str
    outcome: Outcome
    mistakes: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    answer: str = ""

    def record(self) -> dict[str, str]:
        """The judgement as plain data; several misconceptions are joined by ``+``.

        >>> Judgement("nrr", "E01", "correct").record()["outcome"]
        'correct'
        """
        mistake = "+".join(self.mistakes)
        return {"question": self.question, "exercise": self.exercise, "outcome": self.outcome, "mistake": mistake}


class _CannotCheck(Exception):
    """There is nothing to hold an answer against."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.key)
        self.remark = remark


def judge(question: Question, answer: Any, material: Material) -> Judgement:
    """Judge an answer to a question on a material.

    Parameters
    ----------
    question : Question
    answer : object
        As it stands in a notebook, or as ``answers.load`` gives it back; ``...``, ``None`` and an empty text are not
        attempted.
    material : Material
        It remembers the right answer and the wrong ones for the next time.

    Returns
    -------
    Judgement

    >>> import cslab
    >>> from cslab.course.questions.kinds import Num
    >>> from cslab.course.questions.question import Mistake
    >>> twelvefold = Mistake("twelvefold", lambda material: 12 * 0.02)
    >>> yearly = Question("yearly", "E04", "01", Num(), lambda material: 1 - 0.98**12, (twelvefold,))
    >>> material = Material(cslab.load("synthetic:tiny"))
    >>> judge(yearly, 0.2153, material).outcome, judge(yearly, 0.24, material).mistakes
    ('correct', ('twelvefold',))
    """
    given = answers.plain(answer)

    def found(outcome: Outcome, mistakes: tuple[str, ...] = (), *remarks: Remark) -> Judgement:
        """The judgement of this answer."""
        return Judgement(question.id, question.exercise, outcome, mistakes, remarks, short(given))

    if lacks := material.book.lacks(*question.needs):
        return found("cannot_check", (), Remark("not_ready", {"reason": NotReady(*lacks)}))
    if _unset(given):
        return found("not_attempted")
    try:
        target = _target(question, material)
        seen = question.kind.read(given, material)
        if question.kind.agrees(seen, target, material):
            return found("correct", (), *question.kind.notes(given), *_alike(question, seen, target, material))
        return found("not_yet", *_diagnosed(question, seen, target, material))
    except Slip as slip:
        return found("not_yet", (), Remark("dots_left") if _has_dots(given) else slip.remark)
    except _CannotCheck as reason:
        return found("cannot_check", (), reason.remark)
    except Exception as error:  # a whole class is being judged: one odd answer must not end it
        return found("cannot_check", (), _broken(error))


def wrong_answers(question: Question, material: Material) -> dict[str, Any]:
    """What each registered misconception gives on a material, as its kind reads it.

    Parameters
    ----------
    question : Question
    material : Material

    Returns
    -------
    dict of str to object
        By name; a misconception that this material does not allow is left out.

    >>> import cslab
    >>> from cslab.course.questions.kinds import Num
    >>> from cslab.course.questions.question import Mistake
    >>> broken = Mistake("broken", lambda material: 1 / 0)
    >>> wrong_answers(Question("a", "E0", "00", Num(), lambda m: 1, (broken,)), Material(cslab.load("synthetic:tiny")))
    {}
    """

    def computed() -> dict[str, Any]:
        """All of them; what goes wrong in a wrong formula is nobody's business."""
        found = {}
        for mistake in question.mistakes:
            try:
                found[mistake.name] = question.kind.read(answers.plain(mistake.answer(material)), material)
            except Exception:
                continue
        return found

    known: dict[str, Any] = material.once((question.id, "mistakes"), computed)
    return known


def short(answer: Any) -> str:
    """An answer in a few letters, for a sentence.

    Parameters
    ----------
    answer : object
        In plain types.

    >>> short(0.8615384), short(frozenset({"b", "a"})), short(12345.67)
    ('0.8615', 'a, b', '12,346')
    """
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        whole = math.isfinite(answer) and (abs(answer) >= 1_000 or answer == int(answer))
        return f"{answer:,.0f}" if whole else f"{answer:.4g}"
    items = sorted(map(str, answer)) if isinstance(answer, frozenset) else answer
    text = ", ".join(map(str, items)) if isinstance(items, list) else items if isinstance(items, str) else ""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _unset(answer: Any) -> bool:
    """Whether there is nothing, or nothing but dots."""
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, list | frozenset | dict):
        return len(answer) > 0 and all(map(_unset, _held(answer)))
    return answer is None or answer is ...


def _has_dots(answer: Any) -> bool:
    """Whether there are dots in some of an answer's places."""
    return answer is ... or (isinstance(answer, list | frozenset | dict) and any(map(_has_dots, _held(answer))))


def _held(answer: list[Any] | frozenset[Any] | dict[Any, Any]) -> Iterable[Any]:
    """What stands in the places of an answer."""
    return answer.values() if isinstance(answer, dict) else answer


def _target(question: Question, material: Material) -> Any:
    """The right answer as its kind reads it, or the reason why there is none; computed once."""

    def computed() -> Any:
        """The right answer, or a remark."""
        try:
            return question.kind.read(answers.plain(question.reference(material)), material)
        except CslabError as error:
            return Remark("no_reference", {"reason": error})
        except Slip:
            return Remark("no_number")
        except Exception as error:
            return _broken(error)

    target = material.once((question.id, "reference"), computed)
    if isinstance(target, Remark):
        raise _CannotCheck(target)
    return target


def _broken(error: Exception) -> Remark:
    """That the kit itself has failed."""
    return Remark("broken", {"error": f"{type(error).__name__}: {error}"})


def _alike(question: Question, seen: Any, target: Any, material: Material) -> list[Remark]:
    """That a wrong way gives the right answer on this very data, or comes nearer to the one given; if one does."""
    kind, wrong = question.kind, wrong_answers(question, material)
    if names := [name for name, value in wrong.items() if kind.agrees(value, target, material)]:
        return [Remark("same_here", {"mistakes": names})]
    names = [name for name, value in wrong.items() if kind.nearer(seen, value, target)]
    return [Remark("nearer_here", {"mistakes": names})] if names else []


def _diagnosed(question: Question, seen: Any, target: Any, material: Material) -> tuple[Any, ...]:
    """The misconceptions that give a wrong answer, and then what to say of it."""
    kind, wrong = question.kind, wrong_answers(question, material)
    if alike := {name: one for name, one in wrong.items() if kind.same(seen, one, material)}:
        return (kind.nearest(seen, alike),)
    readings = list(kind.otherwise(seen))
    for remark, value in readings:
        if kind.agrees(value, target, material) and kind.near(value, target):
            return (), remark
    for remark, value in readings:
        found = (name for name, one in wrong.items() if kind.same(value, one, material) and kind.near(value, one))
        if names := tuple(found):
            return names, Remark(f"{remark.key}_as_well", remark.values)
    return (), *(kind.differences(seen, target, material) or [Remark("no_known_way")])
