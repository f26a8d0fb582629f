"""What an exercise must keep to: every question of its lesson asked once, room for the answer, nothing given away."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from textwrap import dedent
from typing import TYPE_CHECKING

from cslab.course.guards import form_faults, not_python
from cslab.course.questions import bank
from cslab.course.sheets.solutions import balanced, blocks, unsolved
from cslab.course.source import plain_text
from cslab.course.speaker import without_notes
from cslab.faults import Fault, nearest

if TYPE_CHECKING:
    from cslab.course.sheets.exercises import ExerciseSheet
    from cslab.course.source import Cell, Source

LONGEST_ANSWER = 5
TELLING = 10
"""Letters from which on a piece of a solution gives it away where it stands somewhere else."""


def faults_of(source: Source[ExerciseSheet]) -> list[Fault]:
    """Everything in an exercise that breaks a rule of the course.

    Parameters
    ----------
    source : Source

    Returns
    -------
    list of Fault
        Empty for an exercise that may be built.

    >>> from cslab.course.sheets.exercises import ExerciseSheet
    >>> from cslab.course.source import Source
    >>> sheet = ExerciseSheet("99", "99_x", "", "", 15, ("accounts",), ())
    >>> [fault.key for fault in faults_of(Source(sheet, (), ""))]
    ['lesson_no_parameters']
    """
    torn = [Fault("exercise_marks", {"cell": cell.place}) for cell in source.code_cells if not balanced(cell.code)]
    if torn:
        return torn
    given = unsolved(source)
    if broken := not_python(source) or not_python(given) or _not_alone(source):
        return broken
    faults = [*form_faults(given), *_checks(source), *_bank(source), *_hints(source), *_tasks(given), *_truth(source)]
    return [*faults, *_stubs(given), *_solutions(source), *_leaks(source, given)]


def _not_alone(source: Source[ExerciseSheet]) -> list[Fault]:
    """A solution is whole statements, which can be read without the cell around them."""
    torn = (cell.place for cell in source.code_cells for lines in blocks(cell.code) if not _parsed(lines))
    return [Fault("exercise_marks", {"cell": place}) for place in dict.fromkeys(torn)]


def _checks(source: Source[ExerciseSheet]) -> Iterator[Fault]:
    """A check names its question and hands over the variable of that name, once a question."""
    places: dict[str, list[int]] = {}
    for cell, call in source.calls("check"):
        question = plain_text(call)
        handed = [argument.id for argument in call.args[1:] if isinstance(argument, ast.Name)]
        if not question or handed != [question] or call.keywords:
            yield Fault("exercise_check_form", {"cell": cell.place, "question": question or "nrr"})
        places.setdefault(question, []).append(cell.place)
    for question, cells in places.items():
        if len(cells) > 1:
            yield Fault("exercise_twice", {"question": question, "cells": ", ".join(map(str, cells))})


def _bank(source: Source[ExerciseSheet]) -> Iterator[Fault]:
    """The questions of the sheet are those that the bank has for its lesson, all of them."""
    known = [question.id for question in bank.of_lesson(source.head.number)]
    for question in source.head.questions:
        if question not in known:
            near = nearest(question, known) or ", ".join(known)
            where = {"question": question, "lesson": source.head.number, "near": near}
            yield Fault("exercise_unknown_question", where)
    for question in known:
        if question not in source.head.questions:
            yield Fault("exercise_unasked", {"question": question})


def _hints(source: Source[ExerciseSheet]) -> Iterator[Fault]:
    """Each question has its first hint below its check, as a comment: it is for whoever asks for it."""
    for cell, _ in source.calls("hint"):
        yield Fault("exercise_open_hint", {"cell": cell.place})
    checked = {plain_text(call): cell.place for cell, call in source.calls("check")}
    for question, place in checked.items():
        wanted = re.compile(rf"^# hint\(([\"']){re.escape(question)}\1, 1\)$", re.MULTILINE)
        if not any(wanted.search(cell.code) for cell in source.code_cells if cell.place > place):
            yield Fault("exercise_no_hint", {"question": question})


def _tasks(given: Source[ExerciseSheet]) -> Iterator[Fault]:
    """Between one answer and the next stands a text that says what is asked."""
    asked = False
    for cell in without_notes(given).cells:
        answers = _placeholders(cell) if cell.is_code else ()
        if answers and not asked:
            yield Fault("exercise_no_task", {"cell": cell.place, "question": ", ".join(answers)})
        asked = not cell.is_code or (asked and not answers)


def _truth(source: Source[ExerciseSheet]) -> Iterator[Fault]:
    """The truth of the customers is for lessons."""
    for cell in source.code_cells:
        if any(isinstance(node, ast.Attribute) and node.attr == "truth" for node in cell.nodes()):
            yield Fault("exercise_truth", {"cell": cell.place})


def _stubs(given: Source[ExerciseSheet]) -> Iterator[Fault]:
    """Each answer has its place before its check: three dots, and nothing else that would fill it."""
    open_places = set[str]()
    for cell in given.code_cells:
        open_places.update(_placeholders(cell))
        for question in given.head.questions:
            if question in _filled(cell):
                yield Fault("exercise_answered", {"cell": cell.place, "question": question})
        for question in dict.fromkeys(map(plain_text, cell.calls("check"))):
            if question not in open_places:
                yield Fault("exercise_no_stub", {"cell": cell.place, "question": question})


def _solutions(source: Source[ExerciseSheet]) -> Iterator[Fault]:
    """Each question has a solution of a few lines that computes its answer."""
    solved = set[str]()
    for cell in source.code_cells:
        for lines in blocks(cell.code):
            written = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
            if len(written) > LONGEST_ANSWER:
                limit = {"cell": cell.place, "lines": len(written), "limit": LONGEST_ANSWER}
                yield Fault("exercise_long_answer", limit)
            for node in (node for statement in _parsed(lines) for node in ast.walk(statement)):
                solved.update(_targets(node))
                if _is_number(node) and (asked := set(_targets(node)) & set(source.head.questions)):
                    yield Fault("exercise_typed_number", {"cell": cell.place, "question": ", ".join(sorted(asked))})
    for question in source.head.questions:
        if question not in solved:
            yield Fault("exercise_no_solution", {"question": question})


def _leaks(source: Source[ExerciseSheet], given: Source[ExerciseSheet]) -> Iterator[Fault]:
    """No piece of a solution stands outside its marks, in code or in a text of either language."""
    handed = {cell.place: _squeezed("".join(_said(cell))) for cell in given.cells}
    for cell in source.code_cells:
        for piece in dict.fromkeys(piece for lines in blocks(cell.code) for piece in _telling(lines)):
            for place, text in handed.items():
                if _squeezed(piece) in text:
                    yield Fault("exercise_leak", {"cell": place, "solved": cell.place, "piece": piece})


def _said(cell: Cell) -> list[str]:
    """All that a cell says, its code also in the one form in which a solution is held against it."""
    return [*cell.texts.values(), *([ast.unparse(cell.tree)] if cell.is_code and cell.tree else [])]


def _telling(lines: list[str]) -> Iterator[str]:
    """The pieces of a solution that give it away: what its lines compute, or the sentence that they write."""
    for node in _parsed(lines):
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr) else None
        if isinstance(value, ast.expr):
            text = value.value if isinstance(value, ast.Constant) else ast.unparse(value)
            if len(_squeezed(str(text))) >= TELLING:
                yield str(text)


def _squeezed(text: str) -> str:
    """A text without what may be written one way or another: spaces and the kind of quotation marks."""
    return "".join(text.split()).replace('"', "'")


def _parsed(lines: list[str]) -> list[ast.stmt]:
    """The statements of a solution; none where they cannot be read by themselves."""
    try:
        return ast.parse(dedent("\n".join(lines))).body
    except SyntaxError:
        return []


def _placeholders(cell: Cell) -> list[str]:
    """The names that a cell leaves open for an answer."""
    return [name for node in cell.nodes() if _is_open(node) for name in _targets(node)]


def _filled(cell: Cell) -> list[str]:
    """The names that a cell assigns something to."""
    return [name for node in cell.nodes() if not _is_open(node) for name in _targets(node)]


def _targets(node: ast.AST) -> list[str]:
    """The names that a statement assigns to."""
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return []
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [inner.id for target in targets for inner in ast.walk(target) if isinstance(inner, ast.Name)]


def _is_open(node: ast.AST) -> bool:
    """Whether three dots stand in a statement, or in the part of it where an answer goes."""
    return any(isinstance(part, ast.Constant) and part.value is ... for part in ast.walk(node))


def _is_number(node: ast.AST) -> bool:
    """Whether a statement assigns nothing but a number that somebody typed."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    inner = value.operand if isinstance(value, ast.UnaryOp) else value
    return isinstance(inner, ast.Constant) and isinstance(inner.value, int | float)
