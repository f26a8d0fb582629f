"""The scenario card at the head of a lesson: what company this is, over which time, what was done to its data."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cslab.course import shown
from cslab.words import word

if TYPE_CHECKING:
    from cslab.book import Book


def show_card(book: Book, lang: str, reveal_truth: bool) -> None:
    """Show who the company of this lesson is.

    Parameters
    ----------
    book : Book
        The company, with its truth if it has one.
    lang : str
        ``"en"`` or ``"ja"``.
    reveal_truth : bool
        Whether the lesson shows the truth.

    >>> import cslab
    >>> show_card(cslab.load("synthetic:tiny"), "en", reveal_truth=True)  # doctest: +ELLIPSIS
    The company in this lesson...
    """
    heading = word("card.heading", lang)
    rows = card_rows(book, lang, reveal_truth)
    notes = [*_at_risk(book, lang), *(note.text(lang) for note in book.notes)]
    text = "\n".join([heading, *(f"  {name}: {value}" for name, value in rows), *(f"  - {note}" for note in notes)])
    shown.show(text, _html(heading, rows, notes), shown.CARD, _record(book, reveal_truth))


def _at_risk(book: Book, lang: str) -> list[str]:
    """That a notebook which somebody has open is saved where real data must not lie; nothing where it is not so."""
    from cslab.sources.privacy.places import free_place, taken_by

    if not (book.confidential and shown.attended() and taken_by(Path.cwd())):
        return []
    return [word("card.saved_here", lang, folder=Path.cwd(), free=free_place())]


def card_rows(book: Book, lang: str, reveal_truth: bool) -> list[tuple[str, str]]:
    """The lines of the card: name and value of each.

    Parameters
    ----------
    book, lang, reveal_truth
        As for :func:`show_card`.

    Returns
    -------
    list of (str, str)

    >>> import cslab
    >>> [name for name, _ in card_rows(cslab.load("synthetic:tiny"), "en", True)][:2]
    ['Company', 'Customers on record, those who left included']
    """
    values = {
        "company": word("card.company.synthetic" if book.synthetic else "card.company.real", lang),
        "accounts": f"{_count(book, 'accounts'):,}",
        "contracts": f"{_count(book, 'contracts'):,}",
        "window": _window(book, lang),
        "as_of": f"{book.as_of:%Y-%m-%d}",
        "source": book.source,
        "truth": word(f"card.truth.{_truth(book, reveal_truth)}", lang),
        "notes": word("card.notes.count" if book.notes else "card.notes.none", lang, count=len(book.notes)),
    }
    return [(word(f"card.{name}", lang), value) for name, value in values.items()]


def _count(book: Book, table: str) -> int:
    """Rows of a table; none where it is absent."""
    return len(book.tables.get(table, ()))


def _window(book: Book, lang: str) -> str:
    """The days that the records cover, in words where the source has no calendar."""
    if book.first_day is None:
        return word("card.window.none", lang)
    return word("card.window.days", lang, first=f"{book.first_day:%Y-%m-%d}", last=f"{book.as_of:%Y-%m-%d}")


def _truth(book: Book, reveal_truth: bool) -> str:
    """Whether the truth is shown, hidden, not carried by the source, or known to nobody."""
    if not book.synthetic:
        return "unknown"
    if book.truth is None:
        return "absent"
    return "shown" if reveal_truth else "hidden"


def _html(heading: str, rows: list[tuple[str, str]], notes: list[str]) -> str:
    """The card as a table, with the notes below it."""
    lines = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in rows)
    below = "".join(f"<li>{escape(note)}</li>" for note in notes)
    listed = f'<ul class="cslab-notes">{below}</ul>' if notes else ""
    return f'<div class="cslab-card"><p><strong>{escape(heading)}</strong></p><table>{lines}</table>{listed}</div>'


def _record(book: Book, reveal_truth: bool) -> dict[str, Any]:
    """The card as data."""
    return {
        "source": book.source,
        "as_of": f"{book.as_of:%Y-%m-%d}",
        "accounts": _count(book, "accounts"),
        "contracts": _count(book, "contracts"),
        "synthetic": book.synthetic,
        "stock_sample": book.stock_sample,
        "truth": _truth(book, reveal_truth),
        "notes": [{"key": note.key, "values": shown.plain(dict(note.values))} for note in book.notes],
        **({"confidential": True} if book.confidential else {}),
    }
