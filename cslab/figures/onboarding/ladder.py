"""Rows of numbers with their limits: what each row is called on the left, its marks, its numbers on the right."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cslab.figures.sheet import sheet
from cslab.figures.style import FAINT, INK, QUIET, ROLES
from cslab.figures.writing import write
from cslab.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARKS, FIRST, STEP = (0.43, 0.33), 0.85, 0.13
"""Left edge and width of the marks, and where the columns of numbers stand, as shares of the picture's width."""


class Mark(NamedTuple):
    """A number of a row: as which role it is drawn, the number and its limits."""

    role: str
    estimate: float
    low: float = math.nan
    high: float = math.nan


class Rung(NamedTuple):
    """A row: its name and its marks; without marks it is a heading."""

    name: str
    marks: Sequence[Mark] = ()


def ladder(
    rungs: Sequence[Rung],
    ax: Axes | None,
    lang: str,
    number: Callable[[float], str],
    heads: dict[str, str],
    zero: bool = True,
) -> Axes:
    """Draw rows of marks.

    Parameters
    ----------
    rungs : sequence of Rung
        From the top.
    ax : Axes or None
        Where to draw; None makes a figure.
    lang : str
        ``"en"`` or ``"ja"``.
    number : function of float to str
        How a number is written.
    heads : dict of str to str
        What the column of numbers of each role is called; one column a role, nameless ones share the first.
    zero : bool
        Whether to draw a line at nothing.

    Returns
    -------
    Axes
        With one panel in ``child_axes`` that holds the marks (``gid`` ``"mark"``).

    >>> ax = ladder([Rung("rest", [Mark("better", 0.1, 0.0, 0.2)])], None, "en", "{:.1f}".format, {"better": "found"})
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "number"]
    ['0.1']
    """
    host = sheet(ax, lang, height=1.75 + 0.36 * len(rungs))
    host.set_axis_off()
    host.set_ylim(len(rungs) - 0.4, -1.1)
    panel = host.inset_axes((MARKS[0], 0, MARKS[1], 1), sharey=host)
    panel.set_yticks([])
    panel.grid(visible=False)
    if zero:
        panel.axvline(0, color=QUIET, linewidth=0.8, zorder=0.5)
    columns = {role: FIRST + STEP * (place if text else 0) for place, (role, text) in enumerate(heads.items())}
    for place, rung in enumerate(rungs):
        _draw(panel, place, rung)
        _written(host, place, rung, columns, number)
    for role, text in ((role, text) for role, text in heads.items() if text):
        write(host, text, (columns[role], -0.75), (0, 1), within="row", ink=ROLES[role].ink, kind="role")
    return host


def points(value: float, lang: str) -> str:
    """A difference of shares in points.

    >>> points(0.123, "en")
    '+12.3 pt'
    """
    return word("figure.onboarding.points", lang, value=100 * value)


def share(value: float, lang: str) -> str:
    """A share in per cent.

    >>> share(0.123, "en")
    '12%'
    """
    return word("figure.onboarding.share", lang, value=100 * value)


def _draw(panel: Axes, place: int, rung: Rung) -> None:
    """The marks of a row, each on a line of its own where there are several."""
    if rung.marks:
        panel.hlines(place, 0, 1, transform=panel.get_yaxis_transform(), color=FAINT, linewidth=0.6, zorder=0)
    known = [mark for mark in rung.marks if math.isfinite(mark.estimate)]
    for order, mark in enumerate(known):
        look, height = ROLES[mark.role], place + 0.2 * (order - (len(known) - 1) / 2)
        panel.hlines(height, mark.low, mark.high, color=look.colour, linewidth=1.6, zorder=2)
        panel.plot([mark.estimate], [height], look.marker, color=look.colour, markersize=6, zorder=3, gid="mark")


def _written(host: Axes, place: int, rung: Rung, columns: dict[str, float], number: Callable[[float], str]) -> None:
    """The name of a row, and its numbers."""
    left = 0.02 if rung.marks else 0.0
    write(host, rung.name, (left, place), within="row", side="left", ink=INK, size=9, kind="name")
    for mark in rung.marks:
        known = math.isfinite(mark.estimate)
        text = number(mark.estimate) if known else word("verdict.none", "en")
        write(host, text, (columns[mark.role], place), within="row", ink=ROLES[mark.role].ink, size=9, kind="number")
