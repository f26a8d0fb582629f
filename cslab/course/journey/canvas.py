"""The canvas on the wall: phases from left to right, what every step needs from top to bottom; on A1, or on four A3."""

from __future__ import annotations

from html import escape

from cslab.course.journey.paper import printed, style
from cslab.words import word

PHASES = ("evaluation", "purchase", "onboarding", "adoption", "renewal")
ROWS = ("goal", "evidence", "owner", "handoff", "days", "feeling")
FIELDS = ("customers", "people", "date")
QUARTERS = ("left upper", "right upper", "left lower", "right lower")
"""The four sheets of A3 that make one A1, in the order in which they are printed."""


def canvas_a1(lang: str) -> str:
    """The canvas as one page of A1, landscape.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> canvas_a1("ja").count('class="phase"')
    5
    """
    return printed(lang=lang, title=word("journey.canvas.title", lang), body=_canvas(lang), name="canvas")


def canvas_a3(lang: str) -> str:
    """The same canvas on four pages of A3, to be glued together.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    str
        HTML that needs nothing but itself.

    >>> canvas_a3("en").count('class="tile"')
    4
    """
    tiles = [
        f'<div class="tile">{_canvas(lang, quarter)}<p class="place">{escape(_place(number, lang))}</p></div>'
        for number, quarter in enumerate(QUARTERS, start=1)
    ]
    body = f"<style>{style('tiles')}</style>{''.join(tiles)}"
    return printed(lang=lang, title=word("journey.canvas.title", lang), body=body, name="canvas")


def _place(number: int, lang: str) -> str:
    """Which of the sheets this is."""
    return word("journey.tile", lang, place=number, count=len(QUARTERS))


def _canvas(lang: str, quarter: str = "") -> str:
    """The canvas itself."""
    fields = "".join(f"<dt>{_said(f'field.{name}', lang)}</dt><dd></dd>" for name in FIELDS)
    title = f"<div><h1>{_said('title', lang)}</h1><p>{_said('rule', lang)}</p></div>"
    phases = "".join(_phase(phase, lang) for phase in PHASES)
    rows = "".join(_row(row, lang) for row in ROWS)
    return (
        f'<div class="canvas {quarter}"><div class="top">{title}<dl>{fields}</dl></div><div></div>{phases}{rows}</div>'
    )


def _phase(phase: str, lang: str) -> str:
    """The head of one column: what the customer calls it, and what we call it."""
    theirs, ours = escape(word(f"journey.phase.{phase}", lang)), escape(word(f"journey.ours.{phase}", lang))
    return f'<div class="phase">{theirs}<small>{ours}</small></div>'


def _row(row: str, lang: str) -> str:
    """One row: its name with a hint, and an empty cell a phase."""
    name = f'<div class="name">{_said(f"row.{row}", lang)}<small>{_said(f"row.{row}.hint", lang)}</small></div>'
    kinds = [f"cell {row}{'' if place else ' first'}" for place in range(len(PHASES))]
    return name + "".join(f'<div class="{kind}"></div>' for kind in kinds)


def _said(name: str, lang: str) -> str:
    """A text of the canvas as HTML."""
    return escape(word(f"journey.canvas.{name}", lang))
