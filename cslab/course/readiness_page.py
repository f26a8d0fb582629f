"""What a source can tell, as one page: precision first, then what is amiss, the lessons, what is missing."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from cslab.course import pages, precise
from cslab.course.listing import lack_lines, ready_rows
from cslab.course.readiness import Ready, facts, readiness
from cslab.course.reveal.markup import fold, paragraph, picture, table
from cslab.course.sheets.exercises import handouts
from cslab.course.soundness import Soundness, amiss, soundness
from cslab.course.viable import Viable, viable
from cslab.faults import Fault
from cslab.measure import precision
from cslab.measure.precision import Precision
from cslab.words import word

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book

_STYLE = (
    ".sheet{max-width:64rem}.cslab-table td{text-align:left;white-space:normal}"
    ".cslab-table th{text-align:left}details.part summary h2{font-size:1.125rem}ul.amiss li{margin:.4rem 0}"
    "pre.lacks{white-space:pre-wrap;font:inherit}"
)


@dataclass(frozen=True)
class Audit:
    """Everything that is said of a source's readiness.

    Parameters
    ----------
    ready : tuple of Ready
        One a lesson and sheet of exercises.
    precise : tuple of Precision
    impossible : dict of str to tuple of Fault
        Conclusions that the book cannot carry.
    sound : Soundness

    >>> import cslab
    >>> len(audit(cslab.load("synthetic:tiny"), "en").precise) > 10
    True
    """

    ready: tuple[Ready, ...]
    precise: tuple[Precision, ...]
    impossible: dict[str, tuple[Fault, ...]]
    sound: Soundness

    @property
    def viable(self) -> list[Viable]:
        """What each lesson still takes."""
        return viable(self.ready)


def audit(book: Book, lang: str) -> Audit:
    """Find out everything that is said of a source's readiness.

    Parameters
    ----------
    book : Book
    lang : str
        ``"en"`` or ``"ja"``, of the headings of sections.

    >>> import cslab
    >>> audit(cslab.load("synthetic:tiny"), "en").impossible
    {}
    """
    found, impossible = precision.with_lacking(book)
    ready = tuple(readiness(book, handout, lang) for handout in handouts())
    return Audit(ready, tuple(found), impossible, soundness(book))


def readiness_page(book: Book, found: Audit, lang: str) -> str:
    """One page on what a source can tell.

    Parameters
    ----------
    book : Book
    found : Audit
        Of that book.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> import cslab
    >>> book = cslab.load("synthetic:tiny")
    >>> "A test by lot" in readiness_page(book, audit(book, "en"), "en")
    True
    """
    title = _said("title", lang)
    about = _said("about", lang, source=book.source, day=book.as_of.date())
    head = f'<h1>{escape(title)}</h1><p class="question">{escape(about)}</p>'
    body = paragraph(_in_short(found, lang)) + _precise(found, lang) + _quality(found.sound, lang)
    body += _lessons(found, lang) + _data(book, found.sound, lang)
    banner = pages.banner({"confidential": book.confidential}, lang)
    return pages.filled(lang=lang, title=title, banner=banner, head=head, contents="", body=body, style=_STYLE)


def viable_rows(found: Sequence[Viable], lang: str) -> list[list[str]]:
    """What each lesson still takes, as texts: number, title, whether to run at all, what.

    Parameters
    ----------
    found : sequence of Viable
    lang : str
        ``"en"`` or ``"ja"``.

    >>> viable_rows([], "en")
    []
    """
    return [[one.handout.number, one.handout.title(lang), _opened(one, lang), one.names(lang)] for one in found]


def _opened(one: Viable, lang: str) -> str:
    """What the data that are missing would open."""
    if one.departures:
        return word("readiness.viable.own", lang)
    return word("readiness.viable.part" if one.opens else "readiness.viable.not", lang, opens=one.opens)


def _said(key: str, lang: str, /, **values: object) -> str:
    """A text of this page."""
    return word(f"page.readiness.{key}", lang, **values)


def _in_short(found: Audit, lang: str) -> str:
    """How many lessons run, and how many conclusions are sharp enough."""
    states = [one.state for one in found.ready if one.handout.kind == "lesson"]
    enough = sum(one.enough for one in found.precise)
    counts = {"whole": states.count("whole"), "part": states.count("part"), "not_yet": states.count("not")}
    return _said("runs", lang, **counts, enough=enough, all=len(found.precise) + len(found.impossible))


def _precise(found: Audit, lang: str) -> str:
    """Every conclusion with its precision, and both pictures."""
    from cslab.figures import effect
    from cslab.figures import precision as figures

    html = f"<h2>{escape(word('readiness.precise', lang))}</h2>"
    if found.precise:
        html += picture(figures.needed(precision.table(found.precise), lang=lang))
        html += table(precise.heads(lang), precise.rows(found.precise, lang))
    html += paragraph(word("readiness.precise.how", lang))
    lot = next((one for one in found.precise if one.name == "lot"), None)
    if lot is not None and not (curve := precision.powers(lot)).empty:
        html += paragraph(precise.by_lot(found.precise, lang))
        html += picture(effect.power(curve, lang=lang, yours=lot.n / 2))
    if lines := precise.lacks(found.impossible, lang):
        html += fold(word("readiness.precise.lacks", lang), _list(lines))
    return html


def _quality(found: Soundness, lang: str) -> str:
    """What is amiss in the data."""
    return f"<h2>{escape(word('readiness.quality', lang))}</h2>" + _list(amiss(found, lang))


def _lessons(found: Audit, lang: str) -> str:
    """What runs, what the next lesson takes, what is missing in full."""
    heads = [word(f"cli.{name}", lang) for name in ("state", "lessons.number", "lessons.title")]
    html = ""
    if rows := viable_rows(found.viable, lang):
        html += f"<h2>{escape(word('readiness.viable', lang))}</h2>" + table([*heads[1:], "", ""], rows)
    html += fold(_said("lessons", lang), table(heads, ready_rows(found.ready, lang)))
    if lines := lack_lines(found.ready, lang):
        text = escape("\n".join(lines))
        html += fold(_said("lacks", lang), f'<pre class="lacks">{text}</pre>')
    return html


def _data(book: Book, found: Soundness, lang: str) -> str:
    """What there is: counts, every column, every table, every gap."""
    html = fold(_said("facts", lang), table(["", ""], facts(book, lang)))
    if book.notes:
        html += fold(_said("notes", lang), _list([note.text(lang) for note in book.notes]))
    html += fold(_said("fields", lang), _fields(found.fields, lang))
    html += fold(_said("tables", lang), _fresh(found.freshness, lang) + _joined(found.joins, lang))
    return html + ("" if found.missing is None else fold(_said("missing", lang), _missing(found.missing, lang)))


def _fields(found: pd.DataFrame, lang: str) -> str:
    """Every column with its completeness and validity."""
    heads = [_said(f"fields.{name}", lang) for name in ("table", "column", "rows", "filled", "valid")]
    rows = [
        [
            row["table"],
            row["column"],
            f"{row['rows']:,}",
            _share(row["filled"]) + _blank(row, lang),
            _share(row["valid"]),
        ]
        for row in found.to_dict("records")
    ]
    return table(heads, rows)


def _blank(row: Mapping[Hashable, object], lang: str) -> str:
    """That a column may be blank, where it is."""
    return f" ⟨{_said('fields.blank', lang)}⟩" if row["may_be_blank"] and row["filled"] != 1 else ""


def _fresh(found: pd.DataFrame, lang: str) -> str:
    """When each table was last added to."""
    heads = [_said(name, lang) for name in ("fields.table", "tables.last", "tables.old", "tables.gap")]
    rows = [
        [row["table"], str(row["last"].date()), f"{row['days_old']:,}", _number(row["usual_gap"])]
        for row in found.to_dict("records")
    ]
    return table(heads, rows)


def _joined(found: pd.DataFrame, lang: str) -> str:
    """How tables join."""
    heads = [_said(name, lang) for name in ("fields.column", "joins.parent", "joins.joined", "joins.covered")]
    rows = [
        [f"{row['table']}.{row['column']}", row["parent"], _share(row["joined"]),
         _share(row["covered"]) if row["parent"] == "accounts" else "–"]
        for row in found.to_dict("records")
    ]  # fmt: skip
    return table(heads, rows)


def _missing(found: pd.DataFrame, lang: str) -> str:
    """Every field that was tested against leaving."""
    names = ("missing", "left_missing", "left_filled", "p")
    heads = [_said("fields.column", lang), *(_said(f"missing.{name}", lang) for name in names)]
    rows = [
        [f"{row['table']}.{row['column']}".replace(".*", f" {_said('missing.row', lang)}"),
         f"{row['missing']:,} / {row['n']:,}", _share(row["left_missing"]), _share(row["left_filled"]),
         f"{row['p_adjusted']:.3f}"]
        for row in found.to_dict("records")
    ]  # fmt: skip
    return table(heads, rows)


def _share(value: float) -> str:
    """A share in per cent; a dash where there is none."""
    return f"{value:.0%}" if value == value else "–"


def _number(value: float) -> str:
    """A whole number; a dash where there is none."""
    return f"{value:.0f}" if value == value else "–"


def _list(lines: Sequence[str]) -> str:
    """Lines as a list."""
    return '<ul class="amiss">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
