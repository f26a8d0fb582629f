"""The page of a chain in one company: its picture, the verdict on each link, what was done, and when one may ask."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from cslab.course import pages
from cslab.course.reveal.markup import fold, paragraph, picture, table
from cslab.measure import impact
from cslab.measure.impact.chain import said
from cslab.measure.impact.verdict import NOT_YET_DUE, Amount
from cslab.words import word

if TYPE_CHECKING:
    from cslab.book import Book
    from cslab.measure.impact import Chain, LinkTest, Tested

HEADS = ("link", "verdict", "declared", "measured", "least", "participants", "due")
"""The columns of the table of links."""

_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def chain_page(book: Book, tested: Tested, lang: str) -> str:
    """One page that says which links of a chain hold in a company's records, and which nobody can tell yet.

    Parameters
    ----------
    book : Book
    tested : Tested
        As ``measure.impact.test_links`` gives it.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct")
    >>> "FAQ" in chain_page(book, impact.test_links(book, impact.shipped("faq")), "en")
    True
    """
    chain = tested.chain
    title, about = chain.title(lang), _said("about", lang, source=book.source, day=f"{tested.as_of:%Y-%m-%d}")
    statement = impact.contribution(tested, lang).splitlines()
    body = _picture(tested, lang) + paragraph(counted(tested, lang)) + paragraph(statement[-1]) + _links(tested, lang)
    body += paragraph(_said("once", lang))
    body += fold(_said("title.statement", lang), "".join(map(paragraph, statement))) + _done(tested, lang)
    body += _when(chain, book, lang) + _assumed(chain, lang) + _mend(chain, book, lang)
    head = f'<h1>{escape(title)}</h1><p class="question">{escape(about)}</p>'
    banner = pages.banner({"confidential": book.confidential}, lang)
    return pages.filled(lang=lang, title=title, banner=banner, head=head, contents="", body=body, style=_STYLE)


def rows(tested: Tested, lang: str) -> list[list[str]]:
    """The links with their verdicts, as texts.

    Parameters
    ----------
    tested : Tested
    lang : str

    Returns
    -------
    list of list of str
        One row a link: link, verdict, declared and measured change for one participant, the smallest that would be
        seen, participants, the day from which it is due.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct")
    >>> rows(impact.test_links(book, impact.shipped("faq")), "en")[0][0]
    'articles published → enquiries that an article answers'
    """
    return [_row(tested.chain, one, lang) for one in tested.links]


def counted(tested: Tested, lang: str) -> str:
    """How many links have which verdict, in a sentence.

    Parameters
    ----------
    tested : Tested
    lang : str

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct")
    >>> counted(impact.test_links(book, impact.shipped("faq")), "en").split(":")[0]
    'Of 5 links'
    """
    each = [_said("count", lang, verdict=_verdict(name, lang), n=n) for name, n in tested.counts.items() if n]
    return _said("counts", lang, links=len(tested.links), counts=(", " if lang == "en" else "、").join(each))


def _said(key: str, lang: str, /, **values: object) -> str:
    """A text of this page."""
    return word(f"page.chain.{key}", lang, **values)


def _verdict(name: str, lang: str) -> str:
    """A verdict by mark and word."""
    from cslab.figures.impact.verdict_looks import look_of

    return f"{look_of(name).sign} {word(f'label.{name}', lang)}"


def _row(chain: Chain, one: LinkTest, lang: str) -> list[str]:
    """A link's texts."""
    effect, due = one.effect if one.verdict != NOT_YET_DUE else None, one.due_on
    return [
        said(chain.link(f"{one.source}>{one.target}"), chain, lang),
        _verdict(one.verdict, lang),
        _number(one.declared),
        _said("limits", lang, **{name: _number(getattr(effect, name)) for name in ("estimate", "low", "high")})
        if effect
        else "–",
        _number(one.mde),
        f"{one.participants:,}",
        "–" if due != due or due is None else f"{due:%Y-%m-%d}",
    ]


def _number(value: float) -> str:
    """A number with as many digits as it deserves; a dash for none."""
    return f"{Amount(value)}" if math.isfinite(value) else "–"


def _picture(tested: Tested, lang: str) -> str:
    """The chain with its verdicts."""
    from cslab.figures import impact as figures

    return picture(figures.diagram(tested.chain, tested.table(lang), lang=lang))


def _links(tested: Tested, lang: str) -> str:
    """The table of links, with why beneath each."""
    why, cells = tested.table(lang)["says"], rows(tested, lang)
    head = "".join(f'<th scope="col">{escape(_said(f"head.{name}", lang))}</th>' for name in HEADS)
    units = [unit(tested.chain.node(one.target).unit(lang), lang) for one in tested.links]
    lines = [_link(one.verdict, *said) for one, *said in zip(tested.links, cells, units, why, strict=True)]
    return f'<div class="table"><table class="links"><thead><tr>{head}</tr></thead>{"".join(lines)}</table></div>'


def _link(verdict: str, cells: list[str], count: str, why: str) -> str:
    """One link, in what its numbers count, and why its verdict is what it is."""
    name, said, *numbers = (escape(cell) for cell in cells)
    first = f'<th scope="row">{name}<small>{escape(count)}</small></th><td class="verdict">{said}</td>'
    first += "".join(f"<td>{number}</td>" for number in numbers)
    return f'<tbody class="{verdict}"><tr>{first}</tr><tr><td colspan="{len(cells)}">{escape(why)}</td></tr></tbody>'


def unit(name: str, lang: str) -> str:
    """What numbers count; nothing where nobody says it.

    Parameters
    ----------
    name : str
        As a node says it.
    lang : str

    >>> unit("enquiries a month", "en"), unit("", "en")
    ('in: enquiries a month', '')
    """
    return _said("unit", lang, unit=name) if name else ""


def _done(tested: Tested, lang: str) -> str:
    """What was done of the programme."""
    dose = tested.dose
    if dose is None:
        return ""
    lines = [
        [_said(f"dose.{row['step']}", lang), f"{row['customers']:,}"]
        for row in dose.table().to_dict("records")
        if row["customers"]
    ]
    if math.isfinite(dose.held):
        lines.append([_said("dose.held", lang, planned=dose.planned), f"{dose.held:.0%}"])
    heads = [_said("head.dose", lang), _said("head.customers", lang)]
    return fold(_said("title.dose", lang), table(heads, lines))


def _when(chain: Chain, book: Book, lang: str) -> str:
    """Months until each node is reached."""
    found = impact.expected_time(chain, book)
    months = [
        [chain.label(row["node"], lang), *(f"{row[name]:.0f}" for name in ("low", "estimate", "high"))]
        for row in found.to_dict("records")
    ]
    heads = [_said(f"head.{name}", lang) for name in ("node", "low", "middle", "high")]
    return fold(_said("title.when", lang), paragraph(_said("when", lang)) + table(heads, months))


def _assumed(chain: Chain, lang: str) -> str:
    """What each link rests on, and who answers for it."""
    lines = [
        [said(link, chain, lang), link.assumption(lang), _owner(link.owner, lang), link.grade] for link in chain.links
    ]
    heads = [_said(f"head.{name}", lang) for name in ("link", "assumption", "owner", "grade")]
    return fold(_said("title.assumed", lang), f'<div class="texts">{table(heads, lines)}</div>')


def _owner(name: str, lang: str) -> str:
    """A department as people call it."""
    from cslab.course.journey.paper import department

    return department(name, lang)


def _mend(chain: Chain, book: Book, lang: str) -> str:
    """What is to be mended on the chain; nothing where nothing is."""
    found = impact.lint(chain, book, lang)
    if found.empty:
        return ""
    return fold(_said("title.mend", lang, count=len(found)), "".join(paragraph(says) for says in found["says"]))
