"""The source of a lesson or of an exercise (``source/NN_name.py``): one head, texts in both languages, code once."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from cslab.course import lessons
from cslab.course.heads import EXERCISE, LESSON, Form, head_of
from cslab.course.lessons import Handout, Lesson
from cslab.course.sheets import exercises
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.faults import DataError, Fault, UsageError
from cslab.words import LANGUAGES

H = TypeVar("H", bound=Handout)


@dataclass(frozen=True)
class Cell:
    """A cell of a source: code, or a text in both languages.

    Parameters
    ----------
    place : int
        Its number among the cells of the source, from 1, for messages.
    texts : dict
        The text by language; code is the same under every language.
    tags : tuple of str
    is_code : bool

    >>> Cell(3, {"en": "%%needs contracts.end\\nx = 1", "ja": ""}, (), True).needs
    ('contracts.end',)
    """

    place: int
    texts: dict[str, str]
    tags: tuple[str, ...]
    is_code: bool

    @property
    def code(self) -> str:
        """The cell's code without its ``%%needs`` line.

        >>> Cell(3, {"en": "%%needs contracts.end\\nx = 1", "ja": ""}, (), True).code
        'x = 1'
        """
        text = self.texts["en"]
        return text.partition("\n")[2] if text.startswith("%%needs") else text

    @property
    def tree(self) -> ast.Module | None:
        """The syntax tree of the cell's code; ``None`` where it is not Python.

        >>> Cell(3, {"en": "x := 1", "ja": ""}, (), True).tree is None
        True
        """
        try:
            return ast.parse(self.code)
        except SyntaxError:
            return None

    def nodes(self) -> Iterator[ast.AST]:
        """Every node of the cell's code; none where it is not Python.

        >>> any(isinstance(node, ast.Lambda) for node in Cell(3, {"en": "lambda: 1", "ja": ""}, (), True).nodes())
        True
        """
        return ast.walk(self.tree or ast.Module([], []))

    def calls(self, name: str) -> Iterator[ast.Call]:
        """The calls of a function by its plain name.

        >>> len(list(Cell(3, {"en": "check('nrr', check)", "ja": ""}, (), True).calls("check")))
        1
        """
        for node in self.nodes():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node

    @property
    def needs(self) -> tuple[str, ...]:
        """What the cell's ``%%needs`` line asks for.

        >>> Cell(3, {"en": "x = 1", "ja": "x = 1"}, (), True).needs
        ()
        """
        return needs_of(self.texts["en"]) if self.is_code else ()


@dataclass(frozen=True)
class Source(Generic[H]):
    """A lesson or an exercise as its author wrote it.

    Parameters
    ----------
    head : Lesson or ExerciseSheet
    cells : tuple of Cell
        Without the head.
    digest : str
        Of the file's text, the same for every line ending.

    >>> Source(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), (), "").code_cells
    []
    """

    head: H
    cells: tuple[Cell, ...]
    digest: str

    @property
    def code_cells(self) -> list[Cell]:
        """The cells that are code, in order.

        >>> cells = (Cell(1, {}, (), True), Cell(2, {}, (), False))
        >>> [cell.place for cell in Source(ExerciseSheet("05", "05_x", "", "", 15, (), ()), cells, "").code_cells]
        [1]
        """
        return [cell for cell in self.cells if cell.is_code]

    def calls(self, name: str) -> Iterator[tuple[Cell, ast.Call]]:
        """The calls of a function by its plain name, with the cells they stand in.

        >>> cells = (Cell(1, {"en": "check('nrr', nrr)", "ja": ""}, (), True),)
        >>> source = Source(ExerciseSheet("05", "05_x", "", "", 15, (), ()), cells, "")
        >>> [cell.place for cell, _ in source.calls("check")]
        [1]
        """
        for cell in self.code_cells:
            yield from ((cell, call) for call in cell.calls(name))


def needs_of(code: str) -> tuple[str, ...]:
    """What the first line of a code cell asks for with ``%%needs``.

    >>> needs_of("%%needs contracts.end calendar\\nx = 1"), needs_of("x = 1")
    (('contracts.end', 'calendar'), ())
    """
    first = code.partition("\n")[0].split()
    return tuple(first[1:]) if first[:1] == ["%%needs"] else ()


def plain_text(call: ast.Call) -> str:
    """The first argument of a call where it is plain text, else nothing.

    >>> plain_text(ast.parse("say('hello', 1)", mode="eval").body)
    'hello'
    """
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def read_source(path: Path) -> Source[Lesson]:
    """Read the source of a lesson.

    Parameters
    ----------
    path : Path
        ``notebooks/source/NN_name.py`` in Jupytext's py:percent form.

    Raises
    ------
    UsageError
        Where Jupytext is not installed: only authors need it.
    DataError
        With everything that is wrong with the head and the pairs of texts.

    >>> read_source(Path("05_no_such_lesson.py"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    head, cells, fingerprint = _read(path, LESSON)
    return Source(lessons.of_data(head), cells, fingerprint)


def read_exercise(path: Path) -> Source[ExerciseSheet]:
    """Read the source of an exercise; its questions are those that its cells check, in their order.

    Parameters
    ----------
    path : Path
        ``exercises/source/NN_name.py`` in Jupytext's py:percent form.

    Raises
    ------
    UsageError, DataError
        As :func:`read_source`.

    >>> read_exercise(Path("05_no_such_exercise.py"))
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    head, cells, fingerprint = _read(path, EXERCISE)
    source = Source(exercises.of_data({**head, "questions": []}), cells, fingerprint)
    asked = dict.fromkeys(plain_text(call) for _, call in source.calls("check"))
    return replace(source, head=replace(source.head, questions=tuple(filter(None, asked))))


def last_heading(text: str) -> str:
    """The last heading of a section in a text; empty where there is none, a smaller heading being none of a section.

    >>> last_heading("# When?\\n## 1. Now\\nwords\\n### apart"), last_heading("words")
    ('1. Now', '')
    """
    found = [line.lstrip("# ") for line in text.splitlines() if line.startswith(("# ", "## "))]
    return found[-1] if found else ""


def digest(text: str) -> str:
    """A short fingerprint of a text.

    >>> digest("a") == digest("a"), digest("a") == digest("b")
    (True, False)
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _cells_of(text: str) -> list[dict[str, Any]]:
    """The cells as Jupytext reads them."""
    try:
        import jupytext
    except ImportError as error:
        raise UsageError(Fault("author_only", {"package": "jupytext"})) from error
    return list(jupytext.reads(text, fmt="py:percent").cells)


def _read(path: Path, form: Form) -> tuple[dict[str, Any], tuple[Cell, ...], str]:
    """Head, cells and fingerprint of a source."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(Fault("not_a_lesson", {"path": path})) from error
    raw = _cells_of(text)
    faults: list[Fault] = []
    head = head_of(path.stem, raw[0] if raw else {}, form, faults)
    cells = tuple(_paired(raw[1:], faults))
    if faults:
        raise DataError(*faults, subject=path.name, ending="nothing_built")
    return head, cells, digest(text)


def _paired(raw: list[dict[str, Any]], faults: list[Fault]) -> Iterator[Cell]:
    """The cells with the two languages of each text brought together."""
    place = 0
    while place < len(raw):
        cell = raw[place]
        tags = tuple(cell["metadata"].get("tags", ()))
        if cell["cell_type"] == "code":
            yield Cell(place + 2, dict.fromkeys(LANGUAGES, cell["source"]), tags, True)
        else:
            pair = raw[place : place + 2]
            texts = {half["metadata"].get("lang"): half["source"] for half in pair if half["cell_type"] == "markdown"}
            if set(texts) == set(LANGUAGES):
                both = tuple(sorted({tag for half in pair for tag in half["metadata"].get("tags", ())}))
                yield Cell(place + 2, texts, both, False)
                place += 1
            else:
                faults.append(_unpaired(place + 2, cell))
        place += 1


def _unpaired(place: int, cell: dict[str, Any]) -> Fault:
    """The fault of a text that stands in one language only."""
    lang = cell["metadata"].get("lang", "")
    start = cell["source"].strip().partition("\n")[0][:60]
    other = {"en": "ja", "ja": "en"}.get(lang, "")
    key = "lesson_unpaired" if other else "lesson_no_lang"
    return Fault(key, {"cell": place, "lang": lang, "other": other, "start": start})
