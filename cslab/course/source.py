"""The source of a lesson (``notebooks/source/NN_name.py``): one head, texts in both languages, code once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cslab.course.lessons import Lesson, of_data
from cslab.faults import DataError, Fault, UsageError, nearest
from cslab.words import LANGUAGES

_TEXTS = ("title_en", "title_ja", "question_en", "question_ja")
_MINUTES = ("minutes_core", "minutes_further")
_LISTS = ("needs", "misconceptions")


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
    def needs(self) -> tuple[str, ...]:
        """What the cell's ``%%needs`` line asks for.

        >>> Cell(3, {"en": "x = 1", "ja": "x = 1"}, (), True).needs
        ()
        """
        return needs_of(self.texts["en"]) if self.is_code else ()


@dataclass(frozen=True)
class LessonSource:
    """A lesson as its author wrote it.

    Parameters
    ----------
    lesson : Lesson
        Its head.
    cells : tuple of Cell
        Without the head.
    digest : str
        Of the file's text, the same for every line ending.

    >>> LessonSource(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), (), "").code_cells
    []
    """

    lesson: Lesson
    cells: tuple[Cell, ...]
    digest: str

    @property
    def code_cells(self) -> list[Cell]:
        """The cells that are code, in order.

        >>> LessonSource(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), (Cell(1, {}, (), True),), "").code_cells
        [Cell(place=1, texts={}, tags=(), is_code=True)]
        """
        return [cell for cell in self.cells if cell.is_code]


def needs_of(code: str) -> tuple[str, ...]:
    """What the first line of a code cell asks for with ``%%needs``.

    >>> needs_of("%%needs contracts.end calendar\\nx = 1"), needs_of("x = 1")
    (('contracts.end', 'calendar'), ())
    """
    first = code.partition("\n")[0].split()
    return tuple(first[1:]) if first[:1] == ["%%needs"] else ()


def read_source(path: Path) -> LessonSource:
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
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(Fault("not_a_lesson", {"path": path})) from error
    raw = _cells_of(text)
    faults: list[Fault] = []
    lesson = _lesson(path.stem, raw[0] if raw else {}, faults)
    cells = tuple(_paired(raw[1:], faults))
    if faults or lesson is None:
        raise DataError(*faults, subject=path.name, ending="nothing_built")
    return LessonSource(lesson, cells, digest(text))


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


def _lesson(name: str, first: dict[str, Any], faults: list[Fault]) -> Lesson | None:
    """The lesson's head from the YAML of its first raw cell; every slip in it becomes a fault."""
    import yaml

    try:
        head = yaml.safe_load(first["source"].strip().strip("-")) if first.get("cell_type") == "raw" else None
    except yaml.YAMLError:
        head = None
    if not isinstance(head, dict):
        faults.append(Fault("lesson_no_head", {"known": ", ".join(("number", *_TEXTS, *_MINUTES, *_LISTS))}))
        return None
    found = len(faults)
    faults.extend(_head_faults(name, head))
    if len(faults) > found:
        return None
    lists = {key: [str(item) for item in head[key]] for key in _LISTS}
    return of_data({"number": name[:2], "name": name, **{key: head[key] for key in (*_TEXTS, *_MINUTES)}, **lists})


def _head_faults(name: str, head: dict[str, Any]) -> Iterator[Fault]:
    """What is wrong with a head, key by key."""
    known = ("number", *_TEXTS, *_MINUTES, *_LISTS)
    for key in head:
        if key not in known:
            yield Fault("lesson_head_unknown", {"key": key, "near": nearest(str(key), known) or ", ".join(known)})
    for keys, kind, wanted in ((_TEXTS, str, "text"), (_MINUTES, int, "minutes"), (_LISTS, list, "list")):
        for key in keys:
            if not isinstance(head.get(key), kind) or head[key] == "":
                yield Fault("lesson_head_value", {"key": key, "wanted": wanted, "value": repr(head.get(key, ""))})
    if str(head.get("number", "")).zfill(2) != name[:2]:
        yield Fault("lesson_head_number", {"number": head.get("number"), "file": name})


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
