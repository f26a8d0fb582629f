"""Speaker notes: texts in a source that are for whoever teaches, and stand in no notebook that is handed out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cslab.course.source import Source, last_heading, read_source

TAG = "speaker"


@dataclass(frozen=True)
class Note:
    """What to say or to do at one place of a lesson.

    Parameters
    ----------
    section : str
        The heading that it stands below; empty before the first.
    text : str
        Markdown.

    >>> Note("3. The comb", "Let them guess first.").section
    '3. The comb'
    """

    section: str
    text: str


def without_notes(source: Source[Any]) -> Source[Any]:
    """A source without its speaker notes.

    Parameters
    ----------
    source : Source

    >>> from cslab.course.lessons import Lesson
    >>> from cslab.course.source import Cell
    >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
    >>> without_notes(Source(lesson, (Cell(1, {"en": "Smile.", "ja": "笑顔で。"}, (TAG,), False),), "")).cells
    ()
    """
    return replace(source, cells=tuple(cell for cell in source.cells if TAG not in cell.tags))


def speaker_notes(path: Path, lang: str) -> list[Note]:
    """The speaker notes of a lesson, in the order of its text.

    Parameters
    ----------
    path : Path
        Its source, such as ``notebooks/source/05_when_do_customers_leave.py``: built notebooks hold no notes.
    lang : str
        ``"en"`` or ``"ja"``.

    Raises
    ------
    UsageError, DataError
        As :func:`cslab.course.source.read_source`; it needs Jupytext, which only authors have.

    >>> speaker_notes(Path("05_no_such_lesson.py"), "en")
    Traceback (most recent call last):
    cslab.faults.UsageError: ...
    """
    return notes_of(read_source(path), lang)


def notes_of(source: Source[Any], lang: str) -> list[Note]:
    """The speaker notes of a source, in the order of its text.

    Parameters
    ----------
    source : Source
        Of a lesson or of its exercises.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.course.lessons import Lesson
    >>> from cslab.course.source import Cell
    >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
    >>> notes_of(Source(lesson, (Cell(1, {"en": "Smile.", "ja": "笑顔で。"}, (TAG,), False),), ""), "en")
    [Note(section='', text='Smile.')]
    """
    notes, section = [], ""
    for cell in source.cells:
        if TAG in cell.tags:
            notes.append(Note(section, cell.texts[lang]))
        elif not cell.is_code:
            section = last_heading(cell.texts[lang]) or section
    return notes
