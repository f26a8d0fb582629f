"""What was assumed on the way from a book's tables to phases: counted, and shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cslab.book import Note
from cslab.measure.lifecycle.days import NEVER, Diary
from cslab.measure.lifecycle.phases import Rules
from cslab.measure.lifecycle.shipped import rules as shipped_rules
from cslab.words import LANGUAGES

if TYPE_CHECKING:
    from cslab.book import Book


def notes(book: Book, rules: Rules | None = None) -> tuple[Note, ...]:
    """What was assumed of a book so that phases could be told.

    Parameters
    ----------
    book : Book
    rules : Rules, optional

    Returns
    -------
    tuple of Note
        Phases that cannot be told at all; that nobody says from when on customers are on record, so that all count from
        their signing; customers who signed before their records begin, and what of them is not known; customers of
        whom nobody recorded that a phase began; accounts without a first day; marks whose rows are not found, or that
        are told in another way than the first.

    >>> import cslab
    >>> [note.key for note in notes(cslab.load("synthetic:tiny"))]
    ['lifecycle_late', 'lifecycle_late_unknown']
    """
    rules = rules or shipped_rules()
    untold = (Note("lifecycle_untold", fault.values) for fault in rules.lacks(book))
    left = rules.only(book)
    if book.lacks("calendar") or not rules.marks[rules.clock].way(book):
        return tuple(untold)
    return (*untold, *_customers(Diary(book), left), *_marks(Diary(book), left))


def assumed(book: Book, rules: Rules | None = None, lang: str = "en") -> str:
    """The same as one text; empty where nothing was assumed.

    Parameters
    ----------
    book, rules
        As for :func:`notes`.
    lang : str
        ``"en"`` or ``"ja"``.

    >>> import cslab
    >>> "customers" in assumed(cslab.load("synthetic:tiny"))
    True
    """
    return (" " if lang == "en" else "").join(note.text(lang) for note in notes(book, rules))


def _customers(diary: Diary, rules: Rules) -> Iterator[Note]:
    """Customers of whom something is not known."""
    clock = diary.first(rules.marks[rules.clock])
    late = diary.entry(clock) > clock
    if unsigned := int((clock >= NEVER).sum()):
        yield Note("lifecycle_unsigned", {"count": unsigned, "total": len(clock)})
    if not diary.book.has("accounts.observed_from"):
        yield Note("lifecycle_no_entry", {"total": len(clock)})
    if late.any():
        yield Note("lifecycle_late", {"count": int(late.sum()), "total": len(clock)})
    for mark in dict.fromkeys(phase.late_since for phase in rules.phases.values() if phase.late_since):
        phases = [name for name, phase in rules.phases.items() if phase.late_since == mark]
        unknown = diary.first(rules.marks[mark]) >= NEVER
        for key, who in (("lifecycle_late_unknown", late), ("lifecycle_unbegun", ~late & (clock < NEVER))):
            if count := int((who & unknown).sum()):
                called = {lang: ", ".join(rules.label(name, lang) for name in phases) for lang in LANGUAGES}
                yield Note(key, {"count": count, "total": len(clock), **called})


def _marks(diary: Diary, rules: Rules) -> Iterator[Note]:
    """Marks of which no row tells, and those that are told in a second way."""
    used = dict.fromkeys(name for phase in rules.phases.values() for name in phase.marks)
    for name in used:
        mark, dated = rules.marks[name], diary.dated(rules.marks[name])
        values = {"mark": name, "place": f"{dated.way.table}.{dated.way.column}"}
        if dated.way.where and not len(dated.account):
            yield Note("lifecycle_no_row", values)
        if dated.way is not mark.ways[0]:
            yield Note("lifecycle_other_way", values)
