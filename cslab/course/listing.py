"""Tables for a terminal: drawn by rich where there is one, plain lines where the output goes into a file or pipe."""

from __future__ import annotations

import itertools
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cslab.words import word

if TYPE_CHECKING:
    from cslab.course.lessons import Lesson
    from cslab.course.readiness import Ready

Rows = Sequence[Sequence[str]]


def listing(headings: Sequence[str], rows: Rows) -> None:
    """Print a table.

    Parameters
    ----------
    headings : sequence of str
        None for a table without a head.
    rows : sequence of sequence of str
        As many texts each; a text may have several lines.

    >>> listing(["no", "title"], [["05", "いつ"], ["06", "Why"]])
    no  title
    05  いつ
    06  Why
    """
    if not sys.stdout.isatty():
        print(plain_table([list(row) for row in (headings, *rows) if row]))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0), show_header=bool(headings))
    for heading in headings or rows[0]:
        table.add_column(Text(heading))
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)


def plain_table(rows: list[list[str]]) -> str:
    """Rows as lines with columns under each other; a Japanese letter is two places wide.

    Parameters
    ----------
    rows : list of list of str

    Returns
    -------
    str

    >>> print(plain_table([["章", "b"], ["05", "c\\nd"]]))
    章  b
    05  c
        d
    """
    split = [[cell.split("\n") for cell in row] for row in rows]
    lines = [[cell[depth] if depth < len(cell) else "" for cell in row] for row in split for depth in _depths(row)]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


@contextmanager
def progress(title: str, count: int) -> Iterator[Callable[[str], None]]:
    """One bar over a number of things; a line each where there is no terminal.

    Parameters
    ----------
    title : str
    count : int
        How many things there are.

    Yields
    ------
    callable
        To be called with the name of each thing that is done.

    >>> with progress("demo", 1) as advance:
    ...     advance("05")
    [1/1] 05
    """
    if not sys.stdout.isatty():
        done = itertools.count(1)
        yield lambda name: print(f"[{next(done)}/{count}] {name}", flush=True)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    last = TextColumn("{task.fields[name]}", markup=False)
    with Progress(TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), last) as bar:
        task = bar.add_task("", total=count, name="")
        yield lambda name: bar.update(task, advance=1, name=name)


def lesson_rows(lessons: Sequence[Lesson], lang: str) -> Rows:
    """The lessons as rows of number, title, question, minutes.

    >>> from cslab.course.lessons import Lesson
    >>> lesson_rows([Lesson("05", "05_x", "When?", "いつ?", "Q", "問", 40, 30, (), ())], "en")[0][:2]
    ['05', 'When?']
    """
    return [
        [lesson.number, lesson.title(lang), f"{lesson.minutes_core} + {lesson.minutes_further}", lesson.question(lang)]
        for lesson in lessons
    ]


def ready_rows(found: Sequence[Ready], lang: str) -> Rows:
    """What a source carries as rows of number, title, state, lacks.

    >>> from cslab.course.lessons import Lesson
    >>> from cslab.course.readiness import Ready
    >>> lesson = Lesson("05", "05_x", "When?", "いつ?", "Q", "問", 40, 30, (), ())
    >>> ready_rows([Ready(lesson, (), ())], "en")[0][2]
    'runs'
    """
    return [
        [one.lesson.number, one.lesson.title(lang), word(f"readiness.{one.state}", lang), _lacks(one, lang)]
        for one in found
    ]


def _lacks(one: Ready, lang: str) -> str:
    """What is missing, each lack once; below it the sections that are left out for it."""
    missing: dict[str, list[str]] = {fault.text(lang): [] for fault in one.lacks}
    for part in one.parts:
        for fault in part.faults:
            missing.setdefault(fault.text(lang), []).append(part.section)
    lines = []
    for text, sections in missing.items():
        names = " / ".join(dict.fromkeys(sections))
        lines += [text, *([word("readiness.left_out", lang, sections=names)] if names else [])]
    return "\n".join(lines)


def _depths(row: list[list[str]]) -> range:
    """The lines that a row needs."""
    return range(max(len(cell) for cell in row))


def _width(text: str) -> int:
    """Places that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
