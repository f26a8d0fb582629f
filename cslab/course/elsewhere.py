"""A lesson about scores on a company that has lost too few customers: it is shown on another one, and says so."""

from __future__ import annotations

import ast
from html import escape
from typing import TYPE_CHECKING, Any

from cslab.course import shown
from cslab.course.lesson import reading
from cslab.course.source import Cell, last_heading
from cslab.words import word

if TYPE_CHECKING:
    from cslab.book import Book

LEAST_LEFT = 100
"""Departures that it takes to judge a score: with fewer, its AUC is hardly known to the first decimal."""


def too_few(book: Book, months: int) -> bool:
    """Whether a company has lost too few customers for any score of its own to be judged.

    Parameters
    ----------
    book : Book
    months : int
        How many months ahead a departure counts.

    >>> import cslab
    >>> too_few(cslab.load("synthetic:tiny"), 6)
    True
    """
    from cslab.measure.landmark import leavers

    return leavers(book, months) < LEAST_LEFT


def whose(of: Book | None = None) -> None:
    """Say at the head of a part that its numbers are another company's; nothing where they are the reader's own.

    Parameters
    ----------
    of : Book, optional
        The company of a part that is shown on one of its own, whoever reads; none: the company of the lesson. Nothing
        is said to a reader whose own company the kit made too.

    >>> from cslab.course.lesson import begin
    >>> _ = begin("07", "synthetic:default_jp?accounts=2000")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> whose()
    """
    now = reading()
    given = of is not None and not now.book.synthetic
    if given or (of is None and now.other is not None):
        key, company = ("lesson.elsewhere.designed", of) if given else ("lesson.elsewhere", now.other)
        _say(word(key, now.lang, source=company.source if company else ""))


def from_here(of: Book) -> None:
    """Say in the middle of a part that what follows is another company's; nothing where that is the kit's, too.

    Parameters
    ----------
    of : Book
        The company that the rest of the part is about.

    >>> from cslab.course.lesson import begin
    >>> book = begin("01", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> from_here(book)
    """
    now = reading()
    if not now.book.synthetic and of.synthetic:
        _say(word("lesson.elsewhere.from_here", now.lang, source=of.source))


def _say(text: str) -> None:
    """A card that nobody overlooks."""
    shown.show(text, f'<div class="cslab-card reach"><p><strong>{escape(text)}</strong></p></div>')


def shown_on_their_own(notebook: dict[str, Any]) -> frozenset[str]:
    """The sections that are shown on a company of their own from beginning to end, whoever reads.

    Parameters
    ----------
    notebook : dict
        A built lesson.

    >>> sorted(shown_on_their_own({"cells": [{"cell_type": "code", "source": "whose(drawn)"}]}))
    ['']
    """
    section, found = "", dict[str, bool]()
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            section = last_heading(source) or section
        for node in ast.walk(Cell(0, {"en": source}, (), cell["cell_type"] == "code").tree or ast.Module([], [])):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "whose":
                found[section] = bool(node.args) and found.get(section, True)
    return frozenset(name for name, always in found.items() if always)


def caption() -> str:
    """What stands under a table of another company; empty where it is the reader's own.

    >>> from cslab.course.lesson import begin
    >>> _ = begin("05", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> caption()
    ''
    """
    now = reading()
    return word("lesson.elsewhere.table", now.lang) if now.other is not None else ""
