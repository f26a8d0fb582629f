"""Tables for a terminal: drawn by rich where there is one, plain lines where the output goes into a file or pipe."""

from __future__ import annotations

import itertools
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cslab.course.elsewhere import LEAST_LEFT
from cslab.course.wanted import cures, wanted
from cslab.words import default_language, word

if TYPE_CHECKING:
    from cslab.course.lessons import Handout, Lesson
    from cslab.course.readiness import Ready
    from cslab.course.sheets.exercises import ExerciseSheet

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
        table.add_column(Text(heading), overflow="fold")  # Japanese has no spaces to break at
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

    left, last = (TextColumn(f"{{task.fields[{field}]}}", markup=False) for field in ("left", "name"))
    with Progress(TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), left, last) as bar:
        task, numbers = bar.add_task("", total=count, left="", name=""), itertools.count(1)
        passed = bar.tasks[0]

        def advance(name: str) -> None:
            """One more is done."""
            left = time_left(passed.elapsed or 0.0, next(numbers), count, default_language())
            bar.update(task, advance=1, name=name, left=left)

        yield advance


def time_left(elapsed: float, done: int, count: int, lang: str) -> str:
    """How long the rest will take if it goes on as it has, in words; empty when nothing is left.

    Parameters
    ----------
    elapsed : float
        Seconds so far.
    done, count : int
        Things that are done, of how many.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> time_left(30, 2, 8, "en")
    '1:30 left'
    """
    seconds = round(elapsed / done * (count - done))
    left = f"{seconds // 60}:{seconds % 60:02d}"
    return word("cli.time_left", lang, time=left) if done < count else ""


def lesson_rows(lessons: Sequence[Lesson], sheets: Sequence[ExerciseSheet], lang: str) -> Rows:
    """The lessons as rows of number, title, minutes, questions of the exercises with their minutes, business question.

    >>> from cslab.course.sheets.exercises import ExerciseSheet
    >>> from cslab.course.lessons import Lesson
    >>> sheet = ExerciseSheet("05", "05_x", "", "", 15, (), ("km_36", "renewal_months"))
    >>> lesson_rows([Lesson("05", "05_x", "When?", "いつ?", "Q", "問", 40, 30, (), ())], [sheet], "en")
    [['05', 'When?', '40 + 30', '2 questions, 15 min', 'Q']]
    """
    asked = {
        sheet.number: word("cli.lessons.asked", lang, count=len(sheet.questions), minutes=sheet.minutes)
        for sheet in sheets
    }
    return [
        [one.number, one.title(lang), f"{one.minutes_core} + {one.minutes_further}", asked.get(one.number, "–"),
         one.question(lang)]
        for one in lessons
    ]  # fmt: skip


def ready_rows(found: Sequence[Ready], lang: str) -> Rows:
    """What a source carries, of lessons and exercises, as rows of state, number, title.

    >>> from cslab.course.lessons import Lesson
    >>> from cslab.course.readiness import Ready
    >>> lesson = Lesson("05", "05_x", "When?", "いつ?", "Q", "問", 40, 30, (), ())
    >>> ready_rows([Ready(lesson, (), ())], "en")
    [['runs', '05', 'When?']]
    """
    return [[word(f"readiness.{one.state}", lang), one.handout.number, _named(one.handout, lang)] for one in found]


def lack_lines(found: Sequence[Ready], lang: str) -> list[str]:
    """What is missing for each lesson in short, the sections that suffer, and then once how to go on.

    Parameters
    ----------
    found : sequence of Ready
        One a lesson or exercise.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    list of str
        Empty where nothing is missing.

    >>> from cslab.course.lessons import Lesson
    >>> from cslab.course.readiness import Ready
    >>> from cslab.faults import Fault
    >>> lesson = Lesson("05", "05_x", "When?", "いつ?", "Q", "問", 40, 30, (), ())
    >>> lack_lines([Ready(lesson, (Fault("no_table", {"table": "usage_monthly"}),), ())], "en")[0]
    '05  missing: usage_monthly'
    """
    lines = []
    for one in found:
        if lacking := wanted([one]):
            names = word("readiness.between", lang).join(dict.fromkeys(each.name(lang) for each in lacking))
            lines.append(f"{_numbered(one.handout, lang)}  {word('readiness.missing', lang, names=names)}")
        if one.few is not None:
            few = word("readiness.elsewhere", lang, left=one.few, least=LEAST_LEFT)
            lines.append(f"{_numbered(one.handout, lang)}  {few}")
        left_out = "left_out" if one.handout.kind == "lesson" else "unanswerable"
        for key, whole in ((left_out, True), ("in_part", False)):
            sections = [part.section for part in one.parts if part.whole is whole]
            lines += _indented(word(f"readiness.{key}", lang), sections)
    return [*lines, *cures(found, lang)]


def _named(handout: Handout, lang: str) -> str:
    """The title of a lesson, or that of its exercises, said to be exercises."""
    title = handout.title(lang)
    return title if handout.kind == "lesson" else word("readiness.exercises", lang, title=title)


def _numbered(handout: Handout, lang: str) -> str:
    """The number of a lesson, or that of its exercises, said to be exercises."""
    return handout.number if handout.kind == "lesson" else word("readiness.numbered", lang, number=handout.number)


def _indented(heading: str, sections: Sequence[str]) -> list[str]:
    """A heading with the sections below it, a line each; nothing where there are none."""
    return [f"    {heading}", *(f"      {section}" for section in sections)] if sections else []


def _depths(row: list[list[str]]) -> range:
    """The lines that a row needs."""
    return range(max(len(cell) for cell in row))


def _width(text: str) -> int:
    """Places that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
