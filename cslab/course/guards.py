"""What a lesson must keep to, so that it reads like sentences, runs in both languages and degrades in words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cslab.course.params import parameters
from cslab.faults import Fault
from cslab.words import has_word

if TYPE_CHECKING:
    from cslab.course.source import Cell, LessonSource

PARAMETERS = ("source", "as_of", "lang", "reveal_truth")
LONGEST_CELL, LONGEST_BOX, LONGEST_CORE = 8, 20, 45
PLUMBING: dict[type[ast.AST], str] = {
    ast.FunctionDef: "def", ast.AsyncFunctionDef: "def", ast.ClassDef: "class", ast.Lambda: "lambda",
    ast.For: "for", ast.AsyncFor: "for", ast.While: "while", ast.comprehension: "for",
}  # fmt: skip


def faults_of(source: LessonSource) -> list[Fault]:
    """Everything in a lesson that breaks a rule of the course.

    Parameters
    ----------
    source : LessonSource

    Returns
    -------
    list of Fault
        Empty for a lesson that may be built.

    >>> from cslab.course.lessons import Lesson
    >>> from cslab.course.source import LessonSource
    >>> [fault.key for fault in faults_of(LessonSource(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), (), ""))]
    ['lesson_no_parameters', 'lesson_without_needs']
    """
    broken = [Fault("lesson_syntax", {"cell": cell.place}) for cell in source.code_cells if _tree(cell) is None]
    if broken:
        return broken
    rules = (_parameters, _plumbing, _length, _needs, _names, _tables, _misconceptions, _sentences, _minutes)
    return [fault for rule in rules for fault in rule(source)]


def _tree(cell: Cell) -> ast.Module | None:
    """The cell's syntax tree; ``None`` where it is not Python."""
    try:
        return ast.parse(cell.code)
    except SyntaxError:
        return None


def _nodes(cell: Cell) -> Iterator[ast.AST]:
    """Every node of a cell that is Python."""
    return ast.walk(ast.parse(cell.code))


def _calls(source: LessonSource, name: str) -> Iterator[tuple[Cell, str]]:
    """The first arguments of all calls of a function, where they are plain text."""
    for cell in source.code_cells:
        for node in _nodes(cell):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield cell, first.value


def _parameters(source: LessonSource) -> Iterator[Fault]:
    """One parameters cell, the first of the code, with plain lines, and the four that every lesson has."""
    cells = source.code_cells
    if not cells or "parameters" not in cells[0].tags or any("parameters" in cell.tags for cell in cells[1:]):
        yield Fault("lesson_no_parameters")
        return
    found, faults = parameters(cells[0].code)
    yield from faults
    names = [parameter.name for parameter in found]
    if not faults and (missing := [name for name in PARAMETERS if name not in names]):
        yield Fault("lesson_missing_parameters", {"names": ", ".join(missing)})


def _plumbing(source: LessonSource) -> Iterator[Fault]:
    """No def, class, lambda, for or while outside the one cell that opens the box."""
    for cell in source.code_cells:
        words = sorted({word for node in _nodes(cell) for kind, word in PLUMBING.items() if isinstance(node, kind)})
        if words and "box" not in cell.tags:
            yield Fault("lesson_plumbing", {"cell": cell.place, "words": ", ".join(words)})
    if len(boxes := [cell.place for cell in source.code_cells if "box" in cell.tags]) > 1:
        yield Fault("lesson_boxes", {"cells": ", ".join(map(str, boxes))})


def _length(source: LessonSource) -> Iterator[Fault]:
    """One idea a cell."""
    for cell in source.code_cells:
        lines = [line for line in cell.code.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        limit = LONGEST_BOX if {"box", "parameters"} & set(cell.tags) else LONGEST_CELL
        if len(lines) > limit:
            yield Fault("lesson_long_cell", {"cell": cell.place, "lines": len(lines), "limit": limit})


def _needs(source: LessonSource) -> Iterator[Fault]:
    """Every need, of the lesson and of its cells, is one of the contract; a lesson says what it needs."""
    if not source.lesson.needs:
        yield Fault("lesson_without_needs")
    by_cell = (source.lesson.needs, *(cell.needs for cell in source.code_cells))
    wanted = {need: None for needs in by_cell for need in needs}
    if wanted:
        from cslab.book import Book

        lacks = Book({}, None).lacks(*wanted)  # type: ignore[arg-type]
        yield from (fault for fault in lacks if fault.key == "unknown_need")


def _names(source: LessonSource) -> Iterator[Fault]:
    """What is assigned only under some needs may be used only under the same needs."""
    defined: dict[str, list[set[str]]] = {}
    for cell in source.code_cells:
        names = [node for node in _nodes(cell) if isinstance(node, ast.Name)]
        fresh = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        for name in dict.fromkeys(node.id for node in names if isinstance(node.ctx, ast.Load) and node.id not in fresh):
            lacking = [needs - set(cell.needs) for needs in defined.get(name, [])]
            if lacking and all(lacking):
                needs = " ".join(sorted(lacking[0]))
                yield Fault("lesson_needs_missing", {"cell": cell.place, "name": name, "needs": needs})
        for name in fresh:
            defined.setdefault(name, []).append(set(cell.needs))


def _tables(source: LessonSource) -> Iterator[Fault]:
    """A table that a cell opens stands among the needs of the lesson or of the cell."""
    from cslab.tables import EVENTS, TABLES

    for cell in source.code_cells:
        told = {need.partition(".")[0] for need in (*source.lesson.needs, *cell.needs)} | {"accounts"}
        used = {
            node.attr
            for node in _nodes(cell)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "book"
        }
        for table in sorted((used & {*TABLES, EVENTS.name}) - told):
            yield Fault("lesson_needs_missing", {"cell": cell.place, "name": f"book.{table}", "needs": table})


def _misconceptions(source: LessonSource) -> Iterator[Fault]:
    """The misconceptions of the head are in the register, and each has its verdict in the lesson."""
    told = [name for _, name in _calls(source, "verdict")]
    for name in dict.fromkeys([*source.lesson.misconceptions, *told]):
        if not all(has_word(f"verdict.{name}.{part}") for part in ("claim", "number", "fix")):
            yield Fault("unknown_misconception", {"name": name})
        elif name not in told:
            yield Fault("lesson_no_verdict", {"name": name})
        elif name not in source.lesson.misconceptions:
            yield Fault("lesson_verdict_not_in_head", {"name": name})


def _sentences(source: LessonSource) -> Iterator[Fault]:
    """Every sentence that the lesson says stands in words.csv."""
    for cell, key in _calls(source, "say"):
        if not has_word(f"say.{key}"):
            yield Fault("lesson_no_sentence", {"cell": cell.place, "key": key})


def _minutes(source: LessonSource) -> Iterator[Fault]:
    """The core track fits a lesson of 45 minutes."""
    if source.lesson.minutes_core > LONGEST_CORE:
        yield Fault("lesson_too_long", {"minutes": source.lesson.minutes_core, "limit": LONGEST_CORE})
