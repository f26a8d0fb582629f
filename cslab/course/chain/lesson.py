"""A chain in a lesson: the company it is tested on, and the verdict of each link as a reader wants it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from cslab.course import shown
from cslab.course.chain.page import HEADS, rows, unit
from cslab.course.lesson import another, reading
from cslab.course.table import table
from cslab.faults import DataError
from cslab.measure.impact.chain import said
from cslab.words import word

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.measure.impact import Chain, Tested

COLUMNS = ("verdict", "measured", "declared", "least", "due")
"""What stands of a link beside its name."""

WORLDS = 8_000
"""Customers drawn for the truth of a lesson: enough that it hardly moves, few enough that nobody waits."""


def tested_on(chain: Chain, other: str, reveal_truth: bool = True) -> Book:
    """The company that a chain is tested on: the reader's own, or one of the kit's where its records cannot carry it.

    Parameters
    ----------
    chain : Chain
    other : str
        Source of the company to go over to; where it does not run the programme of a chain of the kit, it is made to.
    reveal_truth : bool
        Whether the truth behind synthetic customers may be shown.

    Returns
    -------
    Book

    Raises
    ------
    DataError
        Where neither can carry it, with what is wrong: the chain is the reader's own, and so is the slip.

    >>> from cslab.course.lesson import begin
    >>> from cslab.measure import impact
    >>> mine = begin("12", "synthetic:tiny?programs=faq&policy=program_rct")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> tested_on(impact.shipped("faq"), "synthetic:tiny") is mine
    True
    """
    from cslab.measure import impact

    now = reading()
    faults = impact.faults(chain, now.book)
    if not faults:
        return now.book
    company = _carrying(chain, other, reveal_truth)
    if company is None:
        raise DataError(*faults, subject=chain.file)
    reasons = " ".join(fault.text(now.lang) for fault in faults)
    text = word("lesson.chain.elsewhere", now.lang, chain=chain.title(now.lang), source=company.source, reasons=reasons)
    shown.show(text, f'<div class="cslab-card reach"><p>{escape(text)}</p></div>')
    return company


def _carrying(chain: Chain, other: str, reveal_truth: bool) -> Book | None:
    """The company to go over to, made to run the programme of a chain of the kit; nothing where it cannot carry it."""
    from cslab.measure import impact

    company = another(other, reveal_truth)
    if impact.faults(chain, company) and company.synthetic and chain.name in impact.shipped_names() and chain.programme:
        company = another(other, reveal_truth, programs=chain.programme)
    return None if impact.faults(chain, company) else company


def show_links(tested: Tested) -> None:
    """Show a chain's links: each with its verdict, what was measured and declared, what would have been seen, and why.

    Parameters
    ----------
    tested : Tested
        As :func:`cslab.measure.impact.test_links` returns it.

    >>> from cslab.course.lesson import begin
    >>> from cslab.measure import impact
    >>> book = begin("12", "synthetic:tiny?programs=faq&policy=program_rct")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> show_links(impact.test_links(book, impact.shipped("faq")))  # doctest: +ELLIPSIS
    articles published → enquiries that an article answers
    ...
    """
    lang = reading().lang
    heads = [word(f"page.chain.head.{name}", lang) for name in COLUMNS]
    told = [dict(zip(HEADS, cells, strict=True)) for cells in rows(tested, lang)]
    for row, one in zip(told, tested.links, strict=True):
        row["unit"] = unit(tested.chain.node(one.target).unit(lang), lang)
    why = tested.table(lang)["says"]
    parts = [[f"{head} {row[name]}" for head, name in zip(heads, COLUMNS, strict=True)] for row in told]
    text = [
        f"{row['link']}  {row['unit']}\n  {' · '.join(part)}\n  {says}"
        for row, part, says in zip(told, parts, why, strict=True)
    ]
    shown.show("\n".join(text), _html(heads, told, why))


def _html(heads: list[str], told: list[dict[str, str]], why: Iterable[str]) -> str:
    """The links as a table of three lines each: its name, its verdict and numbers, why."""
    left, open_ = "text-align: left", "text-align: left; border: 0"
    head = "".join(f'<th style="{left}; white-space: normal">{escape(name)}</th>' for name in heads)
    wide, lines = f'colspan="{len(COLUMNS)}"', ""
    for row, says in zip(told, why, strict=True):
        cells = "".join(f'<td style="{open_}; white-space: nowrap">{escape(row[name])}</td>' for name in COLUMNS)
        name = f"<strong>{escape(row['link'])}</strong> <small>{escape(row['unit'])}</small>"
        lines += f'<tbody><tr><th {wide} style="{open_}">{name}</th></tr>'
        lines += f'<tr>{cells}</tr><tr><td {wide} style="{left}">{escape(says)}</td></tr></tbody>'
    return f'<table class="cslab-table"><thead><tr>{head}</tr></thead>{lines}</table>'


def show_assumptions(chain: Chain) -> None:
    """Show what has to be true for each link of a chain, and who looks after it.

    Parameters
    ----------
    chain : Chain

    >>> from cslab.course.lesson import begin
    >>> from cslab.measure import impact
    >>> _ = begin("12", "synthetic:tiny")  # doctest: +ELLIPSIS
    The company in this lesson...
    >>> show_assumptions(impact.shipped("faq"))  # doctest: +ELLIPSIS, +NORMALIZE_WHITESPACE
    what has to be true assumption in charge owner
    link
    ...
    """
    import pandas as pd

    lang = reading().lang
    rows = [
        {"link": said(link, chain, lang), "assumption": link.assumption(lang), "owner": link.owner}
        for link in chain.links
    ]
    table(pd.DataFrame(rows).set_index("link"))


def show_text(text: str) -> None:
    """Show what the kit has written: a decision, a statement; its lines as paragraphs.

    Parameters
    ----------
    text : str

    >>> show_text("Go on.")
    Go on.
    """
    shown.show(text, shown.paragraphs(text, "cslab-say"))


def truths(book: Book, chain: Chain) -> dict[str, float] | None:
    """What a programme truly changes in each node of its chain; nothing where nobody knows, or it is hidden.

    Parameters
    ----------
    book : Book
    chain : Chain

    Returns
    -------
    dict of str to float, or None
        By node: for one participant, in the node's units.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> truths(cslab.load("synthetic:tiny?programs=faq").hide_truth(), impact.shipped("faq")) is None
    True
    """
    from cslab.measure.impact.truth import true_effects

    found = true_effects(book, chain, WORLDS)
    return None if found is None else dict(zip(found["to"], found["estimate"].astype(float), strict=True))
