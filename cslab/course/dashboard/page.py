"""The executive dashboard as one page: five tiles, how each number is made, who answers for it, what it hides."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.course import pages
from cslab.course.journey.paper import department
from cslab.course.reveal.markup import fold, paragraph, picture, table
from cslab.figures import dashboard as figures
from cslab.figures.kpis import LAMPS
from cslab.figures.scales import day
from cslab.figures.sheet import sheet
from cslab.measure.dashboard.tile import BESIDE
from cslab.words import label, money, word

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.measure.dashboard import Dashboard, Tile

SMALL = (2.5, 4.0)
"""Height and width of the picture on a tile, in inches."""
SIGNS = {"o": "●", "^": "▲", "s": "■", "_": "–"}
"""The marks of the pictures as letters."""

CHARTER = ("metric", "formula", "owner", "cadence", "decision", "biases")
"""The columns of the charter of metrics."""

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def dashboard_page(book: Book, found: Dashboard, lang: str) -> str:
    """One page for the board.

    Parameters
    ----------
    book : Book
    found : Dashboard
        Of that book, as ``measure.dashboard.executive`` gives it.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> import cslab
    >>> from cslab.measure.dashboard import executive
    >>> book = cslab.load("synthetic:tiny")
    >>> dashboard_page(book, executive(book, quarters=2), "ja").count('<li class="tile ')
    5
    """
    title = _said("title", lang)
    about = _said("about", lang, source=book.source, day=day(found.as_of, lang))
    size = _said("size", lang, n=found.customers, arr=money(found.arr_amount, found.currency, lang))
    cards = "".join(_card(one, found.currency, lang) for one in found.tiles)
    body = f'<ul class="tiles">{cards}</ul>' + _reading(lang) + _charter(found, lang) + _score(found, lang)
    body += _notes(book, lang)
    head = f'<h1>{escape(title)}</h1><p class="question">{escape(about)}</p><p class="yourself">{escape(size)}</p>'
    banner = pages.banner({"confidential": book.confidential}, lang)
    return pages.filled(lang=lang, title=title, banner=banner, head=head, contents="", body=body, style=_STYLE)


def _said(key: str, lang: str, /, **values: object) -> str:
    """A text of this page."""
    return word(f"page.dashboard.{key}", lang, **values)


def _card(one: Tile, currency: str, lang: str) -> str:
    """One tile."""
    name = f"<h2>{escape(word(f'figure.dashboard.name.{one.name}', lang))}</h2>"
    if one.now is None:
        lacks = "".join(f"<li>{escape(fault.text(lang))}</li>" for fault in one.lacks)
        return f'<li class="tile absent">{name}<p>{escape(_said("absent", lang))}</p><ul>{lacks}</ul></li>'
    value = f'<p class="value">{escape(figures.said(one.now.estimate, one.unit, lang))}</p>'
    sign = SIGNS[LAMPS[one.status].marker]
    held = f"{sign} {label(one.status, lang)} · {figures.target(one, lang)}"
    lines = {"limits": figures.limits(one, lang), "held": held, "beside": _beside(one, currency, lang)}
    below = "".join(f'<p class="{kind}">{escape(text)}</p>' for kind, text in lines.items() if text)
    shown = picture(figures.trend(one, sheet(None, lang, *SMALL), lang)) + _about(one, lang)
    return f'<li class="tile {one.status}">{name}{value}{below}{shown}</li>'


def _beside(one: Tile, currency: str, lang: str) -> str:
    """The numbers without which a tile misleads."""
    texts = [
        _said(f"beside.{name}", lang, value=_amount(name, value, currency, lang)) for name, value in one.beside.items()
    ]
    return (" · " if lang == "en" else "・").join(texts)


def _amount(name: str, value: float, currency: str, lang: str) -> str:
    """A number beside a tile, as its unit is said."""
    unit = BESIDE[name]
    if unit == "money":
        return money(value, currency, lang)
    return f"{value:,.0f}" if unit == "count" else figures.said(value, unit, lang)


def _about(one: Tile, lang: str) -> str:
    """How the number is made, and who answers for it."""
    lines = {"formula": _said(f"formula.{one.name}", lang), "owner": owner(one, lang)}
    return "".join(
        f'<p class="about{" nobody" if kind == "owner" and not one.charter.owner else ""}">'
        f"<b>{escape(_said(f'charter.{kind}', lang))}</b> {escape(text)}</p>"
        for kind, text in lines.items()
    )


def owner(one: Tile, lang: str) -> str:
    """Who answers for a tile; that nobody does, where nobody is named.

    Parameters
    ----------
    one : Tile
    lang : str
        ``"en"`` or ``"ja"``.

    >>> from cslab.measure.dashboard import Entry, Tile
    >>> owner(Tile("churn", Entry(owner="cs")), "ja"), owner(Tile("churn", Entry()), "en")
    ('カスタマーサクセス', 'nobody is named')
    """
    return department(one.charter.owner, lang) if one.charter.owner else _said("nobody", lang)


def _reading(lang: str) -> str:
    """How to read the tiles."""
    return paragraph(_said("reading", lang)) + paragraph(_said("overlap", lang))


def _charter(found: Dashboard, lang: str) -> str:
    """The charter of the five metrics."""
    rows = [
        [
            word(f"figure.dashboard.name.{one.name}", lang),
            _said(f"formula.{one.name}", lang),
            owner(one, lang),
            _said(f"cadence.{one.charter.cadence or 'none'}", lang),
            one.charter.said("decision", lang) or "–",
            one.charter.said("biases", lang) or "–",
        ]
        for one in found.tiles
    ]
    heads = [_said(f"charter.{name}", lang) for name in CHARTER]
    how = paragraph(_said("charter.how", lang))
    return fold(_said("charter.title", lang), f'<div class="texts">{table(heads, rows)}</div>{how}')


def _score(found: Dashboard, lang: str) -> str:
    """What the score is made of."""
    made = [label(f"signal.{name}", lang) for name in found.score.signals]
    if not made:
        return ""
    told = _said("score", lang, name=found.score.name, signals=(", " if lang == "en" else "、").join(made))
    limit = _said("score.limits", lang, red=found.score.red, green=found.score.green)
    return fold(_said("score.title", lang), paragraph(told) + paragraph(limit))


def _notes(book: Book, lang: str) -> str:
    """What was coerced, set aside or assumed on the way in."""
    if not book.notes:
        return ""
    lines = "".join(f"<li>{escape(note.text(lang))}</li>" for note in book.notes)
    return fold(_said("notes.title", lang), f'<section class="text"><ul>{lines}</ul></section>')
