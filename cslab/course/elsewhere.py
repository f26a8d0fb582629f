"""A lesson about scores on a company that has lost too few customers: it is shown on another one, and says so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
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
    now.own.clear()
    given = of is not None and not now.book.synthetic
    if given or (of is None and now.other is not None):
        key, company = ("lesson.elsewhere.designed", of) if given else ("lesson.elsewhere", now.other)
        _say(word(key, now.lang, source=company.source if company else ""))


def yours() -> None:
    """Say in a lesson that is shown on another company that what follows is about the reader's own all the same.

    Nothing is said in a lesson that is about the reader's own company anyway. It lasts up to the next :func:`whose`.

    >>> from cslab.course.lesson import begin
    >>> _ = begin("14", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> yours()
    """
    now = reading()
    if now.other is not None:
        now.own.add(now.lesson)
        _say(word("lesson.elsewhere.yours", now.lang))


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


def about_ones_own(notebook: dict[str, Any]) -> frozenset[str]:
    """The sections that are about the reader's own company from beginning to end, also where the lesson is not.

    Parameters
    ----------
    notebook : dict
        A built lesson.

    >>> sorted(about_ones_own({"cells": [{"cell_type": "code", "source": "yours()"}]}))
    ['']
    """
    asked = {name: list(_called(notebook, name)) for name in ("yours", "whose")}
    others = {section for section, _ in asked["whose"]}
    return frozenset(section for section, _ in asked["yours"] if section not in others)


def _called(notebook: dict[str, Any], name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function by its name, with its section."""
    section = ""
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            section = last_heading(source) or section
        for node in ast.walk(Cell(0, {"en": source}, (), cell["cell_type"] == "code").tree or ast.Module([], [])):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                yield section, node


def shown_on_their_own(notebook: dict[str, Any]) -> frozenset[str]:
    """The sections that are shown on a company of their own from beginning to end, whoever reads.

    Parameters
    ----------
    notebook : dict
        A built lesson.

    >>> sorted(shown_on_their_own({"cells": [{"cell_type": "code", "source": "whose(drawn)"}]}))
    ['']
    """
    found = dict[str, bool]()
    for section, node in _called(notebook, "whose"):
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
    return word("lesson.elsewhere.table", now.lang) if now.other is not None and not now.own else ""
