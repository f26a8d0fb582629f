"""Which lessons and exercises a source can carry, whole or in part, and what exactly is missing for the others."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cslab.course.lessons import Handout, notebook_data
from cslab.course.source import Cell, last_heading, plain_text
from cslab.faults import CslabError, Fault, NotReady
from cslab.words import word

if TYPE_CHECKING:
    from cslab.book import Book

NEVER_A_LACK = frozenset({"truth", "touch_lines", "stock_sample"})
"""Real data never hold the truth, a synthetic company may go by no lines, and the parts about stock samples are of no
use to anybody else."""

GUESSING = ("predict", "calibration", "whose")
"""Calls that say nothing where the verdicts they go with are left out, or that only say whose numbers follow."""


@dataclass(frozen=True)
class Part:
    """A section of a lesson, or a question of an exercise, that a source cannot carry, or not all of it.

    Parameters
    ----------
    section : str
        Its heading, or the question's title.
    faults : tuple of Fault
        What is missing, each once.
    whole : bool
        Whether nothing of what it shows is left.
    needs : tuple of str
        What its cells ask for in vain, each once.
    """

    section: str
    faults: tuple[Fault, ...]
    whole: bool
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ready:
    """How far a source carries a lesson or an exercise.

    Parameters
    ----------
    handout : Lesson or ExerciseSheet
    lacks : tuple of Fault
        What it needs as a whole and the source has not; then it does not run.
    parts : tuple of Part
        The sections that are left out, wholly or in part, or the questions that cannot be answered.
    few : int or None
        The departures that can be used, where they are too few and the lesson is shown on another company.

    >>> from cslab.course.lessons import Lesson
    >>> Ready(Lesson("05", "05_x", "", "", "", "", 40, 30, (), ()), (), ()).state
    'whole'
    """

    handout: Handout
    lacks: tuple[Fault, ...]
    parts: tuple[Part, ...]
    few: int | None = None

    @property
    def state(self) -> str:
        """``whole``, ``part`` or ``not``.

        >>> from cslab.course.lessons import Lesson
        >>> lesson = Lesson("05", "05_x", "", "", "", "", 40, 30, (), ())
        >>> Ready(lesson, (Fault("no_calendar"),), ()).state
        'not'
        """
        if self.lacks:
            return "not"
        return "part" if self.parts or self.few is not None else "whole"


def readiness(book: Book, handout: Handout, lang: str = "en") -> Ready:
    """How far a book carries a lesson or an exercise.

    Parameters
    ----------
    book : Book
    handout : Lesson or ExerciseSheet
        A built one.
    lang : str
        Language of the headings.

    >>> import cslab
    >>> from cslab.course.lessons import lessons
    >>> {readiness(cslab.load("synthetic:tiny"), lesson).state for lesson in lessons()} <= {"whole", "part"}
    True
    """
    lacks = tuple(book.lacks(*handout.needs))
    if lacks:
        return Ready(handout, lacks, ())
    notebook = notebook_data(handout.notebook(lang))
    if (few := departures_if_too_few(book, notebook)) is not None:
        return Ready(handout, (), (), few)
    found = _unanswerable(book, notebook, lang) if handout.kind == "exercise" else parts(book, notebook)
    return Ready(handout, (), tuple(found))


def departures_if_too_few(book: Book, notebook: dict[str, Any]) -> int | None:
    """The departures that a lesson about scores could use, as its parameters stand, where they are too few for it.

    Parameters
    ----------
    book : Book
    notebook : dict
        A built lesson.

    >>> import cslab
    >>> cell = {"cell_type": "code", "source": "months: int = 6\\nbegin('99', '', '', 'en', True, '', months)"}
    >>> departures_if_too_few(cslab.load("synthetic:tiny"), {"cells": [cell]})
    10
    """
    from cslab.course.elsewhere import LEAST_LEFT
    from cslab.measure.landmark import leavers

    code = [Cell(0, {"en": "".join(one["source"])}, (), one["cell_type"] == "code").tree for one in notebook["cells"]]
    nodes = [node for tree in code if tree for node in ast.walk(tree)]
    begun = [node.args[6] for node in nodes if isinstance(node, ast.Call) and len(node.args) > 6]
    months = {ast.unparse(name) for name in begun}
    given = [node.value for node in nodes if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) in months]
    left = [leavers(book, ast.literal_eval(value)) for value in given if value]
    return min(left) if left and min(left) < LEAST_LEFT else None


def require(book: Book, lesson: Handout, lang: str) -> None:
    """Raise with everything that a lesson as a whole lacks.

    Raises
    ------
    NotReady
        Naming tables and columns.

    >>> import cslab
    >>> from cslab.course.lessons import Lesson
    >>> require(cslab.load("synthetic:tiny"), Lesson("05", "05_x", "", "", "", "", 40, 30, ("contracts",), ()), "en")
    """
    if faults := book.lacks(*lesson.needs):
        subject = word("lesson.on_source", lang, number=lesson.number, title=lesson.title(lang), source=book.source)
        raise NotReady(*faults, subject=subject, ending="nothing_ran")


def sections(notebook: dict[str, Any]) -> dict[str, list[tuple[str, ...]]]:
    """What each code cell that shows anything needs, by the section's heading; a smaller heading begins no section.

    Parameters
    ----------
    notebook : dict
        A built lesson.

    >>> sections({"cells": [{"cell_type": "code", "source": code} for code in ("%%needs calendar\\n1", "x = 1")]})
    {'': [('calendar',)]}
    """
    section, found = "", dict[str, list[tuple[str, ...]]]()
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            section = last_heading(source) or section
        elif _shows(code := Cell(0, {"en": source}, (), True)):
            found.setdefault(section, []).append(code.needs)
    return found


def parts(book: Book, notebook: dict[str, Any], no_lack: frozenset[str] = NEVER_A_LACK) -> list[Part]:
    """The sections that a book cannot carry; one written for its very kind of source is never among them.

    Parameters
    ----------
    book : Book
    notebook : dict
        A built lesson.
    no_lack : frozenset of str
        Needs that are passed over.

    >>> import cslab
    >>> parts(cslab.load("synthetic:tiny"), {"cells": []})
    []
    """
    found = []
    for section, cells in sections(notebook).items():
        meant = book.stock_sample and any("stock_sample" in needs for needs in cells)
        lacks = [
            {need: lack for need in needs if need not in no_lack and (lack := book.lacks(need))} for needs in cells
        ]
        faults = {fault.text("en"): fault for cell in lacks for lack in cell.values() for fault in lack}
        if faults and not meant:
            needs = dict.fromkeys(need for cell in lacks for need in cell)
            found.append(Part(section, tuple(faults.values()), all(lacks), tuple(needs)))
    return found


def verdicts_left_out(book: Book, notebook: dict[str, Any]) -> frozenset[str]:
    """The misconceptions that get no verdict on a book.

    Parameters
    ----------
    book : Book
    notebook : dict
        A built lesson.

    >>> import cslab
    >>> verdicts_left_out(cslab.load("synthetic:tiny"), {"cells": []})
    frozenset()
    """
    code = [Cell(0, {"en": "".join(one["source"])}, (), one["cell_type"] == "code") for one in notebook["cells"]]
    left_out = [cell for cell in code if cell.needs and book.lacks(*cell.needs)]
    return frozenset(plain_text(call) for cell in left_out for call in cell.calls("verdict"))


def facts(book: Book, lang: str = "en") -> list[tuple[str, str]]:
    """What there is to know of a source before a lesson: counts, period, customers who entered late, notes.

    Parameters
    ----------
    book : Book
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    list of (str, str)
        Name and value.

    >>> import cslab
    >>> dict(facts(cslab.load("synthetic:tiny")))["As of"] != ""
    True
    """
    from cslab.course.card import card_rows

    rows = [row for row in card_rows(book, lang, reveal_truth=True) if row[0] != word("card.truth", lang)]
    counts = "、" if lang == "ja" else ", "
    tables = counts.join(f"{name} {len(frame):,}" for name, frame in book.tables.items())
    more = {
        "tables": tables,
        "follow_up": _follow_up(book, lang),
        "late": _late(book, lang),
    }
    return [*rows, *((word(f"readiness.{name}", lang), text) for name, text in more.items())]


def _follow_up(book: Book, lang: str) -> str:
    """The longest time that any customer was followed, which no horizon can go beyond."""
    from cslab.measure.survival import durations

    try:
        months = durations(book)["duration"].max()
    except CslabError:
        return word("readiness.follow_up.unknown", lang)
    return word("readiness.follow_up.months", lang, months=float(months))


def _late(book: Book, lang: str) -> str:
    """The share of customers whose records begin after they signed."""
    if book.stock_sample:
        return word("readiness.late.no_calendar", lang)
    if not book.has("accounts.signed_on"):
        return word("readiness.late.unknown", lang, columns="accounts.signed_on")
    if not book.has("accounts.observed_from"):
        return word("readiness.late.unsaid", lang)
    accounts = book.accounts
    late = accounts["observed_from"] > accounts["signed_on"]
    return word("readiness.late.share", lang, share=float(late.mean()), count=int(late.sum()))


def _unanswerable(book: Book, notebook: dict[str, Any], lang: str) -> list[Part]:
    """The questions of an exercise that cannot be checked on a book."""
    from cslab.course.questions import bank

    asked = [bank.find(name) for name in notebook["metadata"]["cslab"]["exercise"]["questions"]]
    lacks = {question.id: tuple(book.lacks(*question.needs)) for question in asked}
    return [Part(word(f"question.{name}.title", lang), faults, True) for name, faults in lacks.items() if faults]


def _shows(cell: Cell) -> bool:
    """Whether a cell shows anything: imports and assignments do not, nor does a guess without its verdict."""
    if cell.needs or (tree := cell.tree) is None:
        return True
    lines = [line.value for line in tree.body if isinstance(line, ast.Expr)]
    return any(not isinstance(line, ast.Call) or ast.unparse(line.func) not in GUESSING for line in lines)
