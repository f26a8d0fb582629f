"""A company beside published figures: where it lies within what others report, and how far those can be trusted."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cslab.figures.sheet import as_of, counted, headline, require_rows, sheet
from cslab.figures.style import FAINT, INK, QUIET, group_look
from cslab.figures.writing import write
from cslab.words import has_word, label, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PICTURE = "figure.fidelity.published"
NUMBERS = ("estimate", "low", "high", "n", "published_low", "published_high")
COLUMNS = ("benchmark", *NUMBERS, "grade", "must_hold", "holds")
PLACES = {"published": 0.74, "here": 0.87, "grade": 0.95}
"""Where the columns of words stand, as shares of the picture's width; the marks lie before them, the names first."""
MARKS, THIN, BAND = (0.4, 0.25), 0.03, "#B9C4CE"
WITHIN, OUTSIDE = group_look(0), group_look(1)


def published(found: pd.DataFrame, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw each published range as a band and the company's own number over it, each row on its own scale.

    Parameters
    ----------
    found : DataFrame
        As :func:`cslab.measure.fidelity.fidelity` returns it: ``benchmark``, ``estimate``, ``low``, ``high``, ``n``,
        ``published_low``, ``published_high``, ``grade``, ``must_hold``, ``holds``.
    ax : Axes, optional
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.

    Returns
    -------
    Axes
        With one panel in ``child_axes``: a row a benchmark from the top, between 0 and 1 of its own scale.

    Raises
    ------
    UsageError
        When columns are missing.
    NotReady
        When there is no row.

    >>> import cslab
    >>> from cslab.measure.fidelity import fidelity
    >>> ax = published(fidelity(cslab.load("synthetic:tiny")))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "grade"][:2]
    ['B', 'B']
    """
    require_rows(found, PICTURE, COLUMNS)
    host = sheet(ax, lang, height=1.5 + 0.34 * len(found))
    host.set_axis_off()
    host.set_ylim(len(found) - 0.5, -1.2)
    panel = host.inset_axes((MARKS[0], 0, MARKS[1], 1), sharey=host)
    panel.set_axis_off()
    panel.set_xlim(-0.04, 1.04)
    for place, row in enumerate(found.to_dict("records")):
        _marks(panel, place, row)
        _words(host, place, row, lang)
    for name, share in PLACES.items():
        write(host, word(f"{PICTURE}.{name}", lang), (share, -0.7), (0, 1), within="row", ink=INK, size=9, kind="role")
    headline(host, word(f"{PICTURE}.title", lang), *_notes(found, lang))
    return host


def _marks(panel: Axes, place: int, row: dict[Any, Any]) -> None:
    """The band of what is published, and the company's own number with its limits, if it has any."""
    own = [row[name] for name in ("low", "estimate", "high") if math.isfinite(row[name])]
    ends = [*own, row["published_low"], row["published_high"]]
    start, span = min(ends), (max(ends) - min(ends)) or 1.0
    at = {name: (row[name] - start) / span for name in ("low", "estimate", "high", "published_low", "published_high")}
    panel.hlines(place, 0, 1, color=FAINT, linewidth=0.6)
    middle, width = (at["published_low"] + at["published_high"]) / 2, at["published_high"] - at["published_low"]
    width = max(THIN, width)
    panel.barh(place, width, left=middle - width / 2, height=0.5, color=BAND, zorder=2, gid=row["benchmark"])
    if own:
        look = WITHIN if row["holds"] else OUTSIDE
        panel.hlines(place, at["low"], at["high"], color=look.colour, linewidth=1.6, zorder=3)
        panel.plot([at["estimate"]], [place], look.marker, color=look.colour, markersize=6.5, zorder=4, gid="mark")


def _words(host: Axes, place: int, row: dict[Any, Any], lang: str) -> None:
    """The row's name, what is published, the company's own number, the grade."""
    name = label(row["benchmark"], lang) + (f" {word(f'{PICTURE}.must', lang)}" if row["must_hold"] else "")
    write(host, name, (0, place), within="row", side="left", ink=INK, size=9, kind="name")
    few, many = (_number(row["benchmark"], row[f"published_{end}"], lang) for end in ("low", "high"))
    texts = {
        "published": few if few == many else word(f"{PICTURE}.range", lang, low=few, high=many),
        "here": _number(row["benchmark"], row["estimate"], lang),
        "grade": row["grade"],
    }
    for column, text in texts.items():
        ink = QUIET if column != "here" else WITHIN.ink if row["holds"] else OUTSIDE.ink
        write(host, text, (PLACES[column], place), within="row", ink=ink, size=9, kind=column)


def _number(benchmark: str, value: float, lang: str) -> str:
    """A number as its benchmark is said: a share in per cent unless the benchmark has a form of its own."""
    if not math.isfinite(value):
        return word("verdict.none", lang)
    key = f"{PICTURE}.number.{benchmark}"
    return word(key, lang, value=value) if has_word(key) else f"{100 * value:.3g}%"


def _notes(found: pd.DataFrame, lang: str) -> list[str]:
    """How many customers, as of when, what band, mark and sign are."""
    return [
        counted(found["n"].iloc[0], lang),
        as_of(found, lang),
        word(f"{PICTURE}.definition", lang),
        word(f"{PICTURE}.must_note", lang) if found["must_hold"].any() else "",
        word("figure.note.whiskers", lang),
    ]
