"""What a source must keep to, so that it reads like sentences, runs in both languages and degrades in words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cslab.course.params import parameters
from cslab.course.source import plain_text
from cslab.course.speaker import TAG
from cslab.faults import Fault, nearest
from cslab.words import has_word

if TYPE_CHECKING:
    from cslab.course.lessons import Lesson
    from cslab.course.source import Source

PARAMETERS = {
    "lesson": ("source", "as_of", "lang", "reveal_truth"),
    "exercise": ("source", "as_of", "lang", "trainee", "variant"),
}
CODE_TAGS, TEXT_TAGS = ("parameters", "box"), ("core", "further", TAG)
LONGEST_CELL, LONGEST_BOX, LONGEST_CORE = 8, 20, 45
PLUMBING: dict[type[ast.AST], str] = {
    ast.FunctionDef: "def", ast.AsyncFunctionDef: "def", ast.ClassDef: "class", ast.Lambda: "lambda",
    ast.For: "for", ast.AsyncFor: "for", ast.While: "while", ast.comprehension: "for",
}  # fmt: skip


def faults_of(source: Source[Lesson]) -> list[Fault]:
    """Everything in a lesson that breaks a rule of the course.

    Parameters
    ----------
    source : Source

    Returns
    -------
    list of Fault
        Empty for a lesson that may be built.

    >>> from cslab.course.lessons import Lesson
    >>> from cslab.course.source import Source
    >>> [fault.key for fault in faults_of(Source(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), (), ""))]
    ['lesson_no_parameters', 'lesson_without_needs']
    """
    rules = (form_faults, _misconceptions, _guesses, _minutes)
    return not_python(source) or [fault for rule in rules for fault in rule(source)]


def not_python(source: Source[Any]) -> list[Fault]:
    """The cells that cannot be read, without which nothing else can be said of them.

    >>> from cslab.course.lessons import Lesson
    >>> from cslab.course.source import Cell, Source
    >>> cells = (Cell(1, {"en": "x := 1", "ja": ""}, (), True),)
    >>> [fault.key for fault in not_python(Source(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), cells, ""))]
    ['lesson_syntax']
    """
    return [Fault("lesson_syntax", {"cell": cell.place}) for cell in source.code_cells if cell.tree is None]


def form_faults(source: Source[Any]) -> list[Fault]:
    """The broken rules that lessons and exercises share.

    Parameters
    ----------
    source : Source
        All of it Python; an exercise without its solutions.

    >>> from cslab.course.sheets.exercises import ExerciseSheet
    >>> from cslab.course.source import Source
    >>> sheet = ExerciseSheet("05", "05_x", "", "", 15, ("contracts",), ())
    >>> [fault.key for fault in form_faults(Source(sheet, (), ""))]
    ['lesson_no_parameters']
    """
    rules = (_tags, _parameters, _plumbing, _length, _needs, _names, _tables, _sentences)
    return [fault for rule in rules for fault in rule(source)]


def _tags(source: Source[Any]) -> Iterator[Fault]:
    """A tag that nobody knows would leave a speaker's note in a trainee's notebook, or a cell without its track."""
    for cell in source.cells:
        known = CODE_TAGS if cell.is_code else TEXT_TAGS
        for tag in cell.tags:
            if tag not in known:
                near = nearest(tag, known) or ", ".join(known)
                yield Fault("lesson_unknown_tag", {"cell": cell.place, "tag": tag, "near": near})


def _parameters(source: Source[Any]) -> Iterator[Fault]:
    """One parameters cell, the first of the code, with plain lines, and those that every one of its kind has."""
    cells = source.code_cells
    if not cells or "parameters" not in cells[0].tags or any("parameters" in cell.tags for cell in cells[1:]):
        yield Fault("lesson_no_parameters")
        return
    found, faults = parameters(cells[0].code)
    yield from faults
    names = [parameter.name for parameter in found]
    wanted = PARAMETERS[source.head.kind]
    if not faults and (missing := [name for name in wanted if name not in names]):
        yield Fault("lesson_missing_parameters", {"names": ", ".join(missing), "wanted": ", ".join(wanted)})


def _plumbing(source: Source[Any]) -> Iterator[Fault]:
    """No def, class, lambda, for or while outside the one cell that opens the box."""
    for cell in source.code_cells:
        words = sorted({word for node in cell.nodes() for kind, word in PLUMBING.items() if isinstance(node, kind)})
        if words and "box" not in cell.tags:
            yield Fault("lesson_plumbing", {"cell": cell.place, "words": ", ".join(words)})
    if len(boxes := [cell.place for cell in source.code_cells if "box" in cell.tags]) > 1:
        yield Fault("lesson_boxes", {"cells": ", ".join(map(str, boxes))})


def _length(source: Source[Any]) -> Iterator[Fault]:
    """One idea a cell."""
    for cell in source.code_cells:
        lines = [line for line in cell.code.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        limit = LONGEST_BOX if {"box", "parameters"} & set(cell.tags) else LONGEST_CELL
        if len(lines) > limit:
            yield Fault("lesson_long_cell", {"cell": cell.place, "lines": len(lines), "limit": limit})


def _needs(source: Source[Any]) -> Iterator[Fault]:
    """Every need, of the whole and of its cells, is one of the contract; the head says what it needs."""
    if not source.head.needs:
        yield Fault("lesson_without_needs")
    by_cell = (source.head.needs, *(cell.needs for cell in source.code_cells))
    wanted = {need: None for needs in by_cell for need in needs}
    if wanted:
        from cslab.book import Book

        lacks = Book({}, None).lacks(*wanted)  # type: ignore[arg-type]
        yield from (fault for fault in lacks if fault.key == "unknown_need")


def _names(source: Source[Any]) -> Iterator[Fault]:
    """What is assigned only under some needs may be used only under the same needs."""
    defined: dict[str, list[set[str]]] = {}
    for cell in source.code_cells:
        names = [node for node in cell.nodes() if isinstance(node, ast.Name)]
        fresh = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        for name in dict.fromkeys(node.id for node in names if isinstance(node.ctx, ast.Load) and node.id not in fresh):
            lacking = [needs - set(cell.needs) for needs in defined.get(name, [])]
            if lacking and all(lacking):
                needs = " ".join(sorted(lacking[0]))
                yield Fault("lesson_needs_missing", {"cell": cell.place, "name": name, "needs": needs})
        for name in fresh:
            defined.setdefault(name, []).append(set(cell.needs))


def _tables(source: Source[Any]) -> Iterator[Fault]:
    """A table that a cell opens stands among the needs of the lesson or of the cell."""
    from cslab.tables import EVENTS, TABLES

    for cell in source.code_cells:
        told = {need.partition(".")[0] for need in (*source.head.needs, *cell.needs)} | {"accounts"}
        used = {
            node.attr
            for node in cell.nodes()
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "book"
        }
        for table in sorted((used & {*TABLES, EVENTS.name}) - told):
            yield Fault("lesson_needs_missing", {"cell": cell.place, "name": f"book.{table}", "needs": table})


def _misconceptions(source: Source[Lesson]) -> Iterator[Fault]:
    """The misconceptions of the head are in the register, and each has its verdict in the lesson."""
    told = [name for _, call in source.calls("verdict") if (name := plain_text(call))]
    for name in dict.fromkeys([*source.head.misconceptions, *told]):
        if not all(has_word(f"verdict.{name}.{part}") for part in ("claim", "number", "fix")):
            yield Fault("unknown_misconception", {"name": name})
        elif name not in told:
            yield Fault("lesson_no_verdict", {"name": name})
        elif name not in source.head.misconceptions:
            yield Fault("lesson_verdict_not_in_head", {"name": name})


def _guesses(source: Source[Lesson]) -> Iterator[Fault]:
    """A guess is asked for before the verdict that it is held against."""
    told = {plain_text(call): cell.place for cell, call in source.calls("verdict")}
    for cell, call in source.calls("predict"):
        if told.get(name := plain_text(call), 0) <= cell.place:
            yield Fault("lesson_late_guess", {"cell": cell.place, "name": name})


def _sentences(source: Source[Any]) -> Iterator[Fault]:
    """Every sentence that is said stands in words.csv."""
    for cell, call in source.calls("say"):
        if (key := plain_text(call)) and not has_word(f"say.{key}"):
            yield Fault("lesson_no_sentence", {"cell": cell.place, "key": key})


def _minutes(source: Source[Lesson]) -> Iterator[Fault]:
    """The core track fits a lesson of 45 minutes."""
    if source.head.minutes_core > LONGEST_CORE:
        yield Fault("lesson_too_long", {"minutes": source.head.minutes_core, "limit": LONGEST_CORE})
