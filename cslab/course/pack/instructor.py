"""The folder that stays with the instructor: what to say and when, what is right, and the seed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from cslab.course import pages
from cslab.course.pack.answers import answers_markdown
from cslab.course.pack.leaf import leaf, prose
from cslab.course.pack.order import Order
from cslab.course.pack.record import RECORD, record_text
from cslab.course.questions.boxes import with_code
from cslab.course.sheets.exercises import ExerciseSheet
from cslab.course.source import read_exercise, read_source
from cslab.course.speaker import Note, notes_of
from cslab.words import word

_OWN_HEADING = re.compile(r"^#+")
TEXTS = ("running", "timetables", "sparring", "reading")
"""The texts below ``docs/instructor`` that become a page each."""


def instructor(order: Order, folder: Path) -> None:
    """Make the folder that stays with the instructor.

    Parameters
    ----------
    order : Order
    folder : Path
        Not there yet.

    Raises
    ------
    UsageError
        Where the sources of the lessons cannot be read: that takes Jupytext.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     instructor(Order((), (), 7, {}, Path(".")), Path(home) / "instructor")
    ...     [path.name for path in (Path(home) / "instructor").iterdir()]
    ['class.toml']
    """
    folder.mkdir(parents=True)
    _write(folder / RECORD, record_text(order))
    for lang in order.langs:
        (folder / lang).mkdir()
        for name, html in _leaves(order, lang):
            _write(folder / lang / f"{name}.html", html)
        _write(folder / lang / "index.html", index(order, lang))


def notes_markdown(notes: list[Note], title: str) -> str:
    """Speaker notes as one text.

    Parameters
    ----------
    notes : list of Note
    title : str

    Returns
    -------
    str
        Markdown; each note below the heading of the lesson that it stands below, unless it has one of its own.

    >>> print(notes_markdown([Note("1. Who?", "Ask the room."), Note("1. Who?", "Wait.")], "Notes"))
    # Notes
    <BLANKLINE>
    ## 1. Who?
    <BLANKLINE>
    Ask the room.
    <BLANKLINE>
    Wait.
    """
    parts, section = [f"# {title}"], ""
    for note in notes:
        if note.section != section and not note.text.startswith("#"):
            section = note.section
            parts.append(f"## {section}")
        parts.append(_OWN_HEADING.sub("##", note.text))
    return "\n\n".join(parts)


def index(order: Order, lang: str) -> str:
    """The page that leads to all others.

    Parameters
    ----------
    order : Order
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but the pages beside it.

    >>> "timetables.html" in index(Order((), ("en",), 7, {}, Path(".")), "en")
    True
    """
    facts = {
        "lessons": ", ".join(f"{sheet.number} {sheet.title(lang)}" for sheet in order.sheets),
        "seed": str(order.seed),
        "record": RECORD,
    }
    listed = "".join(
        f"<div><dt>{escape(word(f'pack.index.{name}', lang))}</dt><dd>{escape(value)}</dd></div>"
        for name, value in facts.items()
    )
    links = "".join(f'<li><a href="{name}.html">{escape(text)}</a></li>' for name, text in _links(order, lang))
    title, about = word("pack.index.title", lang), word("pack.index.about", lang)
    head = f'<h1>{escape(title)}</h1><p class="question">{escape(about)}</p><dl class="facts">{listed}</dl>'
    names = ("prepare", "hand_out", "collect", "grade", "project")
    steps = "".join(f"<li>{with_code(word(f'pack.step.{name}', lang))}</li>" for name in names)
    body = f'<section class="text"><ul class="pages">{links}</ul></section>'
    body += f'<section class="text"><h2>{escape(word("pack.index.steps", lang))}</h2><ol>{steps}</ol></section>'
    return pages.filled(lang=lang, title=title, banner="", head=head, contents="", body=body)


def _links(order: Order, lang: str) -> Iterator[tuple[str, str]]:
    """The pages beside the index, and what they are called."""
    for name in TEXTS[:2]:
        yield name, word(f"pack.page.{name}", lang)
    for sheet in order.sheets:
        for kind in ("notes", "answers"):
            yield f"{kind}_{sheet.number}", word(f"pack.page.{kind}", lang, number=sheet.number)
    for name in TEXTS[2:]:
        yield name, word(f"pack.page.{name}", lang)


def _leaves(order: Order, lang: str) -> Iterator[tuple[str, str]]:
    """The pages beside the index, by name."""
    for name in TEXTS:
        yield name, leaf(prose(order.root, lang, name), lang)
    for sheet in order.sheets:
        title = word("pack.page.notes", lang, number=sheet.number)
        yield f"notes_{sheet.number}", leaf(notes_markdown(_notes(order.root, sheet, lang), title), lang)
        title = word("pack.page.answers", lang, number=sheet.number)
        yield f"answers_{sheet.number}", leaf(answers_markdown(sheet, order.sources[sheet.number], title, lang), lang)


def _notes(root: Path, sheet: ExerciseSheet, lang: str) -> list[Note]:
    """The speaker notes of a lesson and of its exercises."""
    lesson = root / "notebooks" / "source" / f"{sheet.name}.py"
    notes = notes_of(read_source(lesson), lang) if lesson.is_file() else []
    asked = notes_of(read_exercise(root / "exercises" / "source" / f"{sheet.name}.py"), lang)
    below = word("pack.notes.exercises", lang)
    return notes + [replace(note, section=f"{below}: {note.section}") for note in asked]


def _write(path: Path, text: str) -> None:
    """Write a text file."""
    path.write_text(text, encoding="utf-8", newline="\n")
